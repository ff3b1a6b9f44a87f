"""Feeds each reader of foreign bytes with changed files: bytes turned, cut, doubled, moved, and words it knows put in.

Run as ``python -m tests.attacks.fuzzing NUMBER SEED``, with little memory; prints one line of JSON a reader: how many
files were tried, how many were taken and refused, and where something else happened.
"""

import email.policy
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from peermatch.errors import PeerMatchError
from peermatch.exchange.portable import parse_network
from peermatch.mail.reading import read_letter, read_mbox
from peermatch.services.shipped import load_shipped
from peermatch.store import backup, keyfile
from peermatch.store.container import read_header
from tests.store.saving import make

MORE_MEMORY = 300_000_000
LONGEST_S = 600
WORDS = (
    b"\0", b"\xff\xfe", b"\r\n\r\n", b"[" * 300, b'{"a":' * 200, b"9" * 400, b"-1", b"1e999", b"NaN", b"null",
    b'"v":1', b"\xe2\x80\xa8", b"\xed\xa0\x80", b"=?utf-8?b?", b"--b", b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"../../x", b"<!DOCTYPE", b"&#x0;", b"A" * 5000, b"PMKS1\n", b"PMBK1\n\xff\xff\xff\xff", b"From x\n",
)  # fmt: skip


@dataclass
class Tried:
    """What became of the files that one reader was given."""

    reader: str
    number: int = 0
    taken: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def changed(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    """The same with one to five changes."""
    for _ in range(chance.randrange(1, 6)):
        data = _one_change(data or b"x", chance, others)
    return data


def _one_change(data: bytes, chance: Random, others: list[bytes]) -> bytes:
    place, size = chance.randrange(len(data)), chance.randrange(1, 64)
    before, after = data[:place], data[place:]
    return chance.choice(
        (
            lambda: before + bytes([after[0] ^ 1 << chance.randrange(8)]) + after[1:],
            lambda: before,
            lambda: before + after[size:],
            lambda: before + after[:size] + after,
            lambda: before + chance.randbytes(size) + after,
            lambda: before + chance.choice(WORDS) + after,
            lambda: before + chance.choice(WORDS) + after[size:],
            lambda: before + chance.choice(others)[place:],
        )
    )()


def letters() -> list[bytes]:
    """Letters as they come, the tree's own and one in parts."""
    shelf = Path(__file__).resolve().parents[1] / "letters"
    found = [path.read_bytes() for path in sorted(shelf.rglob("*.eml"))[:12]]
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["Subject"] = "Kim Doe <kim@example.org>", "Höre ich?"
    message.set_content("I failed an exam.")
    message.add_alternative("<p>I failed an <b>exam</b>.</p>", subtype="html")
    message.add_attachment(b"x" * 300, maintype="application", subtype="pdf", filename="../a.pdf")
    return [*found, bytes(message)]


def readers(place: Path) -> Iterator[tuple[str, Callable[[bytes], object], list[bytes]]]:
    """Every reader with sound files to begin from."""
    saved = make(place / "n.peermatch")
    store = saved.open()
    made = backup.write_backup(store.source(), place / "then.pmbackup", store._clock()).path
    store.lock()
    file = place / "tried.pmbackup"

    def read_backup(data: bytes) -> object:
        file.write_bytes(data)
        return read_header(file)

    reference = load_shipped().reference
    portable = (Path(__file__).resolve().parents[1] / "exchange" / "example.py").read_bytes()
    from peermatch.exchange.portable import dump_network
    from tests.networks import NETWORK

    yield "store.keys", keyfile.parse, [(saved.folder / "store.keys").read_bytes()]
    yield ".pmbackup", read_backup, [made.read_bytes()[:20_000]]
    yield ".eml", read_letter, letters()
    yield ".mbox", read_mbox, [b"From x\n" + each for each in letters()[:3]]
    yield (
        "portable file",
        lambda data: parse_network(data, reference),
        [dump_network(NETWORK), portable[:3000]],
    )


def tried(
    name: str, read: Callable[[bytes], object], seeds: list[bytes], number: int, chance: Random
) -> Tried:
    """Give one reader that many files; a value or a sentence is right, anything else is kept."""
    outcome = Tried(name)
    for _ in range(number):
        data = changed(chance.choice(seeds), chance, seeds)
        outcome.number += 1
        try:
            read(data)
            outcome.taken += 1
        except PeerMatchError:
            outcome.refused += 1
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError) as fault:
            outcome.faults.append(f"{type(fault).__name__}: {fault} by {data[:200]!r}")
    return outcome


def main(number: int, seed: int) -> None:
    """Every reader in turn, in a process with little memory."""
    with tempfile.TemporaryDirectory() as folder:
        every = list(readers(Path(folder)))
        pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MORE_MEMORY,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S))
        for name, read, seeds in every:
            outcome = tried(name, read, seeds, number, Random(seed))
            sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
