"""What all services of a network share: what the program brings, and what is known of this one opening."""

from dataclasses import dataclass
from datetime import datetime

from peermatch.services.doors import Clock
from peermatch.services.late import Late
from peermatch.services.making import Making
from peermatch.services.older_copies import LastSeen
from peermatch.services.shipped import Shipped
from peermatch.services.tries import Failures
from peermatch.store.drill import Trial
from peermatch.store.kdf import Cost
from peermatch.store.keychain import Keychain
from peermatch.store.passphrase import PassphraseRules


@dataclass(frozen=True, slots=True)
class House:
    """What services need of the program itself, the same for every network."""

    shipped: Shipped
    clock: Clock
    rules: Late[PassphraseRules]
    cost: Cost | None
    chain: Keychain
    seen: LastSeen
    people_at_once: bool
    making: Making


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known of this one opening: failures before it, the moment of a backup that is looked at, the trial."""

    failures: Failures | None = None
    viewed: datetime | None = None
    trial: Trial | None = None
