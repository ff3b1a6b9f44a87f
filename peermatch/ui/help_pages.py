"""The pages of the help as they are shipped: plain text with headings, steps, points and links to other pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from peermatch.words import tr

WHATS_NEW = "whats-new"
CONTENTS = "contents"
_ALSO = tr("Also: ")
_LINES = ("# ", "## ", _ALSO)
_INLINE = re.compile(r"\*\*(.+?)\*\*|\[([^\]]+)\]\(([a-z0-9-]+)\)")
_STEP = re.compile(r"\d+\. ")


class Kind(StrEnum):
    """What a block of a page is."""

    HEADING = "heading"
    WORDS = "words"
    STEP = "step"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line; ``to`` is the page that they lead to."""

    text: str
    strong: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, step or point."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page; ``also`` are words by which it is found besides its title and headings."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    also: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings, in order."""
        return tuple(block.words for block in self.blocks if block.kind is Kind.HEADING)

    def links(self) -> frozenset[str]:
        """The pages that it leads to."""
        return frozenset(run.to for block in self.blocks for run in block.runs if run.to)


class HelpBook(Mapping[str, HelpPage]):
    """All pages by their key, in the order of their files' names."""

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.glob("*.md"))
        self._pages = {file.stem: page_of(file.stem, file.read_text(encoding="utf-8")) for file in files}

    def __getitem__(self, key: str) -> HelpPage:
        """One page."""
        return self._pages[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._pages)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def nearest(self, *keys: str) -> HelpPage:
        """The first of these pages that there is, else the contents."""
        return self._pages[next((key for key in keys if key in self._pages), CONTENTS)]


def page_of(key: str, text: str) -> HelpPage:
    """One page from its text; lines that follow each other without a gap belong together."""
    title = ""
    also: tuple[str, ...] = ()
    blocks: list[Block] = []
    for part in _parts(text):
        if part.startswith("# "):
            title = part[2:]
        elif part.startswith(_ALSO):
            also = tuple(part.removeprefix(_ALSO).split(", "))
        else:
            blocks.append(_block(part))
    return HelpPage(key, title, tuple(blocks), also)


def _parts(text: str) -> Iterator[str]:
    """The text taken apart; a heading, step or point begins a part even without a gap before it.

    A heading and the words to find a page by are one line each.
    """
    held: list[str] = []
    for line in (*text.splitlines(), ""):
        if held and (not line.strip() or _begins(line) or held[0].startswith(_LINES)):
            yield " ".join(held)
            held = []
        if line.strip():
            held.append(line.strip())


def _begins(line: str) -> bool:
    return line.startswith((*_LINES, "- ")) or _STEP.match(line) is not None


def _block(part: str) -> Block:
    if part.startswith("## "):
        return Block(Kind.HEADING, (Run(part[3:]),))
    if part.startswith("- "):
        return Block(Kind.POINT, tuple(_runs(part[2:])))
    step = _STEP.match(part)
    if step is not None:
        return Block(Kind.STEP, tuple(_runs(part[step.end() :])))
    return Block(Kind.WORDS, tuple(_runs(part)))


def _runs(words: str) -> Iterator[Run]:
    at = 0
    for found in _INLINE.finditer(words):
        if found.start() > at:
            yield Run(words[at : found.start()])
        yield Run(found[1], strong=True) if found[1] else Run(found[2], to=found[3])
        at = found.end()
    if at < len(words):
        yield Run(words[at:])
