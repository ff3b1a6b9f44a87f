"""Bytes that should be JSON into plain values, with every place in file order and nothing taken on trust."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from peermatch.errors import BadInput, Fault
from peermatch.model.text import one_line

LARGEST = 40 * 1024 * 1024
"""More than the network of a region needs in ten years; a slip of the hand cannot fill the memory."""
MOST_VALUES = 1_000_000
"""About what ten thousand supporters need; a small file can hold values enough to fill the memory."""

_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
# How half a character can come into a file: written as such it would not be UTF-8.
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_SHOWN = 60


class JsonObject(dict[str, object]):
    """The fields of one JSON object, and those that stand in it more than once."""

    twice: tuple[str, ...] = ()


class NotANumber:
    """What stands for NaN and the infinities, which JSON does not have."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The values of a file, and what is wrong with them whatever they mean."""

    value: object
    faults: tuple[Fault, ...]

    def order(self) -> dict[str, int]:
        """The order in which the places stand in the file: worked out for a file with faults alone."""
        order: dict[str, int] = {}
        for place, _ in _walked(self.value):
            order.setdefault(place, len(order))
        return order


def shown(text: str) -> str:
    """Somebody else's text as a message may quote it: on one line, and not longer than needed."""
    line = text if text.isidentifier() and text.isascii() else one_line(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def below(place: str, key: str) -> str:
    """The place of a field."""
    return f"{place}.{shown(key)}" if place else shown(key)


def is_small_enough(raw: bytes, most: int = LARGEST) -> bool:
    """Whether a file is no larger than what is read of somebody else's."""
    return len(raw) <= most and raw.count(b",") <= MOST_VALUES


def read_tree(raw: bytes, *, bounded: bool = True) -> Tree:
    """The values of a JSON file (RFC 8259, UTF-8; a byte order mark does no harm); only our own needs no bound."""
    if not raw.strip():
        raise _refusal("the file is empty")
    if bounded and len(raw) > LARGEST:
        raise _refusal(f"the file is larger than {LARGEST // (1024 * 1024)} MB")
    if bounded and raw.count(b",") > MOST_VALUES:
        raise _refusal(f"it holds more than {MOST_VALUES:,} values")
    repeats: list[JsonObject] = []
    value = _loaded(raw, repeats)
    if not repeats and not _ESCAPED_HALF.search(raw):
        return Tree(value, ())
    return Tree(value, tuple(fault for place, each in _walked(value) for fault in _faults_at(place, each)))


def _loaded(raw: bytes, repeats: list[JsonObject]) -> object:
    """The values as they stand; the objects in which a field stands more than once go into ``repeats``."""

    def fields(pairs: list[tuple[str, object]]) -> JsonObject:
        found = JsonObject(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            found.twice = tuple(key for key in found if keys.count(key) > 1)
            repeats.append(found)
        return found

    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=fields, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _refusal(f"byte {error.start + 1} is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise _refusal(
            f"line {error.lineno}, column {error.colno} is not JSON; the file may be cut off"
        ) from error
    except RecursionError as error:
        raise _refusal("its parts stand too deep within each other") from error
    except ValueError as error:
        raise _refusal("it holds a number that is too long") from error


def _refusal(text: str) -> BadInput:
    return BadInput(
        f"This file cannot be read: {text}.",
        "Choose a network file of PeerMatch (.json).",
        (Fault("", text),),
    )


def _no_number(_: str) -> NotANumber:
    return NotANumber()


def _walked(value: object) -> Iterator[tuple[str, object]]:
    """Every value with its place, as they stand in the file."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        place, each = waiting.pop()
        yield place, each
        waiting += reversed(list(_parts(place, each)))


def _parts(place: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, JsonObject):
        yield from ((below(place, key), each) for key, each in value.items())
    elif isinstance(value, list):
        yield from ((f"{place}[{number}]", each) for number, each in enumerate(value))


def _faults_at(place: str, value: object) -> Iterator[Fault]:
    if isinstance(value, JsonObject):
        yield from (Fault(below(place, key), "this field stands here more than once") for key in value.twice)
        if any(_HALF_CHARACTER.search(key) for key in value):
            yield Fault(place, "the name of a field holds half a character")
    elif isinstance(value, str) and _HALF_CHARACTER.search(value):
        yield Fault(place, "this text holds half a character, which cannot be kept")
