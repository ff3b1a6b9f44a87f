"""A card as a page, its lock, and a time to talk: read by other programs, and held back when anything is wrong."""

import base64
import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from io import BytesIO

import icalendar
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text as Note
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from peermatch.errors import BadInput, Refused, SystemRefused
from peermatch.exchange.card_check import read_back
from peermatch.exchange.card_check_more import unbroken
from peermatch.exchange.card_files import CARD_FORMATS, PLAIN, CardFile, Extras, card_paper
from peermatch.exchange.card_ics import Event, refuse_time
from peermatch.exchange.card_lock import Paper, locked, refuse_beside, refuse_passphrase
from peermatch.exchange.card_read_pdf import read_lock, read_pdf
from peermatch.exchange.card_secrets import forbidden_strings
from peermatch.exchange.card_text import words_of
from peermatch.exchange.press import Press
from peermatch.model.card import ContactCard
from peermatch.model.card_wishes import Meeting, needs_mark
from peermatch.model.consent import Purpose
from peermatch.model.people import Supporter
from tests.exchange.cards import (
    AMINA,
    ENQUIRY,
    REFERENCE,
    STAMP,
    STATIONERY,
    TO,
    card_of,
    files_of,
    full_card,
    short_card,
    with_consents,
)

WORDS = "sturdy teapot grazing violet"
EVENT = Event(Meeting(date(2026, 12, 1), time(18, 30), 45), "ab" * 16, 2)


def page_of(card: ContactCard) -> bytes:
    return card_paper(words_of(card), STAMP.code, STAMP.sent, STATIONERY)


PAGE = page_of(full_card())
LOCKED = Paper(PAGE, locked(PAGE, WORDS), WORDS)
ALL = Extras(LOCKED, EVENT, secure=True)


def check(
    files: tuple[CardFile, ...], extras: Extras, card: ContactCard | None = None, who: Supporter = AMINA
) -> None:
    shown = card or full_card()
    forbidden = forbidden_strings(who, ENQUIRY, shown, REFERENCE)
    read_back(files, shown, TO, STAMP, STATIONERY, forbidden, extras)


def held_back(files: tuple[CardFile, ...], extras: Extras) -> str:
    with pytest.raises(Refused) as refusal:
        check(files, extras)
    assert "held back" in str(refusal.value)
    return str(refusal.value)


def test_every_format_passes_as_it_was_made() -> None:
    check(files_of(full_card(), CARD_FORMATS, ALL), ALL)
    plain = Extras(Paper(PAGE, PAGE))
    check(files_of(full_card(), ("eml", "pdf"), plain), plain)
    assert page_of(full_card()) == PAGE, "the same card gives the same page"


@pytest.mark.parametrize(
    "name",
    [
        "Siân Žofia Ó Súilleabháin-Nguyễn",
        "Wolfeschlegelsteinhausenbergerdorff-" * 4 + "Ray",
        'Kim #image("x") $y$ *b* _i_ `c` @d <e> \\u{41} [f] // g',
        "Ffion Griffiths of the Office; fluffy, “baffling” file",
        "Kim\r\nEND:VCARD\r\nBcc: x@example.org",
    ],
)
def test_any_name_stands_on_the_page_as_it_is(name: str) -> None:
    who = replace(AMINA, name=name, known_as=None)
    card = full_card(who)
    extras = Extras(Paper(page := page_of(card), page), EVENT)
    files = files_of(card, CARD_FORMATS, extras)
    check(files, extras, card, who)
    found = read_pdf(page)
    assert found is not None
    assert (found.pages, found.tagged, found.language, found.more) == (1, True, "en-GB", ())
    assert words_of(card).full_name in unbroken(found.text, (words_of(card).full_name,))


