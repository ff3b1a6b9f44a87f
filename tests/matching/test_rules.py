"""Each rule gives the points that it should and says why, about what the supporter agreed to share and no more."""

from datetime import date
from typing import Any

import pytest

from peermatch.model.enquiry import (
    Exclusions,
    GradeWish,
    PlaceWish,
    Preferences,
    Requester,
    SpecialtyWish,
)
from peermatch.model.introduction import State
from peermatch.model.people import Boundaries, Channel, Relation
from peermatch.model.policy import Policy
from tests.matching.cases import ON, ask, consent, enquiry, introduction, said, suggestion, supporter
from tests.matching.small_reference import SMALL


def wish(**wishes: Any) -> dict[str, Any]:
    return {"preferences": Preferences(**wishes)}


@pytest.mark.parametrize(
    ("need", "topics", "points", "text"),
    [
        ("sea.whale", ("sea.whale",), 1.0, "Shares Whale"),
        ("sea.whale", ("sea.whale.orca.calf",), 1.0, "Shares Infant, part of Whale"),
        ("sea.whale", ("sea.whale.orca", "sea.whale"), 1.0, "Shares Whale"),
        ("sea", ("sea.squid",), 1.0, "Shares Squid, part of Sea"),
        ("sea.whale", ("land.horse",), 0.4, "Shares Horse, related to Whale"),
        ("land.horse", ("sea.whale", "sea.squid"), 0.4, "Shares Whale, related to Horse"),
        ("sea.squid", ("sea.whale.orca",), 0.8, "Shares Orca, related to Squid"),
        ("sea.whale.orca", ("sea.whale",), 0.6, "Shares Whale, related to Orca"),
        ("land.horse.foal", ("land.horse",), 0.5, "Shares Horse, broader than Foal"),
        ("sea.whale.orca.calf", ("sea.whale.orca",), 0.5, "Shares Orca, broader than Infant"),
        ("sea.whale.orca.calf", ("sea.whale",), 0.25, "Shares Whale, broader than Infant"),
    ],
)
def test_closeness(need: str, topics: tuple[str, ...], points: float, text: str) -> None:
    found = suggestion(enquiry(helpful=need), supporter("S-1", *topics))
    assert said(found, "helpful") == [(points, text)]
    assert found.score == pytest.approx(points)


def test_needs_weigh_three_and_one_and_speak_one_by_one() -> None:
    found = suggestion(
        enquiry("sea.whale", "land.horse land.mouse"), supporter("S-1", "sea.whale", "land.horse")
    )
    assert said(found, "essential") == [(0.6, "Shares Whale")]
    assert said(found, "helpful") == [(0.2, "Shares Horse"), (0.0, "Not known to share Mouse")]
    assert found.score == pytest.approx(0.8)


def test_reasons_speak_of_nothing_without_valid_consent() -> None:
    consents = (
        consent(None),
        consent("sea.whale"),
        consent("land.horse", withdrawn=ON),
        consent("land.mouse", expires=ON),
    )
    who = supporter("S-1", "sea.whale", "land.horse", "land.mouse", "land.horse.foal", consents=consents)
    found = suggestion(enquiry("sea.whale", "land.horse land.mouse land.horse.foal"), who)
    # The whale is related to the horse; horse, mouse and foal are there, but not to be used.
    assert [(r.rule, r.text) for r in found.reasons if r.rule != "load"] == [
        ("essential", "Shares Whale"),
        ("helpful", "Shares Whale, related to Horse"),
        ("helpful", "Not known to share Mouse"),
        ("helpful", "Not known to share Foal"),
    ]


def test_what_is_not_shared_reads_the_same_whatever_the_cause() -> None:
    kept = (consent(None), consent("sea.whale"))
    asked = enquiry("sea.whale", "land.mouse")
    causes = (
        supporter("S-1", "sea.whale", consents=kept),
        supporter("S-1", "sea.whale", "land.mouse", consents=kept),
        supporter("S-1", "sea.whale", "land.mouse", consents=(*kept, consent("land.mouse", expires=ON))),
        supporter("S-1", "sea.whale", "land.mouse", consents=(*kept, consent("land.mouse", withdrawn=ON))),
    )
    found = [suggestion(asked, who) for who in causes]
    assert said(found[0], "helpful") == [(0.0, "Not known to share Mouse")]
    assert found == [found[0]] * 4


