"""The packed columns of all supporters, kept beside their rows: written with them, or noticed and made again.

A band is everybody whose position lies within the same `CHUNK`; it stands in one chunk (in more only where positions
were given twice). Three things keep a chunk from saying more than its rows, and above all from a consent that was
withdrawn:

- Triggers of this connection note whom a statement touches, whoever wrote it; their bands are written again before
  the commit of that very transaction.
- The stamp beside the chunks names the newest line of the journal, and only a transaction that kept the chunks
  moves it on. What another program wrote is a line that the stamp does not name.
- The stamp names what the chunks were made from (`packed.origin`) and the sums of all bytes and words.

Where the stamp does not hold, everything is packed anew from the rows. Nothing of this is on the journal: it follows
from rows that are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import ConsentRules
from peermatch.model.packed import CHUNK, Packer, layout, origin, people_in
from peermatch.model.packed_words import Words
from peermatch.model.record_bytes import body_of
from peermatch.model.splicing import spliced
from peermatch.store import introductions, records, settings, supporters
from peermatch.store.bands import (
    HELD,
    SUM,
    Part,
    Told,
    everybody,
    heads,
    members,
    nobody_listens,
    run,
    sum_of,
    touched_by,
    watch,
)
from peermatch.store.engine import Connection
from peermatch.store.records import BAND, Records
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

PARTS = 2**20
"""The numbers that belong to one band: its first chunk has ``band * PARTS``."""

MOST_SPLICED = 16
"""Beyond so many changed people a band is packed anew rather than mended one by one."""

# Whom a change of each table touches: SIDE is the row before or after it, and a wording or a term is everybody's.
_NOTED_OF = {
    "supporter": "VALUES (SIDE.position / SIZE, SIDE.id)",
    "consent": "SELECT position / SIZE, id FROM supporter WHERE id = SIDE.supporter",
    "introduction": "SELECT position / SIZE, id FROM supporter WHERE id = SIDE.supporter",
    "wording": "VALUES (-1, '')",
    "own_term": "VALUES (-1, '')",
}
_ALL = -1
# What every command runs is plain text: to build a statement and its rows costs ten times what it does.
_NOTED = "SELECT band, supporter FROM chunk_touched"
_FORGET = "DELETE FROM chunk_touched"
_STAMP = "SELECT made_from FROM chunk_origin"
_STAMPED = "UPDATE chunk_origin SET made_from = ?"
_WORDS = "SELECT code, word FROM chunk_word ORDER BY code"
_SPOKEN = "SELECT count(*) FROM chunk_word"
_OF_BAND = "SELECT number, CAST(body AS BLOB) FROM chunk WHERE number BETWEEN ? AND ? ORDER BY number"
_REWRITTEN = "UPDATE chunk SET body = ? WHERE number = ?"
_DIFFERS = "What matching reads of the supporters differed from their records. It was written again: lock and reopen."


@dataclass(frozen=True, slots=True)
class Packed:
    """What matching reads of all supporters: the chunks, and the words that their codes stand for."""

    chunks: tuple[bytes, ...]
    words: Words
    origin: str


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What chunks belong to: what they were made from, the journal's newest line, and the sums of what they say."""

    origin: str
    head: str
    words: int
    bodies: int

    def written(self) -> str:
        return f"{self.origin} {self.head} {self.words:x} {self.bodies:x}"

    @classmethod
    def read(cls, kept: str | None) -> "_Stamp | None":
        parts = (kept or "").split(" ")
        if len(parts) != 4:
            return None
        try:
            return cls(parts[0], parts[1], int(parts[2], 16), int(parts[3], 16))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class _Packing:
    """By what people are packed in this network as its wordings and terms now are."""

    origin: str
    words: Words
    packer: Packer


