"""Enquiries: letters read and received, needs set, risk noted, the person revealed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from peermatch.errors import BadInput, Fault, Refused
from peermatch.exchange.portable_people import PROGRAMME_FORM, is_programme
from peermatch.mail.reading import fingerprint, letter_from_text, read_letter, read_mbox
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Method
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    EnquiryStatus,
    Exclusions,
    Importance,
    Need,
    Requester,
)
from peermatch.model.introduction import Step
from peermatch.model.letter import Letter
from peermatch.model.mail import MailState
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.consent_rules import refuse_unknown_wording, refuse_without_controller
from peermatch.services.desk import Desk
from peermatch.services.incoming import Draft, Received, new_enquiry, notice, notices
from peermatch.store import closing, enquiries, introductions, ledger, mailbag
from peermatch.store.transaction import Transaction
from peermatch.words import tr


class Aside(StrEnum):
    """Why several are put away together; the journal keeps the word."""

    HOLD = "on hold"
    OUT_OF_SCOPE = "out of scope"
    SPAM = "spam"


class Enquiries:
    """The first half of the work: from a letter to confirmed needs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def draft(self, raw: bytes) -> Draft:
        """Read a letter and propose what it says; nothing is stored."""
        return self._propose(read_letter(raw))

    def draft_text(self, text: str) -> Draft:
        """The same for pasted text."""
        return self._propose(letter_from_text(text))

    def letters_in(self, mailbox: bytes) -> tuple[bytes, ...]:
        """The letters of a mailbox file (.mbox), each as the bytes of one."""
        return read_mbox(mailbox)

    def _propose(self, letter: Letter) -> Draft:
        prints = fingerprint(letter)
        with self._desk.store.read() as tx:
            known = _known(tx, prints)
        return Draft(letter, self._desk.reader.propose(letter, self._desk.snapshot), prints, known)

    def receive(self, draft: Draft, on: date, channel: str = "email") -> Received:
        """Keep one letter as a new enquiry."""
        (received,), done = self.receive_all((draft,), on, channel)
        return replace(received, done=done)

    def receive_all(
        self, drafts: tuple[Draft, ...], on: date, channel: str = "email"
    ) -> tuple[tuple[Received, ...], Done]:
        """Keep letters as new enquiries, all in one step; the same letter again is recognised and adds nothing.

        Nothing is chosen for a person: topics stay proposals. Two things are set on the careful side, risk (which
        holds the shortlist) and exclusions (which only ever take people out). A letter written for somebody else
        leaves no trace of them: until they agree, only who wrote is kept. A letter that goes on with an enquiry is
        kept with it, and what no person wrote is set aside (services/placing).
        """
        known = self._all_known(drafts)
        if known is not None:
            return known
        with self._desk.command("receive" if self._any_new(drafts) else "receive-mail") as tx:
            received = [self._receive(tx, draft, on, channel) for draft in drafts]
            fresh = [r.reference for r in received if r.new]
            beside = [r.reference for r in received if r.state is not None and r.reference]
            tx.about = " ".join(dict.fromkeys((*fresh, *beside)))
        touched = Touched(enquiries=frozenset((*fresh, *beside)))
        return tuple(received), self._desk.done(tx, touched, notices(received))

    def _receive(self, tx: Transaction, draft: Draft, on: date, channel: str) -> Received:
        from peermatch.services.arriving import keep_placed, placed_notice
        from peermatch.services.placing import marks_of, place_of

        held = _known(tx, draft.prints)
        if held is not None:
            return Received(held, False, Done(Touched(), notice(held, held, draft)))
        place = place_of(tx, draft.letter)
        if place.state is not None:
            kept = keep_placed(tx, draft, place, on)
            joined = kept.state is MailState.JOINED
            reference = (kept.enquiry or "") if joined else ""
            return Received(reference, False, Done(Touched(), placed_notice(kept)), kept.state)
        reference = enquiries.next_reference(tx)
        marks = marks_of(draft.letter, draft.prints)
        enquiries.add(tx, new_enquiry(reference, draft, on, channel), marks)
        mailbag.add_files(tx, draft.letter.files, enquiry=reference, mail=None)
        tx.note(draft.proposal.scope.value)
        return Received(reference, True, Done(Touched(), notice(reference, None, draft)))

    def _any_new(self, drafts: tuple[Draft, ...]) -> bool:
        from peermatch.services.placing import place_of

        with self._desk.store.read() as tx:
            return any(
                _known(tx, each.prints) is None and place_of(tx, each.letter).state is None for each in drafts
            )

    def _all_known(self, drafts: tuple[Draft, ...]) -> tuple[tuple[Received, ...], Done] | None:
        """The answer when there is nothing new, so that no step is journalled for it."""
        with self._desk.store.read() as tx:
            held = [_known(tx, draft.prints) for draft in drafts]
        received = tuple(
            Received(known, False, Done(Touched(), notice(known, known, draft)))
            for known, draft in zip(held, drafts, strict=True)
            if known is not None
        )
        if len(received) < len(drafts):
            return None
        return received, Done(Touched(), notices(received))

    def reading(self, reference: str) -> Draft | None:
        """The kept letter read again, for its highlights; None where no letter is kept."""
        enquiry = self._desk.snapshot.enquiry(reference)
        if not (enquiry.letter or "").strip():
            return None
        letter = letter_from_text(enquiry.letter or "")
        return Draft(letter, self._desk.reader.propose(letter, self._desk.snapshot), (), reference)

    def set_needs(self, reference: str, essential: Iterable[str], helpful: Iterable[str]) -> Done:
        """What is needed, as a person confirmed it; a new enquiry becomes triaged."""
        needs = self._needs(tuple(essential), tuple(helpful))
        with self._desk.command("needs", reference) as tx:
            enquiry = _open(enquiries.get(tx, reference))
            status = EnquiryStatus.TRIAGED if enquiry.status is EnquiryStatus.NEW else enquiry.status
            enquiries.change(tx, replace(enquiry, needs=needs, status=status))
        return self._touched(
            tx, reference, tr("The needs of {reference} are set.").format(reference=reference)
        )

    def _needs(self, essential: tuple[str, ...], helpful: tuple[str, ...]) -> tuple[Need, ...]:
        vocabulary = self._desk.snapshot.reference.vocabulary
        faults = [
            Fault(each, tr("is not in the vocabulary"))
            for each in (*essential, *helpful)
            if not vocabulary.knows(each)
        ]
        faults += [Fault(each, tr("is both essential and helpful")) for each in essential if each in helpful]
        if faults:
            raise BadInput(tr("These needs cannot be set."), tr("Nothing was changed."), tuple(faults))
        return (
            *(Need(each, Importance.ESSENTIAL) for each in dict.fromkeys(essential)),
            *(Need(each, Importance.HELPFUL) for each in dict.fromkeys(helpful)),
        )

    def change(self, reference: str, **changes: object) -> Done:
        """Facts of an enquiry edited in place: who they are, what they would rather have, whom to keep away."""
        allowed = {
            "grade",
            "specialty",
            "organisation",
            "place",
            "preferences",
            "exclusions",
            "choice",
            "programme",
        }
        if unknown := changes.keys() - allowed:
            raise BadInput(
                tr("An enquiry has no field {join} to change.").format(join=", ".join(sorted(unknown)))
            )
        self._refuse_unknown(changes)
        with self._desk.command("change-enquiry", reference) as tx:
            enquiries.change(tx, replace(_open(enquiries.get(tx, reference)), **changes))  # type: ignore[arg-type]  # names checked above
            tx.note(", ".join(sorted(changes)))
        return self._touched(tx, reference, tr("{reference} is updated.").format(reference=reference))

    def _refuse_unknown(self, changes: dict[str, object]) -> None:
        """Every id that the vocabulary does not know, at once."""
        lists = self._desk.snapshot.reference
        exclusions = changes.get("exclusions")
        excluded = exclusions if isinstance(exclusions, Exclusions) else Exclusions()
        asked = (
            (lists.grades.knows, "grade", (changes.get("grade"),)),
            (lists.specialties.knows, "specialty", (changes.get("specialty"), *excluded.specialties)),
            (
                lists.organisations.knows,
                "organisation",
                (changes.get("organisation"), *excluded.organisations),
            ),
            (self._desk.snapshot.supporters.__contains__, "supporter", excluded.supporters),
        )
        faults = tuple(
            Fault(str(value), tr("is not a known {what}").format(what=what))
            for knows, what, values in asked
            for value in values
            if value is not None and not knows(str(value))
        )
        programme = changes.get("programme", "peer-support")
        if not is_programme(str(programme)):
            faults = (*faults, Fault("programme", PROGRAMME_FORM))
        if faults:
            raise BadInput(tr("This cannot be kept."), tr("Nothing was changed."), faults)

    def set_safe_contact(self, reference: str, text: str) -> Done:
        """How to reach the enquirer safely, in their words."""
        with self._desk.command("safe-contact", reference) as tx:
            enquiry = _not_erased(tx, reference)
            person = replace(enquiry.requester, safe_contact=text.strip() or None)
            enquiries.change(tx, replace(enquiry, requester=person))
        return self._touched(tx, reference, tr("How to reach them safely is noted."))

    def note_risk(self, reference: str, done: str) -> Done:
        """What a person did about risk; this opens the shortlist."""
        if not done.strip():
            raise BadInput(
                tr("Please say what was done."), tr("For example: “rang, safe, gave crisis numbers”.")
            )
        with self._desk.command("risk", reference) as tx:
            enquiries.change(tx, replace(_not_erased(tx, reference), risk_done=done.strip()))
        return self._touched(
            tx,
            reference,
            tr("What was done for {reference} is noted. The shortlist is open.").format(reference=reference),
        )

    def record_consent(self, reference: str, method: Method, wording: str, on: date) -> Done:
        """The enquirer's own yes to keeping their details."""
        with self._desk.command("enquirer-consent", reference) as tx:
            refuse_without_controller(tx)
            refuse_unknown_wording(tx, wording)
            enquiry = _not_erased(tx, reference)
            enquiries.change(tx, replace(enquiry, consent=EnquirerConsent(on, method, wording)))
        return self._touched(tx, reference, tr("Their yes is recorded."))

    def set_status(self, reference: str, status: EnquiryStatus, on: date | None = None) -> Done:
        """Put on hold, close, withdraw or open again; at the enquirer's word everything in hand is stopped."""
        with self._desk.command(f"status-{status.value}", reference) as tx:
            enquiries.change(tx, replace(_not_erased(tx, reference), status=status))
            closing.note(tx, reference, status, on or self._desk.today)
            in_hand = [i for i in introductions.of_enquiry(tx, reference) if i.in_hand]
            stopped = in_hand if status is EnquiryStatus.WITHDRAWN else []
            for each in stopped:
                introductions.change(tx, each.after(Step.STOP, on or self._desk.today))
        told = tr(" Please tell those who were asked only that it has ended.") if stopped else ""
        touched = Touched(frozenset(i.supporter for i in stopped), frozenset({reference}))
        return self._desk.done(
            tx,
            touched,
            tr("{reference} is now {value}.{told}").format(
                reference=reference, value=status.value, told=told
            ),
        )

    def set_aside(self, references: Iterable[str], how: Aside) -> Done:
        """Put several away in one step: on hold, out of scope, or spam; all of them or none.

        One that may need help today, or for which somebody was asked, is looked at by itself.
        """
        chosen = tuple(dict.fromkeys(references))
        status = EnquiryStatus.ON_HOLD if how is Aside.HOLD else EnquiryStatus.CLOSED
        with self._desk.command("set-aside") as tx:
            held = tuple(enquiries.get(tx, reference) for reference in chosen)
            self._refuse_aside(tx, held, how)
            for each in held:
                enquiries.change(tx, replace(each, status=status))
                closing.note(tx, each.reference, status, self._desk.today)
            tx.about = " ".join(chosen)
            tx.note(how.value)
        what = (
            tr("{chosen} is").format(chosen=chosen[0])
            if len(chosen) == 1
            else tr("{chosen} enquiries are").format(chosen=len(chosen))
        )
        words = tr("on hold") if how is Aside.HOLD else f"closed: {how.value}"
        return self._desk.done(tx, Touched(enquiries=frozenset(chosen)), f"{what} {words}.")

    def _refuse_aside(self, tx: Transaction, chosen: tuple[Enquiry, ...], how: Aside) -> None:
        if not chosen:
            raise BadInput(tr("No enquiry is chosen."), tr("Choose one or several in the list."))
        for each in chosen:
            ledger.refuse_erased(tx, Subject(SubjectKind.ENQUIRER, each.reference))
        closed = [e.reference for e in chosen if not e.open]
        risky = [e.reference for e in chosen if e.held]
        asked = [
            e.reference
            for e in chosen
            if how is not Aside.HOLD and any(i.in_hand for i in introductions.of_enquiry(tx, e.reference))
        ]
        why = (
            (risky, tr("may need help today"), tr("Follow the risk card, then note what was done.")),
            (
                asked,
                tr("may not be closed so: somebody is asked already"),
                tr("End those introductions first."),
            ),
            (closed, tr("is on hold or closed already"), tr("Choose only those that wait.")),
        )
        for references, what, hint in why:
            if references:
                raise Refused(
                    tr("{join} {what}. Nothing was changed.").format(join=", ".join(references), what=what),
                    hint,
                )

    def reveal(self, reference: str) -> Requester:
        """Who wrote; a look before their yes is recorded is noted in the journal."""
        enquiry = self._desk.snapshot.enquiry(reference)
        if enquiry.consent is None:
            with self._desk.command("reveal", reference):
                pass
        return enquiry.requester

    def _touched(self, tx: Transaction, reference: str, notice: str) -> Done:
        return self._desk.done(tx, Touched(enquiries=frozenset({reference})), notice)


def _known(tx: Transaction, prints: Iterable[str]) -> str | None:
    """The enquiry of the same letter; empty where it is here and belongs to none."""
    marks = tuple(prints)
    begun = enquiries.recognised(tx, marks)
    later = mailbag.known(tx, marks) if begun is None else None
    return (later[1] or "") if later is not None else begun


def _not_erased(tx: Transaction, reference: str) -> Enquiry:
    """What is written beside an erased enquiry would stay: nobody is erased twice."""
    ledger.refuse_erased(tx, Subject(SubjectKind.ENQUIRER, reference))
    return enquiries.get(tx, reference)


def _open(enquiry: Enquiry) -> Enquiry:
    if enquiry.status in (EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN):
        raise Refused(
            tr("Enquiry {reference} is {value}, so it cannot be changed.").format(
                reference=enquiry.reference, value=enquiry.status.value
            ),
            tr("Open it again."),
        )
    return enquiry
