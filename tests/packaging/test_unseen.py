"""What the sentence models made of letters is kept whole, and belongs to the letters of now."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import unseen
from letter_sets import Labelled, fresh, to_learn_from
from teach import READ_BY, SENSE

from peermatch.matching.suggesting.arrays import read_arrays
from peermatch.matching.suggesting.sense import Sensed

Seen = Sequence[tuple[Labelled, Sensed]]


@pytest.fixture(scope="module")
def letters() -> list[Labelled]:
    """All letters with labels."""
    return [*to_learn_from(), *fresh()]


@pytest.fixture(scope="module")
def seen(letters: list[Labelled]) -> Seen:
    """What the file says, which is read with the rules of now."""
    return unseen.read(letters)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another file in the place of the one that is kept."""
    place = tmp_path / "unseen.bin"
    monkeypatch.setattr(unseen, "PLACE", place)
    return place


def test_it_holds_each_letter_once_that_is_kept(letters: list[Labelled], seen: Seen) -> None:
    hands = {hand for some in READ_BY.values() for hand in some}
    wanted = sorted((each.hand, each.name) for each in letters if each.hand in hands)
    assert len(wanted) > 700
    assert sorted((letter.hand, letter.name) for letter, _ in seen) == wanted


def test_read_and_written_again_it_is_the_same(seen: Seen) -> None:
    assert zlib.decompress(unseen.write(seen)) == zlib.decompress(unseen.PLACE.read_bytes())


def test_its_topics_are_those_of_the_model_that_ships(seen: Seen) -> None:
    ships = read_arrays((SENSE / "heads.bin").read_bytes()).lines("terms")
    assert {sensed.terms for _, sensed in seen} == {ships}


def test_what_is_kept_is_as_exact_as_its_steps(seen: Seen, letters: list[Labelled], elsewhere: Path) -> None:
    letter, sensed = max(seen, key=lambda each: len(each[1].sentences))
    topics = np.linspace(-10.2, 0, sensed.topics.size, dtype=np.float32).reshape(sensed.topics.shape)
    topics[0, 0] = -50.0  # it says as little as the last step
    dangers = np.linspace(-9, 9, sensed.dangers.size, dtype=np.float32).reshape(sensed.dangers.shape)
    elsewhere.write_bytes(unseen.write([(letter, replace(sensed, topics=topics, dangers=dangers))]))
    ((again, found),) = unseen.read(letters)
    assert again == letter
    assert (found.sentences, found.pairs) == (sensed.sentences, sensed.pairs)
    assert found.topics[0, 0] == np.float32(-255 / unseen.STEPS)
    assert np.allclose(found.topics.flat[1:], topics.flat[1:], rtol=0, atol=0.501 / unseen.STEPS)
    assert np.allclose(found.dangers, dangers, rtol=0.001, atol=0.001)
    assert (found.desks == sensed.desks).all()


def test_a_letter_that_was_changed_since_is_refused(
    seen: Seen, letters: list[Labelled], elsewhere: Path
) -> None:
    letter, sensed = seen[0]
    elsewhere.write_bytes(unseen.write([(letter, sensed)]))
    changed = replace(letter, letter=replace(letter.letter, text=f"{letter.letter.text} One word more."))
    others = [changed if each == letter else each for each in letters]
    with pytest.raises(SystemExit, match=rf"{letter.name} .* is not among the letters"):
        unseen.read(others)


def test_a_letter_whose_sentences_are_others_now_is_refused(
    seen: Seen, letters: list[Labelled], elsewhere: Path
) -> None:
    letter, sensed = max(seen, key=lambda each: len(each[1].sentences))
    fewer = replace(
        sensed, sentences=sensed.sentences[1:], topics=sensed.topics[1:], dangers=sensed.dangers[1:]
    )
    elsewhere.write_bytes(unseen.write([(letter, fewer)]))
    with pytest.raises(SystemExit, match="has other sentences now"):
        unseen.read(letters)
