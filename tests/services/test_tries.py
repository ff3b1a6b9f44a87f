"""Failed unlocks: counted outside the network, slower each time, and told in the journal when it is opened again."""

import json
from pathlib import Path

import pytest

from peermatch import paths
from peermatch.errors import CannotUnlock, Damaged
from peermatch.services.tries import MOST_NETWORKS, Failures, Tries, wait_after
from tests.networks import PASSPHRASE
from tests.ui.real_networks import copied, doors

NETWORK = Path("/home/kim/north-west.peermatch")


class Watch:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tries(tmp_path: Path, watch: Watch) -> Tries:
    return Tries(tmp_path / "state" / "failed.json", watch)


def test_the_pause_grows_and_stays_bearable() -> None:
    assert [wait_after(failures) for failures in range(8)] == [0, 0, 0, 1, 2, 4, 4, 4]
    assert wait_after(10**12) == 4


def test_three_failures_are_free_and_then_each_costs_a_pause(tries: Tries, watch: Watch) -> None:
    pauses = []
    for _ in range(6):
        tries.failed(NETWORK)
        pauses.append(tries.pause(NETWORK))
    assert pauses == [0, 0, 1, 2, 4, 4]
    watch.now += 3
    assert tries.pause(NETWORK) == 1
    watch.now += 3
    assert tries.pause(NETWORK) == 0


def test_a_clock_that_was_set_back_makes_no_pause_longer(tries: Tries, watch: Watch) -> None:
    for _ in range(9):
        tries.failed(NETWORK)
    watch.now -= 1_000_000
    assert tries.pause(NETWORK) == 4


def test_another_network_and_another_start_of_the_program(tries: Tries, tmp_path: Path, watch: Watch) -> None:
    for _ in range(3):
        tries.failed(NETWORK)
    assert tries.pause(Path("/home/kim/other.peermatch")) == 0
    again = Tries(tmp_path / "state" / "failed.json", watch)
    assert again.pause(NETWORK) == 1
    again.forget(NETWORK)
    assert tries.since_success(NETWORK) is None
    assert tries.pause(NETWORK) == 0


def test_the_file_names_nobody_and_stays_small(tries: Tries, tmp_path: Path) -> None:
    for number in range(MOST_NETWORKS + 20):
        tries.failed(Path(f"/home/kim/Amina {number}.peermatch"))
    file = tmp_path / "state" / "failed.json"
    text = file.read_text("utf-8")
    assert len(json.loads(text)) == MOST_NETWORKS
    assert not any(word in text for word in ("kim", "Amina", "peermatch"))
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "\x00", '{"a": 1}', "[" * 50_000, "1" * 5_000, '{"x": [NaN, Infinity, -1]}']
)
def test_a_file_that_was_spoilt_counts_nothing(tries: Tries, tmp_path: Path, text: str) -> None:
    file = tmp_path / "state" / "failed.json"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    assert tries.pause(NETWORK) == 0
    tries.failed(NETWORK)
    assert tries.since_success(NETWORK) is not None


@pytest.mark.parametrize("value", [[3, 1, float("nan")], [10**9, 1, float("inf")], [7, -1e300, 1e300]])
def test_a_spoilt_entry_makes_no_endless_pause(tries: Tries, tmp_path: Path, value: list[float]) -> None:
    tries.failed(NETWORK)
    file = tmp_path / "state" / "failed.json"
    mark = next(iter(json.loads(file.read_text("utf-8"))))
    file.write_text(json.dumps({mark: value}), "utf-8")
    assert 0 <= tries.pause(NETWORK) <= 4
    found = tries.since_success(NETWORK)
    assert found is not None
    assert found.text()


def test_no_place_to_write_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    tries = Tries(tmp_path / "file" / "failed.json")
    tries.failed(NETWORK)
    tries.forget(NETWORK)
    assert tries.pause(NETWORK) == 0


def test_what_the_journal_says_of_it() -> None:
    said = Failures(10, 1_700_000_000.0, 1_700_000_060.0).text()
    assert said == "10 since 2023-11-14T22:13:20+00:00, the last one 2023-11-14T22:14:20+00:00"


def test_failures_change_nothing_in_the_network_and_are_told_at_the_next_unlock(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    for _ in range(2):
        with pytest.raises(CannotUnlock):
            doors().open(folder, "a passphrase that is wrong")
    after = {f.name: f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.name != "store.lock"}
    assert after == {name: data for name, data in before.items() if name != "store.lock"}
    services = doors().open(folder, PASSPHRASE)
    newest = services.upkeep.journal(limit=1)[0]
    assert newest.action == "failed-unlocks"
    assert newest.detail.startswith("2 since 20")
    assert services.upkeep.check().damage == ()
    services.lock()
    again = doors().open(folder, PASSPHRASE)
    assert [entry.action for entry in again.upkeep.journal()].count("failed-unlocks") == 1
    again.lock()


def test_only_what_is_wrong_counts_as_a_failure(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for file in folder.glob("store.keys*"):
        file.write_bytes(b"not a key file")
    with pytest.raises(Damaged):
        doors().open(folder, PASSPHRASE)
    assert doors().pause(folder) == 0
    assert (paths.data_folder() / "failed-unlocks.json").parent == paths.data_folder()
