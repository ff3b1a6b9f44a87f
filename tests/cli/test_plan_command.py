"""The plan on the command line: one JSON document in the agreed form, or lines to read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.model.enquiry import Requester, Risk, RiskKind
from peermatch.model.network import Network
from peermatch.services.office import Doors
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import LEAST
from tests.cli.conftest import Run
from tests.networks import ENQUIRY, NETWORK, PASSPHRASE, clock

SECOND = replace(ENQUIRY, reference="E-0143", requester=Requester("Sam Orr", "sam@example.org"))
THIRD = replace(ENQUIRY, reference="E-0144", requester=Requester("Lee Marsh", "lee@example.org"))
FOURTH = replace(THIRD, reference="E-0141")
AT_RISK = replace(THIRD, reference="E-0145", risk=(Risk(RiskKind.DANGER, ("not safe",)),))


@pytest.fixture
def on_disk(tmp_path: Path, shipped: Shipped) -> Callable[[Network], Path]:
    """Puts a network where the commands find it."""

    def put(network: Network) -> Path:
        place = tmp_path / "other.peermatch"
        Doors(shipped, clock, LEAST).create(place, network, PASSPHRASE, with_recovery=False).services.lock()
        return place

    return put


def test_the_plan_answers_in_the_agreed_form(
    peermatch: Run, on_disk: Callable[[Network], Path], secret: Path
) -> None:
    place = on_disk(replace(NETWORK, enquiries=(THIRD, SECOND, AT_RISK, ENQUIRY, FOURTH)))
    words = ("plan", "--network", place, "--passphrase-file", secret)
    answer = peermatch(*words, "--json", network=False).json
    assert list(answer) == ["introductions", "unserved", "held", "served", "total"]
    assert [list(each) for each in answer["introductions"]] == [["enquiry", "supporter", "score"]] * 3
    assert [(each["enquiry"], each["supporter"]) for each in answer["introductions"]] == [
        ("E-0141", "S-0001"),
        ("E-0142", "S-0001"),
        ("E-0143", "S-0002"),
    ]
    both = "Both who fit are given to others in this plan."
    assert answer["unserved"] == [{"enquiry": "E-0144", "text": both}]
    assert (answer["held"], answer["served"]) == (["E-0145"], 3)
    assert answer["total"] == pytest.approx(sum(each["score"] for each in answer["introductions"]), abs=1e-12)
    matches = peermatch("match", "E-0142", *words[1:], "--json", network=False).json["suggested"]
    scores = {each["supporter"]: each["score"] for each in matches}
    assert all(each["score"] == scores[each["supporter"]] for each in answer["introductions"])
    text = peermatch(*words, network=False).out
    assert "4 enquiries are waiting" in text
    assert "E-0141  S-0001  Amina" in text
    assert f"E-0144  {both}" in text
    assert "E-0145: check safety first" in text
    assert text.endswith("Nobody is asked by this.\n")
    for name in ("Robin", "Sam Orr", "Lee Marsh"):
        assert name not in text


def test_a_plan_writes_nothing_and_looks_at_the_day_that_is_named(peermatch: Run) -> None:
    before = peermatch("info", "--json").json
    assert peermatch("plan", "--json").json["served"] == 1
    assert peermatch("plan", "--on", "2028-01-01", "--json").json == {
        "introductions": [],
        "unserved": [
            {
                "enquiry": "E-0142",
                "text": "Nobody fits; the commonest reason, for 3 of 3 people: not active, or no valid consent to keep "
                "their record.",
            }
        ],
        "held": [],
        "served": 0,
        "total": 0.0,
    }
    assert peermatch("info", "--json").json == before


def test_nobody_waits(peermatch: Run) -> None:
    assert peermatch("ask", "E-0142", "S-0001").code == 0
    answer = {"introductions": [], "unserved": [], "held": [], "served": 0, "total": 0.0}
    assert peermatch("plan", "--json").json == answer
    assert peermatch("plan").out == "On 20 November 2026, no enquiry is waiting.\nNobody is asked by this.\n"
