"""Who must be asked for consent again: told by the columns, and by the record for whom somebody looks at."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import repeat
from typing import NamedTuple

from peermatch.matching.outlooks import renewals
from peermatch.model.asking import Point, Why, first_end, points
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.services.snapshot import Snapshot

DUE_WITHIN = timedelta(days=30)


class Due(NamedTuple):
    """One person who must be asked: since or until when, and for what kinds of reason; the rest is read when asked for.

    There may be very many, of whom few are looked at: nothing of a record is touched to list them.
    """

    id: str
    first: date
    """The first day on which something of theirs ended or ends; the last of days where nothing does."""
    ended: bool
    never: bool
    ending: bool
    looked: "Looked"

    @property
    def person(self) -> Supporter:
        """Their record."""
        return self.looked.picture.supporters[self.id]

    @property
    def points(self) -> tuple[Point, ...]:
        """All that there is to ask them for."""
        person = self.person
        return points(person, self.looked.picture.gate(person, self.looked.on), self.looked.until)

    @property
    def pressing(self) -> Why:
        """Of several reasons the one that says most."""
        return Why.ENDED if self.ended else Why.NEVER if self.never else Why.ENDING


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """The picture in which somebody is due, the day of it, and up to when nothing may end."""

    picture: Snapshot
    on: date
    until: date

    def at(self, id: str) -> Due | None:
        """One person by their record; None for whom nothing is to be asked."""
        person = self.picture.supporters.get(id)
        if person is None or person.status is not SupporterStatus.ACTIVE:
            return None
        found = points(person, self.picture.gate(person, self.on), self.until)
        whys = {each.why for each in found}
        kinds = (Why.ENDED in whys, Why.NEVER in whys, Why.ENDING in whys)
        return Due(id, first_end(found), *kinds, self) if found else None


def ends_of(snapshot: Snapshot, on: date, until: date) -> tuple[date, ...]:
    """Of each who must be asked so that nothing ends up to a day, when the first of it ended or ends; to be counted."""
    looked = Looked(snapshot, on, max(on, until))
    found = renewals(snapshot.register, on, looked.until)
    alone = (looked.at(id) for id in found.unsettled)
    return (*found.firsts, *(each.first for each in alone if each is not None))


def due_of(snapshot: Snapshot, on: date, until: date) -> dict[str, Due]:
    """Everybody active who must be asked so that nothing ends up to a day, by id; their records are not read."""
    looked = Looked(snapshot, on, max(on, until))
    found = renewals(snapshot.register, on, looked.until)
    lines = zip(found.ids, found.firsts, found.ended, found.never, found.ending, repeat(looked))
    due = {line[0]: Due._make(line) for line in lines}
    alone = [each for id in found.unsettled if (each := looked.at(id)) is not None]
    return dict(sorted((due | {each.id: each for each in alone}).items())) if alone else due
