"""Who can open the network: people come, change and go, and there is always somebody left."""

from pathlib import Path

import pytest

from peermatch.errors import BadInput, CannotUnlock, PeerMatchError, Refused
from peermatch.model.holders import Holder, KeyKind, NetworkKey, Role
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.keys import may_have_happened
from peermatch.services.office import Doors, Services
from peermatch.store import holders
from peermatch.store.epochs import Change, Uncertain
from peermatch.store.vault import add_device
from tests.networks import DAY, PASSPHRASE

SECOND = "a passphrase of somebody else"
THIRD = "and one more, entirely new one"


def people(services: Services) -> list[NetworkKey]:
    return [key for key in services.keys.every() if key.kind is KeyKind.PERSON]


def opens(doors: Doors, folder: Path, passphrase: str) -> bool:
    try:
        doors.open(folder, passphrase).lock()
    except CannotUnlock:
        return False
    return True


def test_the_first_holder_has_no_name_until_somebody_says_it(services: Services) -> None:
    (first,) = people(services)
    assert (first.name, first.label, first.holder) == ("", "coordinator", None)
    done = services.keys.name(first.id, "  Maria   Ode ", Role.LEAD)
    (named,) = people(services)
    assert (named.name, named.holder and named.holder.role) == ("Maria Ode", Role.LEAD)
    assert done.notice == "This key belongs to Maria Ode."
    assert done.undo is None


def test_a_second_person_types_their_passphrase_and_can_open(services: Services, doors: Doors) -> None:
    changed = services.keys.add("Priya Nair", Role.LEAD, SECOND)
    assert changed.done.notice == "Priya Nair can open this network now."
    added = next(key for key in people(services) if key.id == changed.key)
    assert added.holder is not None
    assert (added.name, added.label, added.holder.added, added.own) == ("Priya Nair", "lead", DAY, False)
    services.lock()
    assert opens(doors, services.folder, SECOND)
    assert opens(doors, services.folder, PASSPHRASE)


def test_the_name_stands_in_the_encrypted_file_alone(services: Services) -> None:
    services.keys.add("Priya Nair", Role.LEAD, SECOND)
    services.lock()
    for path in services.folder.rglob("*"):
        assert not path.is_file() or b"Priya" not in path.read_bytes(), path
        assert "Priya" not in path.name


def test_the_journal_names_the_slot_that_unlocked(services: Services, doors: Doors) -> None:
    second = services.keys.add("Priya Nair", Role.LEAD, SECOND).key
    services.lock()
    again = doors.open(services.folder, SECOND)
    assert again.keys.own().id == second
    again.upkeep.set_controller("The Example Trust")
    newest, added = again.upkeep.journal(2)
    assert (newest.slot, added.action, added.object) == (second, "keys-add", second)
    assert "Priya" not in f"{added.object}{added.detail}"
    again.lock()


def test_a_changed_passphrase_opens_and_the_former_one_does_not(services: Services, doors: Doors) -> None:
    (first,) = people(services)
    changed = services.keys.change(first.id, THIRD)
    assert changed.key == first.id
    assert [each.made.date() for each in changed.backups] == [DAY]
    services.lock()
    assert opens(doors, services.folder, THIRD)
    assert not opens(doors, services.folder, PASSPHRASE)


def test_who_was_removed_is_named_in_the_past_and_cannot_open(services: Services, doors: Doors) -> None:
    second = services.keys.add("Priya Nair", Role.LEAD, SECOND).key
    changed = services.keys.remove(second)
    assert changed.done.notice == "Priya Nair can no longer open this network."
    assert len(people(services)) == 1
    assert changed.left == ()
    assert services.keys.holders()[second].removed == DAY
    services.lock()
    assert not opens(doors, services.folder, SECOND)


def test_the_backups_that_still_open_are_listed(services: Services) -> None:
    before = services.keys.older_backups()
    second = services.keys.add("Priya Nair", Role.LEAD, SECOND).key
    changed = services.keys.remove(second)
    assert before == ()
    assert len(changed.backups) == 2
    assert all(each.path.is_file() for each in changed.backups)


def test_a_backup_from_before_an_erasure_opens_with_the_keys_of_today(services: Services) -> None:
    """An erasure makes a new epoch too, and nobody's key has changed by it."""
    services.erasure.erase(Subject(SubjectKind.SUPPORTER, "S-0001"), DAY)
    assert services.backups.state().kept
    assert services.keys.older_backups() == ()
    services.keys.rotate()
    older = {each.path for each in services.keys.older_backups()}
    assert older == {each.path for each in services.backups.state().kept}


def test_at_a_handover_one_s_own_key_may_go_when_somebody_stays(services: Services, doors: Doors) -> None:
    services.keys.add("Priya Nair", Role.LEAD, SECOND)
    services.lock()
    leaving = doors.open(services.folder, PASSPHRASE)
    leaving.keys.remove(leaving.keys.own().id)
    leaving.lock()
    assert not opens(doors, services.folder, PASSPHRASE)
    assert opens(doors, services.folder, SECOND)


