"""A number is given once: what was taken back comes back as itself, whatever was made meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.errors import Refused
from peermatch.model.introduction import Introduction, State
from peermatch.store import introductions, numbers
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.networks import AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, TOM, clock

FIRST, SECOND = (Introduction(ENQUIRY.reference, each.id, State.ASKED, DAY) for each in (AMINA, TOM))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    network = replace(NETWORK, introductions=(), supporters=(AMINA, TOM))
    made = Store.create(tmp_path / "n.peermatch", network, PASSPHRASE, clock, with_recovery=False, cost=LEAST)
    yield made.store
    assert made.store.damage() == ()
    made.store.lock()


def ask(store: Store, *introduced: Introduction) -> int:
    with store.write("test") as tx:
        for each in introduced:
            introductions.add(tx, each)
    return tx.seq or 0


def held(store: Store) -> Mapping[int, Introduction]:
    with store.read() as tx:
        return introductions.numbered(tx)


def test_a_step_is_done_again_although_somebody_else_was_asked_meanwhile(store: Store) -> None:
    undone = store.undo(ask(store, FIRST))
    ask(store, SECOND)
    assert held(store) == {2: SECOND}
    store.undo(undone)
    assert held(store) == {1: FIRST, 2: SECOND}


def test_two_who_were_asked_again_are_not_asked_twice_at_once(store: Store) -> None:
    undone = store.undo(ask(store, FIRST))
    again = ask(store, FIRST)
    with pytest.raises(Refused, match="cannot be done again, because they were asked again since"):
        store.undo(undone)
    assert held(store) == {2: FIRST}
    second = store.undo(again)
    store.undo(undone)
    with pytest.raises(Refused, match="asked again since"):
        store.undo(second)
    assert held(store) == {1: FIRST}


def test_asking_again_after_it_ended_can_be_done_again(store: Store) -> None:
    over = replace(FIRST, state=State.ENDED, answered=DAY, ended=DAY)
    ask(store, over)
    store.undo(store.undo(ask(store, FIRST)))
    assert held(store) == {1: over, 2: FIRST}


def test_the_number_after_many_that_went_is_a_new_one(store: Store) -> None:
    for expected in range(1, 12):
        seq = ask(store, FIRST)
        assert list(held(store)) == [expected]
        store.undo(seq)
    ask(store, FIRST, SECOND)
    assert held(store) == {12: FIRST, 13: SECOND}


def test_the_rows_that_went_are_found_by_their_index(store: Store) -> None:
    """However long the journal: only rows that went are looked at."""
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {numbers.GONE}", ("introduction",)).fetchall()
    assert "USING INDEX ix_journal_image_gone" in " ".join(row[3] for row in plan)
