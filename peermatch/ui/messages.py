"""Faults of the program and words of Qt: told with places in the code, never with what anybody wrote."""

import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

LEVELS = {
    QtMsgType.QtDebugMsg: "DEBUG",
    QtMsgType.QtInfoMsg: "INFO",
    QtMsgType.QtWarningMsg: "WARNING",
    QtMsgType.QtCriticalMsg: "ERROR",
    QtMsgType.QtFatalMsg: "CRITICAL",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the program: its kind and where it happened."""

    kind: str
    places: tuple[str, ...]

    @classmethod
    def of(cls, error: BaseException) -> "Fault":
        """The fault without its words, which may hold a name."""
        frames = traceback.extract_tb(error.__traceback__)
        return cls(
            type(error).__name__,
            tuple(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
        )

    def text(self) -> str:
        """What can be copied into a message to those who look after the program."""
        return "\n".join((self.kind, *self.places))


class FaultWatch(QObject):
    """Brings every unexpected fault to the window, after whoever watched before has logged it."""

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._earlier = sys.excepthook
        self._told = False

    def start(self) -> None:
        """Watch from now on."""
        self._earlier = sys.excepthook
        sys.excepthook = self.caught

    def stop(self) -> None:
        """Hand the watch back."""
        sys.excepthook = self._earlier

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A fault that nobody expected; the first one is shown, for those after it may follow from it."""
        self._earlier(kind, error, trace)
        if not self._told and issubclass(kind, Exception):
            self._told = True
            self.happened.emit(Fault.of(error))

    def came_from_worker(self, error: BaseException) -> None:
        """The same for a fault in the worker."""
        self.caught(type(error), error, error.__traceback__)


def log_qt(level: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's own words go to the log as far as they name a place: what follows may quote a text."""
    import logging  # most starts have nothing to say

    place = message.partition(":")[0][:60]
    level_number = logging.getLevelNamesMapping()[LEVELS.get(level, "WARNING")]
    logging.getLogger("peermatch").log(level_number, "qt %s %s", context.category or "default", place)


def listen_to_qt() -> None:
    """Keep Qt's messages out of the terminal and in the log."""
    qInstallMessageHandler(log_qt)
