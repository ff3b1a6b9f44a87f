"""A few points of every kind of fault on the real program; `dev.py faults` takes the hundreds."""

import copy
from pathlib import Path
from random import Random

import pytest

from tests.faults import power, runs, tampering
from tests.faults.day import Stage, Step
from tests.faults.fault import once
from tests.faults.figures import Figures
from tests.faults.looking import Look
from tests.faults.power import Change, Disk
from tests.faults.program import Ask
from tests.faults.scene import MARKER, readable_in, spread


@pytest.mark.parametrize("kind", [kind for kind in runs.KINDS if kind != "power"])
def test_nothing_is_lost_half_done_wrong_or_readable(kind: str, stage: Stage, steps: list[Step]) -> None:
    figures = runs.KINDS[kind](stage, steps, runs.SAMPLE)
    assert figures.findings == []
    assert figures.sound
    assert figures.told


# ------------------------------------------------------------------ would the harness notice, if it were not so?


def test_power_cuts_lose_nothing_and_a_disk_that_lies_is_noticed(
    stage: Stage, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    if stage.program.preloaded is None:
        assert power.cuts(stage, steps, 1).remark
        return
    disk, changes = power.recorded(stage, steps)
    lying, true = ((copy.deepcopy(disk), changes) for _ in range(2))
    for change in changes:
        disk.apply(change)
    tops = (stage.work.place, stage.program.home)
    every = [path for top in tops for path in (top, *top.rglob("*"))]
    assert disk.now() == {str(path): None if path.is_dir() else path.read_bytes() for path in every}
    assert disk.confirmed == len(steps)
    figures = power.cuts(stage, steps, runs.SAMPLE.cuts, true)
    assert (figures.findings, figures.points) == ([], runs.SAMPLE.cuts)
    # The same session on a disk that says that it has written, and has not: the harness must see that.
    monkeypatch.setattr(power.File, "settle", lambda self: None)
    assert not power.cuts(stage, steps, 6, lying).sound


def test_a_name_and_its_bytes_come_onto_the_disk_apart(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    disk, one, two = Disk(tmp_path), str(tmp_path / "a"), str(tmp_path / "b")
    disk.apply(Change("c", 10**9, 0, two, "", b""))
    disk.apply(Change("w", 10**9, 0, two, "", b"new"))
    disk.apply(Change("r", 0, 0, two, one, b""))
    chance = Random(1)
    found = {str(disk.cut(chance).get(one)) for _ in range(200)}
    assert found == {"b'old'", "b''", "b'new'"}
    disk.apply(Change("s", 10**9, 0, one, "", b""))
    disk.apply(Change("d", 1, 0, str(tmp_path), "", b""))
    assert {disk.cut(chance).get(one) for _ in range(50)} == {b"new"}


def test_a_write_is_torn_at_a_sector() -> None:
    file = power.File(b"x" * 2048, [Change("w", 1, 0, "", "", b"y" * 2048)])
    found = {file.after_a_cut(Random(seed), 0.3).count(b"y") for seed in range(200)}
    assert found == {0, 512, 1024, 1536, 2048}


def test_a_step_that_is_lost_or_half_done_counts() -> None:
    figures = Figures("control")
    figures.after_a_fault("here", Look(0, "", "old"), "old", "new", confirmed=True)
    figures.after_a_fault("here", Look(0, "", "neither"), "old", "new", confirmed=False)
    figures.after_a_fault("here", Look(5, "damaged", "old"), "old", "new", confirmed=False)
    figures.after_a_fault("here", Look(0, "", "new", ("x.pmbackup",)), "old", "new", confirmed=True)
    assert (figures.points, figures.lost, figures.half, figures.sound) == (4, 1, 3, False)


def test_what_can_be_read_counts(tmp_path: Path) -> None:
    for number, code in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        (tmp_path / str(number)).write_text(f"notes: {MARKER.lower()}", code)
    figures = Figures("control")
    figures.readable("here", readable_in(tmp_path))
    assert figures.plain == 3


def test_a_call_that_fails_is_felt_and_counted(stage: Stage) -> None:
    scene = stage.put_back(stage.start.place)
    ended = stage.program.run(Ask([scene.words("info")], once(1), stage.watched))
    told = "could not be" in ended.err
    assert (ended.codes, ended.calls > 0, told) == (
        ((1,), True, True) if stage.program.preloaded else ((0,), False, False)
    )


def test_points_are_spread_from_the_first_to_the_last() -> None:
    assert list(spread(5, 9)) == [1, 2, 3, 4, 5]
    assert list(spread(100, 3)) == [1, 50, 100] or list(spread(100, 3)) == [1, 51, 100]
    assert list(spread(100, 1)) == [1]


def test_a_page_that_was_swapped_is_another_file() -> None:
    data = bytes(range(8)) * 4096
    assert sorted(tampering.swapped(data)) == sorted(data)
    assert tampering.flipped(b"abc", 1, 1) == b"acc" == tampering.flipped(b"abc", 1, 1)
