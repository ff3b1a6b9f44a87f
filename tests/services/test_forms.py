"""Volunteer forms from the file to the record: understood, shown row by row, and written as one step or not at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Purpose
from peermatch.model.form import Column, DayOrder, FormMapping, FormRow, Meaning, Sheet, Standing
from peermatch.model.onboarding import Noted, Stage
from peermatch.model.people import Channel, SupporterStatus
from peermatch.services.form_people import LEAVE_OUT, NEW
from peermatch.services.office import Services
from tests.networks import DAY, NETWORK
from tests.services.conftest import Make
from tests.services.desks import handed

HOLD = "I agree that you keep what I write here on record"
MATCH = "For which of these may we suggest you?"
EXPERIENCE = "Which of these have you lived through? (tick all that apply)"
HEADINGS = (
    "ID", "Start time", "Completion time", "Email", "Name", "Your full name", "Your e-mail address", "Grade",
    EXPERIENCE, HOLD, MATCH, "May we pass on your e-mail address?", "Anything else?",
)  # fmt: skip
ANN = (
    "1", "2026-11-18T09:00", "2026-11-18T09:20", "anonymous", "", "Ann Bee", "ann.bee@example.org", "ST4",
    "ADHD;Failing an exam;", "I agree;", "ADHD;", "Yes", "happy to talk in the evening",
)  # fmt: skip


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet(HEADINGS, rows)


def row(**changed: str) -> tuple[str, ...]:
    """Ann's answer with some cells changed; underscores stand for the columns by a short name."""
    places = {"day": 2, "name": 5, "email": 6, "grade": 7, "lived": 8, "hold": 9, "match": 10, "card": 11}
    cells = list(ANN)
    for name, cell in changed.items():
        cells[places[name]] = cell
    return tuple(cells)


def mapped(
    services: Services, answers: Sheet, words: dict[tuple[Meaning, str], str] | None = None
) -> FormMapping:
    return replace(services.forms.guess(answers), wording="2026-1", words=words or {})


def test_the_columns_of_a_microsoft_form_are_guessed(services: Services) -> None:
    guessed = services.forms.guess(sheet(ANN)).columns
    meanings = {heading: column.meaning for heading, column in guessed.items()}
    assert meanings["Completion time"] is Meaning.ANSWERED
    assert meanings["Email"] is meanings["Name"] is meanings["ID"] is Meaning.NOTHING
    assert meanings["Your full name"] is Meaning.NAME
    assert meanings["Your e-mail address"] is Meaning.EMAIL
    assert meanings[EXPERIENCE] is Meaning.CHARACTERISTICS
    assert guessed[HOLD].purpose is Purpose.HOLD
    assert guessed[MATCH].purpose is Purpose.MATCH
    assert guessed["May we pass on your e-mail address?"].purpose is Purpose.CONTACT_EMAIL


def test_an_applicant_comes_in_as_applied_with_what_they_agreed_to(services: Services) -> None:
    answers = sheet(ANN)
    before = set(services.desk.snapshot.supporters)
    done = services.forms.take_in(answers, mapped(services, answers), "form.xlsx", DAY)
    (id,) = set(services.desk.snapshot.supporters) - before
    person = services.desk.snapshot.supporter(id)
    assert done.notice == "1 new."
    assert person.status is SupporterStatus.APPLIED
    assert services.onboarding.way(id).of(Stage.APPLIED) == Noted(Stage.APPLIED, date(2026, 11, 18))
    assert (person.name, person.email, person.grade) == ("Ann Bee", "ann.bee@example.org", "st4")
    assert person.characteristics == ("neuro.adhd", "training.progress.exam-failure")
    agreed = {(c.purpose, c.characteristic): c for c in person.consents}
    assert set(agreed) == {(Purpose.HOLD, None), (Purpose.MATCH, "neuro.adhd"), (Purpose.CONTACT_EMAIL, None)}
    assert {c.given for c in person.consents} == {date(2026, 11, 18)}
    assert agreed[Purpose.HOLD, None].expires == date(2027, 11, 18)
    assert agreed[Purpose.HOLD, None].evidence == "form.xlsx, row 2"


