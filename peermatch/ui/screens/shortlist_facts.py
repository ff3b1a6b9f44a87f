"""What stands on a suggestion's card and in the summary of the others: plain values made from the picture in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import CODE_WORDS, Alternative, Scarce
from peermatch.model.explanation import code_words as count_words
from peermatch.model.introduction import Introduction
from peermatch.model.organisations import distance_km
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Reason, Shortlist, Suggestion
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.screens.shortlist_reasons import LOAD, NEEDS, UNKNOWN, ReasonGroup, grouped, met
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, tr

ENDS_SOON = timedelta(days=30)
LONG_LABEL = 20
LONGEST_CALL = 18
BEST, LEAST, NEAREST = "best", "least", "nearest"
ALSO_WORDS = {code: words.reason for code, words in CODE_WORDS.items()}
"""What else refuses somebody, after the first reason."""
_MONTHS = (
    tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"),
    tr("July"), tr("August"), tr("September"), tr("October"), tr("November"), tr("December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReasonChip:
    """A few words of why, with more in the tooltip."""

    text: str
    kind: ChipKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """All that a suggestion's card says."""

    supporter: str
    score: int
    name: str
    first_name: str
    about: str
    load: str
    reasons: tuple[ReasonChip, ...]
    groups: tuple[ReasonGroup, ...]
    rare: bool = False
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rarity:
    """What somebody rare is almost alone with, and who else there is."""

    needs: tuple[Scarce, ...] = ()
    others: tuple[Alternative, ...] = ()


def face(
    snapshot: Snapshot, enquiry: Enquiry, suggestion: Suggestion, shortlist: Shortlist, rarity: Rarity
) -> Face:
    """One suggestion in words."""
    person, on, policy = snapshot.supporters[suggestion.supporter], shortlist.on, shortlist.policy
    return Face(
        supporter=person.id,
        score=round(suggestion.score * 100),
        name=person.shown_name,
        first_name=person.first_name,
        about=about(snapshot, person),
        load=load(person, snapshot.introductions_with(person.id), on),
        reasons=(
            *(_chip(r, enquiry, policy) for r in suggestion.reasons if _has_chip(r)),
            *_marks(snapshot, enquiry, person, on),
            *_rare(rarity.needs, snapshot.reference.vocabulary),
        ),
        groups=grouped(suggestion, enquiry, policy),
        rare=suggestion.rare,
        others=tuple(_other(each, snapshot) for each in rarity.others),
    )


def about(snapshot: Snapshot, person: Supporter) -> str:
    """Pronouns, grade and specialty, place."""
    lists = snapshot.reference
    grade = lists.grades.short(person.grade) if person.grade else ""
    field = lists.specialties.label(person.specialty) if person.specialty else ""
    town = person.place or (lists.organisations.town(person.organisation) if person.organisation else "")
    joint = ", " if grade[1:2].islower() else " "
    role = joint.join(part for part in (_lower(grade), _lower(field)) if part)
    return " · ".join(part for part in (person.pronouns, role, town) if part)


