"""Many rows as values in one pass: each different text is taken apart once, however often it stands there."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import starmap
from typing import Any

from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Requester
from peermatch.model.people import Channel, Supporter, SupporterStatus
from peermatch.store import mapping

# Rows come as plain tuples in the order of a value's fields: to read a national network through one object and six
# parsed documents a row took 12 seconds. No column is parsed on its way here, so that equal texts are parsed once.
CONSENT = ("supporter", *ConsentRecord.__dataclass_fields__)
SUPPORTER = tuple(name for name in Supporter.__dataclass_fields__ if name != "consents")
ENQUIRY = tuple(name for name in Enquiry.__dataclass_fields__ if name not in ("requester", "consent"))
REQUESTER = ("enquiry", *Requester.__dataclass_fields__, "consent")
_CONSENTS, _PERSON, _AGREED = (
    tuple(Supporter.__dataclass_fields__).index("consents"),
    tuple(Enquiry.__dataclass_fields__).index("requester"),
    tuple(Enquiry.__dataclass_fields__).index("consent"),
)


class Made(dict[Any, Any]):
    """What each different text of a column stands for, made when it first occurs; nothing stands for nothing."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._make = make

    def __missing__(self, raw: Any) -> Any:
        made = self[raw] = self._make(raw)
        return made


def people_of(people: Iterable[Any], records: Iterable[Any]) -> tuple[Supporter, ...]:
    """Supporters from their rows, and the rows of their consent, which begin with whose they are."""
    consents: defaultdict[str, list[ConsentRecord]] = defaultdict(list)
    purposes, methods, days = Made(Purpose), Made(Method), Made(date.fromisoformat)
    for supporter, purpose, topic, given, expires, withdrawn, method, *rest in records:
        record = ConsentRecord(
            purposes[purpose], topic, days[given], days[expires], days[withdrawn], methods[method], *rest
        )
        consents[supporter].append(record)
    turned = _turned(SUPPORTER, _OF_SUPPORTER)
    return tuple(_supporter(_with(row, turned), tuple(consents.get(row[0], ()))) for row in people)


def _supporter(fields: list[Any], consents: tuple[ConsentRecord, ...]) -> Supporter:
    fields.insert(_CONSENTS, consents)
    return Supporter(*fields)


def enquiries_of(rows: Iterable[Any], people: Iterable[Any]) -> tuple[Enquiry, ...]:
    """Enquiries from their rows, and those of the people behind them."""
    theirs = _turned(REQUESTER, OF_REQUESTER)
    behind = {row[0]: _with(row, theirs)[1:] for row in people}
    turned = _turned(ENQUIRY, OF_ENQUIRY)
    return tuple(starmap(enquiry_of, ((_with(row, turned), behind[row[0]]) for row in rows)))


def enquiry_of(fields: list[Any], person: list[Any]) -> Enquiry:
    """One from its own fields, in the order of `ENQUIRY`, and from those of the person behind it."""
    *requester, consent = person
    fields.insert(_PERSON, Requester(*requester))
    fields.insert(_AGREED, consent)
    return Enquiry(*fields)


def _turned(names: Sequence[str], makes: Mapping[str, Callable[[Any], Any]]) -> list[tuple[int, Made]]:
    """Which places of a row are turned into something, and into what."""
    return [(place, Made(makes[name])) for place, name in enumerate(names) if name in makes]


def _with(row: Sequence[Any], turned: Iterable[tuple[int, Made]]) -> list[Any]:
    fields = list(row)
    for place, made in turned:
        fields[place] = made[fields[place]]
    return fields


def _list(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


def _parsed(make: Callable[[Any], Any]) -> Callable[[str], Any]:
    return lambda text: make(json.loads(text))


_OF_SUPPORTER: Mapping[str, Callable[[Any], Any]] = {
    "other_emails": _list,
    "prefers": Channel,
    "languages": _list,
    "programmes": _list,
    "status": SupporterStatus,
    "paused_until": date.fromisoformat,
    "available_from": date.fromisoformat,
    "available_until": date.fromisoformat,
    "boundaries": _parsed(mapping.boundaries_value),
    "relations": _parsed(mapping.relations_value),
    "characteristics": _list,
}
OF_ENQUIRY: Mapping[str, Callable[[Any], Any]] = {
    "received": date.fromisoformat,
    "status": EnquiryStatus,
    "needs": _parsed(mapping.needs_value),
    "preferences": _parsed(mapping.preferences_value),
    "exclusions": _parsed(mapping.exclusions_value),
    "choice": bool,
    "risk": _parsed(mapping.risk_value),
}
OF_REQUESTER: Mapping[str, Callable[[Any], Any]] = {
    "other_emails": _list,
    "consent": _parsed(mapping.enquirer_consent_value),
}
