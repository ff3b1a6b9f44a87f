"""All services of one unlocked network, and the doors to it: create, open, load."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peermatch import paths
from peermatch.errors import BadInput, CannotUnlock, PeerMatchError, SystemRefused
from peermatch.exchange.portable import parse_network
from peermatch.model.network import Network
from peermatch.services import backups, places
from peermatch.services.backups import Backups
from peermatch.services.campaigns import Campaigns
from peermatch.services.checking import Checking
from peermatch.services.consent import Consent
from peermatch.services.decisions import Decisions
from peermatch.services.desk import Desk
from peermatch.services.drafts import Drafts
from peermatch.services.enquiries import Enquiries
from peermatch.services.erasure import Erasure
from peermatch.services.evidence import EvidenceFiles
from peermatch.services.figures import Figures
from peermatch.services.forms import Forms
from peermatch.services.handing_out import HandingOut
from peermatch.services.incidents import Incidents
from peermatch.services.introductions import Introductions
from peermatch.services.journal import Journal
from peermatch.services.keychain import KeychainUse, remembered_network, secret_for
from peermatch.services.keys import Keys
from peermatch.services.letter_texts import LetterTexts
from peermatch.services.letters import PostedLetters
from peermatch.services.lock_rules import LockRules
from peermatch.services.older_copies import LastSeen, OlderCopies
from peermatch.services.onboarding import Onboarding
from peermatch.services.own import OwnLists
from peermatch.services.plans import Plans
from peermatch.services.policies import Policies
from peermatch.services.proofs import Proofs
from peermatch.services.requests import Requests
from peermatch.services.retention import Retention
from peermatch.services.search import Search
from peermatch.services.shipped import Shipped
from peermatch.services.shortlists import Shortlists
from peermatch.services.signposts import SignpostBook
from peermatch.services.subject_access import SubjectAccess
from peermatch.services.supporters import Supporters
from peermatch.services.today import Days
from peermatch.services.trial import RestoreTrial
from peermatch.services.trial import prepared as trial_prepared
from peermatch.services.tries import Failures, Tries
from peermatch.services.upkeep import Upkeep
from peermatch.services.watches import Watches
from peermatch.services.wordings import Wordings
from peermatch.services.working_days import holidays_near
from peermatch.store.drill import Trial
from peermatch.store.drill import sweep as sweep_trials
from peermatch.store.kdf import Cost
from peermatch.store.keychain import Keychain, KeychainRefused, Look
from peermatch.store.network import Store
from peermatch.store.passphrase import PassphraseRules, Strength, strength
from peermatch.store.restore import Replaced
from peermatch.store.vault import GivenSecret, OnceDerived, PassphraseSecret, RecoverySecret
from peermatch.store.viewing import open_view
from peermatch.store.viewing import sweep as sweep_looks
from peermatch.store.warming import warm_up
from peermatch.words import tr

Clock = Callable[[], datetime]


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
    forms: Forms
    onboarding: Onboarding
    own: OwnLists
    consent: Consent
    campaigns: Campaigns
    wordings: Wordings
    signposts: SignpostBook
    evidence: EvidenceFiles
    proofs: Proofs
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
    search: Search
    letters: PostedLetters
    letter_texts: LetterTexts
    days: Days
    figures: Figures
    seen: LastSeen
    trial: RestoreTrial
    viewed: datetime | None = None
    """Of when the backup is that is only looked at; None for the network itself."""

    @property
    def folder(self) -> Path:
        """Where the network lives."""
        return self.desk.store.folder

    def lock(self, *, in_haste: bool = False) -> None:
        """Close the network and forget its key; the keychain hears of it after that, and not in haste."""
        self.backups.forget()
        self.trial.forget()
        self.desk.shipped.suggester.forget()
        replaced = self.backups.replaced
        try:
            moved = None if replaced else self.seen.closing(self.desk.store, self.desk.today)
        finally:
            self.desk.store.lock()
        if not in_haste:
            self.seen.tell(moved)

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
    not_remembered: PeerMatchError | None = None
    """Why this computer does not open it by itself, where somebody wished that."""


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
        self._seen = LastSeen(self._chain)

    @property
    def shipped(self) -> Shipped:
        """What ships with the program."""
        return self._shipped

    def warm_up(self) -> None:
        """Make ready what opening needs; nothing of a network is read."""
        warm_up()
        holidays_near(self._clock().date())

    def check_passphrase(self, passphrase: str) -> None:
        """Refuse a new passphrase that is too short, too long or too well known."""
        self._rules.check_new(passphrase)

    def strength(self, passphrase: str) -> Strength:
        """How long a passphrase would stand, in words."""
        return strength(passphrase)

    def suggest_passphrase(self) -> str:
        """Words drawn by chance."""
        return self._rules.suggest()

    def create(
        self, folder: Path, network: Network, passphrase: str, *, with_recovery: bool, remember: bool = False
    ) -> NewNetwork:
        """A new network, filled from a value; whole or not at all.

        ``remember``: this computer opens it by itself from now on; a keychain that refuses spoils nothing else.
        """
        self.check_passphrase(passphrase)
        created = Store.create(
            folder, network, passphrase, self._clock, with_recovery=with_recovery, cost=self._cost
        )
        places.note_opened(created.store.folder)
        services = self._services(created.store)
        try:
            if remember:
                services.keychain.remember()
        except PeerMatchError as error:
            return NewNetwork(services, created.recovery, error)
        return NewNetwork(services, created.recovery)

    def offered_folder(self, name: str) -> Path:
        """Where a new network of that name would live on this computer."""
        return places.offered_folder(name)

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
        found = secret_for(folder, self._chain)
        if found is None:
            return None
        secret, note = found
        try:
            return self._unlocked(folder, secret, older=older, note=note)
        except CannotUnlock:
            raise KeychainRefused("strange") from None

    def keychain_look(self) -> Look:
        """Begin to find out whether this computer has a keychain; nobody waits for it."""
        return self._chain.look()

    def leave(self) -> None:
        """The program ends: a keychain that does not answer is waited for no longer. From any thread."""
        self._chain.leave()

    def pause(self, folder: Path) -> float:
        """Seconds until the next attempt to unlock is taken, after several that failed."""
        return self._tries.pause(folder)

    def recover(self, folder: Path, recovery_key: str, *, older: bool = False) -> Services:
        """Unlock with the recovery key from the paper."""
        return self._open(folder, RecoverySecret(recovery_key), break_foreign=False, older=older)

    def restore(self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False) -> int:
        """Make a network of a backup, in a new folder; how many people stay erased whom it still held."""
        erased = backups.make_network(file, secret, folder, self._clock(), by_recovery_key=by_recovery_key)
        self._seen.forget(folder)
        return erased

    def replace_damaged(
        self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False
    ) -> Replaced:
        """Put a backup in the place of a network that cannot be opened; where that was laid aside."""
        replaced = backups.replace_damaged(
            file, secret, folder, self._clock(), by_recovery_key=by_recovery_key
        )
        self._seen.forget(folder)
        return replaced

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
            raise BadInput(
                tr("There is no backup of this network yet."), tr("Ask who has it open to make one.")
            )
        return self.look(file, secret, folder, by_recovery_key=by_recovery_key)

    def _open(self, folder: Path, secret: GivenSecret, break_foreign: bool, older: bool) -> Services:
        self._tries.wait(folder)
        try:
            return self._unlocked(folder, secret, break_foreign=break_foreign, older=older)
        except CannotUnlock:
            self._tries.failed(folder)
            raise

    def _unlocked(
        self,
        folder: Path,
        secret: GivenSecret,
        *,
        break_foreign: bool = False,
        older: bool = False,
        note: str = "",
    ) -> Services:
        """Open it, unless it is an older copy; what was tried in vain and what was chosen goes into the journal."""
        today, once = self._clock().date(), OnceDerived(secret)
        copies = OlderCopies(today, self._seen, accept=older, note=note)
        store = Store.open(folder, once, self._clock, break_foreign=break_foreign, guard=copies.check)
        try:
            sweep_trials(store.folder)
            failures = self._tell_failures(store, folder)
            copies.opened(store)
            places.note_opened(store.folder)
            sweep_looks(paths.data_folder() / "looks")
            return self._services(store, failures, trial=trial_prepared(store, once, today))
        except BaseException:
            store.lock()
            raise
        finally:
            once.forget()

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
        self,
        store: Store,
        failures: Failures | None = None,
        viewed: datetime | None = None,
        trial: Trial | None = None,
    ) -> Services:
        desk = Desk(store, self._shipped, self._clock, people_at_once=self._people_at_once)
        keys, letters = Keys(desk, self._rules, self._cost), PostedLetters(desk)
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
            forms=Forms(desk, Supporters(desk)),
            onboarding=Onboarding(desk),
            own=OwnLists(desk),
            consent=Consent(desk),
            campaigns=Campaigns(desk),
            wordings=Wordings(desk),
            signposts=SignpostBook(desk),
            evidence=EvidenceFiles(desk),
            proofs=Proofs(desk),
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
            search=Search(desk),
            letters=letters,
            letter_texts=LetterTexts(desk),
            days=Days(desk, letters),
            figures=Figures(desk),
            seen=self._seen,
            trial=RestoreTrial(desk, trial),
            viewed=viewed,
        )