class Chunks:
    """Keeps the chunks of one open network equal to its rows."""

    def __init__(self, vocabulary: Vocabulary, connection: Connection) -> None:
        self.vocabulary = vocabulary
        self.records = Records(connection)
        watch(connection, "chunk", _NOTED_OF, CHUNK)
        self._packing: _Packing | None = None

    def load(self, tx: Transaction) -> Packed | None:
        """The chunks as they are kept; None where they do not belong to the rows."""
        stamp, words = _stamp(tx), _words(tx)
        if stamp is None or words is None or not _newest(tx, stamp):
            return None
        packing, bodies = self._packing_of(tx, words), _bodies(tx)
        if stamp != _Stamp(packing.origin, stamp.head, _sum_of_words(words.after(0)), sum_of(bodies)):
            return None
        if _people_in(bodies.values()) != run(tx, HELD)[0][0]:
            return None
        self._packing = packing
        return Packed(tuple(bodies.values()), words, packing.origin)

    def pack(self, tx: Transaction, told: Told = nobody_listens) -> tuple[Packed, dict[int, bytes]]:
        """Everybody packed from the rows with words of their own, and each chunk under its number."""
        packing, bodies = self._packing_of(tx, Words()), dict[int, bytes]()
        for part in everybody(tx, told=told):
            bodies.update(_packed(tx, packing.packer, part))
        return Packed(tuple(bodies.values()), packing.words, packing.origin), bodies

    def made(self, tx: Transaction, told: Told = nobody_listens) -> Packed:
        """Everybody packed from the rows."""
        return self.pack(tx, told)[0]

    def keep(self, tx: Transaction, told: Told = nobody_listens) -> Packed:
        """Pack everybody from the rows and write it; their records too, where these do not hold either."""
        packing, bodies = self._packing_of(tx, Words()), dict[int, bytes]()
        beside = None if self.records.holds(tx) else dict[int, bytes]()
        for part in everybody(tx, told=told):
            bodies.update(_packed(tx, packing.packer, part))
            if beside is not None:
                beside.update((band, body_of(people)) for band, people in part.cut(BAND))
        if beside is not None:
            self.records.write(tx, beside)
        return self._written(tx, Packed(tuple(bodies.values()), packing.words, packing.origin), bodies)

    def _written(self, tx: Transaction, packed: Packed, bodies: dict[int, bytes]) -> Packed:
        for table in (sql.CHUNK, sql.CHUNK_WORD, sql.CHUNK_ORIGIN):
            tx.session.execute(sql.delete(table))
        _write_bodies(tx, bodies)
        _write_words(tx, packed.words, 0)
        stamp = _Stamp(packed.origin, heads(tx)[0], _sum_of_words(packed.words.after(0)), sum_of(bodies))
        tx.session.execute(sql.insert(sql.CHUNK_ORIGIN), [{"id": 1, "made_from": stamp.written()}])
        run(tx, _FORGET)
        self._packing = None
        return packed

    def follow(self, tx: Transaction) -> None:
        """The last step of a command, once its journal line is written: what it changed is in the chunks too.

        Chunks that did not belong to the rows before are left alone, and with them their stamp, which does not name
        the new line: they are noticed when they are next read. The packed records follow with them.
        """
        newest, before = heads(tx)
        self.records.follow(tx, newest, before)
        touched, stamp = touched_by(tx, _NOTED, _FORGET), _stamp(tx)
        if stamp is None or stamp.head != before:
            return
        if touched.pop(_ALL, None):
            self._packing = None
            if self._packing_of(tx, Words()).origin != stamp.origin:
                self.keep(tx)
                return
        if touched:
            packing = self._current(tx)
            if packing is None or packing.origin != stamp.origin:
                return
            stamp = _followed(tx, packing, stamp, touched)
        _write_stamp(tx, replace(stamp, head=newest))

    def differences(self, tx: Transaction) -> tuple[str, ...]:
        """Where chunks that would be used differ from what the rows give; others can mislead nobody."""
        kept = self.load(tx)
        if kept is None:
            return ()
        packer, fresh = self._packing_of(tx, kept.words.copy()).packer, dict[int, bytes]()
        for part in everybody(tx):
            fresh.update(_packed(tx, packer, part))
        return () if fresh == _bodies(tx) else (_DIFFERS,)

    def _current(self, tx: Transaction) -> _Packing | None:
        """The packing with the words that are written: words that a failed command left behind are forgotten."""
        ((written,),) = run(tx, _SPOKEN)
        if self._packing is None or len(self._packing.words) != written:
            words = _words(tx)
            self._packing = None if words is None else self._packing_of(tx, words)
        return self._packing

    def _packing_of(self, tx: Transaction, words: Words) -> _Packing:
        wordings, own = settings.wordings(tx) or (), settings.own_terms(tx)
        vocabulary = self.vocabulary.extended(own) if own else self.vocabulary
        rules = ConsentRules({each.id: each for each in wordings}, vocabulary.broader_terms)
        return _Packing(origin(wordings, vocabulary), words, Packer(rules, words))


def _followed(tx: Transaction, packing: _Packing, stamp: _Stamp, touched: dict[int, set[str]]) -> _Stamp:
    """Write the bands of those who were touched, and say what the sums then are."""
    known, total = len(packing.words), stamp.bodies
    for band, ids in sorted(touched.items()):
        before = _bodies(tx, band)
        after = _mended(tx, packing.packer, band, before, ids)
        if after is None:
            after = _repacked(tx, packing.packer, band, before, ids)
        _write_changes(tx, before, after)
        total += sum_of(after) - sum_of(before)
    _write_words(tx, packing.words, known)
    return replace(stamp, words=_sum_of_words(packing.words.after(known), stamp.words), bodies=total % SUM)


