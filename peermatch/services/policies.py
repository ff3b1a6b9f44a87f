"""How supporters are ranked: the policy in force, what a change to it would do today, and keeping the change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.errors import Refused
from peermatch.matching.engine import match
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Enquiry
from peermatch.model.policy import Policy, PolicyHistory
from peermatch.model.verdict import Shortlist
from peermatch.services.desk import Desk
from peermatch.services.snapshot import Snapshot
from peermatch.store import policies
from peermatch.words import tr

TOP = 5
"""How many of a shortlist a coordinator looks at; who moves below is not told."""
SEEN = 20
"""How far down an earlier or later place is looked for; beyond it is ``None``: far down."""
Places = dict[str, tuple[int | None, float | None]]
_FAR_DOWN = (None, None)


@dataclass(frozen=True, slots=True)
class Move:
    """One person of the first five whose place would change: places from 1, and the new score; far down ``None``."""

    supporter: str
    name: str
    before: int | None
    after: int | None
    score: float | None


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a draft would change in one shortlist; the ids of the first five as they are and as they would be."""

    reference: str
    now: tuple[str, ...]
    then: tuple[str, ...]
    moves: tuple[Move, ...]
    close_now: bool
    close_then: bool

    @property
    def first_changes(self) -> bool:
        """Whether somebody else would stand first."""
        return self.now[:1] != self.then[:1]

    @property
    def close_changes(self) -> bool:
        """Whether the first two would begin, or cease, to count as equal."""
        return self.close_now != self.close_then

    @property
    def changes(self) -> bool:
        """Whether anything would be different that a coordinator sees."""
        return bool(self.moves) or self.close_changes


@dataclass(frozen=True, slots=True)
class PolicyPreview:
    """A draft on today's shortlists: those that would change stand first, a new first person before all others."""

    draft: Policy
    on: date
    lists: tuple[ListChange, ...]

    @property
    def changed(self) -> tuple[ListChange, ...]:
        """The shortlists that would be different."""
        return tuple(each for each in self.lists if each.changes)

    @property
    def first_changed(self) -> int:
        """How many would have somebody else first."""
        return sum(1 for each in self.lists if each.first_changes)


class Policies:
    """Keeps the weights and limits of ranking, and tells beforehand what changing them does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self) -> Policy:
        """The policy in force."""
        return self._desk.snapshot.policy

    def history(self) -> PolicyHistory:
        """Every version that was kept, the newest first; none where nothing was ever changed."""
        with self._desk.store.read() as tx:
            return policies.history(tx)

    def preview(self, draft: Policy, on: date) -> PolicyPreview:
        """What the draft would change in the shortlists of today's open enquiries; nothing is written.

        An enquiry whose risk nobody has seen to has no shortlist, so it is not among them.
        """
        snapshot = self._desk.snapshot
        asked = (each for each in snapshot.cases.open if not each.held)
        lists = (_change(snapshot, enquiry, draft, on) for enquiry in asked)
        return PolicyPreview(draft, on, tuple(sorted(lists, key=_what_matters_first)))

    def keep(self, draft: Policy, on: date) -> Done:
        """The draft as the next version, in force from now on."""
        if draft.same_as(self.current()):
            raise Refused(tr("These weights are in force already."), tr("Change one of them first."))
        with self._desk.command("policy") as tx:
            kept = policies.keep(tx, draft, on)
        return self._desk.done(
            tx, Touched(network=True), tr("Supporters are now ranked by {label}.").format(label=kept.label)
        )


def _what_matters_first(change: ListChange) -> tuple[bool, bool, bool, str]:
    return not change.first_changes, not change.moves, not change.close_changes, change.reference


def _change(snapshot: Snapshot, enquiry: Enquiry, draft: Policy, on: date) -> ListChange:
    now = match(snapshot.register, enquiry, on, snapshot.policy)
    then = match(snapshot.register, enquiry, on, draft)
    was, will = _places(now, TOP), _places(then, TOP)
    if was.keys() != will.keys():
        was, will = _places(now, SEEN), _places(then, SEEN)
    first, second = tuple(was)[:TOP], tuple(will)[:TOP]
    return ListChange(
        reference=enquiry.reference,
        now=first,
        then=second,
        moves=_moves(snapshot, (*second, *first), was, will),
        close_now=now.ambiguous,
        close_then=then.ambiguous,
    )


def _places(shortlist: Shortlist, seen: int) -> Places:
    """Place and score of those near the top, the first one first; only those that are looked at are made."""
    top = shortlist.suggested[:seen]
    return {each.supporter: (place, each.score) for place, each in enumerate(top, start=1)}


def _moves(snapshot: Snapshot, people: Sequence[str], was: Places, will: Places) -> tuple[Move, ...]:
    """Who moves into, within or out of the first five: by their new place, then those who leave."""
    moves = (_move(snapshot, id, was, will) for id in dict.fromkeys(people))
    return tuple(move for move in moves if move.before != move.after)


def _move(snapshot: Snapshot, id: str, was: Places, will: Places) -> Move:
    before, _ = was.get(id, _FAR_DOWN)
    after, score = will.get(id, _FAR_DOWN)
    return Move(id, snapshot.supporters[id].shown_name, before, after, score)
