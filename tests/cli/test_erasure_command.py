"""The commands that erase: what is told first, what is asked, what comes out, and how each refusal ends."""

from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.networks import DAY


def test_erase_tells_what_follows_and_does_it_after_a_yes(peermatch: Run) -> None:
    ended = peermatch("erase", "supporter", "S-0001", "--yes")
    assert ended.code == 0
    assert "To be erased: S-0001 Amina Rahman" in ended.err
    assert "This goes:" in ended.err
    assert "Backups that still hold it:" in ended.err
    assert ended.out == "S-0001 is erased. A new backup is made.\n"
    assert peermatch("info", "--json").json["supporters"] == 2
    again = peermatch("erase", "supporter", "S-0001", "--yes")
    assert (again.code, again.out) == (3, "")


def test_without_a_yes_nothing_is_erased(peermatch: Run) -> None:
    ended = peermatch("erase", "enquirer", "E-0142")
    assert ended.code == 2
    assert "--yes" in ended.err
    assert peermatch("info", "--json").json["enquiries"] == 1


def test_erase_in_json_names_backups_and_nobody(peermatch: Run) -> None:
    answer: Any = peermatch("erase", "enquirer", "E-0142", "--yes", "--json").json
    assert (answer["kind"], answer["id"], answer["to_tell"]) == ("enquirer", "E-0142", [])
    assert answer["backups"][-1]["until"] == "2026-12-20"
    assert "Robin" not in str(answer)


def test_whoever_holds_a_card_has_a_letter_to_be_sent(peermatch: Run, tmp_path: Path) -> None:
    for words in (("ask",), ("accept",), ("enquirer-agrees",)):
        assert peermatch(*words, "E-0142", "S-0001").code == 0
    assert peermatch("card", "E-0142", "S-0001", "--to", tmp_path / "cards").code == 0
    answer: Any = peermatch("erase", "supporter", "S-0001", "--yes", "--json").json
    (letter,) = answer["letters"]
    assert (letter["enquiry"], letter["supporter"], letter["recipient"]) == (
        "E-0142",
        None,
        "robin@example.org",
    )
    assert "Amina" not in letter["text"]
    said = peermatch("erase", "enquirer", "E-0142", "--yes").out
    assert "To:" not in said  # nobody is left who was given anything


def test_an_unknown_id_is_bad_input_and_a_second_time_is_refused(peermatch: Run) -> None:
    assert peermatch("erase", "supporter", "S-0999", "--yes").code == 6
    assert peermatch("erase", "enquirer", "E-0142", "--yes").code == 0
    ended = peermatch("erase", "enquirer", "E-0142", "--yes")
    assert ended.code == 3
    assert "already" in ended.err


def test_retention_lists_nothing_on_the_first_day(peermatch: Run) -> None:
    ended = peermatch("retention")
    assert (ended.code, ended.out) == (0, "Nothing is due.\n")
    assert peermatch("retention", "--json").json == {
        "on": DAY.isoformat(),
        "due": [],
        "erased": [],
        "letters": [],
    }


def test_retention_lists_who_lapsed_and_erases_nobody_for_a_day_to_come(peermatch: Run) -> None:
    rows = peermatch("retention", "--on", "2027-11-20", "--json").json["due"]
    assert [(row["id"], row["item"], row["due"]) for row in rows] == [
        ("S-0001", "volunteer", "2027-11-10"),
        ("S-0002", "volunteer", "2027-11-10"),
    ]
    ended = peermatch("retention", "--apply", "--on", "2027-11-20", "--yes")
    assert ended.code == 3
    assert "has not come yet" in ended.err


def test_retention_erases_what_is_due_and_not_kept_back(peermatch: Run) -> None:
    assert peermatch("consent", "withdraw", "S-0001", "hold", "--on", "2026-10-01").code == 0
    assert peermatch("consent", "withdraw", "S-0002", "hold", "--on", "2026-10-01").code == 0
    kept = peermatch("retention", "--keep-back", "S-0002", "--reason", "a complaint is open")
    assert kept.out == "S-0002 is kept back.\n"
    assert "Kept back: a complaint is open" in peermatch("retention").out
    ended = peermatch("retention", "--apply", "--yes", "--json")
    assert (ended.code, ended.json["erased"]) == (0, ["S-0001"])
    assert [row["kept_back"]["reason"] for row in ended.json["due"] if row["id"] == "S-0002"] == [
        "a complaint is open"
    ]
    assert peermatch("info", "--json").json["supporters"] == 2
    assert peermatch("retention", "--release", "S-0002").code == 0
    assert peermatch("check").code == 0


def test_the_clock_can_be_said_to_be_right(peermatch: Run) -> None:
    ended = peermatch("retention", "--clock-is-right")
    assert (ended.code, ended.out) == (0, "Noted: today is 20 November 2026.\n")


def test_two_things_at_once_are_wrong_use(peermatch: Run) -> None:
    assert peermatch("retention", "--apply", "--clock-is-right").code == 2
    assert peermatch("retention", "--keep-back", "S-0001").code == 6
    assert peermatch("retention", "--release", "nobody").code == 6
