"""The sentences of an erasure: what goes, what stays and why, and who must be told."""

from peermatch.model.introduction import Introduction
from peermatch.model.retention import PERIODS
from peermatch.model.rights import Case, CaseKind, Subject, SubjectKind
from peermatch.store.holdings import Holding
from peermatch.store.kept import Left
from peermatch.store.mentions import Where
from peermatch.words import in_words, tr

_MENTIONED = {
    Where.NOTES: tr(
        "The notes of {id} speak of this person. They stay: please read them and take it out by hand."
    ),
    Where.LETTER: tr(
        "The record of {id} speaks of this person. It belongs to who wrote it, and goes with that enquiry."
    ),
    Where.KEEP_AWAY: tr(
        "{id} asks to be kept away from this person. For safety that stays until that enquiry is erased."
    ),
    Where.MAIL: tr(
        "The later letter {id} speaks of this person. It belongs to who wrote it, and goes in its own time."
    ),
    Where.REQUEST: tr("The request {id} speaks of this person. It stays as proof of how it was answered."),
    Where.SIGNPOST: tr(
        "The signpost {id} speaks of this person. It stays: please put its words right by hand."
    ),
    Where.INCIDENT: tr("The incident {id} speaks of this person. It stays as proof of what was done."),
}

TAKEN_BACK = tr(
    "What the journal keeps of this record, which was added and taken back. It cannot be brought back then."
)


def gone_words(subject: Subject, held: Holding) -> tuple[str, ...]:
    """What goes."""
    lines = [_record(subject), *map(_stops, held.stops)]
    lines += _some(held.letters, tr("letter in the outbox"), tr("letters in the outbox"))
    lines += _some(held.asked_again, tr("letter that asked again"), tr("letters that asked again"))
    lines += _some(held.mails, tr("later letter"), tr("later letters"))
    lines += _some(held.proofs, tr("file that proves consent"), tr("files that prove consent"))
    lines += _some(held.decisions, tr("record of a decision"), tr("records of decisions"))
    lines += _some(
        held.worded,
        tr("version of a letter in your own words that names them: the letter is then what it was before"),
        tr(
            "versions of letters in your own words that name them: the letters are then what they were before"
        ),
    )
    if subject.kind is SubjectKind.SUPPORTER:
        lines += _some(len(held.cards), tr("record of a card that left"), tr("records of cards that left"))
        lines.append(tr("Every mention in other people's relations, watches, exclusions and decisions."))
    else:
        lines += [tr("The address on every record of a card that was sent to them.")] if held.cards else []
        lines.append(tr("Other people's relations that point to their address."))
    lines.append(tr("What the journal kept for undo: steps that concern them cannot be undone any more."))
    lines.append(tr("Half-typed work that was kept while the network was locked, of whomever it speaks."))
    return tuple(lines)


def _record(subject: Subject) -> str:
    if subject.kind is SubjectKind.SUPPORTER:
        return tr("The record of {id}: name, contact details, work, topics, limits and notes.").format(
            id=subject.id
        )
    return tr("The letter of {id}, who wrote it, how they can be reached, and what they asked for.").format(
        id=subject.id
    )


def _stops(step: Introduction) -> str:
    return tr("The introduction of {enquiry} and {supporter} stops: it is {value} now.").format(
        enquiry=step.enquiry, supporter=step.supporter, value=step.state.value
    )


def kept_words(subject: Subject, held: Holding) -> tuple[str, ...]:
    """What stays, and why."""
    lines = [
        tr("The journal says that {id} was there, what was done and when. It holds no name.").format(
            id=subject.id
        )
    ]
    if held.consents:
        lines.append(
            tr(
                "Proof of consent, under the reference and without a name, for {years} after it ended."
            ).format(years=_years(PERIODS.consent_years))
        )
    if held.steps:
        lines.append(
            tr(
                "The log of introductions, references and days alone, for {years} after the last step."
            ).format(years=_years(PERIODS.introductions_years))
        )
    lines += _barred(subject, held.barred)
    lines += [_MENTIONED[each.where].format(id=each.id) for each in held.mentions]
    lines += [_same(each) for each in held.same_address]
    if subject.kind is SubjectKind.ENQUIRER:
        lines.append(
            tr(
                "A count for statistics: month, group of topics, part of the region, outcome. It names nobody."
            )
        )
    lines.append(
        tr(
            "Files that were saved outside the network (cards, exports, copies of backups) are out of its reach."
        )
    )
    lines.append(tr("An old backup is deleted when the first backup after its last day is made."))
    return tuple(lines)


