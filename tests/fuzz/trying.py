"""Gives readers of foreign files changed files for some minutes, each within seconds and little memory.

A value or a sentence (PeerMatchError) is right. Anything else, or more than five seconds, is a fault: the file that led
to it is kept under ``tests/fuzz/corpus`` by its hash, where a test reads it ever after.
"""

import hashlib
import json
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from types import FrameType

from peermatch.errors import PeerMatchError
from tests.attacks.fuzzing import changed

CORPUS = Path(__file__).resolve().parent / "corpus"
LONGEST_S = 5.0
MORE_MEMORY = 400_000_000
FAULTS = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    OSError,
    MemoryError,
)


class TooSlow(BaseException):
    """A file kept its reader for longer than anybody waits; no reader may catch this."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads, and sound files to begin from."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    change: Callable[[bytes, Random, list[bytes]], bytes] = changed


@dataclass(slots=True)
class Outcome:
    """What became of the files that one reader was given."""

    reader: str
    number: int = 0
    taken: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


@contextmanager
def limited() -> Iterator[None]:
    """At most so much more memory from here on."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


@contextmanager
def hurried() -> Iterator[None]:
    """At most so many seconds of work; waiting for another process's turn does not count."""
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def give(reader: Reader, data: bytes, outcome: Outcome) -> bool:
    """Whether the reader took or refused one file as it should."""
    outcome.number += 1
    began = time.process_time()
    try:
        with hurried():
            reader.read(data)
        outcome.taken += 1
    except PeerMatchError:
        outcome.refused += 1
    except (TooSlow, *FAULTS) as fault:
        outcome.faults.append(f"{type(fault).__name__}: {fault}"[:300])
        return False
    finally:
        outcome.slowest_s = max(outcome.slowest_s, round(time.process_time() - began, 3))
    return True


def keep(reader: str, data: bytes) -> Path:
    """Keep a file that found a fault."""
    folder = CORPUS / reader
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / hashlib.sha256(data).hexdigest()[:16]
    kept.write_bytes(data)
    return kept


def kept(reader: str) -> list[bytes]:
    """The files that found faults before."""
    return [path.read_bytes() for path in sorted((CORPUS / reader).glob("*")) if path.is_file()]


def run(readers: Sequence[Reader], minutes: float, seed: int) -> list[Outcome]:
    """Each reader in turn for its share of the time; some of what it takes is fed back into the files to change."""
    outcomes = []
    for reader in readers:
        chance, outcome = Random(seed), Outcome(reader.name)
        seeds = [*reader.seeds, *kept(reader.name)]
        ends = time.monotonic() + 60 * minutes / len(readers)
        with limited():
            while time.monotonic() < ends:
                data = reader.change(chance.choice(seeds), chance, seeds)
                taken = outcome.taken
                if not give(reader, data, outcome):
                    keep(reader.name, data)
                elif (
                    outcome.taken > taken
                    and chance.random() < 0.01
                    and len(seeds) < 400
                    and len(data) < 200_000
                ):
                    seeds.append(data)
        outcomes.append(outcome)
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()
    return outcomes


def main(readers: Sequence[Reader], words: Sequence[str]) -> int:
    """``MINUTES [SEED]``; 1 where a fault was found."""
    minutes, seed = float(words[0]), int(words[1]) if len(words) > 1 else 1
    return int(any(outcome.faults for outcome in run(readers, minutes, seed)))
