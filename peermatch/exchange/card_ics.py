"""A time to talk as one calendar entry (RFC 5545) that says nothing of anybody: no name, no place, no topic."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from peermatch.errors import BadInput
from peermatch.exchange.card_vcf import content_line
from peermatch.model.card_wishes import Meeting

SUMMARY = "Informal chat"
ZONE = "Europe/London"
PRODUCT = "-//PeerMatch//Contact card//EN"
_LONDON = (
    ("BEGIN", "VTIMEZONE"),
    ("TZID", ZONE),
    ("BEGIN", "DAYLIGHT"),
    ("TZOFFSETFROM", "+0000"),
    ("TZOFFSETTO", "+0100"),
    ("TZNAME", "BST"),
    ("DTSTART", "19810329T010000"),
    ("RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ("END", "DAYLIGHT"),
    ("BEGIN", "STANDARD"),
    ("TZOFFSETFROM", "+0100"),
    ("TZOFFSETTO", "+0000"),
    ("TZNAME", "GMT"),
    ("DTSTART", "19961027T020000"),
    ("RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting with what a calendar knows it by: the same ``uid`` and a higher ``sequence`` replace an earlier one."""

    meeting: Meeting
    uid: str
    sequence: int = 0


def calendar(event: Event, made: datetime) -> bytes:
    """One entry to keep (PUBLISH): nobody is invited, and this program waits for no answer."""
    begins = event.meeting.begins
    ends = begins + timedelta(minutes=event.meeting.minutes)
    zoned = f";TZID={ZONE}"
    lines = (
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        *_LONDON,
        ("BEGIN", "VEVENT"),
        ("UID", event.uid),
        ("DTSTAMP", made.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")),
        (f"DTSTART{zoned}", begins.strftime("%Y%m%dT%H%M%S")),
        (f"DTEND{zoned}", ends.strftime("%Y%m%dT%H%M%S")),
        ("SEQUENCE", str(event.sequence)),
        ("SUMMARY", SUMMARY),
        ("CLASS", "PRIVATE"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    )
    return b"".join(content_line(name, value) for name, value in lines)


def refuse_time(meeting: Meeting, now: datetime) -> None:
    """BadInput for a time that is over, that the clocks leave out, or that no calendar would hold."""
    begins = meeting.begins
    there = begins.replace(tzinfo=ZoneInfo(ZONE))
    if there.astimezone(UTC).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) != begins:
        raise BadInput("The clocks go forward then, so there is no such time.", "Choose another time.")
    if not 5 <= meeting.minutes <= 240:
        raise BadInput("A time to talk is between five minutes and four hours.", "Choose another length.")
    if not now < there < now + timedelta(days=366):
        raise BadInput("The time to talk must lie ahead, and within a year.", "Choose another day.")
