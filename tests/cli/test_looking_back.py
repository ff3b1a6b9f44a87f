"""The commands that look back and ahead: `decision` and `watch`."""

from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.cli.decisions import _change_line, _not_compared
from peermatch.model.comparison import Change, Kind
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.services.office import Doors
from peermatch.services.shipped import Shipped
from peermatch.store import enquiries
from tests.cli.conftest import Run
from tests.networks import EXAM, PASSPHRASE, clock

REF = "E-0142"


def test_a_decision_is_told_beside_today(peermatch: Run) -> None:
    assert peermatch("decision", REF).out == "Nobody has been asked for E-0142 yet.\n"
    assert peermatch("ask", REF, "S-0002", "--reason", "lives nearer").code == 0
    (kept,) = peermatch("decision", REF, "--json").json["decisions"]
    assert kept == {
        "on": "2026-11-20",
        "supporter": "S-0002",
        "place": 2,
        "of": 2,
        "policy": "standard 1",
        "reason": "lives nearer",
        "same": True,
        "policy_changes": [],
        "changes": [],
        "unchanged": 3,
        "not_compared": 0,
    }
    text = peermatch("decision", REF, "S-0002").out
    assert "S-0002 was asked, place 2 of 2 (policy standard 1)" in text
    assert "the same answer, byte for byte" in text
    assert "as they stood: 3" in text


def test_a_later_day_shows_who_changed_and_why(peermatch: Run) -> None:
    peermatch("ask", REF, "S-0002")
    answer = peermatch("decision", REF, "--on", "2027-10-01", "--json").json
    assert answer["on"] == "2027-10-01"
    (kept,) = answer["decisions"]
    assert kept["same"]
    change = kept["changes"][0]
    assert (change["supporter"], change["kind"]) == ("S-0001", "changed")
    assert change["then"]["place"] == 1
    assert change["now"] == {"place": None, "score": None}
    assert change["why"] == ["not active now", "consent ended"]
    text = peermatch("decision", REF, "--on", "2027-10-01").out
    assert "S-0001  place 1, " in text
    assert " -> not suggested (not active now, consent ended)" in text


def test_a_withdrawn_topic_is_not_shown_by_looking_back(peermatch: Run) -> None:
    peermatch("ask", REF, "S-0002")
    assert peermatch("consent", "withdraw", "S-0001", "match", EXAM).code == 0
    text = peermatch("decision", REF).out
    assert "S-0001" not in text
    assert "1 person's record is not compared; places count among the others." in text
    kept = peermatch("decision", REF, "--json").json["decisions"][0]
    assert (kept["changes"], kept["not_compared"]) == ([], 1)
    assert not kept["same"]


CHANGE = Change("S-1", Kind.CHANGED, 2, 1, 0.5, 0.615, ("load took 4 points less", "room again"))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (CHANGE, "S-1  place 2, 50.0 -> place 1, 61.5 (load took 4 points less, room again)"),
        (replace(CHANGE, kind=Kind.NEW, why=()), "S-1  new: place 1, 61.5"),
        (Change("S-1", Kind.GONE, None, None, None, None, ()), "S-1  no longer held"),
    ],
)
def test_each_kind_of_change_has_its_line(change: Change, line: str) -> None:
    assert _change_line(change) == line


def test_people_who_are_not_compared_are_only_counted() -> None:
    assert _not_compared(0) == ()
    assert _not_compared(2) == ("2 people's records are not compared; places count among the others.",)


def test_decision_names_what_it_does_not_find(peermatch: Run) -> None:
    assert peermatch("decision", "E-9999").code == 6
    assert peermatch("decision", REF, "S-0001").code == 6
    assert peermatch("decision").code == 2


def test_watches_are_set_listed_and_stopped(peermatch: Run) -> None:
    assert peermatch("watch").out == "No enquiry is watched.\n"
    assert peermatch("watch", REF, "--json").json == {"enquiry": REF, "watched": True}
    assert peermatch("watch", "--json").json == {
        "on": "2026-11-20",
        "watched": [{"enquiry": REF, "since": "2026-11-20", "new": []}],
        "held": [],
    }
    assert peermatch("watch").out == "E-0142, watched since 20 November 2026: nobody new yet\n"
    assert peermatch("watch", REF, "--stop", "--json").json == {"enquiry": REF, "watched": False}
    assert peermatch("watch", REF, "--stop").code == 3
    assert peermatch("watch", "--stop").code == 2
    assert peermatch("watch", "E-9999").code == 6


def test_who_newly_fits_is_named(peermatch: Run) -> None:
    peermatch("needs", REF, "--essential", "neuro.adhd", "--helpful", "neuro.autism")
    peermatch("watch", REF)
    peermatch("needs", REF, "--essential", "neuro.adhd")
    rows = peermatch("watch", "--json").json["watched"]
    assert rows[0]["new"] == [{"supporter": "S-0001", "place": 1}, {"supporter": "S-0002", "place": 2}]
    text = peermatch("watch").out
    assert "E-0142, watched since 20 November 2026: 2 new" in text
    assert "  1. S-0001  Amina" in text


def test_a_letter_with_risk_is_not_watched(peermatch: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_text(
        "From: kim@example.org\nSubject: help\n\nI want to end my life. I cannot go on.\n", "utf-8"
    )
    reference = peermatch("import", "enquiries", letter, "--json").json["letters"][0]["reference"]
    assert peermatch("watch", reference).code == 3
    assert peermatch("watch").out == "No enquiry is watched.\n"


def test_a_watched_enquiry_at_risk_says_to_check_safety_first(
    peermatch: Run, folder: Path, shipped: Shipped
) -> None:
    peermatch("watch", REF)
    services = Doors(shipped, clock).open(folder, PASSPHRASE)
    held = replace(services.desk.snapshot.enquiry(REF), risk=(Risk(RiskKind.DANGER, ("not safe",)),))
    with services.desk.command("change-enquiry", REF) as tx:
        enquiries.change(tx, held)
    services.lock()
    assert peermatch("watch").out == "E-0142: check safety first\n"
    assert peermatch("watch", "--json").json["held"] == [REF]
