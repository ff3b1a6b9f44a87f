"""Fields: edited in place with the error beside them, a secret that can be shown, a tick, a choice."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QToolTip, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Pressable
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.marks import mark
from peermatch.ui.widgets.one_line import LONGEST, OneLine, too_long
from peermatch.ui.widgets.states import Meter
from peermatch.ui.widgets.tab_order import HoldsStop
from peermatch.ui.widgets.text import TINY, SectionLabel, Text
from peermatch.ui.widgets.told_once import besides
from peermatch.words import tr


class LineField(QLineEdit):
    """One line of text. Leaving it or Enter commits a change (``committed``), Esc takes it back.

    What is pasted becomes one plain line; ``shortened`` says that not all of it fits.
    """

    committed = Signal(str)
    shortened = Signal(str)

    def __init__(
        self, theme: Theme, text: str = "", *, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._kept, self._theme = text, theme
        self.setAccessibleName(name)
        self.setAccessibleDescription(besides(name, placeholder) if placeholder else "")
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max(LONGEST, len(text)))
        self.setValidator(OneLine(self))
        self.inputRejected.connect(self._tell_short)
        self.editingFinished.connect(self._commit)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few words, in the size of the moment."""
        least = super().minimumSizeHint()
        return QSize(max(least.width(), self._theme.px(120)), least.height())

    def set_value(self, text: str) -> None:
        """What is stored now; nobody is told."""
        self._kept = text
        self.setMaxLength(max(LONGEST, len(text)))
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the typing back; if there is none, it goes on to the screen."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._kept:
            self.setText(self._kept)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _tell_short(self) -> None:
        said = too_long(self.maxLength())
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), said, self)
        announce(self, said, urgent=True)
        self.shortened.emit(said)

    @Slot()
    def _commit(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.committed.emit(self._kept)


class InlineField(QWidget):
    """A label above, an editor, and below it what is wrong: ``InlineField(theme, "Email", editor)``.

    ``set_error`` marks the editor, shows the sentence and says it; an empty sentence clears it.
    """

    def __init__(
        self, theme: Theme, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._hint_text = hint or editor.accessibleDescription()
        column = Column(theme, self, spacing=6)
        self._label = SectionLabel(theme, label)
        self._label.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        self._theme, self._column = theme, column
        self._problem: QWidget | None = None
        self._error: Text | None = None
        for part in (self._label, editor, *([Text(theme, hint, TINY)] if hint else ())):
            column.addWidget(part)
        if not label:
            self._label.hide()  # it would leave a gap
        editor.setAccessibleDescription(self._hint_text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if isinstance(editor, LineField):
            editor.shortened.connect(self.set_error)
            editor.textEdited.connect(self._fits)

    @property
    def label(self) -> str:
        """The words above it."""
        return self._label.words()

    @property
    def editor(self) -> QWidget:
        """What is edited with."""
        return self._editor

    def error(self) -> str:
        """What is wrong, or nothing."""
        return self._error.words() if self._error is not None else ""

    def set_error(self, sentence: str) -> None:
        """Say what is wrong with the value; "" when it is right again."""
        if sentence == self.error():
            return
        self._tell(sentence)
        mark(self._editor, "wrong", bool(sentence))
        self._editor.setAccessibleDescription(sentence or self._hint_text)
        if sentence:
            announce(self._editor, sentence, urgent=True)

    def _tell(self, sentence: str) -> None:
        """Below the editor; the line is made when there is something to say."""
        if self._problem is None or self._error is None:
            self._problem, self._error = QWidget(), Text(self._theme, "", TINY, tone="risk")
            line = Row(self._theme, self._problem, spacing=6)
            icon = Icon(self._theme, "circle-alert", "risk", 14, drop=1)
            line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(self._error, 1)
            self._problem.hide()
            self._column.addWidget(self._problem)
        self._error.set_text(sentence)
        self._problem.setVisible(bool(sentence))

    @Slot(str)
    def _fits(self, text: str) -> None:
        """There is room again: nothing more to say about the length."""
        limit = self._editor.maxLength() if isinstance(self._editor, QLineEdit) else LONGEST
        if len(text) < limit and self.error() == too_long(limit):
            self.set_error("")


class _ShowButton(Pressable):
    """The word "show" inside the secret's field."""

    def __init__(self, theme: Theme, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._what = what
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._renamed)
        self._renamed(False)

    def sizeHint(self) -> QSize:
        """Wide enough for either word, 24 pixels high at least."""
        words = QFontMetrics(self._theme.font(12, 500)).horizontalAdvance("show")
        return QSize(words + self._theme.px(12), self._theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word."""
        painter = QPainter(self)
        painter.setPen(self._theme.colour("brand" if self.underMouse() else "ink_3"))
        painter.setFont(self._theme.font(12, 500))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "hide" if self.isChecked() else "show")

    @Slot(bool)
    def _renamed(self, shown: bool) -> None:
        self.setAccessibleName(f"{(tr('Hide') if shown else tr('Show'))} {self._what}")
        self.update()


class SecretField(HoldsStop, QLineEdit):
    """A passphrase: dots, and a word inside the field that Tab reaches and that shows the letters.

    ``turned`` says that they are shown now, or hidden.
    """

    turned = Signal(bool)

    def __init__(self, theme: Theme, *, name: str = tr("Passphrase"), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self._button = self.inner_stop = _ShowButton(theme, name.lower(), self)
        self._button.toggled.connect(self._show)
        theme.changed.connect(self._retheme)
        self._retheme()

    @property
    def show_button(self) -> QWidget:
        """The word that shows and hides."""
        return self._button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the word at the end of the field."""
        super().resizeEvent(event)
        size = self._button.sizeHint()
        left = self.width() - size.width() - self._theme.px(6)
        self._button.setGeometry(QRect(QPoint(left, (self.height() - size.height()) // 2), size))

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.turned.emit(shown)

    @property
    def shown(self) -> bool:
        """Whether its letters can be read."""
        return self.echoMode() == QLineEdit.EchoMode.Normal

    @Slot()
    def _retheme(self) -> None:
        self.setTextMargins(0, 0, self._button.sizeHint().width(), 0)


class StrengthMeter(QWidget):
    """How strong a passphrase is: ``show_strength(0.8, "Strong: ...")``; ``aside`` stands after the words."""

    def __init__(self, theme: Theme, *, aside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(theme, self, spacing=6)
        self._bar = Meter(theme, height=6)
        self._words = Text(theme, "", TINY)
        column.addWidget(self._bar)
        line = Row(theme, spacing=8)
        line.addWidget(self._words, 1)
        if aside is not None:
            line.addWidget(aside)
        column.addLayout(line)

    def words(self) -> str:
        """What it says."""
        return self._words.words()

    def show_strength(self, share: float, words: str) -> None:
        """Red below a third, amber below two thirds, green above; the words say it as well."""
        tone: Token = "risk" if share < 1 / 3 else "wait" if share < 2 / 3 else "good"
        self._bar.set_share(share, tone)
        self._words.set_text(words)


class Tick(QCheckBox):
    """A tick box whose words wrap, with a quiet line below: ``Tick(theme, "Unlock here", "kept in ...")``."""

    def __init__(self, theme: Theme, text: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(text)
        self.setAccessibleDescription(note)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lines = Column(theme, self, spacing=1, margins=(28, 2, 2, 2))
        for words in [Text(theme, text, tone="ink")] + ([Text(theme, note, TINY)] if note else []):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._lines.addWidget(words)

    def sizeHint(self) -> QSize:
        """Box and words."""
        return self._lines.sizeHint().expandedTo(QSize(0, self._theme.px(24)))

    def minimumSizeHint(self) -> QSize:
        """The narrowest form in which no word is cut."""
        return self._lines.minimumSize().expandedTo(QSize(0, self._theme.px(24)))

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the wrapped words are."""
        return max(self._lines.totalHeightForWidth(width), self._theme.px(24))

    def hitButton(self, pos: QPoint) -> bool:
        """The words can be clicked as well."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, filled and ticked when on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(18)
        box = QRectF(0.5, self._theme.px(3) + 0.5, side - 1, side - 1)
        on = self.isChecked()
        painter.setPen(QPen(self._theme.colour("brand" if on else "line_strong"), 1))
        painter.setBrush(self._theme.colour("brand" if on else "surface"))
        painter.drawRoundedRect(box, self._theme.px(4), self._theme.px(4))
        if on:
            tick = self._theme.pixmap("check", "on_brand", 14, self.devicePixelRatio())
            inset = (side - self._theme.px(14)) // 2
            painter.drawPixmap(inset, self._theme.px(3) + inset, tick)


class Choice(QComboBox):
    """One of a list: ``Choice(theme, [("yes", "Yes")], name="Publish")``; ``chosen`` brings the key."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            name
        )  # on Linux Qt tells the taken text as the name, so it is told here too
        for key, text in choices:
            self.addItem(text, key)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._taken)
        theme.changed.connect(self._retheme)

    def current(self) -> str:
        """The key of what is taken."""
        return str(self.currentData())

    def set_current(self, key: str) -> None:
        """Take that one; nobody is told."""
        self.setCurrentIndex(self.findData(key))

    def sizeHint(self) -> QSize:
        """Room for the longest choice and the arrow."""
        metrics = QFontMetrics(self._theme.font())
        texts = (self.itemText(index) for index in range(self.count()))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return QSize(widest + self._theme.px(52), self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, words, arrow."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("ink_3" if self.underMouse() else "line_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink_3"))
        painter.setFont(theme.font())
        room = self.rect().adjusted(theme.px(12), 0, -theme.px(32), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.currentText())
        arrow = theme.pixmap("chevron-down", "ink_2", 16, self.devicePixelRatio())
        side = theme.px(16)
        painter.drawPixmap(self.width() - theme.px(10) - side, (self.height() - side) // 2, arrow)

    @Slot(int)
    def _taken(self, index: int) -> None:
        self.chosen.emit(str(self.itemData(index)))

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()
