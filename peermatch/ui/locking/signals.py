"""What the computer tells about its session: one small interface, with one class for each system behind it."""

from PySide6.QtCore import QObject, Signal

from peermatch.words import tr

SLEEP = tr("Locked because the computer went to sleep.")
SESSION = tr("Locked because the screen was locked.")
SAVER = tr("Locked because the screen saver started.")
SWITCHED = tr("Locked because somebody else used this computer.")


class SystemSignals(QObject):
    """``lock_wanted`` brings the sentence that says why. This one knows of nothing: a system without signals."""

    lock_wanted = Signal(str)

    def watch(self) -> None:
        """A network is open from now on: ask the system for time to lock before it sleeps."""

    def rest(self) -> None:
        """The network is closed and its key forgotten: the computer need not wait for us."""

    def stop(self) -> None:
        """Listen no longer."""
