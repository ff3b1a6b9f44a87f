"""Every command: what it does, what it prints, and how it refuses."""

import email
import email.policy
import json
from pathlib import Path

import pytest
import vobject

from peermatch.store import schema
from tests.cli.conftest import Run
from tests.networks import ADHD, EXAM, PASSPHRASE

PAIR = ("E-0142", "S-0001")


def test_info_counts(peermatch: Run) -> None:
    found = peermatch("info", "--json").json
    assert len(found.pop("state").split()) == 6
    assert found == {
        "name": "North West peer support",
        "supporters": 3,
        "enquiries": 1,
        "introductions": 0,
        "schema": schema.HEAD,
        "slots": 1,
        "recovery": False,
        "last_backup": None,
        "restore_tried": None,
    }
    assert "3 supporters" in peermatch("info").out


def test_common_options_stand_before_or_after(peermatch: Run, folder: Path, secret: Path) -> None:
    ended = peermatch("--network", folder, "--passphrase-file", secret, "--json", "info", network=False)
    assert ended.json["supporters"] == 3


def test_match_answers_in_the_agreed_form(peermatch: Run) -> None:
    answer = peermatch("match", "E-0142", "--json").json
    assert list(answer) == ["enquiry", "on", "policy", "ambiguous", "of", "suggested", "refused"]
    assert [s["supporter"] for s in answer["suggested"]] == ["S-0001", "S-0002"]
    assert answer["of"] == 2
    for suggestion in answer["suggested"]:
        assert set(suggestion) == {"supporter", "score", "rare", "reasons"}
        assert sum(r["points"] for r in suggestion["reasons"]) == pytest.approx(suggestion["score"], abs=1e-9)
    (refused,) = answer["refused"]
    assert (refused["supporter"], refused["code"], refused["codes"][0]) == (
        "S-0003",
        "not_active",
        "not_active",
    )
    assert len(peermatch("match", "E-0142", "--top", 1, "--json").json["suggested"]) == 1
    every = peermatch("match", "--all", "--json").json
    assert [m["enquiry"] for m in every["matches"]] == ["E-0142"]
    assert every["held"] == []


def test_from_asking_to_a_card_that_other_programs_read(peermatch: Run, tmp_path: Path) -> None:
    assert peermatch("ask", *PAIR).code == 0
    assert peermatch("accept", *PAIR).code == 0
    assert peermatch("card", *PAIR, "--to", tmp_path / "early").code == 3
    assert not (tmp_path / "early").exists()
    assert peermatch("enquirer-agrees", *PAIR, "--json").json["state"] == "agreed"
    ended = peermatch("card", *PAIR, "--to", tmp_path / "out", "--format", "eml,vcf,html", "--json")
    files = {Path(file).suffix: Path(file) for file in ended.json["files"]}
    assert set(files) == {".eml", ".vcf", ".html"}
    message = email.message_from_bytes(files[".eml"].read_bytes(), policy=email.policy.default)
    assert str(message["To"]) == "robin@example.org"
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    card = vobject.readOne(files[".vcf"].read_text("utf-8"))
    assert card.email.value == "amina@example.org"
    everything = files[".eml"].read_bytes() + files[".vcf"].read_bytes() + files[".html"].read_bytes()
    assert b"Rahman" not in everything
    assert b"07700" not in everything
    assert peermatch("end", *PAIR, "--json").json["state"] == "ended"


def test_steps_out_of_order_are_refused(peermatch: Run) -> None:
    for step in ("accept", "decline", "lapse", "enquirer-agrees", "enquirer-refuses", "end", "stop"):
        assert peermatch(step, *PAIR).code == 3
        assert peermatch(step, "E-0142", "S-9999").code == 6
    assert peermatch("ask", *PAIR).code == 0
    assert peermatch("ask", *PAIR).code == 3
    assert peermatch("enquirer-agrees", *PAIR).code == 3
    assert peermatch("stop", *PAIR).code == 0
    assert peermatch("accept", *PAIR).code == 3


