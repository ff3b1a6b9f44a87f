"""Letters that stand under no enquiry, and since when each has been here: the schedule counts from that day."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, literal_column, select

from peermatch.errors import BadInput
from peermatch.model.mail import MailKind, MailState
from peermatch.model.rights import Case, CaseKind
from peermatch.store.tables import ImageRow, JournalRow
from peermatch.store.tables_mail import MailRow
from peermatch.store.transaction import Transaction, table_of
from peermatch.store.undo import REDO, UNDO

PREFIX = "M-"
# As it stands in the index's own condition: a value that is only bound would not be seen to meet it.
_MAIL: ColumnElement[str] = literal_column("'mail'")


@dataclass(frozen=True, slots=True)
class Lying:
    """One such letter, without a word of it; ``enquiry`` and ``supporter`` are where it may belong."""

    number: int
    kind: MailKind
    state: MailState
    since: date
    enquiry: str | None
    supporter: str | None

    @property
    def case(self) -> Case:
        """By what the schedule names it."""
        return Case(CaseKind.MAIL, f"{PREFIX}{self.number:04d}")


def every(tx: Transaction) -> tuple[Lying, ...]:
    """All of them, in the order in which they came; what stands under an enquiry goes when the enquiry goes.

    Spam goes in its own short time, wherever it stands.
    """
    mail = table_of(MailRow)
    columns = (mail.c.id, mail.c.kind, mail.c.state, mail.c.came, mail.c.enquiry, mail.c.supporter)
    spam, waits = mail.c.kind == MailKind.SPAM.value, mail.c.state == MailState.WAITING.value
    by_itself = mail.c.kind.not_in([MailKind.LETTER.value, MailKind.REPLY.value]) & ~waits
    placed = (mail.c.state == MailState.JOINED.value) | by_itself & mail.c.enquiry.is_not(None)
    rows = tx.session.execute(select(*columns).where(spam | ~placed).order_by(mail.c.id)).all()
    taken_in = _taken_in(tx, [row[0] for row in rows])
    return tuple(
        Lying(number, MailKind(kind), MailState(state), taken_in.get(number, came), enquiry, supporter)
        for number, kind, state, came, enquiry, supporter in rows
    )


def _taken_in(tx: Transaction, wanted: Sequence[int]) -> dict[int, date]:
    """The day on which the journal noted each; a letter that was loaded with a network has the day of its own.

    A number is given again when the letter that had it has gone: the newest that came in is the one that is here.
    """
    images, lines = table_of(ImageRow), table_of(JournalRow)
    keys: BindParameter[list[str]] = bindparam(
        "keys", [json.dumps([each]) for each in wanted], expanding=True
    )
    rows = tx.session.execute(
        select(func.json_extract(images.c.key, "$[0]"), func.max(lines.c.at))
        .join(lines, lines.c.seq == images.c.seq)
        .where(images.c.table_name == _MAIL, images.c.key.in_(keys), images.c.before.is_(None))
        .where(images.c.after.is_not(None), lines.c.action.not_in([UNDO, REDO]))
        .group_by(images.c.key)
    )
    return {number: datetime.fromisoformat(at).astimezone().date() for number, at in rows}


def numbers(cases: Collection[Case]) -> tuple[int, ...]:
    """The rows of the letters among some cases."""
    found = (each.id.removeprefix(PREFIX) for each in cases if each.kind is CaseKind.MAIL)
    return tuple(int(each) if each.isdecimal() else _unknown() for each in found)


def _unknown() -> int:
    raise BadInput("This letter is not here any more.", "Look at the list again.")
