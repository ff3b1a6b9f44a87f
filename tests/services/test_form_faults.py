"""What is wrong with a form is said in words that somebody at the screen knows, and leads on where nothing is kept."""

from dataclasses import replace

import pytest

from peermatch.errors import BadInput
from peermatch.model.consent import Purpose, Wording
from peermatch.model.form import Column, FormMapping, Meaning, Sheet
from peermatch.services.office import Services
from tests.networks import AMINA, DAY, NETWORK
from tests.services.conftest import Make

COLUMNS = {
    "When": Column(Meaning.ANSWERED),
    "Who": Column(Meaning.NAME),
    "Address": Column(Meaning.EMAIL),
    "May we keep it?": Column(Meaning.CONSENT, Purpose.HOLD),
}


def answers(email: str = "ann@example.org", day: str = "2026-11-18") -> Sheet:
    return Sheet(tuple(COLUMNS), ((day, "Ann Bee", email, "Yes"),))


def faults(services: Services, sheet: Sheet, mapping: FormMapping) -> list[str]:
    return [str(fault) for fault in services.forms.preview(sheet, mapping, "f", DAY).faults]


def test_where_no_wording_is_kept_it_is_said_where_one_is_written(make: Make) -> None:
    services = make(replace(NETWORK, wordings=(), supporters=(), enquiries=()))
    where = ["No wording is kept yet: write one under Consent, Wordings."]
    for mapping in (FormMapping(COLUMNS), FormMapping(COLUMNS, "2026-1")):
        assert faults(services, answers(), mapping) == where
        with pytest.raises(BadInput) as refused:
            services.forms.take_in(answers(), mapping, "f", DAY)
        assert [str(fault) for fault in refused.value.faults] == where
    services.wordings.add(Wording("2026-1", "I agree, and I can take it back.", "en"))
    assert faults(services, answers(), FormMapping(COLUMNS)) == [
        "Say which wording of the consent the form showed."
    ]
    assert faults(services, answers(), FormMapping(COLUMNS, "2026-1")) == []


def test_what_is_wrong_with_the_whole_form_is_a_sentence_of_its_own(still: Services) -> None:
    nothing = FormMapping(dict.fromkeys(COLUMNS, Column(Meaning.NOTHING)), "1999-9", months=40)
    assert faults(still, answers(), nothing)[:5] == [
        "Say which column holds the name.",
        "Say in which column they agree to be kept on record.",
        "Say which column holds the day of the answer.",
        "There is no wording 1999-9 in this network.",
        "A yes of a form holds for 1 to 36 months.",
    ]
    assert faults(still, answers(day="3/4/2026"), FormMapping(COLUMNS, "2026-1")) == [
        "Days like 3/4/2026 can be read in two ways: say whether the day or the month is first."
    ]


def test_a_field_that_is_wrong_in_a_row_bears_the_name_that_people_know(still: Services) -> None:
    (said,) = faults(still, answers("ann at example"), FormMapping(COLUMNS, "2026-1"))
    assert said.startswith("row 2, e-mail: ")


def test_what_would_change_is_told_in_the_same_words(still: Services) -> None:
    columns = {**COLUMNS, "Town": Column(Meaning.PLACE), "How many": Column(Meaning.CAPACITY)}
    row = ("2026-11-18", AMINA.name, AMINA.email or "", "Yes", "Kendal", "7")
    mapping = FormMapping(columns, "2026-1")
    (only,) = still.forms.preview(Sheet(tuple(columns), (row,)), mapping, "f", DAY).rows
    assert set(only.changes) == {"town", "how many people at once", "consent"}
