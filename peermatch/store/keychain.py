"""The keychain of the system: it keeps one secret a network for the user of this computer, or says why not.

It is asked in a process of its own that is killed after a while, and the secret travels by a pipe alone. Whatever goes
wrong is one sentence: the passphrase always works.
"""

import contextlib
import json
import math
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch.errors import SystemRefused
from peermatch.managed import managed
from peermatch.store import keychain_child
from peermatch.store.narrow import bytes_of, text_of

LIMIT_S = 10.0
NOTE_LIMIT_S = 3.0
ENDING_LIMIT_S = 1.5
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
if TYPE_CHECKING:
    import subprocess  # where it is used it is imported: the first page does without it

    _Child = subprocess.Popen[bytes]


class KeychainRefused(SystemRefused):
    """The keychain is missing, locked, slow or wrong; nothing is lost by that."""

    def __init__(self, why: str) -> None:
        super().__init__(WHAT[why], "Use your passphrase.")


CONSOLE = "peermatch.exe"


def child_words() -> tuple[str, ...]:
    """How the child is started; ``-I`` keeps Python's own variables and the present folder out of it."""
    if getattr(sys, "frozen", False):
        # On Windows the window's own program has no streams to be asked by; the one for the console stands beside it.
        own = Path(sys.executable)
        return (str(own.with_name(CONSOLE) if sys.platform == "win32" else own), keychain_child.WORD)
    return (sys.executable, "-I", str(Path(keychain_child.__file__).resolve()))


class Keychain:
    """Keeps the secrets of networks, each under the network's id: 44 characters each, and a note beside it."""

    def __init__(self, words: Sequence[str] | None = None, limit_s: float = LIMIT_S) -> None:
        self._words, self._limit = tuple(words or child_words()), limit_s
        self._asked: _Child | None = None
        self._leaves = 0
        self._looks: list[Look] = []
        self._over = False

    def read(self, network: str) -> bytes | None:
        """The secret of a network; None where there is none, KeychainRefused where there is something else."""
        found = self._ask({"do": "read", "network": network})
        return None if found is None else _secret(found["secret"])

    def read_with_note(self, network: str) -> tuple[bytes | None, str]:
        """The secret and the note beside it, in one question."""
        found = self._ask({"do": "read", "network": network, "note": ""})
        return (None, "") if found is None else (_secret(found["secret"]), found["note"])

    def write(self, network: str, secret: bytes) -> None:
        """Keep a secret, and see that it comes back: some keychains take everything and keep nothing."""
        if len(secret) != SECRET_BYTES:
            raise ValueError("the secret of a computer has 32 bytes")
        found = self._ask({"do": "write", "network": network, "secret": text_of(secret)})
        if found is None or found["secret"] != text_of(secret):
            raise KeychainRefused("forgot")

    def write_note(self, network: str, note: str) -> None:
        """Keep a note beside a secret; it is worth less of a wait."""
        self._ask({"do": "note", "network": network, "note": note}, NOTE_LIMIT_S)

    def delete(self, network: str) -> None:
        """Keep it no longer, nor its note; what is not there is gone already."""
        self._ask({"do": "delete", "network": network})

    def look(self) -> "Look":
        """Begin to find out whether there is a keychain that may be used here at all; nobody waits for it."""
        look = Look(self._words, self._limit, over=self._over or not managed().keychain)
        self._looks = [each for each in self._looks if each.waiting] + [look]
        return look

    def leave(self) -> None:
        """The program ends: what is under way is broken off, from any thread, and nobody waits for anything long.

        A keychain that had to be broken off is not asked again.
        """
        for look in self._looks:
            look.stop()
        self._leaves += 1  # before the look at `_asked`: who starts a child meanwhile sees it, or is seen
        asked = self._asked
        self._limit = min(self._limit, ENDING_LIMIT_S)
        if asked is not None:
            self._over = True
            asked.kill()

    def _ask(self, request: Mapping[str, str], limit_s: float = math.inf) -> Mapping[str, str] | None:
        """What the keychain holds after the request; None where it holds nothing."""
        said = self._said(json.dumps(request).encode("ascii"), limit_s)
        state = said.get("state")
        if state == "absent":
            return None
        if state != "done":
            raise KeychainRefused(state if state in ("none", "locked") else "failed")
        return {name: str(said.get(name, "")) for name in ("secret", "note")}

    def _said(self, request: bytes, limit_s: float) -> Mapping[str, str]:
        """The answer of the child, which is killed when it takes too long."""
        import subprocess

        if self._over:
            raise KeychainRefused("hangs")
        try:
            leaves = self._leaves
            with _started(self._words) as child:
                self._asked = child
                if self._leaves != leaves:  # it was being started when the program ended
                    self._over = True
                    child.kill()
                try:
                    answer, _ = child.communicate(request, min(limit_s, self._limit))  # `leave` shortens it
                finally:
                    self._asked = None
                    child.kill()
        except subprocess.TimeoutExpired:
            raise KeychainRefused("hangs") from None
        except OSError:
            raise KeychainRefused("failed") from None
        return _answer_in(answer, child.returncode)


class Look:
    """One look whether this computer has a keychain, by a child that nobody waits for."""

    def __init__(self, words: Sequence[str], limit_s: float, *, over: bool = False) -> None:
        self._child: _Child | None = None
        self._until = time.monotonic() + limit_s
        self._found = False
        with contextlib.suppress(OSError):
            self._child = None if over else _started(words)
        if self._child is not None and self._child.stdin is not None:
            with contextlib.suppress(OSError):  # a child that ended at once has an answer all the same: none
                self._child.stdin.write(json.dumps({"do": "look", "network": ""}).encode("ascii"))
                self._child.stdin.close()

    @property
    def waiting(self) -> bool:
        """Whether it is not known yet."""
        child = self._child
        if child is None:
            return False
        if child.poll() is None:
            if time.monotonic() < self._until:
                return True
            self.stop()
            return False
        self._child = None
        with child:
            answer = child.stdout.read() if child.stdout is not None else b""
        with contextlib.suppress(KeychainRefused):
            self._found = _answer_in(answer, child.returncode).get("state") == "done"
        return False

    @property
    def found(self) -> bool:
        """Whether there is one; until that is known there is none."""
        return not self.waiting and self._found

    def stop(self) -> None:
        """It is not wanted any more."""
        child, self._child = self._child, None
        if child is not None:
            with child:
                child.kill()


def _started(words: Sequence[str]) -> "_Child":
    import subprocess

    return subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=NO_WINDOW if sys.platform == "win32" else 0,
    )


def _answer_in(said: bytes, code: int) -> Mapping[str, str]:
    """What a child that has ended said."""
    if code:
        raise KeychainRefused("failed")
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        raise KeychainRefused("failed") from None
    return found if isinstance(found, dict) else {}


def _secret(text: str) -> bytes:
    try:
        return bytes_of(text, SECRET_BYTES)
    except ValueError:  # UnsoundError is one too; base64 itself says it of letters beyond ASCII
        raise KeychainRefused("strange") from None
