"""Short ways to say who is there and what is asked, over the small vocabulary."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
from peermatch.model.enquiry import Enquiry, Importance, Need, Requester
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Refusal, Shortlist, Suggestion
from tests.matching.small_reference import SMALL

ON = date(2026, 11, 20)
GIVEN = date(2026, 1, 10)
WORDINGS = (Wording("narrow", "This."), Wording("wide", "This and all below.", covers_narrower=True))


def consent(topic: str | None, **fields: Any) -> ConsentRecord:
    """Consent to be matched for a topic, or without one to be kept on record; valid unless said otherwise."""
    known: dict[str, Any] = {"given": GIVEN, "expires": None, "withdrawn": None, "wording": "narrow"} | fields
    purpose = Purpose.HOLD if topic is None else Purpose.MATCH
    return ConsentRecord(purpose, topic, method=Method.FORM, **known)


def supporter(id: str = "S-1", *topics: str, **fields: Any) -> Supporter:
    """A supporter who agreed to be matched for these topics."""
    known: dict[str, Any] = {
        "name": f"Person {id}",
        "email": f"{id.lower()}@example.org",
        "capacity": 2,
        "characteristics": topics,
        "consents": (consent(None), *(consent(topic) for topic in topics)),
    } | fields
    return Supporter(id=id, **known)


def enquiry(essential: str = "", helpful: str = "", **fields: Any) -> Enquiry:
    """An enquiry for these topics (parted by spaces)."""
    needs = [Need(topic, Importance.ESSENTIAL) for topic in essential.split()]
    needs += [Need(topic, Importance.HELPFUL) for topic in helpful.split()]
    known: dict[str, Any] = {"requester": Requester(name="Tess Trainee", email="t@example.org")} | fields
    return Enquiry(reference="E-1", received=ON, needs=tuple(needs), **known)


def introduction(supporter: str, state: State, asked: date = ON, enquiry: str = "E-9") -> Introduction:
    """An introduction of a supporter, for another enquiry unless said otherwise."""
    return Introduction(enquiry, supporter, state, asked)


def register(
    *supporters: Supporter, introductions: Sequence[Introduction] = (), barred: Sequence[Barred] = ()
) -> Register:
    """These people over the small vocabulary."""
    return Register.build(SMALL, supporters, introductions, barred, WORDINGS)


def ask(
    asked: Enquiry,
    *supporters: Supporter,
    introductions: Sequence[Introduction] = (),
    barred: Sequence[Barred] = (),
    on: date = ON,
    policy: Policy = Policy(),  # noqa: B008 - a frozen value
) -> Shortlist:
    """The answer to an enquiry."""
    return match(register(*supporters, introductions=introductions, barred=barred), asked, on, policy)


def refusal(asked: Enquiry, who: Supporter, **more: Any) -> Refusal:
    """Why this one supporter is not suggested."""
    (only,) = ask(asked, who, **more).refused
    return only


def suggestion(asked: Enquiry, who: Supporter, **more: Any) -> Suggestion:
    """How this one supporter is suggested."""
    (only,) = ask(asked, who, **more).suggested
    return only


def said(found: Suggestion, rule: str) -> list[tuple[float, str]]:
    """Points and words of one rule."""
    return [(round(reason.points, 6), reason.text) for reason in found.reasons if reason.rule == rule]
