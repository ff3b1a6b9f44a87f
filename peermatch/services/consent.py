"""Consent given, withdrawn and due: what the peer-support lead records."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput, Refused
from peermatch.mail.wording import withdrawn_letter
from peermatch.model.asking import soon
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import (
    PER_CHARACTERISTIC,
    ConsentRecord,
    Method,
    Purpose,
    Ruling,
    Standing,
)
from peermatch.model.introduction import Introduction
from peermatch.model.people import Supporter
from peermatch.model.text import one_line
from peermatch.services.consent_rules import (
    nothing_to_withdraw,
    refuse_before_a_no,
    refuse_shape,
    refuse_unknown_wording,
    refuse_without_controller,
)
from peermatch.services.desk import Desk
from peermatch.services.due import DUE_WITHIN, due_of
from peermatch.services.evidence import attached
from peermatch.services.footing import lost_between, rests_on
from peermatch.services.introductions import LetterDraft
from peermatch.services.replies import Reply, refuse_unclear
from peermatch.services.taking_back import (
    UNSENT,
    letters_for,
    stop_unsent,
    take_back,
    take_back_coming,
    write_letters,
)
from peermatch.services.withdrawal import StopLetter, ToTell, take_off_moot
from peermatch.store import supporters
from peermatch.store.transaction import Transaction
from peermatch.words import tr

_NETWORK_WIDE = (
    Purpose.HOLD,
    Purpose.CONTACT_EMAIL,
    Purpose.CONTACT_PHONE,
    Purpose.CONTACT_NAME,
    Purpose.CONTACT_ROLE,
    Purpose.CONTACT_ORGANISATION,
)


@dataclass(frozen=True, slots=True)
class Line:
    """How one purpose stands for one supporter on a day."""

    supporter: str
    purpose: Purpose
    characteristic: str | None
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal with its consequences: what was stopped, and who already holds a card and can be told.

    ``letters`` are in the outbox for those who hold a card that says what is withdrawn; ``to_tell`` are their
    enquiries, with those for which such a letter waited already, and ``told`` those for which one was sent.
    ``to_them`` tells the supporter that it is done; ``erasable`` where nothing allows the record to be kept any more.
    """

    done: Done
    stopped: tuple[Introduction, ...]
    sent: tuple[Introduction, ...]
    letters: tuple[StopLetter, ...]
    to_tell: tuple[str, ...]
    told: tuple[str, ...]
    to_them: LetterDraft
    erasable: bool


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a withdrawal of everything would do: what would stop, and who holds a card already."""

    stopped: tuple[Introduction, ...]
    sent: tuple[Introduction, ...]


class Consent:
    """Keeps the records that everything else asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def records(self, supporter: str) -> tuple[ConsentRecord, ...]:
        """All records of one supporter, oldest first: their own history."""
        return self._desk.snapshot.supporter(supporter).consents

    def table(self, supporter: str, on: date) -> tuple[Line, ...]:
        """How each purpose stands: those for the whole record, then those for each listed characteristic."""
        person = self._desk.snapshot.supporter(supporter)
        gate = self._desk.snapshot.gate(person, on)
        asked: list[tuple[Purpose, str | None]] = [(purpose, None) for purpose in _NETWORK_WIDE]
        asked += [(p, c) for c in person.characteristics for p in Purpose if p in PER_CHARACTERISTIC]
        return tuple(Line(supporter, purpose, c, gate.ruling(purpose, c)) for purpose, c in asked)

    def due(self, on: date) -> tuple[Line, ...]:
        """Consent of active supporters that has ended or will within thirty days, and `match` never asked for."""
        lines = (
            Line(each.id, point.purpose, point.characteristic, gate.ruling(*point.key))
            for each in due_of(self._desk.snapshot, on, soon(on, DUE_WITHIN)).values()
            for gate in (self._desk.snapshot.gate(each.person, on),)
            for point in each.points
        )
        return tuple(sorted(lines, key=_urgency))

    def give(
        self,
        supporter: str,
        purpose: Purpose,
        characteristic: str | None,
        *,
        wording: str,
        method: Method,
        on: date,
        expires: date | None = None,
        evidence: str | None = None,
    ) -> Done:
        """Record a yes, given today under a wording that is held in full."""
        record = ConsentRecord(purpose, characteristic, on, expires, None, method, wording, None, evidence)
        return self.give_all(supporter, (record,), on)

    def give_all(self, supporter: str, records: tuple[ConsentRecord, ...], on: date) -> Done:
        """Record what one person agreed to in one go: all of it or nothing, as one step."""
        self._refuse_records(records, on)
        with self._desk.command("consent-give", supporter) as tx:
            refuse_without_controller(tx)
            person = supporters.get(tx, supporter)
            refuse_before_a_no(person, records)
            for record in records:
                refuse_unknown_wording(tx, record.wording)
                supporters.add_consent(tx, supporter, record)
                tx.note(record.purpose.value)
            moot = take_off_moot(tx, self._desk.snapshot, supporter, on)
        unlisted = any(r.characteristic not in (None, *person.characteristics) for r in records)
        remark = (
            tr(" {supporter}'s record does not list it yet, so it has no effect until it does.").format(
                supporter=supporter
            )
            if unlisted
            else ""
        )
        said = ", ".join(record.purpose.value for record in records)
        return self._desk.done(
            tx,
            Touched(frozenset({supporter}), moot),
            tr("Recorded: {said}.{remark}").format(said=said, remark=remark),
        )

    def _refuse_records(self, records: Iterable[ConsentRecord], on: date) -> None:
        vocabulary = self._desk.snapshot.reference.vocabulary
        for record in records:
            refuse_shape(record.purpose, record.characteristic)
            if record.characteristic is not None and not vocabulary.is_term(record.characteristic):
                raise BadInput(
                    tr("{characteristic} is not a characteristic of the vocabulary.").format(
                        characteristic=record.characteristic
                    ),
                    tr("Nothing was recorded."),
                )
            if record.expires is not None and record.expires <= on:
                raise BadInput(
                    tr("This consent would end before it begins."), tr("Choose a later day, or none.")
                )

    def answer(self, reply: Reply) -> Withdrawal:
        """Record what somebody answered when they were asked again: every yes and every no of it, as one step."""
        refuse_unclear(reply)
        on = reply.on
        self._refuse_records((*reply.records(), *reply.refusals().values()), on)
        with self._desk.command("consent-answer", reply.supporter) as tx:
            if reply.yes:  # a no is always taken
                refuse_without_controller(tx)
            refuse_unknown_wording(tx, reply.wording)
            person = supporters.get(tx, reply.supporter)
            refuse_before_a_no(person, reply.records())
            proof = _proof(tx, reply)
            for record in reply.records(proof):
                supporters.add_consent(tx, person.id, record)
            for (purpose, topic), refusal in reply.refusals(proof).items():
                ruling = self._desk.snapshot.gate(person, on).ruling(purpose, topic)
                if ruling.record is None:
                    supporters.add_consent(tx, person.id, refusal)
                elif ruling.standing is not Standing.WITHDRAWN:
                    take_back(tx, person.id, ruling.record, topic, on)
                take_back_coming(tx, person, (purpose, topic), on)
            stopped = stop_unsent(tx, self._desk, person, on)
            moot = take_off_moot(tx, self._desk.snapshot, person.id, on)
            letters = write_letters(tx, self._desk, person, on)
        said = tr("Recorded for {first_name}: {yes} yes, {no} no.").format(
            first_name=person.first_name, yes=len(reply.yes), no=len(reply.no)
        )
        return self._withdrawn(tx, person, on, (stopped, letters), said, moot)

    def withdraw(self, supporter: str, purpose: Purpose, characteristic: str | None, on: date) -> Withdrawal:
        """Record a no to one purpose, at once and with its consequences.

        A topic that a consent for a broader one covers can be taken back by itself: the broader one goes on.
        """
        refuse_shape(purpose, characteristic)
        with self._desk.command("consent-withdraw", supporter) as tx:
            person = supporters.get(tx, supporter)
            record = self._desk.snapshot.gate(person, on).ruling(purpose, characteristic).record
            stands = record is not None and (record.withdrawn is None or record.withdrawn > on)
            if record is not None and stands:
                take_back(tx, supporter, record, characteristic, on)
            coming = take_back_coming(tx, person, (purpose, characteristic), on)
            if not stands and not coming:
                raise nothing_to_withdraw(supporter, purpose, record)
            tx.note(purpose.value)
            stopped = stop_unsent(tx, self._desk, person, on)
            letters = write_letters(tx, self._desk, person, on)
        return self._withdrawn(tx, person, on, (stopped, letters), tr("The consent is withdrawn."))

    def withdraw_listing(self, supporter: str, on: date) -> Withdrawal:
        """One act: they no longer wish to stand on the directory page, with whatever they let be listed there."""
        with self._desk.command("consent-withdraw-list", supporter) as tx:
            person = supporters.get(tx, supporter)
            gate = self._desk.snapshot.gate(person, on)
            listed = ((each, gate.ruling(Purpose.LIST, each)) for each in person.characteristics)
            records = [(ruling.record, each) for each, ruling in listed if ruling.valid and ruling.record]
            if not records:
                raise Refused(tr("{supporter} is not to be listed as it is.").format(supporter=supporter))
            for record, characteristic in records:
                take_back(tx, supporter, record, characteristic, on)
        return self._withdrawn(tx, person, on, ((), ToTell()), tr("They are off the directory page."))

    def withdraw_everything(self, supporter: str, on: date) -> Withdrawal:
        """One act: every consent is withdrawn, also one that would come into force later."""
        with self._desk.command("consent-withdraw-all", supporter) as tx:
            person = supporters.get(tx, supporter)
            for record in person.consents:
                if record.withdrawn is None or record.withdrawn > on:
                    take_back(tx, supporter, record, record.characteristic, on)
            stopped = stop_unsent(tx, self._desk, person, on)
            letters = write_letters(tx, self._desk, person, on)
        return self._withdrawn(tx, person, on, (stopped, letters), tr("Everything is withdrawn."))

    def consequences(self, supporter: str, on: date) -> Consequences:
        """What withdrawing everything would do, told before it is done; from the picture in memory."""
        person = self._desk.snapshot.supporter(supporter)
        picture = self._desk.snapshot
        lost = lost_between(picture, person, _without_consent(person, on), on)
        theirs, held = picture.introductions_with(supporter), picture.enquiries
        unsent = (i for i in theirs if i.state in UNSENT)
        return Consequences(
            tuple(i for i in unsent if rests_on(picture, held[i.enquiry], lost)),
            tuple(i for i in theirs if i.introduced is not None),
        )

    def letters_to_come(self, supporter: str, on: date) -> tuple[StopLetter, ...]:
        """The letters that withdrawing everything would put into the outbox, to be read before; nothing is written."""
        with self._desk.store.read() as tx:
            person = supporters.get(tx, supporter)
            return letters_for(tx, self._desk, person, _without_consent(person, on), on).letters

    def _withdrawn(
        self,
        tx: Transaction,
        person: Supporter,
        on: date,
        followed: tuple[tuple[Introduction, ...], ToTell],
        notice: str,
        moot: frozenset[str] = frozenset(),
    ) -> Withdrawal:
        stopped, found = followed
        written = tuple(each.letter.enquiry for each in found.letters)
        references = moot.union((i.enquiry for i in stopped), written)
        done = self._desk.done(tx, Touched(frozenset({person.id}), references), notice)
        snapshot = self._desk.snapshot
        now = snapshot.supporter(person.id)
        subject, text = withdrawn_letter(self._desk.templates, now, on)
        return Withdrawal(
            done=done,
            stopped=stopped,
            sent=tuple(i for i in snapshot.introductions_with(person.id) if i.introduced is not None),
            letters=found.letters,
            to_tell=(*written, *found.waiting),
            told=found.told,
            to_them=LetterDraft(now.email, subject, text),
            erasable=snapshot.gate(now, on).ruling(Purpose.HOLD).standing is Standing.WITHDRAWN,
        )


def _without_consent(person: Supporter, on: date) -> Supporter:
    """Somebody as they would stand once everything was withdrawn."""
    taken_back = tuple(
        r if r.withdrawn is not None and r.withdrawn <= on else replace(r, withdrawn=max(r.given, on))
        for r in person.consents
    )
    return replace(person, consents=taken_back)


def _proof(tx: Transaction, reply: Reply) -> str | None:
    """What the records name as their proof: the file that came with the answer, and the words about it."""
    kept = attached(tx, reply.supporter, reply.attachment, reply.on) if reply.attachment else None
    words = one_line(reply.evidence or "")
    return " ".join(part for part in (kept.id if kept else "", words) if part) or None


def _urgency(line: Line) -> tuple[date, str, str, str]:
    record = line.ruling.record
    ends = record.expires if record and record.expires else date.max
    return ends, line.supporter, line.purpose.value, line.characteristic or ""
