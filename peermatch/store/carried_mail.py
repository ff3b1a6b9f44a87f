"""Later letters, files and marks of letters: into a new store with the network, and out of it again."""

import hashlib

from peermatch.model.carried_mail import CarriedFile, CarriedLetter, CarriedMail, LetterMark
from peermatch.store import mail_mark, mailbag
from peermatch.store.cells import parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

MOST_BYTES = 24_000_000
"""Of files in one portable file, which a reader takes whole; a network with more of them moves by a backup."""
_SIZE = "SELECT coalesce(sum(size), 0) FROM mail_file JOIN mail_body ON file = id"
_FILES = "SELECT name, body, enquiry, mail, kept FROM mail_file JOIN mail_body ON file = id ORDER BY id"


def fill(tx: Transaction, carried: CarriedMail) -> None:
    """Put them into a new store, letters under the numbers that they had."""
    for letter in carried.letters:
        mailbag.add(tx, letter.mail, letter.marks)
    for file in carried.files:
        row = sql.MailFileRow(
            enquiry=file.enquiry,
            mail=file.letter,
            name=file.name,
            size=len(file.body),
            sha256=hashlib.sha256(file.body).hexdigest(),
            kept=file.kept,
        )
        tx.session.add(row)
        tx.session.flush()
        tx.session.execute(sql.insert(sql.MAIL_BODY), {"file": row.id, "body": file.body})
    tx.session.add_all(sql.LetterPrintRow(print=each.mark, enquiry=each.enquiry) for each in carried.marks)
    if carried.unmarked is not None:
        mail_mark.set_free_domains(tx, carried.unmarked)
    tx.session.flush()


def whole(tx: Transaction) -> CarriedMail:
    """As they are now; files only where a portable file can hold them all."""
    marks = tx.rows("SELECT enquiry, print FROM letter_print ORDER BY id")
    known = {number: tuple(parsed(marks)) for number, marks in tx.rows("SELECT id, marks FROM mail")}
    return CarriedMail(
        letters=tuple(CarriedLetter(each, known[each.number]) for each in mailbag.every(tx)),
        files=_files(tx) if size(tx) <= MOST_BYTES else (),
        marks=tuple(LetterMark(enquiry, mark) for enquiry, mark in marks),
        unmarked=mail_mark.free_domains(tx),
    )


def size(tx: Transaction) -> int:
    """How large all files together are, in bytes."""
    return int(tx.rows(_SIZE)[0][0])


def _files(tx: Transaction) -> tuple[CarriedFile, ...]:
    return tuple(
        CarriedFile(name, bytes(body), enquiry, letter, bool(kept))
        for name, body, enquiry, letter, kept in tx.rows(_FILES)
    )
