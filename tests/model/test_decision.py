"""The record of a decision: what it holds, what it leaves out, and that it comes back equal or not at all."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from peermatch.errors import Damaged
from peermatch.model.decision import Asked, Decision, decision_to_dict, parse_decision
from peermatch.model.enquiry import Exclusions, GradeWish, PlaceWish, Preferences, Requester, SpecialtyWish
from peermatch.model.people import Channel
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Reason, Refusal, Shortlist, Suggestion
from tests.networks import DAY, ENQUIRY

ASKED = replace(
    ENQUIRY,
    place="Preston",
    preferences=Preferences(SpecialtyWish.SAME, GradeWish.SENIOR, PlaceWish.NEAR, "cy", Channel.PHONE),
    exclusions=Exclusions(("mft",), ("anaesthetics",), ("S-0009",), ("ex@example.org",)),
)
SHORTLIST = Shortlist(
    enquiry="E-0142",
    on=DAY,
    policy=Policy(version=4, helpful=2.0),
    ambiguous=True,
    suggested=(
        Suggestion(
            "S-0002", 0.7, True, (Reason("essential", 0.75, "ADHD"), Reason("load", -0.05, "asked once"))
        ),
        Suggestion("S-0001", 0.1 + 0.2, False, (Reason("essential", 0.1 + 0.2, "ADHD"),)),
    ),
    refused=(
        Refusal("S-0005", Code.PAUSED, (Code.PAUSED, Code.NO_ROOM), "Paused."),
        Refusal("S-0003", Code.NO_ROOM, (Code.NO_ROOM,), "No room."),
        Refusal("S-0004", Code.PAUSED, (Code.PAUSED, Code.NO_ROOM), "Paused."),
    ),
    counts=((Code.PAUSED, 2), (Code.NO_ROOM, 1)),
)
DECISION = Decision.of(ASKED, SHORTLIST, "S-0001", "  nearer to home \n", "ab" * 32)


def document() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(decision_to_dict(DECISION)))
    return made


def test_it_holds_the_question_the_answer_and_the_choice() -> None:
    assert (DECISION.enquiry, DECISION.on, DECISION.supporter) == ("E-0142", DAY, "S-0001")
    assert (DECISION.place, DECISION.reason, DECISION.ambiguous) == (2, "nearer to home", True)
    assert DECISION.policy == Policy(version=4, helpful=2.0)
    assert DECISION.suggested[0].points == (("essential", 0.75), ("load", -0.05))
    assert [each.supporter for each in DECISION.refused] == ["S-0003", "S-0004", "S-0005"]


def test_somebody_who_is_not_on_the_shortlist_has_no_place() -> None:
    assert Decision.of(ASKED, SHORTLIST, "S-0404", "", "").place == 0


def test_it_comes_back_equal() -> None:
    assert parse_decision(document()) == DECISION
    plain = Decision.of(ENQUIRY, replace(SHORTLIST, suggested=(), refused=()), "S-0001", "", "")
    assert parse_decision(json.loads(json.dumps(decision_to_dict(plain)))) == plain


def test_neither_who_asked_nor_the_letter_nor_a_sentence_is_in_it() -> None:
    text = json.dumps(document())
    for word in ("Robin", "robin@", "diagnosed", "e-mail only", "asked once", "ADHD", "Paused."):
        assert word not in text


def test_the_question_is_put_again_with_the_person_known_now() -> None:
    now = replace(
        ENQUIRY, needs=(), grade=None, requester=Requester("Robin Vale", "new@example.org"), letter="other"
    )
    put = Asked.of(ASKED).put_to(now)
    assert Asked.of(put) == Asked.of(ASKED)
    assert (put.requester, put.letter, put.reference) == (now.requester, "other", "E-0142")


def change(*path: str | int, value: object) -> Callable[[dict[str, Any]], object]:
    """Set one thing in the document."""

    def changed(body: Any) -> None:
        for step in path[:-1]:
            body = body[step]
        body[path[-1]] = value

    return changed


DAMAGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "no day": change("on", value="2026-02-30"),
    "a day that is no text": change("on", value=20261120),
    "a place in words": change("place", value="second"),
    "a place that is true": change("place", value=True),
    "an id that is a number": change("supporter", value=7),
    "a flag in words": change("ambiguous", value="no"),
    "an unknown code": change("refused", 0, 0, 0, value="bored"),
    "codes in one text": change("refused", 0, 0, value="paused"),
    "a score that is no number": change("suggested", 0, 1, value=math.nan),
    "a score without end": change("suggested", 0, 1, value=math.inf),
    "a score too long": change("suggested", 0, 1, value=10**400),
    "a score that is true": change("suggested", 0, 1, value=True),
    "points without a rule": change("suggested", 0, 3, 0, value=[0.5]),
    "one part too many": change("suggested", 0, value=["S-1", 0.5, False, [], 1]),
    "a list that is a word": change("suggested", value="S-0001"),
    "a policy that breaks its bounds": change("policy", "essential", value=-1),
    "a policy with a field too many": change("policy", "charm", value=1),
    "an unknown importance": change("asked", "needs", 0, "importance", value="vital"),
    "an unknown wish": change("asked", "preferences", "grade", value="junior"),
    "an unknown way of contact": change("asked", "preferences", "contact", value="pigeon"),
    "a grade that is a number": change("asked", "grade", value=4),
    "an exclusion that is a number": change("asked", "exclusions", "people", value=[1]),
    "another field": change("mood", value="good"),
    "no hash": lambda body: body.pop("sha256"),
    "no question": lambda body: body.pop("asked"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_record_is_told_as_damage(name: str) -> None:
    body = document()
    DAMAGE[name](body)
    with pytest.raises(Damaged, match="record of a decision cannot be read"):
        parse_decision(body)


@pytest.mark.parametrize("body", [None, [], "E-0142", 3])
def test_what_is_no_document_is_damage(body: object) -> None:
    with pytest.raises(Damaged):
        parse_decision(body)
