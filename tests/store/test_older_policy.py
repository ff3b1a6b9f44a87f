"""Weights of the first schema that no policy of today may have: the network opens, and nothing of them is lost."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from peermatch.model.policy import Policy
from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from tests.networks import DAY, PASSPHRASE, clock
from tests.store.test_older_schema import first_revision, make_older

HEAVY = asdict(Policy("ours", 3)) | {"essential": 250.0}


@pytest.fixture(scope="module")
def doors() -> Doors:
    return Doors(load_shipped(), clock, cost=LEAST)


@pytest.mark.parametrize(
    "change",
    [{}, {"near_km": 90.0}, {"version": 0}, {"name": "two\nlines"}, {"colour": "red"}],
)
def test_a_network_opens_with_the_standard_weights_and_says_so(
    tmp_path: Path, doors: Doors, change: dict[str, Any]
) -> None:
    place = tmp_path / "older.peermatch"
    body = HEAVY | change
    make_older(place, first_revision(tmp_path), json.dumps(body))
    services = doors.open(place, PASSPHRASE)
    assert services.desk.snapshot.policy == Policy()
    assert services.shortlists.of("E-0142", DAY).policy == Policy()
    history = services.policies.history()
    assert [(each.version, each.policy) for each in history.versions] == [(body["version"], None)]
    assert f"(version {body['version']}) cannot be used by this program" in history.notice
    health = services.upkeep.check()
    assert (health.damage, history.notice in health.remarks) == ((), True)
    rows = services.desk.store._connection.execute("SELECT body FROM policy_version").fetchall()
    assert [json.loads(row[0]) for row in rows] == [body]
    services.policies.keep(replace(Policy(), essential=4.0), DAY)
    assert services.desk.snapshot.policy == replace(
        Policy(), essential=4.0, version=max(2, body["version"] + 1)
    )
    assert services.policies.history().notice == ""
    services.lock()
