"""The lists that a network keeps for itself: its own characteristics, organisations and sites; in and out as values."""

import json
from collections.abc import Mapping
from datetime import date

from peermatch.errors import Refused
from peermatch.model.characteristics import Term, term_to_dict
from peermatch.model.own_places import OwnPlace, parse_place, place_to_dict
from peermatch.model.own_terms import TermStanding
from peermatch.store.cells import day, maybe_day, parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, next_position, table_of


def add_term(tx: Transaction, term: Term, on: date) -> None:
    """One more, at the end."""
    tx.session.add(
        sql.TermRow(id=term.id, position=next_position(tx.session, sql.TermRow), body=term_to_dict(term))
    )
    put_standing(tx, term.id, TermStanding(on))


def change_term(tx: Transaction, term: Term) -> None:
    """It as it is now; its id never changes."""
    _term(tx, term.id).body = term_to_dict(term)
    tx.session.flush()


def remove_term(tx: Transaction, id: str) -> None:
    """One that nothing refers to."""
    tx.session.delete(_term(tx, id))
    row = tx.session.get(sql.TermStandingRow, id)
    if row is not None:
        tx.session.delete(row)
    tx.session.flush()


def standings(tx: Transaction) -> Mapping[str, TermStanding]:
    """Of each own term, since when it stands where it does, and since when it is retired."""
    rows = tx.rows("SELECT id, placed, retired FROM term_standing")
    return {id: TermStanding(day(placed), maybe_day(retired)) for id, placed, retired in rows}


def put_standing(tx: Transaction, id: str, standing: TermStanding) -> None:
    """Note it."""
    row = tx.session.get(sql.TermStandingRow, id)
    if row is None:
        row = sql.TermStandingRow(id=id, placed=standing.placed)
        tx.session.add(row)
    row.placed, row.retired = standing.placed, standing.retired
    tx.session.flush()


def _term(tx: Transaction, id: str) -> "sql.TermRow":
    row = tx.session.get(sql.TermRow, id)
    if row is None:
        raise Refused(
            "This characteristic is not on the network's own list any more.", "Look at the list again."
        )
    return row


def places(tx: Transaction) -> tuple[OwnPlace, ...]:
    """The network's own organisations and sites, and its own word over shipped ones, in the order of making."""
    rows = tx.rows("SELECT body, closed FROM own_organisation ORDER BY position")
    return tuple(parse_place(parsed(body), maybe_day(closed)) for body, closed in rows)


def put_place(tx: Transaction, place: OwnPlace) -> None:
    """Add one, or keep it as it is now."""
    row = tx.session.get(sql.OwnOrganisationRow, place.id)
    body = place_to_dict(place)
    if row is None:
        position = next_position(tx.session, sql.OwnOrganisationRow)
        row = sql.OwnOrganisationRow(id=place.id, position=position, body=body)
        tx.session.add(row)
    row.body, row.closed = body, place.closed
    tx.session.flush()


def named_elsewhere(tx: Transaction, id: str) -> bool:
    """Whether anything names an own term or organisation: people, enquiries, other own ones, or proof that is kept.

    It is looked for as it would be written, wherever that is: one too many does no harm, and one too few would.
    """
    wanted, own = json.dumps(id), (sql.TermRow, sql.OwnOrganisationRow)
    others = (
        sql.SupporterRow, sql.ConsentRow, sql.EnquiryRow, sql.ConsentLetterRow, sql.KeptConsentRow, sql.CountedRow,
    )  # fmt: skip
    for model in (*others, *own):
        for row in tx.session.execute(sql.select(table_of(model))).mappings():
            itself = model in own and row["id"] == id
            if not itself and any(wanted in json.dumps(each, default=str) for each in row.values()):
                return True
    return False
