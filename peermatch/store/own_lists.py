"""The lists that a network keeps for itself: its own characteristics, organisations and sites; in and out as values."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import Refused
from peermatch.model.characteristics import Term, term_to_dict
from peermatch.model.own_places import OwnPlace, parse_place, place_to_dict
from peermatch.model.own_terms import TermStanding
from peermatch.store.tables import ConsentRow, EnquiryRow, SupporterRow, TermRow
from peermatch.store.tables_consent import ConsentLetterRow
from peermatch.store.tables_onboarding import OwnOrganisationRow, TermStandingRow
from peermatch.store.tables_rights import CountedRow, KeptConsentRow
from peermatch.store.transaction import Transaction, next_position, table_of

_OWN = (TermRow, OwnOrganisationRow)
# Where the id of one of them may stand.
_NAMING = (
    SupporterRow,
    ConsentRow,
    EnquiryRow,
    ConsentLetterRow,
    KeptConsentRow,
    CountedRow,
    *_OWN,
)


def add_term(tx: Transaction, term: Term, on: date) -> None:
    """One more, at the end."""
    tx.session.add(TermRow(id=term.id, position=next_position(tx.session, TermRow), body=term_to_dict(term)))
    put_standing(tx, term.id, TermStanding(on))


def change_term(tx: Transaction, term: Term) -> None:
    """It as it is now; its id never changes."""
    _term(tx, term.id).body = term_to_dict(term)
    tx.session.flush()


def remove_term(tx: Transaction, id: str) -> None:
    """One that nothing refers to."""
    tx.session.delete(_term(tx, id))
    row = tx.session.get(TermStandingRow, id)
    if row is not None:
        tx.session.delete(row)
    tx.session.flush()


def standings(tx: Transaction) -> Mapping[str, TermStanding]:
    """Of each own term, since when it stands where it does, and since when it is retired."""
    rows = tx.session.scalars(select(TermStandingRow))
    return {row.id: TermStanding(row.placed, row.retired) for row in rows}


def put_standing(tx: Transaction, id: str, standing: TermStanding) -> None:
    """Note it."""
    row = tx.session.get(TermStandingRow, id)
    if row is None:
        row = TermStandingRow(id=id, placed=standing.placed)
        tx.session.add(row)
    row.placed, row.retired = standing.placed, standing.retired
    tx.session.flush()


def _term(tx: Transaction, id: str) -> TermRow:
    row = tx.session.get(TermRow, id)
    if row is None:
        raise Refused(
            "This characteristic is not on the network's own list any more.", "Look at the list again."
        )
    return row


def places(tx: Transaction) -> tuple[OwnPlace, ...]:
    """The network's own organisations and sites, and its own word over shipped ones, in the order of making."""
    rows = tx.session.scalars(select(OwnOrganisationRow).order_by(col(OwnOrganisationRow.position)))
    return tuple(parse_place(row.body, row.closed) for row in rows)


def put_place(tx: Transaction, place: OwnPlace) -> None:
    """Add one, or keep it as it is now."""
    row = tx.session.get(OwnOrganisationRow, place.id)
    body = place_to_dict(place)
    if row is None:
        position = next_position(tx.session, OwnOrganisationRow)
        row = OwnOrganisationRow(id=place.id, position=position, body=body)
        tx.session.add(row)
    row.body, row.closed = body, place.closed
    tx.session.flush()


def named_elsewhere(tx: Transaction, id: str) -> bool:
    """Whether anything names an own term or organisation: people, enquiries, other own ones, or proof that is kept.

    It is looked for as it would be written, wherever that is: one too many does no harm, and one too few would.
    """
    wanted = json.dumps(id)
    for model in _NAMING:
        for row in tx.session.execute(select(table_of(model))).mappings():
            itself = model in _OWN and row["id"] == id
            if not itself and any(wanted in json.dumps(each, default=str) for each in row.values()):
                return True
    return False
