"""Erasing somebody for good: what it would do, told before it is done, and the one way in which it is done."""

from collections.abc import Mapping, Sequence
from datetime import date

from peermatch.errors import PeerMatchError, Refused
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.erasure import Counted, ErasurePreview, HeldUntil, Wanted
from peermatch.model.introduction import Introduction
from peermatch.model.retention import PERIODS, days_after
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.services.desk import Desk
from peermatch.services.erasure_letters import letters_to_come, told_already
from peermatch.services.erasure_words import (
    TAKEN_BACK,
    case_words,
    gone_words,
    kept_words,
    left_over_words,
    letters_words,
    told_words,
)
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.store import backup, erased_letters, holdings, kept, ledger, received, vault
from peermatch.store.backup import BackupFacts
from peermatch.store.backup_places import second_place
from peermatch.store.introductions import OutgoingLetter
from peermatch.words import in_words, tr

BEFORE = "before-erase"
_JUST_BEFORE = tr("the backup that is made just before")


class Erasure:
    """Erases people from the live network; nothing brings them back, and every restore keeps to it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, subject: Subject | Case) -> ErasurePreview:
        """What an erasure would do; of somebody who was erased already, what is left of them."""
        on = self._desk.today
        if isinstance(subject, Case):
            gone, stays = case_words(subject)
            return ErasurePreview(subject, subject.id, gone, stays, (), self._held_until(on))
        with self._desk.store.read() as tx:
            erased = ledger.erased_on(tx, subject)
            left = kept.left_of(tx, subject)
            if erased is not None and not left.anything:
                raise _already(subject, erased)
            known = erased is None and subject not in received.taken_back(tx)
            held = holdings.of(tx, subject) if known else None
            told = told_already(tx, self._desk.templates, subject, on) if known else frozenset()
        if held is None and erased is None:
            return ErasurePreview(subject, subject.id, (TAKEN_BACK,), (), (), self._held_until(on))
        if held is None:
            return ErasurePreview(subject, subject.id, left_over_words(left), (), (), self._held_until(on))
        return ErasurePreview(
            subject=subject,
            label=self._label(subject),
            gone=gone_words(subject, held),
            kept=kept_words(subject, held),
            to_tell=told_words(subject, held, told),
            backups=self._held_until(on),
        )

    def _label(self, subject: Subject) -> str:
        """How a supporter is called; who is behind an enquiry is not said by the way."""
        if subject.kind is SubjectKind.ENQUIRER:
            return subject.id
        return f"{subject.id} {self._desk.snapshot.supporter(subject.id).name}"

    def _held_until(self, on: date) -> tuple[HeldUntil, ...]:
        """Every backup that is known, and its last day; the last of them is made by the erasure itself."""
        source = self._desk.store.source()
        second = second_place(source.keyfile.store)
        known = (*backup.known(source), *(backup.known(source, second) if second else ()))
        found = {each.path: HeldUntil(each.path.name, _last_day(each)) for each in known}
        before = HeldUntil(_JUST_BEFORE, days_after(on, PERIODS.protected_backups_days))
        return (*found.values(), before)

    def erased_on(self, subject: Subject) -> date | None:
        """The day on which somebody was erased; None for who was not."""
        with self._desk.store.read() as tx:
            return ledger.erased_on(tx, subject)

    def refuse_erased(self, subject: Subject) -> None:
        """Refused for somebody who was erased already."""
        erased = self.erased_on(subject)
        if erased is not None:
            raise _already(subject, erased)

    def erase(self, subject: Subject, on: date) -> Done:
        """Erase one person, after a verified backup; a new one is made afterwards."""
        self.refuse_erased(subject)
        with self._desk.store.read() as tx:
            held_back = kept.kept_back(tx).get(subject)
            taken_back = subject in received.taken_back(tx)
        if not taken_back:
            _refuse_unknown(self._desk.snapshot, subject)
        if held_back is not None and held_back.holds(self._desk.today):
            raise Refused(
                tr("{id} is kept back: {reason}").format(id=subject.id, reason=held_back.reason),
                tr("Release the record first."),
            )
        wanted = Wanted(on, (subject,), counted_of(self._desk.snapshot, (subject,)))
        return carry_out(self._desk, wanted, "erase", tr("{id} is erased.").format(id=subject.id))

    def letters(self) -> Mapping[int, StopLetter]:
        """The letters of earlier erasures that nobody has sent yet, by number, with how to reach their readers."""
        with self._desk.store.read() as tx:
            found = erased_letters.every(tx)
        return {number: StopLetter(each, self._safely(each)) for number, each in found.items()}

    def _safely(self, letter: OutgoingLetter) -> str:
        to_trainee = letter.kind == erased_letters.TO_TRAINEE
        asked = self._desk.snapshot.enquiries.get(letter.enquiry) if to_trainee else None
        return (asked.requester.safe_contact or "").strip() if asked else ""

    def letter_sent(self, number: int) -> Done:
        """A person sent one of them, so nothing of it is needed any more."""
        with self._desk.command("erased-told") as tx:
            tx.about = erased_letters.take_off(tx, number)
        touched = Touched(enquiries=frozenset({tx.about}))
        return self._desk.done(tx, touched, tr("Noted. The letter is off the list."))


def _already(subject: Subject, day: date) -> Refused:
    return Refused(
        tr("{id} was erased on {in_words} already.").format(id=subject.id, in_words=in_words(day)),
        tr("There is nothing more to erase."),
    )


def _refuse_unknown(snapshot: Snapshot, subject: Subject) -> None:
    if subject.kind is SubjectKind.SUPPORTER:
        snapshot.supporter(subject.id)
    else:
        snapshot.enquiry(subject.id)


def counted_of(snapshot: Snapshot, subjects: Sequence[Subject]) -> tuple[Counted, ...]:
    """What is counted of enquiries that go: months, groups and outcomes; nothing of what was never a case."""
    asked = (each.id for each in subjects if each.kind is SubjectKind.ENQUIRER)
    references = [each for each in asked if each in snapshot.enquiries]
    cases = ((snapshot.enquiry(each), snapshot.introductions_of(each)) for each in references)
    return tuple(_counted(snapshot, each, steps) for each, steps in cases if each.needs or steps)


def _counted(snapshot: Snapshot, enquiry: Enquiry, steps: Sequence[Introduction]) -> Counted:
    vocabulary, organisations = snapshot.reference.vocabulary, snapshot.reference.organisations
    groups = {vocabulary.group_of(need) for need in enquiry.wanted}
    introduced = any(each.introduced is not None for each in steps)
    withdrawn = enquiry.status is EnquiryStatus.WITHDRAWN
    return Counted(
        month=enquiry.received.isoformat()[:7],
        programme=enquiry.programme,
        topics=tuple(sorted(group for group in groups if group in vocabulary.groups)),
        region=organisations.county(enquiry.organisation) if enquiry.organisation else None,
        outcome="introduced" if introduced else "withdrawn" if withdrawn else "not-introduced",
    )


def carry_out(
    desk: Desk, wanted: Wanted, action: str, notice: str, about: Sequence[Subject | Case] = ()
) -> Done:
    """One next epoch for all that goes; the picture in memory is taken anew, for no image says what changed."""
    from peermatch.store import erasure

    named = about or wanted.people
    touched = _touched(desk.snapshot, named)
    desk.snapshot.supporters.read()  # one connection is closed and another opened: nothing reads across
    with desk.store.read() as tx:
        letters = letters_to_come(tx, desk.templates, wanted.people, wanted.on)
        change = erasure.planned(tx, wanted, letters=[each.letter for each in letters]).change()
    desk.store.step_to(vault.rotate, action, change, erasure.ids_of(named), BEFORE)
    desk.read_anew()
    return Done(touched, " ".join(filter(None, (notice, letters_words(len(letters)), _backed_up(desk)))))


def _touched(snapshot: Snapshot, subjects: Sequence[Subject | Case]) -> Touched:
    """Whose pictures change: theirs, and those of whom they were introduced to."""
    supporters = {each.id for each in subjects if each.kind is SubjectKind.SUPPORTER}
    enquiries = {each.id for each in subjects if each.kind is SubjectKind.ENQUIRER}
    steps = [step for each in supporters for step in snapshot.introductions_with(each)]
    steps += [step for each in enquiries for step in snapshot.introductions_of(each)]
    return Touched(
        frozenset(supporters.union(step.supporter for step in steps)),
        frozenset(enquiries.union(step.enquiry for step in steps)),
        network=True,
    )


def _backed_up(desk: Desk) -> str:
    """The backup without them; that there is none takes nothing back."""
    try:
        trouble = backup.run_routine(desk.store.source(), desk.clock(), "hand").trouble
    except PeerMatchError as error:
        return tr("But no new backup could be made: {error}").format(error=error)
    return tr("A new backup is made. {trouble}").format(trouble=trouble).strip()


def _last_day(facts: BackupFacts) -> date:
    special = facts.reason.startswith("before-")
    days = PERIODS.protected_backups_days if special else PERIODS.backups_days
    return days_after(facts.made.astimezone().date(), days)
