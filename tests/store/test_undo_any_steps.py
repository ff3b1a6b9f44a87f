"""Any commands, undone and done again in any order, against a plain model: the rows are those of the model, always."""

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from peermatch.errors import Refused
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.store import introductions, journal, supporters
from peermatch.store import settings as kept
from peermatch.store.kdf import LEAST
from peermatch.store.network import AUDIT_KEY, Store
from peermatch.store.transaction import Transaction
from peermatch.store.vault import RecoverySecret
from tests.networks import AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, TOM, clock

SOME = ("S-0001", "S-0002", "N-1", "N-2")
World = dict[str, Any]


@dataclass
class Told:
    """A line of the model's journal: what it set, and from what; a missing record is None."""

    before: World
    after: World
    undoes: int | None = None
    undone: bool = field(default=False)


def world_of(tx: Transaction) -> World:
    """What the machine's commands can change, as the file says it."""
    people = {each.id: each.capacity for each in supporters.every(tx)}
    asked = {
        f"asked {each.supporter}": each.state.value
        for each in introductions.of_enquiry(tx, ENQUIRY.reference)
    }
    known: World = {id: people.get(id) for id in SOME}
    known |= {f"asked {id}": asked.get(f"asked {id}") for id in SOME}
    return known | {"controller": kept.controller(tx)}


class BackAndAgain(RuleBasedStateMachine):
    """Commands on one real network, and a dictionary that does the same."""

    template: Path | None = None
    recovery = ""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="undo-", dir=Path.home()))
        folder = self.place / "n.peermatch"
        shutil.copytree(_template(), folder)
        self.store = Store.open(folder, RecoverySecret(BackAndAgain.recovery), clock)
        with self.store.read() as tx:
            self.world = world_of(tx)
            self.first = journal.newest(tx)
        self.lines: dict[int, Told] = {}

    def teardown(self) -> None:
        assert self.store.damage() == ()
        self.store.lock()
        shutil.rmtree(self.place)

    def _set(self, name: str, value: Any, change: Any) -> None:
        before = {name: self.world[name]}
        with self.store.write("test") as tx:
            change(tx)
        self.lines[tx.seq or 0] = Told(before, {name: value})
        self.world[name] = value

    @rule(id=st.sampled_from(SOME), capacity=st.integers(0, 3))
    def set_capacity(self, id: str, capacity: int) -> None:
        if self.world[id] is None:
            self._set(id, capacity, lambda tx: supporters.add(tx, _somebody(id, capacity)))
        else:
            self._set(
                id,
                capacity,
                lambda tx: supporters.change(tx, replace(supporters.get(tx, id), capacity=capacity)),
            )

    @rule(id=st.sampled_from(SOME))
    def ask(self, id: str) -> None:
        if self.world[id] is not None and self.world[f"asked {id}"] is None:
            asked = Introduction(ENQUIRY.reference, id, State.ASKED, DAY)
            self._set(f"asked {id}", "asked", lambda tx: introductions.add(tx, asked))

    @rule(name=st.sampled_from(("The Example Trust", "Another Trust", "A third")))
    def state_controller(self, name: str) -> None:
        self._set("controller", name, lambda tx: kept.set_controller(tx, name))

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def take_back_any(self, data: st.DataObject) -> None:
        self._take_back(data.draw(st.sampled_from(sorted(self.lines))))

    @precondition(lambda self: self.lines)
    @rule()
    def take_back_the_newest(self) -> None:
        self._take_back(max(self.lines))

    def _take_back(self, seq: int) -> None:
        line = self.lines[seq]
        if not self._possible(line):
            with pytest.raises(Refused):
                self.store.undo(seq)
            return
        written = self.store.undo(seq)
        line.undone = True
        self.lines[written] = Told(line.after, line.before, undoes=seq)
        self.world |= line.before

    def _possible(self, line: Told) -> bool:
        """Not twice, only where what it set still is as it set it, never what others rest on, and never nothing."""
        if line.undone or line.before == line.after:
            return False
        if any(self.world[name] != value for name, value in line.after.items()):
            return False
        gone = [name for name, value in line.before.items() if value is None and name in SOME]
        return all(self.world[f"asked {name}"] is None for name in gone)

    @invariant()
    def the_file_is_as_the_model(self) -> None:
        with self.store.read() as tx:
            assert world_of(tx) == self.world
            answers = journal.answers(tx)
            lines = {entry.seq for entry in journal.entries(tx, limit=10_000)}
            chain = journal.first_broken(tx.session, kept.secret(tx, AUDIT_KEY))
        assert chain is None
        assert answers == {line.undoes: seq for seq, line in self.lines.items() if line.undoes}
        assert lines == {*range(1, self.first + 1), *self.lines}


def _somebody(id: str, capacity: int) -> Supporter:
    return replace(AMINA, id=id, name="Somebody", capacity=capacity, consents=())


def _template() -> Path:
    if BackAndAgain.template is None:
        folder = Path(tempfile.mkdtemp(prefix="undo-template-", dir=Path.home())) / "n.peermatch"
        network = replace(NETWORK, introductions=(), supporters=(AMINA, TOM))
        made = Store.create(folder, network, PASSPHRASE, clock, with_recovery=True, cost=LEAST)
        made.store.lock()
        BackAndAgain.template, BackAndAgain.recovery = folder, made.recovery or ""
    return BackAndAgain.template


TestBackAndAgain = BackAndAgain.TestCase
TestBackAndAgain.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
