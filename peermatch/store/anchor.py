"""What this computer remembers of a network outside of it: how far it was, so that an older copy is noticed.

Whoever can reach the files can put yesterday's in their place, and every seal in them is right. Only something that
lies elsewhere tells. It is a small file of this person's own, and none of its faults keeps a network shut. Where that
file can be put back too, a note that no file holds tells: ``outside``, from the keychain or from memory.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch import paths
from peermatch.errors import PeerMatchError, Refused
from peermatch.store import vault
from peermatch.store.backup import Source, journal_head
from peermatch.store.journal import RESTORED
from peermatch.store.narrow import UnsoundError, bytes_of, text_of, whole
from peermatch.store.own_notes import note, noted
from peermatch.store.refusal import in_plain_words

HEAD_BYTES = 32
NO_HEAD = bytes(HEAD_BYTES)
MOST_PLACES = 20
WORDS = 6
LONGEST_NOTE = 1200
"""Windows' keychain takes 1,280 letters."""
HINT = "Open it only if you know why."


class OlderCopy(Refused):
    """The network is not what was used here last; a person may open it all the same, and the journal says so."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far a network was: its keys, and the journal's last line; line 0 where only the keys are known."""

    gen: int
    epoch: int
    seq: int
    head: bytes
    used: date

    def text(self) -> str:
        """What the journal says of it."""
        return f"known here: line {self.seq} of {self.used.isoformat()}"


def now(source: Source, today: date) -> Anchor:
    """How far an open network is."""
    with in_plain_words(source.folder):
        seq, head = journal_head(source.connection)
    return Anchor(source.keyfile.gen, source.keyfile.epoch, seq, head, today)


def known(store: str, folder: Path) -> Anchor | None:
    """How far the network in this place was when it was used here last.

    A network that was moved is compared with what it was at its former place; a second copy beside the first is a
    network of its own until both have been used.
    """
    places = _places(store)
    found = places.get(str(folder.absolute()))
    if found is None:
        moved = [anchor for place, anchor in places.items() if not Path(place).exists()]
        found = max(moved, key=lambda each: (each.epoch, each.gen, each.seq), default=None)
    return found


def furthest(store: str, folder: Path, outside: Iterable[Anchor] = ()) -> Anchor | None:
    """The furthest that this computer knows of; a later epoch counts for more than more lines in an earlier one."""
    noted_here = known(store, folder)
    every = (*outside, *((noted_here,) if noted_here else ()))
    return max(every, key=lambda each: (each.epoch, each.gen, each.seq), default=None)


def refuse_older(source: Source, today: date, outside: Iterable[Anchor] = ()) -> None:
    """OlderCopy where the network lacks something that this computer has seen in it."""
    last = furthest(source.keyfile.store, source.folder, outside)
    if last is None:
        return
    if (source.keyfile.epoch, source.keyfile.gen) < (last.epoch, last.gen):
        raise OlderCopy(_older(last, today), HINT)
    if last.seq and _line(source, last.seq) != last.head and not _just_restored(source, last):
        apart = now(source, today).seq >= last.seq
        raise OlderCopy(_apart(last, today) if apart else _older(last, today), HINT)


def _just_restored(source: Source, last: Anchor) -> bool:
    """Whether this program put a backup here and was stopped before it could note so: its line is the newest.

    Only who holds the key can write that line and make a later epoch.
    """
    with in_plain_words(source.folder):
        row = source.connection.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return source.keyfile.epoch > last.epoch and row is not None and row[0] == RESTORED


def keep(source: Source, today: date) -> None:
    """Remember how far the network is; not being able to is no reason to stop."""
    with contextlib.suppress(PeerMatchError):
        _note(source.keyfile.store, source.folder, now(source, today))


def expect(folder: Path, today: date) -> None:
    """A backup was put here by this program: what comes now may be older, but must have these keys."""
    with contextlib.suppress(PeerMatchError):
        keys, _ = vault.read_keys(folder)
        _note(keys.store, folder, Anchor(keys.gen, keys.epoch, 0, NO_HEAD, today))


def as_note(anchor: Anchor, folder: Path) -> str:
    """One anchor and its place for the keychain; nothing where the place has too long a name for that."""
    found = json.dumps({**_plain(anchor), "place": str(folder.absolute())}, sort_keys=True)
    return found if len(found) <= LONGEST_NOTE else ""


def of_note(note: str, folder: Path) -> Anchor | None:
    """The anchor in a note of the keychain, if it is about the network in this place, or about one that was moved."""
    try:
        found = json.loads(note)
        place = Path(str(found["place"]))
        same = place == folder.absolute() or not place.exists()
        return _anchor(found) if same else None
    except (ValueError, TypeError, KeyError, OSError, RecursionError):  # UnsoundError is a ValueError too
        return None


def in_words(source: Source, words: tuple[str, ...]) -> str:
    """Six words that two people can compare by telephone: the same only for the same state of the same network."""
    with in_plain_words(source.folder):
        seq, head = journal_head(source.connection)
    state = hashlib.sha256(b"peermatch/state/v1" + seq.to_bytes(8, "big") + head).digest()
    number = int.from_bytes(state, "big")
    picked = []
    for _ in range(WORDS):
        number, place = divmod(number, len(words))
        picked.append(words[place])
    return " ".join(picked)


def _line(source: Source, seq: int) -> bytes | None:
    """The seal of one line of the journal; None where there is no such line."""
    with in_plain_words(source.folder):
        row = source.connection.execute("SELECT mac FROM journal WHERE seq = ?", (seq,)).fetchone()
    return bytes(row[0]) if row else None


def _older(last: Anchor, today: date) -> str:
    return (
        f"This network is older than the one you used on {_day(last.used, today)}. It may be a restored copy."
    )


def _apart(last: Anchor, today: date) -> str:
    day = _day(last.used, today)
    return f"This network is not the one you used on {day}: both were changed since they were the same."


def _day(day: date, today: date) -> str:
    return f"{day.day} {day:%B}" + ("" if day.year == today.year else f" {day.year}")


def _file(store: str) -> Path:
    return paths.data_folder() / "last-used" / f"{store}.json"


def _places(store: str) -> dict[str, Anchor]:
    """By folder; what is not as it was written is left out."""
    found = {}
    for place, value in noted(_file(store)).items():
        with contextlib.suppress(UnsoundError, ValueError):
            found[place] = _anchor(value)
    return found


def _anchor(value: object) -> Anchor:
    if not isinstance(value, dict):
        raise UnsoundError("anchor")
    return Anchor(
        gen=whole(value.get("gen"), 1, 2**53),
        epoch=whole(value.get("epoch"), 1, 999_999),
        seq=whole(value.get("seq"), 0, 2**53),
        head=bytes_of(value.get("head"), HEAD_BYTES),
        used=date.fromisoformat(str(value.get("used"))),
    )


def _note(store: str, folder: Path, anchor: Anchor) -> None:
    places, place = _places(store), str(folder.absolute())
    if places.get(place) == anchor:
        return
    places.pop(place, None)
    newest = list(places.items())[-(MOST_PLACES - 1) :]
    note(_file(store), {each: _plain(value) for each, value in (*newest, (place, anchor))})


def _plain(anchor: Anchor) -> dict[str, object]:
    return {
        "gen": anchor.gen,
        "epoch": anchor.epoch,
        "seq": anchor.seq,
        "head": text_of(anchor.head),
        "used": anchor.used.isoformat(),
    }
