"""The command line as a person uses it: a network on disk, a passphrase in a file, and one call a command."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peermatch.cli.commands import COMMANDS
from peermatch.cli.main import run
from peermatch.services.office import Doors
from peermatch.services.shipped import Shipped, load_shipped
from peermatch.store.kdf import LEAST
from tests.networks import NETWORK, PASSPHRASE, clock

Run = Callable[..., "Ended"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return load_shipped()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Path:
    """The network that every test copies."""
    place = tmp_path_factory.mktemp("template") / "north west.peermatch"
    Doors(shipped, clock, LEAST).create(place, NETWORK, PASSPHRASE, with_recovery=False).services.lock()
    return place


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    """A locked network of three supporters and one enquiry."""
    return Path(shutil.copytree(template, tmp_path / template.name))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", "utf-8")
    return file


class _Out(io.TextIOWrapper):
    """Standard output that can be read back."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def text(self) -> str:
        self.flush()
        inner = self.buffer
        assert isinstance(inner, io.BytesIO)
        return inner.getvalue().decode("utf-8")


@pytest.fixture
def peermatch(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, shipped: Shipped) -> Run:
    """Call the program with words, on the test's network unless told otherwise."""

    def call(*words: object, network: bool = True, stdin: bytes = b"") -> Ended:
        arguments = [str(word) for word in words]
        if network:
            arguments += ["--network", str(request.getfixturevalue("folder"))]
            arguments += ["--passphrase-file", str(request.getfixturevalue("secret"))]
        out, err = _Out(), _Out()
        monkeypatch.setenv("PEERMATCH_TEST", "1")
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = run([*arguments, "--fake-clock", "2026-11-20T09:30"], COMMANDS, lambda: shipped)
        except SystemExit as end:
            code = int(end.code or 0)
        return Ended(code, out.text(), err.text())

    return call
