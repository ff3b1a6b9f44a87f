"""A card with a locked page and a time to talk: read by other programs, recorded, and refused where it must be."""

import email
import email.policy
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import icalendar
import pytest
from pypdf import PasswordType, PdfReader

from peermatch.errors import BadInput, Refused, SystemRefused
from peermatch.exchange.card_lock import Paper, locked
from peermatch.model.card_wishes import CardWishes, Meeting
from peermatch.model.introduction import State
from peermatch.services.handing_out import Preview
from peermatch.services.office import Services
from peermatch.store import introductions as stored
from tests.networks import DAY
from tests.services.desks import introduced, records, state_of

PAIR = ("E-0142", "S-0001")
WORDS = "sturdy teapot grazing violet harbour"
TALK = Meeting(date(2026, 12, 1), time(18, 30))
EVERYTHING = ("eml", "vcf", "html", "pdf", "ics")
ALL = CardWishes(pdf=True, passphrase=WORDS, meeting=TALK)


def attached(letter: bytes) -> dict[str, bytes]:
    message = email.message_from_bytes(letter, policy=email.policy.default)
    parts = [(part.get_content_type(), part.get_payload(decode=True)) for part in message.iter_attachments()]
    return {kind: payload for kind, payload in parts if isinstance(payload, bytes)}


def data(preview: Preview, format: str) -> bytes:
    return next(file.data for file in preview.files if file.format == format)


def page_words(pdf: bytes, passphrase: str = "") -> str:
    reader = PdfReader(BytesIO(pdf))
    if passphrase:
        assert reader.decrypt(passphrase) is PasswordType.USER_PASSWORD
    return " ".join(page.extract_text() for page in reader.pages)


def test_everything_leaves_in_one_letter_as_it_was_shown_and_is_recorded(
    ready: Services, tmp_path: Path
) -> None:
    preview = ready.handing_out.preview(*PAIR, DAY, EVERYTHING, ALL)
    handed = ready.handing_out.hand_over(preview, DAY, tmp_path / "out")
    assert [path.suffix[1:] for path in handed.files] == list(EVERYTHING)
    assert [path.read_bytes() for path in handed.files] == [file.data for file in preview.files]
    enclosed = attached(data(preview, "eml"))
    assert list(enclosed) == ["text/directory", "application/pdf", "text/calendar"]
    assert enclosed["application/pdf"] == data(preview, "pdf")
    assert "amina@example.org" in page_words(data(preview, "pdf"), WORDS)
    with ready.desk.store.read() as tx:
        (record,) = stored.hand_overs(tx, *PAIR)
    assert record.formats == EVERYTHING
    line = ready.upkeep.journal()[0]
    assert WORDS not in repr(line)
    assert not [path for path in handed.files if WORDS.encode() in path.read_bytes()]
    assert WORDS not in repr(preview)


def test_the_page_opens_with_its_words_alone(ready: Services) -> None:
    pdf = data(ready.handing_out.preview(*PAIR, DAY, ("pdf",), ALL), "pdf")
    reader = PdfReader(BytesIO(pdf))
    assert reader.pdf_header == "%PDF-1.7"
    lock = cast("dict[str, Any]", reader.trailer["/Encrypt"])
    assert (lock["/V"], lock["/R"], lock["/CF"]["/StdCF"]["/CFM"]) == (5, 6, "/AESV3")
    assert [reader.decrypt(each) for each in ("", "wrong", WORDS.upper())] == [PasswordType.NOT_DECRYPTED] * 3
    assert reader.decrypt(WORDS) is PasswordType.USER_PASSWORD
    allowed = int(lock["/P"]) & 0xFFFFFFFF
    assert [bool(allowed >> bit & 1) for bit in (3, 4, 5, 9)] == [False, True, False, True]
    assert b"amina" not in pdf.lower()
    again = data(ready.handing_out.preview(*PAIR, DAY, ("pdf",), ALL), "pdf")
    assert again != pdf, "another owner's password and another salt each time"


