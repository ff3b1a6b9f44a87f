"""Where erased people stand in what is not theirs: journal images, other people's records, and free text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.people import surname
from peermatch.model.rights import SubjectKind
from peermatch.model.traces import Identity, Traces
from peermatch.store import closing, decisions
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

ERASED_TEXT = "Erased with the record."
_REQUEST_TEXTS = ("extended_why", "waiting_for", "outcome")


class Where(Enum):
    """In what kind of text of somebody else an erased person may still be spoken of."""

    NOTES = "notes"
    LETTER = "letter"
    KEEP_AWAY = "keep-away"
    REQUEST = "request"
    INCIDENT = "incident"
    SIGNPOST = "signpost"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Mention:
    """One such text, by the record that it belongs to."""

    where: Where
    id: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The ids of those who are erased."""

    people: frozenset[str]
    enquiries: frozenset[str]

    def traces(self, tx: Transaction) -> Traces:
        """By what they are recognised, less what somebody who stays is called or reached by as well."""
        theirs = _identities(tx, sql.SupporterRow, self.people).joined(
            _identities(tx, sql.RequesterRow, self.enquiries)
        )
        others = _others(tx, sql.SupporterRow, "id", self.people).joined(
            _others(tx, sql.RequesterRow, "enquiry", self.enquiries)
        )
        return Traces(theirs.less(others), self.people | self.enquiries)


def _identity(row: Any) -> Identity:
    """From a row or an image of one."""
    name, known_as = row["name"], row.get("known_as")
    called = f"{known_as} {surname(name, known_as)}" if name and known_as else None
    return Identity.of((name, called), (row["email"], *row["other_emails"]), (row["phone"],))


def _identities(tx: Transaction, model: "type[sql.SQLModel]", ids: frozenset[str]) -> Identity:
    """What they are called and reached by, and what they were, as far as the journal still knows."""
    found = Identity()
    if not ids:
        return found
    table, images = table_of(model), table_of(sql.ImageRow)
    key = next(iter(table.primary_key.columns))
    for row in tx.session.execute(
        sql.select(table).where(key.in_(sql.bindparam("ids", sorted(ids), expanding=True)))
    ):
        found = found.joined(_identity(row._mapping))
    columns = sql.select(images.c.key, images.c.before, images.c.after).where(
        images.c.table_name == table.name
    )
    for at, *sides in tx.session.execute(columns):
        if json.loads(at)[0] in ids:
            for side in filter(None, sides):
                found = found.joined(_identity(json.loads(side)))
    return found


def _others(tx: Transaction, model: "type[sql.SQLModel]", key: str, gone: frozenset[str]) -> Identity:
    table = table_of(model)
    rows = (row._mapping for row in tx.session.execute(sql.select(table)))
    parts = [_identity(row) for row in rows if row[key] not in gone]
    return Identity(
        frozenset().union(*(each.names for each in parts)),
        frozenset().union(*(each.addresses for each in parts)),
        frozenset().union(*(each.numbers for each in parts)),
    )


def wipe_images(tx: Transaction, traces: Traces) -> int:
    """Empty every journal image that speaks of them, on both sides; how many. The chain stays valid."""
    images = table_of(sql.ImageRow)
    rows = tx.session.execute(
        sql.select(images.c.id, images.c.table_name, images.c.before, images.c.after).where(
            images.c.before.is_not(None) | images.c.after.is_not(None)
        )
    )
    found = [
        {"wiped": id}
        for id, table, *sides in rows
        if any(_speaks(table, side, traces) for side in sides if side is not None)
    ]
    if found:
        wiping = (
            sql.update(images).where(images.c.id == sql.bindparam("wiped")).values(before=None, after=None)
        )
        tx.session.execute(wiping, found)
    return len(found)


def _speaks(table: str, side: str, traces: Traces) -> bool:
    row = json.loads(side)
    if table == "decision" and decisions.speaks_of(row["body"], traces):
        return True
    return traces.in_values(row)


def take_out(tx: Transaction, gone: Gone, traces: Traces) -> None:
    """Take them out of other people's records: relations, exclusions, watches, decisions, requests about them."""
    _from_relations(tx, gone, traces)
    _from_exclusions(tx, gone, traces)
    _from_watches(tx, gone)
    decisions.take_out(tx, gone.people, gone.enquiries, traces)
    _from_requests(tx, gone)


def _from_relations(tx: Transaction, gone: Gone, traces: Traces) -> None:
    people = table_of(sql.SupporterRow)
    for id, relations in tx.session.execute(sql.select(people.c.id, people.c.relations)).all():
        kept = [each for each in relations if not traces.is_theirs(each[0])]
        if id not in gone.people and len(kept) < len(relations):
            tx.session.execute(sql.update(people).where(people.c.id == id).values(relations=kept))


