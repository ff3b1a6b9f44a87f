"""A stand-in for the person's own e-mail program, for journeys that end with a draft in it."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot


class MailProgram(QObject):
    """Stands where the person's own e-mail program would: it is handed the draft's address."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[bytes] = []

    @Slot(QUrl)
    def receive(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()).read_bytes())
