"""Enquiries: letters read and received, needs set, risk noted, the person revealed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput, Fault, Refused
from peermatch.exchange.portable_people import PROGRAMME_FORM, is_programme
from peermatch.mail.mime import NOT_WHOLLY_READ
from peermatch.mail.reading import fingerprint, letter_from_text, read_letter
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Method
from peermatch.model.enquiry import (
    EnquirerConsent,
    Enquiry,
    EnquiryStatus,
    Exclusions,
    Importance,
    Need,
    Preferences,
    Requester,
    Risk,
    RiskKind,
)
from peermatch.model.introduction import Step
from peermatch.model.letter import Letter, Proposal, Scope
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.consent import refuse_unknown_wording, refuse_without_controller
from peermatch.services.desk import Desk
from peermatch.store import closing, enquiries, introductions, ledger
from peermatch.store.transaction import Transaction

_SCOPE_WORDS = {
    Scope.IN_SCOPE: "",
    Scope.SPAM: " It looks like spam: please check.",
    Scope.OUT_OF_SCOPE: " It may not be for peer support: please check.",
    Scope.OTHER_WORKSTREAM: " It may be for another workstream: please check.",
    Scope.VOLUNTEER_OFFER: " It may be an offer to volunteer: please check.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it was read, with what it seems to say; nothing is kept until it is received."""

    letter: Letter
    proposal: Proposal
    prints: tuple[str, ...]
    known_as: str | None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one letter."""

    reference: str
    new: bool
    done: Done


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

    def _propose(self, letter: Letter) -> Draft:
        prints = fingerprint(letter)
        with self._desk.store.read() as tx:
            known = enquiries.recognised(tx, prints)
        return Draft(letter, self._desk.shipped.suggester.propose(letter), prints, known)

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
        leaves no trace of them: until they agree, only who wrote is kept.
        """
        known = self._all_known(drafts)
        if known is not None:
            return known
        received = []
        with self._desk.command("receive") as tx:
            for draft in drafts:
                held = enquiries.recognised(tx, draft.prints)
                reference = held or enquiries.next_reference(tx)
                if held is None:
                    enquiries.add(tx, _new_enquiry(reference, draft, on, channel), draft.prints)
                    tx.about = f"{tx.about} {reference}".strip()
                    tx.note(draft.proposal.scope.value)
                received.append(
                    Received(reference, held is None, Done(Touched(), _notice(reference, held, draft)))
                )
        touched = Touched(enquiries=frozenset(r.reference for r in received if r.new))
        return tuple(received), self._desk.done(tx, touched, " ".join(r.done.notice for r in received))

    def _all_known(self, drafts: tuple[Draft, ...]) -> tuple[tuple[Received, ...], Done] | None:
        """The answer when there is nothing new, so that no step is journalled for it."""
        with self._desk.store.read() as tx:
            held = [enquiries.recognised(tx, draft.prints) for draft in drafts]
        received = tuple(
            Received(known, False, Done(Touched(), _notice(known, known, draft)))
            for known, draft in zip(held, drafts, strict=True)
            if known is not None
        )
        if len(received) < len(drafts):
            return None
        return received, Done(Touched(), " ".join(r.done.notice for r in received))

    def reading(self, reference: str) -> Draft | None:
        """The kept letter read again, for its highlights; None where no letter is kept."""
        enquiry = self._desk.snapshot.enquiry(reference)
        if not (enquiry.letter or "").strip():
            return None
        letter = letter_from_text(enquiry.letter or "")
        return Draft(letter, self._desk.shipped.suggester.propose(letter), (), reference)

    def set_needs(self, reference: str, essential: Iterable[str], helpful: Iterable[str]) -> Done:
        """What is needed, as a person confirmed it; a new enquiry becomes triaged."""
        needs = self._needs(tuple(essential), tuple(helpful))
        with self._desk.command("needs", reference) as tx:
            enquiry = _open(enquiries.get(tx, reference))
            status = EnquiryStatus.TRIAGED if enquiry.status is EnquiryStatus.NEW else enquiry.status
            enquiries.change(tx, replace(enquiry, needs=needs, status=status))
        return self._touched(tx, reference, f"The needs of {reference} are set.")

    def _needs(self, essential: tuple[str, ...], helpful: tuple[str, ...]) -> tuple[Need, ...]:
        vocabulary = self._desk.snapshot.reference.vocabulary
        faults = [
            Fault(each, "is not in the vocabulary")
            for each in (*essential, *helpful)
            if not vocabulary.knows(each)
        ]
        faults += [Fault(each, "is both essential and helpful") for each in essential if each in helpful]
        if faults:
            raise BadInput("These needs cannot be set.", "Nothing was changed.", tuple(faults))
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
            raise BadInput(f"An enquiry has no field {', '.join(sorted(unknown))} to change.")
        self._refuse_unknown(changes)
        with self._desk.command("change-enquiry", reference) as tx:
            enquiries.change(tx, replace(_open(enquiries.get(tx, reference)), **changes))  # type: ignore[arg-type]  # names checked above
            tx.note(", ".join(sorted(changes)))
        return self._touched(tx, reference, f"{reference} is updated.")

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
            Fault(str(value), f"is not a known {what}")
            for knows, what, values in asked
            for value in values
            if value is not None and not knows(str(value))
        )
        programme = changes.get("programme", "peer-support")
        if not is_programme(str(programme)):
            faults = (*faults, Fault("programme", PROGRAMME_FORM))
        if faults:
            raise BadInput("This cannot be kept.", "Nothing was changed.", faults)

    def set_safe_contact(self, reference: str, text: str) -> Done:
        """How to reach the enquirer safely, in their words."""
        with self._desk.command("safe-contact", reference) as tx:
            enquiry = enquiries.get(tx, reference)
            person = replace(enquiry.requester, safe_contact=text.strip() or None)
            enquiries.change(tx, replace(enquiry, requester=person))
        return self._touched(tx, reference, "How to reach them safely is noted.")

    def note_risk(self, reference: str, done: str) -> Done:
        """What a person did about risk; this opens the shortlist."""
        if not done.strip():
            raise BadInput("Please say what was done.", 'For example: "rang, safe, gave crisis numbers".')
        with self._desk.command("risk", reference) as tx:
            enquiries.change(tx, replace(enquiries.get(tx, reference), risk_done=done.strip()))
        return self._touched(tx, reference, f"What was done for {reference} is noted. The shortlist is open.")

    def record_consent(self, reference: str, method: Method, wording: str, on: date) -> Done:
        """The enquirer's own yes to keeping their details."""
        with self._desk.command("enquirer-consent", reference) as tx:
            refuse_without_controller(tx)
            refuse_unknown_wording(tx, wording)
            enquiry = enquiries.get(tx, reference)
            enquiries.change(tx, replace(enquiry, consent=EnquirerConsent(on, method, wording)))
        return self._touched(tx, reference, "Their yes is recorded.")

    def set_status(self, reference: str, status: EnquiryStatus, on: date | None = None) -> Done:
        """Put on hold, close, withdraw or open again; at the enquirer's word everything in hand is stopped."""
        with self._desk.command(f"status-{status.value}", reference) as tx:
            ledger.refuse_erased(tx, Subject(SubjectKind.ENQUIRER, reference))
            enquiries.change(tx, replace(enquiries.get(tx, reference), status=status))
            closing.note(tx, reference, status, on or self._desk.today)
            in_hand = [i for i in introductions.of_enquiry(tx, reference) if i.in_hand]
            stopped = in_hand if status is EnquiryStatus.WITHDRAWN else []
            for each in stopped:
                introductions.change(tx, each.after(Step.STOP, on or self._desk.today))
        told = " Please tell those who were asked only that it has ended." if stopped else ""
        touched = Touched(frozenset(i.supporter for i in stopped), frozenset({reference}))
        return self._desk.done(tx, touched, f"{reference} is now {status.value}.{told}")

    def reveal(self, reference: str) -> Requester:
        """Who wrote; a look before their yes is recorded is noted in the journal."""
        enquiry = self._desk.snapshot.enquiry(reference)
        if enquiry.consent is None:
            with self._desk.command("reveal", reference):
                pass
        return enquiry.requester

    def _touched(self, tx: Transaction, reference: str, notice: str) -> Done:
        return self._desk.done(tx, Touched(enquiries=frozenset({reference})), notice)


