"""The look in the background: all of the file and the chain, in slices; damage seals the network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peermatch.errors import Damaged
from peermatch.services.checking import PAGES_AT_ONCE
from peermatch.services.office import Doors, Services
from tests.networks import DAY, PASSPHRASE
from tests.services.desks import agreed

PAGE = 4096


def file_of(services: Services) -> Path:
    return services.folder / services.desk.store.source().keyfile.db


def written_behind(services: Services, statement: str) -> None:
    """Change rows as somebody would who holds the key: without the triggers."""
    with services.desk.store.write_aside() as tx:
        connection = tx.session.connection()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
        for name in names.all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql(statement)


def test_a_whole_network_is_found_whole_and_still_takes_commands(services: Services) -> None:
    agreed(services)
    before = services.checking.last
    assert before is None
    found = services.checking.whole()
    assert (found.damage, found.lines) == ("", 4)
    assert found.pages == file_of(services).stat().st_size // PAGE
    assert services.checking.last == found
    services.enquiries.set_safe_contact("E-0142", "by text")
    assert services.checking.whole().lines == 5


def test_between_two_slices_people_work_and_keys_change(services: Services) -> None:
    for number in range(4):
        assert services.checking.step() is None
        services.enquiries.set_safe_contact("E-0142", f"by text {number}")
    services.keys.rotate()
    found = services.checking.whole()
    assert found.damage == ""
    assert found.lines >= 6


def test_somebody_who_waits_goes_first(services: Services) -> None:
    found, asked = None, 0

    def others_wait() -> bool:
        nonlocal asked
        asked += 1
        return asked % 2 == 1

    while found is None:
        found = services.checking.step(others_wait)
    assert found.damage == ""


Wreck = Callable[[Services], None]


def one_byte(services: Services) -> None:
    file = file_of(services)
    with file.open("r+b") as handle:
        handle.seek(file.stat().st_size // 2)
        byte = handle.read(1)
        handle.seek(file.stat().st_size // 2)
        handle.write(bytes([byte[0] ^ 1]))


def cut_off(services: Services) -> None:
    file = file_of(services)
    with file.open("r+b") as handle:
        handle.truncate(file.stat().st_size - PAGE)


def a_line(services: Services) -> None:
    written_behind(services, "UPDATE journal SET object = 'E-0143' WHERE action = 'ask'")


def a_line_less(services: Services) -> None:
    written_behind(services, "DELETE FROM journal_image WHERE seq = 2")


def a_reference(services: Services) -> None:
    services.desk.store.source().connection.execute("PRAGMA foreign_keys=OFF")
    written_behind(services, "UPDATE requester SET enquiry = 'E-9999' WHERE enquiry = 'E-0144'")


@pytest.mark.parametrize(
    ("wreck", "said"),
    [
        (one_byte, "is damaged (page "),
        (cut_off, "is damaged"),
        (a_line, "altered at line 2"),
        (a_line_less, "altered at line 2"),
        (a_reference, "refers to nothing"),
    ],
)
def test_damage_is_found_told_and_seals_the_network(services: Services, wreck: Wreck, said: str) -> None:
    agreed(services)
    wreck(services)
    found = services.checking.whole()
    assert said in found.damage
    assert services.desk.store.seal.on
    assert not services.desk.store.seal.looking
    with pytest.raises(Damaged, match=r"damaged|altered") as refused:
        services.introductions.ask("E-0143", "S-0002", DAY)
    assert "newest backup" in refused.value.hint
    before = file_of(services).read_bytes()
    assert services.close() == ""
    assert file_of(services).read_bytes() == before


def a_page(services: Services) -> None:
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'watch'"
    page = services.desk.store.source().connection.execute(query).fetchone()[0]
    with file_of(services).open("r+b") as handle:
        handle.seek((page - 1) * PAGE + 100)
        handle.write(b"\1\2\3")


@pytest.mark.parametrize("wreck", [a_line, a_page])
def test_what_is_damaged_is_put_right_from_the_window_by_a_backup(
    services: Services, doors: Doors, wreck: Wreck
) -> None:
    agreed(services)
    kept = services.backups.make().backup
    wreck(services)
    assert services.checking.whole().damage
    services.backups.look(kept.path, PASSPHRASE)
    services.backups.restore()
    assert services.close() == ""
    (aside,) = services.folder.glob("damaged-*")
    assert {path.name for path in aside.iterdir()} >= {"store.keys", "store.keys.bak", "store-000001.db"}
    again = doors.open(services.folder, PASSPHRASE)
    assert again.upkeep.check().damage == ()
    assert again.checking.whole().damage == ""
    again.enquiries.set_safe_contact("E-0142", "by text")
    again.lock()


def test_a_locked_network_is_not_looked_at(services: Services) -> None:
    services.lock()
    assert services.checking.step() is None


def test_a_slice_of_pages_is_small_enough_not_to_be_noticed() -> None:
    assert PAGES_AT_ONCE * PAGE <= 2 * 1024 * 1024
