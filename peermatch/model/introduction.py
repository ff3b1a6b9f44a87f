"""Introductions: the states between asking a supporter and the end, and the steps that are allowed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    AGREED = "agreed"
    REFUSED = "refused"
    INTRODUCED = "introduced"
    ENDED = "ended"
    STOPPED = "stopped"


IN_HAND = frozenset({State.ASKED, State.ACCEPTED, State.AGREED, State.INTRODUCED})


class Step(StrEnum):
    """What may happen to an introduction once the supporter was asked; named as the commands are."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    ENQUIRER_AGREES = "enquirer-agrees"
    ENQUIRER_REFUSES = "enquirer-refuses"
    HAND_OVER = "card"
    END = "end"
    STOP = "stop"


_RESULT = {
    Step.ACCEPT: State.ACCEPTED,
    Step.DECLINE: State.DECLINED,
    Step.LAPSE: State.LAPSED,
    Step.ENQUIRER_AGREES: State.AGREED,
    Step.ENQUIRER_REFUSES: State.REFUSED,
    Step.HAND_OVER: State.INTRODUCED,
    Step.END: State.ENDED,
    Step.STOP: State.STOPPED,
}
_FROM = {
    Step.ACCEPT: frozenset({State.ASKED}),
    Step.DECLINE: frozenset({State.ASKED}),
    Step.LAPSE: frozenset({State.ASKED}),
    Step.ENQUIRER_AGREES: frozenset({State.ACCEPTED}),
    Step.ENQUIRER_REFUSES: frozenset({State.ACCEPTED}),
    Step.HAND_OVER: frozenset({State.AGREED, State.INTRODUCED}),
    Step.END: frozenset({State.INTRODUCED}),
    Step.STOP: IN_HAND,
}
_OVER = frozenset({State.LAPSED, State.REFUSED, State.ENDED, State.STOPPED})
_TOLD = frozenset({State.AGREED, State.REFUSED, State.INTRODUCED, State.ENDED})


@dataclass(frozen=True, slots=True)
class Introduction:
    """One supporter asked for one enquiry; a pair has at most one, in whatever state."""

    enquiry: str
    supporter: str
    state: State
    asked: date
    answered: date | None = None
    introduced: date | None = None
    ended: date | None = None
    outcome: str | None = None

    @property
    def in_hand(self) -> bool:
        """Whether it takes up one place of the supporter's capacity."""
        return self.state in IN_HAND

    @property
    def told(self) -> bool:
        """Whether the trainee has heard of it: they were asked about somebody, or introduced."""
        return self.introduced is not None or self.state in _TOLD

    def allows(self, step: Step) -> bool:
        """Whether a step may follow the present state."""
        return self.state in _FROM[step]

    def after(self, step: Step, on: date) -> "Introduction":
        """The introduction once the step was taken; the caller has asked `allows`."""
        if not self.allows(step):
            raise ValueError(f"{step.value} cannot follow {self.state.value}")
        state = _RESULT[step]
        return Introduction(
            enquiry=self.enquiry,
            supporter=self.supporter,
            state=state,
            asked=self.asked,
            answered=on
            if self.state is State.ASKED and step in (Step.ACCEPT, Step.DECLINE)
            else self.answered,
            introduced=self.introduced or on if state is State.INTRODUCED else self.introduced,
            ended=on if state in _OVER else self.ended,
            outcome=self.outcome,
        )


def allowed_from(step: Step) -> frozenset[State]:
    """The states that a step may follow, for the sentence that refuses another."""
    return _FROM[step]