@pytest.mark.parametrize(
    ("theirs", "asked", "same", "text", "other"),
    [
        (
            "surgery",
            "surgery",
            1.0,
            "Same specialty: Surgery",
            "Same specialty: Surgery (wished: a different one)",
        ),
        (
            "surgery",
            "dentistry",
            0.7,
            "Similar specialty: Surgery (wished: the same)",
            "Similar specialty: Surgery (wished: a different one)",
        ),
        (
            "neurology",
            "dentistry",
            0.5,
            "Similar specialty: Neurology (wished: the same)",
            "Similar specialty: Neurology (wished: a different one)",
        ),
        (
            "pathology",
            "dentistry",
            0.0,
            "Other specialty: Pathology (wished: the same)",
            "Other specialty: Pathology",
        ),
        (None, "dentistry", None, "Specialty not known", "Specialty not known"),
        ("surgery", None, None, "Enquirer's specialty not known", "Enquirer's specialty not known"),
    ],
)
def test_specialty(theirs: str | None, asked: str | None, same: float | None, text: str, other: str) -> None:
    for wanted, words in ((SpecialtyWish.SAME, text), (SpecialtyWish.DIFFERENT, other)):
        value = 0.0 if same is None else same if wanted is SpecialtyWish.SAME else 1 - same
        question = enquiry(helpful="sea.whale", specialty=asked, **wish(specialty=wanted))
        found = suggestion(question, supporter("S-1", "sea.whale", specialty=theirs))
        assert said(found, "specialty") == [(round(value * 0.5 / 1.5, 6), words)]


@pytest.mark.parametrize(
    ("theirs", "asked", "same", "senior"),
    [
        ("st1", "st1", True, False),
        ("ct1", "st1", True, False),
        ("fellow", "st4", True, True),
        ("st4", "fellow", True, False),
        ("st8", "st4", False, True),
        ("st1", "st4", False, False),
    ],
)
def test_grade(theirs: str, asked: str, same: bool, senior: bool) -> None:
    name = SMALL.grades.short(theirs)
    words = {
        GradeWish.SAME: {True: f"Same grade: {name}", False: f"Other grade: {name} (wished: the same)"},
        GradeWish.SENIOR: {
            True: f"More senior: {name}",
            False: f"Not more senior: {name} (wished: more senior)",
        },
    }
    for wanted, value in ((GradeWish.SAME, same), (GradeWish.SENIOR, senior)):
        question = enquiry(helpful="sea.whale", grade=asked, **wish(grade=wanted))
        found = suggestion(question, supporter("S-1", "sea.whale", grade=theirs))
        assert said(found, "grade") == [(round(value * 0.5 / 1.5, 6), words[wanted][value])]


@pytest.mark.parametrize(
    ("theirs", "asked", "text"),
    [(None, "st4", "Grade not known"), ("st1", None, "Enquirer's grade not known")],
)
def test_a_grade_that_is_not_known_gives_nothing(theirs: str | None, asked: str | None, text: str) -> None:
    for wanted in (GradeWish.SAME, GradeWish.SENIOR):
        question = enquiry(helpful="sea.whale", grade=asked, **wish(grade=wanted))
        found = suggestion(question, supporter("S-1", "sea.whale", grade=theirs))
        assert said(found, "grade") == [(0.0, text)]


@pytest.mark.parametrize(
    ("fields", "near", "kilometres"),
    [
        ({"organisation": "new-site"}, 1.0, 13),
        ({"organisation": "new"}, 1.0, 0),
        ({"organisation": "other"}, 0.150481, 53),
        ({"place": " SEABY "}, 0.301105, 46),
        ({"organisation": "alone", "place": "Seaby"}, 0.301105, 46),
        ({"organisation": "alone"}, None, None),
        ({}, None, None),
    ],
)
def test_place(fields: dict[str, Any], near: float | None, kilometres: int | None) -> None:
    for wanted, other in ((PlaceWish.NEAR, "farther"), (PlaceWish.FAR, "nearer")):
        value = 0.0 if near is None else near if wanted is PlaceWish.NEAR else 1 - near
        question = enquiry(helpful="sea.whale", organisation="new", **wish(place=wanted))
        ((points, words),) = said(suggestion(question, supporter("S-1", "sea.whale", **fields)), "place")
        met = "" if value == 1 else f": {other} than wished"
        assert words == ("Place not known" if near is None else f"About {kilometres} km away{met}")
        assert points == pytest.approx(value * 0.5 / 1.5, abs=1e-5)


