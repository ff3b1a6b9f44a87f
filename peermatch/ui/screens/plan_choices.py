"""The choices by which a plan was changed by hand, and the plan that keeps all of them that still hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput
from peermatch.model.plan import Cost, Plan
from peermatch.services.plans import Plans
from peermatch.words import tr

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of enquiry and supporter that were kept or ruled out by hand, the newest last."""

    pinned: Pairs = ()
    ruled_out: Pairs = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.pinned) + len(self.ruled_out)

    def pin(self, reference: str, supporter: str) -> "Choices":
        """Keep this pair; it replaces another pin of the enquiry and is ruled out no longer."""
        kept = self.unpin(reference).pinned
        return replace(self.allow(reference, supporter), pinned=(*kept, (reference, supporter)))

    def unpin(self, reference: str) -> "Choices":
        """Let the plan decide again."""
        return replace(self, pinned=tuple(pair for pair in self.pinned if pair[0] != reference))

    def rule_out(self, reference: str, supporter: str) -> "Choices":
        """Not this pair."""
        pair = (reference, supporter)
        pinned = tuple(each for each in self.pinned if each != pair)
        return Choices(pinned, (*self.allow(reference, supporter).ruled_out, pair))

    def allow(self, reference: str, supporter: str) -> "Choices":
        """This pair is possible again."""
        pair = (reference, supporter)
        return replace(self, ruled_out=tuple(each for each in self.ruled_out if each != pair))

    def ruled_out_for(self, reference: str) -> frozenset[str]:
        """Whom one enquiry is not to be given."""
        return frozenset(supporter for enquiry, supporter in self.ruled_out if enquiry == reference)


def as_draft(choices: Choices) -> dict[str, object]:
    """The choices as they are set aside while the network is locked: references and ids alone; empty for none."""
    rows = {"pinned": choices.pinned, "ruled_out": choices.ruled_out}
    return {key: [list(pair) for pair in pairs] for key, pairs in rows.items()} if choices.count else {}


def from_draft(values: Mapping[str, object]) -> Choices:
    """The choices that were set aside; none where they are not ours. Solving lets go of what has passed."""
    try:
        pinned, ruled_out = _pairs(values["pinned"]), _pairs(values["ruled_out"])
    except (ValueError, TypeError, LookupError):
        return Choices()
    if len({reference for reference, _ in pinned}) < len(pinned) or set(pinned) & set(ruled_out):
        return Choices()
    return Choices(pinned, ruled_out)


def _pairs(rows: object) -> Pairs:
    if not isinstance(rows, list):
        raise TypeError("list")
    pairs = tuple((reference, supporter) for reference, supporter in rows)
    if not all(isinstance(each, str) for pair in pairs for each in pair):
        raise TypeError("text")
    return pairs


@dataclass(frozen=True, slots=True)
class LetGo:
    """A pinned pair that nobody could keep any longer, and why."""

    enquiry: str
    supporter: str
    why: str


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan, the choices that it keeps, and the pins that it had to let go."""

    plan: Plan
    choices: Choices
    let_go: tuple[LetGo, ...] = ()


def solve(plans: Plans, on: date, choices: Choices) -> Solved:
    """The best plan that keeps the choices; pins that no longer hold are let go one after the other."""
    let_go: tuple[LetGo, ...] = ()
    while True:
        try:
            plan = plans.of(on, pinned=dict(choices.pinned), forbidden=choices.ruled_out)
        except BadInput as error:
            gone = _let_go(choices, error)
            if not gone:
                raise
            let_go = (*let_go, *gone)
            for each in gone:
                choices = choices.unpin(each.enquiry)
        else:
            return Solved(plan, _in_plan(plan, choices), let_go)


def cost_of_choosing(plans: Plans, plan: Plan, reference: str, supporter: str) -> Cost | str:
    """What it would cost to pin this pair as well, or why it cannot be pinned beside the others."""
    wish = Choices(plan.pinned, plan.forbidden).pin(reference, supporter)
    try:
        tried = plans.of(plan.on, pinned=dict(wish.pinned), forbidden=wish.ruled_out)
    except BadInput as error:
        return " ".join(fault.text for fault in error.faults) or error.what
    return plans.cost_of(tried, reference)


def _let_go(choices: Choices, error: BadInput) -> tuple[LetGo, ...]:
    """The pins that the faults name; of somebody who is pinned too often the newest."""
    reasons = {fault.place: fault.text for fault in error.faults}
    named = tuple(
        LetGo(r, s, reasons[place])
        for r, s in choices.pinned
        if (place := tr("{r} with {s}").format(r=r, s=s)) in reasons
    )
    if named:
        return named
    newest = {s: r for r, s in choices.pinned if s in reasons}
    return tuple(LetGo(r, s, reasons[s]) for s, r in newest.items())


def _in_plan(plan: Plan, choices: Choices) -> Choices:
    """Of the pairs ruled out those whose enquiry the plan is for: the others are no longer a choice."""
    for_these = {pair.enquiry for pair in plan.pairs} | {each.enquiry for each in plan.unserved}
    return replace(choices, ruled_out=tuple(pair for pair in choices.ruled_out if pair[0] in for_these))
