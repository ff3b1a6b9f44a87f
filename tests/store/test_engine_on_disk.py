"""The encrypted file as others see it: no plain text, a second reading of it, and damage that is found."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from peermatch.errors import Damaged
from peermatch.store.engine import Connection, open_database, vacuum, verify
from peermatch.store.keys import StoreKey

MARKER = "ZQXmarkerpregnancyleaveZQX"


# ------------------------------------------------------------------------------- what lies on the disk


def bytes_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def traces(data: bytes) -> int:
    """The marker in each writing that a search would try."""
    forms = [MARKER.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return sum(data.lower().count(form.lower()) for form in forms) + data.count(b"SQLite format 3")


WORKER = """
import os, sys
from pathlib import Path
from peermatch.store.engine import open_database
from peermatch.store.keys import StoreKey
connection = open_database(Path(sys.argv[1]), StoreKey(bytes.fromhex(sys.argv[2])))
print(connection.execute("SELECT count(*) FROM person").fetchone()[0])
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
for number in range(1000, 3000):
    connection.execute("INSERT INTO person VALUES (?, ?)", (number, sys.argv[3] * 8))
connection.execute("UPDATE person SET name = name || 'x'")
connection.execute("CREATE TEMP TABLE sorted AS SELECT name FROM person ORDER BY name DESC")
connection.execute("SELECT count(*) FROM (SELECT DISTINCT name FROM sorted ORDER BY name)").fetchall()
places = [Path("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]
print(len([place for place in places if place.is_symlink() and "deleted" in os.readlink(place)]))
print("ready", flush=True)
sys.stdin.readline()
"""


def test_no_plain_text_is_on_the_disk_while_open_nor_after_kill_9(
    path: Path, made: Any, tmp_path: Path, fill: Any
) -> None:
    connection = open_database(path, made.key)
    fill(connection)
    connection.close()
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    secret = bytes(made.key._secret).hex()
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(path), secret, MARKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path.cwd(),
        env=os.environ | {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)},
        text=True,
    ) as worker:
        assert worker.stdout is not None
        assert [worker.stdout.readline() for _ in range(3)] == ["200\n", "0\n", "ready\n"]
        journal = path.with_name(path.name + "-journal")
        assert journal.stat().st_size > 4096, "the transaction has not reached the disk"
        while_open = bytes_below(tmp_path)
        os.kill(worker.pid, signal.SIGKILL)
        assert worker.communicate()[1] == ""
    after = bytes_below(tmp_path)
    assert len(while_open) > 200_000
    assert traces(while_open) == traces(after) == 0
    reopened = open_database(path, made.key)
    assert reopened.execute("SELECT count(*), max(id) FROM person").fetchone() == (200, 199)
    assert verify(reopened, thorough=True) == []
    assert not journal.exists() or journal.stat().st_size == 0
    reopened.close()


def test_the_same_search_finds_the_marker_in_a_plain_file(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        plain.execute("CREATE TABLE t (a)")
        plain.execute("INSERT INTO t VALUES (?)", (MARKER,))
    plain.close()
    assert traces(bytes_below(tmp_path)) == 2


# ------------------------------------------------------------------ read by others than SQLCipher itself


def test_an_independent_implementation_reads_the_file(path: Path, made: Any, fill: Any) -> None:
    import apsw

    connection = open_database(path, made.key)
    fill(connection)
    connection.close()
    other = apsw.Connection(str(path))
    for statement in ("cipher='sqlcipher'", "legacy=4", f"key=\"x'{made.key.db_key_hex()}'\""):
        other.execute(f"PRAGMA {statement}").fetchall()
    rows = other.execute("SELECT count(*), min(name) FROM person").fetchall()
    other.close()
    assert rows == [(200, f"{MARKER} 0 " * 8)]


def decrypted(data: bytes, key: bytes) -> tuple[bytes, list[int]]:
    """The pages of a SQLCipher 4 file by hand, and the numbers of those whose authentication is wrong."""
    import hashlib
    import hmac
    import struct

    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    salt = data[:16]
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    plain, wrong = b"", []
    for number in range(1, len(data) // 4096 + 1):
        page = data[(number - 1) * 4096 : number * 4096]
        start = 16 if number == 1 else 0
        body, vector, mac = page[start:-80], page[-80:-64], page[-64:]
        if hmac.digest(mac_key, body + vector + struct.pack("<I", number), "sha512") != mac:
            wrong.append(number)
        reader = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        head = b"SQLite format 3\0" if number == 1 else b""
        plain += head + reader.update(body) + reader.finalize() + bytes(80)
    return plain, wrong


def test_a_decryptor_made_by_hand_gives_a_file_that_plain_sqlite_reads(
    path: Path, made: Any, tmp_path: Path, fill: Any
) -> None:
    connection = open_database(path, made.key)
    fill(connection)
    connection.close()
    plain, wrong = decrypted(path.read_bytes(), bytes.fromhex(made.key.db_key_hex()))
    assert wrong == []
    (tmp_path / "plain.db").write_bytes(plain)
    with sqlite3.connect(tmp_path / "plain.db") as reader:
        assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert reader.execute("SELECT count(*) FROM person").fetchall() == [(200,)]
    reader.close()


def test_what_was_deleted_and_vacuumed_is_gone_from_the_decrypted_file(
    path: Path, made: Any, fill: Any
) -> None:
    connection = open_database(path, made.key)
    fill(connection, 500)
    connection.execute("DELETE FROM person WHERE id >= 100")
    vacuum(connection)
    connection.close()
    plain, _ = decrypted(path.read_bytes(), bytes.fromhex(made.key.db_key_hex()))
    assert {int(found) for found in re.findall(rb"ZQX (\d+) ", plain)} == set(range(100))


# ----------------------------------------------------------------------------------------- damage


def found_in(path: Path, key: StoreKey) -> list[str]:
    """What opening or the checks say of a file."""
    try:
        connection = open_database(path, key)
    except Damaged as refusal:
        return [str(refusal)]
    try:
        return verify(connection, thorough=True)
    finally:
        connection.close()


def test_each_of_400_flipped_bytes_is_found(path: Path, made: Any, capfd: Any, fill: Any) -> None:
    connection = open_database(path, made.key)
    fill(connection, 300)
    connection.close()
    good, chance = path.read_bytes(), random.Random(7)
    unseen = []
    for _ in range(400):
        place = chance.randrange(len(good))
        changed = bytearray(good)
        changed[place] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        found = found_in(path, made.key)
        if not found:
            unseen.append(place)
        assert all(MARKER not in text for text in found)
    assert unseen == []
    path.write_bytes(good)
    assert found_in(path, made.key) == []
    assert capfd.readouterr() == ("", "")


def test_pages_cut_swapped_zeroed_or_added_are_found(path: Path, made: Any, fill: Any) -> None:
    connection = open_database(path, made.key)
    fill(connection, 300)
    connection.close()
    good = path.read_bytes()
    pages = [good[start : start + 4096] for start in range(0, len(good), 4096)]
    assert len(pages) > 8
    for damaged in (
        good[:-4096],
        good[:-2048],
        b"".join([*pages[:4], pages[5], pages[4], *pages[6:]]),
        b"".join([*pages[:4], bytes(4096), *pages[5:]]),
        b"".join([*pages, pages[3]]) + b"x",
        good[:4096],
    ):
        path.write_bytes(damaged)
        assert found_in(path, made.key) != []


def test_a_damaged_page_is_named(path: Path, made: Any, fill: Any) -> None:
    connection = open_database(path, made.key)
    fill(connection, 300)
    connection.close()
    data = bytearray(path.read_bytes())
    data[5 * 4096 + 100] ^= 1
    path.write_bytes(data)
    assert any("page 6" in text for text in found_in(path, made.key))


def test_a_reference_to_nobody_is_told_by_table_and_row_alone(connection: Connection, fill: Any) -> None:
    fill(connection, 3)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("INSERT INTO trait VALUES (77, ?)", (MARKER,))
    assert verify(connection) == ["trait row 1: refers to nothing"]
