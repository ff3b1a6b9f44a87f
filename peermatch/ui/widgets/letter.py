"""The letter as it was written: plain words, the telling passages marked, nothing loaded and nothing run."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from peermatch.ui.cover import COVERED
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.focus import RING_RADIUS
from peermatch.words import tr

Span = tuple[int, int]
LINE_HEIGHT = 131


def utf16_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """Ranges of Python characters as Qt counts them, which is two for each emoji."""
    return [(_units(text[:start]), _units(text[:end])) for start, end in spans]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class LetterView(QTextEdit):
    """Read-only, selectable, scrolled by keys. ``set_letter(text, [(start, end)])`` marks characters.

    It grows with its words up to ``most_lines`` and scrolls beyond them; without a limit it is as high as its words,
    for a page that scrolls by itself. A ``private`` letter is covered whole while names are covered.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        name: str = tr("Letter"),
        most_lines: int | None = 24,
        private: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = ""
        self._spans: list[Span] = []
        self._most_lines = most_lines
        self._private = private
        self._moved = False
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setProperty(RING_RADIUS, 12)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.document().documentLayout().documentSizeChanged.connect(self._grown)
        self.verticalScrollBar().actionTriggered.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._keep_at_top)
        theme.changed.connect(self._retheme)
        theme.cover.changed.connect(self._write)
        self._retheme()

    def set_letter(self, text: str, marks: Sequence[Span] = ()) -> None:
        """Show this text with these passages marked; positions count characters of ``text``."""
        if text != self._letter:
            self._letter = text
            self._write()
        self._spans = utf16_spans(text, marks)
        self.viewport().update()

    @property
    def covered(self) -> bool:
        """Whether a line stands instead of the letter now."""
        return self._private and self._theme.cover.on

    @Slot()
    def _write(self) -> None:
        shown = COVERED if self.covered and self._letter else self._letter
        if shown != self.toPlainText():
            self._moved = False
            self.setPlainText(shown)
            self._space_lines()

    def set_marks(self, marks: Sequence[Span]) -> None:
        """Other passages of the same letter; the place where it is read stays."""
        self.set_letter(self._letter, marks)

    def marked_words(self) -> list[str]:
        """The marked passages, as text; none while it is covered."""
        if self.covered:
            return []
        data = self._letter.encode("utf-16-le", "surrogatepass")
        return [data[2 * s : 2 * e].decode("utf-16-le", "surrogatepass") for s, e in self._spans]

    def sizeHint(self) -> QSize:
        """As high as the words, up to the limit."""
        line = self._theme.px(14 * 1.6)
        frame = self._frame()
        words = ceil(self.document().size().height())
        most = words if self._most_lines is None else self._most_lines * line
        return QSize(self._theme.px(380), max(3 * line, min(words, most)) + frame)

    def minimumSizeHint(self) -> QSize:
        """A few lines, or all of them where it does not scroll."""
        few = self._theme.px(14 * 1.6) * 3 + self._frame()
        return QSize(self._theme.px(180), few if self._most_lines is not None else self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The marks first, with soft corners, then the words over them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("mark"))
        painter.translate(0, -self.verticalScrollBar().value())
        for start, end in () if self.covered else self._spans:
            for rect in self._rects(start, end):
                painter.drawRoundedRect(rect, self._theme.px(3), self._theme.px(3))
        painter.end()
        super().paintEvent(event)

    def _rects(self, start: int, end: int) -> list[QRectF]:
        found: list[QRectF] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            found += self._rects_in(block, start - block.position(), end - block.position())
            block = block.next()
        return found

    def _rects_in(self, block: QTextBlock, start: int, end: int) -> list[QRectF]:
        layout = block.layout()
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        lines = (layout.lineAt(number) for number in range(layout.lineCount()))
        words = block.text()
        parts = [part for line in lines if (part := _part(line, words, start, end)) is not None]
        return [self._padded(part.translated(origin)) for part in parts]

    def _padded(self, rect: QRectF) -> QRectF:
        high = self._theme.px(18)
        top = rect.bottom() - high + self._theme.px(1)
        return QRectF(rect.left() - self._theme.px(1.5), top, rect.width() + self._theme.px(3), high)

    def _frame(self) -> int:
        margins = self.contentsMargins()
        return margins.top() + margins.bottom() + 2 * self.frameWidth()

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)

    @Slot()
    def _scrolled(self) -> None:
        self._moved = True

    @Slot()
    def _keep_at_top(self) -> None:
        """Qt keeps the cursor in sight while the room for a new letter is still too small for one line."""
        if not self._moved:
            self.verticalScrollBar().setValue(0)

    @Slot()
    def _grown(self) -> None:
        self.updateGeometry()

    @Slot()
    def _retheme(self) -> None:
        self.setFont(self._theme.font())
        self.document().setDefaultFont(self._theme.font())
        self.document().setDocumentMargin(self._theme.px(4))
        self.viewport().setAutoFillBackground(False)
        self.updateGeometry()
        self.viewport().update()


def _part(line: QTextLine, words: str, start: int, end: int) -> QRectF | None:
    """The box around the characters of that range that stand on this line, if any do."""
    first = max(start, line.textStart())
    last = min(end, line.textStart() + line.textLength())
    units = words.encode("utf-16-le", "surrogatepass")[: 2 * last]
    last -= _units(blank) if (blank := _blank_end(units)) else 0
    if first >= last:
        return None
    left, right = _across(line, first), _across(line, last)
    return QRectF(min(left, right), line.y(), abs(right - left), line.height())


def _across(line: QTextLine, position: int) -> float:
    """Qt gives the place together with the character it belongs to; the stubs know only the place."""
    found: object = line.cursorToX(position)
    place = found[0] if isinstance(found, tuple) else found
    return float(str(place))


def _blank_end(units: bytes) -> str:
    """The spaces at the end, which hang over the edge of a line."""
    words = units.decode("utf-16-le", "surrogatepass")
    return words[len(words.rstrip(" ")) :]
