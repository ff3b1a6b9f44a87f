"""A record that was changed past the program is noticed, in whichever way, and one that steps changed is not."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.model.consent import Purpose
from peermatch.store import enquiries, supporters
from peermatch.store.network import Store
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, yes
from tests.store.saving import Saved


def worked(saved: Saved) -> Store:
    """A network in which some steps were taken, one of them taken back."""
    store = saved.open()
    with store.write("change", AMINA.id) as tx:
        supporters.change(tx, replace(AMINA, capacity=3))
        supporters.add_consent(tx, AMINA.id, yes(Purpose.COUNT, ADHD, date(2026, 10, 2)))
    with store.write("add", "S-0007") as tx:
        supporters.add(tx, replace(AMINA, id="S-0007", name="New", email="new@example.org", consents=()))
    store.undo(tx.seq or 0)
    with store.write("letter", ENQUIRY.reference) as tx:
        enquiries.change(tx, replace(ENQUIRY, letter="Another letter."))
    with store.write("withdraw", AMINA.id) as tx:
        supporters.withdraw(tx, AMINA.id, supporters.get(tx, AMINA.id).consents[-1], DAY)
    return store


def test_what_steps_changed_is_as_they_left_it(saved: Saved) -> None:
    store = worked(saved)
    assert store.damage() == ()
    store.lock()


PAST_THE_PROGRAM = {
    "a number": ("UPDATE supporter SET capacity = 9 WHERE id = 'S-0001'", "supporter S-0001"),
    "a list": ("UPDATE supporter SET characteristics = '[]' WHERE id = 'S-0001'", "supporter S-0001"),
    "a text": ("UPDATE enquiry SET letter = 'yesterday' WHERE reference = 'E-0142'", "enquiry E-0142"),
    "a withdrawal": (
        "DROP TRIGGER consent_not_edited; UPDATE consent SET withdrawn = NULL WHERE withdrawn = '2026-11-20'",
        "consent",
    ),
    "a record that was taken back": (
        "INSERT INTO supporter SELECT 'S-0007', 99, name, known_as, pronouns, email, other_emails, phone, prefers,"
        " languages, grade, specialty, organisation, place, programmes, status, paused_until, available_from,"
        " available_until, capacity, boundaries, relations, characteristics, notes FROM supporter LIMIT 1",
        "supporter S-0007",
    ),
}


@pytest.mark.parametrize("way", PAST_THE_PROGRAM)
def test_what_was_changed_past_the_program_is_named_and_not_shown(saved: Saved, way: str) -> None:
    store = worked(saved)
    sql, record = PAST_THE_PROGRAM[way]
    for statement in sql.split(";"):
        store.source().connection.execute(statement)
    said = " ".join(store.damage())
    assert record in said
    assert "last step" in said
    for word in (AMINA.name, "yesterday", "new@example.org"):
        assert word not in said
    store.lock()
