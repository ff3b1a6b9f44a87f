"""The one routine for every dangerous change: the next epoch is built beside the present one, proved, then named.

A crash anywhere leaves the old epoch or the new one, never a mix: ``store.keys`` names the file that counts, and it
is replaced in one step. Until then nothing that stands is touched; after it, what stands is only swept away.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from peermatch.errors import SystemRefused
from peermatch.model.characteristics import Vocabulary
from peermatch.store import journal, search, settings, vault
from peermatch.store.atomic import patiently, sync_file, sync_folder
from peermatch.store.backup import AUDIT_KEY, Source, rows
from peermatch.store.chunks import Chunks, stand
from peermatch.store.engine import Connection, engine_on, open_database, vacuum, verify
from peermatch.store.keys import StoreKey
from peermatch.store.refusal import in_plain_words
from peermatch.store.sql import sql
from peermatch.store.system_refusal import refusal_of_system
from peermatch.store.transaction import Transaction
from peermatch.store.untouched import MADE_FROM, changed_by

BACKUP_REASON = "before-keys"
# What a folder holds of epochs: their files with SQLite's sidecars, and key files that a crash left half written.
_OF_EPOCHS = re.compile(r"store-[0-9]{6}\.db(-journal|-wal|-shm)?|\.store\.keys(\.bak)?\.[^/]*\.tmp")
_JOURNALLED = ("journal", "journal_image")


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to the data on the way to the next epoch; ``write`` is told the slot that was made or changed.

    ``grows`` says of which table how many more rows there are afterwards; every other count must stay, but for the
    journal's own line and its images.
    """

    write: Callable[[Transaction, str], None]
    grows: Mapping[str, int] = field(default_factory=dict)


NO_CHANGE = Change(lambda _tx, _slot: None)
Upgrade = Callable[[Connection], None]


class Uncertain(SystemRefused):
    """The disk failed while the keys were written, and does not say whether the old ones stand or the new."""


def next_epoch(
    source: Source,
    keys: vault.NextKeys,
    change: Change,
    line: journal.Line,
    vocabulary: Vocabulary | None = None,
    upgrade: Upgrade | None = None,
) -> Connection:
    """Take the network to its next epoch and give the open file of it; on any failure nothing was changed.

    The caller has made a verified backup before, and closes the file of the old epoch and sweeps after. With a
    ``vocabulary`` the packed columns that matching reads follow, as they do for every command. ``upgrade`` brings
    the copy to another schema before the change is made in it: no row and no trigger may be lost by that.
    """
    target = source.folder / keys.keyfile.db
    with in_plain_words(source.folder):
        present = _Shape.of(source.connection)
    clear(target)
    try:
        with in_plain_words(source.folder):
            begun, images = _build(source.connection, target, keys, _Step(change, line, vocabulary, upgrade))
        _onto_disk(target)
        refuse_unwhole(present.lost_in(begun))
        connection = _proved(target, keys.key, begun.after(change, images))
    except BaseException:
        clear(target)
        raise
    try:
        _name(source.folder, keys)
    except BaseException:
        connection.close()
        if vault.stands(source.folder, keys) is False:
            clear(target)
        raise
    return connection


def sweep(folder: Path, named: str) -> tuple[str, ...]:
    """Delete what is left of other epochs; the names of what could not be deleted yet.

    Only for somebody who has just verified the file that ``store.keys`` names.
    """
    left = others(folder, named)
    stuck = tuple(sorted(path.name for path in left if not _deleted(path)))
    if left:
        with contextlib.suppress(OSError):  # what comes back after a power cut is swept at the next opening
            sync_folder(folder)
    return stuck


def others(folder: Path, named: str) -> list[Path]:
    """What `sweep` would delete."""
    kept = {named, f"{named}-journal"}
    found = (path for path in folder.iterdir() if _OF_EPOCHS.fullmatch(path.name))
    return [path for path in found if path.name not in kept and not path.is_dir()]


