"""How a form is read, as a small JSON file that a person can look at, correct and keep for the next time."""

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from peermatch.errors import BadInput, Fault
from peermatch.model.consent import Purpose
from peermatch.model.form import Column, DayOrder, FormMapping, Meaning
from peermatch.model.text import fold_address, fold_name, one_line

LARGEST = 1_000_000
_FIELDS = frozenset({"columns", "wording", "months", "day_order", "words", "people"})
_COLUMN = frozenset({"meaning", "purpose", "characteristic"})
E = TypeVar("E", bound=StrEnum)


def mapping_to_dict(mapping: FormMapping) -> dict[str, Any]:
    """The document of a mapping; ``read_mapping`` reads it back."""
    words: dict[str, dict[str, str]] = {}
    for (meaning, answer), id in mapping.words.items():
        words.setdefault(meaning.value, {})[answer] = id
    return {
        "columns": {heading: _column_to_dict(column) for heading, column in mapping.columns.items()},
        "wording": mapping.wording,
        "months": mapping.months,
        "day_order": mapping.day_order.value if mapping.day_order else None,
        "words": words,
        "people": dict(mapping.people),
    }


def _column_to_dict(column: Column) -> dict[str, str]:
    told = {"meaning": column.meaning.value}
    if column.purpose is not None:
        told["purpose"] = column.purpose.value
    if column.characteristic is not None:
        told["characteristic"] = column.characteristic
    return told


def reading_of(mapping: FormMapping) -> dict[str, Any]:
    """What is kept of a mapping for the next time: what the questions mean, and not a word of an answer."""
    return mapping_to_dict(replace(mapping, words={}, people={}))


def read_mapping(raw: bytes) -> FormMapping:
    """A mapping from its file; everything that is wrong is said at once."""
    if len(raw) > LARGEST:
        raise BadInput(
            "The file that says how the form is read is too large.", "Check that it is the right file."
        )
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "The file that says how the form is read is not JSON.", "Make a new one by --dry-run --json."
        ) from error
    return mapping_from_dict(document)


def mapping_from_dict(document: object) -> FormMapping:
    """A mapping from its document; everything that is wrong is said at once."""
    faults: list[Fault] = []
    if not isinstance(document, Mapping):
        document = {}
        faults.append(Fault("", "this must be an object with the fields columns and wording"))
    faults += [Fault(str(name), "this field is not known") for name in document if name not in _FIELDS]
    columns = _texts(document, "columns", dict, faults)
    order = document.get("day_order")
    months = document.get("months", 12)
    if not isinstance(months, int) or isinstance(months, bool):
        faults.append(Fault("months", "this must be a whole number"))
    wording = document.get("wording", "")
    if not isinstance(wording, str):
        faults.append(Fault("wording", "this must be text"))
    mapping = FormMapping(
        {one_line(heading): _column(f"columns.{heading}", told, faults) for heading, told in columns.items()},
        str(wording),
        months if isinstance(months, int) else 12,
        _one_of(DayOrder, order, "day_order", faults) if order is not None else None,
        _words(document, faults),
        {_key(name): told for name, told in _texts(document, "people", str, faults).items()},
    )
    if faults:
        raise BadInput(
            "The file that says how the form is read cannot be used.",
            "Put right what is listed.",
            tuple(faults),
        )
    return mapping


def _key(name: str) -> str:
    return fold_address(name) if "@" in name else fold_name(name)


def _texts(document: Mapping[str, Any], name: str, kind: type, faults: list[Fault]) -> dict[str, Any]:
    """An object whose values are all of one kind; what is not is a fault and left out."""
    value = document.get(name, {})
    if not isinstance(value, dict):
        faults.append(Fault(name, "this must be an object"))
        return {}
    faults += [
        Fault(f"{name}.{key}", "this cannot be used")
        for key, told in value.items()
        if not isinstance(told, kind)
    ]
    return {key: told for key, told in value.items() if isinstance(told, kind)}


def _words(document: Mapping[str, Any], faults: list[Fault]) -> dict[tuple[Meaning, str], str]:
    found: dict[tuple[Meaning, str], str] = {}
    for name, answers in _texts(document, "words", dict, faults).items():
        meaning = _one_of(Meaning, name, f"words.{name}", faults)
        for answer, id in _texts({name: answers}, name, str, faults).items():
            if meaning is not None:
                found[(meaning, fold_name(answer))] = id
    return found


def _column(place: str, told: Mapping[str, Any], faults: list[Fault]) -> Column:
    faults += [Fault(f"{place}.{name}", "this field is not known") for name in told if name not in _COLUMN]
    meaning = _one_of(Meaning, told.get("meaning"), f"{place}.meaning", faults) or Meaning.NOTHING
    purpose = told.get("purpose")
    topic = told.get("characteristic")
    if topic is not None and not isinstance(topic, str):
        faults.append(Fault(f"{place}.characteristic", "this must be text"))
    if (meaning is Meaning.CONSENT) != (purpose is not None):
        faults.append(Fault(f"{place}.purpose", "consent, and nothing else, has a purpose"))
    found = _one_of(Purpose, purpose, f"{place}.purpose", faults) if purpose is not None else None
    return Column(meaning, found, topic if isinstance(topic, str) else None)


def _one_of(kind: type[E], value: object, place: str, faults: list[Fault]) -> E | None:
    if isinstance(value, str) and value in {each.value for each in kind}:
        return kind(value)
    faults.append(Fault(place, f"this must be one of {', '.join(each.value for each in kind)}"))
    return None
