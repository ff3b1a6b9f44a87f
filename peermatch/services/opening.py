"""Creating, unlocking and restoring networks: what stands behind the doors, loaded when it is needed."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch import paths
from peermatch.errors import BadInput, CannotUnlock, PeerMatchError, SystemRefused
from peermatch.services import backups, places
from peermatch.services.doors import Clock
from peermatch.services.draft_folders import DraftFolder
from peermatch.services.keychain import remembered_network, secret_for
from peermatch.services.late import Late
from peermatch.services.making import Making
from peermatch.services.office import House, NewNetwork, Opened, Services, services_on
from peermatch.services.older_copies import LastSeen, OlderCopies
from peermatch.services.shipped import Shipped
from peermatch.services.trial import prepared as trial_prepared
from peermatch.services.tries import Failures, Tries
from peermatch.services.unfinished import clear_unfinished
from peermatch.services.working_days import holidays_near
from peermatch.store.drill import sweep as sweep_trials
from peermatch.store.kdf import Cost
from peermatch.store.keychain import Keychain, KeychainRefused
from peermatch.store.network import Store
from peermatch.store.passphrase import PassphraseRules
from peermatch.store.vault import GivenSecret, OnceDerived, PassphraseSecret, RecoverySecret
from peermatch.store.viewing import open_view
from peermatch.store.viewing import sweep as sweep_looks
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.model.network import Network
    from peermatch.store.restore import Replaced


class Opening:
    """Does what the doors promise; it is made by the first who goes through."""

    def __init__(
        self,
        shipped: Late[Shipped],
        clock: Clock,
        cost: Cost | None,
        rules: Late[PassphraseRules],
        tries: Tries,
        chain: Keychain,
        *,
        people_at_once: bool,
        making: Making,
    ) -> None:
        self._shipped, self._clock, self._cost, self._rules = shipped, clock, cost, rules
        self._tries, self._chain, self._people_at_once = tries, chain, people_at_once
        self._making = making
        self._seen = LastSeen(chain)

    def warm_up(self) -> None:
        """Make ready what opening needs; nothing of a network is read."""
        DraftFolder()  # a draft that a killed process left goes before anybody unlocks
        self._shipped()
        holidays_near(self._clock().date())

    def create(
        self,
        folder: Path,
        network: "Network",
        passphrase: str,
        *,
        with_recovery: bool,
        remember: bool = False,
    ) -> NewNetwork:
        """A new network, filled from a value; whole or not at all.

        ``remember``: this computer opens it by itself from now on; a keychain that refuses spoils nothing else.
        """
        created = Store.create(
            folder, network, passphrase, self._clock, with_recovery=with_recovery, cost=self._cost
        )
        places.note_opened(created.store.folder)
        services = self._services(created.store, Opened())
        try:
            if remember:
                services.keychain.remember()
        except PeerMatchError as error:
            return NewNetwork(services, created.recovery, error)
        return NewNetwork(services, created.recovery)

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
    ) -> "Replaced":
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
            return self._services(store, Opened(viewed=header.made.astimezone()))
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
        self._making.note(0, 0)  # one that broke off is over
        copies = OlderCopies(today, self._seen, accept=older, note=note)
        store = Store.open(folder, once, self._clock, break_foreign=break_foreign, guard=copies.check)
        try:
            sweep_trials(store.folder)
            failures = self._tell_failures(store, folder)
            copies.opened(store)
            places.note_opened(store.folder)
            sweep_looks(paths.data_folder() / "looks")
            clear_unfinished()
            return self._services(store, Opened(failures, trial=trial_prepared(store, once, today)))
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

    def _services(self, store: Store, opened: Opened) -> Services:
        house = House(
            self._shipped(),
            self._clock,
            self._rules,
            self._cost,
            self._chain,
            self._seen,
            self._people_at_once,
            self._making,
        )
        return services_on(store, house, opened)
