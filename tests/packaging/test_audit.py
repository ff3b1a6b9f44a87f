"""What the program is made of is written down whole; a known weakness is told, and no answer is no comfort."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import audit
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

WEAK = "sqlalchemy"
FOUND = {"id": "OSV-2026-1", "summary": "It is weak.", "details": "It is weak.", "affected": []}


class Database(ThreadingHTTPServer):
    """Answers as the Open Source Vulnerabilities database does: one library is weak."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[dict[str, Any]] = []
        self.weak = WEAK

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1/query"


class Answer(BaseHTTPRequestHandler):
    """One question answered."""

    def do_POST(self) -> None:
        database = self.server
        assert isinstance(database, Database)
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        database.asked.append(question)
        weak = question["package"]["name"] == database.weak
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"vulns": [FOUND]} if weak else {}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def database() -> Iterator[Database]:
    server = Database()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(*words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    return subprocess.run(
        [sys.executable, audit.__file__, *words], capture_output=True, text=True, timeout=120, check=False
    )


def test_every_line_of_the_lock_stands_in_a_valid_sbom(tmp_path: Path) -> None:
    file = tmp_path / "new" / "sbom.json"
    ended = ask("--offline", "--sbom", str(file))
    assert (ended.returncode, ended.stderr) == (0, "")
    text = file.read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parts = json.loads(text)["components"]
    lines = [
        line for line in audit.LOCK.read_text("utf-8").splitlines() if "==" in line and "--hash" not in line
    ]
    assert sorted(f"{each['name']}=={each['version']}" for each in parts) == sorted(
        line.split(" ")[0] for line in lines
    )
    assert sum(len(each["hashes"]) for each in parts) == audit.LOCK.read_text("utf-8").count("--hash=sha256:")
    (numpy, *_) = [each for each in parts if each["name"] == "numpy"]
    assert "BSD-3-Clause" in json.dumps(numpy["licenses"])
    assert "://" not in json.dumps(parts)


def test_a_known_weakness_is_named(database: Database, tmp_path: Path) -> None:
    ended = ask("--osv-url", database.address, "--sbom", str(tmp_path / "sbom.json"))
    assert ended.returncode == audit.SOME_KNOWN
    assert "OSV-2026-1" in ended.stdout
    assert WEAK in ended.stdout.lower()
    names = {question["package"]["name"] for question in database.asked}
    assert {"numpy", "cryptography", WEAK} <= names
    assert all(set(question) == {"package", "version"} for question in database.asked)


def test_none_known_is_said_only_after_an_answer(database: Database, tmp_path: Path) -> None:
    database.weak = ""
    ended = ask("--osv-url", database.address, "--sbom", str(tmp_path / "sbom.json"))
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (
        0,
        "No weakness is known of anything in the lock.",
    )
    nobody = ask("--osv-url", "http://127.0.0.1:9/v1/query", "--sbom", str(tmp_path / "sbom.json"))
    assert nobody.returncode == audit.NOBODY_ASKED
    assert "nothing is known" in nobody.stderr


def test_what_locks_nothing_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("numpy>=2\n", "utf-8")
    with pytest.raises(SystemExit, match="does not lock numpy>=2"):
        audit.bill_of_materials(lock, "1")
