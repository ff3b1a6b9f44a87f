"""Everything held on one person, compared with the rows of the file, and nothing of anybody else."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from peermatch.model.access import AccessReport
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Doors, Services
from peermatch.services.sample import sample_letters
from tests.networks import PASSPHRASE
from tests.services.access_reader import leaves
from tests.services.access_world import (
    ASKED,
    ENQUIRER,
    EVERYTHING,
    FIRST,
    OTHER,
    SECOND,
    SUPPORTER,
    THIRD,
    network,
    words_of,
    worked,
)

BOTH = (SUPPORTER, ENQUIRER)
Row = dict[str, Any]


@pytest.fixture(scope="module", params=["", EVERYTHING], ids=["plain", "hostile"])
def world(
    request: pytest.FixtureRequest, doors: Doors, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """The worked network, plain and with every free field hostile."""
    folder = tmp_path_factory.mktemp("world")
    made = doors.create(folder / "n.peermatch", network(request.param), PASSPHRASE, with_recovery=False)
    yield worked(made.services, folder / "cards", request.param)
    made.services.lock()


def rows(services: Services, query: str, *values: object) -> list[Row]:
    """Rows as SQLite gives them."""
    cursor = services.desk.store._connection.execute(query, values)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def values_of(report: AccessReport) -> list[str]:
    return [field.value for field in report.fields]


def days_in_words(text: str) -> str:
    """A day of the file as the report writes it."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"


def blotted(text: str, own: str) -> str:
    return re.sub(r"(?<![\w-])[SE]-\d{4}(?![\w-])", lambda f: f[0] if f[0] == own else "[left out]", text)