def _barred(subject: Subject, pairs: int) -> list[str]:
    """Pairs that must never meet protect somebody, so they stay with what is needed for that."""
    if not pairs:
        return []
    what = tr("id") if subject.kind is SubjectKind.SUPPORTER else tr("address")
    return [
        tr("Their {what} on the list of people who must never meet, for that list protects somebody.").format(
            what=what
        )
    ]


def _same(id: str) -> str:
    return tr(
        "{id} has the same address, so it may be the same person. That record stays until you erase it too."
    ).format(id=id)


def told_words(subject: Subject, held: Holding, told: frozenset[str]) -> tuple[str, ...]:
    """Who must be told, for they were given the data (UK GDPR article 19); for ``told`` enquiries they were."""
    if subject.kind is SubjectKind.SUPPORTER:
        written = {(card.enquiry, card.supporter) for card in held.cards}
        return (
            *(
                tr("The directory page at {place} names them: replace it.").format(place=place)
                if place
                else tr("A directory page names them: replace it wherever it stands.")
                for place in held.pages
            ),
            *(
                tr("{enquiry}, {recipient}: a contact card was sent on {in_words}.").format(
                    enquiry=card.enquiry, recipient=card.recipient, in_words=in_words(card.day)
                )
                for card in held.cards
                if card.enquiry not in told
            ),
            *(
                tr("{enquiry}: they were introduced on {in_words}.").format(
                    enquiry=step.enquiry, in_words=in_words(step.introduced)
                )
                for step in held.steps
                if step.introduced is not None
                and (step.enquiry, step.supporter) not in written
                and step.enquiry not in told
            ),
        )
    return tuple(
        tr("{supporter} was introduced to them on {in_words}: what they keep must go too.").format(
            supporter=step.supporter, in_words=in_words(step.introduced)
        )
        for step in held.steps
        if step.introduced is not None
    )


def case_words(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What goes of a case, and what stays."""
    if case.kind is CaseKind.LETTER:
        return (tr("The letter, and the address on it."),), ()
    if case.kind is CaseKind.MAIL:
        return (
            (tr("The letter, who wrote it, and the files that came with it."),),
            (tr("The journal says that {id} came and went, and when. It holds no name.").format(id=case.id),),
        )
    what = tr("request or complaint") if case.kind is CaseKind.REQUEST else tr("incident")
    return (
        (tr("What {id} says, what was answered or done, and whom it names.").format(id=case.id),),
        (
            tr("That there was such a {what}, with its days: a count that names nobody.").format(what=what),
            tr("The journal says that {id} was there, what was done and when. It holds no name.").format(
                id=case.id
            ),
        ),
    )


def letters_words(count: int) -> str:
    """That letters lie ready for those who were given the data."""
    if not count:
        return ""
    return (
        tr("A letter is ready to send.")
        if count == 1
        else tr("{count} letters are ready to send.").format(count=count)
    )


def left_over_words(left: Left) -> tuple[str, ...]:
    """What goes of somebody who was erased before."""
    logs = len(left.kept_introductions) + len(left.introductions)
    return (
        *_some(len(left.consents), tr("record that proves consent"), tr("records that prove consent")),
        *_some(logs, tr("line of the log of introductions"), tr("lines of the log of introductions")),
    )


def _some(count: int, one: str, many: str) -> list[str]:
    return [f"{count} {one if count == 1 else many}."] if count else []


def _years(count: int) -> str:
    return {2: tr("two years"), 6: tr("six years")}.get(count, tr("{count} years").format(count=count))
