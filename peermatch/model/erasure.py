"""What erasing somebody means: what goes, what stays and why, who must be told, and what is counted of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from peermatch.model.decision import Decision
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.model.traces import Traces


@dataclass(frozen=True, slots=True)
class HeldUntil:
    """A backup that still holds the person, and the last day on which it is kept."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would do, each in a sentence; ``to_tell`` are those who were given the person's data.

    Recipients are told of an erasure unless that is impossible (UK GDPR article 19).
    """

    subject: Subject | Case
    label: str
    gone: tuple[str, ...]
    kept: tuple[str, ...]
    to_tell: tuple[str, ...]
    backups: tuple[HeldUntil, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is left of an erased enquiry for statistics: it holds nobody, and no topic below a group."""

    month: str
    programme: str
    topics: tuple[str, ...]
    region: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one erasure takes away: people, and rows (by number) of logs and proofs, and cases, whose time is over."""

    on: date
    people: tuple[Subject, ...] = ()
    counted: tuple[Counted, ...] = ()
    introductions: tuple[int, ...] = ()
    kept_introductions: tuple[int, ...] = ()
    kept_consents: tuple[int, ...] = ()
    cases: tuple[Case, ...] = ()

    def ids(self, kind: SubjectKind) -> tuple[str, ...]:
        """The ids of the people of one kind."""
        return tuple(each.id for each in self.people if each.kind is kind)


def without(decision: Decision, gone: Iterable[str], traces: Traces) -> Decision:
    """The record of a decision without some supporters, none of whom was the chosen one.

    The hash stays that of the answer of that moment, from which nobody can be read.
    """
    ids = frozenset(gone)
    suggested = tuple(each for each in decision.suggested if each.supporter not in ids)
    order = [each.supporter for each in suggested]
    exclusions = decision.asked.exclusions
    return replace(
        decision,
        place=order.index(decision.supporter) + 1 if decision.supporter in order else 0,
        reason="" if traces.in_text(decision.reason) else decision.reason,
        suggested=suggested,
        refused=tuple(each for each in decision.refused if each.supporter not in ids),
        asked=replace(
            decision.asked,
            exclusions=replace(
                exclusions,
                supporters=tuple(each for each in exclusions.supporters if each not in ids),
                people=tuple(each for each in exclusions.people if not traces.in_text(each)),
            ),
        ),
    )
