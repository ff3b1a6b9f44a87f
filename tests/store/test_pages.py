"""Pages looked at beside the open database: each changed byte is seen, and no lock of ours is lost by it."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peermatch.errors import SystemRefused
from peermatch.store.engine import Connection, Interrupted, check_table, tables
from peermatch.store.pages import PAGE, Pages

HELD = """
import fcntl, os, sys
handle = os.open(sys.argv[1], os.O_RDWR)
for place in (0x40000000, 0x40000001, 0x40000002):
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except OSError:
        print("held")
        break
else:
    print("free")
"""


def flipped(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 0x40]))


def damage(path: Path, made: Any) -> int | None:
    pages = Pages(path)
    try:
        return pages.first_damaged(made.key, 1, pages.count() + 1)
    finally:
        pages.close()


def held(path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", HELD, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_whole_file_has_no_damaged_page_after_any_work(
    connection: Connection, path: Path, made: Any, fill: Callable[..., None]
) -> None:
    pages = Pages(path)
    fill(connection, rows=3000)
    for statement in ("DELETE FROM person WHERE id % 3 = 0", "DROP TABLE trait", "DELETE FROM person"):
        connection.execute(statement)
        assert pages.first_damaged(made.key, 1, pages.count() + 1) is None
    assert pages.count() == path.stat().st_size // PAGE > 50
    connection.close()
    pages.close()
    pages.close()


def test_every_changed_byte_is_seen_on_its_page(
    connection: Connection, path: Path, made: Any, fill: Callable[..., None]
) -> None:
    fill(connection, rows=300)
    connection.close()
    chance = random.Random(20261120)
    size = path.stat().st_size
    for place in (0, 15, 16, PAGE - 1, PAGE, size - 1, *(chance.randrange(size) for _ in range(200))):
        flipped(path, place)
        found = damage(path, made)
        # the salt stands outside the code of its page: with another one no page at all is as it was
        assert found == place // PAGE + 1
        flipped(path, place)
    assert damage(path, made) is None


def test_pages_that_changed_places_and_a_page_cut_off_are_seen(
    connection: Connection, path: Path, made: Any, fill: Callable[..., None]
) -> None:
    fill(connection, rows=300)
    connection.close()
    whole = path.read_bytes()
    path.write_bytes(
        whole[: 2 * PAGE] + whole[3 * PAGE : 4 * PAGE] + whole[2 * PAGE : 3 * PAGE] + whole[4 * PAGE :]
    )
    assert damage(path, made) == 3
    path.write_bytes(whole[:-100])
    assert damage(path, made) == len(whole) // PAGE
    path.write_bytes(whole)
    assert damage(path, made) is None


def test_looking_at_pages_gives_no_lock_away(connection: Connection, path: Path, made: Any) -> None:
    pages = Pages(path)
    assert held(path) == "held"
    assert pages.first_damaged(made.key, 1, 2) is None
    assert held(path) == "held"
    connection.close()
    pages.close()
    assert held(path) == "free"


def test_a_table_is_looked_at_alone_and_gives_way(connection: Connection, fill: Callable[..., None]) -> None:
    fill(connection, rows=4000)
    assert set(tables(connection)) == {"person", "trait"}
    assert [check_table(connection, table, lambda: False) for table in tables(connection)] == [[], []]
    asked: list[int] = []

    def others_wait() -> bool:
        asked.append(1)
        return True

    with pytest.raises(Interrupted):
        check_table(connection, "person", others_wait)
    assert asked == [1]
    assert connection.execute("SELECT count(*) FROM person").fetchone()[0] == 4000
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("INSERT INTO trait VALUES (99999, 'x')")
    assert check_table(connection, "trait", lambda: False) == ["trait row 1: refers to nothing"]


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemRefused, match="could not be read"):
        Pages(tmp_path / "none.db")
