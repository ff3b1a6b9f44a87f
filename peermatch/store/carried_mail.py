"""Later letters, files and marks of letters: into a new store with the network, and out of it again."""

import hashlib

from sqlalchemy import func, insert, select
from sqlmodel import col

from peermatch.model.carried_mail import CarriedFile, CarriedLetter, CarriedMail, LetterMark
from peermatch.store import mail_mark, mailbag
from peermatch.store.tables import LetterPrintRow
from peermatch.store.tables_mail import MAIL_BODY, MailFileRow, MailRow
from peermatch.store.transaction import Transaction, table_of

MOST_BYTES = 24_000_000
"""Of files in one portable file, which a reader takes whole; a network with more of them moves by a backup."""


def fill(tx: Transaction, carried: CarriedMail) -> None:
    """Put them into a new store, letters under the numbers that they had."""
    for letter in carried.letters:
        mailbag.add(tx, letter.mail, letter.marks)
    for file in carried.files:
        row = MailFileRow(
            enquiry=file.enquiry,
            mail=file.letter,
            name=file.name,
            size=len(file.body),
            sha256=hashlib.sha256(file.body).hexdigest(),
            kept=file.kept,
        )
        tx.session.add(row)
        tx.session.flush()
        tx.session.execute(insert(MAIL_BODY), {"file": row.id, "body": file.body})
    tx.session.add_all(LetterPrintRow(print=each.mark, enquiry=each.enquiry) for each in carried.marks)
    if carried.unmarked is not None:
        mail_mark.set_free_domains(tx, carried.unmarked)
    tx.session.flush()


def whole(tx: Transaction) -> CarriedMail:
    """As they are now; files only where a portable file can hold them all."""
    letters = tx.session.scalars(select(MailRow).order_by(col(MailRow.id)))
    prints = table_of(LetterPrintRow)
    marks = tx.session.execute(select(prints.c.enquiry, prints.c.print).order_by(prints.c.id))
    return CarriedMail(
        letters=tuple(CarriedLetter(mailbag.value_of(row), tuple(row.marks)) for row in letters),
        files=_files(tx) if size(tx) <= MOST_BYTES else (),
        marks=tuple(LetterMark(enquiry, mark) for enquiry, mark in marks),
        unmarked=mail_mark.free_domains(tx),
    )


def size(tx: Transaction) -> int:
    """How large all files together are, in bytes."""
    total = select(func.coalesce(func.sum(MAIL_FILE.c.size), 0)).where(_HERE)
    return int(tx.session.execute(total).scalar_one())


def _files(tx: Transaction) -> tuple[CarriedFile, ...]:
    columns = (MAIL_FILE.c.name, MAIL_BODY.c.body, MAIL_FILE.c.enquiry, MAIL_FILE.c.mail, MAIL_FILE.c.kept)
    rows = tx.session.execute(select(*columns).where(_HERE).order_by(MAIL_FILE.c.id))
    return tuple(
        CarriedFile(name, bytes(body), enquiry, letter, bool(kept))
        for name, body, enquiry, letter, kept in rows
    )


MAIL_FILE = table_of(MailFileRow)
_HERE = MAIL_FILE.c.id == MAIL_BODY.c.file
