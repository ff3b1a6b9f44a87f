"""Writes what one answer of a form would do: a new record or a changed one, with every yes and every no."""

from dataclasses import replace
from datetime import date

from peermatch.model.changes import Touched
from peermatch.model.form import FormRow, Standing
from peermatch.model.onboarding import Noted, Stage
from peermatch.services.consent_rules import refuse_unknown_wording
from peermatch.services.desk import Desk
from peermatch.services.taking_back import stop_unsent, write_letters
from peermatch.services.withdrawal import take_off_moot
from peermatch.store import onboarding, supporters
from peermatch.store.transaction import Transaction


def take(tx: Transaction, desk: Desk, row: FormRow, on: date) -> Touched:
    """Write one answer, with what follows from it; what it touched."""
    for record in (*row.agreed, *row.refused):
        refuse_unknown_wording(tx, record.wording)
    if row.standing is Standing.NEW:
        return Touched(frozenset({_add(tx, row)}))
    return Touched(frozenset({row.supporter.id}), _change(tx, desk, row, on))


def _add(tx: Transaction, row: FormRow) -> str:
    person = replace(row.supporter, id=supporters.next_id(tx), consents=(*row.agreed, *row.refused))
    supporters.add(tx, person)
    onboarding.note(tx, person.id, Noted(Stage.APPLIED, row.agreed[0].given))
    return person.id


def _change(tx: Transaction, desk: Desk, row: FormRow, on: date) -> frozenset[str]:
    """The enquiries whose introduction stops by a no, or about which there is a letter now, or no more."""
    person = row.supporter
    before = supporters.get(tx, person.id)
    supporters.change(tx, person)
    for record in (*row.agreed, *row.refused):
        supporters.add_consent(tx, person.id, record)
    stopped = stop_unsent(tx, desk, before, on)
    moot = take_off_moot(tx, desk.snapshot, person.id, on)
    written = write_letters(tx, desk, before, on).letters
    return moot.union((each.enquiry for each in stopped), (each.letter.enquiry for each in written))
