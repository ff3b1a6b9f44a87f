"""Many rows at once: a whole network comes in as strictly, and goes out as exactly, as one record at a time."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from peermatch.errors import Damaged
from peermatch.model.people import Supporter
from peermatch.store import supporters
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.matching.small_reference import SMALL
from tests.networks import AMINA, JO, NETWORK, PASSPHRASE, TOM, clock
from tests.strategies import Chance


def made(place: Path, *people: Supporter) -> Store:
    network = replace(NETWORK, supporters=people)
    return Store.create(place, network, PASSPHRASE, clock, cost=LEAST).store


def test_everybody_read_at_once_is_everybody_read_alone(tmp_path: Path) -> None:
    chance = Chance(7, SMALL)
    people = tuple(chance.supporter(f"S-{number}") for number in range(40))
    store = made(tmp_path / "n.peermatch", *people)
    with store.read() as tx:
        assert supporters.every(tx) == people
        assert tuple(supporters.get(tx, person.id) for person in people) == people
        assert supporters.some(tx, {"S-9", "S-3", "S-none"}) == (people[3], people[9])
        assert supporters.some(tx, ()) == ()
    store.lock()


def test_what_the_tables_refuse_is_refused_at_once_too(tmp_path: Path) -> None:
    place = tmp_path / "n.peermatch"
    with pytest.raises(Damaged, match="CHECK constraint failed in supporter"):
        made(place, AMINA, replace(TOM, capacity=-1), JO)
    assert list(tmp_path.iterdir()) == []


def test_after_the_filling_each_row_is_judged_again(tmp_path: Path) -> None:
    store = made(tmp_path / "n.peermatch", AMINA)
    with pytest.raises(IntegrityError), store.write("tamper") as tx:
        tx.session.execute(text("UPDATE supporter SET capacity = -1"))
    store.lock()
