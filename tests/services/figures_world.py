"""A network of many invented enquiries, so that some numbers are large enough to be shared and others are not."""

from dataclasses import replace
from datetime import date, timedelta

from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Importance, Need, Requester
from peermatch.model.insight_period import Period
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.people import Supporter
from tests.networks import ADHD, AMINA, EXAM, NETWORK, yes

LTFT, ANXIETY, GAY, HIV = "training.ltft", "mind.anxiety", "sexuality.gay", "disability.hiv"
FIRST_HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
SECOND_PART = Period(date(2026, 7, 1), date(2026, 10, 31))
ALL = Period(date(2026, 1, 1), date(2026, 10, 31))


def asked(number: int, day: date, *topics: str, status: EnquiryStatus = EnquiryStatus.CLOSED) -> Enquiry:
    """One enquiry of somebody who stands nowhere else."""
    return Enquiry(
        reference=f"E-{1000 + number}",
        received=day,
        requester=Requester(name=f"Zqx Person{number}", email=f"person{number}@example.org"),
        status=status,
        needs=tuple(Need(topic, Importance.HELPFUL) for topic in topics),
    )


def every_few_days(count: int, first: date, step: int, *topics: str, start: int = 0) -> list[Enquiry]:
    """So many enquiries for the same."""
    return [asked(start + n, first + timedelta(days=n * step), *topics) for n in range(count)]


def supporter(number: int, *topics: str, counted: bool = True) -> Supporter:
    """One who may be found by these topics, and counted unless they said no to it."""
    purposes = (Purpose.MATCH, Purpose.COUNT) if counted else (Purpose.MATCH,)
    consents = [yes(Purpose.HOLD), *(yes(purpose, topic) for topic in topics for purpose in purposes)]
    return replace(
        AMINA,
        id=f"S-{number:04d}",
        name=f"Zqx Helper{number}",
        known_as=None,
        email=f"helper{number}@example.org",
        characteristics=topics,
        consents=tuple(consents),
    )


ENQUIRIES = (
    *every_few_days(20, date(2026, 1, 2), 8, ADHD),
    *every_few_days(12, date(2026, 7, 3), 9, ADHD, EXAM, start=100),
    *every_few_days(9, date(2026, 2, 1), 15, GAY, start=200),
    *every_few_days(3, date(2026, 3, 1), 10, LTFT, start=300),
)
PEOPLE = (
    *(supporter(n, ADHD) for n in range(1, 13)),
    *(supporter(n, EXAM) for n in range(13, 18)),
    *(supporter(n, EXAM, counted=False) for n in range(18, 31)),
    *(supporter(n, HIV) for n in range(31, 40)),
)
STEPS = (
    Introduction(
        "E-1000",
        "S-0001",
        State.ENDED,
        date(2026, 1, 6),
        date(2026, 1, 8),
        date(2026, 1, 12),
        date(2026, 4, 1),
    ),
    Introduction("E-1100", "S-0001", State.INTRODUCED, date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 10)),
    Introduction("E-1101", "S-0002", State.ASKED, date(2026, 11, 16)),
)
BUSY: Network = replace(NETWORK, supporters=PEOPLE, enquiries=ENQUIRIES, introductions=STEPS)
