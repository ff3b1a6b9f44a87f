"""Letters that came later or were set aside, and files that came with letters: values in, values out."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from peermatch.errors import BadInput, Damaged, Refused
from peermatch.model.letter_files import LetterFile
from peermatch.model.mail import Answer, Mail, MailFile, MailKind, MailState, Says
from peermatch.model.text import fold_address
from peermatch.model.traces import Traces
from peermatch.store.cells import day, parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Cell, Transaction, assign, table_of

_ROWS = (
    "SELECT id, came, kind, state, enquiry, supporter, sender_name, sender, subject, body, why, says, words, failed,"
    " risk FROM mail"
)
_FILES = "SELECT id, enquiry, mail, name, size, sha256, kept FROM mail_file"
_FEW = "IN (SELECT value FROM json_each(?))"
# Only those who were asked are looked through: letters are many where supporters are many.
_AT = (
    "SELECT DISTINCT s.id FROM introduction i JOIN supporter s ON s.id = i.supporter WHERE {asked} AND"
    " (lower(trim(s.email)) = ?1 OR EXISTS"
    " (SELECT 1 FROM json_each(s.other_emails) WHERE lower(trim(value)) = ?1)) LIMIT 20"
)
_ASKED_FOR = _AT.format(asked="i.enquiry = ?2")
_NOT_ANSWERED = _AT.format(asked="i.state = 'asked'")
_ASKED_BY = (
    "SELECT enquiry FROM requester WHERE lower(trim(email)) = ?1 OR EXISTS"
    " (SELECT 1 FROM json_each(other_emails) WHERE lower(trim(value)) = ?1) LIMIT 50"
)
_WITH_CARD = "SELECT DISTINCT enquiry FROM hand_over WHERE upper(code) = ? LIMIT 5"
_KNOWN = (
    "SELECT id, CASE WHEN state = 'joined' OR (state <> 'waiting' AND kind NOT IN ('letter', 'reply'))"
    " THEN enquiry END AS enquiry FROM mail WHERE EXISTS"
    " (SELECT 1 FROM json_each(marks) WHERE value IN (SELECT value FROM json_each(?))) LIMIT 1"
)
_BEGUN = "SELECT enquiry FROM letter_print WHERE print IN (SELECT value FROM json_each(?))"


def every(tx: Transaction, *states: MailState) -> tuple[Mail, ...]:
    """All letters in these states, or all at all, oldest first."""
    return (
        _found(tx, f"state {_FEW}", json.dumps([each.value for each in states]))
        if states
        else _found(tx, "true")
    )


def answers(tx: Transaction) -> tuple[Mail, ...]:
    """The letters of enquiries that seem to answer something, oldest first."""
    return _found(tx, "says IS NOT NULL AND state = ?", MailState.JOINED.value)


def of_enquiry(tx: Transaction, reference: str) -> tuple[Mail, ...]:
    """The letters that belong to an enquiry, oldest first; of no other has anybody said that it does."""
    return tuple(each for each in _found(tx, "enquiry = ?", reference) if each.placed)


def about(tx: Transaction, *, enquiry: str = "", supporter: str = "") -> tuple[Mail, ...]:
    """Every letter that stands under somebody, in whatever state."""
    return _found(tx, "enquiry = ?", enquiry) if enquiry else _found(tx, "supporter = ?", supporter)


def get(tx: Transaction, number: int) -> Mail:
    """One letter; refused where it is not kept any more."""
    found = _found(tx, "id = ?", number)
    if not found:
        raise _unknown()
    return found[0]


def known(tx: Transaction, marks: Iterable[str]) -> tuple[int, str | None] | None:
    """The number of the same letter, where it is here already, and the enquiry under which it stands, if any."""
    found = tx.first(_KNOWN, json.dumps(list(marks)))
    return None if found is None else (found[0], found[1])


def threads(tx: Transaction, marks: Sequence[str]) -> tuple[str, ...]:
    """The enquiries of the letters that have any of these marks."""
    begun = (enquiry for (enquiry,) in tx.rows(_BEGUN, json.dumps(list(marks))))
    later = known(tx, marks)
    return tuple(dict.fromkeys((*begun, *((later[1],) if later and later[1] else ()))))


def asked_at(tx: Transaction, address: str, enquiry: str = "") -> tuple[str, ...]:
    """Those who are reached by this address, of all who were asked for an enquiry, or who have not answered yet."""
    who = fold_address(address)
    rows = tx.rows(_ASKED_FOR, who, enquiry) if enquiry else tx.rows(_NOT_ANSWERED, who)
    return tuple(str(id) for (id,) in rows)


def asked_by(tx: Transaction, address: str) -> tuple[str, ...]:
    """The enquiries of whoever is reached by this address."""
    return tuple(str(each) for (each,) in tx.rows(_ASKED_BY, fold_address(address)))


def with_card(tx: Transaction, code: str) -> tuple[str, ...]:
    """The enquiry for which the card with this code left."""
    return tuple(str(each) for (each,) in tx.rows(_WITH_CARD, code.upper()))


def add(tx: Transaction, mail: Mail, marks: Iterable[str]) -> Mail:
    """One more; with the number that it is given, unless it has one."""
    row = sql.MailRow(id=mail.number or None, **_columns(mail), marks=list(marks))
    tx.session.add(row)
    tx.session.flush()
    return replace(mail, number=row.id or 0)


def change(tx: Transaction, mail: Mail) -> None:
    """A letter as it now stands; its files follow it to its enquiry."""
    assign(_row(tx, mail.number), _columns(mail))
    if mail.state is MailState.JOINED:
        for row in tx.session.scalars(
            sql.select(sql.MailFileRow).where(sql.col(sql.MailFileRow.mail) == mail.number)
        ):
            row.enquiry = mail.enquiry
    tx.session.flush()


def marks_of(tx: Transaction, number: int) -> tuple[str, ...]:
    """By what it is known again."""
    return tuple(_row(tx, number).marks)


def remove(tx: Transaction, number: int) -> None:
    """Let a letter go for good, with its files and what the journal kept of it; in no image, so there is no undo."""
    _row(tx, number)
    files = [row.id for row in tx.session.scalars(_files(sql.col(sql.MailFileRow.mail) == number))]
    _cut(tx, sql.MailFileRow, files)
    _cut(tx, sql.MailRow, [number])


def wipe_images(tx: Transaction, mails: Sequence[int], asked: Sequence[str]) -> None:
    """Empty what the journal holds of these letters, of those that began these enquiries, and of all their files."""
    files = table_of(sql.MailFileRow)
    wanted = files.c.mail.in_(list(mails)) | files.c.enquiry.in_(list(asked))
    theirs = tx.session.scalars(sql.select(files.c.id).where(wanted)).all()
    _wipe(tx, table_of(sql.MailRow).name, (*mails, *_moved(tx, asked)))
    _wipe(tx, files.name, theirs)


def _moved(tx: Transaction, asked: Sequence[str]) -> list[int]:
    """Letters that waited and then began one of these enquiries: in the journal alone, known by their marks."""
    prints, images = table_of(sql.LetterPrintRow), table_of(sql.ImageRow)
    marks = set(tx.session.scalars(sql.select(prints.c.print).where(prints.c.enquiry.in_(list(asked)))))
    rows = sql.select(images.c.key, images.c.before, images.c.after).where(
        images.c.table_name == table_of(sql.MailRow).name
    )
    return [
        json.loads(key)[0]
        for key, *sides in tx.session.execute(rows)
        if any(not marks.isdisjoint(json.loads(side)["marks"]) for side in sides if side is not None)
    ]


def _cut(
    tx: Transaction, model: "type[sql.MailRow | sql.MailFileRow]", numbers: Sequence[int | None]
) -> None:
    table = table_of(model)
    tx.session.execute(sql.delete(table).where(table.c.id.in_(numbers)))
    _wipe(tx, table.name, numbers)
    tx.session.expire_all()


def _wipe(tx: Transaction, table: str, numbers: Sequence[int | None]) -> None:
    images = table_of(sql.ImageRow)
    keys = [json.dumps([each]) for each in numbers]
    found = sql.select(images.c.id).where(images.c.table_name == table, images.c.key.in_(keys))
    tx.session.execute(sql.update(images).where(images.c.id.in_(found)).values(before=None, after=None))


def add_files(
    tx: Transaction, files: Iterable[LetterFile], *, enquiry: str | None, mail: int | None
) -> tuple[MailFile, ...]:
    """Files that came with a letter; whether they are kept is still to be asked."""
    rows = []
    for each in files:
        row = sql.MailFileRow(
            enquiry=enquiry,
            mail=mail,
            name=each.name,
            size=len(each.body),
            sha256=hashlib.sha256(each.body).hexdigest(),
        )
        tx.session.add(row)
        tx.session.flush()
        tx.session.execute(sql.insert(sql.MAIL_BODY), {"file": row.id, "body": each.body})
        rows.append(row)
    return tuple(_file_of(row) for row in rows)


def files(tx: Transaction, *, enquiry: str = "", mail: int = 0) -> tuple[MailFile, ...]:
    """What came with the letters of an enquiry, or with one letter."""
    rows = tx.rows(f"{_FILES} WHERE enquiry = ? ORDER BY id", enquiry) if enquiry else _of_letters(tx, [mail])
    return tuple(_file(*row) for row in rows)


def files_beside(tx: Transaction, letters: Iterable[int]) -> tuple[MailFile, ...]:
    """What came with these letters."""
    return tuple(_file(*row) for row in _of_letters(tx, letters))


def keep_files(tx: Transaction, numbers: Iterable[int]) -> tuple[MailFile, ...]:
    """Somebody said that these are kept."""
    rows = [_file_row(tx, number) for number in numbers]
    for row in rows:
        row.kept = True
    tx.session.flush()
    return tuple(_file_of(row) for row in rows)


def drop_files(tx: Transaction, numbers: Iterable[int]) -> tuple[MailFile, ...]:
    """Let these go for good."""
    gone = tuple(_file_of(_file_row(tx, number)) for number in numbers)
    _cut(tx, sql.MailFileRow, [each.number for each in gone])
    return gone


def body(tx: Transaction, number: int) -> tuple[MailFile, bytes]:
    """A file, exactly as it came."""
    row = _file_row(tx, number)
    found = tx.session.execute(
        sql.select(sql.MAIL_BODY.c.body).where(sql.MAIL_BODY.c.file == number)
    ).scalar_one_or_none()
    if found is None:
        raise Refused(
            "This file went when the step was undone that brought it.", "Drop the letter again to have it."
        )
    if not hmac.compare_digest(hashlib.sha256(bytes(found)).hexdigest(), row.sha256):
        raise Damaged("This file is not as it was when it came.", "Restore the newest backup.")
    return _file_of(row), bytes(found)


def speaking(tx: Transaction, people: frozenset[str], asked: frozenset[str], traces: Traces) -> list[int]:
    """The letters of whoever is erased: theirs by the record, or by the address that wrote or was not reached."""
    return [
        row.id or 0
        for row in tx.session.scalars(sql.select(sql.MailRow))
        if row.supporter in people
        or row.enquiry in asked
        or any(map(traces.is_theirs, (row.sender or "", *row.failed)))
    ]


def _found(tx: Transaction, wanted: str, *values: Cell) -> tuple[Mail, ...]:
    return tuple(_value(*row) for row in tx.rows(f"{_ROWS} WHERE {wanted} ORDER BY id", *values))


def _of_letters(tx: Transaction, letters: Iterable[int]) -> list[Any]:
    return tx.rows(f"{_FILES} WHERE mail {_FEW} ORDER BY id", json.dumps(list(letters)))


def _files(wanted: "sql.ColumnElement[bool]") -> Any:
    return sql.select(sql.MailFileRow).where(wanted).order_by(sql.col(sql.MailFileRow.id))


def _row(tx: Transaction, number: int) -> "sql.MailRow":
    row = tx.session.get(sql.MailRow, number)
    if row is None:
        raise _unknown()
    return row


def _unknown() -> BadInput:
    return BadInput("This letter is not here any more.", "Look at the list again.")


def _file_row(tx: Transaction, number: int) -> "sql.MailFileRow":
    row = tx.session.get(sql.MailFileRow, number)
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


def _value(number: int, came: str, kind: str, state: str, *cells: Any) -> Mail:
    enquiry, supporter, sender_name, sender, subject, text, why, says, words, failed, risk = cells
    return Mail(
        number=number,
        came=day(came),
        kind=MailKind(kind),
        state=MailState(state),
        enquiry=enquiry,
        supporter=supporter,
        sender_name=sender_name,
        sender=sender,
        subject=subject,
        body=text,
        why=why,
        answer=Answer(Says(says), words) if says else None,
        failed=tuple(parsed(failed)),
        risk=bool(risk),
    )


def _file(
    number: int, enquiry: str | None, mail: int | None, name: str, size: int, sha256: str, kept: int
) -> MailFile:
    return MailFile(number, enquiry, mail, name, size, sha256, bool(kept))


def _file_of(row: "sql.MailFileRow") -> MailFile:
    return _file(row.id or 0, row.enquiry, row.mail, row.name, row.size, row.sha256, row.kept)


def move_to(tx: Transaction, number: int, reference: str) -> None:
    """A letter becomes the one that begins an enquiry: its files go there, and it stands here no more."""
    row = _row(tx, number)
    for each in tx.session.scalars(_files(sql.col(sql.MailFileRow.mail) == number)):
        each.enquiry, each.mail = reference, None
    tx.session.flush()
    tx.session.delete(row)
    tx.session.flush()
