"""A no in the transaction that records it: what it takes back, what stops by it, and the letters that follow."""

from dataclasses import replace
from datetime import date

from peermatch.model.campaign import Key
from peermatch.model.consent import ConsentRecord
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.people import Supporter
from peermatch.services.desk import Desk
from peermatch.services.footing import lost_between, rests_on
from peermatch.services.withdrawal import Taken, ToTell, to_tell
from peermatch.store import enquiries, introductions, supporters
from peermatch.store.transaction import Transaction

UNSENT = frozenset({State.ASKED, State.ACCEPTED, State.AGREED})


def stop_unsent(tx: Transaction, desk: Desk, before: Supporter, on: date) -> tuple[Introduction, ...]:
    """Stop the introductions on which nothing has been sent and that what was withdrawn just now carried."""
    lost = lost_between(desk.snapshot, before, supporters.get(tx, before.id), on)
    theirs = introductions.of_some(tx, (before.id,)).get(before.id, ())
    mine = [i for i in theirs if i.state in UNSENT]
    stopped = tuple(i.after(Step.STOP, on) for i in mine if _carried(tx, desk, i, lost))
    for introduction in stopped:
        introductions.change(tx, introduction)
    return stopped


def write_letters(tx: Transaction, desk: Desk, before: Supporter, on: date) -> ToTell:
    """Put the letters into the outbox, with the withdrawal that they follow from."""
    found = letters_for(tx, desk, before, supporters.get(tx, before.id), on)
    for each in found.letters:
        introductions.put_in_outbox(tx, each.letter)
    return found


def letters_for(tx: Transaction, desk: Desk, before: Supporter, after: Supporter, on: date) -> ToTell:
    """What to write to those who hold a card, by what is withdrawn now and was not before."""
    theirs = introductions.of_some(tx, (before.id,)).get(before.id, ())
    sent = [i for i in theirs if i.introduced is not None]
    lost = lost_between(desk.snapshot, before, after, on)
    taken = Taken(
        before=desk.snapshot.gate(before, on),
        after=desk.snapshot.gate(after, on),
        uncarried=frozenset(i.enquiry for i in sent if _carried(tx, desk, i, lost)),
    )
    return to_tell(tx, desk.templates, taken, sent)


def _carried(tx: Transaction, desk: Desk, introduction: Introduction, lost: frozenset[str | None]) -> bool:
    return rests_on(desk.snapshot, enquiries.get(tx, introduction.enquiry), lost)


def take_back(
    tx: Transaction, supporter: str, record: ConsentRecord, characteristic: str | None, on: date
) -> None:
    """The withdrawal on a record; where it is for a later day, or covers more, a record of its own says no from today.

    A record of exactly that topic always goes before one for a broader topic.
    """
    if record.withdrawn is None and record.characteristic == characteristic:
        supporters.withdraw(tx, supporter, record, on)
    else:
        own = replace(record, characteristic=characteristic, given=max(record.given, on), withdrawn=on)
        supporters.add_consent(tx, supporter, own)


def take_back_coming(tx: Transaction, person: Supporter, key: Key, on: date) -> bool:
    """Take back each yes that would come into force later too, or today's no would end on that day; whether any was."""
    coming = [
        each
        for each in person.consents
        if (each.purpose, each.characteristic) == key
        and each.given > on
        and (each.withdrawn is None or each.withdrawn > on)
    ]
    for record in coming:
        take_back(tx, person.id, record, record.characteristic, on)
    return bool(coming)