def _lower(label: str) -> str:
    """Within a sentence, but an abbreviation stays as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def brief(call: str) -> str:
    """A name as it fits on a button."""
    return call if len(call) <= LONGEST_CALL else f"{call[: LONGEST_CALL - 1].rstrip()}…"


def load(person: Supporter, introductions: Sequence[Introduction], on: date) -> str:
    """How much they have in hand, and when they last helped."""
    in_hand = sum(1 for i in introductions if i.in_hand)
    helped = max((i.introduced for i in introductions if i.introduced), default=None)
    said = tr("{in_hand} of {capacity} introductions in hand").format(
        in_hand=in_hand, capacity=person.capacity
    )
    return (
        tr("{said} · last helped in {month}").format(said=said, month=_month(helped, on)) if helped else said
    )


def _month(day: date, on: date) -> str:
    name = _MONTHS[day.month - 1]
    return name if (on - day).days < 330 else f"{name} {day.year}"


def _has_chip(reason: Reason) -> bool:
    """Of the needs only those that are shared or near; the load has a line of its own."""
    return reason.rule != LOAD and (reason.rule not in NEEDS or reason.points > 0)


def _chip(reason: Reason, enquiry: Enquiry, policy: Policy) -> ReasonChip:
    shared = reason.rule in NEEDS and met(reason, enquiry, policy)
    points = round(reason.points * 100)
    note = (
        f"{count_of(abs(points), 'point')} {('more' if points > 0 else 'less')}"
        if points
        else tr("No points")
    )
    if reason.rule == UNKNOWN:
        note = tr("This could not be checked. It gives no points and takes none.")
    return ReasonChip(reason.text.removeprefix("Shares "), "good" if shared else "mute", note)


def _marks(snapshot: Snapshot, enquiry: Enquiry, person: Supporter, on: date) -> tuple[ReasonChip, ...]:
    """What may be named to the trainee, and consent that ends soon."""
    gate, vocabulary = snapshot.gate(person, on), snapshot.reference.vocabulary
    topics = [
        c
        for c in dict.fromkeys(person.characteristics)
        if any(vocabulary.meets(c, need) for need in enquiry.wanted) and gate.allows(Purpose.MATCH, c)
    ]
    shared = [c for c in topics if gate.allows(Purpose.SHARE, c)]
    ends = [gate.ruling(Purpose.MATCH, c).record for c in topics]
    soon = [r.expires for r in ends if r and r.expires and r.expires <= on + ENDS_SOON]
    marks: list[ReasonChip] = []
    if shared:
        named = ", ".join(vocabulary.label(c) for c in shared)
        note = tr("Agreed that one trainee is told: {named}.").format(named=named)
        marks.append(
            ReasonChip(tr("may share: ") + ", ".join(_brief(vocabulary, c) for c in shared), "violet", note)
        )
    if soon:
        marks.append(
            ReasonChip(
                tr("consent ends {day_words}").format(day_words=day_words(min(soon), on)),
                "wait",
                tr("Ask them to renew it."),
            )
        )
    return tuple(marks)


def _rare(needs: tuple[Scarce, ...], vocabulary: Vocabulary) -> tuple[ReasonChip, ...]:
    """What they are almost alone with, in one chip."""
    if not needs:
        return ()
    fewest = min(each.able for each in needs)
    named = " or ".join(_brief(vocabulary, each.need) for each in needs if each.able == fewest)
    how = tr("the only one") if fewest == 1 else tr("one of two")
    note = tr("Ask them with care: a description of somebody so rare may tell who it is.")
    return (
        ReasonChip(tr("Rare: {how} who can help with {named}").format(how=how, named=named), "wait", note),
    )


def _other(each: Alternative, snapshot: Snapshot) -> tuple[str, str]:
    vocabulary = snapshot.reference.vocabulary
    left = " and ".join(vocabulary.label(need) for need in each.unmet)
    said = tr("would leave open: {left}.").format(left=left) if left else tr("meets everything as well.")
    return snapshot.supporters[each.supporter].shown_name, f", {ordinal(each.place)}, {said}"


def description_words(number: int) -> tuple[str, str]:
    """The warning where the letter to the trainee describes so few, and what to do."""
    return (
        tr("This description would fit only {count_of}.").format(
            count_of=count_of(number, "person", "people")
        ),
        tr(
            "The letter to the trainee names what both share, so they may guess who it is. "
            "Ask the supporter whether that is all right."
        ),
    )


def _brief(vocabulary: Vocabulary, id: str) -> str:
    """The initials where the name is long and they are in use (LTFT); other abbreviations tell a part, or too much."""
    term, label = vocabulary.terms.get(id), vocabulary.label(id)
    if term is None or len(label) <= LONG_LABEL:
        return label
    initials = "".join(word[0] for word in label.replace("-", " ").split()).upper()
    return next((each for each in term.abbreviations if initials.startswith(each)), label)


def in_order(snapshot: Snapshot, enquiry: Enquiry, shortlist: Shortlist, order: str) -> Sequence[Suggestion]:
    """The same people in another order; equal ones stay as matching put them."""
    if order == LEAST:
        return tuple(sorted(shortlist.suggested, key=lambda s: _busy(snapshot, s.supporter)))
    if order == NEAREST:
        return tuple(sorted(shortlist.suggested, key=lambda s: _distance(snapshot, enquiry, s.supporter)))
    return shortlist.suggested


def _busy(snapshot: Snapshot, id: str) -> tuple[float, int]:
    theirs = snapshot.introductions_with(id)
    in_hand = sum(1 for i in theirs if i.in_hand)
    return in_hand / max(snapshot.supporters[id].capacity, 1), len(theirs)


def _distance(snapshot: Snapshot, enquiry: Enquiry, id: str) -> float:
    """Kilometres; those whose place is not known come last."""
    places, person = snapshot.reference.organisations, snapshot.supporters[id]
    here = places.position(enquiry.organisation, enquiry.place)
    there = places.position(person.organisation, person.place)
    return distance_km(here, there) if here and there else float("inf")


def place_known(snapshot: Snapshot, enquiry: Enquiry) -> bool:
    """Whether anything can be said about who is near."""
    return snapshot.reference.organisations.position(enquiry.organisation, enquiry.place) is not None


def code_words(code: Code, enquiry: Enquiry, snapshot: Snapshot) -> str:
    """A reason in words, with what this enquiry asks for where it is short."""
    if code is Code.ESSENTIAL_NOT_SHARED:
        labels = [snapshot.reference.vocabulary.label(each) for each in enquiry.essential]
        return (
            tr("do not share {join}").format(join=" and ".join(labels))
            if 0 < len(labels) < 3
            else CODE_WORDS[code].many
        )
    if code is Code.EXCLUDED_BY_ENQUIRER and _only_organisations(enquiry):
        return tr("work at {name}").format(
            name=snapshot.reference.organisations.name(enquiry.exclusions.organisations[0])
        )
    return count_words(code, needs=bool(enquiry.needs)).many


def _only_organisations(enquiry: Enquiry) -> bool:
    away = enquiry.exclusions
    return len(away.organisations) == 1 and not (away.specialties or away.supporters or away.people)


def ordinal(place: int) -> str:
    """``1st``, ``2nd``, ``11th``."""
    if place % 100 in (11, 12, 13):
        return f"{place}th"
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th') }"
