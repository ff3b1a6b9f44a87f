"""A letter that is too much: read or refused by a process that has little memory and little time for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.program import ROOT

READS = """
import resource, sys
from pathlib import Path
from peermatch.errors import PeerMatchError
from peermatch.mail.reading import read_letter
raw = Path(sys.argv[1]).read_bytes()
pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 500_000_000,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
try:
    letter = read_letter(raw)
    print("read", len(letter.text))
except PeerMatchError as refusal:
    print("refused", refusal)
"""
HEAD = b"From: x@example.org\r\nSubject: y\r\nMIME-Version: 1.0\r\n"
LETTERS = {
    "50 MB of words": HEAD + b"\r\n" + b"I failed an exam. " * 2_800_000,
    "50 MB on one line": HEAD + b"\r\n" + b"x" * 50_000_000,
    "a million headers": b"".join(b"X-%d: y\r\n" % number for number in range(1_000_000)) + b"\r\nHello\r\n",
    "one header of 50 MB": HEAD + b"X: " + b"y" * 50_000_000 + b"\r\n\r\nHello\r\n",
    "50 MB of base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"SGVsbG8g" * 6_000_000,
    "a hundred thousand parts": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n" * 100_000
    + b"--b--\r\n",
    "ten thousand letters within letters": HEAD
    + b"Content-Type: message/rfc822\r\n\r\n" * 10_000
    + b"Hello\r\n",
    "tags within tags": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 500_000 + b"Hello",
}


@pytest.mark.parametrize("name", list(LETTERS))
def test_a_letter_of_fifty_megabytes_is_bounded(name: str, tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(LETTERS[name])
    done = subprocess.run(
        [sys.executable, "-c", READS, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    kind, _, rest = done.stdout.partition(" ")
    assert kind in ("read", "refused")
    assert kind == "refused" or int(rest) < 1_000_000