def _open(enquiry: Enquiry) -> Enquiry:
    if enquiry.status in (EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN):
        raise Refused(
            f"Enquiry {enquiry.reference} is {enquiry.status.value}, so it cannot be changed.",
            "Open it again.",
        )
    return enquiry


def _notice(reference: str, held: str | None, draft: Draft) -> str:
    if held is not None:
        return f"This letter is already here as {held}."
    return f"Received as {reference}.{_SCOPE_WORDS[draft.proposal.scope]}{_remark(draft.proposal)}"


def _remark(proposal: Proposal) -> str:
    if proposal.for_somebody_else:
        return " It seems to be written for somebody else, so nothing about them was kept."
    if proposal.risk:
        return " Please check it for safety first."
    return ""


def _risk_of_the_unread(letter: Letter) -> tuple[Risk, ...]:
    """A letter that was not wholly read may say what nobody has seen, so a person looks first."""
    unread = any(remark in letter.remarks for remark in NOT_WHOLLY_READ)
    return (Risk(RiskKind.UNCLEAR_DISCLOSURE, ("part of the letter was not read",)),) if unread else ()


def _new_enquiry(reference: str, draft: Draft, on: date, channel: str) -> Enquiry:
    """The enquiry that a letter makes."""
    letter, proposal = draft.letter, draft.proposal
    risk = proposal.risk or _risk_of_the_unread(letter)
    person = Requester(
        name=letter.sender_name, email=letter.sender_address, safe_contact=proposal.safe_contact
    )
    received = letter.sent if letter.sent is not None and letter.sent <= on else on
    if proposal.for_somebody_else:
        person = replace(person, safe_contact=None)
        return Enquiry(
            reference,
            received,
            person,
            channel=channel,
            risk=tuple(replace(r, words=()) for r in risk),
        )
    return Enquiry(
        reference=reference,
        received=received,
        requester=person,
        channel=channel,
        letter=letter.text,
        preferences=Preferences(),
        exclusions=Exclusions(
            organisations=proposal.exclude_organisations,
            specialties=proposal.exclude_specialties,
            people=proposal.exclude_people,
        ),
        risk=risk,
    )
