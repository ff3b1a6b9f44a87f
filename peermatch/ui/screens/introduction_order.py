"""The introductions in the order of their list, worked out once for a picture, a day and what was written."""

from datetime import date
from functools import cached_property

from peermatch.model.introduction import Introduction
from peermatch.model.posted import NOTHING_WRITTEN, Written
from peermatch.services.steps import Steps
from peermatch.ui.screens.introduction_words import in_order, needing


class Lineup:
    """Those in hand with what needs somebody first, those that are over with the newest first; each when asked for."""

    def __init__(self, steps: Steps, on: date, written: Written = NOTHING_WRITTEN) -> None:
        self.steps, self.on, self.written = steps, on, written

    @cached_property
    def due(self) -> int:
        """How many wait for a step of the coordinator's."""
        return sum(map(needing(self.on, self.written), self.steps.in_hand))

    @cached_property
    def in_hand(self) -> tuple[Introduction, ...]:
        """Those that go on."""
        return in_order(self.steps.in_hand, self.on, over=False, written=self.written)

    @cached_property
    def over(self) -> tuple[Introduction, ...]:
        """Those that have ended, one way or another."""
        return in_order(self.steps, self.on, over=True, written=self.written)


class Lineups:
    """The last one that was asked for: pictures and what was written are never changed, only replaced."""

    def __init__(self) -> None:
        self._last: Lineup | None = None

    def of(self, steps: Steps, on: date, written: Written) -> Lineup:
        """That of this day, anew only where anything may differ."""
        last = self._last
        if last is None or last.steps is not steps or last.on != on or last.written is not written:
            last = self._last = Lineup(steps, on, written)
        return last
