"""Changes within a value of a JSON document or of an XML part, so that what surrounds it stays whole and is read."""

import json
import re
from random import Random
from typing import Any

from tests.attacks.fuzzing import changed

ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    10**400,
    1e308,
    "",
    " ",
    "\u0000",
    "\u202e",
    "é" * 300,
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "../../x",
    "=1+1",
    "S-0001",
    "E-0142",
    "own.x",
    "neuro.adhd",
    [],
    {},
    [[]],
    [None],
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FREE = frozenset(
    {"name", "words", "body", "subject", "text", "notes", "label", "title", "why", "summary", "letter"}
)
_VALUE = re.compile(r'(?<=>)[^<]+(?=<)|(?<==")[^"]*(?=")')
_TEXTS = (
    "",
    "0",
    "-1",
    "1e999",
    "45982.5",
    "99999999999999999999",
    "2958466",
    "-0.0",
    "&#65;",
    "&amp;&lt;",
    "A1",
    "B2:A1",
    "XFD1048576",
    "ZZZZ9",
    "a0",
    "s",
    "inlineStr",
    "str",
    "b",
    "e",
    "d",
    "shared",
    "array",
    "true",
    "[$-F800]dddd",
    "yyyy-mm-dd;@",
    "rId1",
    "rId99",
    "../sheet1.xml",
    "/xl/worksheets/sheet1.xml",
    "_x000D_",
    "_x0000_",
    " ",
    "\u00a0",
    "Ja;Nein",
    "2026-02-30T25:61:00",
)


def changed_json(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """Mostly some values of a document are put in other values' places, left out, or made odd ones."""
    if chance.random() < 0.1:
        return changed(data, chance, others)
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return changed(data, chance, others)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        places = _places(tree)
        if not places:
            break
        holder, key = chance.choice(places)
        _change(holder, key, chance, places)
    try:
        text = json.dumps(tree, ensure_ascii=chance.random() < 0.3)
    except (ValueError, RecursionError):  # a number of more digits than Python writes
        return changed(data, chance, others)
    return text.encode("utf-8", "replace")[:4_000_000]


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Everything that stands in a document, by what holds it; as much of it as is soon looked through."""
    found: list[tuple[Any, Any]] = []
    left = [tree] if isinstance(tree, (dict, list)) else []
    while left and len(found) < 3_000:
        node = left.pop()
        inside = list(node.items() if isinstance(node, dict) else enumerate(node))
        found += [(node, key) for key, _ in inside]
        left += [each for _, each in inside if isinstance(each, (dict, list))]
    return found


def _change(holder: Any, key: Any, chance: Random, places: list[tuple[Any, Any]]) -> None:
    what = chance.random()
    if chance.random() < 0.5 and _changed_gently(holder, key, chance):
        return
    if what < 0.15:
        del holder[key]
    elif what < 0.45:
        holder[key] = chance.choice(ODD)
    elif what < 0.65:
        other, at = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[at]))
    elif what < 0.75 and isinstance(holder, list):
        holder.insert(chance.randrange(len(holder) + 1), json.loads(json.dumps(holder[key])))
    elif what < 0.82 and isinstance(holder, dict):
        other, at = chance.choice(places)
        holder[str(at)] = holder.pop(key)
    elif isinstance(holder[key], str):
        holder[key] = _changed_text(holder[key], chance)
    else:
        holder[key] = chance.choice(ODD)


def _changed_gently(holder: Any, key: Any, chance: Random) -> bool:
    """A value of the same kind, where there is one: most documents with it are still right, and are read on."""
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int):
        holder[key] = value + chance.choice((-1, 1, 7, 400))
    elif isinstance(value, str) and _DAY.fullmatch(value):
        holder[key] = (
            f"{chance.randrange(1, 9999):04d}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        )
    elif isinstance(value, str) and key in _FREE:
        holder[key] = _changed_text(value, chance)
    elif isinstance(value, list) and value:
        value.pop(chance.randrange(len(value)))
    else:
        return False
    return True


def _changed_text(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    put = chance.choice(
        (*_TEXTS, *(chr(chance.choice((9, 10, 13, 34, 92, 0xA0, 0x301, 0xFEFF, 0x1F600))) for _ in "x"))
    )
    return text[:place] + put + text[place + chance.randrange(3) :]


def changed_xml(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """Some texts and settings of an XML part become others; its tags stay whole."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        found = list(_VALUE.finditer(text))
        if not found:
            return changed(data, chance, others)
        one = chance.choice(found)
        put = chance.choice((*_TEXTS, chance.choice(found)[0], _changed_text(one[0], chance)[:400]))
        put = re.sub(r'[<"]', "", put)
        text = text[: one.start()] + put + text[one.end() :]
    return text.encode("utf-8", "replace")[:4_000_000]
