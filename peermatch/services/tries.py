"""Failed attempts to unlock: each one slower than the last, and told in the journal at the next unlock."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peermatch import paths
from peermatch.errors import PeerMatchError
from peermatch.store.atomic import write_atomic

FREE_TRIES = 3
LONGEST_WAIT = 4
MOST_NETWORKS = 100
LARGEST_FILE = 64 * 1024


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures: none, none, 1, 2, 4 and no longer.

    It is a courtesy that slows hands; what slows a program that has the files is the cost of the passphrase.
    """
    return 0 if failures < FREE_TRIES else min(LONGEST_WAIT, 2 ** min(failures - FREE_TRIES, 10))


@dataclass(frozen=True, slots=True)
class Failures:
    """How often unlocking has failed since it last succeeded, and when: seconds since 1970."""

    count: int
    first: float
    last: float

    def text(self) -> str:
        """What the journal says of it."""
        return f"{self.count} since {_moment(self.first)}, the last one {_moment(self.last)}"


class Tries:
    """Counts failures by network in a small file of this person's own; nothing in it tells which network it is.

    It lies outside the network, for a command that failed changes nothing there, and it can be deleted by who owns
    the account: it is a notice, no defence.
    """

    def __init__(self, file: Path | None = None, now: Callable[[], float] = time.time) -> None:
        self._file, self._now = file, now

    def pause(self, folder: Path) -> float:
        """Seconds until the next attempt is taken; a clock that was set back makes it no longer than it was."""
        failures = self.since_success(folder)
        if failures is None:
            return 0.0
        whole = wait_after(failures.count)
        return max(0.0, min(whole, failures.last + whole - self._now()))

    def wait(self, folder: Path) -> None:
        """Wait until then."""
        time.sleep(self.pause(folder))

    def failed(self, folder: Path) -> None:
        """Count one more."""
        before, now = self.since_success(folder), self._now()
        kept = self._kept()
        one = Failures(before.count + 1, before.first, now) if before else Failures(1, now, now)
        kept.pop(_mark(folder), None)
        kept[_mark(folder)] = [one.count, one.first, one.last]
        self._keep(dict(list(kept.items())[-MOST_NETWORKS:]))

    def since_success(self, folder: Path) -> Failures | None:
        """What failed since the last success, if anything did."""
        kept = self._kept()
        match kept.get(_mark(folder)) if kept else None:
            case [int(count), int() | float() as first, int() | float() as last] if count > 0:
                return Failures(count, float(first), float(last))
        return None

    def forget(self, folder: Path) -> None:
        """It was unlocked, and the failures are in the journal."""
        kept = self._kept()
        if kept.pop(_mark(folder), None) is not None:
            self._keep(kept)

    def _place(self) -> Path:
        return self._file or paths.data_folder() / "failed-unlocks.json"

    def _kept(self) -> dict[str, object]:
        """What the file says; a file that cannot be read says nothing."""
        try:
            with self._place().open("rb") as file:
                found = json.loads(file.read(LARGEST_FILE))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self, kept: dict[str, object]) -> None:
        """Write the file; not being able to is no reason to stop."""
        try:
            paths.make_private(self._place().parent)
            write_atomic(self._place(), json.dumps(kept).encode())
        except (OSError, PeerMatchError):
            return


def _mark(folder: Path) -> str:
    """A network by the place where it lies, so that the file holds no name."""
    import hashlib  # with OpenSSL; whoever never failed does without

    return hashlib.sha256(str(folder.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(max(0.0, min(seconds, 4e9)), UTC).isoformat(timespec="seconds")


def may_be_taken(error: PeerMatchError) -> bool:
    """Whether a network is held by a computer of which only a person knows if it is still at work."""
    from peermatch.store.hold import HeldByAnotherComputer

    return isinstance(error, HeldByAnotherComputer)
