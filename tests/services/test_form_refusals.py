"""A no on a form is kept as a no to a letter is: shown with its day, never asked for again, and never lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from peermatch.exchange.portable import parse_network
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.consent import Standing as Stands
from peermatch.model.form import Column, FormMapping, FormRow, Meaning, Sheet, Standing
from peermatch.model.introduction import State
from peermatch.model.onboarding import CHECKS
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Services
from peermatch.services.replies import Reply
from tests.networks import ADHD, AMINA, DAY, EXAM, NETWORK
from tests.services.conftest import Make
from tests.services.desks import handed, state_of

COLUMNS = {
    "When": Column(Meaning.ANSWERED),
    "Who": Column(Meaning.NAME),
    "Address": Column(Meaning.EMAIL),
    "Lived through": Column(Meaning.CHARACTERISTICS),
    "Keep it?": Column(Meaning.CONSENT, Purpose.HOLD),
    "Suggest you?": Column(Meaning.CONSENT, Purpose.MATCH),
    "Suggest you for ADHD?": Column(Meaning.CONSENT, Purpose.MATCH, ADHD),
    "List you?": Column(Meaning.CONSENT, Purpose.LIST),
    "Pass on your number?": Column(Meaning.CONSENT, Purpose.CONTACT_PHONE),
}
MAPPING = FormMapping(COLUMNS, "2026-1")
SAID = date(2026, 11, 18)
PHONE, MATCH_ADHD = (Purpose.CONTACT_PHONE, None), (Purpose.MATCH, ADHD)
LAST_YEAR = replace(AMINA, consents=tuple(replace(c, expires=date(2026, 11, 1)) for c in AMINA.consents))
"""Whose every yes has ended."""
ANN: Mapping[str, str] = {
    "When": SAID.isoformat(),
    "Who": "Ann Bee",
    "Address": "ann@example.org",
    "Lived through": "ADHD; Failing an exam",
    "Keep it?": "Yes",
}


def answers(*changed: Mapping[str, str], who: Mapping[str, str] = ANN) -> Sheet:
    rows = ({**who, **each} for each in changed)
    return Sheet(tuple(COLUMNS), tuple(tuple(row.get(heading, "") for heading in COLUMNS) for row in rows))


def of_amina(**changed: str) -> Sheet:
    named = {heading.replace(" ", "_").rstrip("?"): heading for heading in COLUMNS}
    who = {"When": SAID.isoformat(), "Who": AMINA.name, "Address": AMINA.email or ""}
    return answers({named[key]: cell for key, cell in changed.items()}, who=who)


def only(services: Services, sheet: Sheet) -> FormRow:
    (row,) = services.forms.preview(sheet, MAPPING, "form.xlsx", DAY).rows
    return row


def taken_in(services: Services, sheet: Sheet) -> str:
    """The id of whoever came in."""
    done = services.forms.take_in(sheet, MAPPING, "form.xlsx", DAY)
    (id,) = done.touched.supporters
    return id


def stands(services: Services, id: str, *keys: tuple[Purpose, str | None]) -> list[Stands]:
    picture = services.desk.snapshot
    gate = picture.gate(picture.supporter(id), DAY)
    return [gate.ruling(*key).standing for key in keys]


def asked_for(services: Services, id: str) -> set[tuple[Purpose, str | None]]:
    """What a campaign of today asks somebody for, once they are active."""
    for check in CHECKS:
        services.onboarding.note(id, check, DAY, "Jo", DAY)
    services.onboarding.activate(id, DAY)
    return {point.key for each in services.campaigns.due(DAY) if each.id == id for point in each.points}


def test_a_no_of_somebody_new_is_a_record_with_its_day_and_its_proof(services: Services) -> None:
    sheet = answers({"Suggest you?": "ADHD", "Pass on your number?": "No"})
    assert only(services, sheet).remark == "says no to: give their phone number"
    id = taken_in(services, sheet)
    (no,) = (each for each in services.desk.snapshot.supporter(id).consents if each.refused)
    assert no == ConsentRecord(*PHONE, SAID, None, SAID, Method.FORM, "2026-1", None, "form.xlsx, row 2")
    (line,) = (each for each in services.proofs.of(id, DAY).lines if each.refused)
    assert line.said(DAY) == "said no on 18 November 2026"
    assert services.upkeep.journal()[0].action == "form-import"


def test_nobody_is_asked_again_for_what_they_said_no_to(services: Services) -> None:
    yes = taken_in(services, answers({}))
    assert asked_for(services, yes) == {MATCH_ADHD, (Purpose.MATCH, EXAM)}
    no = taken_in(
        services, answers({"Suggest you?": "No"}, who={**ANN, "Who": "Bo", "Address": "bo@example.org"})
    )
    assert asked_for(services, no) == set()
    assert stands(services, no, MATCH_ADHD, (Purpose.MATCH, EXAM)) == [Stands.WITHDRAWN] * 2


def test_an_empty_answer_is_no_no(services: Services) -> None:
    id = taken_in(services, answers({"Pass on your number?": "", "Suggest you?": " "}))
    assert stands(services, id, PHONE, MATCH_ADHD) == [Stands.NEVER] * 2


def test_a_no_to_one_experience_is_kept_beside_a_yes_to_the_others(services: Services) -> None:
    sheet = answers({"Suggest you?": "Yes", "Suggest you for ADHD?": "No"})
    assert only(services, sheet).remark == "says no to: match on it (ADHD)"
    id = taken_in(services, sheet)
    assert stands(services, id, MATCH_ADHD, (Purpose.MATCH, EXAM)) == [Stands.WITHDRAWN, Stands.VALID]


def test_a_no_to_the_list_keeps_nobody_from_being_asked_what_is_asked_by_itself(services: Services) -> None:
    terms = services.desk.snapshot.reference.vocabulary.terms.values()
    most = next(term for term in terms if term.extra_sensitive and term.leaf)
    lived = f"ADHD; {most.label}"
    id = taken_in(services, answers({"Lived through": lived, "Suggest you?": "Yes", "List you?": "No"}))
    assert stands(services, id, (Purpose.LIST, ADHD)) == [Stands.WITHDRAWN]
    assert asked_for(services, id) == {(Purpose.MATCH, most.id)}


def test_the_same_file_again_brings_no_no_twice_and_none_over_a_later_yes(services: Services) -> None:
    sheet = answers({"Suggest you?": "No", "Pass on your number?": "No"})
    id = taken_in(services, sheet)
    assert only(services, sheet).standing is Standing.SAME
    services.consent.answer(Reply(id, (PHONE, MATCH_ADHD), (), "2026-1", Method.EMAIL, DAY))
    again = only(services, sheet)
    assert (again.standing, again.faults, again.refused) == (Standing.SAME, (), ())


def test_a_later_answer_may_say_yes_after_all(services: Services) -> None:
    id = taken_in(services, answers({"Pass on your number?": "No"}))
    taken_in(services, answers({"When": "2026-11-19", "Pass on your number?": "Yes"}))
    assert stands(services, id, PHONE) == [Stands.VALID]


def test_a_no_of_no_known_day_is_asked_about(make: Make) -> None:
    services = make(replace(NETWORK, supporters=(LAST_YEAR,)))
    said = str(only(services, of_amina(When="soon", Pass_on_your_number="No")).faults)
    assert "it is not known on which day they said no" in said


def test_a_no_to_what_has_ended_is_kept_and_ends_the_asking(make: Make) -> None:
    services = make(replace(NETWORK, supporters=(LAST_YEAR,)))
    assert MATCH_ADHD in {p.key for each in services.campaigns.due(DAY) for p in each.points}
    row = only(services, of_amina(Suggest_you="No"))
    assert (row.standing, row.changes) == (Standing.CHANGED, ("consent",))
    services.forms.take_in(of_amina(Suggest_you="No"), MAPPING, "f", DAY)
    assert MATCH_ADHD not in {p.key for each in services.campaigns.due(DAY) for p in each.points}


def test_a_no_older_than_the_yes_that_has_ended_changes_nothing(make: Make) -> None:
    services = make(replace(NETWORK, supporters=(LAST_YEAR,)))
    assert only(services, of_amina(When="2026-09-01", Suggest_you="No")).standing is Standing.SAME


def test_of_somebody_on_record_who_says_no_to_that_only_the_no_is_kept(make: Make) -> None:
    services = make(replace(NETWORK, supporters=(LAST_YEAR,)))
    sheet = of_amina(Keep_it="No", Lived_through="Dyslexia; Something new")
    row = only(services, sheet)
    assert (row.standing, row.remark) == (Standing.CHANGED, "says no to: keep their record")
    done = services.forms.take_in(sheet, MAPPING, "f", DAY)
    now = services.desk.snapshot.supporter(AMINA.id)
    assert replace(now, consents=()) == replace(LAST_YEAR, consents=())
    assert stands(services, AMINA.id, (Purpose.HOLD, None)) == [Stands.WITHDRAWN]
    assert services.campaigns.due(DAY) == ()
    assert done.undo is None  # as with every no that was recorded


def test_a_no_on_a_form_has_the_consequences_of_any_no(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "cards")
    late = date(2027, 10, 1)  # by then every yes has ended
    assert ready.stop_letters.waiting(AMINA.id) == {}
    sheet = of_amina(When="2027-09-30", Keep_it="No")
    done = ready.forms.take_in(sheet, MAPPING, "f", late)
    assert len(ready.stop_letters.waiting(AMINA.id)) == 1
    assert done.touched.enquiries == {"E-0142"}


def test_what_waited_for_an_answer_stops_by_a_no_on_a_form(services: Services) -> None:
    services.introductions.ask("E-0142", AMINA.id, DAY)
    sheet = of_amina(When="2027-09-30", Suggest_you="No")
    done = services.forms.take_in(sheet, MAPPING, "f", date(2027, 10, 1))
    assert state_of(services) is State.STOPPED
    assert done.touched.enquiries == {"E-0142"}


def test_a_no_is_taken_also_while_nobody_is_stated_as_controller(make: Make) -> None:
    services = make(replace(NETWORK, controller=None, supporters=(LAST_YEAR,)))
    services.forms.take_in(of_amina(Pass_on_your_number="No"), MAPPING, "f", DAY)
    assert stands(services, AMINA.id, PHONE) == [Stands.WITHDRAWN]


@pytest.mark.parametrize("said", ["no", "No thanks", "I do not agree", "FALSE", "Decline"])
def test_a_no_is_known_in_many_words(services: Services, said: str) -> None:
    assert only(services, answers({"Pass on your number?": said})).refused


def test_the_portable_file_and_the_copy_for_the_person_hold_the_no_and_erasing_takes_it(
    services: Services,
) -> None:
    id = taken_in(services, answers({"Pass on your number?": "No"}))
    again = parse_network(services.upkeep.export(), services.desk.shipped.reference)
    (held,) = (each for each in again.supporters if each.id == id)
    assert held.consents == services.desk.snapshot.supporter(id).consents
    assert any(each.refused for each in held.consents)
    subject = Subject(SubjectKind.SUPPORTER, id)
    report = services.subject_access.preview(subject)
    told = [(field.label, field.value) for section in report.sections for field in section.fields]
    assert any("phone number" in value for label, value in told if label.startswith("Consent"))
    services.erasure.erase(subject, DAY)
    assert id not in services.desk.snapshot.supporters
    assert b"form.xlsx, row 2" not in services.upkeep.export()
