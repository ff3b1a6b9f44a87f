"""What comes next in rank: ten at most with what is shown, nothing twice, nothing that the letter rules out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.mail.reading import letter_from_text
from peermatch.matching.suggest import proposal_to_dict
from peermatch.matching.suggesting.company import OF_PERSON
from peermatch.matching.suggesting.evidence import Evidence
from peermatch.matching.suggesting.weighing import FARTHEST
from peermatch.model.letter import Passage, Proposal, Scope
from tests.matching.letter_cases import SUGGESTER, labelled
from tests.matching.real_reference import REAL
from tests.matching.sense_cases import BOTH, proposed_by_both

ALL = (labelled("dev") + labelled("own"))[::2]
WISH = " I would like to talk to somebody."
WORDS = st.sampled_from(
    [
        "I",
        "am",
        "not",
        "my husband",
        "is deaf",
        "dyslexia",
        "never had",
        "failed my exam",
        "ST4",
        ".",
        "\n\n",
        "> x",
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=9), min_size=1, max_size=30).map(" ".join)


def propose(text: str) -> Proposal:
    return BOTH.propose(letter_from_text(text))


def names(proposal: Proposal) -> list[str]:
    return [topic.characteristic for topic in proposal.more]


def check(proposal: Proposal) -> None:
    shown = [topic.characteristic for topic in proposal.topics]
    more = names(proposal)
    assert len(shown) + len(more) <= 10
    assert len({*shown, *more}) == len(shown) + len(more)
    for term in more:
        assert REAL.vocabulary.is_term(term)
        assert not any(term in REAL.vocabulary.broader_terms(other) for other in (*shown, *more))
    strengths = [topic.strength for topic in proposal.more]
    assert strengths == sorted(strengths, reverse=True)
    assert all(topic.passages for topic in proposal.more)
    assert proposal.scope is Scope.IN_SCOPE or proposal.more == ()


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_whatever_is_written_there_are_ten_at_most_and_nothing_twice(text: str) -> None:
    check(propose("Dear team\n" + text))


def test_every_sample_letter_keeps_the_laws_and_some_have_more() -> None:
    found = [proposed_by_both(each.letter) for each in ALL]
    for each in found:
        check(each)
    assert sum(bool(each.more) for each in found) > len(found) / 2


def test_what_is_needed_stands_among_the_first_ten() -> None:
    needed = [
        (term, proposed_by_both(each.letter))
        for each in ALL
        for term in each.listed("needed")
        if each.label["scope"] == "in-scope"
    ]
    ten = [term in [t.characteristic for t in (*p.topics, *p.more)] for term, p in needed]
    shown = [term in [t.characteristic for t in p.topics] for term, p in needed]
    assert sum(ten) >= sum(shown)
    assert sum(ten) >= 0.97 * len(needed)


def test_no_letter_for_another_desk_has_more() -> None:
    elsewhere = [
        p for p in map(proposed_by_both, (each.letter for each in ALL)) if p.scope is not Scope.IN_SCOPE
    ]
    assert len(elsewhere) >= 3
    assert {each.more for each in elsewhere} == {()}


def test_the_rules_alone_rank_nothing_below_what_they_show() -> None:
    assert {SUGGESTER.propose(each.letter).more for each in ALL} == {()}


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("I don't have ADHD.", "neuro.adhd"),
        ("I have never had an eating disorder.", "mind.eating-disorder"),
        ("I'm not pregnant.", "family.pregnancy"),
        ("My husband is deaf.", "sensory."),
        ("My husband cannot hear a thing without his aids.", "sensory."),
        ("My patient has bipolar disorder.", "mind.bipolar"),
        ("My brother is dyslexic.", "neuro."),
        ("My sister has been told that she has MS.", "disability."),
        ("She has a strong accent and comes from Kerala.", "race."),
    ],
)
def test_what_is_denied_or_anothers_is_not_there_either(text: str, begin: str) -> None:
    for around in ("{}", "{} I failed my exam.", "I failed my exam. {}"):
        assert [each for each in names(propose(around.format(text) + WISH)) if each.startswith(begin)] == []


@pytest.mark.parametrize("name", ["Muhammad Khan", "Priyanka Chatterjee", "Oluwaseun Adeyemi"])
def test_who_somebody_is_is_not_guessed(name: str) -> None:
    unnamed = names(propose("Dear team,\n\nI am a trainee here." + WISH))
    named = names(propose(f"Dear team,\n\nI am Dr {name}. I am a trainee here.{WISH}\n\n{name}"))
    assert named == unnamed
    assert [each for each in named if each.startswith(OF_PERSON)] == []


def test_the_documents_of_the_command_line_know_nothing_of_it() -> None:
    (found,) = (proposed_by_both(each.letter) for each in labelled("own") if each.name == "o01.eml")
    assert found.more
    document = proposal_to_dict(found)
    assert list(document) == ["scope", "topics", "risk", "exclusions", "specialty", "grade", "contact"]
    topics = document["topics"]
    assert isinstance(topics, list)
    assert [each["characteristic"] for each in topics] == [each.characteristic for each in found.topics]


HERE = (Passage(0, 1, "a"),)
LIKELY = {"needed": 0.05, "useful": 0.1, "shares": (-2.0,), "sentence": HERE}


@pytest.mark.parametrize(
    ("other", "fits"),
    [
        ({}, True),
        ({"elsewhere": -1.5}, True),  # another's sentence is hardly about it
        ({"elsewhere": -0.5}, False),  # another's sentence plainly is, and none of the writer's is nearer
        ({"elsewhere": -0.5, "shares": (-0.4,)}, True),
        ({"refused": True}, False),
        ({"needed": 0.004}, False),
        ({"needed": None}, False),
        ({"shares": ()}, False),
        ({"shares": (FARTHEST,)}, False),
        ({"shares": (-5.0,)}, False),
        ({"shares": (-5.0,), "passages": list(HERE)}, True),
    ],
)
def test_what_may_come_next(other: dict[str, object], fits: bool) -> None:
    assert Evidence(**{**LIKELY, **other}).may_fit is fits  # type: ignore[arg-type]  # fields by their names