def test_the_same_file_twice_changes_nothing_the_second_time(services: Services) -> None:
    answers = sheet(ANN)
    mapping = mapped(services, answers)
    services.forms.take_in(answers, mapping, "form.xlsx", DAY)
    people = dict(services.desk.snapshot.supporters.items())
    preview = services.forms.preview(answers, mapping, "form.xlsx", DAY)
    assert [each.standing for each in preview.rows] == [Standing.SAME]
    assert services.forms.take_in(answers, mapping, "form.xlsx", DAY).notice == "0 new, 1 as they were."
    assert dict(services.desk.snapshot.supporters.items()) == people


def test_news_without_a_yes_can_be_taken_back_and_a_yes_stands(services: Services) -> None:
    held = services.desk.snapshot.supporter("S-0001")
    answers = sheet(row(email=held.email or "", grade="ST7", hold="", match="", card=""))
    before = dict(services.desk.snapshot.supporters.items())
    done = services.forms.take_in(answers, mapped(services, answers), "form.xlsx", DAY)
    assert services.desk.snapshot.supporter("S-0001").grade == "st7"
    services.upkeep.undo(done)
    assert dict(services.desk.snapshot.supporters.items()) == before
    assert services.forms.take_in(sheet(ANN), mapped(services, sheet(ANN)), "form.xlsx", DAY).undo is None


def test_somebody_on_record_is_known_by_any_address_and_an_empty_answer_takes_nothing_away(
    services: Services,
) -> None:
    held = services.desk.snapshot.supporter("S-0001")
    answers = sheet(
        row(name="Somebody Else", email=f" {(held.email or '').upper()} ", grade="", lived="Dyslexia")
    )
    preview = services.forms.preview(answers, mapped(services, answers), "form.xlsx", DAY)
    (only,) = preview.rows
    assert preview.faults == ()
    assert (only.supporter.id, only.standing) == ("S-0001", Standing.CHANGED)
    assert (only.supporter.name, only.supporter.grade) == (held.name, held.grade)
    assert set(only.supporter.characteristics) > set(held.characteristics)
    assert only.supporter.consents == held.consents


def test_a_second_answer_of_one_person_counts_alone(services: Services) -> None:
    answers = sheet(ANN, row(grade="ST5"))
    preview = services.forms.preview(answers, mapped(services, answers), "form.xlsx", DAY)
    assert [each.standing for each in preview.rows] == [Standing.REPLACED, Standing.NEW]
    assert preview.rows[0].remark == "answered again in row 3"


def test_a_namesake_is_asked_about_and_decided(services: Services) -> None:
    held = services.desk.snapshot.supporter("S-0001")
    answers = sheet(row(name=held.name))
    mapping = mapped(services, answers)
    assert "S-0001" in str(services.forms.preview(answers, mapping, "f", DAY).faults[0])
    for decision, standing in (
        (NEW, Standing.NEW),
        ("S-0001", Standing.CHANGED),
        (LEAVE_OUT, Standing.LEFT_OUT),
    ):
        decided = replace(mapping, people={"ann.bee@example.org": decision})
        preview = services.forms.preview(answers, decided, "f", DAY)
        assert (preview.faults, preview.rows[0].standing) == ((), standing)


def test_who_does_not_agree_to_be_on_record_is_left_out(services: Services) -> None:
    answers = sheet(row(hold=""), row(hold="No", email="b@example.org"))
    preview = services.forms.preview(answers, mapped(services, answers), "f", DAY)
    assert {each.standing for each in preview.rows} == {Standing.LEFT_OUT}
    assert services.forms.take_in(answers, mapped(services, answers), "f", DAY).notice == "0 new, 2 left out."


def test_a_yes_to_everything_is_no_yes_to_what_is_most_sensitive(services: Services) -> None:
    terms = services.desk.snapshot.reference.vocabulary.terms.values()
    most = next(term for term in terms if term.extra_sensitive and term.leaf)
    answers = sheet(row(lived=f"ADHD;{most.label}", match="Yes"))
    (only,) = services.forms.preview(answers, mapped(services, answers), "f", DAY).rows
    asked = {record.characteristic for record in only.agreed if record.purpose is Purpose.MATCH}
    assert asked == {"neuro.adhd"}
    assert most.label in only.remark


