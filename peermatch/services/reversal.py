"""Taking a line of the journal back, or doing it again: the rules of asking are asked anew, and the picture follows."""

import json
from collections.abc import Iterable
from typing import Any

from peermatch.errors import Refused
from peermatch.matching.engine import refusal_codes
from peermatch.matching.register import Register
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import CODE_WORDS
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.verdict import Code
from peermatch.services.desk import Desk
from peermatch.services.footing import kept_apart, rests_on, withdrawn
from peermatch.services.own_undo import refuse_unfit
from peermatch.services.shortlists import refuse_while_held
from peermatch.store import enquiries, introductions, journal, settings, supporters, undo
from peermatch.store.journal import Entry, Image
from peermatch.store.transaction import Transaction
from peermatch.words import tr

# Of which table a row belongs to whom; what is in none of them is the network's own.
_SUPPORTERS = {
    "supporter": "id",
    "consent": "supporter",
    "consent_letter": "supporter",
    "evidence": "supporter",
    "onboarding": "supporter",
    "directory_entry": "supporter",
}
_ENQUIRIES = {
    "enquiry": "reference",
    "requester": "enquiry",
    "letter_print": "enquiry",
    "introduction": "enquiry",
    "hand_over": "enquiry",
    "outbox": "enquiry",
    "decision": "enquiry",
    "watch": "enquiry",
    "closing": "enquiry",
    "mail": "enquiry",
    "mail_file": "enquiry",
}
_OF_BOTH = frozenset({"introduction", "outbox"})
_OF_NOBODY = frozenset(
    {
        "holder",
        "kept_back",
        "counted",
        "request",
        "incident",
        "erasure",
        "directory_link",
        "directory_place",
        "form",
    }
)
# What speaks against an introduction that comes back into hand, whatever has changed otherwise: the will of those
# who are in it. Room and pauses do not: somebody was asked already, and only a mistake is put right.
_WILL = frozenset(
    {
        Code.NOT_ACTIVE,
        Code.SAME_PERSON,
        Code.EXCLUDED_BY_ENQUIRER,
        Code.POWER_RELATION,
        Code.OWN_BOUNDARY,
        Code.CONSENT_ENDED,
        Code.CONSENT_MISSING,
    }
)


def take_back(desk: Desk, seq: int) -> Done:
    """Undo a line, or do a line again by undoing its undoing; refused where the world has moved on."""
    with desk.store.read() as tx:
        line = undo.line(tx, seq)
        images = journal.images_of(tx, seq)
    written = desk.store.undo(seq, lambda tx: refuse_reopened(desk, tx, line, images))
    touched = touched_by(images)
    desk.renew(touched)
    if undo.action_for(line) == undo.REDO:
        return Done(touched, tr("Done again."), undo=written)
    return Done(touched, tr("Undone."), redo=written)


def why_not(desk: Desk, entry: Entry) -> Refused | None:
    """What would be said if a line were taken back now; found by trying, and nothing of the try stays."""
    with desk.store.read() as tx:
        images = journal.images_of(tx, entry.seq)
        refused = undo.would_refuse(tx, entry)
        if refused is not None:
            return refused
        try:
            refuse_reopened(desk, tx, entry, images)
        except Refused as refusal:
            return refusal
    return None


def touched_by(images: Iterable[Image]) -> Touched:
    """The records that a line changed."""
    people: set[str] = set()
    letters: set[str] = set()
    network = False
    for image in images:
        row = _row(image.before or image.after)
        if image.table in _SUPPORTERS:
            people.add(str(row.get(_SUPPORTERS[image.table])))
        elif image.table in _ENQUIRIES:
            letters |= _given(row, _ENQUIRIES[image.table])
            people |= _given(row, "supporter") if image.table in _OF_BOTH else set()
        else:
            network |= image.table not in _OF_NOBODY
    return Touched(frozenset(people), frozenset(letters), network)


def refuse_reopened(desk: Desk, tx: Transaction, line: Entry, images: Iterable[Image]) -> None:
    """Refuse an introduction that would be in hand again against somebody's will; asked after it was put back."""
    images = tuple(images)
    refuse_unfit(desk, tx, line, images)
    for image in images:
        if image.table == "supporter" and _active(image.before) and not _active(image.after):
            _refuse_unkept(desk, tx, line, str(_row(image.before)["id"]))
        if image.table == "introduction" and _in_hand(image.before) and not _in_hand(image.after):
            row = _row(image.before)
            _refuse_pair(desk, tx, line, (row["enquiry"], row["supporter"]), anew=image.after is None)


def _refuse_unkept(desk: Desk, tx: Transaction, line: Entry, id: str) -> None:
    """Nobody becomes active again by an undoing whose yes to the record has ended meanwhile."""
    if not desk.snapshot.gate(supporters.get(tx, id), desk.today).allows(Purpose.HOLD):
        raise undo.refusal(line, tr("{id} has no valid consent to be kept on record").format(id=id))


def _active(body: str | None) -> bool:
    return bool(body) and _row(body).get("status") == SupporterStatus.ACTIVE.value


def _refuse_pair(desk: Desk, tx: Transaction, line: Entry, pair: tuple[str, str], *, anew: bool) -> None:
    """As for an asking: all rules where nobody had asked, those of the will where it only comes back into hand."""
    enquiry, person = enquiries.get(tx, pair[0]), supporters.get(tx, pair[1])
    if not enquiry.open:
        raise undo.refusal(
            line,
            tr("enquiry {reference} is {value}").format(
                reference=enquiry.reference, value=enquiry.status.value
            ),
        )
    if anew:
        refuse_while_held(enquiry)
    others = [
        each for each in introductions.of_some(tx, (person.id,)).get(person.id, ()) if not _is(each, pair)
    ]
    register = Register.build(
        desk.snapshot.reference, (person,), others, settings.barred(tx), settings.wordings(tx) or ()
    )
    codes = refusal_codes(register, enquiry, person.id, desk.today)
    against = [CODE_WORDS[code].reason for code in codes if anew or code in _WILL]
    said = next(iter(against), None) or (None if anew else _said_since(desk, tx, enquiry, person))
    if said:
        raise undo.refusal(
            line,
            tr("{id} could not be asked for {reference} now ({said})").format(
                id=person.id, reference=enquiry.reference, said=said
            ),
        )


def _said_since(desk: Desk, tx: Transaction, enquiry: Enquiry, person: Supporter) -> str | None:
    """What else has ended an introduction for good meanwhile; a withdrawal stops all that rest on it."""
    if kept_apart(tx, enquiry, person.id):
        return tr("they are kept apart for good")
    if rests_on(desk.snapshot, enquiry, withdrawn(desk.snapshot, person, desk.today)):
        return tr("they have withdrawn consent that this rests on")
    return None


def _is(introduction: Introduction, pair: tuple[str, str]) -> bool:
    return (introduction.enquiry, introduction.supporter) == pair and introduction.in_hand


def _in_hand(body: str | None) -> bool:
    row = _row(body)
    return "state" in row and State(row["state"]) in _OPEN


_OPEN = frozenset({State.ASKED, State.ACCEPTED, State.AGREED})


def _given(row: dict[str, Any], column: str) -> set[str]:
    """A letter may belong to no enquiry, or to no supporter."""
    return {str(row[column])} if row.get(column) is not None else set()


def _row(body: str | None) -> dict[str, Any]:
    found = json.loads(body) if body else {}
    return found if isinstance(found, dict) else {}
