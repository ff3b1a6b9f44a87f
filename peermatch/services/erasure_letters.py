"""What follows an erasure where data was given to others: a letter to each, written before the network forgets who.

Everybody to whom somebody's data was given is told of its erasure, unless that cannot be done (UK GDPR article 19).
A letter names nobody who is erased. It stays until a person has sent it, for thirty days at most, for an answer is due
within a month (article 12(3)), and goes before that with the record of its reader.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from peermatch.mail.wording import Templates, forget_letter, stop_using_letter
from peermatch.model.introduction import Introduction
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.withdrawal import WHOLE, StopLetter, codes_of, recipient_of
from peermatch.store import enquiries, introductions, ledger, stop_letters, supporters
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
        for step, letter in _letters(tx, templates, subject, on):
            if _reader(step, subject) not in going and not _told(tx, step, letter):
                found[step.enquiry, step.supporter] = letter
    return tuple(found[pair] for pair in sorted(found))


def told_already(tx: Transaction, templates: Templates, subject: Subject, on: date) -> frozenset[str]:
    """The enquiries for which an erasure would write no letter, for their reader was sent just that one."""
    letters = _letters(tx, templates, subject, on)
    return frozenset(step.enquiry for step, letter in letters if _told(tx, step, letter))


def _letters(
    tx: Transaction, templates: Templates, subject: Subject, on: date
) -> Iterator[tuple[Introduction, StopLetter]]:
    """What could be written to each whom data was given to; nobody who was erased is written to."""
    for step in _introduced(tx, subject):
        if not ledger.erased_among(tx, (_reader(step, subject),)):
            yield step, _letter(tx, templates, subject, step, on)


def _told(tx: Transaction, step: Introduction, found: StopLetter) -> bool:
    """Whether a trainee was sent the same words when the supporter withdrew, and nothing was agreed to since.

    The words name every card that left, so none left after it.
    """
    if found.letter.kind != TO_TRAINEE:
        return False
    given = (each.given for each in supporters.get(tx, step.supporter).consents)
    agreed = max(given, default=date.min)
    written = stop_letters.written_for(tx, step.enquiry, step.supporter, agreed)
    return written.get(found.letter.body) == stop_letters.SENT


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
