"""Sharing: what leaves is what was looked at, small numbers stay hidden whatever is subtracted, and it is kept."""

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from peermatch.errors import BadInput, Damaged, Refused
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.disclosure import Figure
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.insight_period import Period
from peermatch.model.insight_report import Report, report_from_dict, report_to_dict
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Doors, Services
from peermatch.store import published
from tests.networks import ADHD, DAY, EXAM, PASSPHRASE
from tests.services.figures_world import ALL, BUSY, FIRST_HALF, GAY, HIV, LTFT, SECOND_PART

ALL_FORMATS = ("csv", "xlsx", "pdf", "png")
SAFE = {None, *range(0, 1000, 5)} - {5}


@pytest.fixture(scope="module")
def made(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    place = tmp_path_factory.mktemp("busy") / "busy.peermatch"
    network = replace(BUSY, name="=Ours <b> #1")
    built = doors.create(place, network, PASSPHRASE, with_recovery=True)
    built.services.lock()
    return place, built.recovery or ""


@pytest.fixture
def busy(made: tuple[Path, str], doors: Doors, tmp_path: Path) -> Iterator[Services]:
    """A copy of the network of many enquiries, open."""
    shutil.copytree(made[0], tmp_path / "busy.peermatch")
    opened = doors.recover(tmp_path / "busy.peermatch", made[1])
    yield opened
    opened.lock()


@pytest.fixture(scope="module")
def calm(
    made: tuple[Path, str], doors: Doors, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """Another, for tests that leave it as it is."""
    place = tmp_path_factory.mktemp("calm") / "busy.peermatch"
    shutil.copytree(made[0], place)
    opened = doors.recover(place, made[1])
    yield opened
    opened.lock()


def cell(report: Report, sheet: str, key: str, column: int = 0) -> str:
    found = report.sheet(sheet)
    assert found is not None
    return next((str(line.cells[column]) for line in found.lines if line.key == key), "left out")


def shown(report: Report) -> set[int | None]:
    cells = (each for sheet in report.sheets for line in sheet.lines for each in line.cells)
    return {each.value for each in cells if isinstance(each, Figure)}


def share(services: Services, period: Period, folder: Path, *formats: str) -> Report:
    report = services.figures.publishing.prepare(period, DAY).report
    services.figures.publishing.publish(report, DAY, folder, formats or ("csv",))
    return report


def test_what_would_leave_holds_no_small_number(calm: Services) -> None:
    report = calm.figures.publishing.prepare(ALL, DAY).report
    assert shown(report) <= SAFE
    assert cell(report, "outcomes", "all") == "45"
    assert cell(report, "topics", ADHD) == "30"
    assert cell(report, "topics", EXAM) == "10"
    assert cell(report, "topics", GAY) == "10"
    assert cell(report, "topics", LTFT) == "left out"
    assert cell(report, "headings", "training") == "*", "ten for exams and three for part-time tell the three"
    assert "Zqx" not in repr(report)
    assert "E-1" not in repr(report)


def test_supporters_are_counted_only_where_they_agreed_to_be(calm: Services) -> None:
    report = calm.figures.publishing.prepare(ALL, DAY).report
    assert cell(report, "topics", ADHD, 1) == "10"
    assert cell(report, "topics", EXAM, 1) == "*", "eighteen can help, five agreed to be counted"
    assert cell(report, "topics", HIV, 1) == "left out", "nine are too few for what is more sensitive"
    assert cell(report, "load", "all") == "40"


def test_two_sensitive_topics_are_never_crossed(calm: Services) -> None:
    pairs = calm.figures.publishing.prepare(ALL, DAY).report.sheet("pairs")
    assert pairs is not None
    assert [(line.key, str(line.cells[0])) for line in pairs.lines] == [(f"pair:{ADHD} {EXAM}", "10")]


def test_all_formats_say_the_same_and_nothing_is_a_formula(busy: Services, tmp_path: Path) -> None:
    report = busy.figures.publishing.prepare(ALL, DAY).report
    done = busy.figures.publishing.publish(report, DAY, tmp_path / "out", ALL_FORMATS)
    files = {path.suffix[1:]: path for path in done.files}
    assert set(files) == set(ALL_FORMATS)
    assert files["csv"].name == "peer-support-2026-01-01-to-2026-10-31.csv"
    assert {path.stat().st_mode & 0o777 for path in done.files} == {0o600}
    raw = files["csv"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert ["What people ask for, by topic", "ADHD", "Enquiries that asked for it", "30"] in rows
    assert rows[1][1] == "'=Ours <b> #1: peer support in numbers"
    assert not [each for row in rows for each in row if each.startswith(("=", "+", "-", "@"))]
    book = CalamineWorkbook.from_path(str(files["xlsx"]))
    assert book.sheet_names[:2] == ["About", "Enquiries, and how they ended"]
    assert ["ADHD", 30.0, 10.0] in book.get_sheet_by_name("What people ask for, by topic").to_python()
    assert ["Still open", 0.0, "about 0%"] in book.get_sheet_by_name(book.sheet_names[1]).to_python()
    assert book.get_sheet_by_name("About").to_python()[0] == ["'=Ours <b> #1: peer support in numbers"]
    pdf = pypdf.PdfReader(files["pdf"])
    text = " ".join("\n".join(page.extract_text() for page in pdf.pages).split())
    assert "=Ours <b> #1: peer support in numbers" in text
    assert "1 January 2026 to 31 October 2026" in text
    assert "Failing an exam 10 *" in text
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert pdf.metadata is not None
    assert pdf.metadata.title == report.title
    assert "pdfuaid:part" in str(root["/Metadata"].get_object().get_data())
    assert files["png"].read_bytes().startswith(b"\x89PNG")


def test_what_was_shared_is_kept_and_told_again_as_it_was(busy: Services, tmp_path: Path) -> None:
    first = share(busy, FIRST_HALF, tmp_path / "a")
    busy.enquiries.set_status("E-1200", EnquiryStatus.TRIAGED, DAY)
    busy.enquiries.set_needs("E-1200", (ADHD,), ())
    again = busy.figures.publishing.prepare(FIRST_HALF, DAY + timedelta(days=1))
    assert (again.again, again.report) == (True, first)
    busy.figures.publishing.publish(first, DAY, tmp_path / "b", ("csv",))
    assert busy.figures.publishing.past() == (first,)
    with pytest.raises(Refused, match="already"), busy.desk.command("publish") as tx:
        published.keep(tx, replace(first, network="Another"))
    (line,) = busy.journal.page(most=1).lines
    assert line.words == "Shared a report in numbers (1 January 2026 to 30 June 2026, as csv)"


def test_a_report_is_refused_that_differs_from_an_earlier_one_by_a_few(
    busy: Services, tmp_path: Path
) -> None:
    share(busy, FIRST_HALF, tmp_path / "a")
    close = Period(FIRST_HALF.start, FIRST_HALF.end + timedelta(days=12))
    with pytest.raises(Refused, match="1 January 2026 to 30 June 2026") as refused:
        busy.figures.publishing.prepare(close, DAY)
    assert "30 June 2026" in refused.value.hint
    following = busy.figures.publishing.prepare(SECOND_PART, DAY).report
    assert cell(following, "outcomes", "all") == "10"
    assert cell(following, "topics", ADHD) == "10"
    share(busy, SECOND_PART, tmp_path / "b")
    whole = busy.figures.publishing.prepare(ALL, DAY).report
    assert cell(whole, "outcomes", "all") == "45"
    assert shown(whole) <= SAFE


def test_a_year_does_not_tell_what_one_of_its_parts_hid(busy: Services, tmp_path: Path) -> None:
    early, late = Period(date(2026, 1, 1), date(2026, 5, 31)), Period(date(2026, 6, 1), date(2026, 10, 31))
    hidden = share(busy, late, tmp_path / "a")
    assert cell(hidden, "topics", GAY) == "left out"
    seen = share(busy, early, tmp_path / "b")
    assert cell(seen, "topics", GAY) == "10"
    assert cell(busy.figures.publishing.prepare(ALL, DAY).report, "topics", GAY) == "left out"


def test_supporters_are_not_counted_twice_within_weeks(busy: Services, tmp_path: Path) -> None:
    first = share(busy, FIRST_HALF, tmp_path / "a")
    busy.consent.withdraw_everything("S-0001", DAY)
    busy.consent.withdraw_everything("S-0031", DAY)
    later = busy.figures.publishing.prepare(SECOND_PART, DAY + timedelta(days=30)).report
    load, told = later.sheet("load"), first.sheet("load")
    assert load is not None
    assert told is not None
    assert (later.counted, load.lines) == (first.counted, told.lines)
    assert load.note == f"As it was told for {first.times}."
    assert cell(later, "topics", ADHD, 1) == cell(first, "topics", ADHD, 1)
    much_later = busy.figures.publishing.prepare(SECOND_PART, DAY + timedelta(days=120)).report
    assert much_later.counted == DAY + timedelta(days=120)


def test_what_changed_since_it_was_looked_at_does_not_leave(busy: Services, tmp_path: Path) -> None:
    report = busy.figures.publishing.prepare(ALL, DAY).report
    for reference in ("E-1200", "E-1201"):
        busy.enquiries.set_status(reference, EnquiryStatus.TRIAGED, DAY)
        busy.enquiries.set_needs(reference, (ADHD,), ())
    with pytest.raises(Refused, match="changed since"):
        busy.figures.publishing.publish(report, DAY, tmp_path / "out", ("csv",))
    assert not (tmp_path / "out").exists()
    assert busy.figures.publishing.past() == ()


def test_a_file_that_is_there_stops_it_and_nothing_is_kept(busy: Services, tmp_path: Path) -> None:
    report = busy.figures.publishing.prepare(ALL, DAY).report
    (tmp_path / f"{report.stem}.csv").write_text("mine", "utf-8")
    with pytest.raises(BadInput, match="already a file"):
        busy.figures.publishing.publish(report, DAY, tmp_path, ("xlsx", "csv"))
    assert sorted(path.name for path in tmp_path.glob("peer*")) == [f"{report.stem}.csv"]
    assert busy.figures.publishing.past() == ()
    for formats, folder, why in (
        (("docx",), tmp_path, "cannot be written as docx"),
        ((), tmp_path, "No format"),
        (("csv",), busy.folder / "backups", "inside the network"),
    ):
        with pytest.raises(BadInput, match=why):
            busy.figures.publishing.publish(report, DAY, folder, formats)


def test_it_cannot_be_undone_and_outlives_an_erasure(busy: Services, tmp_path: Path) -> None:
    report = busy.figures.publishing.prepare(ALL, DAY).report
    done = busy.figures.publishing.publish(report, DAY, tmp_path / "out", ("csv",)).done
    assert done.undo is None
    busy.erasure.erase(Subject(SubjectKind.ENQUIRER, "E-1200"), DAY)
    assert busy.figures.publishing.past() == (report,)
    assert not busy.desk.store.damage()


def test_a_restored_network_still_knows_what_was_shared(busy: Services, doors: Doors, tmp_path: Path) -> None:
    backup = tmp_path / "before.pmbackup"
    busy.backups.write(backup)
    report = share(busy, ALL, tmp_path / "out")
    busy.backups.look(backup, PASSPHRASE)
    busy.backups.restore()
    busy.lock()
    again = doors.open(tmp_path / "busy.peermatch", PASSPHRASE, older=True)
    try:
        assert again.figures.publishing.past() == (report,)
    finally:
        again.lock()


def test_a_kept_report_reads_back_equal_or_is_damaged(calm: Services) -> None:
    report = calm.figures.publishing.prepare(ALL, DAY).report
    kept = report_to_dict(report)
    assert report_from_dict(kept) == report
    assert report.sheet("no such") is None
    for bad in ({**kept, "from": "yesterday"}, {**kept, "sheets": [{}]}, {**kept, "sheets": 3}):
        with pytest.raises(Damaged):
            report_from_dict(bad)
    sheet = kept["sheets"][0]
    for value in (7, True, 2.5):
        lines = [{**sheet["lines"][0], "cells": [value, ""]}]
        with pytest.raises(Damaged):
            report_from_dict({**kept, "sheets": [{**sheet, "lines": lines}]})


def test_a_time_within_a_time_that_was_shared_leaves_no_few_days_at_its_ends(
    busy: Services, tmp_path: Path
) -> None:
    share(busy, ALL, tmp_path)
    within = Period(ALL.start + timedelta(days=4), ALL.end - timedelta(days=4))
    with pytest.raises(Refused, match="small number"):
        busy.figures.publishing.prepare(within, DAY)


def test_nobody_is_counted_under_a_topic_that_they_took_back(busy: Services) -> None:
    vocabulary = busy.desk.snapshot.reference.vocabulary
    wide = next(id for id in vocabulary.terms if vocabulary.narrower(id) and not vocabulary.broader_terms(id))
    part = min(vocabulary.narrower(wide))
    people = sorted(busy.desk.snapshot.supporters)[:12]
    for id in people:
        records = [
            ConsentRecord(purpose, topic, DAY, None, None, Method.FORM, "2026-1")
            for purpose in (Purpose.MATCH, Purpose.COUNT)
            for topic in (wide, part)
        ]
        busy.consent.give_all(id, tuple(records), DAY)
        person = busy.desk.snapshot.supporter(id)
        topics = (*person.characteristics, part)
        busy.supporters.change(replace(person, characteristics=topics))
    assert cell(busy.figures.publishing.prepare(ALL, DAY).report, "topics", wide, 1) == "10"
    for id in people[:11]:
        busy.consent.withdraw(id, Purpose.COUNT, wide, on=DAY)
    report = busy.figures.publishing.prepare(ALL, DAY).report
    assert cell(report, "topics", wide, 1) == "left out"
    assert cell(report, "topics", part, 1) == "10"
