"""What each letter looked like when it came, as the journal noted it with the step that received it."""

from datetime import date, datetime

from sqlalchemy import func, select

from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.tables import EnquiryRow, ImageRow, JournalRow, SupporterRow
from peermatch.store.transaction import Transaction, table_of

_RECORDS = {
    "supporter": (SubjectKind.SUPPORTER, table_of(SupporterRow).c.id),
    "enquiry": (SubjectKind.ENQUIRER, table_of(EnquiryRow).c.reference),
}
"""By table, whose image it is, and by what they are still on record."""


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
    found: dict[Subject, date] = {}
    for table, (kind, held) in _RECORDS.items():
        id = func.json_extract(images.c.key, "$[0]")
        rows = tx.session.execute(
            select(id, func.max(lines.c.at))
            .join(lines, lines.c.seq == images.c.seq)
            .where(images.c.table_name == table, images.c.before.is_not(None) | images.c.after.is_not(None))
            .where(~select(held).where(held == id).exists())
            .group_by(images.c.key)
        )
        for subject, at in rows:
            found[Subject(kind, subject)] = datetime.fromisoformat(at).astimezone().date()
    return found


def last_step(tx: Transaction) -> datetime | None:
    """The moment of the journal's newest line, by the clock of that day."""
    lines = table_of(JournalRow)
    at = tx.session.scalars(select(lines.c.at).order_by(lines.c.seq.desc()).limit(1)).first()
    return datetime.fromisoformat(at) if at else None
