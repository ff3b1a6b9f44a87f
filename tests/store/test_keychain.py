"""The system keychain for real: a gnome-keyring on a bus of its own, and every way in which one can fail."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from keyring.backends import Windows
from keyring.backends import fail as no_keychain

from peermatch.store import keychain_child
from peermatch.store.keychain import WHAT, Keychain, KeychainRefused, child_words
from tests.store.keychains import BUS, gnome_keyring, hostile

NETWORK = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
SECRET = bytes(range(32))
FALSE_KEYCHAIN = """
from keyring.backend import KeyringBackend
import pathlib
class Keyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username):
        return pathlib.Path({where!r}).read_text("utf-8")
    def set_password(self, service, username, password):
        pathlib.Path({where!r}).write_text(password, "utf-8")
    def delete_password(self, service, username):
        pathlib.Path({where!r}).unlink()
"""


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with gnome_keyring(tmp_path_factory.mktemp("keychain") / "home") as settings:
        yield settings


@pytest.fixture
def real(bus: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Keychain:
    """The keychain of this test's own session."""
    for name, value in bus.items():
        monkeypatch.setenv(name, value)
    return Keychain()


def why(wanted: str) -> str:
    return f"{WHAT[wanted]} Use your passphrase."


def test_a_secret_is_kept_read_and_let_go_by_the_real_keychain(real: Keychain) -> None:
    assert real.read(NETWORK) is None
    real.write(NETWORK, SECRET)
    real.write(OTHER, SECRET[::-1])
    assert real.read(NETWORK) == SECRET
    assert real.read(OTHER) == SECRET[::-1]
    real.write(NETWORK, bytes(32))
    assert real.read(NETWORK) == bytes(32)
    real.delete(NETWORK)
    real.delete(NETWORK)
    assert real.read(NETWORK) is None
    real.delete(OTHER)


def test_a_note_is_kept_beside_the_secret_and_goes_with_it(real: Keychain) -> None:
    real.write(NETWORK, SECRET)
    assert real.read_with_note(NETWORK) == (SECRET, "")
    real.write_note(NETWORK, "line 12")
    assert real.read_with_note(NETWORK) == (SECRET, "line 12")
    assert real.read_with_note(OTHER) == (None, "")
    real.delete(NETWORK)
    real.write(NETWORK, SECRET)
    assert real.read_with_note(NETWORK) == (SECRET, "")
    real.delete(NETWORK)


def seen(chain: Keychain) -> bool:
    """What a look finds; asking whether it is known yet takes no time."""
    look, asked = chain.look(), 1
    while look.waiting:
        asked += 1
        os.sched_yield()
    assert asked > 10
    return look.found


