"""Where the words of a letter are written: fields are coloured and move as one, and each line has its number."""

import re

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from peermatch.ui.theme import Theme

SIGN = re.compile(r"\{[^{}\n]*\}")
LONGEST_LINE = 10_000
"""A longer line is no line of a letter: nothing in it is coloured, and nobody waits for it."""
LEAST_LINES, MOST_LINES = 14, 300
"""Of more lines it scrolls by itself: they are no letter."""
_WAYS = {Qt.Key.Key_Backspace: -1, Qt.Key.Key_Delete: 1}


class _Colours(QSyntaxHighlighter):
    """Fields of this letter on a soft ground, brackets that are none in the colour of a fault."""

    def __init__(self, theme: Theme, editor: QPlainTextEdit) -> None:
        super().__init__(editor.document())
        self._theme = theme
        self.known: frozenset[str] = frozenset()

    def highlightBlock(self, text: str) -> None:
        """Called by Qt for each line that changed; places are counted as Qt does."""
        for found in () if len(text) > LONGEST_LINE else SIGN.finditer(text):
            start, end = _units(text[: found.start()]), _units(text[: found.end()])
            self.setFormat(start, end - start, self._look(found[0] in self.known))

    def _look(self, known: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(self._theme.colour("brand" if known else "risk"))
        look.setBackground(self._theme.colour("brand_soft" if known else "risk_soft"))
        look.setFontWeight(600)
        if not known:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(self._theme.colour("risk"))
        return look


class _Numbers(QWidget):
    """The numbers beside the lines; a screen reader hears them in the remarks."""

    def __init__(self, editor: "FieldsEdit") -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the lines stand now."""
        self._editor.paint_numbers(self, event)


class FieldsEdit(QPlainTextEdit):
    """``fields`` are what may stand between curly brackets; one of them is taken away, or passed by, as a whole.

    ``moved``: the cursor is elsewhere, and whoever scrolls this should show it.
    """

    moved = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._marked: frozenset[int] = frozenset()
        self._before = 0
        self._colours = _Colours(theme, self)
        self._numbers = _Numbers(self)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.document().documentLayout().documentSizeChanged.connect(self._grown)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._follow)
        self.cursorPositionChanged.connect(self._keep_out)
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_fields(self, labels: frozenset[str]) -> None:
        """The fields that this letter has, by the names that people read."""
        self._colours.known = frozenset(f"{{{each}}}" for each in labels)
        self._colours.rehighlight()

    def set_marked(self, lines: frozenset[int]) -> None:
        """The lines about which something is said, counted from 1."""
        if lines != self._marked:
            self._marked = lines
            self._numbers.update()

    def put_in(self, label: str) -> None:
        """A field where the cursor stands; one that was selected goes."""
        cursor = self.textCursor()
        cursor.insertText(f"{{{label}}}")
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the end of a line, counted from 1."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace and Delete take a field away as a whole."""
        way = _WAYS.get(Qt.Key(event.key()), 0)
        cursor = self.textCursor()
        span = None if cursor.hasSelection() or not way else self._span_beside(cursor, way)
        if span is None:
            super().keyPressEvent(event)
            return
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The numbers keep to the left edge."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # its words wrap anew
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self._wide(), inside.height()))

    def sizeHint(self) -> QSize:
        """As high as its words, so that the page scrolls and not a part of it."""
        return QSize(self._theme.px(420), self._high())

    def minimumSizeHint(self) -> QSize:
        """Never lower than its words."""
        return QSize(self._theme.px(240), self._high())

    def _high(self) -> int:
        """Qt lays out only what is seen, and counts any other paragraph as one line: so each is asked here."""
        least, most = (lines * self.fontMetrics().lineSpacing() for lines in (LEAST_LINES, MOST_LINES))
        words, block = 0.0, self.document().firstBlock()
        while block.isValid() and words < most:
            words += self.blockBoundingRect(block).height()
            block = block.next()
        around = 2 * round(self.document().documentMargin()) + self._theme.px(34)
        return round(min(max(words, least), most)) + around

    def paint_numbers(self, gutter: QWidget, event: QPaintEvent) -> None:
        """The number of each line that is seen; one that is marked is bold and in the colour of a fault."""
        painter = QPainter(gutter)
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        top = self.viewport().geometry().top() - self.contentsRect().top()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset)
            if place.top() > event.rect().bottom():
                break
            number = block.blockNumber() + 1
            marked = number in self._marked
            painter.setFont(self._theme.font(11.5, 700 if marked else 400))
            painter.setPen(QColor(self._theme.colour("risk" if marked else "ink_3")))
            line = QRect(
                0, round(place.top()) + top, self._wide() - self._theme.px(6), self._line_height(block)
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            block = block.next()

    def _line_height(self, block: QTextBlock) -> int:
        layout = block.layout()
        return round(layout.lineAt(0).height()) if layout.lineCount() else self._theme.px(18)

    def _span_beside(self, cursor: QTextCursor, way: int) -> tuple[int, int] | None:
        """The field that ends (or begins) at the cursor."""
        for start, end in self._spans(cursor.block()):
            if cursor.position() == (end if way < 0 else start):
                return start, end
        return None

    def _spans(self, block: QTextBlock) -> list[tuple[int, int]]:
        text, start = block.text(), block.position()
        if len(text) > LONGEST_LINE:
            return []
        known = (found for found in SIGN.finditer(text) if found[0] in self._colours.known)
        return [(start + _units(text[: f.start()]), start + _units(text[: f.end()])) for f in known]

    @Slot()
    def _keep_out(self) -> None:
        """The cursor never stands within a field: it goes on to the end that it was on its way to."""
        cursor = self.textCursor()
        place = cursor.position()
        inside = next(((s, e) for s, e in self._spans(cursor.block()) if s < place < e), None)
        if inside is not None:
            place = inside[1] if place > self._before else inside[0]
            held = cursor.hasSelection()
            mode = QTextCursor.MoveMode.KeepAnchor if held else QTextCursor.MoveMode.MoveAnchor
            cursor.setPosition(place, mode)
            self._before = place
            self.setTextCursor(cursor)
        self._before = place
        if self.hasFocus():
            self.moved.emit()

    def _wide(self) -> int:
        digits = max(2, len(str(self.blockCount())))
        return self._theme.px(8 * digits + 14)

    @Slot()
    def _grown(self) -> None:
        self.updateGeometry()

    @Slot()
    def _make_room(self) -> None:
        self.setViewportMargins(self._wide(), 0, 0, 0)

    @Slot(QRect, int)
    def _follow(self, _rect: QRect, _moved: int) -> None:
        self._numbers.update()

    @Slot()
    def _retheme(self) -> None:
        self._make_room()
        self._colours.rehighlight()
        self._numbers.update()
        self.updateGeometry()


def _units(text: str) -> int:
    """Characters as Qt counts them, which is two for each emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
