"""What is said about the words of a letter, line by line, and the words that counted before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.letter_text import KeptText, Remark
from peermatch.ui.screens.duties_page import Lines
from peermatch.ui.screens.letters_words import GOOD, summary, version_words
from peermatch.ui.soon import soon
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Spread
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.text import SMALL, SectionLabel, Text
from peermatch.words import tr

PAUSE_MS = 700
MOST = 12


class RemarkList(QWidget):
    """``pressed`` brings the line of a remark; a screen reader hears how many there are once somebody pauses."""

    pressed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.remarks: tuple[Remark, ...] = ()
        self._said = ""
        self._good = Text(theme, GOOD, SMALL, tone="good")
        self._lines = Lines(theme, spacing=4)
        self._pause = soon(self, self._say, PAUSE_MS)
        column = Column(theme, self, spacing=4)
        column.addWidget(self._good)
        column.addWidget(self._lines)
        self._good.hide()

    def show_remarks(self, remarks: Sequence[Remark], dirty: bool) -> None:
        """These now; nothing is said of words that are as they were."""
        self._good.setVisible(dirty and not remarks)
        if tuple(remarks) != self.remarks:
            self.remarks = tuple(remarks)
            shown = list(enumerate(self.remarks))[:MOST]
            self._lines.put((f"{n} {each.line}", self._line(each)) for n, each in shown)
        if dirty and summary(self.remarks) != self._said:
            self._pause.start()

    def buttons(self) -> list[Button]:
        """The ways to the lines."""
        return [each.findChildren(Button)[0] for each in self._lines.parts().values()]

    def _line(self, remark: Remark) -> QWidget:
        box = QWidget()
        row = Row(self._theme, box, spacing=8)
        tone, icon = ("risk", "circle-alert") if remark.grave else ("wait", "info")
        row.addWidget(Icon(self._theme, icon, "risk" if tone == "risk" else "wait", 16, drop=3), 0, _TOP)
        button = Button(self._theme, remark.place, kind="link", small=True, note=tr("Go there"))
        button.setAccessibleName(str(remark))
        button.setProperty("line", remark.line)
        button.clicked.connect(self._press)
        row.addWidget(button, 0, _TOP)
        words = Text(self._theme, remark.text, SMALL, tone="risk" if remark.grave else "ink")
        row.addWidget(words, 1)
        return box

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(int(self.sender().property("line")))

    @Slot()
    def _say(self) -> None:
        self._said = summary(self.remarks)
        announce(self, self._said)


class VersionList(QWidget):
    """``pressed`` brings the version whose words somebody wants in the editor again."""

    pressed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._versions: tuple[KeptText, ...] = ()
        self._counts = False
        self._lines = Lines(theme, spacing=4)
        column = Column(theme, self, spacing=6)
        column.addSpacing(theme.px(8))
        column.addWidget(SectionLabel(theme, tr("Earlier words")))
        column.addWidget(self._lines)
        self.hide()

    def show_versions(self, versions: Sequence[KeptText], *, counts: bool) -> None:
        """The newest first; where it ``counts`` its words stand above already."""
        if (tuple(versions), counts) != (self._versions, self._counts):
            self._versions, self._counts = tuple(versions), counts
            self._lines.put(
                (str(each.number), self._line(each, len(versions) - place, counts and not place))
                for place, each in enumerate(self._versions)
            )
        self.setVisible(bool(versions))

    def buttons(self) -> list[Button]:
        """The ways to bring them back."""
        return [button for each in self._lines.parts().values() for button in each.findChildren(Button)]

    def _line(self, version: KeptText, place: int, counts: bool) -> QWidget:
        words = f"{place}. {version_words(version)}"
        if counts:
            return Text(self._theme, tr("{words}: these count").format(words=words), SMALL)
        button = Button(self._theme, tr("Put into the editor"), small=True)
        button.setAccessibleName(tr("Put into the editor: {words}").format(words=words))
        button.setProperty("version", version.number)
        button.clicked.connect(self._press)
        return Spread(self._theme, Text(self._theme, words, SMALL), button)

    @Slot()
    def _press(self) -> None:
        number = self.sender().property("version")
        self.pressed.emit(next(each for each in self._versions if each.number == number))


_TOP = Qt.AlignmentFlag.AlignTop