def test_an_older_form_never_speaks_over_a_newer_no(services: Services) -> None:
    answers = sheet(ANN)
    mapping = mapped(services, answers)
    services.forms.take_in(answers, mapping, "f", DAY)
    id = next(p.id for p in services.desk.snapshot.supporters.values() if p.email == "ann.bee@example.org")
    services.consent.withdraw(id, Purpose.CONTACT_EMAIL, None, on=DAY)
    late = sheet(row(day="2026-11-19T08:00"))
    said = " ".join(map(str, services.forms.preview(late, mapping, "f", DAY).faults))
    assert "took back the yes to “give their e-mail address”" in said


def test_a_no_to_what_was_agreed_is_never_passed_over(services: Services) -> None:
    held = services.desk.snapshot.supporter("S-0001")
    answers = sheet(row(email=held.email or "", card="No"))
    assert "had agreed to (give their e-mail address). Withdraw it on the record first" in str(
        services.forms.preview(answers, mapped(services, answers), "f", DAY).faults
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "there is no name"),
        ({"email": "ann at example"}, "is not an e-mail address"),
        ({"grade": "Grand wizard"}, "is not in the list"),
        ({"lived": "ADHD;Failing an exm"}, "perhaps Failing an exam"),
        ({"day": "soon"}, "is not a day"),
        ({"day": "2027-01-04"}, "has not come yet"),
        ({"card": "maybe"}, "neither yes nor no"),
    ],
)
def test_everything_wrong_is_said_with_its_row_and_nothing_is_written(
    services: Services, changed: dict[str, str], said: str
) -> None:
    answers = sheet(ANN, row(**{"email": "other@example.org", **changed}))
    before = dict(services.desk.snapshot.supporters.items())
    with pytest.raises(BadInput) as refused:
        services.forms.take_in(answers, mapped(services, answers), "f", DAY)
    assert any(said in str(fault) and "row 3" in str(fault) for fault in refused.value.faults)
    assert dict(services.desk.snapshot.supporters.items()) == before


def test_a_form_needs_a_wording_a_day_and_a_yes_to_be_on_record(services: Services) -> None:
    bare = Sheet(("Name", "When"), (("Ann Bee", "3/4/2026"),))
    columns = {
        "Name": Column(Meaning.NAME),
        "When": Column(Meaning.ANSWERED),
        "Gone": Column(Meaning.NOTHING),
    }
    said = " ".join(map(str, services.forms.preview(bare, FormMapping(columns, months=0), "f", DAY).faults))
    for words in (
        "wording",
        "kept on record",
        "read in two ways",
        "no column of that name",
        "1 to 36 months",
    ):
        assert words in said
    unknown = FormMapping({"Name": Column(Meaning.NAME)}, "1999-9", day_order=DayOrder.DAY_FIRST)
    assert "no wording 1999-9" in str(services.forms.preview(bare, unknown, "f", DAY).faults)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ADHD;Failing an exam;", ("neuro.adhd", "training.progress.exam-failure")),
        ("ADHD, Failing an exam", ("neuro.adhd", "training.progress.exam-failure")),
        ("adhd", ("neuro.adhd",)),
    ],
)
def test_ticked_options_are_read_as_both_form_programs_write_them(
    services: Services, cell: str, expected: tuple[str, ...]
) -> None:
    answers = sheet(row(lived=cell, match="ADHD"))
    (only,) = services.forms.preview(answers, mapped(services, answers), "f", DAY).rows
    assert only.supporter.characteristics == expected


def test_words_of_a_form_can_be_given_their_meaning(services: Services) -> None:
    answers = sheet(row(lived="Being easily distracted;Nothing of this", match="ADHD"))
    words = {
        (Meaning.CHARACTERISTICS, "beingeasilydistracted"): "neuro.adhd",
        (Meaning.CHARACTERISTICS, "nothingofthis"): "",
    }
    preview = services.forms.preview(answers, mapped(services, answers, words=words), "f", DAY)
    assert preview.faults == ()
    assert preview.rows[0].supporter.characteristics == ("neuro.adhd",)


