"""Who can open a network: its keys, and the person behind each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What somebody who holds a key is for; a rule of the program and a word in the journal, not cryptography."""

    COORDINATOR = "coordinator"
    LEAD = "lead"


class KeyKind(StrEnum):
    """What opens a key: something known, something on paper, or something that a computer keeps."""

    PERSON = "passphrase"
    COMPUTER = "device"
    PAPER = "recovery"


@dataclass(frozen=True, slots=True)
class Holder:
    """The person behind a key; their name stands inside the encrypted file only.

    ``owner`` is the key of the person whose computer this is; somebody who was removed stays named, for the journal
    speaks of them.
    """

    slot: str
    name: str
    role: Role
    added: date
    owner: str | None = None
    removed: date | None = None


@dataclass(frozen=True, slots=True)
class NetworkKey:
    """One way in as people see it; ``since`` is the day on which its present secret was set."""

    id: str
    kind: KeyKind
    label: str
    since: date
    holder: Holder | None
    own: bool

    @property
    def name(self) -> str:
        """Who it belongs to, as far as anybody said."""
        return self.holder.name if self.holder else ""
