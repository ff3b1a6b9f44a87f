"""Specialties and grades: how near two of them are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.training import Grades, Specialties

FOLDER = Path(__file__).parents[2] / "resources" / "vocabulary"
SPECIALTIES = Specialties.parse((FOLDER / "specialties.toml").read_text("utf-8"))
GRADES = Grades.parse((FOLDER / "grades.toml").read_text("utf-8"))
SPECIALTY = st.sampled_from([each.id for each in SPECIALTIES.all])
GRADE = st.sampled_from([each.id for each in GRADES.all])

SMALL = """
[[group]]
id = "g"
label = "Group"
[[similarity_group]]
id = "stated"
label = "Stated"
strength = 0.3
[[similarity_group]]
id = "unstated"
label = "Unstated"
[[specialty]]
id = "a"
label = "A"
group = "g"
kind = "cct"
similar = ["stated", "unstated"]
[[specialty]]
id = "b"
label = "B"
group = "g"
kind = "subspecialty"
parent = "a"
similar = ["unstated", "stated"]
[[specialty]]
id = "c"
label = "C"
group = "g"
kind = "cct"
similar = ["stated"]
[[specialty]]
id = "d"
label = "D"
group = "g"
kind = "cct"
"""


def places(caught: pytest.ExceptionInfo[BadInput]) -> list[str]:
    """Where the faults stand."""
    return [fault.place for fault in caught.value.faults]


def test_specialties_have_labels() -> None:
    assert SPECIALTIES.knows("anaesthetics")
    assert not SPECIALTIES.knows("gardening")
    assert SPECIALTIES.label("anaesthetics") == "Anaesthetics"
    assert SPECIALTIES.label("gardening") == "gardening"
    assert SPECIALTIES.specialties["liaison-psychiatry"].parent == "general-psychiatry"
    assert SPECIALTIES.specialties["anaesthetics"].parent is None


def test_similar_specialties_count_by_their_strongest_shared_group() -> None:
    assert SPECIALTIES.similarity("general-psychiatry", "forensic-psychiatry") == 0.8
    assert SPECIALTIES.similarity("accs", "intensive-care-medicine") == 0.7
    assert SPECIALTIES.similarity("anaesthetics", "histopathology") == 0


def test_a_group_without_a_strength_counts_half() -> None:
    small = Specialties.parse(SMALL)
    assert small.similarity("a", "b") == 0.5
    assert small.similarity("a", "c") == 0.3
    assert small.similarity("a", "d") == 0 == small.similarity("a", "unknown")
    assert small.similarity("unknown", "unknown") == 1


@given(SPECIALTY, SPECIALTY)
def test_similarity_is_symmetric_and_between_nought_and_one(a: str, b: str) -> None:
    assert SPECIALTIES.similarity(a, b) == SPECIALTIES.similarity(b, a)
    assert 0 <= SPECIALTIES.similarity(a, b) <= 1
    assert (SPECIALTIES.similarity(a, b) == 1) == (a == b)


def test_faults_in_specialties_are_all_named() -> None:
    wrong = SMALL.replace('similar = ["stated"]', 'similar = ["no"]\nparent = "nobody"').replace("0.3", "1.0")
    with pytest.raises(BadInput) as caught:
        Specialties.parse(wrong.replace('label = "D"\ngroup = "g"', 'label = "D"\ngroup = "h"'))
    assert places(caught) == ["similarity_group[0].strength", "c", "c", "d"]


def test_grades_have_labels_and_short_forms() -> None:
    assert GRADES.knows("st6")
    assert not GRADES.knows("wizard")
    assert GRADES.label("st6") == "Specialty trainee year 6"
    assert GRADES.short("st6") == "ST6"
    assert GRADES.label("wizard") == "wizard" == GRADES.short("wizard")
    assert GRADES.short("consultant") == "Consultant"
    assert GRADES.short("gp-qualified") == "GP"


def test_the_same_grade_is_equal_equivalent_or_of_equal_order() -> None:
    assert GRADES.same("st4", "st4")
    assert GRADES.same("acf", "st3")
    assert GRADES.same("st3", "acf")
    assert GRADES.same("oop", "st5"), "their order is equal"
    assert not GRADES.same("f1", "consultant")
    assert GRADES.same("wizard", "wizard")
    assert not GRADES.same("wizard", "st4")
    assert not GRADES.same("st4", "wizard")


def test_senior_means_greater_order() -> None:
    assert GRADES.senior("st6", "st4")
    assert not GRADES.senior("st4", "st6")
    assert not GRADES.senior("st4", "st4")
    assert not GRADES.senior("wizard", "f1")
    assert not GRADES.senior("f1", "wizard")


@given(GRADE, GRADE)
def test_grades_compare_the_same_from_both_sides(a: str, b: str) -> None:
    assert GRADES.same(a, b) == GRADES.same(b, a)
    assert not (GRADES.senior(a, b) and GRADES.senior(b, a))


def test_equivalents_count_both_ways_and_short_forms_fall_back() -> None:
    text = '[[band]]\nid = "x"\nlabel = "X"\n[[grade]]\nid = "a"\nlabel = "A grade"\nband = "x"\norder = 1\n'
    text += '[[grade]]\nid = "b"\nlabel = "B"\nband = "x"\norder = 2\n'
    text += 'equivalent = ["a"]\nalso_written = ["Bee"]\n'
    grades = Grades.parse(text)
    assert grades.same("a", "b")
    assert grades.same("b", "a")
    assert grades.short("a") == "A grade"
    assert grades.short("b") == "Bee"


def test_faults_in_grades_are_all_named() -> None:
    text = '[[grade]]\nid = "a"\nlabel = "A"\nband = "x"\norder = "first"\nequivalent = ["b"]\n'
    with pytest.raises(BadInput) as caught:
        Grades.parse(text + '[[grade]]\nid = "a"\nlabel = "A"\nband = "x"\norder = true\n')
    assert places(caught) == ["grade[0].order", "grade[1].order", "grade[1].id", "a", "a"]
