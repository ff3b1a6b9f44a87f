"""Answers as tired people give them: passed over, with a condition, with a comma too many, or without a name."""

from collections.abc import Mapping

import pytest

from peermatch.model.consent import Purpose
from peermatch.model.form import Column, FormMapping, FormPreview, Meaning, Sheet, Standing
from peermatch.services.form_people import LEAVE_OUT
from peermatch.services.form_told import told
from peermatch.services.form_values import yes_or_no
from peermatch.services.office import Services
from tests.networks import ADHD, AMINA, DAY, EXAM

COLUMNS = {
    "When": Column(Meaning.ANSWERED),
    "Who": Column(Meaning.NAME),
    "Address": Column(Meaning.EMAIL),
    "Phone": Column(Meaning.PHONE),
    "Trust": Column(Meaning.ORGANISATION),
    "Lived through": Column(Meaning.CHARACTERISTICS),
    "How many": Column(Meaning.CAPACITY),
    "Keep it?": Column(Meaning.CONSENT, Purpose.HOLD),
    "Give the number?": Column(Meaning.CONSENT, Purpose.CONTACT_PHONE),
    "Suggest you for?": Column(Meaning.CONSENT, Purpose.MATCH),
}
MAPPING = FormMapping(COLUMNS, "2026-1")
ANN = {"When": "2026-11-18", "Who": "Ann Bee", "Address": "ann@example.org", "Keep it?": "Yes"}


def seen(
    services: Services, *rows: Mapping[str, str], people: Mapping[str, str] | None = None
) -> FormPreview:
    cells = tuple(tuple({**ANN, **row}.get(heading, "") for heading in COLUMNS) for row in rows)
    mapping = FormMapping(COLUMNS, "2026-1", people=people or {})
    return services.forms.preview(Sheet(tuple(COLUMNS), cells), mapping, "f", DAY)


@pytest.mark.parametrize("said", ["n/a", "N/A", "NA", "n.a.", "-", "--", "not applicable", "None", "nil"])
def test_what_is_passed_over_is_neither_kept_nor_asked_about(services: Services, said: str) -> None:
    preview = seen(services, dict.fromkeys(("Phone", "Trust", "Lived through", "How many"), said))
    (row,) = preview.rows
    assert (row.standing, preview.faults) == (Standing.NEW, ())
    assert (row.supporter.phone, row.supporter.organisation, row.supporter.characteristics) == (
        None,
        None,
        (),
    )


def test_whoever_is_called_na_is_somebody(services: Services) -> None:
    (row,) = seen(services, {"Who": "Na"}).rows
    assert (row.standing, row.supporter.name) == (Standing.NEW, "Na")


def test_a_comma_too_many_and_none_of_these_beside_a_topic_do_no_harm(services: Services) -> None:
    (row,) = seen(services, {"Lived through": "ADHD, ;Failing an exam;None of these"}).rows
    assert row.supporter.characteristics == (ADHD, EXAM)


@pytest.mark.parametrize("said", ["n/a", "-", "prefer not to say"])
def test_a_consent_that_is_passed_over_is_no_yes_and_no_no(services: Services, said: str) -> None:
    (row,) = seen(services, {"Give the number?": said}).rows
    assert row.standing is Standing.NEW
    assert [each.purpose for each in (*row.agreed, *row.refused)] == [Purpose.HOLD]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("No", False),
        ("no thank you", False),
        ("Not at all", False),
        ("I don't agree", False),
        ("No problem", None),
        ("No objection", None),
        ("Not sure", None),
        ("not yet", None),
        ("Not at the moment", None),
        ("I don't mind", None),
        ("No, unless you ask me first", None),
    ],
)
def test_only_a_plain_no_is_one(said: str, means: bool | None) -> None:
    assert yes_or_no(said, "Give the number?") is means


@pytest.mark.parametrize("said", ["Not sure", "Ask me first", "Yes but not to my trust", "maybe", "OK", "?"])
def test_what_is_half_a_yes_is_never_taken_for_the_name_of_an_experience(
    services: Services, said: str
) -> None:
    preview = seen(services, {"Lived through": "ADHD", "Suggest you for?": said})
    assert [str(each) for each in preview.faults] == [
        f"row 2, Suggest you for?: “{said}” is neither yes nor no."
    ]
    assert preview.words == ()


def test_an_experience_that_begins_with_no_is_no_no(services: Services) -> None:
    lived = "No religion;No training post"
    (row,) = seen(services, {"Lived through": lived, "Suggest you for?": lived}).rows
    agreed = {each.characteristic for each in row.agreed if each.purpose is Purpose.MATCH}
    assert agreed == {"faith.none", "training.unplaced"} == set(row.supporter.characteristics)
    assert row.refused == ()


def test_what_is_wrong_can_be_left_out_and_the_rest_comes_in(services: Services) -> None:
    fine: dict[str, str] = {}
    odd, nobody = {"Address": "bo@example.org", "How many": "3-4"}, {"Who": "", "Address": ""}
    preview = seen(services, fine, odd, nobody)
    assert told(preview) == "1 new, 2 to look at."
    assert preview.can_wait == ("bo@example.org", "#4")
    left = seen(services, fine, odd, nobody, people=dict.fromkeys(preview.can_wait, LEAVE_OUT))
    assert [row.standing for row in left.rows] == [Standing.NEW, Standing.LEFT_OUT, Standing.LEFT_OUT]
    assert (left.faults, left.can_wait) == ((), ())


@pytest.mark.parametrize(
    "no",
    [
        {"Address": AMINA.email or "", "Keep it?": "No"},  # takes it back
        {"Address": AMINA.email or "", "Give the number?": "No"},  # was never asked for it
        {"Address": "other@example.org", "Give the number?": "No"},  # may be her
    ],
)
def test_a_no_of_somebody_on_record_is_never_left_out_with_others(
    services: Services, no: Mapping[str, str]
) -> None:
    preview = seen(services, {"Who": AMINA.name, "How many": "3-4", **no})
    assert [row.standing for row in preview.rows] == [Standing.WRONG]
    assert preview.can_wait == ()
