"""How well whole letters are read: floors that no change may fall below (see tests/letters/README.md)."""

import pytest

from peermatch.model.letter import Scope
from tests.matching.letter_cases import Labelled, labelled, proposed

FOLDERS = ("dev", "own")
ALL = [each for folder in FOLDERS for each in labelled(folder)]


def share(found: int, wanted: int) -> float:
    return found / wanted


def recall(folder: str, first: int) -> float:
    found = wanted = 0
    for each in labelled(folder):
        top = [topic.characteristic for topic in proposed(each.letter).topics[:first]]
        needed = each.listed("needed")
        wanted += len(needed)
        found += sum(need in top for need in needed)
    return share(found, wanted)


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_risk_is_never_missed_and_its_kind_is_named(each: Labelled) -> None:
    kinds = {risk.kind.value for risk in proposed(each.letter).risk}
    if each.label["risk"] == "yes":
        assert each.label["risk_kind"] in kinds
        assert all(risk.words for risk in proposed(each.letter).risk)
    else:
        assert kinds == set()


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_each_letter_goes_to_the_right_desk(each: Labelled) -> None:
    proposal = proposed(each.letter)
    assert proposal.scope.value == each.label["scope"]
    if proposal.scope is not Scope.IN_SCOPE:
        assert (proposal.topics, proposal.specialty, proposal.exclude_organisations) == ((), None, ())


@pytest.mark.parametrize("folder", FOLDERS)
def test_needed_topics_stand_near_the_top(folder: str) -> None:
    assert recall(folder, 10) >= 0.95
    assert recall(folder, 5) >= 0.95


@pytest.mark.parametrize(("folder", "most"), [("dev", 0), ("own", 3)])
def test_traps_stay_shut(folder: str, most: int) -> None:
    fallen = [
        (each.name, topic.characteristic, topic.words)
        for each in labelled(folder)
        for topic in proposed(each.letter).topics
        if topic.characteristic in each.listed("must_not")
    ]
    assert len(fallen) <= most, fallen


@pytest.mark.parametrize("folder", FOLDERS)
def test_most_of_what_is_suggested_is_worth_a_look(folder: str) -> None:
    useful = suggested = 0
    for each in labelled(folder):
        good = each.listed("needed") + each.listed("helpful")
        top = [topic.characteristic for topic in proposed(each.letter).topics]
        suggested += len(top)
        useful += sum(topic in good for topic in top)
    assert share(useful, suggested) >= 0.72


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_specialties_to_keep_away_are_found(each: Labelled) -> None:
    assert set(each.listed("exclude_specialties")) == set(proposed(each.letter).exclude_specialties)


def test_workplaces_to_keep_away_are_found() -> None:
    wanted = [(each, id) for each in ALL for id in each.listed("exclude_organisations")]
    missed = [(each.name, id) for each, id in wanted if id not in proposed(each.letter).exclude_organisations]
    # A closed trust is given as the one that it went into, which keeps the same people away.
    assert missed == [("q05.eml", "southport-ormskirk")]
    turned_away = [each.name for each in ALL if proposed(each.letter).exclude_organisations]
    asked = [each.name for each in ALL if each.listed("exclude_organisations")]
    assert turned_away == asked


def test_people_to_keep_away_are_found() -> None:
    for each in labelled("own"):
        named = " ".join(proposed(each.letter).exclude_people)
        assert all(person in named for person in each.listed("exclude_people"))


def test_specialty_and_grade_are_the_writers_own() -> None:
    wrong = [
        (each.name, column, said, each.label[column])
        for each in ALL
        for column, said in (
            ("specialty", proposed(each.letter).specialty),
            ("grade", proposed(each.letter).grade),
        )
        if (said or "") != each.label[column]
    ]
    # This one is only to be guessed from an exclusion; guessing is not our business.
    assert wrong == [("d19.eml", "specialty", None, "vascular-surgery")]


def test_letters_for_somebody_else_are_known() -> None:
    for_another = {each.name for each in ALL if proposed(each.letter).for_somebody_else}
    labelled_so = {each.name for each in labelled("own") if each.label["for_somebody_else"] == "yes"}
    assert for_another == labelled_so | {"d27.eml"}


def test_safe_contact_is_given_word_for_word() -> None:
    for each in ALL:
        said = proposed(each.letter).safe_contact
        assert all(sentence in each.letter.text for sentence in (said or "").splitlines() if sentence)
    (letter,) = (each.letter for each in labelled("dev") if each.name == "d05.eml")
    said = proposed(letter).safe_contact or ""
    assert said.startswith("Please only answer to this address and only between 9 and 3 on weekdays.")
    assert "nhs.net account" in said
    assert "subject line" in said