def test_the_letter_may_leave_the_details_to_the_locked_page_alone(ready: Services, tmp_path: Path) -> None:
    wishes = replace(ALL, alone=True, meeting=None)
    preview = ready.handing_out.preview(*PAIR, DAY, ("eml", "pdf"), wishes)
    ready.handing_out.hand_over(preview, DAY, tmp_path / "out")
    message = email.message_from_bytes(data(preview, "eml"), policy=email.policy.default)
    said = "".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text")
    assert "Amina" in said
    assert [each for each in ("amina@", "ADHD", "BEGIN:VCARD", WORDS) if each in said] == []
    assert f"PM-{preview.stamp.code}.pdf" in said
    assert "ADHD" not in [each.what for each in preview.leaves]
    assert "amina@example.org" in page_words(attached(data(preview, "eml"))["application/pdf"], WORDS)


@pytest.mark.parametrize(
    ("formats", "wishes", "said"),
    [
        (("eml", "ics"), CardWishes(), "needs a day and a time"),
        (("eml",), CardWishes(passphrase=WORDS), "locks a PDF"),
        (("pdf",), CardWishes(passphrase="short"), "too short"),
        (("pdf",), CardWishes(passphrase="ä" * 64), "too long"),
        (("pdf",), CardWishes(passphrase="a word with\ta tab in it"), "cannot be typed"),
        (("eml", "pdf"), CardWishes(alone=True), "Only a locked PDF"),
        (("eml", "vcf", "pdf"), CardWishes(passphrase=WORDS, alone=True), "in the locked PDF alone"),
        (("ics",), CardWishes(meeting=Meeting(date(2026, 11, 1), time(9))), "must lie ahead"),
        (("ics",), CardWishes(meeting=Meeting(date(2027, 3, 28), time(1, 30))), "clocks go forward"),
        (("ics",), CardWishes(meeting=Meeting(date(2026, 12, 1), time(9), 0)), "between five minutes"),
    ],
)
def test_wishes_that_cannot_be_kept_are_refused(
    ready: Services, formats: tuple[str, ...], wishes: CardWishes, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        ready.handing_out.preview(*PAIR, DAY, formats, wishes)
    assert state_of(ready) is State.AGREED


def test_a_passphrase_never_travels_with_what_it_locks(ready: Services) -> None:
    for words in ("Thank you for WRITING to us", "whatyoutelleachotherstaysbetweenyou", "amina@example.org"):
        with pytest.raises(Refused, match="stands in the letter itself"):
            ready.handing_out.preview(*PAIR, DAY, ("eml", "pdf"), CardWishes(passphrase=words))


def test_a_forged_lock_is_held_back(ready: Services, tmp_path: Path) -> None:
    preview = ready.handing_out.preview(*PAIR, DAY, ("pdf",), ALL)
    other = ready.handing_out.preview(*PAIR, DAY, ("pdf",), replace(ALL, passphrase="")).extras.paper
    mine = preview.extras.paper
    assert mine is not None
    assert other is not None
    stranger = locked(other.plain.replace(b"/Lang", b"/Lung"), WORDS)
    for leaving in (mine.plain, stranger, locked(mine.plain, "another passphrase here"), b"%PDF-1.7"):
        forged = Paper(mine.plain, leaving, WORDS)
        files = tuple(replace(file, data=leaving) for file in preview.files)
        with pytest.raises(Refused):
            ready.handing_out.hand_over(
                replace(preview, files=files, extras=replace(preview.extras, paper=forged)), DAY, tmp_path
            )
    assert records(ready) == 0


def test_a_time_to_talk_is_one_entry_that_names_nobody(ready: Services, tmp_path: Path) -> None:
    preview = ready.handing_out.preview(*PAIR, DAY, ("eml", "ics"), CardWishes(meeting=TALK))
    entry = icalendar.Calendar.from_ical(data(preview, "ics"))
    assert (entry["METHOD"], [each.name for each in entry.subcomponents]) == (
        "PUBLISH",
        ["VTIMEZONE", "VEVENT"],
    )
    (event,) = entry.events
    begins = datetime(2026, 12, 1, 18, 30, tzinfo=ZoneInfo("Europe/London"))
    assert (event.start, event.end) == (begins, begins + timedelta(minutes=30))
    assert (event["SUMMARY"], event["CLASS"]) == ("Informal chat", "PRIVATE")
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "CLASS"}
    (zone,) = entry.timezones
    summer, winter = (datetime(2027, month, 1, 12, tzinfo=zone.to_tz()) for month in (7, 1))
    assert [summer.utcoffset(), winter.utcoffset()] == [timedelta(hours=1), timedelta()]
    ready.handing_out.hand_over(preview, DAY, tmp_path / "out")
    later = CardWishes(meeting=Meeting(date(2026, 12, 2), time(12, 0), 45))
    seen = data(ready.handing_out.preview(*PAIR, DAY, ("ics",), later), "ics")
    (again,) = icalendar.Calendar.from_ical(seen).events
    assert (again["UID"], again["SEQUENCE"]) == (event["UID"], 1), "it takes the place of the first one"
    assert introduced(ready).state is State.INTRODUCED


