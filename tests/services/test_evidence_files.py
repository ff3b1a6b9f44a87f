"""Files that prove consent: kept encrypted, given out as they came, erased with the person, and refused when odd."""

import json
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Damaged, Refused
from peermatch.model.evidence import KINDS, LARGEST, LONGEST_NAME, MOST, kind_of, size_words
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.evidence import Attachment, checked, read_attachment
from peermatch.services.office import Services
from tests.networks import DAY

BODY = b"zqproof of consent " * 100
FORM = Attachment("form of Amina.pdf", BODY)
AMINA = Subject(SubjectKind.SUPPORTER, "S-0001")


def test_a_file_is_kept_inside_the_encrypted_file_and_comes_out_as_it_came(
    services: Services, tmp_path: Path
) -> None:
    done = services.evidence.attach("S-0001", FORM, DAY)
    (kept,) = services.evidence.of("S-0001")
    assert (kept.name, kept.size, kept.added, kept.kind) == ("form of Amina.pdf", len(BODY), DAY, "pdf")
    assert kept.id in done.notice
    assert kept.id.startswith("V-")
    assert done.undo is None
    copy = services.evidence.save_copy(kept.number, tmp_path / "copy.pdf")
    assert copy.read_bytes() == BODY
    assert (copy.stat().st_mode & 0o777) == 0o600
    files = [path.read_bytes() for path in services.folder.rglob("*") if path.is_file()]
    assert not any(b"zqproof" in raw or b"form of Amina" in raw for raw in files)
    entries = services.upkeep.journal(limit=2)
    assert [each.action for each in entries] == ["evidence-copy", "evidence-attach"]
    assert not any("form of" in f"{each.detail}{each.object}" for each in entries)
    services.evidence.remove(kept.number)
    assert services.evidence.of("S-0001") == ()
    with pytest.raises(Refused, match="not kept any more"):
        services.evidence.save_copy(kept.number, tmp_path / "again.pdf")
    assert services.upkeep.check().damage == ()


def test_the_same_file_is_kept_once_and_there_is_an_end_to_them(services: Services) -> None:
    for number in range(MOST):
        services.evidence.attach("S-0001", Attachment("a.txt", b"%d" % number), DAY)
    services.evidence.attach("S-0001", Attachment("b.txt", b"0"), DAY)
    assert len(services.evidence.of("S-0001")) == MOST
    with pytest.raises(BadInput, match=f"{MOST} files on this record"):
        services.evidence.attach("S-0001", FORM, DAY)


def test_a_file_that_is_not_as_it_was_is_never_given_out(services: Services, tmp_path: Path) -> None:
    services.evidence.attach("S-0001", FORM, DAY)
    services.desk.store._connection.execute("UPDATE evidence_body SET body = x'00'")
    with pytest.raises(Damaged, match="not as it was"):
        services.evidence.save_copy(services.evidence.of("S-0001")[0].number, tmp_path / "copy.pdf")
    assert not (tmp_path / "copy.pdf").exists()


def test_it_goes_with_the_person_and_what_goes_is_told_before(services: Services) -> None:
    services.evidence.attach("S-0001", FORM, DAY)
    services.evidence.attach("S-0002", Attachment("b.txt", b"stays"), DAY)
    services.campaigns.begin(
        DAY, until=DAY.replace(year=2027), answer_by=DAY.replace(month=12), wording="2026-1"
    )
    services.campaigns.mark_sent("S-0001", DAY)
    preview = services.erasure.preview(AMINA)
    assert {"1 file that proves consent.", "1 letter that asked again."} <= set(preview.gone)
    services.erasure.erase(AMINA, DAY)
    connection = services.desk.store._connection
    for table in ("evidence", "consent_letter"):
        rows = connection.execute(f"SELECT count(*) FROM {table} WHERE supporter = 'S-0001'")
        assert rows.fetchone() == (0,)
    assert connection.execute("SELECT body FROM evidence_body").fetchall() == [(b"stays",)]
    images = connection.execute("SELECT before, after FROM journal_image").fetchall()
    assert not any("form of Amina" in str(side) or "amina@" in str(side) for row in images for side in row)
    found = services.campaigns.progress(DAY)
    assert found is not None
    assert set(found.people) == {"S-0002", "S-0003", "S-0004"}
    assert services.upkeep.check().damage == ()


