"""Letters that came later or were set aside, and files that came with letters: values in, values out."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, text, update
from sqlmodel import col

from peermatch.errors import BadInput, Damaged, Refused
from peermatch.model.letter_files import LetterFile
from peermatch.model.mail import Answer, Mail, MailFile, MailKind, MailState, Says
from peermatch.model.text import fold_address
from peermatch.model.traces import Traces
from peermatch.store.tables import ImageRow, LetterPrintRow
from peermatch.store.tables_mail import MAIL_BODY, MailFileRow, MailRow
from peermatch.store.transaction import Transaction, assign, table_of

# Only those who were asked are looked through: letters are many where supporters are many.
_AT = (
    "SELECT DISTINCT s.id FROM introduction i JOIN supporter s ON s.id = i.supporter WHERE {asked} AND"
    " (lower(trim(s.email)) = :a OR EXISTS"
    " (SELECT 1 FROM json_each(s.other_emails) WHERE lower(trim(value)) = :a)) LIMIT 20"
)
_ASKED_FOR = text(_AT.format(asked="i.enquiry = :enquiry"))
_NOT_ANSWERED = text(_AT.format(asked="i.state = 'asked'"))
_ASKED_BY = text(
    "SELECT enquiry FROM requester WHERE lower(trim(email)) = :a OR EXISTS"
    " (SELECT 1 FROM json_each(other_emails) WHERE lower(trim(value)) = :a) LIMIT 50"
)
_WITH_CARD = text("SELECT DISTINCT enquiry FROM hand_over WHERE upper(code) = :code LIMIT 5")
_KNOWN = text(
    "SELECT id, CASE WHEN state = 'joined' OR (state <> 'waiting' AND kind NOT IN ('letter', 'reply'))"
    " THEN enquiry END AS enquiry FROM mail WHERE EXISTS"
    " (SELECT 1 FROM json_each(marks) WHERE value IN (SELECT value FROM json_each(:marks))) LIMIT 1"
)


def every(tx: Transaction, *states: MailState) -> tuple[Mail, ...]:
    """All letters in these states, or all at all, oldest first."""
    return _found(tx, *((col(MailRow.state).in_([each.value for each in states]),) if states else ()))


def answers(tx: Transaction) -> tuple[Mail, ...]:
    """The letters of enquiries that seem to answer something, oldest first."""
    return _found(tx, col(MailRow.says).is_not(None), col(MailRow.state) == MailState.JOINED.value)


def of_enquiry(tx: Transaction, reference: str) -> tuple[Mail, ...]:
    """The letters that belong to an enquiry, oldest first; of no other has anybody said that it does."""
    return tuple(each for each in _found(tx, col(MailRow.enquiry) == reference) if each.placed)


def about(tx: Transaction, *, enquiry: str = "", supporter: str = "") -> tuple[Mail, ...]:
    """Every letter that stands under somebody, in whatever state."""
    return _found(tx, col(MailRow.enquiry) == enquiry if enquiry else col(MailRow.supporter) == supporter)


def get(tx: Transaction, number: int) -> Mail:
    """One letter; refused where it is not kept any more."""
    return value_of(_row(tx, number))


def known(tx: Transaction, marks: Iterable[str]) -> tuple[int, str | None] | None:
    """The number of the same letter, where it is here already, and the enquiry under which it stands, if any."""
    found = tx.session.execute(_KNOWN, {"marks": json.dumps(list(marks))}).first()
    return (found.id, found.enquiry) if found is not None else None


def threads(tx: Transaction, marks: Sequence[str]) -> tuple[str, ...]:
    """The enquiries of the letters that have any of these marks."""
    prints = table_of(LetterPrintRow)
    begun = tx.session.scalars(select(prints.c.enquiry).where(prints.c.print.in_(list(marks))))
    later = known(tx, marks)
    return tuple(dict.fromkeys((*begun, *((later[1],) if later and later[1] else ()))))


def asked_at(tx: Transaction, address: str, enquiry: str = "") -> tuple[str, ...]:
    """Those who are reached by this address, of all who were asked for an enquiry, or who have not answered yet."""
    asked = _ASKED_FOR if enquiry else _NOT_ANSWERED
    values = {"a": fold_address(address), **({"enquiry": enquiry} if enquiry else {})}
    return tuple(str(row.id) for row in tx.session.execute(asked, values))


def asked_by(tx: Transaction, address: str) -> tuple[str, ...]:
    """The enquiries of whoever is reached by this address."""
    return tuple(str(each) for each in tx.session.scalars(_ASKED_BY, {"a": fold_address(address)}))


def with_card(tx: Transaction, code: str) -> tuple[str, ...]:
    """The enquiry for which the card with this code left."""
    return tuple(str(each) for each in tx.session.scalars(_WITH_CARD, {"code": code.upper()}))


def add(tx: Transaction, mail: Mail, marks: Iterable[str]) -> Mail:
    """One more; with the number that it is given, unless it has one."""
    row = MailRow(id=mail.number or None, **_columns(mail), marks=list(marks))
    tx.session.add(row)
    tx.session.flush()
    return value_of(row)


def change(tx: Transaction, mail: Mail) -> None:
    """A letter as it now stands; its files follow it to its enquiry."""
    assign(_row(tx, mail.number), _columns(mail))
    if mail.state is MailState.JOINED:
        for row in tx.session.scalars(select(MailFileRow).where(col(MailFileRow.mail) == mail.number)):
            row.enquiry = mail.enquiry
    tx.session.flush()


def marks_of(tx: Transaction, number: int) -> tuple[str, ...]:
    """By what it is known again."""
    return tuple(_row(tx, number).marks)


def remove(tx: Transaction, number: int) -> None:
    """Let a letter go for good, with its files and what the journal kept of it; in no image, so there is no undo."""
    _row(tx, number)
    files = [row.id for row in tx.session.scalars(_files(col(MailFileRow.mail) == number))]
    _cut(tx, MailFileRow, files)
    _cut(tx, MailRow, [number])


def wipe_images(tx: Transaction, mails: Sequence[int], asked: Sequence[str]) -> None:
    """Empty what the journal holds of these letters, of those that began these enquiries, and of all their files."""
    files = table_of(MailFileRow)
    wanted = files.c.mail.in_(list(mails)) | files.c.enquiry.in_(list(asked))
    theirs = tx.session.scalars(select(files.c.id).where(wanted)).all()
    _wipe(tx, table_of(MailRow).name, (*mails, *_moved(tx, asked)))
    _wipe(tx, files.name, theirs)


def _moved(tx: Transaction, asked: Sequence[str]) -> list[int]:
    """Letters that waited and then began one of these enquiries: in the journal alone, known by their marks."""
    prints, images = table_of(LetterPrintRow), table_of(ImageRow)
    marks = set(tx.session.scalars(select(prints.c.print).where(prints.c.enquiry.in_(list(asked)))))
    rows = select(images.c.key, images.c.before, images.c.after).where(
        images.c.table_name == table_of(MailRow).name
    )
    return [
        json.loads(key)[0]
        for key, *sides in tx.session.execute(rows)
        if any(not marks.isdisjoint(json.loads(side)["marks"]) for side in sides if side is not None)
    ]


def _cut(tx: Transaction, model: type[MailRow | MailFileRow], numbers: Sequence[int | None]) -> None:
    table = table_of(model)
    tx.session.execute(delete(table).where(table.c.id.in_(numbers)))
    _wipe(tx, table.name, numbers)
    tx.session.expire_all()


def _wipe(tx: Transaction, table: str, numbers: Sequence[int | None]) -> None:
    images = table_of(ImageRow)
    keys = [json.dumps([each]) for each in numbers]
    found = select(images.c.id).where(images.c.table_name == table, images.c.key.in_(keys))
    tx.session.execute(update(images).where(images.c.id.in_(found)).values(before=None, after=None))


def add_files(
    tx: Transaction, files: Iterable[LetterFile], *, enquiry: str | None, mail: int | None
) -> tuple[MailFile, ...]:
    """Files that came with a letter; whether they are kept is still to be asked."""
    rows = []
    for each in files:
        row = MailFileRow(
            enquiry=enquiry,
            mail=mail,
            name=each.name,
            size=len(each.body),
            sha256=hashlib.sha256(each.body).hexdigest(),
        )
        tx.session.add(row)
        tx.session.flush()
        tx.session.execute(insert(MAIL_BODY), {"file": row.id, "body": each.body})
        rows.append(row)
    return tuple(_file(row) for row in rows)


def files(tx: Transaction, *, enquiry: str = "", mail: int = 0) -> tuple[MailFile, ...]:
    """What came with the letters of an enquiry, or with one letter."""
    wanted = col(MailFileRow.enquiry) == enquiry if enquiry else col(MailFileRow.mail) == mail
    return tuple(_file(row) for row in tx.session.scalars(_files(wanted)))


def files_beside(tx: Transaction, letters: Iterable[int]) -> tuple[MailFile, ...]:
    """What came with these letters."""
    return tuple(map(_file, tx.session.scalars(_files(col(MailFileRow.mail).in_(list(letters))))))


def keep_files(tx: Transaction, numbers: Iterable[int]) -> tuple[MailFile, ...]:
    """Somebody said that these are kept."""
    rows = [_file_row(tx, number) for number in numbers]
    for row in rows:
        row.kept = True
    tx.session.flush()
    return tuple(_file(row) for row in rows)


def drop_files(tx: Transaction, numbers: Iterable[int]) -> tuple[MailFile, ...]:
    """Let these go for good."""
    gone = tuple(_file(_file_row(tx, number)) for number in numbers)
    _cut(tx, MailFileRow, [each.number for each in gone])
    return gone


def body(tx: Transaction, number: int) -> tuple[MailFile, bytes]:
    """A file, exactly as it came."""
    row = _file_row(tx, number)
    found = tx.session.execute(
        select(MAIL_BODY.c.body).where(MAIL_BODY.c.file == number)
    ).scalar_one_or_none()
    if found is None:
        raise Refused(
            "This file went when the step was undone that brought it.", "Drop the letter again to have it."
        )
    if not hmac.compare_digest(hashlib.sha256(bytes(found)).hexdigest(), row.sha256):
        raise Damaged("This file is not as it was when it came.", "Restore the newest backup.")
    return _file(row), bytes(found)


def speaking(tx: Transaction, people: frozenset[str], asked: frozenset[str], traces: Traces) -> list[int]:
    """The letters of whoever is erased: theirs by the record, or by the address that wrote or was not reached."""
    return [
        row.id or 0
        for row in tx.session.scalars(select(MailRow))
        if row.supporter in people
        or row.enquiry in asked
        or any(map(traces.is_theirs, (row.sender or "", *row.failed)))
    ]


def _found(tx: Transaction, *wanted: ColumnElement[bool]) -> tuple[Mail, ...]:
    rows = select(MailRow).where(*wanted).order_by(col(MailRow.id))
    return tuple(map(value_of, tx.session.scalars(rows)))


def _files(wanted: ColumnElement[bool]) -> Any:
    return select(MailFileRow).where(wanted).order_by(col(MailFileRow.id))


def _row(tx: Transaction, number: int) -> MailRow:
    row = tx.session.get(MailRow, number)
    if row is None:
        raise BadInput("This letter is not here any more.", "Look at the list again.")
    return row


def _file_row(tx: Transaction, number: int) -> MailFileRow:
    row = tx.session.get(MailFileRow, number)
    if row is None:
        raise Refused("This file is not kept any more.", "Look at the list again.")
    return row


def _columns(mail: Mail) -> dict[str, Any]:
    return {
        "came": mail.came,
        "kind": mail.kind.value,
        "state": mail.state.value,
        "enquiry": mail.enquiry,
        "supporter": mail.supporter,
        "sender_name": mail.sender_name,
        "sender": mail.sender,
        "subject": mail.subject,
        "body": mail.body,
        "why": mail.why,
        "says": mail.answer.says.value if mail.answer else None,
        "words": mail.answer.words if mail.answer else "",
        "failed": list(mail.failed),
        "risk": mail.risk,
    }


def value_of(row: MailRow) -> Mail:
    """A row as the value that it holds."""
    return Mail(
        number=row.id or 0,
        came=row.came,
        kind=MailKind(row.kind),
        state=MailState(row.state),
        enquiry=row.enquiry,
        supporter=row.supporter,
        sender_name=row.sender_name,
        sender=row.sender,
        subject=row.subject,
        body=row.body,
        why=row.why,
        answer=Answer(Says(row.says), row.words) if row.says else None,
        failed=tuple(row.failed),
        risk=bool(row.risk),
    )


def _file(row: MailFileRow) -> MailFile:
    return MailFile(row.id or 0, row.enquiry, row.mail, row.name, row.size, row.sha256, bool(row.kept))


def move_to(tx: Transaction, number: int, reference: str) -> None:
    """A letter becomes the one that begins an enquiry: its files go there, and it stands here no more."""
    row = _row(tx, number)
    for each in tx.session.scalars(_files(col(MailFileRow.mail) == number)):
        each.enquiry, each.mail = reference, None
    tx.session.flush()
    tx.session.delete(row)
    tx.session.flush()
