"""The files of a subject access: what the preview said and nothing else, for one reader, whole or not at all."""

import json
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from peermatch.errors import BadInput, SystemRefused
from peermatch.exchange.subject_access import as_json, as_page
from peermatch.model.access import LEFT_OUT
from peermatch.model.rights import Subject, SubjectKind
from peermatch.model.text import readable
from peermatch.services.office import Doors, Services
from tests.networks import PASSPHRASE
from tests.services.access_reader import Page
from tests.services.access_world import (
    ASKED,
    ENQUIRER,
    EVERYTHING,
    FIRST,
    SUPPORTER,
    network,
    supporter,
    worked,
)
from tests.services.conftest import Make

BOTH = (SUPPORTER, ENQUIRER)


@pytest.fixture(scope="module")
def world(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The worked network with every free field hostile."""
    folder = tmp_path_factory.mktemp("world")
    made = doors.create(folder / "n.peermatch", network(EVERYTHING), PASSPHRASE, with_recovery=False)
    yield worked(made.services, folder / "cards", EVERYTHING)
    made.services.lock()


@pytest.mark.parametrize("subject", BOTH)
def test_the_page_says_what_the_preview_said(world: Services, subject: Subject, tmp_path: Path) -> None:
    report = world.subject_access.preview(subject)
    page_file, json_file = world.subject_access.write(report, tmp_path / "out")
    page = Page.read(page_file.read_bytes())
    said = [(f.key, readable(f.label), readable(f.value)) for f in report.fields]
    assert page.rows == said
    assert page.headings == [
        readable(f"What {report.network} holds about you"),
        *(s.title for s in report.sections),
    ]
    document = json.loads(json_file.read_bytes())
    told = [
        (f["key"], f["label"], f["value"], f["left_out"]) for s in document["sections"] for f in s["fields"]
    ]
    assert told == [(f.key, f.label, f.value, False) for f in report.fields]
    assert document["about"] == {"kind": subject.kind.value, "id": subject.id}


@pytest.mark.parametrize("subject", BOTH)
def test_the_page_runs_nothing_loads_nothing_and_reads_well(
    world: Services, subject: Subject, tmp_path: Path
) -> None:
    page_file, json_file = world.subject_access.write(world.subject_access.preview(subject), tmp_path / "out")
    page = Page.read(page_file.read_bytes())
    names = [tag for tag, _ in page.tags]
    allowed = {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "table", "tbody",
        "tr", "th", "td",
    }  # fmt: skip
    assert set(names) <= allowed
    attributes = {name for _, known in page.tags for name in known}
    assert attributes <= {
        "lang", "charset", "http-equiv", "content", "name", "aria-labelledby", "id", "data-key", "scope", "class",
        "dir",
    }  # fmt: skip
    assert page.comments == []
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert names.count("h1") == names.count("main") == names.count("title") == 1
    assert all(known.get("scope") == "row" for tag, known in page.tags if tag == "th")
    ids = [known["id"] for _, known in page.tags if "id" in known]
    assert len(set(ids)) == len(ids)
    assert {known["aria-labelledby"] for _, known in page.tags if "aria-labelledby" in known} == set(ids)
    policy = next(k["content"] for t, k in page.tags if k.get("http-equiv") == "Content-Security-Policy")
    assert (policy or "").startswith("default-src 'none'")
    turning = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    assert not turning.search(page_file.read_text("utf-8"))
    assert not turning.search(json_file.read_text("utf-8"))


def test_what_is_left_out_is_in_neither_file(world: Services, tmp_path: Path) -> None:
    report = world.subject_access.preview(SUPPORTER)
    secret = next(f for f in report.fields if f.key == "supporter.notes")
    out = frozenset({"supporter.notes", "introductions[0].state", "decisions[0].reason"})
    page_file, json_file = world.subject_access.write(report, tmp_path / "out", out)
    page = Page.read(page_file.read_bytes())
    assert {key for key, _, value in page.rows if value == LEFT_OUT} == out
    document = json.loads(json_file.read_bytes())
    fields = [f for s in document["sections"] for f in s["fields"]]
    assert {f["key"] for f in fields if f["left_out"]} == out
    assert {f["value"] for f in fields if f["left_out"]} == {LEFT_OUT}
    assert not any(secret.value.encode() in file.read_bytes() for file in (page_file, json_file))
    assert [f.key for f in report.fields] == [key for key, _, _ in page.rows]


def journal(services: Services) -> list[tuple[str, str, str]]:
    return [(line.action, line.object, line.detail) for line in services.upkeep.journal(1)]


def test_a_written_report_is_one_line_of_the_journal_and_a_shown_one_is_none(
    world: Services, tmp_path: Path
) -> None:
    before = world.upkeep.journal(1)[0].seq
    report = world.subject_access.preview(SUPPORTER)
    assert world.upkeep.journal(1)[0].seq == before
    world.subject_access.write(report, tmp_path / "out", frozenset({"supporter.notes"}))
    assert world.upkeep.journal(1)[0].seq == before + 1
    assert journal(world) == [("subject-access", FIRST, f"{len(report.fields)} fields, 1 left out")]


def test_files_are_for_their_owner_alone(world: Services, tmp_path: Path) -> None:
    written = world.subject_access.write(world.subject_access.preview(ENQUIRER), tmp_path / "new" / "out")
    assert [path.name for path in written] == ["subject-access-E-0142.html", "subject-access-E-0142.json"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in written] == [0o600, 0o600]
    assert stat.S_IMODE((tmp_path / "new" / "out").stat().st_mode) == 0o700


@pytest.fixture(scope="module")
def plain(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("plain")
    made = doors.create(folder / "n.peermatch", network(), PASSPHRASE, with_recovery=False)
    yield made.services
    made.services.lock()


def refused(services: Services, folder: Path, kind: type[Exception], words: str) -> None:
    """A report is refused: nothing is on the journal, and nothing lies in the folder."""
    before, lay = services.upkeep.journal(1), sorted(folder.rglob("*"))
    report = services.subject_access.preview(SUPPORTER)
    with pytest.raises(kind, match=words):
        services.subject_access.write(report, folder)
    assert services.upkeep.journal(1) == before
    assert sorted(folder.rglob("*")) == lay


@pytest.mark.parametrize("name", ["subject-access-S-0001.html", "subject-access-S-0001.json"])
@pytest.mark.parametrize("stands", ["file", "folder", "link", "dead link"])
def test_what_stands_there_is_not_written_over(
    plain: Services, tmp_path: Path, name: str, stands: str
) -> None:
    target = tmp_path / name
    (tmp_path / "elsewhere").write_text("kept", "utf-8")
    make: dict[str, Callable[[], object]] = {
        "file": lambda: target.write_text("kept", "utf-8"),
        "folder": target.mkdir,
        "link": lambda: target.symlink_to(tmp_path / "elsewhere"),
        "dead link": lambda: target.symlink_to(tmp_path / "nowhere"),
    }
    make[stands]()
    refused(plain, tmp_path, BadInput, "already a file")
    assert (tmp_path / "elsewhere").read_text("utf-8") == "kept"


def test_nothing_readable_goes_into_the_network_folder(plain: Services, tmp_path: Path) -> None:
    network_folder = plain.desk.store.folder
    (tmp_path / "link").symlink_to(network_folder)
    for folder in (network_folder, network_folder / "out", tmp_path / "link", tmp_path / "link" / "x" / ".."):
        report = plain.subject_access.preview(SUPPORTER)
        with pytest.raises(BadInput, match="inside the network itself"):
            plain.subject_access.write(report, folder)
    assert [p for p in network_folder.rglob("*") if "subject" in p.name or p.name == "out"] == []


def test_a_folder_that_takes_nothing_is_said(plain: Services, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    refused(plain, tmp_path / "file", SystemRefused, "could not be written")


def test_where_only_one_file_gets_its_name_it_is_taken_away_again(make: Make, tmp_path: Path) -> None:
    services = make(network())
    report, late = services.subject_access.preview(SUPPORTER), tmp_path / "subject-access-S-0001.json"
    event.listen(services.desk.store._engine, "commit", lambda _: late.write_text("another's", "utf-8"))
    with pytest.raises(SystemRefused, match="could not be written"):
        services.subject_access.write(report, tmp_path)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.glob("*subject*")] == [
        ("subject-access-S-0001.json", "another's")
    ]


def test_an_id_is_no_path(make: Make, tmp_path: Path) -> None:
    """What a loaded network calls people may be any text."""
    odd = "../\u202e<b>/" + "x" * 300
    services = make(replace(network(), supporters=(supporter(odd, "ann"),), enquiries=(), barred=()))
    report = services.subject_access.preview(Subject(SubjectKind.SUPPORTER, odd))
    written = services.subject_access.write(report, tmp_path / "out")
    assert {path.parent for path in written} == {tmp_path / "out"}
    assert all(re.fullmatch(r"subject-access-[\w-]{1,60}\.(html|json)", path.name) for path in written)


def test_a_run_that_was_killed_leaves_no_part_for_long(plain: Services, tmp_path: Path) -> None:
    part = tmp_path / ".subject-access-S-0001.html.0a1b2c3d.part"
    part.write_text("half", "utf-8")
    plain.subject_access.write(plain.subject_access.preview(SUPPORTER), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "subject-access-S-0001.html",
        "subject-access-S-0001.json",
    ]


def test_an_unknown_field_or_person_is_bad_input(plain: Services, tmp_path: Path) -> None:
    report = plain.subject_access.preview(SUPPORTER)
    with pytest.raises(BadInput, match=r"no field supporter\.shoe, zebra"):
        plain.subject_access.write(
            report, tmp_path, frozenset({"zebra", "supporter.shoe", "supporter.notes"})
        )
    for subject in (Subject(SubjectKind.SUPPORTER, ASKED), Subject(SubjectKind.ENQUIRER, "E-9999")):
        with pytest.raises(BadInput, match="in this network"):
            plain.subject_access.preview(subject)
    assert list(tmp_path.iterdir()) == []


@given(st.sets(st.integers(0, 10**6)))
def test_whatever_is_left_out_the_rest_stays(plain: Services, picked: set[int]) -> None:
    report = plain.subject_access.preview(SUPPORTER)
    fields = report.fields
    out = frozenset(fields[number % len(fields)].key for number in picked)
    page = Page.read(as_page(report, out).encode())
    expected = [LEFT_OUT if f.key in out else readable(f.value) for f in fields]
    assert [value for _, _, value in page.rows] == expected
    document = json.loads(as_json(report, out))
    assert [f["left_out"] for s in document["sections"] for f in s["fields"]] == [
        f.key in out for f in fields
    ]
