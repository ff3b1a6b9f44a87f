"""Files that leave: all of them or none, for their owner alone, and never outside their folder."""

import os
import resource
from pathlib import Path

import pytest

from peermatch.errors import BadInput, SystemRefused
from peermatch.services.writing import clear_parts, prepared, write_out, write_private

FILES = (("a.txt", b"one"), ("b.txt", b"two"))


def write_all(folder: Path, files: tuple[tuple[str, bytes], ...]) -> tuple[Path, ...]:
    with prepared(folder) as sheets:
        sheets.write(files)
        return sheets.put_in_place()


def test_files_are_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deeper"
    written = write_all(folder, FILES)
    assert written == (folder / "a.txt", folder / "b.txt")
    assert [path.read_bytes() for path in written] == [b"one", b"two"]
    assert sorted(folder.iterdir()) == sorted(written)


def test_files_and_new_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    (first, _) = write_all(folder, FILES)
    if os.name == "posix":
        assert first.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a.txt",
        "/etc/a.txt",
        "in/a.txt",
        "in\\a.txt",
        "C:a.txt",
        "a\0.txt",
        "a\n.txt",
        "a\u202e.txt",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="would leave its folder"):
        write_all(tmp_path / "out", (*FILES, (name, b"three")))
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"before")
    with pytest.raises(BadInput, match=r"already a file b\.txt"):
        write_all(tmp_path, FILES)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("b.txt", b"before")]


def test_a_link_that_leads_nowhere_is_taken_too(tmp_path: Path) -> None:
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="already a file"):
        write_all(tmp_path, FILES)
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "a.txt").exists()


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"before")
    with pytest.raises(SystemRefused, match="could not be written") as error:
        write_all(tmp_path / place, FILES)
    assert "Nothing was sent or recorded" in error.value.hint
    assert (tmp_path / "file").read_bytes() == b"before"


def test_a_failure_halfway_takes_the_first_file_back(tmp_path: Path) -> None:
    too_long = "x" * 300 + ".txt"
    with pytest.raises(SystemRefused, match="could not be written"):
        write_all(tmp_path, (*FILES, (too_long, b"three")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["", "new", "new/deeper"])
def test_a_failure_leaves_no_folder_that_was_not_there_before(tmp_path: Path, there: str) -> None:
    (tmp_path / there).mkdir(parents=True, exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SystemRefused, match="could not be written"):
        write_all(tmp_path / "new" / "deeper", (*FILES, ("x" * 300 + ".txt", b"three")))
    assert sorted(tmp_path.rglob("*")) == before


def test_one_name_twice_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="one name"):
        write_all(tmp_path, (FILES[0], FILES[0]))
    assert list(tmp_path.iterdir()) == []


def test_what_follows_takes_the_files_back_as_well(tmp_path: Path) -> None:
    def press() -> None:
        with prepared(tmp_path) as sheets:
            sheets.write(FILES)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        press()
    assert list(tmp_path.iterdir()) == []


def test_no_file_has_its_name_before_the_record_stands(tmp_path: Path) -> None:
    with prepared(tmp_path) as sheets:
        sheets.write(FILES)
        names = sorted(path.name for path in tmp_path.iterdir())
        assert [(name[:7], name[-5:]) for name in names] == [(".a.txt.", ".part"), (".b.txt.", ".part")]
        sheets.put_in_place()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_what_a_killed_run_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    kept = (".a.txt.part", "a.txt.0011aabb.part", ".other.0011aabb.part", ".a.txt.0011aabb.tmp")
    for name in (".a.txt.0011aabb.part", *kept):
        (tmp_path / name).write_bytes(b"x")
    clear_parts(tmp_path, "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_nothing_is_cleared_where_there_is_no_folder(tmp_path: Path) -> None:
    clear_parts(tmp_path / "none", "a")
    assert not (tmp_path / "none").exists()


def test_a_name_taken_after_the_record_is_said(tmp_path: Path) -> None:
    def press() -> None:
        with prepared(tmp_path) as sheets:
            sheets.write(FILES)
            (tmp_path / "b.txt").write_bytes(b"before")
            sheets.put_in_place()

    with pytest.raises(SystemRefused, match="appeared meanwhile") as error:
        press()
    assert "The step itself is recorded" in error.value.hint
    assert (tmp_path / "b.txt").read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_bytes(b"before")
    with pytest.raises(FileExistsError):
        write_private(place, b"after")
    assert place.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [place]


def test_what_a_killed_run_left_of_one_file_goes_when_it_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "all [of] it*.json"
    left, other = tmp_path / f".{path.name}.0123abcd.part", tmp_path / ".all of it.json.0123abcd.part"
    for each in (left, other):
        each.write_bytes(b"everything in the clear")
    write_private(path, b"new")
    assert not left.exists()
    assert other.exists()
    assert path.read_bytes() == b"new"


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    """A limit on how large a file may grow stands for a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(SystemRefused, match="could not be written"), prepared(tmp_path) as sheets:
            sheets.write((("small.txt", b"x"), ("large.txt", b"x" * 5_000)))
        with pytest.raises(SystemRefused, match="could not be written"):
            write_out(tmp_path / "large.txt", b"x" * 5_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