def test_somebody_who_is_not_suggested_is_not_asked(peermatch: Run) -> None:
    ended = peermatch("ask", "E-0142", "S-0003")
    assert ended.code == 3
    assert ended.err.startswith("peermatch: S-0003 cannot be asked for E-0142. ")
    assert ended.err.rstrip().endswith(".")
    assert "_" not in ended.err, "a sentence, and no code"


def test_withdrawn_consent_stops_what_is_unsent_and_lets_no_card_leave(
    peermatch: Run, tmp_path: Path
) -> None:
    peermatch("ask", *PAIR)
    peermatch("accept", *PAIR)
    peermatch("enquirer-agrees", *PAIR)
    assert peermatch("consent", "withdraw", "S-0001", "match", ADHD, "--json").json["stopped"] == ["E-0142"]
    assert peermatch("card", *PAIR, "--to", tmp_path / "out").code == 3
    assert not (tmp_path / "out").exists()
    suggested = peermatch("match", "E-0142", "--json").json["suggested"]
    assert [s["supporter"] for s in suggested] == ["S-0002"]


def test_consent_is_given_listed_and_due(peermatch: Run) -> None:
    give = ("consent", "give", "S-0002", "match", EXAM, "--wording", "2026-1", "--method", "spoken")
    assert peermatch(*give, "--expires", "2026-12-01").code == 0
    rows = peermatch("consent", "list", "S-0002", "--json").json["consents"]
    assert rows[-1]["given"] == "2026-11-20"
    assert rows[-1]["standing"] == "valid"
    due = peermatch("consent", "due", "--json").json["due"]
    assert {
        "supporter": "S-0003",
        "purpose": "hold",
        "characteristic": None,
        "standing": "never",
        "expires": None,
    } in due
    assert peermatch("consent", "give", "S-0002", "hold", "--wording", "1999-9", "--method", "form").code == 6
    assert (
        peermatch("consent", "give", "S-0002", "match", "--wording", "2026-1", "--method", "form").code == 6
    )
    assert (
        peermatch(
            "consent", "give", "S-0002", "match", "neuro.x", "--wording", "2026-1", "--method", "form"
        ).code
        == 6
    )
    assert peermatch("consent", "withdraw", "S-0002", "list", ADHD).code == 3


def test_a_consent_that_was_given_anew_is_not_listed_as_if_it_still_counted(peermatch: Run) -> None:
    give = ("consent", "give", "S-0002", "match", EXAM, "--wording", "2026-1", "--method", "spoken")
    assert peermatch(*give, "--on", "2026-11-18").code == 0
    assert peermatch(*give).code == 0
    assert peermatch("consent", "withdraw", "S-0002", "match", EXAM).code == 0
    label = "Failing an exam"
    told = [line for line in peermatch("consent", "list", "S-0002").out.splitlines() if label in line]
    assert [line.split(" (")[0] for line in told[-2:]] == [
        f"2026-11-18  match {label}: valid, replaced by a later answer",
        f"2026-11-20  match {label}: withdrawn",
    ]


