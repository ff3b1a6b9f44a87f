"""One person's new record put into a chunk: the same bytes as if everybody were packed anew."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.consent import ConsentRules
from peermatch.model.introduction import Introduction
from peermatch.model.packed import Packer
from peermatch.model.packed_words import Words
from peermatch.model.splicing import spliced
from tests.matching.small_reference import SMALL
from tests.strategies import WORDINGS, Chance


def packer_of(words: Words) -> Packer:
    return Packer(ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms), words)


def asked(chance: Chance, id: str) -> list[Introduction]:
    return [replace(chance.introduction((id,)), supporter=id) for _ in range(chance.random.randrange(4))]


@given(seed=st.integers(0, 2**32), size=st.integers(1, 12), place=st.integers(0, 11))
def test_splicing_and_packing_anew_agree_to_the_byte(seed: int, size: int, place: int) -> None:
    chance, words = Chance(seed, SMALL), Words()
    packer = packer_of(words)
    people = [chance.supporter(f"S-{'9' * (n % 3)}{n}") for n in range(size)]
    steps = {each.id: asked(chance, each.id) for each in people}
    before, row = packer.pack(people, steps), place % size
    people[row] = chance.supporter(people[row].id)
    steps[people[row].id] = asked(chance, people[row].id)
    line = packer.pack((people[row],), steps)
    assert spliced(before, line) == packer.pack(people, steps)


def test_who_is_not_in_the_chunk_cannot_be_put_in() -> None:
    chance, packer = Chance(1, SMALL), packer_of(Words())
    chunk = packer.pack([chance.supporter("S-1")])
    assert spliced(chunk, packer.pack([chance.supporter("S-2")])) is None
    assert spliced(packer.pack(()), packer.pack([chance.supporter("S-2")])) is None


@pytest.mark.parametrize("wide_first", [True, False])
def test_codes_that_are_no_longer_narrow_are_packed_anew(wide_first: bool) -> None:
    words = Words(str(number) for number in range(2**16))
    narrow = packer_of(Words())
    wide = packer_of(words)
    person = Chance(3, SMALL).supporter("S-1")
    person = replace(person, specialty="beyond")
    first, then = (wide, narrow) if wide_first else (narrow, wide)
    assert spliced(first.pack([person]), then.pack([person])) is None


@pytest.mark.parametrize("wide_first", [True, False])
def test_numbers_that_are_no_longer_small_are_packed_anew(wide_first: bool) -> None:
    packer, person = packer_of(Words()), replace(Chance(3, SMALL).supporter("S-1"), capacity=2)
    both = (replace(person, capacity=2000), person)
    first, then = both if wide_first else both[::-1]
    assert spliced(packer.pack([first]), packer.pack([then])) is None
    assert spliced(packer.pack([person]), packer.pack([replace(person, capacity=255)])) is not None


def test_bytes_that_are_no_chunk_are_refused() -> None:
    line = packer_of(Words()).pack([Chance(4, SMALL).supporter("S-1")])
    with pytest.raises(ValueError, match="chunk"):
        spliced(b"PM", line)
