"""When a window locks by itself, as the key file says it: sealed, so that nobody outside can make it longer."""

from dataclasses import replace

from peermatch.errors import BadInput
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey, check_mac, seal

# The bounds within which the key file is read.
SHORTEST_IDLE, LONGEST_IDLE = 30, 86_400


def with_idle(keyfile: KeyFile, key: StoreKey, seconds: int) -> KeyFile:
    """The same keys with another time without use."""
    check_mac(keyfile, key)
    if not SHORTEST_IDLE <= seconds <= LONGEST_IDLE:
        raise BadInput("That is no time to lock after.", "Choose between half a minute and a day.")
    policy = replace(keyfile.policy, idle_s=seconds)
    return seal(replace(keyfile, gen=keyfile.gen + 1, policy=policy), key)
