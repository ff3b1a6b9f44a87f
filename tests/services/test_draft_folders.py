"""Where drafts lie: for their owner alone, gone at the lock, and swept where a process was killed."""

import tempfile
from pathlib import Path

import pytest

from peermatch.errors import SystemRefused
from peermatch.services.draft_folders import IN_USE, STEM, DraftFolder
from peermatch.services.office import Doors, Services
from tests.networks import DAY


def test_a_draft_lies_in_a_private_folder_that_goes(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path)
    assert list(tmp_path.iterdir()) == []
    first, second = folder.fresh(), folder.fresh()
    assert first != second
    assert {each.stat().st_mode & 0o777 for each in (first, first.parent)} == {0o700}
    (first / "PM-7F3K.eml").write_bytes(b"x")
    folder.put_away()
    folder.put_away()
    assert list(tmp_path.iterdir()) == []
    assert folder.fresh().is_dir()
    folder.put_away()


def test_what_a_killed_process_left_goes_and_what_is_in_use_or_anothers_stays(tmp_path: Path) -> None:
    used = DraftFolder(tmp_path)
    in_use = used.fresh().parent
    left = tmp_path / f"{STEM}left"
    (left / "to-send-1").mkdir(parents=True)
    (left / "to-send-1" / "PM-7F3K.eml").write_bytes(b"x")
    (left / IN_USE).touch()
    half = tmp_path / f"{STEM}half"
    half.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    link = tmp_path / f"{STEM}link"
    link.symlink_to(elsewhere)
    DraftFolder(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted((in_use.name, "elsewhere", link.name))
    assert (elsewhere / "kept").exists()
    used.put_away()


def test_no_room_for_a_draft_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemRefused, match="No draft could be made"):
        DraftFolder(tmp_path / "none").fresh()


def test_the_lock_takes_the_drafts_away(ready: Services) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY, ("eml",))
    handed = ready.handing_out.hand_over_to_mail(preview, DAY)
    (draft,) = handed.files
    assert draft.read_bytes() == preview.files[0].data
    assert [each.stat().st_mode & 0o077 for each in (draft, draft.parent, draft.parent.parent)] == [0, 0, 0]
    ready.lock()
    assert not draft.parent.parent.exists()


def test_it_goes_before_anybody_unlocks(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window sweeps at its start, on the worker: a network may stay locked for days."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{STEM}left"
    left.mkdir()
    (left / IN_USE).touch()
    (left / "PM-7F3K.eml").write_bytes(b"x")
    doors.warm_up()
    assert list(tmp_path.iterdir()) == []
