"""After any commands in any order, some of which fail or are taken back, the packed columns say what the rows say."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from peermatch.errors import Refused
from peermatch.model.introduction import State
from peermatch.model.people import Supporter
from peermatch.store import introductions, settings, supporters
from peermatch.store.network import Store
from tests.matching.small_reference import SMALL
from tests.networks import ADHD, NETWORK
from tests.store.chunk_cases import ASKED, VOCABULARY, give, kept, made, people_in, unlock
from tests.strategies import WORDINGS, Chance


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = unlock(made(tmp_path / "n.peermatch", NETWORK))
    opened.packed(VOCABULARY)
    opened.records(VOCABULARY)
    yield opened
    opened.lock()


@pytest.mark.parametrize("seed", range(4))
def test_after_any_steps_in_any_order(store: Store, seed: int) -> None:
    steps = Steps(store, seed)
    for number in range(45):
        steps.one()
        if number % 5 == 0:
            kept(store)
    assert people_in(kept(store)) == [steps.people]


class Steps:
    """Any commands, one after the other, some of which fail."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.random, self.chance = store, Random(seed), Chance(seed, SMALL)
        self.done: list[int] = []
        self.people, self.number = 3, 10

    def one(self) -> None:
        kinds: tuple[Callable[[], None], ...] = (
            self.add,
            self.change,
            self.change,
            self.give,
            self.give,
            self.withdraw,
            self.ask,
            self.move,
            self.undo,
        )
        if self.random.random() < 0.2:
            kinds = (self.fail, self.wording)
        self.random.choice(kinds)()

    def somebody(self) -> Supporter:
        with self.store.read() as tx:
            return self.random.choice(supporters.every(tx))

    def add(self) -> None:
        self.number += 1
        with self.store.write("add") as tx:
            supporters.add(tx, replace(self.chance.supporter(f"S-{self.number}"), consents=()))
        self.people += 1
        self.done.append(tx.seq or 0)

    def change(self) -> None:
        person = self.somebody()
        with self.store.write("change", person.id) as tx:
            supporters.change(tx, self.chance.supporter(person.id))
        if tx.undoable:
            self.done.append(tx.seq or 0)

    def give(self) -> None:
        person = self.somebody()
        topic = self.random.choice((*person.characteristics, ADHD, None))
        give(self.store, person.id, self.chance.record(topic))

    def withdraw(self) -> None:
        person = self.somebody()
        open_records = [record for record in person.consents if record.withdrawn is None]
        if open_records:
            with self.store.write("consent-withdraw", person.id) as tx:
                supporters.withdraw(tx, person.id, self.random.choice(open_records), date(2026, 11, 20))

    def ask(self) -> None:
        person, state = self.somebody(), self.random.choice(tuple(State))
        with self.store.write("ask", person.id) as tx:
            introductions.add(tx, replace(ASKED, supporter=person.id, state=state))
        self.done.append(tx.seq or 0)

    def move(self) -> None:
        with self.store.write("step") as tx:
            for each in introductions.every(tx)[:1]:
                introductions.change(tx, replace(each, state=self.random.choice(tuple(State))))
        if tx.undoable:
            self.done.append(tx.seq or 0)

    def undo(self) -> None:
        try:
            self.store.undo(self.done.pop() if self.done else 999)
        except Refused:
            return
        with self.store.read() as tx:
            self.people = len(supporters.every(tx))

    def fail(self) -> None:
        with pytest.raises(Refused):
            self.half_a_step(self.somebody())

    def half_a_step(self, person: Supporter) -> None:
        with self.store.write("change", person.id) as tx:
            supporters.change(tx, self.chance.supporter(person.id))
            tx.session.flush()
            raise Refused("no")

    def wording(self) -> None:
        with self.store.read() as tx:
            held = {wording.id for wording in settings.wordings(tx) or ()}
        missing = [wording for wording in WORDINGS if wording.id not in held]
        if missing:
            with self.store.write("wording") as tx:
                settings.add_wording(tx, missing[0])
            self.done.append(tx.seq or 0)
