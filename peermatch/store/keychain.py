"""The keychain of the system: it keeps one secret a network for the user of this computer, or says why not.

It is asked in a process of its own that is killed after a while, and the secret travels by a pipe alone. Whatever goes
wrong is one sentence: the passphrase always works.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from peermatch.errors import SystemRefused
from peermatch.store import keychain_child
from peermatch.store.narrow import bytes_of, text_of

LIMIT_S = 10.0
SECRET_BYTES = 32
NO_WINDOW = 0x08000000
"""On Windows the child opens no black window."""
WHAT = {
    "none": "This computer has no keychain that PeerMatch can use.",
    "locked": "The keychain of this computer is locked.",
    "hangs": "The keychain of this computer did not answer.",
    "failed": "The keychain of this computer refused.",
    "forgot": "The keychain of this computer does not keep what it is given.",
    "strange": "The keychain of this computer does not hold the key of this network.",
}


class KeychainRefused(SystemRefused):
    """The keychain is missing, locked, slow or wrong; nothing is lost by that."""

    def __init__(self, why: str) -> None:
        super().__init__(WHAT[why], "Use your passphrase.")


def child_words() -> tuple[str, ...]:
    """How the child is started; ``-I`` keeps Python's own variables and the present folder out of it."""
    if getattr(sys, "frozen", False):
        return (sys.executable, keychain_child.WORD)
    return (sys.executable, "-I", str(Path(keychain_child.__file__).resolve()))


class Keychain:
    """Keeps the secrets of networks, each under the network's id; 44 characters each."""

    def __init__(self, words: Sequence[str] | None = None, limit_s: float = LIMIT_S) -> None:
        self._words, self._limit = tuple(words or child_words()), limit_s

    def read(self, network: str) -> bytes | None:
        """The secret of a network; None where there is none, KeychainRefused where there is something else."""
        found = self._ask({"do": "read", "network": network})
        return None if found is None else _secret(found)

    def write(self, network: str, secret: bytes) -> None:
        """Keep a secret, and see that it comes back: some keychains take everything and keep nothing."""
        if len(secret) != SECRET_BYTES:
            raise ValueError("the secret of a computer has 32 bytes")
        found = self._ask({"do": "write", "network": network, "secret": text_of(secret)})
        if found != text_of(secret):
            raise KeychainRefused("forgot")

    def delete(self, network: str) -> None:
        """Keep it no longer; what is not there is gone already."""
        self._ask({"do": "delete", "network": network})

    def _ask(self, request: Mapping[str, str]) -> str | None:
        """What the keychain holds after the request; None where it holds nothing."""
        said = self._said(json.dumps(request).encode("ascii"))
        state = said.get("state")
        if state == "absent":
            return None
        if state != "done":
            raise KeychainRefused(state if state in ("none", "locked") else "failed")
        return str(said.get("secret", ""))

    def _said(self, request: bytes) -> Mapping[str, str]:
        """The answer of the child, which is killed when it takes too long."""
        try:
            done = subprocess.run(
                self._words,
                input=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._limit,
                check=True,
                creationflags=NO_WINDOW if sys.platform == "win32" else 0,
            )
            found = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            raise KeychainRefused("hangs") from None
        except (OSError, subprocess.CalledProcessError, ValueError, RecursionError):
            raise KeychainRefused("failed") from None
        return found if isinstance(found, dict) else {}


def _secret(text: str) -> bytes:
    try:
        return bytes_of(text, SECRET_BYTES)
    except ValueError:  # UnsoundError is one too; base64 itself says it of letters beyond ASCII
        raise KeychainRefused("strange") from None
