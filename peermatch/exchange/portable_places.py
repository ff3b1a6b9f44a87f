"""A network's own organisations and sites in a portable file, checked by themselves and beside the shipped ones.

The list stands in a file only where a network has any, so a file of a network without them is as it always was.
"""

from collections.abc import Mapping

from peermatch.errors import BadInput, Fault
from peermatch.exchange.json_tree import shown
from peermatch.exchange.portable_known import repeated
from peermatch.model.dates import parse_day
from peermatch.model.organisations import Organisations
from peermatch.model.own_places import OwnPlace, extended, parse_place
from peermatch.model.text import one_line

LIST = "organisations"


def read_own_places(rows: object, lists: Organisations) -> tuple[tuple[OwnPlace, ...], list[Fault]]:
    """Row by row, so that one faulty row hides no fault of another."""
    if not isinstance(rows, list):
        return (), [Fault(LIST, "this must be a list")]
    faults: list[Fault] = []
    places: dict[int, OwnPlace] = {}
    for number, row in enumerate(rows):
        found = _place(row, f"{LIST}[{number}]", faults)
        if found is not None:
            places[number] = found
    numbers = tuple(places)
    faults += [
        Fault(f"{LIST}[{numbers[nth]}].id", f"{shown(id)} stands in the file already")
        for nth, id in repeated(each.id for each in places.values())
    ]
    return tuple(places.values()), faults or _unfit(places, lists)


def _place(row: object, place: str, faults: list[Fault]) -> OwnPlace | None:
    if not isinstance(row, Mapping):
        faults.append(Fault(place, "this must be an object"))
        return None
    body = {str(key): value for key, value in row.items() if key != "closed"}
    told = row.get("closed")
    closed = parse_day(told) if isinstance(told, str) else None
    if told is not None and closed is None:
        faults.append(Fault(f"{place}.closed", "this must be a day such as 2026-11-20, or null"))
    try:
        return parse_place(body, closed)
    except BadInput as error:
        faults += [Fault(one_line(f"{place}.{fault.place}"), fault.text) for fault in error.faults]
        return None


def _unfit(places: dict[int, OwnPlace], lists: Organisations) -> list[Fault]:
    """What only shows when they stand beside the shipped ones."""
    try:
        extended(lists, places.values())
    except BadInput as error:
        numbers = {own.id: f"{LIST}[{number}]" for number, own in places.items()}
        return [_placed(fault, numbers) for fault in error.faults]
    return []


def _placed(fault: Fault, places: dict[str, str]) -> Fault:
    id, _, field = fault.place.rpartition(".")
    return Fault(f"{places.get(id, LIST)}.{field}" if id in places else LIST, fault.text)