def test_a_name_without_shapes_on_the_page_is_said_and_nothing_is_lost_elsewhere() -> None:
    card = full_card(replace(AMINA, name="你好 李", known_as=None))
    with pytest.raises(SystemRefused, match="no shape for"):
        page_of(card)
    press = Press(STATIONERY.press.layout.with_name("none.typ"), STATIONERY.press.fonts)
    with pytest.raises(SystemRefused, match="could not be made"):
        card_paper(words_of(full_card()), STAMP.code, STAMP.sent, replace(STATIONERY, press=press))


def test_no_topic_and_no_enquirer_stands_on_the_page() -> None:
    found = read_pdf(PAGE)
    assert found is not None
    assert found.links == {"mailto:amina.r@example.org", "tel:+447700900123"}
    assert [each for each in ("ADHD", "Quill", "E-0142", "yellow") if each in found.text] == []
    short = read_pdf(page_of(short_card()))
    assert short is not None
    assert "Rahmanova" not in short.text
    assert read_pdf(b"no PDF at all") is None


def test_a_page_may_hold_a_number_alone() -> None:
    card = card_of(with_consents(replace(AMINA, prefers=None), (Purpose.CONTACT_PHONE,)))
    assert card is not None
    found = read_pdf(page_of(card))
    assert found is not None
    assert found.links == {"tel:+447700900123"}
    assert "E-mail:" not in found.text
    assert "Prefers" not in found.text


