"""A second reader of a subject-access page, and of the rows that it is made from: no code of the program's own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"meta", "br", "img", "link", "input", "hr"})


@dataclass
class Page(HTMLParser):
    """What a browser would make of the page: its tags, and for each row its key, heading and value."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _key: str = ""
    _label: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def read(cls, raw: bytes) -> "Page":
        page = cls()
        page.feed(raw.decode("utf-8"))
        page.close()
        assert page._open == [], f"left open: {page._open}"
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append((tag, known))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self._key = known.get("data-key") or ""
        if tag in ("th", "td", "h1", "h2"):
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"{tag} closes nothing"
        text = "".join(self._text)
        if tag == "th":
            self._label = text
        elif tag == "td":
            self.rows.append((self._key, self._label, text))
        elif tag in ("h1", "h2"):
            self.headings.append(text)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def leaves(value: Any) -> Iterator[str]:
    """Every text and number in a value as SQLite holds it: JSON columns are opened."""
    if isinstance(value, str):
        try:
            opened = json.loads(value) if value[:1] in "[{" else None
        except ValueError:
            opened = None
        if opened is None:
            yield value
        else:
            yield from leaves(opened)
    elif isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
