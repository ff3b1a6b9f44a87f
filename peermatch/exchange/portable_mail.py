"""Later letters, files that came with letters, and marks of letters in a portable file; each where there is any."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from functools import partial

from peermatch.errors import Fault
from peermatch.exchange.json_fields import Fields
from peermatch.exchange.json_tree import shown
from peermatch.exchange.portable_known import KnownIds, repeated
from peermatch.model.carried_mail import CarriedFile, CarriedLetter, CarriedMail, LetterMark
from peermatch.model.letter_files import LARGEST_FILE
from peermatch.model.mail import Answer, Mail, MailKind, MailState, Says

Row = dict[str, object]
_ID = re.compile(r"M-(\d{4,9})")
_LONGEST_NAME = 255
# Whatever letters bring can be moved: a name is shown, and offered to whoever saves the file with its signs put right.
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f]")


def read_mail(fields: Fields, known: KnownIds) -> CarriedMail:
    """Every list, each row to its last field."""
    return CarriedMail(
        letters=fields.rows("later_letters", partial(_letter, known)),
        files=fields.rows("letter_files", partial(_file, known)),
        marks=fields.rows("letter_marks", partial(_mark, known)),
        unmarked=fields.texts("unmarked_domains") if fields.has("unmarked_domains") else None,
    )


def mail_repeats(mail: CarriedMail) -> Iterator[Fault]:
    """Letters that stand in the file more than once."""
    for number, id in repeated(each.mail.id for each in mail.letters if each.mail.number):
        yield Fault(f"later_letters[{number}].id", f"{shown(id)} stands in the file already")


def mail_rows(mail: CarriedMail) -> Row:
    """As the file has them; what a network does not have is left out."""
    lists: Mapping[str, list[Row]] = {
        "later_letters": [_letter_row(each) for each in mail.letters],
        "letter_files": [
            {
                "name": each.name,
                "enquiry": each.enquiry,
                "letter": None if each.letter is None else _id(each.letter),
                "kept": each.kept,
                "body": base64.b64encode(each.body).decode(),
            }
            for each in mail.files
        ],
        "letter_marks": [{"enquiry": each.enquiry, "mark": each.mark} for each in mail.marks],
    }
    rows: Row = {name: rows for name, rows in lists.items() if rows}
    return rows if mail.unmarked is None else {**rows, "unmarked_domains": list(mail.unmarked)}


def _letter_row(letter: CarriedLetter) -> Row:
    mail = letter.mail
    return {
        "id": mail.id,
        "came": mail.came.isoformat(),
        "kind": mail.kind,
        "state": mail.state,
        "enquiry": mail.enquiry,
        "supporter": mail.supporter,
        "sender_name": mail.sender_name,
        "sender": mail.sender,
        "subject": mail.subject,
        "body": mail.body,
        "why": mail.why,
        "answer": {"says": mail.answer.says, "words": mail.answer.words} if mail.answer else None,
        "failed": list(mail.failed),
        "risk": mail.risk,
        "marks": list(letter.marks),
    }


def _letter(known: KnownIds, fields: Fields) -> CarriedLetter:
    id = fields.required("id")
    found = _ID.fullmatch(id)
    if id and found is None:
        fields.fault("id", "this must be the number of a letter, such as M-0001")
    mail = Mail(
        number=int(found[1]) if found else 0,
        came=fields.required_day("came"),
        kind=fields.choice("kind", MailKind),
        state=fields.choice("state", MailState),
        enquiry=fields.reference("enquiry", known.enquiry, "enquiry"),
        supporter=fields.reference("supporter", known.supporter, "supporter"),
        sender_name=fields.text("sender_name"),
        sender=fields.text("sender"),
        subject=fields.words("subject"),
        body=fields.words("body"),
        why=fields.words("why"),
        answer=fields.optional_child("answer", _answer),
        failed=fields.texts("failed"),
        risk=fields.flag("risk"),
    )
    if mail.state is MailState.JOINED and mail.enquiry is None:
        fields.fault("enquiry", "a letter that is joined needs its enquiry")
    return CarriedLetter(mail, fields.texts("marks"))


def _answer(fields: Fields) -> Answer:
    return Answer(fields.choice("says", Says), fields.words("words"))


def _file(known: KnownIds, fields: Fields) -> CarriedFile:
    name = fields.required("name")
    if name and (_NOT_SHOWN.search(name) or len(name) > _LONGEST_NAME):
        fields.fault("name", "this must be the name of a file, on one line")
    enquiry = fields.reference("enquiry", known.enquiry, "enquiry")
    letter = fields.reference("letter", known.later_letter, "later letter")
    number = _ID.fullmatch(letter or "")
    if enquiry is None and letter is None:
        fields.fault("enquiry", "a file needs its enquiry or its letter")
    return CarriedFile(name, _body(fields), enquiry, int(number[1]) if number else None, fields.flag("kept"))


def _body(fields: Fields) -> bytes:
    text = fields.required("body")
    try:
        body = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        fields.fault("body", "this must be a file in base64")
        return b""
    if text and not 0 < len(body) <= LARGEST_FILE:
        fields.fault("body", f"a file has between 1 and {LARGEST_FILE:,} bytes")
    return body


def _mark(known: KnownIds, fields: Fields) -> LetterMark:
    return LetterMark(fields.required_reference("enquiry", known.enquiry, "enquiry"), fields.required("mark"))


def _id(number: int) -> str:
    return f"M-{number:04d}"
