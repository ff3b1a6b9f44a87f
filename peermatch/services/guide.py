"""The user guide and the documents as files to keep: the pages of the help in the order of the work."""

from pathlib import Path

from peermatch import __version__, paths
from peermatch.errors import BadInput
from peermatch.exchange.guide_pdf import Chapter, guide_pdf
from peermatch.exchange.press import Press
from peermatch.model.pages import ALSO, Page, page_of
from peermatch.services.writing import write_out
from peermatch.words import tr

TITLE = "PeerMatch: user guide"
ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Beginning", ("first-steps", "welcome", "recovery", "keyboard")),
    ("Every day", ("today", "enquiries", "danger", "introductions", "plan")),
    ("People and what they agreed to", ("supporters", "consent", "privacy")),
    ("Looking after the network", ("duties", "insight", "journal", "resources")),
    (
        "Settings",
        (
            "settings", "settings-keys", "settings-backups", "settings-locking", "settings-look", "settings-mail",
            "settings-ranking", "settings-terms", "settings-organisations",
        ),
    ),
    ("What is new", ("whats-new",)),
)  # fmt: skip
"""Every page of the help but that of the contents, once."""


class Guide:
    """What is read is shipped with the program; what is written is a new file."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.resources()

    def documents(self) -> tuple[str, ...]:
        """The names of the documents."""
        return tuple(sorted(file.stem for file in (self._folder / "documents").glob("*.md")))

    def save(self, file: Path, document: str = "") -> Path:
        """Write the guide, or one document, as a PDF; what is there already stays."""
        if file.exists() or file.is_symlink():
            raise BadInput(
                tr("There is already something at {file}.").format(file=file), tr("Choose another name.")
            )
        return write_out(file.absolute(), self.document(document) if document else self.book())

    def book(self) -> bytes:
        """The whole guide."""
        chapters = [Chapter(title, tuple(map(self._help, keys))) for title, keys in ORDER]
        return guide_pdf(TITLE, __version__, chapters, self._press())

    def document(self, name: str) -> bytes:
        """One document."""
        if name not in self.documents():
            raise BadInput(
                tr("There is no document {name}.").format(name=name),
                tr("There are: {names}.").format(names=", ".join(self.documents())),
            )
        page = self._page("documents", name)
        return guide_pdf(page.title, __version__, [Chapter("", (page,))], self._press())

    def _help(self, key: str) -> Page:
        return self._page("help", key)

    def _page(self, folder: str, key: str) -> Page:
        return page_of(key, (self._folder / folder / f"{key}.md").read_text("utf-8"), ALSO)

    def _press(self) -> Press:
        return Press(self._folder / "guide" / "guide.typ", self._folder / "fonts")
