"""How a supporter reads in lists and at the top of their record: role, state, load, boundaries."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.dates import twelve_months_before
from peermatch.model.introduction import Introduction, State
from peermatch.model.languages import language_name
from peermatch.model.people import Channel, Supporter, SupporterStatus
from peermatch.model.reference import Reference
from peermatch.model.text import lower
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, tr

CHANNELS = {Channel.EMAIL: "e-mail", Channel.PHONE: "phone"}
WITHOUT_LOAD: dict[SupporterStatus, str] = {
    SupporterStatus.LEFT: "left",
    SupporterStatus.APPLIED: "applied",
    SupporterStatus.CHECKED: "checked",
}
NOT_HELD: dict[Standing, str] = {
    Standing.NEVER: tr("consent missing"),
    Standing.ENDED: tr("consent ended"),
    Standing.WITHDRAWN: tr("consent withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody can be matched on a day, in a few words."""

    text: str
    kind: ChipKind
    matchable: bool = False


def presence(snapshot: Snapshot, person: Supporter, on: date) -> Presence:
    """The first thing that keeps them from being matched, else how much they have in hand."""
    if person.status in WITHOUT_LOAD:
        return Presence(WITHOUT_LOAD[person.status], "mute")
    gate = snapshot.gate(person, on)
    held = gate.ruling(Purpose.HOLD).standing
    if held in NOT_HELD:
        return Presence(NOT_HELD[held], "risk")
    return (
        _away(person, on)
        or _unmatched(person, gate)
        or _load(snapshot.introductions_with(person.id), person, reachable=_reachable(person, gate))
    )


def _away(person: Supporter, on: date) -> Presence | None:
    if person.paused_until is not None and on < person.paused_until:
        return Presence(
            tr("paused to {day_words}").format(day_words=day_words(person.paused_until, on)), "wait"
        )
    if person.available_from is not None and on < person.available_from:
        return Presence(tr("from {day_words}").format(day_words=day_words(person.available_from, on)), "wait")
    if person.available_until is not None and on > person.available_until:
        return Presence(
            tr("away since {day_words}").format(day_words=day_words(person.available_until, on)), "wait"
        )
    return None


def _unmatched(person: Supporter, gate: ConsentGate) -> Presence | None:
    """Nothing that they may be found by: consent has ended for all of it, or was never given."""
    standings = {gate.ruling(Purpose.MATCH, c).standing for c in person.characteristics}
    if Standing.VALID in standings:
        return None
    if Standing.ENDED in standings:
        return Presence(tr("consent ended"), "risk")
    if Standing.NEVER in standings:
        return Presence(tr("ask for consent"), "risk")
    # They took it back and are not to be pressed.
    return Presence(tr("consent withdrawn"), "mute") if standings else Presence(tr("no topics yet"), "mute")


def _reachable(person: Supporter, gate: ConsentGate) -> bool:
    """Whether a card could be made of them: a way of contact that they gave and agreed to."""
    ways = ((Purpose.CONTACT_EMAIL, person.email), (Purpose.CONTACT_PHONE, person.phone))
    return any(text and gate.ruling(purpose).standing is Standing.VALID for purpose, text in ways)


def _load(introductions: tuple[Introduction, ...], person: Supporter, *, reachable: bool) -> Presence:
    in_hand = sum(1 for each in introductions if each.in_hand)
    room = in_hand < person.capacity
    if any(each.state is State.ASKED for each in introductions):
        return Presence("asked", "violet", room)
    if in_hand == 0 and room:
        return Presence("free", "good", True) if reachable else Presence(tr("no way to reach"), "risk", True)
    return Presence(
        tr("{in_hand} of {capacity}").format(in_hand=in_hand, capacity=person.capacity)
        if person.capacity
        else tr("no room"),
        "mute",
        room,
    )


def role(reference: Reference, person: Supporter) -> str:
    """``ST6 anaesthetics``."""
    grade = reference.grades.short(person.grade) if person.grade else ""
    field = reference.specialties.label(person.specialty) if person.specialty else ""
    if field.casefold() in grade.casefold():
        return grade
    return " ".join(part for part in (grade, lower(field)) if part)


def where(reference: Reference, person: Supporter) -> str:
    """The town, stated or of the organisation."""
    town = reference.organisations.town(person.organisation) if person.organisation else ""
    return person.place or town or ""


def about(reference: Reference, person: Supporter) -> str:
    """The quiet line in the list: ``ST6 anaesthetics · Preston``."""
    return " · ".join(part for part in (role(reference, person), where(reference, person)) if part)


def about_at_length(reference: Reference, person: Supporter, on: date) -> str:
    """The line below the name of a record: role, workplace, until when, which way to reach them."""
    work = reference.organisations.name(person.organisation) if person.organisation else ""
    work = work or where(reference, person)
    if work and person.available_until is not None:
        work = tr("{work} until {day_words}").format(
            work=work, day_words=day_words(person.available_until, on)
        )
    way = (
        tr("{channels} first").format(channels=CHANNELS[person.prefers]) if person.prefers is not None else ""
    )
    spoken = [language_name(code) for code in person.languages if code != "en"]
    languages = tr("also speaks {join}").format(join=", ".join(spoken)) if spoken else ""
    return " · ".join(part for part in (role(reference, person), work, way, languages) if part)


@dataclass(frozen=True, slots=True)
class Facts:
    """The four tiles above a record."""

    in_hand: str
    helped: str
    last_asked: str
    boundaries: str


def facts(snapshot: Snapshot, person: Supporter, on: date) -> Facts:
    """What the tiles say on a day."""
    theirs = snapshot.introductions_with(person.id)
    since = twelve_months_before(on)
    helped = sum(1 for each in theirs if each.introduced is not None and since < each.introduced <= on)
    asked = max((each.asked for each in theirs if each.asked <= on), default=None)
    return Facts(
        in_hand=tr("{sum} of {capacity}").format(
            sum=sum(1 for each in theirs if each.in_hand), capacity=person.capacity
        ),
        helped=count_of(helped, "person", "people") if helped else tr("nobody yet"),
        last_asked=day_words(asked, on) if asked is not None else "never",
        boundaries=boundaries(snapshot.reference, person),
    )


def boundaries(reference: Reference, person: Supporter) -> str:
    """Whom and what they would rather not be asked about, in one line."""
    limits = person.boundaries
    said = [] if limits.same_organisation else [tr("not own trust")]
    said += [] if limits.same_specialty else [tr("not own specialty")]
    said += [
        tr("not {name}").format(name=reference.organisations.name(each)) for each in limits.organisations
    ]
    said += [
        tr("not {lower}").format(lower=lower(reference.specialties.label(each)))
        for each in limits.specialties
    ]
    said += [
        tr("not about {lower}").format(lower=reference.vocabulary.phrase(each)) for each in limits.topics
    ]
    return ", ".join(said) or "none"
