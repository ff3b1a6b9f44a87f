"""Pages of plain words, as the help and the documents are written: headings, steps, points, tables and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ALSO = "Also: "
_INLINE = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)")
_STEP = re.compile(r"\d+\. ")
_PAGE = re.compile(r"(?:\.\./(?:help|documents)/)?([a-z0-9-]+)(?:\.md)?(?:#[a-z0-9-]+)?")
_RULE = re.compile(r"\|[-:| ]+\|")
_CELLS = re.compile(r"(?<!\\)\|")
FENCE = "```"


class Kind(StrEnum):
    """What a block of a page is."""

    HEADING = "heading"
    SMALL_HEADING = "small-heading"
    WORDS = "words"
    STEP = "step"
    POINT = "point"
    ROW = "row"
    """A line of a table; the first of those that follow each other is its head."""
    CODE = "code"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line; ``to`` is the page that they lead to, ``code`` that they are typed as they stand."""

    text: str
    strong: bool = False
    to: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, step, point or line of a table, which has cells in place of runs."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[Run, ...], ...] = ()

    @property
    def words(self) -> str:
        """What it says."""
        return " | ".join(map(_words, self.cells)) if self.cells else _words(self.runs)

    @property
    def links(self) -> frozenset[str]:
        """The pages that it leads to."""
        return frozenset(run.to for runs in (self.runs, *self.cells) for run in runs if run.to)


@dataclass(frozen=True, slots=True)
class Page:
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
        return frozenset().union(*(block.links for block in self.blocks))


def page_of(key: str, text: str, also: str = ALSO) -> Page:
    """One page from its text; lines that follow each other without a gap belong together."""
    title = ""
    found: tuple[str, ...] = ()
    blocks: list[Block] = []
    for part in _parts(text, also):
        if part.startswith("# "):
            title = part[2:]
        elif part.startswith(also):
            found = tuple(part.removeprefix(also).split(", "))
        elif not _RULE.fullmatch(part):
            blocks.append(_block(part))
    return Page(key, title, tuple(blocks), found)


def _parts(text: str, also: str) -> Iterator[str]:
    """The text taken apart; a heading, step, point or row begins a part even without a gap before it.

    A heading, a row and the words to find a page by are one line each; between fences every line stands as it is.
    """
    alone = ("# ", "## ", "### ", also, "|")
    held: list[str] = []
    fenced = False
    for line in (*text.splitlines(), ""):
        if fenced and line != FENCE:
            held.append(line)
            continue
        begins = line.startswith((*alone, "- ", "> ", FENCE)) or _STEP.match(line) is not None
        if held and (fenced or not line.strip() or begins or held[0].startswith(alone)):
            yield "\n".join(held) if fenced else " ".join(held)
            held = []
        if line.startswith(FENCE):
            fenced = not fenced
            held = [FENCE] if fenced else []
        elif line.strip():
            held.append(line.strip())


def _block(part: str) -> Block:
    if part.startswith(f"{FENCE}\n"):
        return Block(Kind.CODE, (Run(part.removeprefix(f"{FENCE}\n"), code=True),))
    if part.startswith("|"):
        cells = (cell.strip().replace("\\|", "|") for cell in _CELLS.split(part.strip("|")))
        return Block(Kind.ROW, cells=tuple(tuple(_runs(cell)) for cell in cells))
    for sign, kind in (("### ", Kind.SMALL_HEADING), ("## ", Kind.HEADING)):
        if part.startswith(sign):
            return Block(kind, (Run(part.removeprefix(sign)),))
    for sign, kind in (("- ", Kind.POINT), ("> ", Kind.QUOTE)):
        if part.startswith(sign):
            return Block(kind, tuple(_runs(part.removeprefix(sign))))
    step = _STEP.match(part)
    if step is not None:
        return Block(Kind.STEP, tuple(_runs(part[step.end() :])))
    return Block(Kind.WORDS, tuple(_runs(part)))


def _runs(words: str) -> Iterator[Run]:
    at = 0
    for found in _INLINE.finditer(words):
        if found.start() > at:
            yield Run(words[at : found.start()])
        yield _marked(found)
        at = found.end()
    if at < len(words):
        yield Run(words[at:])


def _marked(found: re.Match[str]) -> Run:
    if found[1]:
        return Run(found[1], strong=True)
    if found[2]:
        return Run(found[2], code=True)
    page = _PAGE.fullmatch(found[4])
    if page is not None:
        return Run(found[3], to=page[1])
    return Run(f"{found[3]} ({found[4]})" if "://" in found[4] else found[3])


def _words(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
