"""Reads finished cards as somebody else's program would, without the code that wrote them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a vCard: its name, its parameters and its value, taken apart at semicolons."""

    name: str
    parameters: frozenset[str]
    parts: tuple[str, ...]


def read_vcard(data: bytes) -> tuple[Property, ...] | None:
    """The properties of a vCard in their order, or None where it is not written as RFC 2426 wants it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    physical = text.split("\r\n")
    too_long = any(len(line.encode()) > 75 for line in physical)
    if too_long or physical.pop() or re.search(r"[\r\n\ufeff]", "".join(physical)):
        return None
    lines = "\r\n".join(physical).replace("\r\n ", "").split("\r\n")
    found = tuple(_property(line) for line in lines)
    return tuple(each for each in found if each is not None) if None not in found else None


def _property(line: str) -> Property | None:
    name, colon, value = line.partition(":")
    if not colon:
        return None
    bare, *parameters = name.split(";")
    parts = _split(value)
    return Property(bare, frozenset(parameters), parts)


def _split(value: str) -> tuple[str, ...]:
    """The parts of a value with their escapes undone."""
    parts = [""]
    signs = iter(value)
    for sign in signs:
        if sign == "\\":
            escaped = next(signs, "")
            parts[-1] += "\n" if escaped in ("n", "N") else escaped
        elif sign == ";":
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(parts)


@dataclass(slots=True)
class Page:
    """What a page holds: its elements, every attribute, its title and all of its words."""

    elements: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    title: str = ""
    styles: str = ""
    words: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in reading order."""
        return " ".join(" ".join(self.words).split())


class _PageReader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._page.elements.append(tag)
        self._page.attributes += [(tag, name, value or "") for name, value in attrs]
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser names its arguments
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self._page.title += data
        elif self._inside == "style":
            self._page.styles += data
        else:
            self._page.words.append(data)

    def handle_comment(self, data: str) -> None:
        self._page.other.append(data)

    def handle_pi(self, data: str) -> None:
        self._page.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self._page.other.append(data)


def read_page(text: str) -> Page:
    """The page as a parser sees it."""
    page = Page()
    reader = _PageReader(page)
    reader.feed(text)
    reader.close()
    return page
