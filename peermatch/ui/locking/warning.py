"""The banner that says that the window is about to lock: no time runs out without a word."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.locking.idle import time_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.words import tr

HEED = tr("Press a key or move the mouse to stay. What you are writing is kept.")


class LockWarning(QWidget):
    """Hidden until the time without use is nearly over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.banner = Banner(theme, "wait", "", dismissible=False)
        Column(theme, self, margins=(20, 8, 20, 0)).addWidget(self.banner)
        self.hide()

    @Slot(int)
    def show_left(self, seconds: int) -> None:
        """Say how long it will take."""
        self.banner.show_message(
            "wait", tr("This locks in {time_words}.").format(time_words=time_words(seconds)), HEED
        )
        self.show()

    @Slot()
    def put_away(self) -> None:
        """Somebody is here."""
        self.hide()