def changed(change: Callable[[PdfWriter], object], passphrase: str = "") -> Paper:
    """The page, changed by another program, and locked where it was."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PAGE)))
    change(writer)
    out = BytesIO()
    writer.write(out)
    if not passphrase:
        return Paper(out.getvalue(), out.getvalue())
    return Paper(PAGE, locked(out.getvalue(), passphrase), passphrase)


def set_root(name: str, value: str) -> Callable[[PdfWriter], object]:
    return lambda w: w.root_object.update({NameObject(name): TextStringObject(value)})


def untag(writer: PdfWriter) -> None:
    del writer.root_object["/StructTreeRoot"]


def a_script() -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )


def run_when_open(writer: PdfWriter) -> None:
    action = a_script()
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def link_elsewhere(writer: PdfWriter) -> None:
    note = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]  # pypdf types every entry as anything
    note["/A"][NameObject("/URI")] = TextStringObject("https://example.org/?who=amina")


WRONG: dict[str, Callable[[PdfWriter], object]] = {
    "a second page": lambda w: w.add_blank_page(),
    "a script": lambda w: w.root_object.update({NameObject("/OpenAction"): a_script()}),
    "a script when it opens": run_when_open,
    "a file inside": lambda w: w.add_attachment("x.txt", b"Rahmanova"),
    "a note": lambda w: w.add_annotation(0, Note(rect=(0, 0, 9, 9), text="Rahmanova")),
    "another author": lambda w: w.add_metadata({"/Author": "Rahmanova"}),
    "another title": lambda w: w.add_metadata({"/Title": "ADHD"}),
    "another language": set_root("/Lang", "fr"),
    "no marks for screen readers": untag,
    "a bookmark that tells": lambda w: w.add_outline_item(title="Dyslexia", page_number=0),
    "another link": link_elsewhere,
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_wrong_page_is_held_back(change: Callable[[PdfWriter], object]) -> None:
    paper = changed(change)
    held_back(files_of(full_card(), ("pdf",), Extras(paper)), Extras(paper))


def weakly(algorithm: str, user: str = WORDS) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PAGE)))
    writer.encrypt(user, "an owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


LOCKS: dict[str, Paper] = {
    "no lock": Paper(PAGE, PAGE, WORDS),
    "a lock that nobody wished": Paper(PAGE, LOCKED.leaving),
    "old and weak": Paper(PAGE, weakly("RC4-128"), WORDS),
    "half as long": Paper(PAGE, weakly("AES-128"), WORDS),
    "a revision with a hole": Paper(PAGE, weakly("AES-256-R5"), WORDS),
    "may be changed": Paper(PAGE, weakly("AES-256"), WORDS),
    "opens with nothing": Paper(PAGE, weakly("AES-256", ""), WORDS),
    "another passphrase": Paper(PAGE, LOCKED.leaving, "another passphrase"),
    "another page below": changed(set_root("/Lang", "fr"), WORDS),
    "no PDF": Paper(b"%PDF-1.7", b"%PDF-1.7", WORDS),
    "nothing": Paper(b"", b"", ""),
}


@pytest.mark.parametrize("paper", LOCKS.values(), ids=LOCKS)
def test_a_wrong_lock_is_held_back(paper: Paper) -> None:
    held_back(files_of(full_card(), ("pdf",), Extras(paper)), Extras(paper))


def test_another_page_than_was_made_or_asked_for_is_held_back() -> None:
    (pdf,) = files_of(full_card(), ("pdf",), ALL)
    held_back((replace(pdf, data=PAGE),), ALL)
    held_back((pdf,), PLAIN)
    with pytest.raises(Refused):
        check((pdf,), ALL, short_card())


def test_the_lock_is_as_strong_as_it_can_be_and_lets_screen_readers_in() -> None:
    lock = read_lock(LOCKED.leaving)
    assert lock is not None
    assert (lock.strong, lock.reading, lock.changing, lock.opens_with_nothing) == (True, True, False, False)
    assert read_lock(PAGE) is None
    assert read_pdf(LOCKED.leaving) is None
    assert read_pdf(LOCKED.leaving, WORDS) == read_pdf(PAGE)
    accented = "fünf schöne Wörter auf Papier"
    assert read_pdf(locked(PAGE, "fu\u0308nf scho\u0308ne Wo\u0308rter auf Papier"), accented) is not None


def test_a_passphrase_that_a_pdf_cannot_hold_is_refused() -> None:
    refuse_passphrase("ä" * 63 + "x")
    for wrong in ("ä" * 64, " begins with a space", "ends with one ", "a\ttab", "a\u202eturn", "a\ud800half"):
        with pytest.raises(BadInput):
            refuse_passphrase(wrong)


def test_a_passphrase_beside_what_it_locks_is_found_however_it_is_written() -> None:
    refuse_beside(WORDS, ("Dear all,", "sturdy teapot"))
    for beside in (f"use {WORDS}", "STURDY-TEAPOT, grazing\nviolet", "sturdyteapotgrazingviolet"):
        with pytest.raises(Refused, match="stands in the letter itself"):
            refuse_beside(WORDS, ("", beside))
    with pytest.raises(Refused):
        refuse_beside("!!! ??? !!!", ("so: !!! ??? !!!",))


def test_the_calendar_is_read_by_another_program_and_says_nothing_of_anybody() -> None:
    (entry,) = files_of(full_card(), ("ics",), ALL)
    text = entry.data.decode("ascii")
    assert text.count("\r\n") == text.count("\n") == 32
    assert [
        each for each in ("Amina", "Quill", "ADHD", "E-0142", "7F3K", "example.org") if each in text
    ] == []
    (event,) = icalendar.Calendar.from_ical(entry.data).events
    assert (event.start.isoformat(), event.end.isoformat()) == (
        "2026-12-01T18:30:00+00:00",
        "2026-12-01T19:15:00+00:00",
    )
    summer = replace(EVENT, meeting=Meeting(date(2027, 7, 1), time(9)))
    (warm,) = files_of(full_card(), ("ics",), replace(ALL, event=summer))
    (event,) = icalendar.Calendar.from_ical(warm.data).events
    assert event.start.isoformat() == "2027-07-01T09:00:00+01:00"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"SUMMARY:Informal chat", b"SUMMARY:ADHD"),
        (b"CLASS:PRIVATE", b"CLASS:PRIVATE\r\nLOCATION:Ward 7"),
        (b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"),
        (b"METHOD:PUBLISH", b"METHOD:REQUEST"),
        (b"METHOD:PUBLISH\r\n", b""),
        (b"TZNAME:GMT", b"TZNAME:GMT\r\nCOMMENT:Amina"),
        (b"T183000", b"T183001"),
        (b"\r\n", b"\n"),
        (b"BEGIN:VEVENT", b"BEGIN:VJOURNAL"),
    ],
)
def test_a_wrong_calendar_entry_is_held_back(old: bytes, new: bytes) -> None:
    (entry,) = files_of(full_card(), ("ics",), ALL)
    assert old in entry.data
    held_back((replace(entry, data=entry.data.replace(old, new)),), ALL)


def test_an_altered_enclosure_or_subject_of_the_letter_is_held_back() -> None:
    (letter,) = files_of(full_card(), ("eml",), ALL)
    for old, new in (
        (b"Subject: [secure] ", b"Subject: "),
        (b'filename="PM-7F3K.pdf"', b'filename="Amina.pdf"'),
        (b"application/pdf", b"application/zip"),
    ):
        assert old in letter.data
        held_back((replace(letter, data=letter.data.replace(old, new)),), ALL)
    held_back((letter,), replace(ALL, event=None))
    held_back((letter,), replace(ALL, secure=False))


def test_contact_details_that_are_locked_away_stand_nowhere_in_the_letter() -> None:
    card = replace(full_card(), topics=())
    extras = replace(ALL, alone=True)
    letter, page = files_of(card, ("eml", "pdf"), extras)
    check((letter, page), extras, card)
    (open_letter,) = files_of(card, ("eml",), Extras(LOCKED, EVENT, secure=True))
    with pytest.raises(Refused, match="other parts"):
        check((open_letter,), extras, card)
    body = page_text(letter.data)
    assert [each for each in ("amina.r", "900123", "Rahmanova", "ADHD", WORDS) if each in body] == []
    tell = base64.encodebytes(f"Hello, write to amina.r@example.org. {body}".encode()).replace(b"\n", b"\r\n")
    told = re.sub(
        rb"(text/plain.*?\r\n\r\n).*?(\r\n--)", lambda m: m[1] + tell + m[2], letter.data, count=1, flags=re.S
    )
    with pytest.raises(Refused, match="must stay here"):
        check((replace(letter, data=told), page), extras, card)


def page_text(letter: bytes) -> str:
    message = email.message_from_bytes(letter, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize(
    ("formats", "extras"),
    [
        (("docx",), PLAIN),
        (("ics",), PLAIN),
        (("eml",), Extras(alone=True)),
        (("eml",), Extras(Paper(PAGE, PAGE), alone=True)),
        (("eml", "html"), Extras(LOCKED, alone=True)),
    ],
)
def test_formats_that_do_not_go_together_are_bad_input(formats: tuple[str, ...], extras: Extras) -> None:
    with pytest.raises(BadInput):
        files_of(full_card(), formats, extras)


def test_who_needs_a_mark() -> None:
    free = ("nhs.net", "nhs.uk")
    assert [
        needs_mark(each, free) for each in ("a@NHS.net", "a@x.nhs.uk ", "a@xnhs.uk", "a@example.org")
    ] == [
        False,
        False,
        True,
        True,
    ]
    assert not needs_mark("a@example.org", None)
    assert needs_mark("a@nhs.net", ())


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        (Meeting(date(2026, 11, 20), time(18, 29)), "must lie ahead"),
        (Meeting(date(2027, 12, 1), time(9)), "within a year"),
        (Meeting(date(2027, 3, 28), time(1, 30)), "clocks go forward"),
        (Meeting(date(2026, 12, 1), time(9), 4), "five minutes"),
        (Meeting(date(2026, 12, 1), time(9), 241), "four hours"),
    ],
)
def test_a_time_that_nobody_can_keep_is_bad_input(meeting: Meeting, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        refuse_time(meeting, STAMP.sent)
    refuse_time(Meeting(date(2026, 11, 20), time(18, 31)), STAMP.sent)
    refuse_time(Meeting(date(2027, 10, 31), time(1, 30)), STAMP.sent)
