"""Backups: how they stand, making them by hand and at the end of the day, and putting one back."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch.errors import BadInput, Damaged, PeerMatchError, Refused
from peermatch.managed import managed
from peermatch.model.restoring import Difference, moment, stay_erased
from peermatch.services import older_copies, trial
from peermatch.services.desk import Desk
from peermatch.store import backup
from peermatch.store.backup import BackupFacts
from peermatch.store.backup_places import second_place, set_second_place
from peermatch.store.container import SUFFIX
from peermatch.store.place import refuse_place
from peermatch.store.place_signs import roots
from peermatch.store.vault import PassphraseSecret, RecoverySecret
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.store import restore  # what few do, and not on any usual day

ENDING = SUFFIX
OLD_DAYS = 7
"""After so many days without a verified backup somebody should look."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup that is there: where, from when, why it was made, and how large it is."""

    path: Path
    made: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """How the network is covered: the newest verified backup, all that are kept, and the second place.

    ``changed`` says that work was done since the newest; ``age`` is in days, None while there is no backup.
    """

    newest: Kept | None
    kept: tuple[Kept, ...]
    second: Path | None
    second_there: bool
    same_disk: bool
    changed: bool
    age: int | None
    tried: trial.Tried | None = None
    """How the last monthly trial on this computer went."""
    decided: bool = False
    """Whether the second place was set by the organisation: nobody chooses another here."""

    @property
    def old(self) -> bool:
        """Whether the newest backup is missing what was done for more than a week."""
        return self.changed and (self.age is None or self.age > OLD_DAYS)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was just made and verified, and why its copy elsewhere failed, if it did."""

    backup: Kept
    second: Path | None
    trouble: str


class Backups:
    """Makes backups of the open network and restores one; a backup that was looked at stays open until then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looking: ExitStack | None = None
        self._opened: restore.Opened | None = None
        self._replaced = False
        self._erased = 0
        self._begun = backup.journal_head(desk.store.source().connection)

    @property
    def replaced(self) -> bool:
        """Whether a backup took the place of what is open here."""
        return self._replaced

    def state(self) -> BackupState:
        """How things stand now, read from the disk."""
        source, now = self._desk.store.source(), self._desk.clock()
        newest = backup.newest_verified(source)
        second = second_place(source.keyfile.store)
        there = second is not None and second.is_dir()
        return BackupState(
            newest=_kept(newest) if newest else None,
            kept=tuple(_kept(each) for each in backup.known(source) if each.verified),
            second=second,
            second_there=there,
            same_disk=second is None or (there and _device(second) == _device(source.folder)),
            changed=newest is None or backup.changed_since(source, newest),
            age=(now - newest.made).days if newest else None,
            tried=trial.last(self._desk.store),
            decided=managed().backups_folder is not None,
        )

    def write(self, target: Path) -> Kept:
        """One backup as a new file; verified before it gets its name."""
        target = target.absolute()
        store = self._desk.store
        store.seal.refuse()
        if target.parent.resolve().is_relative_to(store.folder.resolve()):
            raise BadInput(
                tr("{target} would lie inside the network itself.").format(target=target),
                tr("Choose a place outside its folder."),
            )
        return _kept(backup.write_backup(store.source(), target, self._desk.clock()))

    def make(self) -> Made:
        """One backup where backups belong, and at the second place."""
        self._desk.store.seal.refuse()
        return self._made("hand")

    def at_close(self, *, once_a_day: bool = False) -> str:
        """The automatic backup where something changed since the last; why there is none, if it could not be made.

        ``once_a_day`` is for what happens often: one a day, and none where nothing was written since the opening.
        Not being able to is no reason to leave a network open.
        """
        if self._replaced or self._desk.store.locked or self._desk.store.seal.on:
            return ""
        try:
            state = self.state()
            fresh = state.newest is not None and _day(state.newest.made) == _day(self._desk.clock())
            if not state.changed or (once_a_day and (fresh or self._only_read())):
                return ""
            return self._made("daily").trouble
        except PeerMatchError as error:
            return tr("No backup was made: {error}").format(error=error)

    def _only_read(self) -> bool:
        return backup.journal_head(self._desk.store.source().connection) == self._begun

    def _made(self, reason: str) -> Made:
        done = backup.run_routine(self._desk.store.source(), self._desk.clock(), reason)
        return Made(_kept(backup.read_facts(done.path)), done.second, done.trouble)

    def choose_second(self, folder: Path | None) -> None:
        """The folder on a stick or a share where each backup is put too; None for none."""
        store = self._desk.store
        store.seal.refuse()
        if managed().backups_folder is not None:
            raise Refused(
                tr("Your organisation has set where backups are put."),
                tr("Ask those who look after this computer."),
            )
        set_second_place(store.source().keyfile.store, store.folder, folder)

    @staticmethod
    def offered_second() -> Path:
        """Where a choice of the second place begins: a folder that a service copies is good for backups."""
        return next((root for _, root in roots() if root.is_dir()), Path.home())

    def check(self, path: Path) -> None:
        """Damaged if a byte of that backup is not as it was written."""
        backup.check_whole(path)

    def look(self, path: Path, secret: str, *, by_recovery_key: bool | None = None) -> Difference:
        """Open a backup with a secret of its day and say what would be different; nothing is changed.

        Without ``by_recovery_key`` what looks like a recovery key is taken for one.
        """
        from peermatch.store import restore

        self.forget()
        store = self._desk.store
        store.seal.refuse(but_damage=True)
        refuse_others(path, store.source())
        by_key = _is_recovery_key(secret) if by_recovery_key is None else by_recovery_key
        with ExitStack() as stack:
            opening = restore.opened_backup(path, secret_of(secret, by_key), store.folder)
            opened = stack.enter_context(opening)
            found = restore.preview(store.source(), opened)
            self._erased = found.erased
            self._opened, self._looking = opened, stack.pop_all()
        return replace(found, made=found.made.astimezone())

    def restore(self) -> str:
        """Put the backup that was looked at in the place of the network, after a backup of today; says what was done.

        The caller locks at once: what is open here still is the network as it was a moment ago.
        """
        from peermatch.store import restore

        if self._opened is None:
            raise Refused(tr("No backup was looked at."), tr("Choose one first."))
        store, made = self._desk.store, self._opened.header.made.astimezone()
        try:
            slot, now, damaged = store.unlocked_by, self._desk.clock(), store.seal.on
            restore.restore_into(store.source(), self._opened, slot, now, damaged=damaged)
        finally:
            self.forget()
        self._replaced = True
        older_copies.restored(store.folder, self._desk.today)
        again = f" {stay_erased(self._erased)}" if self._erased else ""
        return tr("The network is as it was on {moment}.{again}").format(moment=moment(made), again=again)

    def forget(self) -> None:
        """Close the backup that was looked at; what was unpacked of it goes."""
        looking, self._looking, self._opened = self._looking, None, None
        if looking is not None:
            looking.close()


