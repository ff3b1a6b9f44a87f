"""The small program that speaks with the system keychain: one request in by a pipe, one answer out.

It is a process of its own because a keychain may ask its user and wait for ever: then it is killed. What it cannot do
ends it with a code other than 0, whatever the reason. It imports nothing of the program, so that it starts quickly.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "PeerMatch"
WORD = "--keychain-child"
"""How the packed program, which has no other Python, is asked to be this one."""
LARGEST = 4096
FOREIGN = ("KEYRING", "KEYCHAIN")
"""Names with these words choose another keychain (PYTHON_KEYRING_BACKEND, KEYRING_PROPERTY_..., KEYCHAIN_PATH)."""


def allowed(platform: str) -> Iterator["type[KeyringBackend]"]:
    """The keychains of the system itself, best first; none that an installed package or a settings file brings."""
    if platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        yield WinVaultKeyring
    elif platform == "darwin":
        from keyring.backends.macOS import Keyring as Keychain

        yield Keychain
    else:
        from keyring.backends.kwallet import DBusKeyring
        from keyring.backends.libsecret import Keyring as LibSecret
        from keyring.backends.SecretService import Keyring as SecretService

        yield SecretService
        yield LibSecret
        yield DBusKeyring


def chosen(platform: str) -> "KeyringBackend | None":
    """The first one that works here, made by hand: nobody else's choice is asked for."""
    for kind in allowed(platform):
        if kind.viable:
            return kept_here(kind())
    return None


def kept_here(chain: "KeyringBackend") -> "KeyringBackend":
    """Windows lets what is kept roam with the user's profile unless it is told not to."""
    from keyring.backends.Windows import WinVaultKeyring

    if isinstance(chain, WinVaultKeyring):
        chain.persist = "local machine"
    return chain


def forget_foreign(environment: "os._Environ[str]") -> None:
    """Take out of the environment what would choose or bend a keychain."""
    for name in [name for name in environment if any(word in name.upper() for word in FOREIGN)]:
        del environment[name]


def answer(request: Mapping[str, str], platform: str = sys.platform) -> dict[str, str]:
    """Do what is asked; ``state`` is done, absent (there is no such entry), locked or none (there is no keychain)."""
    from keyring.errors import KeyringLocked

    chain = chosen(platform)
    if chain is None:
        return {"state": "none"}
    try:
        return DEEDS[request["do"]](chain, request)
    except KeyringLocked:
        return {"state": "locked"}


def note_name(network: str) -> str:
    """Under which name the note beside a secret is kept."""
    return f"{network} last used"


def _look(_chain: "KeyringBackend", _request: Mapping[str, str]) -> dict[str, str]:
    """There is a keychain; nothing in it is touched."""
    return {"state": "done"}


def _read(chain: "KeyringBackend", request: Mapping[str, str]) -> dict[str, str]:
    """The secret, and the note beside it where that is asked for."""
    found = chain.get_password(SERVICE, request["network"])
    if found is None:
        return {"state": "absent"}
    note = chain.get_password(SERVICE, note_name(request["network"])) if "note" in request else None
    return {"state": "done", "secret": found[:LARGEST], "note": (note or "")[:LARGEST]}


def _write(chain: "KeyringBackend", request: Mapping[str, str]) -> dict[str, str]:
    """Keep a secret, and say what is kept now."""
    chain.set_password(SERVICE, request["network"], request["secret"])
    return _read(chain, request)


def _note(chain: "KeyringBackend", request: Mapping[str, str]) -> dict[str, str]:
    """Keep a note beside the secret."""
    chain.set_password(SERVICE, note_name(request["network"]), request["note"])
    return {"state": "done"}


def _delete(chain: "KeyringBackend", request: Mapping[str, str]) -> dict[str, str]:
    """Keep neither any longer."""
    from keyring.errors import PasswordDeleteError

    state = "absent"
    for name in (request["network"], note_name(request["network"])):
        with suppress(PasswordDeleteError):
            chain.delete_password(SERVICE, name)
            state = "done"
    return {"state": state}


DEEDS: Mapping[str, Callable[["KeyringBackend", Mapping[str, str]], dict[str, str]]] = {
    "look": _look,
    "read": _read,
    "write": _write,
    "note": _note,
    "delete": _delete,
}


def main() -> int:
    """Read the request to its end, answer it."""
    forget_foreign(os.environ)
    request = json.loads(sys.stdin.buffer.read(LARGEST))
    sys.stdout.buffer.write(json.dumps(answer(request)).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
