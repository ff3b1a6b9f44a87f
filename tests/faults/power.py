"""Power cuts: one recorded session, and any number of the states in which the disk may have been left by a cut in it.

A name is an entry of a folder, and its bytes belong to a file without a name. What was not brought onto the disk is
kept, dropped, or torn at a sector; changes of folders survive in their order up to some point. The rest stays.
"""

import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.day import Stage, Step
from tests.faults.fault import RECORDED
from tests.faults.figures import Figures
from tests.faults.program import NO_COMPILER, Ask

HEAD = struct.Struct("=QQIHHc7x")
SECTOR = 512
KEEPING = (0.0, 0.3, 0.5, 0.8, 1.0)


@dataclass(frozen=True)
class Change:
    """One line of the book: what was done, to which file or name."""

    what: str
    file: int
    place: int
    one: str
    two: str
    data: bytes


def read_book(book: bytes) -> Iterator[Change]:
    """Every change of the session, in order."""
    at = 0
    while at < len(book):
        file, place, size, one, two, what = HEAD.unpack_from(book, at)
        at += HEAD.size
        ends = (at + one, at + one + two, at + one + two + size)
        yield Change(
            what.decode(),
            file,
            place,
            book[at : ends[0]].decode(),
            book[ends[0] : ends[1]].decode(),
            book[ends[1] : ends[2]],
        )
        at = ends[2]


@dataclass
class File:
    """What of a file is on the disk for sure, and what was written since."""

    sure: bytes = b""
    since: list[Change] = field(default_factory=list)

    def settle(self) -> None:
        """Everything is on the disk."""
        for change in self.since:
            self.sure = applied(self.sure, change)
        self.since = []

    def after_a_cut(self, chance: Random, keep: float) -> bytes:
        """What may be found: each write kept, dropped or torn."""
        data = self.sure
        for change in self.since:
            lot = chance.random()
            if lot < keep:
                data = applied(data, change)
            elif change.what == "w" and lot < (1 + keep) / 2 and len(change.data) > SECTOR:
                sectors = chance.randrange(1, (len(change.data) + SECTOR - 1) // SECTOR)
                data = _over(data, change.place, change.data[: sectors * SECTOR])
        return data


def applied(data: bytes, change: Change) -> bytes:
    if change.what == "t":
        return data[: change.place].ljust(change.place, b"\0")
    return _over(data, change.place, change.data)


def _over(data: bytes, place: int, new: bytes) -> bytes:
    return data.ljust(place, b"\0")[:place] + new + data[place + len(new) :]


class Disk:
    """The disk through the session: the folders as programs see them, and as they are written for sure."""

    def __init__(self, *tops: Path) -> None:
        """Begin with what stands there, all of it on the disk."""
        self.names: dict[str, File | None] = {}
        every = [path for top in tops for path in (top, *sorted(top.rglob("*")))]
        for path in every:
            self.names[str(path)] = None if path.is_dir() else File(path.read_bytes())
        self.sure = dict(self.names)
        self.since: list[tuple[str, str, File | None]] = []
        self.by_number = {path.stat().st_ino: self.names[str(path)] for path in every}
        self.confirmed = 0

    def apply(self, change: Change) -> None:
        """One change of the session."""
        if change.what == "n":
            self.confirmed += 1
        elif change.what in "wt":
            self._file(change).since.append(change)
        elif change.what == "s":
            self._file(change).settle()
        elif change.what == "d":
            self._settle_names()
        else:
            self._named(change)

    def _file(self, change: Change) -> File:
        found = self.by_number.get(change.file)
        if not isinstance(found, File):
            found = self.by_number[change.file] = File()
        return found

    def _settle_names(self) -> None:
        for step in self.since:
            _take(self.sure, step)
        self.since = []

    def _named(self, change: Change) -> None:
        """Changes of folders go into a list in order, as file systems keep them."""
        if change.what == "c":
            self.by_number[change.file] = File()
            self._step("+", change.one, self.by_number[change.file])
        elif change.what == "m":
            self._step("+", change.one, None)
        elif change.what in "ux":
            self._step("-", change.one, None)
        elif change.what == "l":
            self._step("+", change.two, self.names.get(change.one))
        else:
            self._renamed(change.one, change.two)

    def _renamed(self, one: str, two: str) -> None:
        moved = [name for name in self.names if name == one or name.startswith(one + "/")]
        for name in moved:  # a folder that is renamed takes along what is in it
            self._step(">", f"{name}\0{two}{name[len(one) :]}", self.names[name])

    def _step(self, how: str, name: str, file: File | None) -> None:
        self.since.append((how, name, file))
        _take(self.names, self.since[-1])

    def cut(self, chance: Random) -> dict[str, bytes | None]:
        """What may be found after a cut now; None for a folder."""
        keep, found = chance.choice(KEEPING), dict(self.sure)
        for step in self.since[: chance.randrange(len(self.since) + 1)]:
            _take(found, step)
        return {name: file.after_a_cut(chance, keep) if file else None for name, file in found.items()}

    def now(self) -> dict[str, bytes | None]:
        """What stands there while the power is on."""
        return {name: _all_of(file) if file else None for name, file in self.names.items()}


def _all_of(file: File) -> bytes:
    data = file.sure
    for change in file.since:
        data = applied(data, change)
    return data


def _take(names: dict[str, File | None], step: tuple[str, str, File | None]) -> None:
    how, name, file = step
    if how == "+":
        names[name] = file
    elif how == "-":
        names.pop(name, None)
    else:
        old, _, new = name.partition("\0")
        names.pop(old, None)
        names[new] = file


def laid_out(found: dict[str, bytes | None], *tops: Path) -> None:
    """Put a state of the disk where the program will find it."""
    for top in tops:
        shutil.rmtree(top, ignore_errors=True)
        top.mkdir(mode=0o700)
    for name, data in sorted(found.items()):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if data is None:
            path.mkdir(exist_ok=True, mode=0o700)
        else:
            path.write_bytes(data)
            path.chmod(0o600)


Recording = tuple[Disk, list[Change]]


def recorded(stage: Stage, steps: list[Step]) -> Recording:
    """The whole day in one session, written down; the disk as it was before."""
    stage.put_back(steps[0].scene)
    tops = (stage.work.place, stage.program.home)
    disk = Disk(*tops)
    ended = stage.program.run(Ask([step.words for step in steps], RECORDED, tops))
    if ended.codes != (0,) * len(steps):
        raise AssertionError(ended.err)
    return disk, list(read_book(stage.program.book))


def cuts(stage: Stage, steps: list[Step], number: int, recording: Recording | None = None) -> Figures:
    """The power goes at some points of the session, each opened by the program as it may have been left."""
    figures, chance = Figures("power lost: states of one recorded session"), Random(7)
    if stage.program.preloaded is None:
        figures.remark = NO_COMPILER
        return figures
    disk, changes = recording or recorded(stage, steps)
    points = sorted(chance.randrange(1, len(changes) + 1) for _ in range(number))
    states = [steps[0].before, *(step.after for step in steps)]
    done = 0
    for point in points:
        for change in changes[done:point]:
            disk.apply(change)
        done = point
        laid_out(disk.cut(chance), stage.work.place, stage.program.home)
        where = f"change {point} of {len(changes)}, {disk.confirmed} confirmed"
        pair = states[disk.confirmed : disk.confirmed + 2]
        figures.readable(where, stage.readable())
        figures.after_a_fault(where, stage.looked(), pair[0], pair[-1], confirmed=False)
    return figures
