"""Keychains for the tests, each on a D-Bus of its own: a real gnome-keyring, and services that behave badly."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.own_bus import private_bus

BUS = "DBUS_SESSION_BUS_ADDRESS"
HOSTILE = Path(__file__).with_name("hostile_keychain.py")


@contextmanager
def gnome_keyring(home: Path) -> Iterator[Mapping[str, str]]:
    """A real keychain, unlocked, with a home of its own; the settings of a program that uses it."""
    home.mkdir(mode=0o700)
    with private_bus() as address:
        settings = {BUS: address, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        words = ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"]
        with subprocess.Popen(
            words,
            env={**os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as daemon:
            assert daemon.stdin is not None
            assert daemon.stdout is not None
            daemon.stdin.write(b"the login passphrase of nobody")
            daemon.stdin.close()
            daemon.stdout.readline()
            try:
                yield {BUS: address}
            finally:
                daemon.terminate()


@contextmanager
def hostile(mode: str) -> Iterator[Mapping[str, str]]:
    """A keychain that behaves as badly as it is told to."""
    with private_bus() as address:
        words = [sys.executable, str(HOSTILE), mode]
        environment = {**os.environ, BUS: address}
        with subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as service:
            assert service.stdout is not None
            assert service.stdout.readline() == b"ready\n"
            try:
                yield {BUS: address}
            finally:
                service.terminate()