def test_an_enquirer_without_a_place_is_near_nobody() -> None:
    question = enquiry(helpful="sea.whale", **wish(place=PlaceWish.FAR))
    found = suggestion(question, supporter("S-1", "sea.whale", organisation="new"))
    assert said(found, "place") == [(0.0, "Enquirer's place not known")]


@pytest.mark.parametrize(
    ("spoken", "points", "text"),
    [
        (("en", "CY"), 0.333333, "Speaks the language asked for (cy)"),
        (("en",), 0.0, "Does not list the language asked for (cy)"),
        ((), 0.0, "Languages not known"),
    ],
)
def test_language(spoken: tuple[str, ...], points: float, text: str) -> None:
    question = enquiry(helpful="sea.whale", **wish(language="cy"))
    assert said(suggestion(question, supporter("S-1", "sea.whale", languages=spoken)), "language") == [
        (points, text)
    ]


@pytest.mark.parametrize(
    ("prefers", "points", "text"),
    [
        (Channel.EMAIL, 0.333333, "Prefers e-mail"),
        (Channel.PHONE, 0.0, "Prefers phone (wished: e-mail)"),
        (None, 0.0, "Preferred way of contact not known"),
    ],
)
def test_contact(prefers: Channel | None, points: float, text: str) -> None:
    question = enquiry(helpful="sea.whale", **wish(contact=Channel.EMAIL))
    assert said(suggestion(question, supporter("S-1", "sea.whale", prefers=prefers)), "contact") == [
        (points, text)
    ]


def test_what_is_not_wished_for_is_not_spoken_of() -> None:
    found = suggestion(enquiry("sea.whale"), supporter("S-1", "sea.whale"))
    assert [reason.rule for reason in found.reasons] == ["essential", "load"]


@pytest.mark.parametrize(
    ("asked", "points", "text"),
    [
        ([], 0.0, "0 of 2 introductions in hand, not asked in twelve months"),
        (
            [(State.ACCEPTED, ON)],
            -(0.03 + 0.04 / 6),
            "1 of 2 introductions in hand, asked once in twelve months",
        ),
        (
            [(State.AGREED, date(2024, 1, 1)), (State.DECLINED, ON), (State.LAPSED, date(2025, 11, 21))],
            -(0.03 + 0.04 / 3),
            "1 of 2 introductions in hand, asked 2 times in twelve months",
        ),
        (
            [(State.ENDED, date(2025, 11, 20)), (State.ENDED, date(2026, 11, 21))],
            0.0,
            "0 of 2 introductions in hand, not asked in twelve months",
        ),
        (
            [(State.REFUSED, ON)] * 8,
            -0.04,
            "0 of 2 introductions in hand, asked 8 times in twelve months",
        ),
    ],
)
def test_load(asked: list[tuple[State, date]], points: float, text: str) -> None:
    before = [introduction("S-1", state, day) for state, day in asked]
    found = suggestion(enquiry("sea.whale"), supporter("S-1", "sea.whale"), introductions=before)
    assert said(found, "load") == [(round(points, 6), text)]
    assert found.score == pytest.approx(1 + points)
    assert not str(found.reasons[-1].points).startswith("-0.0 ")


def test_load_takes_its_share_of_what_is_there() -> None:
    before = [introduction("S-1", State.ASKED)]
    found = suggestion(
        enquiry(helpful="sea.whale land.mouse"), supporter("S-1", "sea.whale"), introductions=before
    )
    assert found.score == pytest.approx(0.5 - 0.5 * (0.03 + 0.04 / 6))


def test_no_load_is_a_plain_zero() -> None:
    found = suggestion(enquiry("sea.whale"), supporter("S-1", "sea.whale"))
    assert str(found.reasons[-1].points) == "0.0"


