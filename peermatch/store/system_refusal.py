"""What the system refuses of a file, said as one clear sentence; small, for the first page already asks."""

import errno
import re
from pathlib import PurePath

from peermatch.errors import SystemRefused

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_PART = re.compile(r"\.(.+)[.-][0-9a-f]{8}\.part")
_COPIES = {"backup": "The backup", "restore": "A copy of the backup"}
"""What a part will be that has no name of its own."""


def known_as(path: PurePath) -> str:
    """The name that a person knows: what is made in parts has another one until it is whole."""
    part = _PART.fullmatch(path.name)
    return _COPIES.get(part[1], part[1]) if part else path.name


def refusal_of_system(error: OSError, what: str) -> SystemRefused:
    """The sentence for a file operation that failed; ``what`` says which: "store.keys could not be read"."""
    if error.errno in _FULL:
        return SystemRefused(f"{what}: the disk is full.", "Free some space and try again.")
    if error.errno in _CLOSED:
        return SystemRefused(f"{what}: the folder or file is read-only.", "Ask for the right to change it.")
    return SystemRefused(
        f"{what}: {error.strerror or 'the computer refused'}.", "Check the disk and try again."
    )