def missing(report: AccessReport, held: list[Row], but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What stands in the rows and not in the report: as it is, as a day in words, or beside its words."""
    shown = values_of(report)
    own = report.subject.id
    wanted = [
        (column, days_in_words(blotted(leaf, own)))
        for row in held
        for column, value in row.items()
        if column not in but
        for leaf in leaves(value)
        if leaf
    ]
    return [
        (column, leaf)
        for column, leaf in wanted
        if not any(leaf == value or value.endswith(f"({leaf})") or f"PM-{leaf}" == value for value in shown)
    ]


# Numbers that say yes or no, and what only orders rows or points to another person's row.
NOT_WORDS = (
    *("position", "id", "choice", "covers_narrower"),
    *("enquiry", "supporter", "subject", "subject_kind"),
)


def test_everything_on_a_supporter_is_in_the_report(world: Services) -> None:
    report = world.subject_access.preview(SUPPORTER)
    mine: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("SELECT * FROM supporter WHERE id = ?", (*NOT_WORDS, "boundaries")),
        ("SELECT * FROM consent WHERE supporter = ?", NOT_WORDS),
        ("SELECT * FROM wording WHERE id IN (SELECT wording FROM consent WHERE supporter = ?)", NOT_WORDS),
        ("SELECT * FROM introduction WHERE supporter = ?", NOT_WORDS),
        ("SELECT day, code, formats FROM hand_over WHERE supporter = ?", NOT_WORDS),
        ("SELECT written, recipient, subject, body FROM outbox WHERE supporter = ? AND kind = 'ask'", ()),
        ("SELECT * FROM request WHERE subject = ?", (*NOT_WORDS, "paused_days")),
        ("SELECT since, reason FROM kept_back WHERE subject = ?", ()),
    )
    for query, but in mine:
        held = rows(world, query, FIRST)
        assert held, query
        assert missing(report, held, but) == [], query
    (limits,) = rows(world, "SELECT boundaries FROM supporter WHERE id = ?", FIRST)
    kept = {
        name: value for name, value in json.loads(limits["boundaries"]).items() if value not in (True, False)
    }
    assert missing(report, [kept]) == []


def test_everything_on_an_enquirer_is_in_the_report(world: Services) -> None:
    report = world.subject_access.preview(ENQUIRER)
    mine: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("SELECT * FROM enquiry WHERE reference = ?", (*NOT_WORDS, "exclusions")),
        ("SELECT * FROM requester WHERE enquiry = ?", NOT_WORDS),
        ("SELECT * FROM introduction WHERE enquiry = ?", NOT_WORDS),
        ("SELECT day, code, formats, recipient FROM hand_over WHERE enquiry = ?", NOT_WORDS),
        ("SELECT written, recipient, subject, body FROM outbox WHERE enquiry = ? AND kind <> 'ask'", ()),
        ("SELECT * FROM request WHERE subject = ?", (*NOT_WORDS, "paused_days")),
        ("SELECT since, reason FROM kept_back WHERE subject = ?", ()),
    )
    for query, but in mine:
        held = rows(world, query, ASKED)
        assert held, query
        assert missing(report, held, but) == [], query
    (away,) = rows(world, "SELECT exclusions FROM enquiry WHERE reference = ?", ASKED)
    lists = json.loads(away["exclusions"])
    assert missing(report, [{name: lists[name] for name in ("organisations", "specialties", "people")}]) == []


def test_what_was_noticed_for_their_safety_is_told_in_words(world: Services) -> None:
    said = [f.value for f in world.subject_access.preview(ENQUIRER).fields if f.key.endswith("].kind")]
    assert "something that is hinted at (unclear-disclosure)" in said


@pytest.mark.parametrize("subject", BOTH)
def test_each_line_and_incident_about_them_is_in_the_report(world: Services, subject: Subject) -> None:
    report = world.subject_access.preview(subject)
    lines = rows(world, "SELECT action, object FROM journal ORDER BY seq")
    mine = [row["action"].replace("-", " ") for row in lines if subject.id in row["object"].split()]
    shown = [f.value for f in report.fields if re.fullmatch(r"journal\[\d+\]\.action", f.key)]
    assert shown == mine
    (incident,) = rows(world, "SELECT what FROM incident WHERE exposed LIKE ?", f'%"{subject.id}"%')
    assert incident["what"] in values_of(report)


def test_what_a_record_said_before_is_held_and_so_is_told(world: Services) -> None:
    found = {
        f.key.partition("].")[2]: f
        for f in world.subject_access.preview(SUPPORTER).fields
        if "earlier[" in f.key
    }
    assert found["phone"].value == "07700 900001"
    assert json.loads(found["languages"].value) == ["en", "cy"]
    assert found["notes"].value.startswith(words_of("ann")[5])
    assert (found["notes"].about_others, found["phone"].about_others) == (True, False)
    theirs = {
        f.key.partition("].")[2]: f.value
        for f in world.subject_access.preview(ENQUIRER).fields
        if "earlier[" in f.key
    }
    assert theirs["safe_contact"].startswith(words_of("rob")[6])


@pytest.mark.parametrize(("subject", "own"), [(SUPPORTER, "ann"), (ENQUIRER, "rob")])
def test_nobody_elses_word_stands_where_nobody_reads_it_first(
    world: Services, subject: Subject, own: str
) -> None:
    """Every word of the others is their own; in what a person reads first they may stand."""
    report = world.subject_access.preview(subject)
    unread = [f.value for f in report.fields if not f.about_others]
    others = [word for who in ("ann", "bob", "cat", "rob", "sue") if who != own for word in words_of(who)]
    others += [id for id in (FIRST, SECOND, THIRD, ASKED, OTHER) if id != subject.id]
    others += ["zqbarred", "zqnever", "zqbob", "zqwhat1", "zqsummary2", "07700 901142", "07700 900002"]
    others = [word for word in others if not (subject is ENQUIRER and word == "07700 901142")]
    assert [(word, value) for word in others for value in unread if word in value] == []
    speak = {f.key for f in report.fields if any(word in f.value for word in others)}
    assert speak == ({"decisions[1].reason"} if subject is ENQUIRER else set())


@pytest.mark.parametrize("subject", BOTH)
def test_no_id_of_anybody_else_stands_anywhere_at_all(world: Services, subject: Subject) -> None:
    text = json.dumps([f.value for f in world.subject_access.preview(subject).fields])
    assert set(re.findall(r"(?<![\w-])[SE]-\d{4}(?![\w-])", text)) == {subject.id}


def test_a_supporter_does_not_learn_who_keeps_away_from_them(world: Services) -> None:
    report = world.subject_access.preview(Subject(SubjectKind.SUPPORTER, THIRD))
    keys = [f.key for f in report.fields]
    assert [key for key in keys if key.startswith(("introductions", "cards", "letters"))] == []
    said = [f.value for f in report.fields if "not_suggested" in f.key]
    assert not any("kept away" in each or "too close" in each for each in said)
    enquiries = [f.value for f in report.fields if re.fullmatch(r"decisions\[\d+\]\.enquiry", f.key)]
    assert set(enquiries) <= {"an enquiry of May 2026"}
    assert "zqbarred" not in json.dumps([f.value for f in world.subject_access.preview(SUPPORTER).fields])


@pytest.mark.parametrize("subject", BOTH)
def test_keys_are_each_others_and_stay(world: Services, subject: Subject) -> None:
    first, again = world.subject_access.preview(subject), world.subject_access.preview(subject)
    assert first == again
    assert len(first.keys) == len(first.fields)
    assert all(f.value and f.label for f in first.fields)
    assert {"supporter.notes", "introductions[0].state"} <= first.keys or "enquiry.letter" in first.keys


def test_free_words_are_marked_for_a_person_to_read(world: Services) -> None:
    marked = {re.sub(r"\d+", "n", f.key) for s in BOTH for f in world.subject_access.preview(s).to_read}
    assert {
        "supporter.notes", "supporter.relations[n].to", "consents[n].evidence", "letters[n].body",
        "decisions[n].reason", "requests[n].summary", "incidents[n].what", "hold.reason", "journal[n].detail",
        "enquiry.letter", "enquiry.risk_done", "enquiry.exclusions.people[n]", "requester.safe_contact",
    } <= marked  # fmt: skip


def test_two_records_of_one_person_do_not_meet(world: Services) -> None:
    """Who is both is asked to ask twice: neither report says that there is another."""
    for subject in BOTH:
        left_out = {f.key: f.value for f in world.subject_access.preview(subject).fields}["about.left_out"]
        assert "ask for each record" in left_out


def test_of_letters_that_came_together_each_is_told_what_its_own_looked_like(services: Services) -> None:
    raw = {letter.raw: None for letter in sample_letters()}
    drafts = tuple(services.enquiries.draft(each) for each in raw)
    received, _ = services.enquiries.receive_all(drafts, services.desk.today)
    looked = {
        each.reference: draft.proposal.scope.value
        for each, draft in zip(received, drafts, strict=True)
        if each.new
    }
    assert len(set(looked.values())) > 1
    for reference, scope in looked.items():
        report = services.subject_access.preview(Subject(SubjectKind.ENQUIRER, reference))
        detail = [f.value for f in report.fields if re.fullmatch(r"journal\[\d+\]\.detail", f.key)]
        assert detail == [scope]