@pytest.mark.parametrize(
    ("question", "fields", "text"),
    [
        ({"exclusions": Exclusions(organisations=("new",))}, {}, "Organisation not known"),
        (
            {"organisation": "new"},
            {"boundaries": Boundaries(same_organisation=False)},
            "Organisation not known",
        ),
        (
            {},
            {"organisation": "new", "boundaries": Boundaries(same_organisation=False)},
            "Enquirer's organisation not known",
        ),
        (
            {},
            {"organisation": "new", "boundaries": Boundaries(organisations=("new",))},
            "Enquirer's organisation not known",
        ),
        ({"exclusions": Exclusions(specialties=("surgery",))}, {}, "Specialty not known"),
        ({"specialty": "surgery"}, {"boundaries": Boundaries(same_specialty=False)}, "Specialty not known"),
        (
            {},
            {"specialty": "surgery", "boundaries": Boundaries(same_specialty=False)},
            "Enquirer's specialty not known",
        ),
        ({}, {"boundaries": Boundaries(specialties=("surgery",))}, "Enquirer's specialty not known"),
        ({"requester": Requester()}, {}, "Enquirer's name and address not known"),
        (
            {"requester": Requester(name="Tess Trainee")},
            {"relations": (Relation("x@example.org", "trainer", ON),)},
            "Enquirer's address not known",
        ),
        ({"requester": Requester(email="t@example.org")}, {"email": None}, "E-mail address not known"),
    ],
)
def test_what_could_not_be_checked_is_said(question: Any, fields: Any, text: str) -> None:
    found = suggestion(enquiry("sea.whale", **question), supporter("S-1", "sea.whale", **fields))
    assert said(found, "unknown") == [(0.0, text)]


@pytest.mark.parametrize(
    "requester",
    [
        Requester(name="Tess Trainee"),
        Requester(email="t@example.org"),
        Requester(name="Tess Trainee", email="t@example.org"),
    ],
)
def test_what_was_checked_is_not_spoken_of(requester: Requester) -> None:
    found = suggestion(enquiry("sea.whale", requester=requester), supporter("S-1", "sea.whale"))
    assert said(found, "unknown") == []


def test_a_policy_of_the_network_counts() -> None:
    policy = Policy(
        name="ours", version=4, essential=1.0, helpful=1.0, preference=2.0, load_in_hand=0.2, load_asked=0.0
    )
    found = suggestion(
        enquiry("sea.whale", "land.horse", specialty="surgery", **wish(specialty=SpecialtyWish.SAME)),
        supporter("S-1", "sea.whale", specialty="surgery"),
        introductions=[introduction("S-1", State.ASKED)],
        policy=policy,
    )
    mean = (1 + 0.4 + 2) / 4
    assert found.score == pytest.approx(mean - mean * 0.1)


def test_the_nearest_stand_first_then_those_never_asked_then_the_longest_unasked() -> None:
    people = [supporter(f"S-{n}", "sea.whale", capacity=9) for n in (3, 1, 2, 10)]
    people += [supporter("S-0", "land.horse", capacity=9)]
    before = [
        introduction("S-1", State.ENDED, date(2024, 5, 1)),
        introduction("S-2", State.ENDED, date(2024, 3, 1)),
        introduction("S-2", State.ENDED, date(2020, 3, 1)),
    ]
    shortlist = ask(enquiry(helpful="sea.whale"), *people, introductions=before)
    assert [each.supporter for each in shortlist.suggested] == ["S-10", "S-3", "S-2", "S-1", "S-0"]
    assert shortlist.ambiguous


def test_ambiguous_only_where_the_first_two_are_close() -> None:
    question = enquiry(helpful="sea.whale")
    assert not ask(question, supporter("S-1", "sea.whale")).ambiguous
    assert not ask(question, supporter("S-1", "sea.whale"), supporter("S-2", "land.horse")).ambiguous
    # Three askings cost 0.02, which is just close enough; a fourth is not.
    for times, close in ((3, True), (4, False)):
        before = [introduction("S-1", State.ENDED)] * times
        both = (supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale"))
        assert ask(question, *both, introductions=before).ambiguous is close
