"""Answers of one name without an address are asked about; nothing of a person is lost or doubled by it."""

from dataclasses import replace

import pytest

from peermatch.model.form import FormPreview, Standing
from peermatch.services.form_people import NEW
from peermatch.services.office import Services
from tests.networks import DAY
from tests.services.test_forms import mapped, row, sheet

FIRST, SECOND = row(email="", grade="ST4"), row(email="", grade="ST6", day="2026-11-19T09:00")
ADDRESSED = row(email="ann@example.org", grade="ST5", day="2026-11-17T09:00")
KEY = "annbee#3"


def looked(services: Services, *rows: tuple[str, ...], **people: str) -> FormPreview:
    answers = sheet(*rows)
    decided = {name.replace("_", "#"): said for name, said in people.items()}
    return services.forms.preview(answers, replace(mapped(services, answers), people=decided), "f", DAY)


def test_two_rows_of_one_name_are_not_taken_for_one_person(services: Services) -> None:
    preview = looked(services, FIRST, SECOND)
    assert [each.standing for each in preview.rows] == [Standing.NEW, Standing.WRONG]
    (asked,) = preview.namesakes
    assert (asked.key, asked.rows) == (KEY, (2,))
    assert "row 2" in str(preview.faults[0])


def test_they_can_be_two_people_or_one_and_the_newest_answer_counts(services: Services) -> None:
    two = looked(services, FIRST, SECOND, annbee_3=NEW)
    assert [each.standing for each in two.rows] == [Standing.NEW, Standing.NEW]
    one = looked(services, FIRST, SECOND, annbee_3="row:2")
    assert [each.standing for each in one.rows] == [Standing.REPLACED, Standing.NEW]
    assert one.rows[1].supporter.grade == "st6"


def test_an_answer_that_joins_one_with_an_address_is_reached_by_it(services: Services) -> None:
    preview = looked(services, ADDRESSED, SECOND, annbee_3="row:2")
    assert [each.standing for each in preview.rows] == [Standing.REPLACED, Standing.NEW]
    assert preview.rows[1].supporter.email == "ann@example.org"
    asked = looked(services, SECOND, ADDRESSED)
    assert [each.rows for each in asked.namesakes] == [(3,)]


@pytest.mark.parametrize("strange", ["row:3", "row:99", "row:", "row:x", f"row:{'9' * 400}"])
def test_a_row_that_leads_nowhere_stays_by_itself(services: Services, strange: str) -> None:
    preview = looked(services, FIRST, SECOND, annbee_3=strange)
    assert len(preview.rows) == 2
    assert Standing.REPLACED not in [each.standing for each in preview.rows]


def test_a_form_is_remembered_until_it_is_forgotten(services: Services) -> None:
    answers = sheet(row())
    services.forms.take_in(answers, mapped(services, answers), "f", DAY)
    (kept,) = services.forms.remembered()
    assert "Your full name" in kept.questions
    assert kept.used == DAY
    assert services.forms.guess(answers).wording == "2026-1"
    done = services.forms.forget(kept.shape)
    assert services.forms.guess(answers).wording == ""
    assert done.undo is not None
    services.upkeep.undo(done)
    assert len(services.forms.remembered()) == 1
