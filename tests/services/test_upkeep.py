"""Undo, journal, checks, and the whole network in and out."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose
from peermatch.model.introduction import Step
from peermatch.model.policy import Policy
from peermatch.services.office import Doors, Services
from peermatch.store.tables import DecisionRow, PolicyRow
from tests.networks import ADHD, AMINA, DAY, NETWORK, PASSPHRASE
from tests.services.conftest import Make
from tests.services.desks import agreed


def test_the_network_says_what_it_is(services: Services) -> None:
    agreed(services)
    info = services.upkeep.info()
    assert (info.name, info.controller) == ("North West peer support", "The Example Trust")
    assert (info.supporters, info.enquiries, info.introductions) == (4, 3, 1)
    assert (info.slots, info.recovery, info.last_backup) == (2, True, None)
    assert info.schema


@pytest.mark.parametrize("controller", ["", "  ", "\u202e\n"])
def test_a_controller_has_a_name(still: Services, controller: str) -> None:
    with pytest.raises(BadInput, match="who the controller is"):
        still.upkeep.set_controller(controller)
    assert still.desk.snapshot.controller == "The Example Trust"


def test_a_controller_that_is_not_stated_is_remarked_until_it_is(make: Make) -> None:
    services = make(replace(NETWORK, controller=None))
    assert "The controller is not stated." in services.upkeep.check().remarks
    assert services.upkeep.info().controller is None
    done = services.upkeep.set_controller("  The Example\nTrust ")
    assert services.desk.snapshot.controller == "The Example Trust"
    assert "The controller is not stated." not in services.upkeep.check().remarks
    services.upkeep.undo(done)
    assert services.desk.snapshot.controller is None


def test_without_a_recovery_key_check_says_so_until_there_is_one(make: Make, doors: Doors) -> None:
    services = make(NETWORK)
    assert services.upkeep.check().damage == ()
    assert "no recovery key" in " ".join(services.upkeep.check().remarks)
    key = services.keys.draw_recovery()
    services.keys.set_recovery(key)
    assert services.upkeep.check().remarks == ()
    services.lock()
    again = doors.recover(services.folder, key)
    assert again.upkeep.info().recovery
    again.lock()


def test_a_step_that_changed_nothing_that_can_be_taken_back_says_so(still: Services) -> None:
    with pytest.raises(Refused, match="cannot be undone"):
        still.upkeep.undo(Done(Touched(), "Looked at."))


def test_an_undone_step_is_a_step_of_its_own(services: Services) -> None:
    done = services.introductions.ask("E-0142", "S-0001", DAY)
    undone = services.upkeep.undo(done)
    assert (undone.touched, undone.undo) == (done.touched, None)
    newest = services.upkeep.journal()[0]
    assert (newest.action, newest.object, newest.undoes) == ("undo", "E-0142 S-0001", done.undo)


def test_the_journal_is_newest_first_and_names_nobody(services: Services) -> None:
    agreed(services)
    services.consent.withdraw("S-0002", Purpose.MATCH, ADHD, DAY)
    services.supporters.change(replace(AMINA, name="Amina Rahman-Bell"))
    lines = services.upkeep.journal()
    assert [line.action for line in lines] == [
        "change-supporter",
        "consent-withdraw",
        "enquirer-agrees",
        "accept",
        "ask",
        "create",
    ]
    said = " ".join(f"{line.action} {line.object} {line.detail}" for line in lines).casefold()
    assert [name for name in ("amina", "rahman", "robin", "vale", "example.org", "tom") if name in said] == []
    assert len(services.upkeep.journal(limit=2)) == 2
    assert {line.action for line in services.upkeep.journal(about="S-0002")} == {"consent-withdraw"}


def test_a_network_leaves_and_comes_back_equal(services: Services, doors: Doors, make: Make) -> None:
    agreed(services)
    services.introductions.ask("E-0143", "S-0002", DAY)
    services.introductions.take(Step.DECLINE, "E-0143", "S-0002", DAY)
    raw = services.upkeep.export()
    assert json.loads(raw)["format"] == "peermatch"
    again = make(doors.read_portable(raw))
    assert again.upkeep.export() == raw
    assert again.desk.snapshot.introductions == services.desk.snapshot.introductions
    assert again.shortlists.every(DAY) == services.shortlists.every(DAY)


def test_a_record_that_no_longer_holds_together_is_damage(services: Services) -> None:
    with services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql("UPDATE supporter SET grade = 'st99' WHERE id = 'S-0001'")
    damage = services.upkeep.check().damage
    assert [fault for fault in damage if "supporters[0].grade" in fault] == list(damage) != []


@pytest.mark.parametrize(
    "body", ["'no such thing'", "body || 'AAAA'", "substr(body, 1, 40)", "(SELECT '' FROM network)"]
)
def test_a_decision_that_cannot_be_read_is_damage(ready: Services, body: str) -> None:
    assert ready.upkeep.check().damage == ()
    with ready.desk.store.write("test") as tx:
        row = tx.session.scalars(select(DecisionRow)).one()
        row.body = tx.session.scalar(text(f"SELECT {body} FROM decision"))
    assert ready.upkeep.check().damage == ("The record of a decision on enquiry E-0142 cannot be read.",)


def test_a_decision_on_another_enquiry_is_damage(ready: Services) -> None:
    with ready.desk.store.write("test") as tx:
        tx.session.scalars(select(DecisionRow)).one().enquiry = "E-0143"
    assert ready.upkeep.check().damage == ("The record of a decision on enquiry E-0143 cannot be read.",)


def test_weights_that_an_older_program_allowed_are_remarked_and_no_damage(
    services: Services, doors: Doors
) -> None:
    services.policies.keep(replace(Policy(), helpful=2.0), DAY)
    with services.desk.store.write("test") as tx:
        row = tx.session.scalars(select(PolicyRow)).one()
        row.body = {**row.body, "helpful": 1000}
    services.lock()
    again = doors.open(services.folder, PASSPHRASE)
    health = again.upkeep.check()
    assert health.damage == ()
    (said,) = [each for each in health.remarks if "weights" in each]
    assert said == (
        "The network's own weights (version 2) cannot be used by this program, so supporters are ranked by the "
        "standard weights; the version is still kept."
    )
    again.lock()


def test_an_altered_journal_is_damage(services: Services) -> None:
    agreed(services)
    with services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql("DROP TRIGGER IF EXISTS journal_is_final")
        names = tx.session.connection().exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        )
        for name in names.scalars().all():
            tx.session.connection().exec_driver_sql(f'DROP TRIGGER "{name}"')
        tx.session.connection().exec_driver_sql("UPDATE journal SET object = 'E-0001' WHERE action = 'ask'")
    assert [line for line in services.upkeep.check().damage if "journal" in line] != []


def test_a_key_file_that_was_mended_is_remarked(services: Services, doors: Doors) -> None:
    services.lock()
    (services.folder / "store.keys").write_bytes(b"")
    again = doors.open(services.folder, PASSPHRASE)
    assert again.upkeep.check().damage == ()
    assert "The key file was mended from its copy." in again.upkeep.check().remarks
    again.lock()