def stand(tx: Transaction) -> None:
    """A step was written that touched nobody: what held before it holds after it, and the packed records too."""
    stamp, (newest, before) = _stamp(tx), heads(tx)
    if stamp is not None and stamp.head == before:
        _write_stamp(tx, replace(stamp, head=newest))
    records.stand(tx)


def _stamp(tx: Transaction) -> _Stamp | None:
    kept = run(tx, _STAMP)
    return _Stamp.read(kept[0][0] if kept else None)


def _newest(tx: Transaction, stamp: _Stamp) -> bool:
    """Whether nothing was written since, by this program or another."""
    return stamp.head == heads(tx)[0] and not run(tx, _NOTED)


def _write_stamp(tx: Transaction, stamp: _Stamp) -> None:
    run(tx, _STAMPED, stamp.written())


def _words(tx: Transaction) -> Words | None:
    """The words as they are kept; None where a code is missing."""
    rows = run(tx, _WORDS)
    if rows and rows[-1][0] != len(rows):
        return None
    return Words(word for _, word in rows)


def _write_words(tx: Transaction, words: Words, known: int) -> None:
    added = [{"code": code, "word": word} for code, word in enumerate(words.after(known), known + 1)]
    if added:
        tx.session.execute(sql.insert(sql.CHUNK_WORD), added)


def _bodies(tx: Transaction, band: int | None = None) -> dict[int, bytes]:
    """The chunks of one band, or all, under their numbers."""
    first, last = (0, SUM // 2 - 1) if band is None else (band * PARTS, band * PARTS + PARTS - 1)
    return dict(run(tx, _OF_BAND, first, last))


def _write_bodies(tx: Transaction, bodies: Mapping[int, bytes]) -> None:
    if bodies:
        rows = [{"number": number, "body": body} for number, body in bodies.items()]
        tx.session.execute(sql.insert(sql.CHUNK), rows)


def _write_changes(tx: Transaction, before: dict[int, bytes], after: dict[int, bytes]) -> None:
    for number in before.keys() - after.keys():
        tx.session.execute(sql.delete(sql.CHUNK).where(sql.CHUNK.columns["number"] == number))
    for number in before.keys() & after.keys():
        if before[number] != after[number]:
            run(tx, _REWRITTEN, after[number], number)
    _write_bodies(tx, {number: after[number] for number in sorted(after.keys() - before.keys())})


def _sum_of_words(words: Iterable[str], before: int = 0) -> int:
    for word in words:
        before = crc32(word.encode("utf-8", "surrogatepass") + b"\0", before)
    return before


def _people_in(bodies: Iterable[bytes]) -> int | None:
    """How many people stand in chunks; None where one cannot be read."""
    try:
        return sum(map(people_in, bodies))
    except ValueError:
        return None


def _packed(tx: Transaction, packer: Packer, part: Part) -> Iterator[tuple[int, bytes]]:
    """The chunks of a band."""
    steps = introductions.of_some(tx, [person.id for person in part.people])
    return enumerate(packer.chunks(part.people, steps), part.band * PARTS)


def _of_rows(tx: Transaction, packer: Packer, band: int, ids: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """The chunks of a band from the rows of those who are in it."""
    return _packed(tx, packer, Part(band, (), supporters.some(tx, ids))) if ids else enumerate(())


def _mended(
    tx: Transaction, packer: Packer, band: int, before: Mapping[int, bytes], ids: Collection[str]
) -> dict[int, bytes] | None:
    """A band of the same people, of whom a few changed; None where it has to be packed anew."""
    if len(ids) > MOST_SPLICED or len(members(tx, band, ids)) != len(ids):
        return None
    after, steps = dict(before), introductions.of_some(tx, ids)
    for person in supporters.some(tx, ids):
        line = packer.pack((person,), steps)
        changed = ((number, spliced(body, line)) for number, body in after.items())
        place = next(((number, body) for number, body in changed if body is not None), None)
        if place is None:
            return None
        after[place[0]] = place[1]
    return after


def _repacked(
    tx: Transaction, packer: Packer, band: int, before: Mapping[int, bytes], ids: Collection[str]
) -> dict[int, bytes]:
    """A band packed anew from the rows of all who are in it: who came is in, who went is not."""
    maybe = set(ids).union(*(layout(body).ids for body in before.values()))
    return dict(_of_rows(tx, packer, band, members(tx, band, maybe)))
