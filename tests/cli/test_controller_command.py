"""Stating who decides about the data from the command line, for a network that came without."""

from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.services.office import Doors
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import LEAST
from tests.cli.conftest import Run
from tests.networks import NETWORK, PASSPHRASE, clock


@pytest.fixture
def folder(tmp_path: Path, shipped: Shipped) -> Path:
    """A locked network of which nobody said who decides."""
    place, nameless = tmp_path / "nameless.peermatch", replace(NETWORK, controller=None)
    Doors(shipped, clock, LEAST).create(place, nameless, PASSPHRASE, with_recovery=False).services.lock()
    return place


def test_it_is_remarked_until_it_is_stated(peermatch: Run) -> None:
    assert "The controller is not stated." in peermatch("check", "--json").json["remarks"]
    assert peermatch("controller", " The  Example Trust ", "--json").json == {
        "controller": "The Example Trust"
    }
    assert "The controller is not stated." not in peermatch("check", "--json").json["remarks"]
    assert "controller: The Example Trust" in peermatch("info").out


def test_no_consent_is_recorded_before(peermatch: Run) -> None:
    give = ("consent", "give", "S-0001", "contact-name", "--wording", "2026-1", "--method", "form")
    refused = peermatch(*give)
    assert refused.code == 3
    assert "command controller" in refused.err
    peermatch("controller", "The Example Trust")
    assert peermatch(*give).code == 0


def test_nothing_is_no_controller(peermatch: Run) -> None:
    ended = peermatch("controller", "  ")
    assert ended.code == 6
    assert "who the controller is" in ended.err
