"""What goes wrong is said clearly, all of it, and once."""

from pathlib import Path

from tests.cli.conftest import Run


def test_a_number_of_people_below_nought_has_its_own_sentence(peermatch: Run) -> None:
    ended = peermatch("match", "E-0142", "--top", -1)
    assert ended.code == 2
    assert ended.err.splitlines() == [
        "peermatch: --top -1 is no number of people. Use 1 or more, or 0 to see everybody."
    ]


def test_a_fault_of_the_whole_file_is_not_said_twice(peermatch: Run, tmp_path: Path, secret: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"format": ', "utf-8")
    place = tmp_path / "new.peermatch"
    ended = peermatch("load", file, "--network", place, "--passphrase-file", secret, network=False)
    assert ended.code == 6
    assert ended.err.count("is not JSON") == 1
    assert not place.exists()


def test_every_file_that_cannot_be_read_is_named(peermatch: Run, tmp_path: Path) -> None:
    bad, empty = tmp_path / "bad.mbox", tmp_path / "empty"
    bad.write_bytes(b"this is no mailbox")
    empty.mkdir()
    ended = peermatch("import", "enquiries", bad, tmp_path / "nowhere.eml", empty)
    assert ended.code == 6
    assert "Nothing was imported." in ended.err
    for place in (bad, tmp_path / "nowhere.eml", empty):
        assert f"  {place}" in ended.err
    assert peermatch("info", "--json").json["enquiries"] == 1
