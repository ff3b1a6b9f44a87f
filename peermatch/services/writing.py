"""Files that leave: all of them written for their owner alone, or none."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peermatch.errors import BadInput, SystemRefused

_UNSAFE = frozenset({"", ".", ".."})
# What leads into another folder (or stream) on any of the three systems.
_PARTED = frozenset("/\\:")


@contextmanager
def taken_back_on_failure() -> Iterator[list[Path]]:
    """A list of files that stay only if what surrounds them succeeds: they are removed when it fails."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def write_all(folder: Path, files: tuple[tuple[str, bytes], ...]) -> tuple[Path, ...]:
    """Write files into a folder that exists or can be made; a name that is taken, or a failure, leaves nothing."""
    try:
        _refuse_names(folder, files)
        with taken_back_on_failure() as done:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name, data in files:
                done.append(write_private(folder / name, data))
            return tuple(done)
    except OSError as error:
        raise SystemRefused(
            f"The files could not be written to {folder}: {error.strerror or 'the computer refused'}.",
            "Check that there is room and that you may write there. Nothing was sent or recorded.",
        ) from error


def _refuse_names(folder: Path, files: tuple[tuple[str, bytes], ...]) -> None:
    for name, _ in files:
        if name in _UNSAFE or Path(name).name != name or not name.isprintable() or _PARTED & set(name):
            raise BadInput("A file name would leave its folder.", "Nothing was written.")
        if (folder / name).exists() or (folder / name).is_symlink():
            raise BadInput(f"There is already a file {name} in {folder}.", "Choose another folder.")


def write_private(path: Path, data: bytes) -> Path:
    """Write one new file, for its owner alone, beside its place first so that no half file is ever seen."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise FileExistsError(errno.EEXIST, "a file of that name appeared meanwhile", str(path))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
