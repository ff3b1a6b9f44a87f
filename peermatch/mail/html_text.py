"""Reads the words out of an HTML letter; nothing in it is fetched, run or obeyed."""

import re
from html.parser import HTMLParser

# Longer than any letter that a person writes; the parser's time grows with what it is given.
LIMIT = 400_000
_TAG = 8_000

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_LINE = frozenset({"br", "div", "tr", "li", "dt", "dd", "option", "table", "ul", "ol", "hr"})
_PARAGRAPH = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article"})
# Comments and the markup of word processors; cut out first, since an open one costs the parser its length squared.
_MARKUP = (("<!--", "-->"), ("<![", ">"), ("<?", ">"))


class _Words(HTMLParser):
    """Gathers lines of text; quoted blocks get the mark that plain letters use (``> ``)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: list[str] = []
        self._link: tuple[str, int] | None = None
        self._preformatted = 0
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes where a line begins and where a link leads."""
        if tag == "body":
            # A head that was never closed must not hide the letter.
            self._unseen.clear()
        elif tag in _UNSEEN:
            self._unseen.append(tag)
        if not self._unseen:
            self._open(tag, attrs)

    def _open(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._preformatted += tag == "pre"
        if tag == "blockquote":
            self._quotes += 1
            self._break(2)
        elif tag in _PARAGRAPH:
            self._break(2)
        elif tag in _LINE:
            self._start_line(tag)
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self.pieces))

    def handle_endtag(self, tag: str) -> None:
        """Ends a line and shows a link's address after its words."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif not self._unseen:
            self._close(tag)

    def _close(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
            self._break(2)
        elif tag in _PARAGRAPH:
            self._break(2)
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif tag in _LINE and tag != "br":
            self._break(1)
        elif tag == "a" and self._link:
            self._show_link(*self._link)
            self._link = None

    def handle_data(self, data: str) -> None:
        """Takes the words of the letter."""
        if not self._unseen:
            words = data if self._preformatted else re.sub(r"[ \t\r\n\f]+", " ", data)
            self.pieces.append(words)

    def _start_line(self, tag: str) -> None:
        if tag == "br":
            self.pieces.append("\n")
        else:
            self._break(1)
        if tag == "li":
            self.pieces.append("- ")

    def _show_link(self, address: str, since: int) -> None:
        shown = "".join(self.pieces[since:])
        bare = address.removeprefix("mailto:").strip()
        if bare and bare not in shown and not bare.startswith(("#", "data:", "cid:")):
            self.pieces.append(f" <{bare}>")

    def _break(self, lines: int) -> None:
        # A mark that is thinned out later: two blocks that meet make one gap, not two.
        self.pieces.append(f"\0{lines}{min(self._quotes, 9)}")


def html_to_text(html: str) -> str:
    """The words of an HTML letter in lines, each link followed by its whole address in angle brackets."""
    cleaned = html[: 5 * LIMIT].replace("\0", "")
    for opening, closing in _MARKUP:
        cleaned = _without(cleaned, opening, closing)
    reader = _Words()
    reader.feed(_closed_tags(cleaned[:LIMIT]))
    reader.close()
    return _lines("".join(reader.pieces).replace("\xa0", " "))


def _without(text: str, opening: str, closing: str) -> str:
    """The text without all that stands between two marks; what is never closed goes with all that follows."""
    kept: list[str] = []
    position = 0
    while (start := text.find(opening, position)) >= 0:
        kept.append(text[position:start])
        end = text.find(closing, start)
        if end < 0:
            return "".join(kept)
        position = end + len(closing)
    return "".join(kept) + text[position:]


def _closed_tags(html: str) -> str:
    """The same with each ``<`` that begins no closed tag shown as a character, so that no tag is read twice."""
    first, *chunks = html.split("<")
    return first + "".join(("<" if chunk.find(">", 0, _TAG) >= 0 else "&lt;") + chunk for chunk in chunks)


def _lines(marked: str) -> str:
    """Lines with ``> `` before quoted ones; breaks that meet count once, the widest of them."""
    lines: list[str] = []
    depth = gap = 0
    first, *blocks = marked.split("\0")
    for wide, quotes, block in [(0, 0, first), *((int(b[0]), int(b[1]), b[2:]) for b in blocks)]:
        depth, gap = quotes, max(gap, wide)
        if not block.strip():
            gap = max(gap, min(2, block.count("\n") + 1)) if "\n" in block else gap
            continue
        if gap == 2 and lines:
            lines.append("")
        lines += ["> " * depth + line.strip() for line in block.strip().split("\n")]
        gap = 0
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
