"""What goes of requests, complaints and incidents whose time is over: words and people; kind and days are a count.

The row stays, so that its number is never given again and nothing but the days can be read from it.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from peermatch.model.incidents import KeptIncident
from peermatch.model.requests import KeptRequest
from peermatch.model.rights import Case, CaseKind
from peermatch.store import erased_letters, incidents, requests
from peermatch.store.mentions import ERASED_TEXT
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

LETTER_PREFIX = "L-"
_BLANK: Mapping[CaseKind, Mapping[str, Any]] = {
    CaseKind.REQUEST: {
        "subject_kind": None,
        "subject": None,
        "summary": ERASED_TEXT,
        **dict.fromkeys(("extended_why", "waiting_for", "outcome"), ""),
    },
    CaseKind.INCIDENT: {
        "what": ERASED_TEXT,
        "exposed": [],
        **dict.fromkeys(("report_reference", "not_reported", "told_what", "outcome"), ""),
    },
}


def closed_requests(tx: Transaction) -> tuple[KeptRequest, ...]:
    """Requests and complaints that are closed, and of which more than the days is left."""
    return tuple(
        each
        for each in requests.every(tx)
        if each.closed and not (each.subject is None and each.summary == ERASED_TEXT and not each.outcome)
    )


def closed_incidents(tx: Transaction) -> tuple[KeptIncident, ...]:
    """Incidents that are closed, and of which more than the days is left."""
    return tuple(
        each
        for each in incidents.every(tx)
        if each.closed and not (each.what == ERASED_TEXT and not each.exposed and not each.outcome)
    )


def letters(tx: Transaction) -> dict[Case, tuple[date, str]]:
    """The letters of an erasure that nobody has sent: the day on which each was written, and for which enquiry."""
    return {
        Case(CaseKind.LETTER, f"{LETTER_PREFIX}{number:04d}"): (each.written, each.enquiry)
        for number, each in erased_letters.every(tx).items()
    }


def letter_numbers(cases: Collection[Case]) -> tuple[int, ...]:
    """The rows of the letters among some."""
    return tuple(requests.number(each.id, LETTER_PREFIX) for each in cases if each.kind is CaseKind.LETTER)


def blank(tx: Transaction, cases: Collection[Case]) -> None:
    """Take the words and the people out of requests and incidents, and empty the images that hold them; in no image."""
    kinds = {
        CaseKind.REQUEST: (table_of(sql.RequestRow), requests.PREFIX),
        CaseKind.INCIDENT: (table_of(sql.IncidentRow), incidents.PREFIX),
    }
    for kind, (table, prefix) in kinds.items():
        numbers = [requests.number(each.id, prefix) for each in cases if each.kind is kind]
        tx.session.execute(sql.update(table).where(table.c.id.in_(numbers)).values(**_BLANK[kind]))
        _wipe(tx, table.name, numbers)
    _wipe(tx, "outbox", letter_numbers(cases))


def _wipe(tx: Transaction, table: str, numbers: Collection[int]) -> None:
    images, keys = table_of(sql.ImageRow), [json.dumps([each]) for each in numbers]
    found = sql.select(images.c.id).where(images.c.table_name == table, images.c.key.in_(keys))
    wiping = sql.update(images).where(images.c.id.in_(found)).values(before=None, after=None)
    tx.session.execute(wiping)
