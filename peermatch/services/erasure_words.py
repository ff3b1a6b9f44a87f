"""The sentences of an erasure: what goes, what stays and why, and who must be told."""

from peermatch.model.dates import in_words
from peermatch.model.introduction import Introduction
from peermatch.model.retention import PERIODS
from peermatch.model.rights import Case, CaseKind, Subject, SubjectKind
from peermatch.store.holdings import Holding
from peermatch.store.kept import Left
from peermatch.store.mentions import Where

_MENTIONED = {
    Where.NOTES: "The notes of {id} speak of this person. They stay: please read them and take it out by hand.",
    Where.LETTER: "The record of {id} speaks of this person. It belongs to who wrote it, and goes with that enquiry.",
    Where.KEEP_AWAY: "{id} asks to be kept away from this person. For safety that stays until that enquiry is erased.",
    Where.REQUEST: "The request {id} speaks of this person. It stays as proof of how it was answered.",
    Where.INCIDENT: "The incident {id} speaks of this person. It stays as proof of what was done.",
}

TAKEN_BACK = (
    "What the journal keeps of this record, which was added and taken back. It cannot be brought back then."
)


def gone_words(subject: Subject, held: Holding) -> tuple[str, ...]:
    """What goes."""
    lines = [_record(subject), *map(_stops, held.stops)]
    lines += _some(held.letters, "letter in the outbox", "letters in the outbox")
    lines += _some(held.asked_again, "letter that asked again", "letters that asked again")
    lines += _some(held.proofs, "file that proves consent", "files that prove consent")
    lines += _some(held.decisions, "record of a decision", "records of decisions")
    if subject.kind is SubjectKind.SUPPORTER:
        lines += _some(len(held.cards), "record of a card that left", "records of cards that left")
        lines.append("Every mention in other people's relations, watches, exclusions and decisions.")
    else:
        lines += ["The address on every record of a card that was sent to them."] if held.cards else []
        lines.append("Other people's relations that point to their address.")
    lines.append("What the journal kept for undo: steps that concern them cannot be undone any more.")
    lines.append("Half-typed work that was kept while the network was locked, of whomever it speaks.")
    return tuple(lines)


def _record(subject: Subject) -> str:
    if subject.kind is SubjectKind.SUPPORTER:
        return f"The record of {subject.id}: name, contact details, work, topics, limits and notes."
    return f"The letter of {subject.id}, who wrote it, how they can be reached, and what they asked for."


def _stops(step: Introduction) -> str:
    return f"The introduction of {step.enquiry} and {step.supporter} stops: it is {step.state.value} now."


def kept_words(subject: Subject, held: Holding) -> tuple[str, ...]:
    """What stays, and why."""
    lines = [f"The journal says that {subject.id} was there, what was done and when. It holds no name."]
    if held.consents:
        lines.append(
            f"Proof of consent, under the id and without a name, for {_years(PERIODS.consent_years)} after it ended."
        )
    if held.steps:
        lines.append(
            "The log of introductions, ids and days alone, for "
            f"{_years(PERIODS.introductions_years)} after the last step."
        )
    lines += _barred(subject, held.barred)
    lines += [_MENTIONED[each.where].format(id=each.id) for each in held.mentions]
    lines += [_same(each) for each in held.same_address]
    if subject.kind is SubjectKind.ENQUIRER:
        lines.append(
            "A count for statistics: month, group of topics, part of the region, outcome. It names nobody."
        )
    lines.append(
        "Files that were saved outside the network (cards, exports, copies of backups) are out of its reach."
    )
    lines.append("An old backup is deleted when the first backup after its last day is made.")
    return tuple(lines)


def _barred(subject: Subject, pairs: int) -> list[str]:
    """Pairs that must never meet protect somebody, so they stay with what is needed for that."""
    if not pairs:
        return []
    what = "id" if subject.kind is SubjectKind.SUPPORTER else "address"
    return [f"Their {what} on the list of people who must never meet, for that list protects somebody."]


def _same(id: str) -> str:
    return (
        f"{id} has the same address, so it may be the same person. That record stays until you erase it too."
    )


def told_words(subject: Subject, held: Holding) -> tuple[str, ...]:
    """Who must be told, for they were given the person's data (UK GDPR article 19)."""
    if subject.kind is SubjectKind.SUPPORTER:
        written = {(card.enquiry, card.supporter) for card in held.cards}
        return (
            *(
                f"{card.enquiry}, {card.recipient}: a contact card was sent on {in_words(card.day)}."
                for card in held.cards
            ),
            *(
                f"{step.enquiry}: they were introduced on {in_words(step.introduced)}."
                for step in held.steps
                if step.introduced is not None and (step.enquiry, step.supporter) not in written
            ),
        )
    return tuple(
        f"{step.supporter} was introduced to them on {in_words(step.introduced)}: what they keep must go too."
        for step in held.steps
        if step.introduced is not None
    )


def case_words(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What goes of a case, and what stays."""
    if case.kind is CaseKind.LETTER:
        return ("The letter, and the address on it.",), ()
    what = "request or complaint" if case.kind is CaseKind.REQUEST else "incident"
    return (
        (f"What {case.id} says, what was answered or done, and whom it names.",),
        (
            f"That there was such a {what}, with its days: a count that names nobody.",
            f"The journal says that {case.id} was there, what was done and when. It holds no name.",
        ),
    )


def letters_words(count: int) -> str:
    """That letters lie ready for those who were given the data."""
    if not count:
        return ""
    return "A letter is ready to send." if count == 1 else f"{count} letters are ready to send."


def left_over_words(left: Left) -> tuple[str, ...]:
    """What goes of somebody who was erased before."""
    logs = len(left.kept_introductions) + len(left.introductions)
    return (
        *_some(len(left.consents), "record that proves consent", "records that prove consent"),
        *_some(logs, "line of the log of introductions", "lines of the log of introductions"),
    )


def _some(count: int, one: str, many: str) -> list[str]:
    return [f"{count} {one if count == 1 else many}."] if count else []


def _years(count: int) -> str:
    return {2: "two years", 6: "six years"}.get(count, f"{count} years")
