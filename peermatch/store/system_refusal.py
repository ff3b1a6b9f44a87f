"""What the system refuses of a file, said as one clear sentence; small, for the first page already asks."""

import errno

from peermatch.errors import SystemRefused

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def refusal_of_system(error: OSError, what: str) -> SystemRefused:
    """The sentence for a file operation that failed; ``what`` says which: "store.keys could not be read"."""
    if error.errno in _FULL:
        return SystemRefused(f"{what}: the disk is full.", "Free some space and try again.")
    if error.errno in _CLOSED:
        return SystemRefused(f"{what}: the folder or file is read-only.", "Ask for the right to change it.")
    return SystemRefused(
        f"{what}: {error.strerror or 'the computer refused'}.", "Check the disk and try again."
    )
