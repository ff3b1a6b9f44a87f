"""Files that once made a reader of letters fail are refused or read now, and so are some hundred changed ones."""

from random import Random

import pytest

from tests.fuzz.fuzz_letters import readers
from tests.fuzz.trying import Outcome, Reader, give, kept

READERS = readers()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_what_was_found_stays_mended(reader: Reader) -> None:
    outcome, chance = Outcome(reader.name), Random(5)
    seeds = list(reader.seeds)
    for data in (
        *kept(reader.name),
        *(reader.change(chance.choice(seeds), chance, seeds) for _ in range(60)),
    ):
        give(reader, data, outcome)
    assert outcome.faults == []
    assert outcome.number == outcome.taken + outcome.refused