def test_the_mark_follows_the_rule_of_the_network_and_a_yes(ready: Services) -> None:
    marks = ready.handing_out.marks
    assert marks.free() is None
    ready.enquiries.set_safe_contact("E-0142", "")
    assert subject(ready) == "Your message PM-"
    marks.use([" @NHS.net", "*.nhs.uk", "nhs.net"])
    assert marks.free() == ("nhs.net", "nhs.uk")
    assert subject(ready) == "[secure] Your message PM-"
    assert subject(ready, secure=False) == "Your message PM-"
    ready.enquiries.set_safe_contact("E-0142", "only after six")
    assert subject(ready) == "Your message PM-", "the notice of it could be seen by others"
    assert subject(ready, secure=True) == "[secure] Your message PM-"
    ready.enquiries.set_safe_contact("E-0142", "")
    marks.use(["example.org"])
    assert subject(ready) == "Your message PM-"
    ready.upkeep.undo(marks.use_no_more())
    assert marks.free() == ("example.org",)
    for wrong in ("not a domain", "nhs", "a@b@c", "-x.org", "x" * 300 + ".org"):
        with pytest.raises(BadInput):
            marks.use([wrong])


def subject(services: Services, *, secure: bool | None = None) -> str:
    preview = services.handing_out.preview(*PAIR, DAY, ("eml",), CardWishes(secure=secure))
    found = email.message_from_bytes(data(preview, "eml"), policy=email.policy.default)["Subject"]
    return str(found).removesuffix(preview.stamp.code)


def test_a_copy_is_recorded_as_one(ready: Services) -> None:
    preview = ready.handing_out.preview(*PAIR, DAY)
    done = ready.handing_out.hand_over_as_copy(preview, DAY)
    assert done.undo is None
    with ready.desk.store.read() as tx:
        (record,) = stored.hand_overs(tx, *PAIR)
    assert record.formats == ("copy",)
    with pytest.raises(Refused, match="no letter of this card"):
        ready.handing_out.hand_over_as_copy(replace(preview, files=preview.files[1:]), DAY)


@pytest.mark.parametrize("place", ["x" * 300, "/".join(["y" * 200] * 25)], ids=["long name", "long path"])
def test_a_place_that_cannot_be_is_said_and_nothing_is_recorded(
    ready: Services, tmp_path: Path, place: str
) -> None:
    preview = ready.handing_out.preview(*PAIR, DAY, ("vcf",))
    with pytest.raises(SystemRefused, match="could not be written"):
        ready.handing_out.hand_over(preview, DAY, tmp_path / place)
    assert records(ready) == 0
    strange = tmp_path / "a b" / "ünïcode 你好 \u202e"
    assert ready.handing_out.hand_over(preview, DAY, strange).files[0].parent == strange


def test_drawn_words_lock_a_page(ready: Services) -> None:
    words = ready.handing_out.draw_words()
    assert len(words.split()) == 5
    assert words.isascii()
    assert len(words) <= 32, "more is cut off by some programs that read a PDF"
    pdf = data(ready.handing_out.preview(*PAIR, DAY, ("pdf",), CardWishes(passphrase=words)), "pdf")
    assert "Amina" in page_words(pdf, words)
