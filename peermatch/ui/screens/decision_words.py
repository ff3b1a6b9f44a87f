"""A decision in words: how it was taken, and what is different today, one sentence each."""

from collections.abc import Callable

from peermatch.model.comparison import Change, Kind
from peermatch.model.decision import Decision
from peermatch.model.plan import points
from peermatch.model.policy import Policy
from peermatch.services.decisions import Replay
from peermatch.ui.screens.clock_words import count_of
from peermatch.ui.screens.policy_words import change_words
from peermatch.ui.screens.shortlist_facts import ordinal

MOST_CHANGES = 12
"""More would hide the ones that matter: those that stood first come first."""

PASSED_BY = ("others changed places",)
"""What is said of somebody who only stands elsewhere because others do."""

Namer = Callable[[str], str]


def decided_words(decision: Decision, name: str) -> tuple[str, ...]:
    """Where they stood, by which policy, why they were chosen, and how many others there were."""
    number, refused = len(decision.suggested), len(decision.refused)
    score = next((s.score for s in decision.suggested if s.supporter == decision.supporter), None)
    stood = f"{name} was not on the list."
    if score is not None:
        stood = (
            f"{name} stood {ordinal(decision.place)} of {number}, with {count_of(points(score), 'point')}."
        )
    return (
        stood,
        _reason(decision),
        f"{count_of(number, 'person was', 'people were')} suggested, {count_of(refused, 'was', 'were')} not.",
        f"Weighed by the policy {decision.policy.label}.",
    )


def _reason(decision: Decision) -> str:
    if decision.reason:
        return f"The reason given: {decision.reason}"
    return "No reason was given." if decision.place > 1 else "The first of the list was chosen."


def compared_words(replay: Replay, name: Namer, policy: Policy) -> tuple[str, ...]:
    """What is different today, by the policy of today, and whether the same day still gives the same list."""
    same = "yes." if replay.same else "no, because records have changed since."
    said = [f"The same day gives the same list: {same}"]
    said += [f"Weighed differently now. {each}." for each in change_words(replay.decision.policy, policy)]
    own = [each for each in replay.changes if each.why != PASSED_BY]
    said += [change_sentence(each, name) for each in own[:MOST_CHANGES]]
    more, moved = len(own) - MOST_CHANGES, len(replay.changes) - len(own)
    said += [f"{count_of(more, 'more person stands', 'more people stand')} elsewhere."] if more > 0 else []
    said += [f"{count_of(moved, 'person', 'people')} moved up or down because of others."] if moved else []
    said.append(f"{count_of(replay.unchanged, 'person stands', 'people stand')} as they did.")
    if replay.not_compared == 1:
        said.append("1 person's record is not compared.")
    elif replay.not_compared:
        said.append(f"{replay.not_compared} people's records are not compared.")
    return tuple(said)


def change_sentence(change: Change, name: Namer) -> str:
    """One person then and now."""
    if change.kind is Kind.GONE:
        return "Somebody has left the register since."
    who, why = name(change.supporter), _because(change.why)
    if change.kind is Kind.NEW:
        return f"{who} is new and {_now(change)}{why}."
    if change.place_then is None:
        return f"{who} was not suggested and {_now(change, still=True)}{why}."
    then = f"{ordinal(change.place_then)}{_score(change.score_then)}"
    return f"{who} was {then} and {_now(change)}{why}."


def _now(change: Change, *, still: bool = False) -> str:
    if change.place_now is None:
        return "still is not" if still else "is not suggested today"
    return f"is {ordinal(change.place_now)} today{_score(change.score_now)}"


def _score(score: float | None) -> str:
    return "" if score is None else f" ({count_of(points(score), 'point')})"


def _because(why: tuple[str, ...]) -> str:
    return f": {', '.join(why)}" if why else ""
