"""The last look at a page and at a time to talk, the page through its lock: read anew, and compared."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from peermatch.exchange.card_html import mail_link, phone_link
from peermatch.exchange.card_ics import PRODUCT, SUMMARY, ZONE, Event
from peermatch.exchange.card_insist import check_words, contact_of, held_back, insist
from peermatch.exchange.card_lock import Paper, as_typed
from peermatch.exchange.card_read import read_vcard
from peermatch.exchange.card_read_pdf import Paged, read_lock, read_pdf
from peermatch.exchange.card_text import CardWords

_LANGUAGE = "en-GB"
_HEAD = (
    ("BEGIN", "VCALENDAR"),
    ("VERSION", "2.0"),
    ("PRODID", PRODUCT),
    ("CALSCALE", "GREGORIAN"),
    ("METHOD", "PUBLISH"),
    ("BEGIN", "VTIMEZONE"),
)
_RULES = 22
"""Lines of a calendar before its one entry: its head, and how London keeps time."""
_SHORT = 3
"""Values as short as this may stand in locked bytes by chance."""


def check_paper(
    data: bytes, paper: Paper, words: CardWords, title: str, forbidden: tuple[str, ...], fixed: str
) -> None:
    """A page that says what it may, runs and fetches nothing, can be heard, and is locked as well as was asked."""
    insist(data == paper.leaving, "it holds another page than was made")
    _check_lock(data, paper, words)
    found = read_pdf(data, as_typed(paper.passphrase))
    plain = read_pdf(paper.plain)
    if found is None or plain is None:
        raise held_back("the page cannot be read")
    insist(found == plain, "the page that leaves is not the one that was made")
    _check_marks(found, words, title)
    permitted = contact_of(words)
    check_words(unbroken(found.text, permitted), permitted, forbidden, fixed)


def _check_lock(data: bytes, paper: Paper, words: CardWords) -> None:
    lock = read_lock(data)
    if not paper.passphrase:
        insist(lock is None, "the page is locked, and nobody asked for that")
        return
    right = lock is not None and lock.strong and lock.reading and not lock.changing
    insist(
        right and lock is not None and not lock.opens_with_nothing, "the page is not locked as it should be"
    )
    clear = [each.encode() for each in contact_of(words) if len(each) > _SHORT]
    insist(not any(each in data for each in clear), "the locked page can be read without its passphrase")


def _check_marks(found: Paged, words: CardWords, title: str) -> None:
    insist(found.pages == 1, "the card needs more than one page")
    insist(found.tagged and found.language == _LANGUAGE, "the page cannot be read aloud")
    insist(found.title == title, "the title of the page is another")
    insist(not found.more, "the page holds parts that it should not")
    insist(
        found.links <= {mail_link(words.email), phone_link(words.phone)}, "the page links to somewhere else"
    )


def unbroken(text: str, values: Iterable[str]) -> str:
    """The text with each of the values in one piece again, wherever a line of the page broke it."""
    for value in sorted(values, key=len, reverse=True):
        broken = r"\s*".join(re.escape(sign) for sign in "".join(value.split()))
        text = value.join(re.split(broken, text))
    return text


def check_calendar(data: bytes, event: Event, sent: datetime) -> None:
    """One entry for one meeting, known by its number alone."""
    found = read_vcard(data) or ()
    said = [(each.name, sorted(each.parameters), ";".join(each.parts)) for each in found]
    entry = said[_place(said, "VEVENT") :]
    made = sent.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    insist(entry == _expected(event, made), "the calendar entry is another")
    rules = said[: _place(said, "VEVENT")]
    insist(
        rules[:6] == [(name, [], value) for name, value in _HEAD] and len(rules) == _RULES,
        "the calendar entry is marked up in another way",
    )


def _place(said: list[tuple[str, list[str], str]], component: str) -> int:
    return next((n for n, each in enumerate(said) if each[0] == "BEGIN" and each[2] == component), len(said))


def _expected(event: Event, made: str) -> list[tuple[str, list[str], str]]:
    """The entry that a meeting has, and nothing more."""
    begins, zone = event.meeting.begins, [f"TZID={ZONE}"]
    ends = begins + timedelta(minutes=event.meeting.minutes)
    return [
        ("BEGIN", [], "VEVENT"),
        ("UID", [], event.uid),
        ("DTSTAMP", [], made),
        ("DTSTART", zone, f"{begins:%Y%m%dT%H%M%S}"),
        ("DTEND", zone, f"{ends:%Y%m%dT%H%M%S}"),
        ("SEQUENCE", [], str(event.sequence)),
        ("SUMMARY", [], SUMMARY),
        ("CLASS", [], "PRIVATE"),
        ("END", [], "VEVENT"),
        ("END", [], "VCALENDAR"),
    ]
