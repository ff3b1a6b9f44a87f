"""The command that looks back: what was decided about an enquiry, and how it would look now."""

from peermatch.cli.main import Answer, Call
from peermatch.errors import BadInput
from peermatch.model.comparison import Change, Kind
from peermatch.model.dates import in_words
from peermatch.services.decisions import Replay


def decision(call: Call) -> Answer:
    """Each decision about an enquiry (or the one for a supporter) beside the answer of another day."""
    reference, supporter = call.arguments.reference, call.arguments.supporter
    services = call.services()
    found = [d for d in services.decisions.of(reference) if supporter in (None, d.supporter)]
    if supporter and not found:
        raise BadInput(f"There is no decision to ask {supporter} for {reference}.", "Check the id.")
    replays = [services.decisions.replay(each, call.on) for each in found]
    document = {"enquiry": reference, "on": call.on.isoformat(), "decisions": [_row(r) for r in replays]}
    lines = [line for replay in replays for line in _lines(replay)]
    return Answer(document, tuple(lines) or (f"Nobody has been asked for {reference} yet.",))


def _row(replay: Replay) -> dict[str, object]:
    kept = replay.decision
    return {
        "on": kept.on.isoformat(),
        "supporter": kept.supporter,
        "place": kept.place,
        "of": len(kept.suggested),
        "policy": kept.policy.label,
        "reason": kept.reason,
        "same": replay.same,
        "policy_changes": list(replay.policy),
        "changes": [_change_row(change) for change in replay.changes],
        "unchanged": replay.unchanged,
        "not_compared": replay.not_compared,
    }


def _change_row(change: Change) -> dict[str, object]:
    return {
        "supporter": change.supporter,
        "kind": change.kind.value,
        "then": {"place": change.place_then, "score": change.score_then},
        "now": {"place": change.place_now, "score": change.score_now},
        "why": list(change.why),
    }


def _lines(replay: Replay) -> tuple[str, ...]:
    kept = replay.decision
    bytes_words = (
        "the same answer, byte for byte" if replay.same else "another answer: something was changed since"
    )
    return (
        f"{kept.enquiry} on {in_words(kept.on)}: {kept.supporter} was asked, "
        f"place {kept.place} of {len(kept.suggested)} (policy {kept.policy.label})",
        *((f"  reason: {kept.reason}",) if kept.reason else ()),
        f"  for that day the network gives {bytes_words}",
        f"  then, and on {in_words(replay.on)}:",
        *(f"  policy changed: {each}" for each in replay.policy),
        *(f"    {_change_line(change)}" for change in replay.changes),
        f"    as they stood: {replay.unchanged}",
        *(f"    {line}" for line in _not_compared(replay.not_compared)),
    )


def _change_line(change: Change) -> str:
    if change.kind is Kind.GONE:
        return f"{change.supporter}  no longer held"
    why = f" ({', '.join(change.why)})" if change.why else ""
    now = _seat(change.place_now, change.score_now)
    if change.kind is Kind.NEW:
        return f"{change.supporter}  new: {now}{why}"
    return f"{change.supporter}  {_seat(change.place_then, change.score_then)} -> {now}{why}"


def _seat(place: int | None, score: float | None) -> str:
    return "not suggested" if place is None or score is None else f"place {place}, {100 * score:.1f}"


def _not_compared(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    whose = "1 person's record is" if count == 1 else f"{count} people's records are"
    return (f"{whose} not compared; places count among the others.",)
