"""A decision in words: how it was taken, and what is different today, one sentence each."""

from collections.abc import Callable

from peermatch.model.comparison import Change, Kind
from peermatch.model.decision import Decision
from peermatch.model.plan import points
from peermatch.model.policy import Policy
from peermatch.services.decisions import Replay
from peermatch.ui.screens.policy_words import change_words
from peermatch.ui.screens.shortlist_facts import ordinal
from peermatch.words import count_of, tr

MOST_CHANGES = 12
"""More would hide the ones that matter: those that stood first come first."""

PASSED_BY = (tr("others changed places"),)
"""What is said of somebody who only stands elsewhere because others do."""

Namer = Callable[[str], str]


def decided_words(decision: Decision, name: str) -> tuple[str, ...]:
    """Where they stood, by which policy, why they were chosen, and how many others there were."""
    number, refused = len(decision.suggested), len(decision.refused)
    score = next((s.score for s in decision.suggested if s.supporter == decision.supporter), None)
    stood = tr("{name} was not on the list.").format(name=name)
    if score is not None:
        stood = tr("{name} stood {ordinal} of {number}, with {count_of}.").format(
            name=name,
            ordinal=ordinal(decision.place),
            number=number,
            count_of=count_of(points(score), "point"),
        )
    return (
        stood,
        _reason(decision),
        tr("{count_of} suggested, {count_of_2} not.").format(
            count_of=count_of(number, "person was", "people were"),
            count_of_2=count_of(refused, "was", "were"),
        ),
        tr("Weighed by the policy {label}.").format(label=decision.policy.label),
    )


def _reason(decision: Decision) -> str:
    if decision.reason:
        return tr("The reason given: {reason}").format(reason=decision.reason)
    return tr("No reason was given.") if decision.place > 1 else tr("The first of the list was chosen.")


def compared_words(replay: Replay, name: Namer, policy: Policy) -> tuple[str, ...]:
    """What is different today, by the policy of today, and whether the same day still gives the same list."""
    same = "yes." if replay.same else tr("no, because records have changed since.")
    said = [tr("The same day gives the same list: {same}").format(same=same)]
    said += [
        tr("Weighed differently now. {each}.").format(each=each)
        for each in change_words(replay.decision.policy, policy)
    ]
    own = [each for each in replay.changes if each.why != PASSED_BY]
    said += [change_sentence(each, name) for each in own[:MOST_CHANGES]]
    more, moved = len(own) - MOST_CHANGES, len(replay.changes) - len(own)
    said += (
        [
            tr("{count_of} elsewhere.").format(
                count_of=count_of(more, "more person stands", "more people stand")
            )
        ]
        if more > 0
        else []
    )
    said += (
        [
            tr("{count_of} moved up or down because of others.").format(
                count_of=count_of(moved, "person", "people")
            )
        ]
        if moved
        else []
    )
    said.append(
        tr("{count_of} as they did.").format(
            count_of=count_of(replay.unchanged, "person stands", "people stand")
        )
    )
    if replay.not_compared == 1:
        said.append(tr("1 person's record is not compared."))
    elif replay.not_compared:
        said.append(
            tr("{not_compared} people's records are not compared.").format(not_compared=replay.not_compared)
        )
    return tuple(said)


def change_sentence(change: Change, name: Namer) -> str:
    """One person then and now."""
    if change.kind is Kind.GONE:
        return tr("Somebody has left the register since.")
    who, why = name(change.supporter), _because(change.why)
    if change.kind is Kind.NEW:
        return tr("{who} is new and {now}{why}.").format(who=who, now=_now(change), why=why)
    if change.place_then is None:
        return tr("{who} was not suggested and {now}{why}.").format(
            who=who, now=_now(change, still=True), why=why
        )
    then = f"{ordinal(change.place_then)}{_score(change.score_then)}"
    return tr("{who} was {then} and {now}{why}.").format(who=who, then=then, now=_now(change), why=why)


def _now(change: Change, *, still: bool = False) -> str:
    if change.place_now is None:
        return tr("still is not") if still else tr("is not suggested today")
    return tr("is {ordinal} today{score}").format(
        ordinal=ordinal(change.place_now), score=_score(change.score_now)
    )


def _score(score: float | None) -> str:
    return "" if score is None else f" ({count_of(points(score), 'point')})"


def _because(why: tuple[str, ...]) -> str:
    return f": {', '.join(why)}" if why else ""
