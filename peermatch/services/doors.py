"""The doors to networks as the first page knows them: what lies behind is loaded when somebody goes through.

The first page is painted before database, encryption and vocabulary are there; `warm_up` brings them on the worker
while somebody types. Nothing here may import them where it is read: tests/ui/test_first_window.py looks.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch import paths
from peermatch.services import places
from peermatch.services.late import Late
from peermatch.services.making import Making
from peermatch.services.tries import Tries

if TYPE_CHECKING:
    from peermatch.model.network import Network
    from peermatch.services.office import NewNetwork, Services
    from peermatch.services.opening import Opening
    from peermatch.services.shipped import Shipped
    from peermatch.store.kdf import Cost
    from peermatch.store.keychain import Keychain, Look
    from peermatch.store.passphrase import PassphraseRules, Strength
    from peermatch.store.restore import Replaced

Clock = Callable[[], datetime]


class Doors:
    """Makes and opens networks. ``shipped`` may be a way to read what ships: it is taken by the first who needs it."""

    def __init__(
        self,
        shipped: "Shipped | Callable[[], Shipped]",
        clock: Clock,
        cost: "Cost | None" = None,
        *,
        people_at_once: bool = True,
        chain: "Keychain | None" = None,
    ) -> None:
        self._clock, self._cost, self._people_at_once = clock, cost, people_at_once
        self._shipped: Late[Shipped] = Late(shipped if callable(shipped) else lambda: shipped)
        self._chain: Late[Keychain] = Late(_keychain if chain is None else lambda: chain)
        self._rules, self._opening = Late(_rules), Late(self._lead_in)
        self._tries = Tries()
        self.making = Making()
        """How far an opening has come with what it makes anew of all records, as after an update."""

    @property
    def today(self) -> date:
        """The day by the clock of this house."""
        return self._clock().date()

    @property
    def shipped(self) -> "Shipped":
        """What ships with the program."""
        return self._shipped()

    def warm_up(self) -> None:
        """Make ready what opening needs, on the worker; nothing of a network is read."""
        self._opening().warm_up()

    def before_changes(self) -> "tuple[Callable[[], object], ...]":
        """What a first change would wait for, in steps for the worker: no network need be open."""
        from peermatch.store.warming import STEPS

        return STEPS

    def check_passphrase(self, passphrase: str) -> None:
        """Refuse a new passphrase that is too short, too long or too well known."""
        self._rules().check_new(passphrase)

    def strength(self, passphrase: str) -> "Strength":
        """How long a passphrase would stand, in words."""
        from peermatch.store.passphrase import strength

        return strength(passphrase)

    def suggest_passphrase(self) -> str:
        """Words drawn by chance."""
        return self._rules().suggest()

    def offered_folder(self, name: str) -> Path:
        """Where a new network of that name would live on this computer."""
        return places.offered_folder(name)

    def pause(self, folder: Path) -> float:
        """Seconds until the next attempt to unlock is taken, after several that failed."""
        return self._tries.pause(folder)

    def keychain_look(self) -> "Look":
        """Begin to find out whether this computer has a keychain; nobody waits for it."""
        return self._chain().look()

    def leave(self) -> None:
        """The program ends: a keychain that does not answer is waited for no longer. From any thread."""
        self._chain().leave()

    def create(
        self,
        folder: Path,
        network: "Network",
        passphrase: str,
        *,
        with_recovery: bool,
        remember: bool = False,
    ) -> "NewNetwork":
        """A new network, filled from a value; whole or not at all.

        ``remember``: this computer opens it by itself from now on; a keychain that refuses spoils nothing else.
        """
        self.check_passphrase(passphrase)
        return self._opening().create(
            folder, network, passphrase, with_recovery=with_recovery, remember=remember
        )

    def read_portable(self, raw: bytes) -> "Network":
        """A portable file as a value; every fault in it is named."""
        from peermatch.exchange.portable import parse_network

        return parse_network(raw, self.shipped.reference)

    def open(
        self, folder: Path, passphrase: str, *, break_foreign: bool = False, older: bool = False
    ) -> "Services":
        """Unlock with a passphrase; ``older``: also a network that is older than the one used here last."""
        return self._opening().open(folder, passphrase, break_foreign=break_foreign, older=older)

    def remembers(self, folder: Path) -> bool:
        """Whether this computer was told to open a network by itself."""
        return self._opening().remembers(folder)

    def open_by_keychain(self, folder: Path, *, older: bool = False) -> "Services | None":
        """Unlock with what this computer's keychain holds; None where it was never told to remember this network.

        SystemRefused where the keychain is missing, locked, slow or wrong: then the passphrase is asked for.
        """
        return self._opening().open_by_keychain(folder, older=older)

    def recover(self, folder: Path, recovery_key: str, *, older: bool = False) -> "Services":
        """Unlock with the recovery key from the paper."""
        return self._opening().recover(folder, recovery_key, older=older)

    def restore(self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False) -> int:
        """Make a network of a backup, in a new folder; how many people stay erased whom it still held."""
        return self._opening().restore(file, secret, folder, by_recovery_key=by_recovery_key)

    def replace_damaged(
        self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False
    ) -> "Replaced":
        """Put a backup in the place of a network that cannot be opened; where that was laid aside."""
        return self._opening().replace_damaged(file, secret, folder, by_recovery_key=by_recovery_key)

    def look(self, file: Path, secret: str, folder: Path, *, by_recovery_key: bool = False) -> "Services":
        """A backup of a network, to be read: nothing is changed or remembered, and its copy goes with the lock."""
        return self._opening().look(file, secret, folder, by_recovery_key=by_recovery_key)

    def look_at_newest(self, folder: Path, secret: str, *, by_recovery_key: bool = False) -> "Services":
        """The newest backup in a network's folder, to be read while somebody else has the network open."""
        return self._opening().look_at_newest(folder, secret, by_recovery_key=by_recovery_key)

    def _lead_in(self) -> "Opening":
        from peermatch.services.opening import Opening

        return Opening(
            self._shipped,
            self._clock,
            self._cost,
            self._rules,
            self._tries,
            self._chain(),
            people_at_once=self._people_at_once,
            making=self.making,
        )


def _rules() -> "PassphraseRules":
    from peermatch.store.passphrase import PassphraseRules

    return PassphraseRules.load(paths.resources() / "words")


def _keychain() -> "Keychain":
    from peermatch.store.keychain import Keychain

    return Keychain()
