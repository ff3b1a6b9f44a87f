"""What is held on one person beside their own record: cards, letters, decisions, holds, lines and earlier versions."""

import base64
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peermatch.model.decision import Decision, parse_decision
from peermatch.model.incidents import KeptIncident
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import drafts, incidents, journal
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.journal import Entry
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

_ALL_LINES = 10_000_000
_OWN = {SubjectKind.SUPPORTER: ("supporter",), SubjectKind.ENQUIRER: ("enquiry", "requester")}
"""The tables in which one row is somebody's own."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card that left: for which enquiry, to which address, and what was on it."""

    enquiry: str
    supporter: str
    day: date
    recipient: str
    code: str
    formats: tuple[str, ...]
    parts: tuple[tuple[str, str | None], ...]
    """Each part in words, with its characteristic where it is one."""


@dataclass(frozen=True, slots=True)
class Hold:
    """That somebody is kept longer than the schedule says."""

    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a column of somebody's own row said before a step changed it; a document where it is no text."""

    at: datetime
    table: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one supporter stood in a decision: from 1, or not suggested; of the others it holds nobody."""

    place: int | None
    decision: Decision


def cards(tx: Transaction, subject: Subject) -> tuple[Card, ...]:
    """The cards of a supporter, or those that an enquirer received, oldest first."""
    rows = tx.session.scalars(
        sql.select(sql.HandOverRow)
        .where(_theirs(sql.HandOverRow, subject))
        .order_by(sql.col(sql.HandOverRow.id))
    )
    return tuple(
        Card(
            row.enquiry,
            row.supporter,
            row.day,
            row.recipient,
            row.code,
            tuple(row.formats),
            tuple((what, characteristic) for what, _, characteristic, _, _ in row.permissions),
        )
        for row in rows
    )


def letters(tx: Transaction, subject: Subject) -> tuple[OutgoingLetter, ...]:
    """The letters in the outbox that are about somebody, whoever they are addressed to, oldest first."""
    rows = tx.session.scalars(
        sql.select(sql.OutboxRow).where(_theirs(sql.OutboxRow, subject)).order_by(sql.col(sql.OutboxRow.id))
    )
    return tuple(
        OutgoingLetter(r.kind, r.enquiry or "", r.supporter, r.written, r.recipient, r.subject, r.body)
        for r in rows
    )


def _theirs(
    model: "type[sql.IntroductionRow | sql.HandOverRow | sql.OutboxRow]", subject: Subject
) -> "sql.ColumnElement[bool]":
    column = model.supporter if subject.kind is SubjectKind.SUPPORTER else model.enquiry
    return sql.col(column) == subject.id


def standings(tx: Transaction, supporter: str) -> Iterator[Standing]:
    """How somebody stood whenever anybody was chosen, enquiry by enquiry; nothing of the others is taken apart."""
    columns = table_of(sql.DecisionRow).columns
    bodies = sql.select(columns["body"]).order_by(columns["enquiry"], columns["id"])
    for body in tx.session.scalars(bodies):
        document = _document(body)
        place = _place_in(document, supporter)
        yield Standing(place, parse_decision(_own_part(document, supporter)))


def _document(body: str) -> Any:
    try:
        return json.loads(zlib.decompress(base64.b64decode(body, validate=True)))
    except (ValueError, zlib.error):
        return None


def _place_in(document: Any, supporter: str) -> int | None:
    """Where they stood among those suggested, from 1; what has another shape is damage, which the parser says."""
    try:
        return next(n for n, each in enumerate(document["suggested"], start=1) if each[0] == supporter)
    except (LookupError, TypeError, StopIteration):
        return None


def _own_part(document: Any, supporter: str) -> Any:
    """The record of a decision with nobody but one person on its lists."""
    try:
        suggested = [each for each in document["suggested"] if each[0] == supporter]
        refused = [[codes, [supporter]] for codes, ids in document["refused"] if supporter in ids]
    except (LookupError, TypeError, ValueError):
        return document
    return document | {"suggested": suggested, "refused": refused}


def watched_since(tx: Transaction, subject: Subject) -> tuple[tuple[str, date], ...]:
    """The watches on an enquiry, or those that hold a supporter's id as one who fitted: reference and day."""
    rows = tx.session.scalars(sql.select(sql.WatchRow).order_by(sql.col(sql.WatchRow.enquiry)))
    enquirer = subject.kind is SubjectKind.ENQUIRER
    return tuple(
        (row.enquiry, row.since)
        for row in rows
        if (row.enquiry == subject.id if enquirer else subject.id in row.known)
    )


def prints(tx: Transaction, reference: str) -> tuple[str, ...]:
    """By what the letters of an enquiry are recognised."""
    found = sql.select(sql.col(sql.LetterPrintRow.print)).where(
        sql.col(sql.LetterPrintRow.enquiry) == reference
    )
    return tuple(tx.session.scalars(found.order_by(sql.col(sql.LetterPrintRow.id))))


def closed_on(tx: Transaction, reference: str) -> date | None:
    """The day on which an enquiry was closed, where it is noted."""
    row = tx.session.get(sql.ClosingRow, reference)
    return row.day if row else None


def hold(tx: Transaction, subject: Subject) -> Hold | None:
    """Whether and why somebody is kept back from erasure."""
    row = tx.session.get(sql.KeptBackRow, (subject.kind.value, subject.id))
    return Hold(row.since, row.until, row.reason) if row else None


def exposures(tx: Transaction, subject: Subject) -> tuple[KeptIncident, ...]:
    """The incidents that exposed somebody."""
    return tuple(each for each in incidents.every(tx) if subject in each.exposed)


def lines(tx: Transaction, id: str) -> tuple[Entry, ...]:
    """The lines of the journal about somebody, oldest first."""
    return journal.entries(tx, _ALL_LINES, id)[::-1]


def half_typed(tx: Transaction) -> tuple[str, ...]:
    """Work on the screen that was not finished, whoever it is about."""
    return tuple(drafts.every(tx).values())


def earlier(tx: Transaction, subject: Subject) -> tuple[Earlier, ...]:
    """What somebody's own rows said before they were changed, as far as it is still kept, oldest first."""
    image, line = table_of(sql.ImageRow).columns, table_of(sql.JournalRow).columns
    rows = tx.session.execute(
        sql.select(line["at"], image["table_name"], image["before"], image["after"])
        .join_from(table_of(sql.ImageRow), table_of(sql.JournalRow), line["seq"] == image["seq"])
        .where(image["table_name"].in_(_OWN[subject.kind]), image["key"] == json.dumps([subject.id]))
        .order_by(image["id"])
    )
    return tuple(each for row in rows for each in _changed(*row))


def _changed(at: str, table: str, before: str | None, after: str | None) -> Iterator[Earlier]:
    then: dict[str, Any] = json.loads(before) if before else {}
    now: dict[str, Any] = json.loads(after) if after else {}
    for column, value in then.items():
        if value not in (None, "", [], {}) and now.get(column) != value:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield Earlier(datetime.fromisoformat(at), table, column, text)
