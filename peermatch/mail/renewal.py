"""The letter that asks a supporter again what they agree to, line by line, with the words that they would agree to."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from peermatch.mail.wording import Templates, bullets
from peermatch.model.asking import Point, Why
from peermatch.model.consent import Purpose
from peermatch.model.dates import in_words
from peermatch.model.people import Supporter
from peermatch.model.text import one_line

ASKED: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.HOLD: "We keep your record",
        Purpose.CONTACT_EMAIL: "We give your e-mail address to somebody you are introduced to",
        Purpose.CONTACT_PHONE: "We give your phone number to somebody you are introduced to",
        Purpose.CONTACT_NAME: "We give your surname to somebody you are introduced to",
        Purpose.CONTACT_ROLE: "We tell them your grade, specialty and county",
        Purpose.CONTACT_ORGANISATION: "We tell them where you work",
        Purpose.MATCH: "we may find you by it",
        Purpose.SHARE: "we may name it to somebody you are introduced to",
        Purpose.LIST: "we may put it in the members' list",
        Purpose.COUNT: "we may count it, without your name",
    }
)
"""What each purpose is called where somebody is asked for it: a line of its own, or the end of a topic's line."""


def renewal_letter(
    templates: Templates,
    supporter: Supporter,
    asked: Iterable[tuple[Point, str | None]],
    *,
    wording: str,
    controller: str,
    answer_by: date,
) -> tuple[str, str]:
    """The letter to one person; ``asked`` is each thing to ask, with the name of its topic where it has one."""
    fields = {
        "name": one_line(supporter.first_name) or "there",
        "reference": supporter.id,
        "asked": bullets(_line(point, topic) for point, topic in asked),
        "wording": wording,
        "controller": controller,
        "day": in_words(answer_by),
    }
    return templates.fill("renewal", fields)


def _line(point: Point, topic: str | None) -> str:
    what = f"{topic}: {ASKED[point.purpose]}" if topic else ASKED[point.purpose]
    return f"{what} ({_since(point)})"


def _since(point: Point) -> str:
    if point.why is Why.NEVER or point.ends is None:
        return "we have not asked you yet"
    return f"{'ended' if point.why is Why.ENDED else 'ends'} on {in_words(point.ends)}"
