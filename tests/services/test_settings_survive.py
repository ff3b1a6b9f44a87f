"""What a computer remembers outlives the program that wrote it, and whatever else stands in its files."""

from pathlib import Path

import pytest

from peermatch import paths
from peermatch.services.places import last_opened, note_opened
from peermatch.services.this_computer import Preferences, choose, preferences
from peermatch.services.tries import Tries
from peermatch.store import remembered
from peermatch.store.backup_places import second_place, set_second_place

STORE = "c" * 32
FILES = ("settings.json", "last-opened", "backup-places", "opened-by-keychain.json", "failed-unlocks.json")
GARBAGE = (
    b"",
    b"\x00\xff\xfe",
    b"{",
    b"[]",
    b"null",
    b'{"a":' * 30_000,
    b'{"uncaptured": 1, "place": [1, 2]}',
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer of one's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths.make_private(paths.data_folder())
    return paths.data_folder()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"uncaptured": true}', Preferences(uncaptured=True)),
        (
            '{"uncaptured": false, "told": true, "scheme": "dark", "scale": 125, "lists": 100, "seen": "0.4.0",'
            ' "place": {"left": -1900, "top": 5, "width": 1440, "height": 900, "full": false}}',
            None,
        ),
        (
            '{"scheme": "solarised", "scale": 175, "from-a-later-program": {"deep": []}}',
            Preferences(scale=175),
        ),
    ],
)
def test_settings_of_other_programs_hold_as_far_as_they_are_known(
    own: Path, written: str, read: Preferences | None
) -> None:
    (own / "settings.json").write_text(written, "utf-8")
    found = preferences()
    if read is not None:
        assert found == read
    else:
        assert (found.told, found.scheme, found.scale, found.seen) == (True, "dark", 125, "0.4.0")
        assert found.place is not None
        assert found.place.left == -1900
    choose(told=True)
    assert preferences().uncaptured is found.uncaptured


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_in_any_file_is_as_if_nothing_was_remembered(
    own: Path, tmp_path: Path, garbage: bytes
) -> None:
    for name in FILES:
        (own / name).write_bytes(garbage)
    network = tmp_path / "a.peermatch"
    network.mkdir()
    assert preferences() == Preferences()
    assert last_opened() is None or garbage == b""
    assert second_place(STORE) is None
    assert remembered.slot_here(STORE) is None
    assert Tries().pause(network) == 0
    choose(scale=150)
    note_opened(network)
    set_second_place(STORE, network, tmp_path)
    remembered.remember(STORE, "d" * 16)
    assert (preferences().scale, last_opened()) == (150, network)
    assert (second_place(STORE), remembered.slot_here(STORE)) == (tmp_path, "d" * 16)


def test_a_folder_in_the_place_of_a_file_stops_nobody_from_looking(own: Path) -> None:
    for name in FILES:
        (own / name).mkdir()
    assert preferences() == Preferences()
    assert last_opened() is None
    assert second_place(STORE) is None
    assert remembered.slot_here(STORE) is None