def test_an_enquiry_without_needs_is_not_said_to_fit_nobody(peermatch: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(LETTER)
    assert peermatch("import", "enquiries", letter).code == 0
    reference = peermatch("match", "--all", "--json").json["matches"][-1]["enquiry"]
    told = peermatch("match", reference).out
    assert "nothing is confirmed yet of what they need" in told
    assert "could help" not in told
    assert "wait for you to say what is needed" in told


def test_needs_are_set_and_unknown_ones_named_together(peermatch: Run) -> None:
    assert peermatch("needs", "E-0142", "--essential", EXAM).code == 0
    assert [s["supporter"] for s in peermatch("match", "E-0142", "--json").json["suggested"]] == ["S-0001"]
    ended = peermatch("needs", "E-0142", "--essential", "neuro.x", "--helpful", "made.up")
    assert ended.code == 6
    assert "neuro.x" in ended.err
    assert "made.up" in ended.err
    assert peermatch("needs", "E-0142").code == 2


LETTER = (
    b"From: Kim <kim@example.org>\r\nTo: peers@example.org\r\nSubject: hello\r\nMessage-ID: <a1@example.org>\r\n"
    b"Date: Thu, 19 Nov 2026 20:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
)


def test_letters_come_in_once_and_risk_holds_the_shortlist(peermatch: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(LETTER + b"I failed my exam and I keep thinking about ending my life.\r\n")
    (row,) = peermatch("import", "enquiries", letter, "--json").json["letters"]
    assert (row["reference"], row["new"], row["risk"]) == ("E-0143", True, ["suicidality"])
    (again,) = peermatch("import", "enquiries", letter, "--json").json["letters"]
    assert (again["reference"], again["new"]) == ("E-0143", False)
    refused = peermatch("match", "E-0143")
    assert refused.code == 3
    assert "may need help today (thoughts of not wanting to live)" in refused.err
    assert peermatch("ask", "E-0143", "S-0001").code == 3
    assert peermatch("match", "--all", "--json").json["held"] == ["E-0143"]
    assert peermatch("risk", "E-0143", "--done", " ").code == 6
    assert peermatch("risk", "E-0143", "--done", "rang, safe").code == 0
    assert peermatch("match", "E-0143").code == 0
    assert peermatch("info", "--json").json["enquiries"] == 2


def test_a_letter_of_outlook_is_read_and_one_that_goes_on_is_kept_with_its_enquiry(
    peermatch: Run, tmp_path: Path
) -> None:
    saved = Path(__file__).resolve().parents[1] / "mail" / "letters" / "plain_from_exchange.msg"
    (row,) = peermatch("import", "enquiries", saved, "--json").json["letters"]
    assert (row["reference"], row["new"]) == ("E-0143", True)
    later = tmp_path / "later.eml"
    later.write_bytes(b"From: sian.doe@hospital.example\nSubject: Re: (E-0143)\n\nAfter six, please.\n")
    (row,) = peermatch("import", "enquiries", later, "--json").json["letters"]
    assert (row["reference"], row["new"], row["placed"]) == ("E-0143", False, "joined")
    away = tmp_path / "away.eml"
    away.write_bytes(b"From: sian.doe@hospital.example\nSubject: Automatic reply: x\n\nI am away.\n")
    (row,) = peermatch("import", "enquiries", away, "--json").json["letters"]
    assert (row["reference"], row["placed"], row["new"]) == (None, "aside", False)
    assert peermatch("info", "--json").json["enquiries"] == 2


def test_one_unreadable_letter_keeps_all_out_and_every_one_is_named(peermatch: Run, tmp_path: Path) -> None:
    good, empty, binary = tmp_path / "a.eml", tmp_path / "b.eml", tmp_path / "c.eml"
    good.write_bytes(LETTER + b"I have ADHD.\r\n")
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    ended = peermatch("import", "enquiries", tmp_path)
    assert ended.code == 6
    assert "b.eml" in ended.err
    assert peermatch("info", "--json").json["enquiries"] == 1


def test_suggest_needs_no_network(peermatch: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(LETTER + b"I was diagnosed with ADHD last year. I don't have autism.\r\n")
    answer = peermatch("suggest", letter, "--json", network=False).json
    assert list(answer) == ["scope", "topics", "risk", "exclusions", "specialty", "grade", "contact"]
    topics = [topic["characteristic"] for topic in answer["topics"]]
    assert ADHD in topics
    assert "neuro.autism" not in topics


def test_export_asks_and_load_brings_everything_back(peermatch: Run, tmp_path: Path, secret: Path) -> None:
    out = tmp_path / "portable.json"
    assert peermatch("export", out).code == 2
    assert peermatch("export", out, "--yes").code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert peermatch("export", out, "--yes").code == 6
    second = tmp_path / "second.peermatch"
    key = tmp_path / "recovery key"
    load = ("load", out, "--network", second, "--passphrase-file", secret, "--recovery-to", key)
    assert peermatch(*load, network=False).code == 0
    again = tmp_path / "again.json"
    recovered = ("export", again, "--yes", "--network", second, "--recovery-key-file", key)
    assert peermatch(*recovered, network=False).code == 0
    assert again.read_bytes() == out.read_bytes()
    assert peermatch(*load, network=False).code == 6


def test_a_faulty_portable_file_is_named_whole_and_leaves_nothing(
    peermatch: Run, tmp_path: Path, secret: Path
) -> None:
    file = tmp_path / "faulty.json"
    supporters = [{"id": "S-1"}, {"id": "S-1", "name": "B", "capacity": -1, "characteristics": ["no.such"]}]
    whole = {"format": "peermatch", "version": 1, "network": {"name": "N"}, "supporters": supporters}
    file.write_text(json.dumps(whole), "utf-8")
    place = tmp_path / "new.peermatch"
    ended = peermatch("load", file, "--network", place, "--passphrase-file", secret, network=False)
    assert ended.code == 6
    for place_of_fault in (
        "supporters[0].name",
        "supporters[1].id",
        "supporters[1].capacity",
        "supporters[1].char",
    ):
        assert place_of_fault in ended.err
    assert not place.exists()


def test_create_judges_a_new_passphrase_and_never_an_old_one(peermatch: Run, tmp_path: Path) -> None:
    short, good, place = tmp_path / "short", tmp_path / "good", tmp_path / "n.peermatch"
    short.write_text("too short\n", "utf-8")
    good.write_bytes(PASSPHRASE.encode() + b"\r\n")
    new = ("create", "--network", place, "--passphrase-file")
    assert peermatch(*new, short, network=False).code == 6
    assert not place.exists()
    ended = peermatch(*new, good, network=False)
    assert ended.code == 0
    assert "controller is not stated" in ended.err
    opened = ("info", "--network", place, "--passphrase-file", "-", "--json")
    assert peermatch(*opened, network=False, stdin=PASSPHRASE.encode()).json["name"] == "n"
    assert peermatch(*opened, network=False, stdin=b"too short").code == 4


def test_wrong_use_is_exit_code_two(peermatch: Run, folder: Path) -> None:
    assert peermatch("match").code == 2
    assert peermatch("dance").code == 2
    assert peermatch("info", "--on", "2026-02-30").code == 2
    assert peermatch("info", "--network", folder, network=False).code == 2
    assert peermatch("card", *PAIR).code == 2


def test_what_is_not_there_is_bad_input(peermatch: Run, tmp_path: Path) -> None:
    assert peermatch("match", "E-9999").code == 6
    assert peermatch("ask", "E-0142", "S-9999").code == 6
    assert peermatch("consent", "list", "S-9999").code == 6
    assert peermatch("import", "enquiries", tmp_path / "none.eml").code == 6
    assert peermatch("suggest", "/dev/null", network=False).code == 6
    (tmp_path / "ring").mkdir()
    (tmp_path / "ring" / "again").symlink_to(tmp_path / "ring")
    assert peermatch("import", "enquiries", tmp_path / "ring").code == 6
    assert peermatch("info", "--network", tmp_path / "none.peermatch", network=False).code == 6


def test_check_tells_whole_from_damaged(peermatch: Run, folder: Path) -> None:
    ended = peermatch("check", "--json")
    assert ended.code == 0
    assert ended.json["whole"]
    assert any("recovery key" in remark for remark in ended.json["remarks"])
    file = folder / "store-000001.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert peermatch("check").code == 5


@pytest.mark.parametrize("formats", ["odt", "docx", "", "vcf,exe"])
def test_formats_that_do_not_exist_are_refused(peermatch: Run, tmp_path: Path, formats: str) -> None:
    for step in ("ask", "accept", "enquirer-agrees"):
        assert peermatch(step, *PAIR).code == 0
    assert peermatch("card", *PAIR, "--to", tmp_path / "out", "--format", formats).code in (2, 6)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_looked_at_is_said_in_one_sentence(
    peermatch: Run, secret: Path, tmp_path: Path
) -> None:
    """A name that no system takes; and a folder that nobody may enter, unless the tests run as root."""
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    for place in (tmp_path / ("n" * 5000), closed / "north.peermatch"):
        ended = peermatch("info", "--network", place, "--passphrase-file", secret, network=False)
        assert ended.code in (1, 6)
        assert str(place)[:200] in ended.err
        assert "went wrong" not in ended.err
    closed.chmod(0o700)
