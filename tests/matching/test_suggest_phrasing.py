"""Turns of words: what is counted, what is said of danger and of topics, and what is refused as damaged."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.errors import Damaged
from peermatch.mail.reading import letter_from_text
from peermatch.matching.suggesting.arrays import read_arrays, write_arrays
from peermatch.matching.suggesting.phrasing import (
    Phrasing,
    TopicPhrasing,
    marked,
    marks_of,
    places,
    scores,
    turns,
)
from peermatch.matching.suggesting.reading import read
from peermatch.matching.suggesting.weighing import TONES, Alarm, Signs, alarms
from peermatch.matching.suggesting.words import read_words
from tests.matching.letter_cases import SUGGESTER
from tests.matching.sense_cases import BOTH, FOLDER, shipped_sense

HEADS = read_arrays((FOLDER / "heads.bin").read_bytes())
MANY = len(HEADS.lines("terms"))
STEMS = st.lists(st.sampled_from(["i", "not", "want", "12", "7", "sleep"]), max_size=8)


def small(*texts: str, weight: float = 2.0) -> Phrasing:
    known = marked(texts)
    return Phrasing(known, np.full(len(known), weight, dtype=np.float32), -1.0)


def changed(name: str, value: object) -> bytes:
    return write_arrays({**HEADS.named, name: np.asarray(value)}, {})


def test_words_runs_and_gaps_are_counted_once_and_numbers_are_alike() -> None:
    assert turns(["i", "take", "40"]) == {"i", "take", "0", "i take", "take 0", "i take 0", "i * 0"}
    assert turns(["3", "tablet"]) == turns(["300", "tablet"])
    assert turns([]) == set()


def test_no_turn_of_words_goes_over_the_end_of_a_sentence() -> None:
    words = read_words("I am old. Of late I am.", 0, SUGGESTER.stemmer)
    assert not np.isin(marked(["old of"]), marks_of(words))
    assert np.isin(marked(["i am old", "of late"]), marks_of(words)).all()


@given(STEMS, STEMS)
def test_a_score_is_that_of_all_turns_together_whatever_the_order(
    first: list[str], second: list[str]
) -> None:
    phrasing = small("i", "not", "want sleep", "0")
    one, other = marked(turns(first)), marked(turns(second))
    both = scores(phrasing, [one, other], [(0, 1), (1, 0)])
    known = len(places(phrasing.known, np.union1d(one, other)))
    assert both[0] == both[1]
    assert both[0] == pytest.approx(-1.0 + 2.0 * known**0.5, abs=1e-3)


def test_nothing_known_says_nothing() -> None:
    nobody = Phrasing(marked([]), np.zeros(0, dtype=np.float32), -2.0)
    assert nobody.score(marked(["i"])) == -2.0
    assert scores(nobody, [], []).shape == (0,)


def test_shares_of_topics_are_shares() -> None:
    phrasing = TopicPhrasing.of(HEADS, MANY)
    told = [marks_of(read_words("I have dyslexia and read slowly.", 0, SUGGESTER.stemmer)), marked([])]
    shares = phrasing.shares(told)
    assert shares.shape == (2, MANY)
    assert (np.exp(shares).sum(axis=1) <= 1.001).all()
    best = HEADS.lines("terms")[int(shares[0].argmax())]
    assert "dysle" in best
    assert phrasing.shares([]).shape == (0, MANY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phrases.known", np.array([2, 1], dtype=np.uint32)),
        ("phrases.known", np.array([1, 2], dtype=np.float32)),
        ("phrases.alone", np.array([np.nan], dtype=np.float32)),
        ("turns.known", np.zeros(2, dtype=np.uint32)),
        ("turns.topics", np.full(HEADS.named["turns.topics"].shape, 255, dtype=np.uint8)),
        ("turns.topics", HEADS.named["turns.topics"].astype(np.int8)),
        ("turns.scale", np.array([np.inf], dtype=np.float32)),
    ],
)
def test_turns_of_words_that_cannot_be_meant_are_refused(name: str, value: object) -> None:
    arrays = read_arrays(changed(name, value))
    with pytest.raises(Damaged):
        _ = (Phrasing.of(arrays), TopicPhrasing.of(arrays, MANY))


def test_what_is_told_around_danger_is_counted_once_each_and_thrice_at_most() -> None:
    calm = "I see a counsellor. My counsellor is good. My GP knows, I take sertraline and I am in CBT with a therapist."
    sensed = shipped_sense().read(read(letter_from_text(calm), SUGGESTER.stemmer))
    _, alarm, _ = SUGGESTER.clues(letter_from_text(calm), shipped_sense())
    assert alarm.tones[TONES.index("care")] == 5
    assert alarms([alarm])[0, 9 + TONES.index("care")] == 3.0
    assert len(sensed.phrases) == len(sensed.pairs)


def test_somebody_who_is_looked_after_is_flagged_less_and_who_makes_light_of_it_more() -> None:
    weights = shipped_sense().read(read(letter_from_text("Hello there, you."), SUGGESTER.stemmer)).weights
    scored, said = np.full((1, 7), 0.0, dtype=np.float32), np.zeros(1, dtype=np.float32)
    tones = {name: tuple(int(name == each) for each in TONES) for name in TONES}
    likely = {name: weights.of_danger(Alarm(scored, said, Signs(1), tones=tones[name])) for name in TONES}
    plain = weights.of_danger(Alarm(scored, said, Signs(1)))
    assert likely["care"] < plain < likely["lightly"]


def test_signs_of_what_is_held_back_are_weighed_apart_from_those_that_say_what_it_is() -> None:
    scored, said = np.zeros((4, 7), dtype=np.float32), np.arange(4, dtype=np.float32)
    clear = alarms([Alarm(scored, said, clear=Signs(9, is_plain=True, is_enough=True), kinds=1)])[0]
    unclear = alarms([Alarm(scored, said, unclear=Signs(9, is_plain=True, is_enough=True), kinds=1)])[0]
    apart = 9 + len(TONES)
    assert (clear[4:7].tolist(), clear[apart : apart + 3].tolist()) == ([1.0, 6.0, 1.0], [0.0, 0.0, 0.0])
    assert (unclear[4:7].tolist(), unclear[apart : apart + 3].tolist()) == ([0.0, 0.0, 0.0], [1.0, 6.0, 1.0])
    assert clear[-2:].tolist() == [2.0, 1.5]


def test_a_letter_for_another_desk_is_weighed_as_one() -> None:
    scored, said = np.zeros((1, 7), dtype=np.float32), np.zeros(1, dtype=np.float32)
    enquiry, spam = alarms([Alarm(scored, said), Alarm(scored, said, enquiry=0.0)])
    assert enquiry[-4] == pytest.approx(np.log(1.01), abs=1e-6)
    assert spam[-4] == pytest.approx(np.log(0.01), abs=1e-6)


@settings(max_examples=10)
@given(st.sampled_from(["I am safe.", "I have a counsellor.", "It is long over.", "My GP knows."]))
def test_no_reassurance_hides_what_is_said_plainly(reassured: str) -> None:
    assert BOTH.propose(letter_from_text(f"{reassured} I want to kill myself. {reassured}")).risk
