"""What each letter looked like when it came, as the journal noted it with the step that received it."""

import json
from datetime import date, datetime

from sqlalchemy import func, select

from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.tables import EnquiryRow, ImageRow, JournalRow, SupporterRow
from peermatch.store.transaction import Transaction, table_of

_RECORDS = {"supporter": SubjectKind.SUPPORTER, "enquiry": SubjectKind.ENQUIRER}


def scopes(tx: Transaction) -> dict[str, str]:
    """The scope that was noted for each reference; nothing for enquiries that came in another way."""
    lines = table_of(JournalRow)
    rows = tx.session.execute(
        select(lines.c.object, lines.c.detail).where(lines.c.action == "receive").order_by(lines.c.seq)
    )
    found: dict[str, str] = {}
    for references, notes in rows:
        pairs = list(zip(references.split(" "), notes.split("; "), strict=False))
        found |= dict(pairs) if references else {}
    return found


def taken_back(tx: Transaction) -> dict[Subject, date]:
    """Who is not on record but could be brought back, for their adding was undone: and the day of that."""
    images, lines = table_of(ImageRow), table_of(JournalRow)
    rows = tx.session.execute(
        select(images.c.table_name, images.c.key, func.max(lines.c.at))
        .join(lines, lines.c.seq == images.c.seq)
        .where(images.c.table_name.in_(_RECORDS), images.c.before.is_not(None) | images.c.after.is_not(None))
        .group_by(images.c.table_name, images.c.key)
    )
    held = {
        SubjectKind.SUPPORTER: set(tx.session.scalars(select(table_of(SupporterRow).c.id))),
        SubjectKind.ENQUIRER: set(tx.session.scalars(select(table_of(EnquiryRow).c.reference))),
    }
    found = (
        (Subject(_RECORDS[table], json.loads(key)[0]), datetime.fromisoformat(at).astimezone().date())
        for table, key, at in rows
    )
    return {subject: day for subject, day in found if subject.id not in held[subject.kind]}


def last_step(tx: Transaction) -> datetime | None:
    """The moment of the journal's newest line, by the clock of that day."""
    lines = table_of(JournalRow)
    at = tx.session.scalars(select(lines.c.at).order_by(lines.c.seq.desc()).limit(1)).first()
    return datetime.fromisoformat(at) if at else None
