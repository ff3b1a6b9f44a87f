"""Files that leave: all of them written for their owner alone, or none."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

from peermatch.errors import BadInput, SystemRefused
from peermatch.services.unfinished import PART, noted
from peermatch.words import tr

_UNSAFE = frozenset({"", ".", ".."})
# What leads into another folder (or stream) on any of the three systems.
_PARTED = frozenset("/\\:")
_PART_NAME = re.compile(r"\..+\.[0-9a-f]{8}\.part")


@dataclass(frozen=True, slots=True)
class Sheets:
    """Files that lie ready beside their places, under names that nobody opens, until the record of them stands.

    A process that is killed before leaves at most such a part, which goes at the next opening of a network.
    """

    folder: Path
    sign: str
    parts: list[tuple[Path, Path]] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)
    """The folders that were not there before, innermost first."""

    def write(self, files: tuple[tuple[str, bytes], ...]) -> None:
        """Write all files as parts; a name that is taken, or a failure, is said and nothing is recorded."""
        with _said(self.folder, tr("Nothing was sent or recorded.")):
            _refuse_names(self.folder, files)
            self.made.extend(each for each in (self.folder, *self.folder.parents) if not each.exists())
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name, data in files:
                self.parts.append((_written(self.folder / name, data, self.sign), self.folder / name))

    def put_in_place(self) -> tuple[Path, ...]:
        """Give the files their names, once what they belong to is recorded."""
        with _said(self.folder, tr("The step itself is recorded: the same files can be made again.")):
            for part, path in self.parts:
                _named(part, path)
        return tuple(path for _, path in self.parts)


@contextmanager
def prepared(folder: Path) -> Iterator[Sheets]:
    """Sheets for a folder; what has no name at the end is removed, and a folder that was made for it in vain."""
    with noted(folder) as sign:
        sheets = Sheets(folder, sign)
        try:
            yield sheets
        finally:
            for part, _ in sheets.parts:
                _removed(part)
            for made in sheets.made:
                with suppress(OSError):  # one that holds something stays
                    made.rmdir()


def clear_parts(folder: Path, stem: str) -> None:
    """Remove the parts of files, named like ``stem``, that a run which was killed left in a folder."""
    with suppress(OSError):  # a place that cannot be looked into is said when it is written to
        for part in folder.glob(f".{escape(stem)}*{PART}"):
            if _PART_NAME.fullmatch(part.name):
                _removed(part)


@contextmanager
def _said(folder: Path, hint: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SystemRefused(
            tr("The files could not be written to {folder}: {value}.").format(
                folder=folder, value=error.strerror or tr("the computer refused")
            ),
            tr("Check that there is room and that you may write there. {hint}").format(hint=hint),
        ) from error


def _refuse_names(folder: Path, files: tuple[tuple[str, bytes], ...]) -> None:
    if len({name for name, _ in files}) < len(files):
        raise BadInput(tr("Two files would have one name."), tr("Nothing was written."))
    for name, _ in files:
        if name in _UNSAFE or Path(name).name != name or not name.isprintable() or _PARTED & set(name):
            raise BadInput(tr("A file name would leave its folder."), tr("Nothing was written."))
        if (folder / name).exists() or (folder / name).is_symlink():
            raise BadInput(
                tr("There is already a file {name} in {folder}.").format(name=name, folder=folder),
                tr("Choose another folder."),
            )


def write_private(path: Path, data: bytes) -> Path:
    """Write one new file, for its owner alone, beside its place first so that no half file is ever seen."""
    clear_parts(path.parent, path.name)
    with noted(path.parent) as sign:
        part = _written(path, data, sign)
        try:
            _named(part, path)
        finally:
            _removed(part)
    return path


def refuse_inside(path: Path, network: Path) -> None:
    """A file that somebody asked for never lies within the network's own folder."""
    if path.resolve().is_relative_to(network.resolve()):
        raise BadInput(
            tr("{name} would lie inside the network itself.").format(name=path.name),
            tr("Choose another place."),
        )


def write_out(path: Path, data: bytes) -> Path:
    """The same for a file that somebody asked for: what the computer refuses is one sentence."""
    try:
        return write_private(path, data)
    except OSError as error:
        raise SystemRefused(
            tr("{name} could not be written: {value}.").format(
                name=path.name, value=error.strerror or tr("the computer refused")
            ),
            tr("Choose another name or another place."),
        ) from error


def _removed(part: Path) -> None:
    """What a disk that fails keeps cannot be helped; the next run tries again."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _written(path: Path, data: bytes, sign: str) -> Path:
    part = path.with_name(f".{path.name}.{sign}{PART}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        _removed(part)
        raise
    return part


def _named(part: Path, path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise FileExistsError(errno.EEXIST, tr("a file of that name appeared meanwhile"), str(path))
    part.replace(path)
