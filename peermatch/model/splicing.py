"""One person's new record put into a packed chunk in place of the old one, without packing the others again."""

import struct
from bisect import bisect_left, bisect_right

from peermatch.model.packed import COUNTS, KEY_BYTES, SECTIONS, Layout, layout

_NARROW = (2, 1)
"""How wide codes and small numbers are in nearly every chunk."""
_SIZES = {"B": 1, "H": 2, "i": 4, "I": 4, "Q": 8, "code": _NARROW[0], "few": _NARROW[1], "key": KEY_BYTES}
_TABLES = tuple(section.counted for section in SECTIONS if section.name.endswith(".row"))


def spliced(chunk: bytes, line: bytes) -> bytes | None:
    """The chunk with the one person who is packed alone in `line`: the same bytes as if all were packed anew.

    None where that takes more than one place: the person is not in the chunk, or not all is narrow any more.
    """
    old, new = layout(chunk), layout(line)
    (person,) = new.ids
    ids = old.ids
    if person not in ids or any((each.code_width, each.few_width) != _NARROW for each in (old, new)):
        return None
    row = ids.index(person)
    cuts = _cuts(old, row)
    counts = (old.counts[name] - (end - start) + new.counts[name] for name, (start, end) in cuts.items())
    head = len(chunk) - sum(map(len, old.sections.values())) - 4 * len(COUNTS)
    parts: list[bytes | memoryview] = [chunk[:head], struct.pack(f"<{len(COUNTS)}I", *counts)]
    for section in SECTIONS:
        start, end = cuts[section.counted]
        size = old.id_width if section.kind == "id" else _SIZES[section.kind]
        column = old.sections[section.name]
        parts += (column[: start * size], _of_one(new, section.name, row, size), column[end * size :])
    return b"".join(parts)


def _of_one(new: Layout, name: str, row: int, size: int) -> bytes | memoryview:
    """What a column says of the person: rows count in the chunk that they come into, and ids are as wide as there."""
    column = new.sections[name]
    if name == "id":
        return bytes(column).ljust(size, b"\0")
    return bytes((row,)) * len(column) if name.endswith(".row") else column


def _cuts(old: Layout, row: int) -> dict[str, tuple[int, int]]:
    """Of everything that is counted, from where to where it is one person's, in the order of the counts."""
    courses = _cut(bytes(old.sections["course_count"]), row, row + 1)
    found = {
        "people": (row, row + 1),
        "courses": courses,
        "steps": _cut(bytes(old.sections["step_count"]), *courses),
        "links": _cut(bytes(old.sections["link_count"]), row, row + 1),
    }
    for table in _TABLES:
        rows = bytes(old.sections[f"{table}.row"])
        found[table] = bisect_left(rows, row), bisect_right(rows, row)
    return {name: found[name] for name in COUNTS}


def _cut(counts: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the items of some rows stand, when each row has so many."""
    before = sum(counts[:start])
    return before, before + sum(counts[start:end])
