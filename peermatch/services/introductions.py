"""Asking a supporter and the steps that follow, each checked against the rules inside its transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput, Refused
from peermatch.mail.wording import ask_letter, offer_letter
from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.register import Register
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State, Step, allowed_from
from peermatch.model.people import Supporter
from peermatch.services import decisions
from peermatch.services.desk import Desk
from peermatch.services.shortlists import refuse_while_held
from peermatch.store import enquiries, introductions, settings, statistics, supporters
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.transaction import Transaction
from peermatch.words import tr

Agreed = Mapping[tuple[str, str], date]
"""The day of the trainee's yes by reference and supporter."""
_NOTICE = {
    Step.ACCEPT: tr("{name} said yes"),
    Step.DECLINE: tr("{name} said no"),
    Step.LAPSE: tr("No answer from {name}"),
    Step.ENQUIRER_AGREES: tr("The trainee said yes"),
    Step.ENQUIRER_REFUSES: tr("The trainee said no"),
    Step.END: tr("The introduction has ended"),
    Step.STOP: tr("The introduction was stopped"),
}


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter to read before it is copied or sent."""

    recipient: str | None
    subject: str
    text: str


class Introductions:
    """Brokers between one enquiry and one supporter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask_draft(self, reference: str, supporter: str) -> LetterDraft:
        """The letter that asks a supporter; it names no trainee."""
        snapshot = self._desk.snapshot
        return self._ask_draft(snapshot.supporter(supporter), snapshot.enquiry(reference), self._desk.today)

    def _ask_draft(self, person: Supporter, enquiry: Enquiry, on: date) -> LetterDraft:
        """The letter speaks of what they may be found by and of nothing else that stands on their record."""
        gate = self._desk.snapshot.gate(person, on)
        found_by = tuple(each for each in person.characteristics if gate.allows(Purpose.MATCH, each))
        known = replace(person, characteristics=found_by)
        subject, text = ask_letter(self._desk.templates, self._desk.snapshot.reference, known, enquiry)
        return LetterDraft(person.email, subject, text)

    def offer_draft(self, reference: str) -> LetterDraft:
        """The letter that tells the enquirer that somebody would be glad to help, without saying who."""
        snapshot = self._desk.snapshot
        enquiry = snapshot.enquiry(reference)
        subject, text = offer_letter(self._desk.templates, snapshot.reference, enquiry)
        return LetterDraft(enquiry.requester.email, subject, text)

    def ask(self, reference: str, supporter: str, on: date, reason: str = "") -> Done:
        """Ask one supporter: every gate again, the introduction and the letter, in one transaction.

        ``reason`` is why somebody other than the first was chosen, where the coordinator says so.
        """
        with self._desk.command("ask", f"{reference} {supporter}") as tx:
            enquiry, person = enquiries.get(tx, reference), supporters.get(tx, supporter)
            self._refuse_ask(tx, enquiry, person, on)
            introductions.add(tx, Introduction(reference, supporter, State.ASKED, asked=on))
            if enquiry.status is EnquiryStatus.NEW:
                enquiries.change(tx, replace(enquiry, status=EnquiryStatus.TRIAGED))
            draft = self._ask_draft(person, enquiry, on)
            introductions.put_in_outbox(
                tx,
                OutgoingLetter("ask", reference, supporter, on, draft.recipient, draft.subject, draft.text),
            )
            self._keep_decision(tx, enquiry, supporter, on, reason)
            if reason.strip():
                tx.note("with a reason")
        touched = Touched(frozenset({supporter}), frozenset({reference}))
        return self._desk.done(
            tx,
            touched,
            tr("{first_name} is asked. The letter is ready to send.").format(first_name=person.first_name),
        )

    def _refuse_ask(self, tx: Transaction, enquiry: Enquiry, person: Supporter, on: date) -> None:
        """Every rule that may forbid asking, on what the file says now."""
        if not enquiry.open:
            raise Refused(
                tr("Enquiry {reference} is {value}, so nobody can be asked for it.").format(
                    reference=enquiry.reference, value=enquiry.status.value
                )
            )
        refuse_while_held(enquiry)
        register = register_now(self._desk, tx, (person,))
        codes = refusal_codes(register, enquiry, person.id, on)
        if not codes:
            return
        shortlist = match(register, enquiry, on, self._desk.snapshot.policy)
        text = next(r.text for r in shortlist.refused if r.supporter == person.id)
        raise Refused(
            tr("{id} cannot be asked for {reference}. {text}.").format(
                id=person.id, reference=enquiry.reference, text=text
            )
        )

    def _keep_decision(
        self, tx: Transaction, enquiry: Enquiry, supporter: str, on: date, reason: str
    ) -> None:
        """Where the chosen one stood: the coordinator may choose another than the first, and that is kept."""
        snapshot = self._desk.snapshot
        shortlist = match(snapshot.register, enquiry, on, snapshot.policy)
        decision = decisions.record(tx, enquiry, shortlist, supporter, reason)
        tx.note(f"place {decision.place} of {len(decision.suggested)}, policy {decision.policy.label}")

    def agreed(self) -> Agreed:
        """When each trainee said yes, as the journal says; a yes that was taken back does not count.

        The record of an introduction keeps the supporter's day, the card's and the last one (formats).
        """
        with self._desk.store.read() as tx:
            return statistics.said_yes(tx)

    def take(self, step: Step, reference: str, supporter: str, on: date) -> Done:
        """One step of an introduction, where its state allows it; handing over a card is a service of its own."""
        if step is Step.HAND_OVER:
            raise BadInput(tr("A card is handed over with its preview."), tr("Use the card step."))
        with self._desk.command(step.value, f"{reference} {supporter}") as tx:
            enquiry, person = enquiries.get(tx, reference), supporters.get(tx, supporter)
            introduction = introductions.get(tx, reference, supporter)
            refuse_step(introduction, step)
            introductions.change(tx, introduction.after(step, on))
            if step is Step.ENQUIRER_AGREES:
                tx.note(on.isoformat())
            if step is Step.ACCEPT:
                subject, text = offer_letter(self._desk.templates, self._desk.snapshot.reference, enquiry)
                introductions.put_in_outbox(
                    tx,
                    OutgoingLetter("offer", reference, supporter, on, enquiry.requester.email, subject, text),
                )
        touched = Touched(frozenset({supporter}), frozenset({reference}))
        return self._desk.done(tx, touched, _NOTICE[step].format(name=person.first_name))


def refuse_step(introduction: Introduction, step: Step) -> None:
    """Say which state a step needs, where the present one does not allow it."""
    if introduction.allows(step):
        return
    allowed = " or ".join(sorted(state.value for state in allowed_from(step)))
    raise Refused(
        tr(
            "The introduction of {enquiry} and {supporter} is {value}; {value_2} needs one that is {allowed}."
        ).format(
            enquiry=introduction.enquiry,
            supporter=introduction.supporter,
            value=introduction.state.value,
            value_2=step.value,
            allowed=allowed,
        )
    )


def register_now(desk: Desk, tx: Transaction, people: tuple[Supporter, ...]) -> Register:
    """A register of a few people, from what the file says at this moment."""
    ids = [each.id for each in people]
    return Register.build(
        desk.snapshot.reference,
        people,
        (each for theirs in introductions.of_some(tx, ids).values() for each in theirs),
        settings.barred(tx),
        settings.wordings(tx) or (),
    )
