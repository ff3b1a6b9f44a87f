"""A network of a newer program on the command line: refused kindly, by its own exit code, and nothing is changed."""

import json
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Damaged
from peermatch.store.vault import PassphraseSecret
from tests.cli.conftest import Run
from tests.networks import PASSPHRASE
from tests.upgrades.newer import bytes_of, claim_keys, claim_schema


@pytest.mark.parametrize("newer", ["schema", "v", "min_app"])
def test_it_says_so_and_touches_nothing(peermatch: Run, folder: Path, newer: str) -> None:
    if newer == "schema":
        claim_schema(folder, PassphraseSecret(PASSPHRASE))
    else:
        claim_keys(folder, newer)
    before = bytes_of(folder)
    for words in (("info",), ("check",), ("match", "E-0142")):
        ended = peermatch(*words)
        assert (ended.code, ended.out) == (Damaged.exit_code, "")
        assert "newer PeerMatch" in ended.err
        assert "nstall the newe" in ended.err
        assert len(ended.err.strip().splitlines()) == 1
    assert {path: data for path, data in bytes_of(folder).items() if path in before or data} == before


def test_a_newer_portable_file_makes_no_network(peermatch: Run, secret: Path, tmp_path: Path) -> None:
    file, place = tmp_path / "newer.json", tmp_path / "new.peermatch"
    document = {"format": "peermatch", "version": 2, "network": {"name": "Later"}, "unheard-of": []}
    file.write_text(json.dumps(document), "utf-8")
    words = ("load", file, "--network", place, "--passphrase-file", secret)
    ended = peermatch(*words, network=False)
    assert ended.code == BadInput.exit_code
    assert "newer PeerMatch" in ended.err
    assert "version: this must be 1" in ended.err
    assert "unheard-of" not in ended.err
    assert not place.exists()
