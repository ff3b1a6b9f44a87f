"""All services of one unlocked network, and the doors to it: create, open, load."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peermatch import paths
from peermatch.errors import CannotUnlock, PeerMatchError, SystemRefused
from peermatch.exchange.portable import parse_network
from peermatch.model.network import Network
from peermatch.services import backups
from peermatch.services.backups import Backups
from peermatch.services.consent import Consent
from peermatch.services.decisions import Decisions
from peermatch.services.desk import Desk
from peermatch.services.drafts import Drafts
from peermatch.services.enquiries import Enquiries
from peermatch.services.handing_out import HandingOut
from peermatch.services.introductions import Introductions
from peermatch.services.keys import Keys
from peermatch.services.lock_rules import LockRules
from peermatch.services.plans import Plans
from peermatch.services.policies import Policies
from peermatch.services.shipped import Shipped
from peermatch.services.shortlists import Shortlists
from peermatch.services.supporters import Supporters
from peermatch.services.tries import Tries
from peermatch.services.upkeep import Upkeep
from peermatch.services.watches import Watches
from peermatch.store.hold import HeldByAnotherComputer
from peermatch.store.kdf import Cost
from peermatch.store.network import Store
from peermatch.store.passphrase import PassphraseRules, Strength, strength
from peermatch.store.vault import PassphraseSecret, RecoverySecret

Clock = Callable[[], datetime]
LONGEST_NAME = 60
"""Characters of a network's name that its folder takes over."""


