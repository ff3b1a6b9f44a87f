"""Random whole networks for the portable file, and one that uses every field."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from peermatch.model.barred import Barred
from peermatch.model.characteristics import parse_terms
from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    EnquiryStatus,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    Requester,
    Risk,
    RiskKind,
    SpecialtyWish,
)
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.people import RELATION_KINDS, Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.reference import FILES, Reference

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def shipped() -> Reference:
    """The vocabulary that ships with the program."""
    return Reference.parse(
        {name: (RESOURCES / "vocabulary" / f"{name}.toml").read_text("utf-8") for name in FILES}
    )


OWN_ROWS: list[object] = [
    {"id": "own.shift-work", "label": "Working nights for years", "broader": "training"},
    {
        "id": "own.shift-work.sleep",
        "label": "Sleep that does not come",
        "broader": "own.shift-work",
        "related": [{"id": "mind.burnout", "strength": 0.25}],
        "synonyms": [],
        "verified": False,
    },
]
TERMS = ("neuro.adhd", "neuro.autism", "training.ltft", "own.shift-work", "own.shift-work.sleep")
TOPICS = (*TERMS, "neuro", "training")
ORGANISATIONS = ("lthtr", "mft", "mreh")
SPECIALTIES = ("anaesthetics", "general-psychiatry")
GRADES = ("st4", "st6")

text = st.text(st.characters(codec="utf-8"), max_size=12)
said = text.filter(str.strip)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or none."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few of a kind."""
    return st.lists(strategy, max_size=most).map(tuple)


def among(values: Iterable[Any]) -> st.SearchStrategy[Any]:
    """One of these."""
    return st.sampled_from(tuple(values))


consents = st.builds(
    ConsentRecord,
    purpose=among(Purpose),
    characteristic=maybe(among(TERMS)),
    given=days,
    expires=maybe(days),
    withdrawn=maybe(days),
    method=among(Method),
    wording=among(("w1", "w2")),
    recorded_by=maybe(text),
    evidence=maybe(text),
)


def supporters(id: str) -> st.SearchStrategy[Supporter]:
    """A supporter with any value in every field."""
    return st.builds(
        Supporter,
        id=st.just(id),
        name=said,
        known_as=maybe(text),
        pronouns=maybe(text),
        email=maybe(text),
        other_emails=some(text),
        phone=maybe(text),
        prefers=maybe(among(Channel)),
        languages=some(text),
        grade=maybe(among(GRADES)),
        specialty=maybe(among(SPECIALTIES)),
        organisation=maybe(among(ORGANISATIONS)),
        place=maybe(text),
        programmes=some(st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True)),
        status=among(SupporterStatus),
        paused_until=maybe(days),
        available_from=maybe(days),
        available_until=maybe(days),
        capacity=st.integers(0, 9),
        boundaries=st.builds(
            Boundaries,
            st.booleans(),
            st.booleans(),
            some(among(ORGANISATIONS)),
            some(among(SPECIALTIES)),
            some(among(TOPICS)),
        ),
        relations=some(st.builds(Relation, said, among(RELATION_KINDS), days, maybe(days))),
        characteristics=some(among(TERMS)),
        consents=some(consents, 4),
        notes=text,
    )


def enquiries(reference: str, people: tuple[str, ...]) -> st.SearchStrategy[Enquiry]:
    """An enquiry with any value in every field."""
    return st.builds(
        Enquiry,
        reference=st.just(reference),
        received=days,
        requester=st.builds(Requester, maybe(text), maybe(text), some(text), maybe(text), maybe(text)),
        channel=maybe(text),
        programme=st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True),
        status=among(EnquiryStatus),
        consent=maybe(st.builds(EnquirerConsent, days, among(Method), among(("w1", "w2")))),
        letter=maybe(text),
        grade=maybe(among(GRADES)),
        specialty=maybe(among(SPECIALTIES)),
        organisation=maybe(among(ORGANISATIONS)),
        place=maybe(text),
        needs=some(st.builds(Need, among(TOPICS), among(Importance))),
        preferences=st.builds(
            Preferences,
            among(SpecialtyWish),
            among(GradeWish),
            among(PlaceWish),
            maybe(text),
            maybe(among(Channel)),
        ),
        exclusions=st.builds(
            Exclusions,
            some(among(ORGANISATIONS)),
            some(among(SPECIALTIES)),
            some(among(people)) if people else st.just(()),
            some(text),
        ),
        choice=st.booleans(),
        risk=some(st.builds(Risk, among(RiskKind), some(text))),
        risk_done=maybe(text),
    )


weights = st.floats(0.01, 100)
policies = st.builds(
    Policy,
    name=st.from_regex(r"[a-z0-9é]([a-zé ]{0,58}[a-zé])?", fullmatch=True),
    version=st.integers(1, 99),
    essential=weights,
    helpful=weights,
    preference=st.floats(0, 100),
    load_in_hand=st.floats(0, 0.5),
    load_asked=st.floats(0, 0.49),
    asked_limit=st.integers(1, 1000),
    near_km=st.floats(0, 20),
    far_km=st.floats(21, 2000),
    ambiguous=st.floats(0, 1),
)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Any network that can be held."""
    people = tuple(f"S-{number}" for number in range(draw(st.integers(0, 3))))
    references = tuple(f"E-{number}" for number in range(draw(st.integers(0, 2))))
    pairs = [(enquiry, supporter) for enquiry in references for supporter in people]
    met = draw(st.lists(among(pairs), unique=True)) if pairs else []
    return Network(
        name=draw(said),
        controller=draw(maybe(text)),
        wordings=draw(
            maybe(
                st.tuples(
                    st.builds(Wording, st.just("w1"), text, text, st.booleans()),
                    st.builds(Wording, st.just("w2"), text, text, st.booleans()),
                )
            )
        ),
        barred=draw(some(st.builds(Barred, said, said))),
        policy=draw(maybe(policies)),
        vocabulary=parse_terms(OWN_ROWS),
        supporters=tuple(draw(supporters(id)) for id in people),
        enquiries=tuple(draw(enquiries(reference, people)) for reference in references),
        introductions=tuple(
            draw(
                st.builds(
                    Introduction,
                    enquiry=st.just(enquiry),
                    supporter=st.just(supporter),
                    state=among(State),
                    asked=days,
                    answered=maybe(days),
                    introduced=maybe(days),
                    ended=maybe(days),
                    outcome=maybe(text),
                )
            )
            for enquiry, supporter in met
        ),
    )