def refuse_others(path: Path, source: backup.Source) -> None:
    """Refuse another network's backup before any passphrase is tried on it."""
    from peermatch.store import restore

    restore.refuse_stranger(source, restore.header_of(path))


def secret_of(text: str, by_recovery_key: bool) -> PassphraseSecret | RecoverySecret:
    """What somebody typed, as what it is."""
    return RecoverySecret(text) if by_recovery_key else PassphraseSecret(text)


def read(path: Path) -> Kept:
    """What a backup says of itself, without a passphrase; BadInput or Damaged for what is none."""
    return _kept(backup.read_facts(path))


def newest_of(folder: Path) -> Path | None:
    """The newest file that reads as a backup in a network's folder, for when the network itself cannot be opened."""
    found = []
    for path in backup.listed(folder / backup.FOLDER):
        try:
            found.append(backup.read_facts(path))
        except PeerMatchError:
            continue
    return max(found, key=lambda each: each.made).path if found else None


def make_network(path: Path, secret: str, folder: Path, now: datetime, *, by_recovery_key: bool) -> int:
    """A network made of a backup, in a new folder; it opens with the passphrases of the backup's day.

    How many people stay erased whom the backup still held.
    """
    from peermatch.store import restore

    refuse_place(folder)
    erased = restore.restore_as(path, secret_of(secret, by_recovery_key), folder, now)
    older_copies.restored(folder, now.date())
    return erased


def replace_damaged(
    path: Path, secret: str, folder: Path, now: datetime, *, by_recovery_key: bool
) -> "restore.Replaced":
    """Put a backup in the place of a network that cannot be opened; where the damaged one was laid aside."""
    from peermatch.store import restore

    replaced = restore.replace_damaged(folder, path, secret_of(secret, by_recovery_key), now)
    older_copies.restored(folder, now.date())
    return replaced


def _kept(facts: BackupFacts) -> Kept:
    return Kept(facts.path, facts.made.astimezone(), facts.reason, facts.size)


def _is_recovery_key(text: str) -> bool:
    """Fourteen groups of four: nobody chooses a passphrase like that."""
    return re.fullmatch(r"\s*([0-9A-Za-z]{4}[\s-]+){13}[0-9A-Za-z]{4}\s*", text) is not None


def _day(at: datetime) -> object:
    return at.astimezone().date()


def _device(folder: Path) -> int:
    try:
        return folder.stat().st_dev
    except OSError:
        raise Damaged(
            tr("The folder {name} cannot be read.").format(name=folder.name), tr("Check the disk.")
        ) from None
