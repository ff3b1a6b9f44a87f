"""The encrypted network folder: made, opened, read, written in journalled steps, checked and locked."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch import __version__
from peermatch.errors import BadInput, Damaged
from peermatch.model.characteristics import Vocabulary
from peermatch.model.holders import NetworkKey
from peermatch.store import bands, epochs, holders, journal, lock_policy, schema, settings, undo, vault
from peermatch.store.atomic import sync_folder
from peermatch.store.backup import Source, newest_backup, routine
from peermatch.store.chunks import Chunks, Packed
from peermatch.store.engine import Connection, engine_on, open_database, verify
from peermatch.store.epochs import Change
from peermatch.store.hold import Hold
from peermatch.store.kdf import Cost, calibrate
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey
from peermatch.store.ledger import ERASURE_KEY
from peermatch.store.pages import Pages
from peermatch.store.place import make_network_folder, refuse_place
from peermatch.store.refusal import in_plain_words
from peermatch.store.sealing import Seal
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, look

if TYPE_CHECKING:
    from peermatch.model.network import Network

APP = f"PeerMatch {__version__}"
SUFFIX = ".peermatch"
AUDIT_KEY = "audit"
CHECKED_AT_OPENING = 20_000_000
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the folder says of itself: schema, ways in, recovery, and the day of the newest backup."""

    schema: int
    slots: int
    recovery: bool
    last_backup: str | None
    mended: bool


@dataclass(frozen=True, slots=True)
class Stepped:
    """A new epoch: the slot it was about, the backup made before, and files that could not be deleted yet."""

    slot: str
    backup: Path
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Created:
    """A new, open network, and its recovery key, which is shown once."""

    store: "Store"
    recovery: str | None


