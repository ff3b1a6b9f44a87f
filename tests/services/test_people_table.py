"""The table for the lead: a cell for each consent, no formula, and a line in the journal."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.exc import IntegrityError

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Purpose
from peermatch.model.people_table import HEADINGS
from peermatch.services.office import Services
from tests.networks import ADHD, DAY, yes


def by_heading(services: Services, id: str) -> dict[str, object]:
    rows = {row[0]: row for row in services.supporters.tables.of(DAY).rows}
    return dict(zip(HEADINGS, rows[id], strict=True))


def test_a_cell_stands_there_only_with_its_own_consent(services: Services) -> None:
    row = by_heading(services, "S-0001")
    assert (row["Name"], row["E-mail address"]) == ("Amina", "amina@example.org")
    for heading in ("Phone number", "Grade", "Specialty", "Organisation", "Town", "May be listed for"):
        assert row[heading] is None, heading
    method = yes(Purpose.HOLD).method
    for purpose in (Purpose.CONTACT_NAME, Purpose.CONTACT_PHONE, Purpose.CONTACT_ROLE):
        services.consent.give("S-0001", purpose, None, wording="2026-1", method=method, on=DAY)
    services.consent.give("S-0001", Purpose.LIST, ADHD, wording="2026-1", method=method, on=DAY)
    row = by_heading(services, "S-0001")
    assert (row["Name"], row["Phone number"]) == ("Amina Rahman", "07700 900123")
    assert row["Grade"] is not None
    assert row["May be listed for"] == "ADHD"
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    assert "ADHD" not in repr(services.supporters.tables.of(DAY).rows), "though it may still be listed"


def test_pronouns_go_with_a_way_to_reach_somebody(services: Services) -> None:
    held = services.desk.snapshot.supporter("S-0001")
    services.supporters.change(replace(held, pronouns="they/them"))
    assert by_heading(services, "S-0001")["Pronouns"] == "they/them"
    for purpose in (Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE):
        if services.desk.snapshot.gate(held, DAY).allows(purpose):
            services.consent.withdraw("S-0001", purpose, None, DAY)
    assert by_heading(services, "S-0001")["Pronouns"] is None


def test_a_table_that_cannot_be_noted_leaves_no_file(services: Services, tmp_path: Path) -> None:
    """It is written before the transaction ends; a trigger stands for whatever may stop it then."""
    with services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON journal WHEN NEW.action = 'people-table'"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    with pytest.raises(IntegrityError, match="no room"):
        services.supporters.tables.save(tmp_path / "out" / "people.csv", DAY)
    assert list(tmp_path.glob("out/*")) == []


def test_nobody_without_a_yes_to_the_record_is_in_it(services: Services) -> None:
    before = services.supporters.tables.of(DAY)
    services.consent.withdraw("S-0001", Purpose.HOLD, None, DAY)
    after = services.supporters.tables.of(DAY)
    assert len(after.rows) == len(before.rows) - 1
    assert after.left_out == before.left_out + 1
    assert "S-0001" not in repr(after.rows)


def test_both_kinds_say_the_same_and_hold_no_formula(services: Services, tmp_path: Path) -> None:
    held = services.desk.snapshot.supporter("S-0001")
    services.supporters.change(replace(held, known_as='=HYPERLINK("http://x","y")', pronouns="+1\tx"))
    text = services.supporters.tables.save(tmp_path / "people.csv", DAY).file.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    services.supporters.tables.save(tmp_path / "people.xlsx", DAY)
    book = CalamineWorkbook.from_path(tmp_path / "people.xlsx")
    sheet = book.get_sheet_by_index(0).to_python()
    assert rows[0] == sheet[0] == list(HEADINGS)
    assert [row[1] for row in rows] == [row[1] for row in sheet]
    assert rows[1][1].startswith("'=HYPERLINK")
    assert rows[1][2] == "'+1 x"
    assert services.upkeep.journal()[0].action == "people-table"


def test_it_is_written_to_a_new_private_file_outside_the_network(services: Services, tmp_path: Path) -> None:
    tables = services.supporters.tables
    for file in (tmp_path / "people.pdf", services.folder / "people.csv"):
        with pytest.raises(BadInput):
            tables.save(file, DAY)
    saved = tables.save(tmp_path / "people.csv", DAY)
    assert saved.file.stat().st_mode & 0o077 == 0
    with pytest.raises(BadInput):
        tables.save(tmp_path / "people.csv", DAY)


def test_what_people_agreed_to_is_read_from_the_file_once_more(services: Services, tmp_path: Path) -> None:
    """The picture in memory may be behind the file: what leaves is what the file says in that transaction."""
    with services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql(
            "UPDATE consent SET withdrawn = '2026-11-20' WHERE supporter = 'S-0001' AND purpose = 'contact-email'"
        )
    with pytest.raises(Refused, match="have changed"):
        services.supporters.tables.save(tmp_path / "out" / "people.csv", DAY)
    assert list(tmp_path.glob("out/*")) == []