def _from_exclusions(tx: Transaction, gone: Gone, traces: Traces) -> None:
    """Ids go, for they protect from nobody any more; names go where the enquiry is closed, and else stay its own."""
    asked = table_of(sql.EnquiryRow)
    rows = tx.session.execute(sql.select(asked.c.reference, asked.c.status, asked.c.exclusions)).all()
    for reference, status, exclusions in rows:
        closed = EnquiryStatus(status) in closing.CLOSED
        kept = {
            **exclusions,
            "supporters": [each for each in exclusions["supporters"] if each not in gone.people],
            "people": [each for each in exclusions["people"] if not (closed and traces.in_text(each))],
        }
        if reference not in gone.enquiries and kept != exclusions:
            changed = sql.update(asked).where(asked.c.reference == reference).values(exclusions=kept)
            tx.session.execute(changed)


def _from_watches(tx: Transaction, gone: Gone) -> None:
    watched = table_of(sql.WatchRow)
    for enquiry, known in tx.session.execute(sql.select(watched.c.enquiry, watched.c.known)).all():
        kept = [each for each in known if each not in gone.people]
        if len(kept) < len(known):
            tx.session.execute(sql.update(watched).where(watched.c.enquiry == enquiry).values(known=kept))


def _from_requests(tx: Transaction, gone: Gone) -> None:
    """That they asked, what for and when is proof of how they were answered; their words go."""
    asked = table_of(sql.RequestRow)
    blank = {"summary": ERASED_TEXT, **dict.fromkeys(_REQUEST_TEXTS, "")}
    for kind, ids in ((SubjectKind.SUPPORTER, gone.people), (SubjectKind.ENQUIRER, gone.enquiries)):
        theirs = asked.c.subject.in_(sql.bindparam("ids", sorted(ids), expanding=True))
        tx.session.execute(
            sql.update(asked).where(asked.c.subject_kind == kind.value, theirs).values(**blank)
        )


def elsewhere(tx: Transaction, gone: Gone, traces: Traces) -> tuple[Mention, ...]:
    """The texts of others that will still speak of them: those others' own words, which are theirs to keep."""
    people, asked = table_of(sql.SupporterRow), table_of(sql.EnquiryRow)
    behind = table_of(sql.RequesterRow)
    found = [
        Mention(Where.NOTES, id)
        for id, notes in tx.session.execute(sql.select(people.c.id, people.c.notes))
        if id not in gone.people and traces.in_text(notes)
    ]
    rows = tx.session.execute(
        sql.select(asked, behind.c.safe_contact).join(behind, behind.c.enquiry == asked.c.reference)
    )
    for row in rows:
        if row.reference not in gone.enquiries:
            found += _in_enquiry(row, traces)
    signposts = table_of(sql.SignpostRow)
    found += [
        Mention(Where.SIGNPOST, id)
        for id, words in tx.session.execute(sql.select(signposts.c.id, signposts.c.words))
        if traces.in_values(words)
    ]
    return (*found, *_in_mail(tx, gone, traces), *_in_cases(tx, gone, traces))


def _in_enquiry(row: Any, traces: Traces) -> Iterable[Mention]:
    if any(traces.in_text(text) for text in (row.letter, row.risk_done, row.safe_contact)):
        yield Mention(Where.LETTER, row.reference)
    closed = EnquiryStatus(row.status) in closing.CLOSED
    if not closed and any(map(traces.in_text, row.exclusions["people"])):
        yield Mention(Where.KEEP_AWAY, row.reference)


def _in_mail(tx: Transaction, gone: Gone, traces: Traces) -> Iterable[Mention]:
    """Later letters of others; those of whoever goes go with them."""
    mail = table_of(sql.MailRow)
    columns = (mail.c.id, mail.c.supporter, mail.c.enquiry, mail.c.sender, mail.c.failed)
    for row in tx.session.execute(sql.select(*columns, mail.c.sender_name, mail.c.subject, mail.c.body)):
        goes = row.supporter in gone.people or row.enquiry in gone.enquiries
        goes = goes or any(map(traces.is_theirs, (row.sender or "", *row.failed)))
        if not goes and any(map(traces.in_text, (row.sender_name, row.subject, row.body))):
            yield Mention(Where.MAIL, f"M-{row.id:04d}")


def _in_cases(tx: Transaction, gone: Gone, traces: Traces) -> Iterable[Mention]:
    """Requests of others, and incidents."""
    for row in tx.session.execute(sql.select(table_of(sql.RequestRow))):
        texts = (row.summary, *(getattr(row, name) for name in _REQUEST_TEXTS))
        if row.subject not in gone.people | gone.enquiries and any(map(traces.in_text, texts)):
            yield Mention(Where.REQUEST, f"R-{row.id:04d}")
    for row in tx.session.execute(sql.select(table_of(sql.IncidentRow))):
        if traces.in_values([row.what, row.exposed, row.told_what, row.outcome]):
            yield Mention(Where.INCIDENT, f"I-{row.id:04d}")
