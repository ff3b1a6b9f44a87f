"""A network in its folder beside a plain model of it: people come and change, steps are undone, files come and go."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from peermatch.errors import Refused
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.people import Supporter
from peermatch.store import backup, enquiries, supporters, vault
from peermatch.store.epochs import Change
from peermatch.store.restore import opened_backup, restore_into
from peermatch.store.transaction import Transaction
from tests.networks import AMINA, ENQUIRY, NETWORK
from tests.store.saving import NOW, Saved, make, whole

Model = tuple[dict[str, Supporter], EnquiryStatus]
NUMBERS = st.integers(min_value=1, max_value=4)
done: list[int] = []
"""One for each step that was compared."""


class AnySteps(RuleBasedStateMachine):
    """The network in its folder, and what a dictionary says of it."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="any-steps-"))
        self.saved: Saved = make(self.place / "n.peermatch")
        self.store = self.saved.open()
        self.people = {person.id: person for person in NETWORK.supporters}
        self.status = ENQUIRY.status
        self.undoable: list[tuple[int, Model]] = []
        self.kept: dict[Path, Model] = {}

    def model(self) -> Model:
        return dict(self.people), self.status

    def stepped(self, seq: int | None, before: Model) -> None:
        """Remember how to take the last step back."""
        self.undoable = [(seq or 0, before)]

    @rule(number=NUMBERS, capacity=NUMBERS)
    def add_or_change(self, number: int, capacity: int) -> None:
        before, person = (
            self.model(),
            replace(AMINA, id=f"S-{number + 10:04d}", consents=(), capacity=capacity),
        )
        known = self.people.get(person.id)
        if known == person:
            return
        with self.store.write("change" if known else "add", person.id) as tx:
            (supporters.change if known else supporters.add)(tx, person)
        self.people[person.id] = person
        self.stepped(tx.seq, before)

    @rule(status=st.sampled_from([EnquiryStatus.NEW, EnquiryStatus.TRIAGED, EnquiryStatus.ON_HOLD]))
    def enquiry(self, status: EnquiryStatus) -> None:
        before = self.model()
        if status is self.status:
            return
        with self.store.write("status", ENQUIRY.reference) as tx:
            enquiries.change(tx, replace(ENQUIRY, status=status))
        self.status = status
        self.stepped(tx.seq, before)

    @rule(number=NUMBERS)
    def fail_half_way(self, number: int) -> None:
        with pytest.raises(Refused):
            self._fail_after(number)

    def _fail_after(self, number: int) -> None:
        with self.store.write("add", "S-0099") as tx:
            for count in range(number):
                supporters.add(tx, replace(AMINA, id=f"S-{count + 90:04d}", consents=()))
            tx.session.flush()
            raise Refused("No.")

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        seq, before = self.undoable.pop()
        self.store.undo(seq)
        self.people, self.status = before

    @rule()
    def lock_and_open(self) -> None:
        self.store.lock()
        self.store = self.saved.open()

    @rule()
    def leave_without_locking(self) -> None:
        """A copy of the files as they lie there opens too, as it would after a crash."""
        copy = self.place / "copy.peermatch"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.saved.folder, copy)
        other = Saved(copy, self.saved.recovery).open()
        assert whole(other) == whole(self.store)
        other.lock()

    @rule()
    def back_up(self) -> None:
        path = self.place / f"{len(self.kept)}.pmbackup"
        backup.write_backup(self.store.source(), path, NOW)
        self.kept[path] = self.model()

    @precondition(lambda self: self.kept)
    @rule(choice=st.data())
    def restore(self, choice: st.DataObject) -> None:
        path = choice.draw(st.sampled_from(sorted(self.kept)))
        secret = self.saved.secret
        with opened_backup(path, secret, self.saved.folder) as opened:
            restore_into(self.store.source(), opened, self.store.unlocked_by, NOW)
        self.store.lock()
        self.store = self.saved.open()
        people, self.status = self.kept[path]
        self.people, self.undoable = dict(people), []

    @rule()
    def new_key(self) -> None:
        def write(_tx: Transaction, _slot: str) -> None:
            """Nothing of the data changes with it."""

        self.store.step_to(vault.rotate, "keys-rotate", Change(write))
        self.undoable = []

    @invariant()
    def both_say_the_same(self) -> None:
        if not hasattr(self, "store"):
            return
        done.append(1)
        found = whole(self.store)
        assert {person.id: person for person in found.supporters} == self.people
        assert [asked.status for asked in found.enquiries] == [self.status]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.damage() == ()
            self.store.lock()
            shutil.rmtree(self.place, ignore_errors=True)


def run(examples: int, steps: int) -> int:
    """So many lives of a network, of so many steps at most; how many steps that were."""
    before = len(done)
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, database=None)
    run_state_machine_as_test(AnySteps, settings=settings(chosen, derandomize=True))
    return len(done) - before