def test_no_yes_is_taken_in_while_nobody_is_stated_as_controller(make: Make) -> None:
    nameless = make(replace(NETWORK, controller=None))
    answers = sheet(ANN)
    with pytest.raises(Refused, match="controller"):
        nameless.forms.take_in(answers, mapped(nameless, answers), "f", DAY)
    assert not any(p.email == "ann.bee@example.org" for p in nameless.desk.snapshot.supporters.values())


def test_the_way_of_contact_is_taken_where_it_is_clear(services: Services) -> None:
    for said, way in (
        ("By phone", Channel.PHONE),
        ("E-mail please", Channel.EMAIL),
        ("phone or e-mail", None),
    ):
        answers = Sheet((*HEADINGS, "How do you prefer to be contacted?"), ((*ANN, said),))
        (only,) = services.forms.preview(answers, mapped(services, answers), "f", DAY).rows
        assert only.supporter.prefers is way


def test_how_a_form_is_read_is_said_once_and_keeps_nothing_of_an_answer(services: Services) -> None:
    answers = sheet(row(lived="Being easily distracted", match="ADHD"))
    columns = {**services.forms.guess(answers).columns, "Anything else?": Column(Meaning.NOTHING)}
    words = {(Meaning.CHARACTERISTICS, "beingeasilydistracted"): "neuro.adhd"}
    told = FormMapping(columns, "2026-1", 24, words=words, people={"ann.bee@example.org": NEW})
    services.forms.take_in(answers, told, "f", DAY)
    again = services.forms.guess(sheet(ANN))
    assert again == FormMapping(columns, "2026-1", 24)


TWIN = "May we suggest you for ADHD?"


def _known(services: Services) -> str:
    services.forms.take_in(sheet(ANN), mapped(services, sheet(ANN)), "f", DAY)
    people = services.desk.snapshot.supporters.values()
    return next(p.id for p in people if p.email == "ann.bee@example.org")


def _said(services: Services, answers: Sheet) -> str:
    return " ".join(map(str, services.forms.preview(answers, mapped(services, answers), "f", DAY).faults))


def test_the_newest_answer_counts_whatever_the_order_of_the_file_and_the_address(services: Services) -> None:
    older = row(day="2026-11-10T09:20")
    answers = sheet(row(hold="No", card="No"), older)
    standings = [
        r.standing for r in services.forms.preview(answers, mapped(services, answers), "f", DAY).rows
    ]
    assert standings == [Standing.LEFT_OUT, Standing.REPLACED]
    id = _known(services)
    person = services.desk.snapshot.supporter(id)
    services.supporters.change(replace(person, other_emails=("bee@example.org",)))
    answers = sheet(row(grade="ST5", day="2026-11-19"), row(email="bee@example.org", lived="Dyslexia"))
    standings = [
        r.standing for r in services.forms.preview(answers, mapped(services, answers), "f", DAY).rows
    ]
    assert standings == [Standing.CHANGED, Standing.REPLACED]


def test_a_no_to_one_thing_stands_against_a_yes_to_everything(services: Services) -> None:
    answers = Sheet((*HEADINGS, TWIN), ((*row(match="Yes"), "No"),))
    columns = {
        **services.forms.guess(answers).columns,
        TWIN: Column(Meaning.CONSENT, Purpose.MATCH, "neuro.adhd"),
    }
    mapping = FormMapping(columns, "2026-1")
    (only,) = services.forms.preview(answers, mapping, "f", DAY).rows
    asked = {record.characteristic for record in only.agreed if record.purpose is Purpose.MATCH}
    assert asked == {"training.progress.exam-failure"}
    assert "ADHD" in only.remark


def test_a_no_to_being_suggested_counts_where_no_experience_is_ticked(services: Services) -> None:
    _known(services)
    assert "(match on it)" in _said(services, sheet(row(lived="", match="No")))


