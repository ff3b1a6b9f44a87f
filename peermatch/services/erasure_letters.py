"""What follows an erasure where data was given to others: a letter to each, written before the network forgets who.

Everybody to whom somebody's data was given is told of its erasure, unless that cannot be done (UK GDPR article 19).
A letter names nobody who is erased. It stays until a person has sent it, for thirty days at most, for an answer is due
within a month (article 12(3)), and goes before that with the record of its reader.
"""

from collections.abc import Collection, Iterable
from datetime import date

from peermatch.mail.wording import Templates, forget_letter, stop_using_letter
from peermatch.model.introduction import Introduction
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.withdrawal import WHOLE, StopLetter, codes_of, recipient_of
from peermatch.store import enquiries, introductions, ledger, supporters
from peermatch.store.erased_letters import TO_SUPPORTER, TO_TRAINEE
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.transaction import Transaction


def letters_to_come(
    tx: Transaction, templates: Templates, people: Collection[Subject], on: date
) -> tuple[StopLetter, ...]:
    """The letters that erasing these people would leave; nobody who goes, or has gone, is written to."""
    going = frozenset(people)
    found: dict[tuple[str, str], StopLetter] = {}
    for subject in going:
        for step in _introduced(tx, subject):
            reader = _reader(step, subject)
            if reader not in going and not ledger.erased_among(tx, (reader,)):
                found[step.enquiry, step.supporter] = _letter(tx, templates, subject, step, on)
    return tuple(found[pair] for pair in sorted(found))


def _introduced(tx: Transaction, subject: Subject) -> Iterable[Introduction]:
    """Where data left: the latest introduction of each pair."""
    if subject.kind is SubjectKind.SUPPORTER:
        steps = introductions.of_some(tx, (subject.id,)).get(subject.id, ())
    else:
        steps = introductions.of_enquiry(tx, subject.id)
    return (each for each in steps if each.introduced is not None)


def _reader(step: Introduction, subject: Subject) -> Subject:
    if subject.kind is SubjectKind.SUPPORTER:
        return Subject(SubjectKind.ENQUIRER, step.enquiry)
    return Subject(SubjectKind.SUPPORTER, step.supporter)


def _letter(
    tx: Transaction, templates: Templates, subject: Subject, step: Introduction, on: date
) -> StopLetter:
    write = _to_trainee if subject.kind is SubjectKind.SUPPORTER else _to_supporter
    return write(tx, templates, step, on)


def _to_trainee(tx: Transaction, templates: Templates, step: Introduction, on: date) -> StopLetter:
    """They hold a card of somebody who goes; the letter knows it by its number alone."""
    enquiry = enquiries.get(tx, step.enquiry)
    cards = introductions.hand_overs(tx, step.enquiry, step.supporter)
    subject, body = stop_using_letter(templates, enquiry, codes_of(cards), WHOLE)
    letter = OutgoingLetter(TO_TRAINEE, step.enquiry, None, on, recipient_of(enquiry, cards), subject, body)
    return StopLetter(letter, (enquiry.requester.safe_contact or "").strip())


def _to_supporter(tx: Transaction, templates: Templates, step: Introduction, on: date) -> StopLetter:
    """They were introduced to somebody who goes, and may have kept what that person wrote to them."""
    person = supporters.get(tx, step.supporter)
    subject, body = forget_letter(templates, person, step.introduced or on)
    letter = OutgoingLetter(
        TO_SUPPORTER, step.enquiry, step.supporter, on, (person.email or "").strip() or None, subject, body
    )
    return StopLetter(letter, "")
