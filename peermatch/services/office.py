"""All services of one unlocked network, and the doors to it: create, open, load."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peermatch import paths
from peermatch.errors import BadInput, CannotUnlock, PeerMatchError, SystemRefused
from peermatch.exchange.portable import parse_network
from peermatch.model.network import Network
from peermatch.services import backups, older_copies
from peermatch.services.backups import Backups
from peermatch.services.checking import Checking
from peermatch.services.consent import Consent
from peermatch.services.decisions import Decisions
from peermatch.services.desk import Desk
from peermatch.services.drafts import Drafts
from peermatch.services.enquiries import Enquiries
from peermatch.services.erasure import Erasure
from peermatch.services.handing_out import HandingOut
from peermatch.services.incidents import Incidents
from peermatch.services.introductions import Introductions
from peermatch.services.journal import Journal
from peermatch.services.keychain import KeychainUse, remembered_network, secret_for
from peermatch.services.keys import Keys
from peermatch.services.lock_rules import LockRules
from peermatch.services.older_copies import OlderCopies
from peermatch.services.plans import Plans
from peermatch.services.policies import Policies
from peermatch.services.requests import Requests
from peermatch.services.retention import Retention
from peermatch.services.shipped import Shipped
from peermatch.services.shortlists import Shortlists
from peermatch.services.subject_access import SubjectAccess
from peermatch.services.supporters import Supporters
from peermatch.services.tries import Failures, Tries
from peermatch.services.upkeep import Upkeep
from peermatch.services.watches import Watches
from peermatch.store.hold import HeldByAnotherComputer
from peermatch.store.kdf import Cost
from peermatch.store.keychain import Keychain, KeychainRefused
from peermatch.store.network import Store
from peermatch.store.passphrase import PassphraseRules, Strength, strength
from peermatch.store.restore import Replaced
from peermatch.store.vault import PassphraseSecret, RecoverySecret, Secret
from peermatch.store.viewing import open_view
from peermatch.store.viewing import sweep as sweep_looks

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
    requests: Requests
    incidents: Incidents
    subject_access: SubjectAccess
    erasure: Erasure
    retention: Retention
    policies: Policies
    upkeep: Upkeep
    keys: Keys
    keychain: KeychainUse
    drafts: Drafts
    lock_rules: LockRules
    backups: Backups
    journal: Journal
    checking: Checking
    viewed: datetime | None = None
    """Of when the backup is that is only looked at; None for the network itself."""

    @property
    def folder(self) -> Path:
        """Where the network lives."""
        return self.desk.store.folder

    def lock(self) -> None:
        """Close the network and forget its key."""
        self.backups.forget()
        if not self.backups.replaced:
            older_copies.remember(self.desk.store, self.desk.today)
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
        self,
        shipped: Shipped,
        clock: Clock,
        cost: Cost | None = None,
        *,
        people_at_once: bool = True,
        chain: Keychain | None = None,
    ) -> None:
        self._shipped, self._clock, self._cost = shipped, clock, cost
        self._people_at_once = people_at_once
        self._rules = PassphraseRules.load(paths.resources() / "words")
        self._tries = Tries()
        self._chain = chain or Keychain()

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

    def open(
        self, folder: Path, passphrase: str, *, break_foreign: bool = False, older: bool = False
    ) -> Services:
        """Unlock with a passphrase; ``older``: also a network that is older than the one used here last."""
        return self._open(folder, PassphraseSecret(passphrase), break_foreign, older)

    def remembers(self, folder: Path) -> bool:
        """Whether this computer was told to open a network by itself."""
        return remembered_network(folder) is not None

    def open_by_keychain(self, folder: Path, *, older: bool = False) -> Services | None:
        """Unlock with what this computer's keychain holds; None where it was never told to remember this network.

        SystemRefused where the keychain is missing, locked, slow or wrong: then the passphrase is asked for.
        """
        secret = secret_for(folder, self._chain)
        if secret is None:
            return None
        try:
            return self._unlocked(folder, secret, older=older)
        except CannotUnlock:
            raise KeychainRefused("strange") from None

    def pause(self, folder: Path) -> float:
        """Seconds until the next attempt to unlock is taken, after several that failed."""
        return self._tries.pause(folder)

    def recover(self, folder: Path, recovery_key: str, *, older: bool = False) -> Services:
        """Unlock with the recovery key from the paper."""
        return self._open(folder, RecoverySecret(recovery_key), break_foreign=False, older=older)

    def restore(self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False) -> int:
        """Make a network of a backup, in a new folder; how many people stay erased whom it still held."""
        return backups.make_network(file, secret, folder, self._clock(), by_recovery_key=by_recovery_key)

    def replace_damaged(
        self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False
    ) -> Replaced:
        """Put a backup in the place of a network that cannot be opened; where that was laid aside."""
        return backups.replace_damaged(file, secret, folder, self._clock(), by_recovery_key=by_recovery_key)

    def look(self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False) -> Services:
        """A backup of a network, to be read: nothing is changed or remembered, and its copy goes with the lock."""
        self._tries.wait(folder)
        place, opening = paths.data_folder() / "looks", backups.secret_of(secret, by_recovery_key)
        try:
            store, header = open_view(file, opening, folder, place, self._clock)
        except CannotUnlock:
            self._tries.failed(folder)
            raise
        try:
            return self._services(store, viewed=header.made.astimezone())
        except BaseException:
            store.lock()
            raise

    def look_at_newest(self, folder: Path, secret: str, *, by_recovery_key: bool = False) -> Services:
        """The newest backup in a network's folder, to be read while somebody else has the network open."""
        file = backups.newest_of(folder)
        if file is None:
            raise BadInput("There is no backup of this network yet.", "Ask who has it open to make one.")
        return self.look(file, secret, folder, by_recovery_key=by_recovery_key)

    def _open(self, folder: Path, secret: Secret, break_foreign: bool, older: bool) -> Services:
        self._tries.wait(folder)
        try:
            return self._unlocked(folder, secret, break_foreign=break_foreign, older=older)
        except CannotUnlock:
            self._tries.failed(folder)
            raise

    def _unlocked(
        self, folder: Path, secret: Secret, *, break_foreign: bool = False, older: bool = False
    ) -> Services:
        """Open it, unless it is an older copy; what was tried in vain and what was chosen goes into the journal."""
        copies = OlderCopies(self._clock().date(), accept=older)
        store = Store.open(folder, secret, self._clock, break_foreign=break_foreign, guard=copies.check)
        try:
            failures = self._tell_failures(store, folder)
            copies.opened(store)
            self._remember(store.folder)
            sweep_looks(paths.data_folder() / "looks")
            return self._services(store, failures)
        except BaseException:
            store.lock()
            raise

    def _tell_failures(self, store: Store, folder: Path) -> Failures | None:
        """Write into the journal how often it was tried in vain; a full disk keeps that for the next time."""
        failures = self._tries.since_success(folder)
        if failures is None:
            return None
        with suppress(SystemRefused):
            with store.write("failed-unlocks") as tx:
                tx.note(failures.text())
            self._tries.forget(folder)
        return failures

    def _services(
        self, store: Store, failures: Failures | None = None, viewed: datetime | None = None
    ) -> Services:
        desk = Desk(store, self._shipped, self._clock, people_at_once=self._people_at_once)
        keys = Keys(desk, self._rules, self._cost)
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
            requests=Requests(desk),
            incidents=Incidents(desk),
            subject_access=SubjectAccess(desk),
            erasure=Erasure(desk),
            retention=Retention(desk),
            policies=Policies(desk),
            upkeep=Upkeep(desk),
            keys=keys,
            keychain=KeychainUse(desk, keys, self._chain),
            drafts=Drafts(desk),
            lock_rules=LockRules(desk),
            backups=Backups(desk),
            journal=Journal(desk, failures),
            checking=Checking(desk),
            viewed=viewed,
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