def test_an_older_yes_to_a_part_never_speaks_over_a_newer_no_to_the_whole(services: Services) -> None:
    vocabulary = services.desk.snapshot.reference.vocabulary
    term = next(
        t for t in vocabulary.terms.values() if vocabulary.broader_terms(t.id) and not t.extra_sensitive
    )
    (above, *_) = vocabulary.broader_terms(term.id)
    ticked = vocabulary.label(above)
    first = sheet(row(lived=ticked, match=ticked, day="2026-11-10"))
    services.forms.take_in(first, mapped(services, first), "f", DAY)
    id = next(p.id for p in services.desk.snapshot.supporters.values() if p.email == "ann.bee@example.org")
    services.consent.withdraw(id, Purpose.MATCH, above, on=DAY)
    late = sheet(row(lived=term.label, match=term.label, day="2026-11-12"))
    assert "took back the yes to “match on it”" in _said(services, late)


def test_an_address_of_two_people_is_asked_about(services: Services) -> None:
    id = _known(services)
    held = services.desk.snapshot.supporter("S-0001")
    services.supporters.change(replace(held, other_emails=("ann.bee@example.org",)))
    said = _said(services, sheet(row(day="2026-11-19", hold="No")))
    assert id in said
    assert "S-0001" in said


def test_nothing_is_noted_of_somebody_who_took_back_being_on_record_and_says_no_again(
    services: Services,
) -> None:
    id = _known(services)
    services.consent.withdraw(id, Purpose.HOLD, None, on=DAY)
    answers = sheet(row(hold="No", match="", card="", lived="Dyslexia"))
    (only,) = services.forms.preview(answers, mapped(services, answers), "f", DAY).rows
    assert only.standing is Standing.LEFT_OUT


@pytest.mark.parametrize(
    "changed", [{"hold": "Yes, but ask me first"}, {"card": "Yes, not to men"}, {"match": "Yes except ADHD"}]
)
def test_a_yes_with_a_condition_is_read_by_a_person(services: Services, changed: dict[str, str]) -> None:
    answers = sheet(row(**changed))
    assert all(r.standing is not Standing.NEW for r in _rows(services, answers))


def _rows(services: Services, answers: Sheet) -> tuple[FormRow, ...]:
    return services.forms.preview(answers, mapped(services, answers), "f", DAY).rows


def test_what_a_mapping_means_by_a_topic_that_is_gone_and_endless_figures_are_said(
    services: Services,
) -> None:
    answers = Sheet((*HEADINGS, "How many people?"), ((*row(lived="Being odd", match="Yes"), "9" * 5000),))
    words = {(Meaning.CHARACTERISTICS, "beingodd"): "own.gone"}
    columns = {**services.forms.guess(answers).columns, "How many people?": Column(Meaning.CAPACITY)}
    preview = services.forms.preview(answers, FormMapping(columns, "2026-1", words=words), "f", DAY)
    said = " ".join(map(str, preview.faults))
    assert "Being odd" in said
    assert "from 0 to 50" in said


def test_of_two_answers_of_one_day_the_later_hour_counts(services: Services) -> None:
    answers = sheet(row(day="2026-11-18T16:00", grade="ST5"), row(day="18/11/2026 3:59:59 pm", grade="ST6"))
    preview = services.forms.preview(answers, mapped(services, answers), "form.xlsx", DAY)
    assert [each.standing for each in preview.rows] == [Standing.NEW, Standing.REPLACED]


def test_a_yes_of_a_form_takes_off_a_letter_that_it_answers(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "cards")
    ready.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY)
    held = ready.desk.snapshot.supporter("S-0001")
    answers = sheet(row(day="2026-11-21T09:20", email=held.email or "", lived=""))
    assert len(ready.stop_letters.waiting("S-0001")) == 1
    done = ready.forms.take_in(answers, mapped(ready, answers), "f", date(2026, 11, 22))
    assert ready.stop_letters.waiting("S-0001") == {}
    assert done.touched.enquiries == {"E-0142"}
