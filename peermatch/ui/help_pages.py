"""The pages of the help and the documents as they are shipped, each found by its key."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from peermatch.model.pages import Block, Kind, Page, Run, page_of
from peermatch.words import tr

__all__ = ["CONTENTS", "WHATS_NEW", "Block", "HelpBook", "HelpPage", "Kind", "Run", "page_of"]

WHATS_NEW = "whats-new"
CONTENTS = "contents"
ALSO = tr("Also: ")
DOCUMENTS = tr("Documents")
HelpPage = Page


class HelpBook(Mapping[str, Page]):
    """All pages by their key, in the order of their files' names: those of the help, and the documents after them."""

    def __init__(self, folder: Path, documents: Path | None = None) -> None:
        self._pages = _read(folder)
        self.documents = frozenset(papers := _read(documents) if documents is not None else {})
        self._pages |= papers

    def __getitem__(self, key: str) -> Page:
        """One page."""
        return self._pages[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._pages)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def lists(self) -> dict[str, list[Page]]:
        """All pages but that of the contents by their titles, and the documents under a heading of their own."""
        every = sorted(self._pages.values(), key=lambda page: page.title)
        pages = [page for page in every if page.key not in self.documents and page.key != CONTENTS]
        papers = [page for page in every if page.key in self.documents]
        return {"": pages, DOCUMENTS: papers} if papers else {"": pages}

    def nearest(self, *keys: str) -> Page:
        """The first of these pages that there is, else the contents."""
        return self._pages[next((key for key in keys if key in self._pages), CONTENTS)]


def _read(folder: Path) -> dict[str, Page]:
    files = sorted(folder.glob("*.md"))
    return {file.stem: page_of(file.stem, file.read_text(encoding="utf-8"), ALSO) for file in files}