@dataclass(frozen=True, slots=True)
class Services:
    """The verbs of the work on one unlocked network; screens receive this and nothing deeper."""

    desk: Desk
    enquiries: Enquiries
    shortlists: Shortlists
    plans: Plans
    introductions: Introductions
    decisions: Decisions
    watches: Watches
    handing_out: HandingOut
    supporters: Supporters
    consent: Consent
    policies: Policies
    upkeep: Upkeep
    keys: Keys
    drafts: Drafts
    lock_rules: LockRules
    backups: Backups

    @property
    def folder(self) -> Path:
        """Where the network lives."""
        return self.desk.store.folder

    def lock(self) -> None:
        """Close the network and forget its key."""
        self.backups.forget()
        self.desk.store.lock()

    def close(self, *, once_a_day: bool = False) -> str:
        """Make the automatic backup where something changed, then lock; why there is no backup, if there is none."""
        try:
            return self.backups.at_close(once_a_day=once_a_day)
        finally:
            self.lock()


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network that was just made, open, and its recovery key, which is shown once."""

    services: Services
    recovery: str | None


class Doors:
    """Makes and opens networks."""

    def __init__(
        self, shipped: Shipped, clock: Clock, cost: Cost | None = None, *, people_at_once: bool = True
    ) -> None:
        self._shipped, self._clock, self._cost = shipped, clock, cost
        self._people_at_once = people_at_once
        self._rules = PassphraseRules.load(paths.resources() / "words")
        self._tries = Tries()

    @property
    def shipped(self) -> Shipped:
        """What ships with the program."""
        return self._shipped

    def check_passphrase(self, passphrase: str) -> None:
        """Refuse a new passphrase that is too short, too long or too well known."""
        self._rules.check_new(passphrase)

    def strength(self, passphrase: str) -> Strength:
        """How long a passphrase would stand, in words."""
        return strength(passphrase)

    def suggest_passphrase(self) -> str:
        """Words drawn by chance."""
        return self._rules.suggest()

    def create(self, folder: Path, network: Network, passphrase: str, *, with_recovery: bool) -> NewNetwork:
        """A new network, filled from a value; whole or not at all."""
        self.check_passphrase(passphrase)
        created = Store.create(
            folder, network, passphrase, self._clock, with_recovery=with_recovery, cost=self._cost
        )
        self._remember(created.store.folder)
        return NewNetwork(self._services(created.store), created.recovery)

    def offered_folder(self, name: str) -> Path:
        """Where a new network of that name would live on this computer: a place that nothing stands in yet."""
        words = re.sub(r"[^\w ()'-]+", " ", unicodedata.normalize("NFKC", name))
        stem = " ".join(words.split())[:LONGEST_NAME].strip() or "network"
        numbered = (stem, *(f"{stem} {number}" for number in range(2, 1000)))
        places = (paths.data_folder() / f"{each}{paths.NETWORK_SUFFIX}" for each in numbered)
        return next(place for place in places if not (place.exists() or place.is_symlink()))

    def read_portable(self, raw: bytes) -> Network:
        """A portable file as a value; every fault in it is named."""
        return parse_network(raw, self._shipped.reference)

    def open(self, folder: Path, passphrase: str, *, break_foreign: bool = False) -> Services:
        """Unlock with a passphrase."""
        return self._open(folder, PassphraseSecret(passphrase), break_foreign)

    def pause(self, folder: Path) -> float:
        """Seconds until the next attempt to unlock is taken, after several that failed."""
        return self._tries.pause(folder)

    def recover(self, folder: Path, recovery_key: str) -> Services:
        """Unlock with the recovery key from the paper."""
        return self._open(folder, RecoverySecret(recovery_key), break_foreign=False)

    def restore(self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False) -> None:
        """Make a network of a backup, in a new folder."""
        backups.make_network(file, secret, folder, self._clock(), by_recovery_key=by_recovery_key)

    def replace_damaged(
        self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False
    ) -> Path:
        """Put a backup in the place of a network that cannot be opened; where that was laid aside."""
        return backups.replace_damaged(file, secret, folder, self._clock(), by_recovery_key=by_recovery_key)

    def _open(self, folder: Path, secret: PassphraseSecret | RecoverySecret, break_foreign: bool) -> Services:
        self._tries.wait(folder)
        try:
            store = Store.open(folder, secret, self._clock, break_foreign=break_foreign)
        except CannotUnlock:
            self._tries.failed(folder)
            raise
        try:
            self._tell_failures(store, folder)
            self._remember(store.folder)
            return self._services(store)
        except BaseException:
            store.lock()
            raise

    def _tell_failures(self, store: Store, folder: Path) -> None:
        """Write into the journal how often it was tried in vain; a full disk keeps that for the next time."""
        failures = self._tries.since_success(folder)
        if failures is None:
            return
        with suppress(SystemRefused):
            with store.write("failed-unlocks") as tx:
                tx.note(failures.text())
            self._tries.forget(folder)

    def _services(self, store: Store) -> Services:
        desk = Desk(store, self._shipped, self._clock, people_at_once=self._people_at_once)
        return Services(
            desk=desk,
            enquiries=Enquiries(desk),
            shortlists=Shortlists(desk),
            plans=Plans(desk),
            introductions=Introductions(desk),
            decisions=Decisions(desk),
            watches=Watches(desk),
            handing_out=HandingOut(desk),
            supporters=Supporters(desk),
            consent=Consent(desk),
            policies=Policies(desk),
            upkeep=Upkeep(desk),
            keys=Keys(desk, self._rules, self._cost),
            drafts=Drafts(desk),
            lock_rules=LockRules(desk),
            backups=Backups(desk),
        )

    def _remember(self, folder: Path) -> None:
        """Note which network was opened last; not being able to is no reason to stop."""
        try:
            paths.make_private(paths.data_folder())
            paths.last_opened_file().write_text(str(folder), "utf-8")
        except (OSError, UnicodeEncodeError):
            return


def may_be_taken(error: PeerMatchError) -> bool:
    """Whether a network is held by a computer of which only a person knows if it is still at work."""
    return isinstance(error, HeldByAnotherComputer)


def last_opened() -> Path | None:
    """The network that was opened last on this computer, if it is still there."""
    try:
        folder = Path(paths.last_opened_file().read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
    return folder if folder.is_dir() else None