def test_the_last_person_cannot_be_removed(services: Services) -> None:
    (last,) = people(services)
    with pytest.raises(Refused, match="the last person who can open"):
        services.keys.remove(last.id)
    assert people(services) == [last]


def test_a_person_s_computers_go_with_them(services: Services) -> None:
    second = services.keys.add("Priya Nair", Role.LEAD, SECOND).key
    person = Holder(second, "Priya Nair", Role.LEAD, DAY)
    services.desk.store.step_to(
        lambda keys, key: add_device(keys, key, "laptop", b"d" * 32),
        "keys-add",
        Change(
            lambda tx, slot: holders.put(tx, Holder(slot, person.name, person.role, DAY, owner=second)),
            {"holder": 1},
        ),
    )
    assert [key.kind for key in services.keys.every()] == [
        KeyKind.PERSON, KeyKind.PERSON, KeyKind.COMPUTER, KeyKind.PAPER,
    ]  # fmt: skip
    services.keys.remove(second)
    assert [key.kind for key in services.keys.every()] == [KeyKind.PERSON, KeyKind.PAPER]


def test_a_rotation_changes_no_key_but_the_file(services: Services, doors: Doors) -> None:
    before = services.keys.every()
    services.keys.rotate()
    assert services.keys.every() == before
    assert services.upkeep.check().damage == ()
    assert len(services.desk.snapshot.register) > 0
    services.lock()
    assert opens(doors, services.folder, PASSPHRASE)


def test_work_goes_on_after_a_change_of_keys(services: Services) -> None:
    services.keys.rotate()
    done = services.upkeep.set_controller("Another Trust")
    assert services.upkeep.info().controller == "Another Trust"
    services.upkeep.undo(done)
    assert services.upkeep.info().controller != "Another Trust"
    assert services.upkeep.check().damage == ()


def test_a_drawn_recovery_key_opens_nothing_until_it_is_set(
    services: Services, doors: Doors, template: tuple[Path, str]
) -> None:
    text = services.keys.draw_recovery()
    services.lock()
    with pytest.raises(CannotUnlock):
        doors.recover(services.folder, text)
    again = doors.recover(services.folder, template[1])
    changed = again.keys.set_recovery(text)
    assert changed.done.notice == "The new recovery sheet counts now; destroy the old one."
    again.lock()
    doors.recover(services.folder, text).lock()
    with pytest.raises(CannotUnlock):
        doors.recover(services.folder, template[1])


def test_nobody_who_finds_the_window_open_can_confirm(
    services: Services, doors: Doors, template: tuple[Path, str]
) -> None:
    services.keys.confirm(template[1])
    with pytest.raises(CannotUnlock, match="not the recovery key with which"):
        services.keys.confirm(services.keys.draw_recovery())
    services.keys.add("Priya Nair", Role.LEAD, SECOND)
    services.lock()
    again = doors.open(services.folder, SECOND)
    again.keys.confirm(SECOND)
    for wrong in (PASSPHRASE, "", SECOND + " "):
        with pytest.raises(CannotUnlock, match="not the passphrase with which"):
            again.keys.confirm(wrong)
    again.lock()


@pytest.mark.parametrize(
    "passphrase", ["too short", "x" * 1025, "passwordpassword", "with a \0 in the middle"]
)
def test_a_poor_passphrase_changes_nothing(services: Services, passphrase: str) -> None:
    (first,) = before = people(services)
    with pytest.raises(BadInput):
        services.keys.add("Priya Nair", Role.LEAD, passphrase)
    with pytest.raises(BadInput):
        services.keys.change(first.id, passphrase)
    assert people(services) == before


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_key_needs_a_name(services: Services, name: str) -> None:
    with pytest.raises(BadInput, match="whose key"):
        services.keys.add(name, Role.LEAD, SECOND)


def test_keys_are_found_by_their_first_letters_where_these_are_enough(services: Services) -> None:
    (first,) = people(services)
    assert services.keys.find(first.id[:5].upper()) == first
    for text in ("", "zz", "0123456789abcdef0"):
        with pytest.raises(BadInput, match="keys begin with"):
            services.keys.find(text)


def test_only_a_person_s_key_has_a_passphrase_and_a_name(services: Services) -> None:
    paper = next(key for key in services.keys.every() if key.kind is KeyKind.PAPER)
    with pytest.raises(BadInput, match="no passphrase"):
        services.keys.change(paper.id, SECOND)
    with pytest.raises(BadInput, match="no passphrase"):
        services.keys.name(paper.id, "Priya Nair", Role.LEAD)


def test_the_recovery_key_can_be_taken_away(services: Services) -> None:
    paper = next(key for key in services.keys.every() if key.kind is KeyKind.PAPER)
    assert services.keys.remove(paper.id).done.notice == "The recovery key no longer opens this network."
    assert "no recovery key" in services.upkeep.check().remarks[0]


def test_only_a_disk_that_does_not_say_leaves_doubt() -> None:
    assert may_have_happened(Uncertain("The disk failed."))
    assert not may_have_happened(PeerMatchError("No."))