def clear(target: Path) -> None:
    """Delete a file that no keys name, and SQLite's sidecars."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path = target.with_name(target.name + suffix)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise refusal_of_system(error, f"{path.name} could not be deleted") from None


@dataclass(frozen=True, slots=True)
class _Step:
    """One journalled command that is made in the copy, as `Store.write` makes it in the file that is at work."""

    change: Change
    line: journal.Line
    vocabulary: Vocabulary | None
    upgrade: Upgrade | None

    def write(self, copy: Connection, slot: str, *, stays: bool) -> int:
        """Do it; how many images of rows its line has. ``stays``: what is packed belongs to the rows as before."""
        follow = Chunks(self.vocabulary, copy).follow if self.vocabulary else stand if stays else None
        with sql.Session(engine_on(copy)) as session, session.begin():
            recorder = journal.Recorder(session)
            tx = Transaction(session, self.line.object)
            self.change.write(tx, slot)
            session.flush()
            search.rebuild(tx)
            images = recorder.images
            journal.append(session, settings.secret(tx, AUDIT_KEY), images, self.line)
            if follow:
                follow(tx)
        return len(images)


def _build(source: Connection, target: Path, keys: vault.NextKeys, step: _Step) -> "tuple[_Shape, int]":
    """The new file: everything copied to the new key, the step made in it, freed pages gone.

    The shape it had before the step, and how many images the step has.
    """
    copy = open_database(target, keys.key, create=True)
    try:
        source.backup(copy)
        touched = changed_by(copy, step.upgrade) if step.upgrade else MADE_FROM
        begun = _Shape.of(copy)
        stays = step.change is NO_CHANGE and MADE_FROM.isdisjoint(touched)
        images = step.write(copy, keys.slot, stays=stays)
        vacuum(copy)
    finally:
        copy.close()
    return begun, images


def _onto_disk(target: Path) -> None:
    """Have the new file and its name on the disk before anything says that it counts."""
    try:
        with target.open("r+b") as file:
            sync_file(file.fileno())
        sync_folder(target.parent)
    except OSError as error:
        raise refusal_of_system(error, f"{target.name} could not be written") from None


def refuse_unwhole(found: Sequence[str]) -> None:
    """Stop before a file is named of which this was found."""
    if found:
        raise SystemRefused(
            f"The new file of the network is not whole ({found[0]}), so nothing was changed.",
            "Check the disk and try again.",
        )


def _proved(target: Path, key: StoreKey, wanted: "_Shape") -> Connection:
    """The new file opened with the new key, once it is shown to be whole and to hold what it must.

    ``integrity_check`` asks the search index too (SQLite 3.44 and later).
    """
    connection = open_database(target, key)
    try:
        with in_plain_words(target.parent):
            refuse_unwhole(verify(connection, thorough=True, values=True) or wanted.differences(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def _name(folder: Path, keys: vault.NextKeys) -> None:
    """The commit: ``store.keys`` names the new file; what fails after that does not take it back.

    Where only the copy of the keys could not be written, the old copy goes, for it would let in who was removed. The
    next opening writes it again.
    """
    try:
        vault.write_keys(folder, keys.keyfile, keys.key)
    except SystemRefused as error:
        stands = vault.stands(folder, keys)
        if stands is None:
            raise Uncertain(error.what, "Lock the network and open it again.") from error
        if not stands:
            raise
        with contextlib.suppress(OSError):
            (folder / vault.KEYS_BAK).unlink(missing_ok=True)


def _deleted(path: Path) -> bool:
    """Whether it is gone; a virus scanner may hold it for longer than we wait."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Shape:
    """What must not be lost on the way: rows, tables with their triggers and indexes, and the journal's newest line."""

    rows: Mapping[str, int]
    objects: Collection[tuple[Any, ...]]
    marks: tuple[int, ...]
    newest: int
    known: tuple[Any, ...]

    @classmethod
    def of(cls, connection: Connection, line: int | None = None) -> "_Shape":
        """The shape of an open file; ``line`` is the journal's line to remember, the newest unless it is said."""
        objects = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        newest = _number(connection, "SELECT coalesce(max(seq), 0) FROM journal")
        known = "SELECT seq, mac FROM journal WHERE seq = ?"
        return cls(
            rows=rows(connection),
            objects=frozenset(objects),
            marks=tuple(_number(connection, f"PRAGMA {name}") for name in ("user_version", "application_id")),
            newest=newest,
            known=tuple(connection.execute(known, (line or newest,)).fetchone() or ()),
        )

    def after(self, change: Change, images: int) -> "_Shape":
        """The shape that the change must leave: its rows, and one line of the journal with its images."""
        grown = Counter({**change.grows, "journal": 1, "journal_image": images})
        after = {name: count + grown[name] for name, count in self.rows.items()}
        return replace(self, rows=after, newest=self.newest + 1)

    def lost_in(self, other: "_Shape") -> list[str]:
        """What another schema must not lose: rows of the tables that it still has, triggers, the journal's line."""
        there = {(kind, name) for kind, name, *_ in other.objects}
        gone = [name for kind, name, *_ in self.objects if kind == "trigger" and (kind, name) not in there]
        fewer = [name for name, count in self.rows.items() if other.rows.get(name, count) != count]
        moved = [] if (self.newest, self.known) == (other.newest, other.known) else ["journal"]
        return [*(f"trigger {name}" for name in gone), *(f"rows of {name}" for name in fewer), *moved]

    def differences(self, connection: Connection) -> list[str]:
        """In which ways a file is not of this shape; tables and counts, never a value."""
        found = _Shape.of(connection, self.newest - 1)
        pairs = {
            "tables, triggers or indexes": (self.objects, found.objects),
            "version": (self.marks, found.marks),
            "journal": ((self.newest, self.known), (found.newest, found.known)),
            **{f"rows of {name}": (count, found.rows.get(name)) for name, count in self.rows.items()},
        }
        return [name for name, (wanted, there) in pairs.items() if wanted != there]


def _number(connection: Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
