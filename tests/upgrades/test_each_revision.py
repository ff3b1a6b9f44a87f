"""A network of each schema that there ever was: copied first, brought up, and every value still there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from peermatch.model.network import Network
from peermatch.services.doors import Doors
from peermatch.services.office import Services
from peermatch.services.shipped import load_shipped
from peermatch.store import container, contents, keyfile, schema, vault
from peermatch.store.engine import open_database
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.networks import clock
from tests.upgrades.older import REVISIONS, Older, build, kept, rows

# What a revision took out of a table: the weights moved to a table of their own (0002).
MOVED = {"network": {"policy"}}
# What the program makes from the rows, and may make anew at any opening.
MADE_ANEW = {"chunk", "chunk_word", "chunk_origin", "record", "record_origin", "draft"}


# A line of the journal that no command wrote: some rows were put in place for the network to hold every kind.
BY_HAND = "test"
# What the portable file did not tell yet on the days when it came; the rows are compared all the same.
UNTOLD = ("signposts", "letters", "standings")


def as_told(now: Network, told: Network) -> Network:
    """A network with no more in it than a portable file of its day tells of it."""
    silent = {name: getattr(told, name) for name in UNTOLD if not getattr(told, name)}
    return replace(now, mail=told.mail, **silent)


@dataclass(frozen=True)
class Opened:
    """An older network after the first opening by this program."""

    older: Older
    folder: Path
    before: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]
    services: Services

    @property
    def copies(self) -> list[Path]:
        return sorted((self.folder / "backups").glob("*.pmbackup"))


@pytest.fixture(scope="module")
def doors() -> Doors:
    return Doors(load_shipped(), clock, cost=LEAST)


@pytest.fixture(scope="module", params=REVISIONS)
def opened(
    request: pytest.FixtureRequest, doors: Doors, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    older = kept(request.param)
    folder = build(older, tmp_path_factory.mktemp("older") / "network.peermatch")
    keys = keyfile.parse(older.keys)
    connection = open_database(folder / keys.db, vault.unlock(keys, older.secret)[0])
    before = rows(connection)
    connection.close()
    services = doors.recover(folder, older.recovery)
    yield Opened(older, folder, before, services)
    services.lock()


def test_it_opens_whole_and_says_nothing_against_itself(opened: Opened) -> None:
    services = opened.services
    assert services.upkeep.info().schema == schema.HEAD
    health = services.upkeep.check()
    assert (health.damage, [each for each in health.remarks if "cannot" in each]) == ((), [])


def test_no_row_and_no_value_is_lost(opened: Opened) -> None:
    after = rows(opened.services.desk.store._connection)
    for table, (columns, lines) in opened.before.items():
        if table in MADE_ANEW:
            continue
        places = [after[table][0].index(each) for each in columns if each not in MOVED.get(table, set())]
        there = {tuple(row[place] for place in places) for row in after[table][1]}
        stay = [number for number, each in enumerate(columns) if each not in MOVED.get(table, set())]
        lost = [row for row in lines if tuple(row[number] for number in stay) not in there]
        assert (table, lost) == (table, [])
        grown = len(after[table][1]) - len(lines)
        assert (table, grown) == (table, grown if table.startswith(("journal", "search_place")) else 0)


def test_it_says_what_the_program_of_its_day_wrote_into_the_portable_file(
    opened: Opened, doors: Doors
) -> None:
    wanted = doors.read_portable(opened.older.portable)
    with opened.services.desk.store.read() as tx:
        now = contents.whole(tx)
    assert as_told(now, wanted) == wanted
    assert replace(doors.read_portable(opened.services.upkeep.export()), mail=now.mail) == now
    assert len(wanted.supporters) >= 3
    assert len(wanted.introductions) == 4


def test_the_step_is_on_the_journal_once_and_every_older_line_still_reads(opened: Opened) -> None:
    lines = opened.services.upkeep.journal(limit=10_000)
    steps = [line.action for line in lines[: len(lines) - opened.older.journal]]
    assert steps == ([] if opened.older.revision == schema.HEAD else ["migrate"])
    lines_in_words = opened.services.journal.page().lines
    assert not [
        each
        for each in lines_in_words
        if "that a newer PeerMatch knows" in each.words and each.action != BY_HAND
    ]


def test_a_copy_of_it_as_it_was_lies_beside_it(opened: Opened) -> None:
    if opened.older.revision == schema.HEAD:
        assert opened.copies == []
        return
    (copy,) = opened.copies
    assert copy.name.endswith("-before-migration.pmbackup")
    with container.open_container(copy) as inside:
        assert inside.header.schema == opened.older.revision
        inside.unpack(opened.folder.parent / "copy.db")
        key, _ = vault.unlock(inside.header.keys, opened.older.secret)
    connection = open_database(opened.folder.parent / "copy.db", key)
    assert rows(connection) == opened.before
    connection.close()


@pytest.mark.parametrize("revision", [1])
def test_a_second_opening_changes_nothing_and_the_copy_makes_a_network_again(
    revision: int, doors: Doors, tmp_path: Path
) -> None:
    older = kept(revision)
    folder = build(older, tmp_path / "network.peermatch")
    Store.open(folder, older.secret, clock).lock()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    Store.open(folder, older.secret, clock).lock()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    (copy,) = (folder / "backups").glob("*.pmbackup")
    doors.restore(copy, older.recovery, tmp_path / "again.peermatch", by_recovery_key=True)
    again = doors.recover(tmp_path / "again.peermatch", older.recovery)
    with again.desk.store.read() as tx:
        wanted = doors.read_portable(older.portable)
        assert as_told(contents.whole(tx), wanted) == wanted
    again.lock()


def test_every_schema_before_todays_is_kept_here() -> None:
    assert set(REVISIONS) >= set(range(1, schema.HEAD)), "keep a network of the schema that you leave behind"
