"""Nothing readable on disk and nothing lost: markers in every field, a killed process, a disk that is full."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.model.people import Supporter
from peermatch.store import contents, supporters
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import AMINA, ENQUIRY, NETWORK, PASSPHRASE, clock

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Zqxmarker"


def marked() -> Supporter:
    """A supporter whose every text field would be found by a search of the disk."""
    texts = {
        name: f"{MARKER}-{name}-" + "x" * 30
        for name in ("name", "known_as", "pronouns", "email", "phone", "place", "notes")
    }
    return replace(AMINA, id="S-0900", other_emails=(f"{MARKER}@example.org",), consents=(), **texts)  # type: ignore[arg-type]  # all are text


def spellings() -> Iterator[bytes]:
    """The marker as it might lie on a disk."""
    for text in (MARKER, MARKER.lower(), MARKER.upper()):
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
    yield base64.b64encode(MARKER.encode())[:11]


def readable_in(*folders: Path) -> list[str]:
    """The files in which the marker, or a plain database, can be found."""
    wanted = (*spellings(), b"SQLite format 3")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(each in path.read_bytes() for each in wanted)]


def run(script: str, place: Path, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own with its own home and temporary folder."""
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", script, str(place)],
        cwd=ROOT,
        env=dict(os.environ, HOME=str(home), TMPDIR=str(home), SQLITE_TMPDIR=str(home), **environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


WRITES_AND_DIES = """
import os, signal, sys
from pathlib import Path
from peermatch.store import supporters, enquiries
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import ENQUIRY, PASSPHRASE, clock
from tests.store.test_nothing_readable import MARKER, marked
from dataclasses import replace
store = Store.open(Path(sys.argv[1]), PassphraseSecret(PASSPHRASE), clock)
with store.write("first") as tx:
    supporters.add(tx, marked())
print("kept", flush=True)
with store.write("second") as tx:
    for number in range(901, 1900):
        supporters.add(tx, replace(marked(), id=f"S-{number:04d}"))
    enquiries.change(tx, replace(ENQUIRY, letter=MARKER * 40))
    tx.session.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "n.peermatch"
    Store.create(folder, NETWORK, PASSPHRASE, clock, cost=LEAST).store.lock()
    return folder


def test_a_kill_in_mid_transaction_leaves_no_half_step_and_nothing_to_read(
    place: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    ended = run(WRITES_AND_DIES, place, home)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert ended.stdout.strip() == "kept"
    assert readable_in(place, home) == []
    store = Store.open(place, PassphraseSecret(PASSPHRASE), clock)
    with store.read() as tx:
        found = contents.whole(tx)
    assert found.supporters == (*NETWORK.supporters, marked())
    assert found.enquiries == (ENQUIRY,)
    assert store.damage() == ()
    store.lock()
    assert readable_in(place, home) == []


def test_the_search_would_find_what_is_readable(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text(f"notes: {MARKER}", "utf-16-le")
    assert readable_in(tmp_path) == [str(tmp_path / "plain")]


def test_nothing_is_readable_while_it_is_open(place: Path, tmp_path: Path) -> None:
    store = Store.open(place, PassphraseSecret(PASSPHRASE), clock)
    with store.write("add") as tx:
        supporters.add(tx, marked())
        tx.session.flush()
        assert readable_in(place) == []
    assert readable_in(place) == []
    store.lock()


DISK_FULL = """
import resource, signal, sys
from pathlib import Path
from dataclasses import replace
from peermatch.errors import SystemRefused
from peermatch.store import supporters
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import AMINA, PASSPHRASE, clock
store = Store.open(Path(sys.argv[1]), PassphraseSecret(PASSPHRASE), clock)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (Path(sys.argv[1]) / "store-000001.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    with store.write("too much") as tx:
        for number in range(2000, 4000):
            supporters.add(tx, replace(AMINA, id=f"S-{number}", consents=(), notes="y" * 500))
except SystemRefused as error:
    print(error)
store.lock()
"""


def test_a_full_disk_is_one_sentence_and_nothing_has_changed(place: Path, tmp_path: Path) -> None:
    ended = run(DISK_FULL, place, tmp_path / "home")
    assert ended.returncode == 0, ended.stderr
    assert "could not be used" in ended.stdout
    assert len(ended.stdout.splitlines()) == 1
    store = Store.open(place, PassphraseSecret(PASSPHRASE), clock)
    with store.read() as tx:
        assert contents.whole(tx) == NETWORK
    assert store.damage() == ()
    store.lock()