class Store:
    """One network folder held open by this process; all use is from the thread that opened it."""

    def __init__(
        self,
        folder: Path,
        keyfile: KeyFile,
        key: StoreKey,
        slot: str,
        hold: Hold,
        clock: Clock,
        mended: bool = False,
        connection: Connection | None = None,
    ) -> None:
        self.folder = folder
        self._keyfile, self._key, self._slot, self._hold, self._clock = keyfile, key, slot, hold, clock
        self._mended = mended
        self.locked = False
        self.seal = Seal()
        self._pages: Pages | None = None
        self._connection: Connection = connection or open_database(folder / keyfile.db, key)
        self._made: sql.Engine | None = None
        self._chunks: Chunks | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        secret: vault.Secret,
        clock: Clock,
        *,
        break_foreign: bool = False,
        guard: Callable[[Source], None] | None = None,
    ) -> "Store":
        """Open a network: hold, keys, file, schema; whatever fails leaves everything as it was.

        ``guard`` may refuse it before anything in the folder is changed or swept.
        """
        folder = folder.absolute()
        refuse_place(folder)
        if not folder.is_dir():
            raise BadInput(f"There is no network at {folder}.", "Check the name of the folder.")
        vault.read_keys(folder)  # what is not a network gets no lock file
        hold = Hold.acquire(folder, APP, break_foreign=break_foreign)
        try:
            keyfile, from_copy = vault.read_keys(folder)
            key, slot = vault.unlock(keyfile, secret)
            store = cls(folder, keyfile, key, slot, hold, clock, mended=from_copy)
            store._make_ready(guard)
        except BaseException:
            hold.release()
            raise
        return store

    def _make_ready(self, guard: Callable[[Source], None] | None) -> None:
        """Refuse damage and a newer schema, bring an older one up to date, mend the key file's copy."""
        try:
            with in_plain_words(self.folder):
                schema.refuse_newer(schema.version(self._connection))
                left = epochs.others(self.folder, self._keyfile.db)
                self._refuse_damage(large_too=bool(left))
                if guard is not None:
                    guard(self.source())
            if schema.version(self._connection) != schema.HEAD:
                self.step_to(
                    vault.rotate, "migrate", epochs.NO_CHANGE, reason="before-migration", upgrade=_upgrade
                )
            self._mended |= vault.keep_copy_equal(self.folder, self._keyfile, self._key)
            # What a crash left of other epochs goes now that the named file was seen whole.
            epochs.sweep(self.folder, self._keyfile.db)
        except BaseException:
            self._close_file()
            raise

    def _refuse_damage(self, *, large_too: bool) -> None:
        """Look at every page before anything of it is shown; a large file is looked at by `check` alone.

        But where another epoch's file would be swept, the named one must have been seen whole first.
        """
        if not large_too and (self.folder / self._keyfile.db).stat().st_size > CHECKED_AT_OPENING:
            return
        if found := verify(self._connection):
            raise Damaged(
                f"The network {self.folder.name} is damaged ({found[0]}).", "Restore the newest backup."
            )

    @classmethod
    def create(
        cls,
        folder: Path,
        network: "Network",
        passphrase: str,
        clock: Clock,
        *,
        label: str = "coordinator",
        with_recovery: bool = False,
        cost: Cost | None = None,
    ) -> Created:
        """A new network filled from a value: built beside its place and put there whole, or not at all."""
        folder = folder.absolute()
        refuse_place(folder)
        if folder.exists():
            raise BadInput(f"There is already something at {folder}.", "Choose another name.")
        keyfile, key, recovery = vault.create_keys(passphrase, label, cost or calibrate(), with_recovery)
        building = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
        try:
            make_network_folder(building)
            _build(building, keyfile, key, network, clock)
            building.rename(folder)
            sync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        hold = Hold.acquire(folder, APP)
        slot = keyfile.slots[0].id
        return Created(cls(folder, keyfile, key, slot, hold, clock), recovery)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that changes nothing."""
        with in_plain_words(self.folder), look(self._connection, lambda: self._engine) as tx:
            yield tx

    @contextmanager
    def write(self, action: str, about: str = "", undoes: int | None = None) -> Iterator[Transaction]:
        """One command, one transaction, one journal line; on any failure nothing was changed.

        ``action`` is the kind of step and ``about`` the ids it concerns: never a name.
        """
        self.seal.refuse()
        with in_plain_words(self.folder), sql.Session(self._engine) as session, session.begin():
            recorder = journal.Recorder(session)
            tx = Transaction(session, about)
            yield tx
            session.flush()
            images = recorder.images
            tx.undoable = undo.can_be_undone(images)
            line = journal.Line(self._clock(), self._slot, action, tx.about, "; ".join(tx.detail), undoes)
            tx.seq = journal.append(session, settings.secret(tx, AUDIT_KEY), images, line)
            if self._chunks:
                self._chunks.follow(tx)

    @contextmanager
    def write_aside(self) -> Iterator[Transaction]:
        """A transaction of what is no step, such as half-typed work: nothing of it is on the journal."""
        self.seal.refuse()
        with in_plain_words(self.folder), sql.Session(self._engine) as session, session.begin():
            yield Transaction(session)

    def packed(self, vocabulary: Vocabulary, told: bands.Told = bands.nobody_listens) -> Packed:
        """What matching reads of all supporters, made from their rows first where it does not belong to them.

        From then on every command keeps it true. ``vocabulary`` is the shipped one. Nothing of it is on the journal.
        """
        return bands.have(self, self._packing(vocabulary), told)

    def records(self, vocabulary: Vocabulary, told: bands.Told = bands.nobody_listens) -> tuple[bytes, ...]:
        """All supporters' records in bodies (see `model.record_bytes`), kept as what `packed` gives is."""
        return bands.have(self, self._packing(vocabulary).records, told)

    def _packing(self, vocabulary: Vocabulary) -> Chunks:
        if self._chunks is None or self._chunks.vocabulary is not vocabulary:
            self._chunks = Chunks(vocabulary, self._connection)
        return self._chunks

    def undo(self, seq: int, allowed: Callable[[Transaction], None] | None = None) -> int:
        """Take back one step, as a step of its own, or do one again by taking back its undoing; the new line's number.

        Refused where the world has moved on; ``allowed`` may refuse what would stand then, inside the transaction.
        """
        with self.read() as tx:
            line = undo.line(tx, seq)
        with undo.explained(line), self.write(undo.action_for(line), line.object, undoes=seq) as tx:
            undo.revert(tx, line)
            if allowed:
                allowed(tx)
        return tx.seq or 0

    def pages(self) -> Pages:
        """The file as it stands on the disk, for a look at its pages; it is closed with the network."""
        self._pages = self._pages or Pages(self.folder / self._keyfile.db)
        return self._pages

    def facts(self) -> Facts:
        """What the folder says of itself."""
        return Facts(
            schema=schema.version(self._connection),
            slots=len(self._keyfile.slots),
            recovery=any(slot.type == "recovery" for slot in self._keyfile.slots),
            last_backup=newest_backup(self.source()),
            mended=self._mended,
        )

    def damage(self) -> tuple[str, ...]:
        """What is wrong with the file or the journal's chain; empty for a whole network."""
        from peermatch.store import search
        from peermatch.store.agreement import altered

        found = verify(self._connection, thorough=True, values=True)
        if found:
            return tuple(found)
        try:
            with self.read() as tx:
                broken = journal.first_broken(tx.session, settings.secret(tx, AUDIT_KEY))
                if broken is None:
                    found = [
                        f"A record is not as its last step left it ({each})." for each in altered(tx.session)
                    ]
        except Damaged as error:
            return (str(error),)
        if broken is not None:
            return (f"The journal was altered at line {broken}.",)
        if found:
            return tuple(found)
        misfound = () if self.seal.on else search.mended(self._connection, self.write_aside)
        beside = (self._chunks, self._chunks.records) if self._chunks else ()
        return (*misfound, *(each for kept in beside for each in bands.put_right(self, kept)))

    @property
    def unlocked_by(self) -> str:
        """The slot whose secret opened the network this time; the journal names it on every line."""
        return self._slot

    def keys(self) -> tuple[NetworkKey, ...]:
        """Every way in, with the person behind it."""
        with self.read() as tx:
            return holders.keys_of(tx, self._keyfile, self._slot)

    def opens_with(self, secret: vault.Secret, slot: str) -> bool:
        """Whether a secret is that of one slot: asked before keys are changed."""
        return vault.opens(self._keyfile, secret, slot)

    def source(self) -> Source:
        """What a backup or a new epoch is made from."""
        return Source(self.folder, self._keyfile, self._key, self._connection)

    def step_to(
        self,
        keys: Callable[[KeyFile, StoreKey], vault.NextKeys],
        action: str,
        change: Change,
        about: str = "",
        reason: str = epochs.BACKUP_REASON,
        upgrade: epochs.Upgrade | None = None,
    ) -> Stepped:
        """Change the keys by a new epoch, after a verified backup; on any failure nothing was changed."""
        self.seal.refuse()
        ahead = keys(self._keyfile, self._key)
        backup = routine(self.source(), self._clock(), reason)
        line = journal.Line(self._clock(), self._slot, action, about or ahead.slot)
        vocabulary = self._chunks.vocabulary if self._chunks else None
        try:
            opened = epochs.next_epoch(self.source(), ahead, change, line, vocabulary, upgrade)
        except epochs.Uncertain:
            self.lock()
            raise
        self._close_file()
        self._key.wipe()
        self._keyfile, self._key = ahead.keyfile, ahead.key
        self._connection, self._made = opened, None
        self._chunks = Chunks(vocabulary, opened) if vocabulary else None
        return Stepped(ahead.slot, backup, epochs.sweep(self.folder, ahead.keyfile.db))

    @property
    def idle_seconds(self) -> int:
        """After how many seconds without use a window that shows this network locks."""
        return self._keyfile.policy.idle_s

    def set_idle(self, seconds: int) -> None:
        """Another such time, kept in the key file."""
        self.seal.refuse()
        keyfile = lock_policy.with_idle(self._keyfile, self._key, seconds)
        vault.write_keys(self.folder, keyfile, self._key)
        self._keyfile = keyfile

    def lock(self) -> None:
        """Close the file, forget the key, let the network go; a second time does nothing."""
        self._close_file()
        self._key.wipe()
        self._hold.release()
        self.locked = True

    @property
    def _engine(self) -> "sql.Engine":
        """SQLAlchemy on the open file, made for the first who asks for more than plain SQL."""
        if self._made is None:
            self._made = engine_on(self._connection)
        return self._made

    def _close_file(self) -> None:
        if self._made is not None:
            self._made.dispose()
        self._connection.close()
        if self._pages:  # only now: on Linux, closing it gives up the locks of the database as well
            self._pages.close()
        self._pages = None


def _upgrade(copy: Connection) -> None:
    """This program's schema, in the copy that becomes the next epoch."""
    schema.bring_up_to_date(copy, engine_on(copy))


def _build(folder: Path, keyfile: KeyFile, key: StoreKey, network: "Network", clock: Clock) -> None:
    """Fill a new folder: file first, keys last, so that a folder with keys is a whole network."""
    from peermatch.store import contents  # what few need: a network is made once and opened every day

    connection = open_database(folder / keyfile.db, key, create=True)
    engine = engine_on(connection)
    try:
        with in_plain_words(folder):
            schema.bring_up_to_date(connection, engine)
            with sql.Session(engine) as session, session.begin():
                tx = Transaction(session)
                audit = secrets.token_bytes(32)
                keys = {AUDIT_KEY: audit, ERASURE_KEY: secrets.token_bytes(32)}
                contents.fill(tx, network, keys, clock().date())
                journal.append(session, audit, (), journal.Line(clock(), keyfile.slots[0].id, "create"))
    finally:
        engine.dispose()
        connection.close()
    (folder / "backups").mkdir(mode=0o700)
    vault.write_keys(folder, keyfile, key)
