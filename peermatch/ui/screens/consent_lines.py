"""What a supporter has agreed to, as rows and sentences: plain values made from the consent gate."""

from dataclasses import dataclass
from datetime import date, timedelta

from peermatch.model.card import Described, Role, SharedTopic, Workplace, build_card
from peermatch.model.consent import ConsentGate, ConsentRecord, Method, Purpose, Ruling, Standing
from peermatch.model.people import Supporter
from peermatch.model.text import lower
from peermatch.services.consent import Consequences
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.services.snapshot import Snapshot
from peermatch.ui.widgets.chip import ChipKind
from peermatch.ui.widgets.table import Cell
from peermatch.words import short, tr

PER_TOPIC = (Purpose.MATCH, Purpose.SHARE, Purpose.LIST)
WHOLE = (
    Purpose.HOLD,
    Purpose.CONTACT_EMAIL,
    Purpose.CONTACT_PHONE,
    Purpose.CONTACT_NAME,
    Purpose.CONTACT_ROLE,
    Purpose.CONTACT_ORGANISATION,
)
METHOD_WORDS = {
    Method.FORM: tr("on a form"),
    Method.EMAIL: tr("by e-mail"),
    Method.SPOKEN: tr("in person or by phone"),
    Method.PAPER: tr("on paper"),
}
ENDS_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One lived experience and how each purpose stands for it."""

    characteristic: str
    label: str
    group: str
    rulings: tuple[Ruling, ...]
    given: str
    until: str
    kind: ChipKind
    action: str

    def cells(self) -> tuple[Cell, ...]:
        """The row of the table."""
        answers = tuple(
            Cell("yes", kind="yes") if _said_yes(ruling) else Cell("no", kind="no") for ruling in self.rulings
        )
        return (
            Cell(self.label, self.group, "strong"),
            *answers,
            Cell(self.given, kind="small"),
            Cell(self.until, kind="chip", chip=self.kind),
            Cell(self.action, kind="button"),
        )


@dataclass(frozen=True, slots=True)
class WholeLine:
    """One purpose that concerns the whole record."""

    purpose: Purpose
    label: str
    ruling: Ruling
    given: str
    until: str
    kind: ChipKind
    action: str

    def cells(self) -> tuple[Cell, ...]:
        """The row of the table."""
        answer = Cell("yes", kind="yes") if _said_yes(self.ruling) else Cell("no", kind="no")
        return (
            Cell(self.label, kind="strong"),
            answer,
            Cell(self.given, kind="small"),
            Cell(self.until, kind="chip", chip=self.kind),
            Cell(self.action, kind="button"),
        )


def topic_lines(snapshot: Snapshot, person: Supporter, on: date) -> tuple[TopicLine, ...]:
    """The table of lived experience, in the order of the record."""
    gate, vocabulary = snapshot.gate(person, on), snapshot.reference.vocabulary
    lines = []
    for topic in dict.fromkeys(person.characteristics):
        rulings = tuple(gate.ruling(purpose, topic) for purpose in PER_TOPIC)
        given, until, kind, action = _standing(rulings, on)
        group = vocabulary.label(vocabulary.group_of(topic))
        lines.append(TopicLine(topic, vocabulary.label(topic), group, rulings, given, until, kind, action))
    return tuple(lines)


def whole_lines(snapshot: Snapshot, person: Supporter, on: date) -> tuple[WholeLine, ...]:
    """The table of what concerns the whole record."""
    gate = snapshot.gate(person, on)
    lines = []
    for purpose in WHOLE:
        ruling = gate.ruling(purpose)
        given, until, kind, action = _standing((ruling,), on)
        label = PURPOSE_WORDS[purpose]
        lines.append(WholeLine(purpose, label[:1].upper() + label[1:], ruling, given, until, kind, action))
    return tuple(lines)


def _said_yes(ruling: Ruling) -> bool:
    """A yes that was given and not taken back; whether it has ended stands beside it."""
    return ruling.standing in (Standing.VALID, Standing.ENDED)


def _standing(rulings: tuple[Ruling, ...], on: date) -> tuple[str, str, ChipKind, str]:
    """When it was given, until when it holds, and what to do: the ruling that ends first tells."""
    yes = [r.record for r in rulings if _said_yes(r) and r.record is not None]
    if not yes:
        noes = [r.record for r in rulings if r.record and r.record.withdrawn]
        if noes:
            last = max(noes, key=_taken_back)
            how = tr("said no {short}") if last.refused else tr("withdrawn {short}")
            said = how.format(short=short(_taken_back(last)))
            return tr("not given"), said, "mute", tr("Ask first")
        return tr("not given"), tr("ask first"), "mute", tr("Ask first")
    record = min(yes, key=_end)
    if record.expires is None:
        return short(record.given), tr("no end"), "good", tr("Change")
    if record.expires <= on:
        return (
            short(record.given),
            tr("ended {short}").format(short=short(record.expires)),
            "risk",
            tr("Renew"),
        )
    soon = record.expires <= on + ENDS_SOON
    return (
        short(record.given),
        short(record.expires),
        "wait" if soon else "good",
        tr("Renew") if soon else tr("Change"),
    )


def _end(record: ConsentRecord) -> date:
    return record.expires or date.max


def _taken_back(record: ConsentRecord) -> date:
    return record.withdrawn or date.min


@dataclass(frozen=True, slots=True)
class Received:
    """What a trainee would receive, as runs of words (True stands out), and what is held back."""

    runs: tuple[tuple[str, bool], ...]
    held_back: str


def received(snapshot: Snapshot, person: Supporter, on: date) -> Received:
    """The summary of a card that names every shared topic: built by the gate that builds real cards."""
    gate = snapshot.gate(person, on)
    lists = snapshot.reference
    described = Described(
        role=Role(
            lists.grades.label(person.grade) if person.grade else None,
            lists.specialties.label(person.specialty) if person.specialty else None,
            lists.organisations.county(person.organisation) if person.organisation else None,
        ),
        workplace=Workplace(
            lists.organisations.name(person.organisation) if person.organisation else None, person.place
        ),
        topics=tuple(
            SharedTopic(c, lists.vocabulary.label(c)) for c in dict.fromkeys(person.characteristics)
        ),
    )
    card = build_card(person, described, gate)
    if card is None:
        return Received(((tr("Nothing: there is no way to reach them that they agreed to."), False),), "")
    role = card.role.value if card.role else None
    job = " in ".join(lower(part) for part in (role.grade, role.specialty) if part) if role else ""
    does = ", ".join(part for part in (job, role.county if role else "") if part)
    place = card.workplace.value if card.workplace else None
    works = " in ".join(part for part in (place.organisation, place.town) if part) if place else ""
    runs: list[tuple[str, bool]] = [(card.full_name, True)]
    runs += [(f" ({card.pronouns.value})", False)] if card.pronouns else []
    runs += [(f", {does}", False)] if does else []
    runs += [(tr(", at {works}").format(works=works), False)] if works else []
    topics = [lists.vocabulary.phrase(topic.value.characteristic) for topic in card.topics]
    runs += [(tr(". Knows from their own life about "), False), *_listed(topics)] if topics else []
    named = {topic.value.characteristic for topic in card.topics}
    ways = [word for word, way in (("e-mail", card.email), ("phone", card.phone)) if way]
    runs += [(tr(". Can be reached by "), False), *_listed(ways), (".", False)]
    return Received(tuple(runs), _held_back(person, gate, snapshot, named))


def _listed(words: list[str]) -> list[tuple[str, bool]]:
    """``a, b and c`` with the words standing out; ``a; b and c; and d`` where one of them is several itself."""
    long = any(", " in word or " and " in word for word in words)
    comma, last = ("; ", tr("; and ")) if long else (", ", tr(" and "))
    runs: list[tuple[str, bool]] = []
    for number, word in enumerate(words):
        between = "" if number == 0 else last if number == len(words) - 1 else comma
        runs += [(between, False)] * bool(between) + [(word, True)]
    return runs


def _held_back(person: Supporter, gate: ConsentGate, snapshot: Snapshot, named: set[str]) -> str:
    plain = (
        ("surname", Purpose.CONTACT_NAME, True),
        ("phone", Purpose.CONTACT_PHONE, bool(person.phone)),
        ("e-mail", Purpose.CONTACT_EMAIL, bool(person.email)),
        (tr("grade and specialty"), Purpose.CONTACT_ROLE, bool(person.grade or person.specialty)),
        ("organisation", Purpose.CONTACT_ORGANISATION, bool(person.organisation)),
    )
    kept = [words for words, purpose, has in plain if has and not gate.allows(purpose)]
    for topic in dict.fromkeys(person.characteristics):
        if topic not in named:
            phrase, ruling = snapshot.reference.vocabulary.phrase(topic), gate.ruling(Purpose.MATCH, topic)
            kept.append(f"{phrase} ({_why_held(ruling)})")
    return tr("Held back: {join}.").format(join=", ".join(kept)) if kept else tr("Nothing is held back.")


def _why_held(ruling: Ruling) -> str:
    return {
        Standing.VALID: tr("matching only"),
        Standing.ENDED: tr("consent ended"),
        Standing.WITHDRAWN: "withdrawn",
        Standing.NEVER: tr("never given"),
    }[ruling.standing]


def history_lines(snapshot: Snapshot, person: Supporter) -> tuple[tuple[str, str], ...]:
    """Every act of consent, newest first: what, and how it was recorded."""
    vocabulary = snapshot.reference.vocabulary
    newest = sorted(enumerate(person.consents), key=lambda pair: (pair[1].given, pair[0]), reverse=True)
    lines = []
    for _, record in newest:
        what = PURPOSE_WORDS[record.purpose]
        topic = f"{vocabulary.label(record.characteristic)}: " if record.characteristic else ""
        end = tr(", until {short}").format(short=short(record.expires)) if record.expires else tr(", no end")
        back = tr(", withdrawn {short}").format(short=short(record.withdrawn)) if record.withdrawn else end
        how = tr("{method_words}, wording {wording}").format(
            method_words=METHOD_WORDS[record.method], wording=record.wording
        )
        who = (
            tr(", recorded by {recorded_by}").format(recorded_by=record.recorded_by)
            if record.recorded_by
            else ""
        )
        proof = tr(", evidence: {evidence}").format(evidence=record.evidence) if record.evidence else ""
        act = tr("said no {short}") if record.refused else tr("given {short}{back}")
        said = act.format(short=short(record.given), back=back)
        lines.append((f"{topic}{what}", f"{said} · {how}{who}{proof}"))
    return tuple(lines)


def consequence_words(found: Consequences) -> tuple[str, ...]:
    """What would follow, for a person, before they confirm."""
    stops = ", ".join(each.enquiry for each in found.stopped)
    holds = ", ".join(each.enquiry for each in found.sent)
    return (
        tr("All consent ends today, and they are no longer found by anybody."),
        tr("These introductions stop: {stops}.").format(stops=stops)
        if stops
        else tr("No introduction has to stop."),
        tr("These enquirers already hold a card and should be told: {holds}.").format(holds=holds)
        if holds
        else tr("Nobody holds a card of theirs."),
    )