def test_a_look_finds_whether_there_is_a_keychain(real: Keychain, monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen(real)
    monkeypatch.delenv(BUS)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    assert not seen(Keychain())
    assert not seen(Keychain([sys.executable, "-c", "raise SystemExit(3)"]))
    assert not seen(Keychain([sys.executable, "-c", "import signal; signal.pause()"], limit_s=0.5))
    assert not Keychain(["/nowhere/nothing"]).look().found


def test_a_look_that_is_not_wanted_any_more_leaves_no_process(real: Keychain) -> None:
    look = real.look()
    look.stop()
    look.stop()
    assert not look.waiting
    assert not look.found
    other = real.look()
    real.leave()
    assert not other.waiting
    assert children() == []


def test_at_the_end_nobody_waits_for_a_keychain_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile("hangs") as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        chain, said = Keychain(), list[str]()

        def ask() -> None:
            with pytest.raises(KeychainRefused) as refused:
                chain.read(NETWORK)
            said.append(refused.value.what)

        worker = threading.Thread(target=ask)
        worker.start()
        while not children():
            os.sched_yield()
        chain.leave()
        worker.join()
        with pytest.raises(KeychainRefused):
            chain.write_note(NETWORK, "line 12")
        assert children() == []
        later = Keychain()
        later.leave()  # nothing was under way: what is still to be said has little time
        with pytest.raises(KeychainRefused) as refused:
            later.write_note(NETWORK, "line 12")
    assert len(said) == 1
    assert str(refused.value) == why("hangs")
    assert children() == []


def children() -> list[str]:
    """The keychain's processes of this one."""
    found = [task.read_text("ascii").split() for task in Path("/proc/self/task").glob("*/children")]
    every = [pid for pids in found for pid in pids]
    return [pid for pid in every if b"keychain_child" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_only_a_secret_of_32_bytes_is_taken(real: Keychain) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        real.write(NETWORK, b"short")
    assert real.read(NETWORK) is None


@pytest.mark.parametrize(
    "named",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "nobody.has.this",
        "false_one.Keyring",
    ],
)
def test_another_keychain_named_in_the_environment_is_not_used(
    named: str, real: Keychain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "secret in the clear"
    (tmp_path / "false_one.py").write_text(FALSE_KEYCHAIN.format(where=str(written)), "utf-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", named)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("KEYRING_PROPERTY_APPID", "somebody else")
    monkeypatch.setenv("KEYRING_PROPERTY_SCHEME", "nonsense")
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/nowhere")
    monkeypatch.chdir(tmp_path)
    real.write(NETWORK, SECRET)
    assert real.read(NETWORK) == SECRET
    real.delete(NETWORK)
    assert not written.exists()


def test_a_settings_file_of_the_library_is_not_read(
    real: Keychain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, place = tmp_path / "secret in the clear", tmp_path / "elsewhere"
    place.mkdir()
    (place / "false_one.py").write_text(FALSE_KEYCHAIN.format(where=str(written)), "utf-8")
    settings = f"[backend]\ndefault-keyring=false_one.Keyring\nkeyring-path={place}\n"
    for folder in (tmp_path / "config" / "python_keyring", tmp_path / "data" / "python_keyring"):
        folder.mkdir(parents=True)
        (folder / "keyringrc.cfg").write_text(settings, "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    real.write(NETWORK, SECRET)
    assert real.read(NETWORK) == SECRET
    real.delete(NETWORK)
    assert not written.exists()


def test_without_a_bus_it_is_said_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(BUS, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(KeychainRefused) as refused:
        Keychain().write(NETWORK, SECRET)
    assert str(refused.value) == why("none")


def test_a_bus_that_is_gone_is_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(BUS, f"unix:path={tmp_path}/nobody")
    with pytest.raises(KeychainRefused) as refused:
        Keychain().read(NETWORK)
    assert str(refused.value) == why("none")


@pytest.mark.parametrize(
    ("mode", "reading", "writing"),
    [
        ("strange", "", "forgot"),
        ("garbage", "strange", "forgot"),
        ("locked", "locked", "locked"),
        ("forgets", "", "forgot"),
    ],
)
def test_a_keychain_that_lies_or_is_locked(
    mode: str, reading: str, writing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile(mode) as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        chain = Keychain()
        if reading:
            with pytest.raises(KeychainRefused) as refused:
                chain.read(NETWORK)
            assert str(refused.value) == why(reading)
        else:
            assert chain.read(NETWORK) != SECRET
        with pytest.raises(KeychainRefused) as refused:
            chain.write(NETWORK, SECRET)
        assert str(refused.value) == why(writing)


def test_a_keychain_that_hangs_is_left_and_no_process_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile("hangs") as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        with pytest.raises(KeychainRefused) as refused:
            Keychain(limit_s=1).read(NETWORK)
    assert str(refused.value) == why("hangs")
    assert children() == []


@pytest.mark.parametrize(
    "said", ["print('no JSON')", "print('[]')", "print('{}')", "raise SystemExit(3)", "print('[' * 100000)"]
)
def test_whatever_the_child_says_is_a_sentence(said: str) -> None:
    with pytest.raises(KeychainRefused) as refused:
        Keychain([sys.executable, "-c", said]).read(NETWORK)
    assert str(refused.value) == why("failed")


def test_a_child_that_cannot_be_started_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeychainRefused) as refused:
        Keychain([str(tmp_path / "nothing")]).read(NETWORK)
    assert str(refused.value) == why("failed")


def test_the_secret_travels_neither_by_words_nor_by_the_environment(tmp_path: Path) -> None:
    """A child of ours tells what it was given."""
    spy = (
        "import json, os, sys; got = json.load(sys.stdin); "
        "seen = ' '.join([*sys.orig_argv, *os.environ.values()]); "
        "print(json.dumps({'state': 'done', 'secret': 'seen' if got['secret'] in seen else got['secret']}))"
    )
    Keychain([sys.executable, "-c", spy]).write(NETWORK, SECRET)


def test_the_packed_program_is_asked_to_be_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_words()[1] == "-I"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_words() == (sys.executable, keychain_child.WORD)


def test_the_program_itself_answers_as_the_child(real: Keychain) -> None:
    by_itself = [sys.executable, "-m", "peermatch", keychain_child.WORD]
    assert Keychain(by_itself).read(NETWORK) is None
    as_module = [sys.executable, "-m", "peermatch.store.keychain_child"]
    assert Keychain(as_module).read(NETWORK) is None


def test_only_the_keychains_of_the_systems_are_allowed() -> None:
    named = {
        system: [f"{kind.__module__}.{kind.__name__}" for kind in keychain_child.allowed(system)]
        for system in ("win32", "darwin", "linux")
    }
    assert named == {
        "win32": ["keyring.backends.Windows.WinVaultKeyring"],
        "darwin": ["keyring.backends.macOS.Keyring"],
        "linux": [
            "keyring.backends.SecretService.Keyring",
            "keyring.backends.libsecret.Keyring",
            "keyring.backends.kwallet.DBusKeyring",
        ],
    }
    assert keychain_child.chosen("win32") is None
    assert keychain_child.chosen("darwin") is None


def test_windows_is_told_not_to_let_it_roam(monkeypatch: pytest.MonkeyPatch) -> None:
    levels = SimpleNamespace(CRED_PERSIST_ENTERPRISE=3, CRED_PERSIST_LOCAL_MACHINE=2)
    monkeypatch.setattr(Windows, "win32cred", levels, raising=False)
    made: Any = Windows.WinVaultKeyring
    vault = made()
    assert vault.persist == levels.CRED_PERSIST_ENTERPRISE
    keychain_child.kept_here(vault)
    assert vault.persist == levels.CRED_PERSIST_LOCAL_MACHINE
    made = no_keychain.Keyring
    other = made()
    assert keychain_child.kept_here(other) is other


def test_the_child_takes_no_more_than_it_needs() -> None:
    words = child_words()
    long = subprocess.run(words, input=b"{" * 10_000, capture_output=True, check=False)
    assert long.returncode != 0
    assert long.stdout == b""
    wrong = subprocess.run(
        words, input=json.dumps({"do": "steal"}).encode(), capture_output=True, check=False
    )
    assert b"secret" not in wrong.stdout