def test_who_asks_what_is_held_gets_the_files_unless_they_are_left_out(
    services: Services, tmp_path: Path
) -> None:
    services.evidence.attach("S-0001", FORM, DAY)
    services.campaigns.begin(
        DAY, until=DAY.replace(year=2027), answer_by=DAY.replace(month=12), wording="2026-1"
    )
    services.campaigns.mark_sent("S-0001", DAY)
    report = services.subject_access.preview(AMINA)
    values = {field.key: field.value for field in report.fields}
    assert values["evidence[0]"] == "form of Amina.pdf"
    assert "Hello Amina" in values["asked[0].body"]
    assert [f.key for f in report.to_read if f.key.startswith("evidence")] == ["evidence[0]"]
    whole = services.subject_access.write(report, tmp_path / "whole")
    assert (tmp_path / "whole" / "subject-access-S-0001-proof-1.pdf").read_bytes() == BODY
    assert len(whole) == 3
    less = services.subject_access.write(report, tmp_path / "less", frozenset({"evidence[0]"}))
    assert len(less) == 2
    document = json.loads((tmp_path / "less" / "subject-access-S-0001.json").read_text("utf-8"))
    assert "form of Amina" not in json.dumps(document)
    services.evidence.attach("S-0001", Attachment("b.txt", b"new"), DAY)
    with pytest.raises(Refused, match="changed since it was shown"):
        services.subject_access.write(report, tmp_path / "late")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("nothing.pdf", b"", "is empty"),
        ("run.exe", b"MZ", "cannot be attached"),
        ("noend", b"x", "cannot be attached"),
        (".pdf", b"x", "cannot be attached"),
        ("large.pdf", b"x" * (LARGEST + 1), "larger than 5.0 MB"),
    ],
)
def test_what_proves_nothing_is_not_taken(name: str, body: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        checked(name, body)


def test_a_name_is_one_line_without_a_folder_and_not_too_long() -> None:
    assert checked("C:\\Users\\lead\\scan\u202efdp.pdf", b"x").name == "scanfdp.pdf"
    long = checked("n" * 500 + ".PDF", b"x").name
    assert (len(long), kind_of(long)) == (LONGEST_NAME, "pdf")
    assert KINDS.isdisjoint({"exe", "html", "js", "zip"})


def test_a_file_is_read_from_the_disk_or_said_why_not(tmp_path: Path) -> None:
    good = tmp_path / "form.txt"
    good.write_bytes(b"yes")
    assert read_attachment(good) == Attachment("form.txt", b"yes")
    for bad in (tmp_path, tmp_path / "gone.pdf"):
        with pytest.raises(BadInput, match="is not a file"):
            read_attachment(bad)
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadInput, match="larger than"):
        read_attachment(large)


def test_a_copy_goes_to_a_new_file_outside_the_network(services: Services, tmp_path: Path) -> None:
    services.evidence.attach("S-0001", FORM, DAY)
    number = services.evidence.of("S-0001")[0].number
    with pytest.raises(BadInput, match="inside the network"):
        services.evidence.save_copy(number, services.folder / "copy.pdf")
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"mine")
    with pytest.raises(BadInput, match="already a file taken"):
        services.evidence.save_copy(number, taken)
    assert taken.read_bytes() == b"mine"
    assert services.upkeep.journal()[0].action == "evidence-attach"


def test_who_is_not_held_has_no_files(still: Services) -> None:
    with pytest.raises(BadInput, match="no supporter S-9"):
        still.evidence.attach("S-9", FORM, DAY)


def test_sizes_are_said_as_people_do() -> None:
    assert [size_words(n) for n in (12, 1_000, 119_600, 5_000_000)] == [
        "12 bytes",
        "1 KB",
        "120 KB",
        "5.0 MB",
    ]
