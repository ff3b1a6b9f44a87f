"""The company that topics keep, sentences read in pairs, and the cuts: what is shown, and with whose words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import Damaged
from peermatch.mail.reading import letter_from_text
from peermatch.matching.suggesting.arrays import Arrays, Floats, read_arrays, write_arrays
from peermatch.matching.suggesting.company import Company
from peermatch.matching.suggesting.evidence import NEEDED, USEFUL, Evidence
from peermatch.matching.suggesting.sense import Sense, pairs_of
from peermatch.matching.suggesting.weighing import FARTHEST, Alarm, Clue, Weights, alarms
from peermatch.model.letter import Passage
from tests.matching.letter_cases import labelled
from tests.matching.sense_cases import BOTH, FOLDER, proposed_by_both

HEADS = read_arrays((FOLDER / "heads.bin").read_bytes())
TERMS = HEADS.lines("terms")
WEIGHTS = Weights.of(HEADS, TERMS)
SMALL = ("family.pregnancy", "training.ltft", "race.asian")
SHARES = st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3)
NOTHING = Clue(0.0, False, ())


def small(beside: list[list[float]] | None = None) -> Company:
    company = np.array(beside or [[1.0, 0.9, 0.9], [0.1, 1.0, 0.1], [0.1, 0.1, 1.0]], dtype=np.float32)
    common = np.log(np.full(3, 0.1, dtype=np.float32))
    return Company(SMALL, common, common, company)


def row(*shares: float) -> Floats:
    return np.array(shares, dtype=np.float32)


def changed(**values: object) -> Arrays:
    named = {**HEADS.named, **{name.replace("_", "."): np.asarray(value) for name, value in values.items()}}
    return read_arrays(write_arrays(named, {}))


def test_what_often_comes_along_is_lifted_and_what_does_not_is_not() -> None:
    lift = small().clues(SMALL, row(0.9, 0.0, 0.0))[:, 2]
    assert lift[1] > 1.5
    assert lift[0] == pytest.approx(0.0, abs=0.01)


def test_origin_is_never_reckoned_from_company() -> None:
    # The table says that nine in ten come along; the topic is about who somebody is, so it is not asked.
    assert small().clues(SMALL, row(0.9, 0.0, 0.0))[2, 2] == 0.0


@given(SHARES)
def test_a_letter_that_says_nothing_more_changes_nothing(shares: list[float]) -> None:
    company = small()
    known = company.clues(SMALL, row(*shares))
    more = company.clues((*SMALL, "network.own"), row(*shares, 0.7))
    assert np.isfinite(more).all()
    assert (more[:3] == known).all()
    assert more[3].tolist() == pytest.approx([np.log(0.1), np.log(0.1), 0.0])


@given(SHARES)
def test_the_order_of_topics_changes_nothing(shares: list[float]) -> None:
    there = small().clues(SMALL, row(*shares))
    back = small().clues(SMALL[::-1], row(*shares[::-1]))
    assert np.allclose(there, back[::-1], atol=1e-6)


def test_topics_of_the_networks_own_have_no_company() -> None:
    assert small().clues(("network.own",), row(0.7))[0, 2] == 0.0
    assert small().leader("network.own", SMALL, (0.5, 0.5, 0.5)) is None


def test_the_leader_is_the_likeliest_companion() -> None:
    assert small().leader("training.ltft", SMALL, (0.2, 0.9, 0.3)) == "family.pregnancy"
    assert small().leader("training.ltft", ("training.ltft",), (0.9,)) is None


@pytest.mark.parametrize("spoilt", [np.nan, np.inf, -1.0])
def test_a_company_that_cannot_be_meant_is_refused(spoilt: float) -> None:
    beside = HEADS.named["company.beside"].copy()
    beside[0, 0] = spoilt
    with pytest.raises(Damaged, match="damaged"):
        Weights.of(changed(company_beside=beside), TERMS)


@pytest.mark.parametrize("name", ["company_needed", "company_beside", "weights_first"])
def test_a_company_of_another_size_is_refused(name: str) -> None:
    with pytest.raises(Damaged, match="another size"):
        Weights.of(changed(**{name: np.zeros(2, dtype=np.float32)}), TERMS)


def test_saying_it_makes_it_likelier_that_it_is_needed() -> None:
    place = TERMS.index("neuro.dyslexia")
    silence = dict.fromkeys(TERMS, NOTHING)
    said = {**silence, "neuro.dyslexia": Clue(0.9, True, (-0.1,), 0.0, -0.1)}
    for before, after, enough in zip(
        WEIGHTS.topics(silence), WEIGHTS.topics(said), (NEEDED, USEFUL), strict=True
    ):
        assert before[place] < enough < after[place]


def test_what_is_needed_or_useful_enough_is_shown_and_nothing_else() -> None:
    place = [Passage(0, 1, "a")]
    assert Evidence(needed=NEEDED, useful=0.0, passages=place).counts
    assert Evidence(needed=0.0, useful=USEFUL, passages=place).counts
    assert not Evidence(needed=NEEDED - 0.01, useful=USEFUL - 0.01, passages=place).counts
    assert not Evidence(needed=1.0, useful=1.0).counts
    assert not Evidence(needed=1.0, useful=1.0, passages=place, denied=True).counts


def test_sentences_are_read_with_the_next_one() -> None:
    assert pairs_of([]) == []
    assert pairs_of(["A."]) == [((0, 0), "A.")]
    assert pairs_of(["A.", "B.", "C."]) == [((0, 1), "A. B."), ((1, 2), "B. C.")]


def test_a_longer_letter_alarms_no_more_by_its_length_alone() -> None:
    calm = np.full((1, 7), -6.0, dtype=np.float32)
    said = np.full(1, -6.0, dtype=np.float32)
    short, long = (Alarm(np.repeat(calm, many, axis=0), np.repeat(said, many)) for many in (2, 60))
    assert WEIGHTS.of_danger(long) < 0.08
    assert WEIGHTS.of_danger(short) < 0.08
    empty = alarms([Alarm(calm[:0], said[:0])])
    assert np.isfinite(empty).all()
    assert empty[0, 0] == FARTHEST


def test_every_suggestion_of_a_sample_letter_shows_words_of_that_letter() -> None:
    for each in labelled("dev")[::4]:
        for topic in proposed_by_both(each.letter).topics:
            assert topic.passages
            assert all(p.words in each.letter.text or p.start == p.end == 0 for p in topic.passages)


def test_the_same_rules_can_be_read_beside_another_model() -> None:
    letter = letter_from_text("I have dyslexia and would like to talk to somebody who has it too.")
    again = BOTH.with_sense(
        lambda: Sense((FOLDER / "encoder.bin").read_bytes(), write_arrays(HEADS.named, {}))
    )
    assert again is not BOTH
    assert again.propose(letter) == BOTH.propose(letter)
