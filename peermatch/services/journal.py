"""The journal as people read it: what happened, by whom, what it changed, and whether it can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.consent import Purpose
from peermatch.model.holders import Holder, KeyKind
from peermatch.model.people import Supporter
from peermatch.services import reversal
from peermatch.services.desk import Desk
from peermatch.services.journal_fields import Changes, Teller, anything
from peermatch.services.journal_words import Kind, actions_of, happening, sentence
from peermatch.services.tries import Failures
from peermatch.store import holders, journal, undo
from peermatch.store.journal import Entry, Sought
from peermatch.store.transaction import Transaction
from peermatch.words import tr

PAGE = 100
"""Lines that are shown at once."""
RECOVERY = tr("The recovery key")
UNDO = undo.UNDO
_YEARS = range(1971, 9999)
"""Those that every computer's clock can be asked about."""
_NEVER = datetime(1971, 1, 1, tzinfo=UTC)
GONE = tr("A key that was taken away")


@dataclass(frozen=True, slots=True)
class Told:
    """One line in words. ``at`` is in the time of this computer; ``taken_back`` says that it does not stand now."""

    seq: int
    at: datetime
    who: str
    words: str
    action: str
    kind: Kind
    records: tuple[str, ...]
    taken_back: bool = False

    @property
    def utc(self) -> datetime:
        """When, as the file keeps it."""
        return self.at.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked for: about a record, by a person at the keys, of a kind, of a day; all if none is said."""

    record: str = ""
    person: str = ""
    kind: Kind | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, and whether older ones of the same sort follow."""

    lines: tuple[Told, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class WayBack:
    """Whether a line can be undone or done again now; ``seq`` is the line that is taken back for it, None if not."""

    again: bool
    seq: int | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """All about one line that may be shown without asking for more."""

    told: Told
    back: WayBack
    changed: bool = True
    """Whether it changed any record: many a line says only that somebody looked, opened or saved."""


class Journal:
    """Reads the journal; it takes lines back and does them again, each as a step of its own."""

    def __init__(self, desk: Desk, failures: Failures | None = None) -> None:
        self._desk, self._failures = desk, failures

    def page(self, wanted: Wanted = Wanted(), below: int | None = None, most: int = PAGE) -> Page:
        """The newest lines of those that are wanted, or those before a line."""
        names = self._names()
        with self._desk.store.read() as tx:
            slots = frozenset(s for s in journal.slots(tx) if names.get(s, GONE) == wanted.person)
            if wanted.person and not slots:
                return Page((), False)
            since, until = _whole_day(wanted.day)
            sought = Sought(
                wanted.record.strip(),
                slots if wanted.person else frozenset(),
                actions_of(wanted.kind) if wanted.kind else frozenset(),
                since,
                until,
            )
            found = journal.page(tx, sought, most + 1, below)
            answers = journal.answers(tx)
            told = tuple(_told(entry, tx, names, answers) for entry in found[:most])
        return Page(told, len(found) > most)

    def people(self) -> tuple[str, ...]:
        """Everybody who wrote a line, in the order in which they first did."""
        names = self._names()
        with self._desk.store.read() as tx:
            slots = journal.slots(tx)
        return tuple(dict.fromkeys(names.get(slot, GONE) for slot in slots))

    def details(self, seq: int) -> Details:
        """One line, and whether it can be taken back."""
        names = self._names()
        with self._desk.store.read() as tx:
            answers = journal.answers(tx)
            told = _told(undo.line(tx, seq), tx, names, answers)
            tip = undo.line(tx, _tip(seq, answers))
            changed = anything(journal.images_of(tx, seq))
        return Details(told, self._way_back(tip), changed)

    def changes(self, seq: int) -> Changes:
        """What a line changed, with names and all: for somebody who asked to see it."""
        with self._desk.store.read() as tx:
            images = journal.images_of(tx, seq)
        held = self._desk.snapshot.supporters
        concerned = (id for id in reversal.touched_by(images).supporters if id in held)
        shown = {id: self._shown(held[id]) for id in concerned}
        return Teller(self._desk.snapshot.reference.vocabulary, shown).tell(images)

    def take_back(self, seq: int) -> Done:
        """Undo a line, or do it again where it was undone; refused in one sentence where that cannot be."""
        with self._desk.store.read() as tx:
            tip = _tip(seq, journal.answers(tx))
        return reversal.take_back(self._desk, tip)

    def failures(self) -> Failures | None:
        """What failed before the network was opened this time: told once."""
        failures, self._failures = self._failures, None
        return failures

    def _way_back(self, tip: Entry) -> WayBack:
        again = undo.action_for(tip) == undo.REDO
        try:
            self._desk.store.seal.refuse()
        except PeerMatchError as sealed:
            return WayBack(again, None, sealed.what)
        refused = reversal.why_not(self._desk, tip)
        return WayBack(again, None, refused.what) if refused else WayBack(again, tip.seq)

    def _shown(self, person: Supporter) -> frozenset[str]:
        """The topics to which somebody says yes today; no other may be read off a screen."""
        gate = self._desk.snapshot.gate(person, self._desk.today)
        topics = {each.characteristic for each in person.consents if each.characteristic}
        return frozenset(
            topic for topic in topics.union(person.characteristics) if gate.allows(Purpose.MATCH, topic)
        )

    def _names(self) -> dict[str, str]:
        """Who wrote by which slot; a computer writes for the person whose it is."""
        with self._desk.store.read() as tx:
            known = holders.every(tx)
        names = {slot: _name(holder, known) for slot, holder in known.items()}
        every_key = self._desk.store.keys()
        for key in every_key:
            own = RECOVERY if key.kind is KeyKind.PAPER else tr("The {label}").format(label=key.label)
            names.setdefault(key.id, own)
        return names


def _name(holder: Holder, known: Mapping[str, Holder]) -> str:
    owner = known.get(holder.owner or "")
    return owner.name if owner else holder.name


def _told(entry: Entry, tx: Transaction, names: Mapping[str, str], answers: Mapping[int, int]) -> Told:
    kind = happening(entry.action).kind
    words = _words(entry, tx, names)
    who = names.get(entry.slot, GONE)
    records = tuple(dict.fromkeys(entry.object.split())) if kind is not Kind.OPENING else ()
    back = _answered(entry.seq, answers)
    return Told(entry.seq, _local(entry.at), who, words, entry.action, kind, records, back)


def _words(entry: Entry, tx: Transaction, names: Mapping[str, str]) -> str:
    """The sentence; a line that takes another back says which step it was about."""
    said = sentence(entry, lambda slot: names.get(slot, "somebody"), _local)
    first = entry
    while first.undoes is not None and (earlier := journal.entry(tx, first.undoes)):
        first = earlier
    if first is entry:
        return said
    step = sentence(first, lambda slot: names.get(slot, "somebody"), _local)
    return f"{said}: {step[:1].lower()}{step[1:]}"


def _tip(seq: int, answers: Mapping[int, int]) -> int:
    """The line by which a step stands or was taken back last: the one that is taken back next."""
    while seq in answers:
        seq = answers[seq]
    return seq


def _answered(seq: int, answers: Mapping[int, int]) -> bool:
    """Whether a line does not stand: it was taken back, and not done again since."""
    back = False
    while seq in answers:
        seq, back = answers[seq], not back
    return back


def _local(at: datetime) -> datetime:
    return at.astimezone()


def _whole_day(day: date | None) -> tuple[datetime | None, ...]:
    """A day on this computer's clock, from its first moment to that of the next."""
    if day is None:
        return None, None
    if day.year not in _YEARS:
        return _NEVER, _NEVER
    return tuple(_local(datetime.combine(each, time.min)) for each in (day, day + timedelta(days=1)))
