"""Today: one line for each matter, one press to its next step, names under cover, and every size whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from peermatch.errors import Refused
from peermatch.model.changes import Touched
from peermatch.model.introduction import State
from peermatch.model.mail import Says
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Services
from peermatch.services.today_jobs import Figure, Job, Matter, Thin
from peermatch.ui.cover import DOTS, Cover
from peermatch.ui.screens.duties_words import DUE
from peermatch.ui.screens.today import TodayScreen
from peermatch.ui.screens.today_list import AT_FIRST, MORE, TodayLine
from peermatch.ui.screens.today_words import Line, asked_note, ending_note, line, thin_words, waiting_note
from peermatch.ui.theme import Scheme, Theme, apply_theme
from tests.networks import NETWORK, PASSPHRASE
from tests.ui.conftest import RESOURCES
from tests.ui.readable import problems
from tests.ui.real_networks import doors, focused
from tests.ui.sample_office import Bench, bench_on

DAY = date(2026, 11, 20)
MONDAY = datetime(2026, 11, 23, 9, 30).astimezone()


def screen_of(desk: Bench) -> TodayScreen:
    assert isinstance(desk.screen, TodayScreen)
    return desk.screen


@contextmanager
def on_monday(desk: Bench) -> Iterator[TodayScreen]:
    """The same network after the weekend: an answer is overdue."""
    own, desk.services.desk.clock = desk.services.desk.clock, lambda: MONDAY
    try:
        screen_of(desk).refresh(Touched())
        desk.rest()
        yield screen_of(desk)
    finally:
        desk.services.desk.clock = own


def rows(screen: TodayScreen) -> list[TodayLine]:
    return [part for part in screen.list.rows.parts().values() if isinstance(part, TodayLine)]


def words_on(screen: TodayScreen) -> str:
    labels = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*labels, *(b.text() for b in screen.findChildren(QPushButton) if b.isVisible())])


def test_the_day_begins_with_safety_and_ends_with_what_is_quiet(look: Bench) -> None:
    screen = screen_of(look)
    shown = [each.line for each in rows(screen)]
    assert (shown[0].chip, shown[0].title, shown[0].press) == (
        "safety",
        "E-0140: may not be safe at home",
        "Open",
    )
    assert [each.chip for each in shown[-2:]] == ["records", "check"]
    assert [
        each.chip for each in shown if each.chip in ("card", "yes", "remind", "consent", "follow up")
    ] == [
        "card",
        "yes",
        "remind",
        "remind",
        "remind",
        "consent",
        "follow up",
        "follow up",
    ]
    assert screen.count() == str(len(shown))
    assert screen.top_items().note == "Friday 20 November"
    assert screen.waiting.words() == "2 oldest 4 days · 1 past the promised day"
    assert screen.asked.words() == "3 3 are due a reminder today"
    assert screen.ending.words() == "13 5 ended · 4 end soon · 4 never asked"
    assert screen.thin.words()[0] == "Confidence and impostor feelings: nobody · asked once"
    assert len(screen.thin.words()) == 5


def test_each_press_leads_to_what_is_prepared(look: Bench) -> None:
    screen = screen_of(look)
    for each in rows(screen):
        each.button.click()
    assert look.went == [each.line.place for each in rows(screen)]
    places = {each.line.chip: each.line.place for each in rows(screen)}
    assert places["safety"] == ("enquiries", "E-0140", "")
    assert places["4 days"] == ("enquiries", "reply:E-0139", "")
    assert places["card"] == ("introductions", "E-0137", "S-0048")
    assert places["consent"] == ("consent", "", "")
    assert places["records"] == ("duties", "due", "")
    assert places["check"] == ("resources", "emergency-999", "")
    screen.thin.see.click()
    assert look.went[-1] == ("supporters", "never-asked", "")
    screen.thin.plan.click()
    assert look.went[-1] == ("insight", "gaps", "")


def test_names_are_covered_with_one_key_and_buttons_name_nobody(look: Bench, theme: Theme) -> None:
    screen = screen_of(look)
    assert "Marcus C." in words_on(screen)
    theme.cover.toggle()
    look.rest()
    covered = words_on(screen)
    assert "Marcus" not in covered
    assert f"{DOTS} has not answered about E-0137" in covered
    assert "Remind them" in covered
    theme.cover.toggle()
    look.rest()
    assert "Marcus C." in words_on(screen)


def test_the_keyboard_goes_from_line_to_line(look: Bench) -> None:
    screen = screen_of(look)
    screen.list.take_focus()
    lines = rows(screen)
    assert focused() is lines[0].button
    for key, expected in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_J, 2),
        (Qt.Key.Key_K, 1),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
    ):
        QTest.keyClick(focused(), key)
        assert focused() is lines[expected].button
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert look.went == [lines[0].line.place]
    assert lines[0].button.accessibleName() == "Open: E-0140: may not be safe at home"


def test_who_does_not_answer_is_let_go_with_one_press(desk: Bench) -> None:
    with on_monday(desk) as screen:
        overdue = next(each for each in rows(screen) if each.line.lapse)
        rows(screen)[rows(screen).index(overdue) - 1].button.setFocus()
        for words in ("Let it go", "Look"):
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
            assert focused().accessibleName() == f"{words}: {overdue.line.title}"
        assert overdue.line.title == "E-0138 has had no reply from Hana S."
        next(b for b in overdue.findChildren(QPushButton) if b.text() == "Let it go").click()
        desk.rest()
        assert not [each for each in rows(screen) if each.line.lapse]
    assert desk.notices == ["No answer from Hana"]
    steps = desk.services.desk.snapshot.introductions_of("E-0138")
    assert [each.state for each in steps if each.supporter == "S-0013"] == [State.LAPSED]


def test_what_was_noted_goes_from_the_list(desk: Bench) -> None:
    screen = screen_of(desk)
    before = [each.line.key for each in rows(screen)]
    done = desk.services.letters.acknowledged("E-0139", DAY)
    screen.refresh(done.touched)
    desk.rest()
    assert "late-reply E-0139" in before
    assert "late-reply E-0139" not in [each.line.key for each in rows(screen)]
    assert screen.waiting.words().startswith("1 ")


def test_another_day_is_read_when_somebody_comes_back(look: Bench) -> None:
    screen = screen_of(look)
    screen.hide()
    look.services.desk.clock, own = (lambda: MONDAY), look.services.desk.clock
    try:
        screen.show()
        look.rest()
        assert screen.top_items().note == "Monday 23 November"
        assert any(each.line.lapse for each in rows(screen))
    finally:
        look.services.desk.clock = own


def test_what_goes_wrong_is_said_above(look: Bench) -> None:
    screen = screen_of(look)
    screen.show_error(Refused("The file is not there.", "Look for it."))
    assert "The file is not there." in screen.banner.sentence()
    assert screen.banner.isVisible()


def test_an_empty_network_says_what_will_be_here(theme: Theme, qtbot: object, tmp_path: Path) -> None:
    nobody = replace(NETWORK, supporters=(), enquiries=())
    made = doors().create(tmp_path / "empty.peermatch", nobody, PASSPHRASE, with_recovery=False)
    with bench_on(made.services, lambda services, tasks: TodayScreen(services, tasks, theme)) as desk:
        screen = screen_of(desk)
        assert "Nothing waits for you today." in words_on(screen)
        assert screen.count() == ""
        assert problems(desk.page) == []
        next(b for b in screen.list.empty.findChildren(QPushButton)).click()
        assert desk.went == [("enquiries", "new", "")]
    made.services.lock()


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [
        (Scheme.LIGHT, 100, (1232, 844)),
        (Scheme.DARK, 100, (960, 640)),
        (Scheme.HIGH_CONTRAST, 150, (960, 640)),
    ],
)
def test_nothing_is_cut_or_crowded(
    look: Bench, qapp: QApplication, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    apply_theme(qapp, RESOURCES, scheme, scale)
    look.page.resize(*size)
    look.rest()
    assert problems(look.page) == []


def crowded(count: int) -> list[Job]:
    return [Job(Matter.REPLY, DAY, DAY, f"E-{number:04d}") for number in range(count)]


def test_a_crowd_is_listed_in_part_and_then_whole(look: Bench, kept: Services, theme: Theme) -> None:
    screen = screen_of(look)
    picture = kept.desk.snapshot
    screen.list.show_jobs(crowded(40), lambda job: line(job, picture, theme.cover, DAY))
    look.rest()
    assert len(rows(screen)) == AT_FIRST
    assert screen.list.more.text() == f"Show {40 - AT_FIRST} more"
    screen.list.more.click()
    assert len(rows(screen)) == 40
    assert screen.list.more.isHidden()


def test_of_a_great_crowd_only_what_is_listed_is_put_into_words(
    look: Bench, kept: Services, theme: Theme
) -> None:
    screen, picture, made = screen_of(look), kept.desk.snapshot, list[str]()

    def words(job: Job) -> Line:
        made.append(job.enquiry)
        return line(job, picture, theme.cover, DAY)

    screen.list.show_jobs(crowded(5_000), words)
    assert made == [job.enquiry for job in crowded(AT_FIRST)]
    assert screen.list.more.text() == f"Show {MORE} more"
    screen.list.more.click()
    assert len(rows(screen)) == len(set(made)) == AT_FIRST + MORE
    assert screen.list.more.text() == f"Show {MORE} more"


@pytest.mark.parametrize("matter", list(Matter))
def test_every_matter_has_its_words(kept: Services, matter: Matter) -> None:
    picture, cover = kept.desk.snapshot, Cover()
    said = tuple(Says) if matter is Matter.ANSWER else ("S-0044", "", "S-9999")
    for count, next_one in zip((1, 3, 1), said, strict=True):
        job = Job(matter, date(2026, 11, 10), date(2026, 11, 17), "E-0140", "S-0048", next_one, DAY, count)
        shown = line(job, picture, cover, DAY)
        assert shown.chip
        assert shown.title
        assert shown.note.endswith(".")
        assert shown.place[0] in (
            "enquiries",
            "introductions",
            "consent",
            "duties",
            "supporters",
            "resources",
            "plan",
        )
        assert len(shown.press) < 40
    cover.toggle()
    hidden = line(replace(job, next=said[0]), picture, cover, DAY)
    names = [picture.supporters[each].first_name for each in ("S-0044", "S-0048")]
    assert not [n for n in names for text in (hidden.title, hidden.note, hidden.press) if n in text]


def test_a_crowd_to_be_asked_leads_to_the_plan(kept: Services) -> None:
    crowd = Job(Matter.ASK, DAY, DAY, "E-0140", count=9)
    shown = line(crowd, kept.desk.snapshot, Cover(), DAY)
    assert (shown.title, shown.press) == ("Nobody is asked for 9 more enquiries", "Plan")
    assert shown.place == ("plan", "", "")
    assert (shown.key, shown.lapse) == ("ask", None)


@pytest.mark.parametrize(
    ("words", "figure", "expected"),
    [
        (waiting_note, Figure(), "everybody has heard from us"),
        (waiting_note, Figure(2, date(2026, 11, 18)), "oldest 2 days"),
        (asked_note, Figure(), "nobody is asked at the moment"),
        (asked_note, Figure(1, date(2026, 11, 18)), "first asked on 18 Nov"),
        (asked_note, Figure(1, date(2026, 11, 18), 1), "1 is due a reminder today"),
    ],
)
def test_each_number_has_its_words(
    words: Callable[[Figure, date], str], figure: Figure, expected: str
) -> None:
    assert words(figure, DAY) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(), "nothing ends soon, and nothing is missing"),
        (Figure(1, date(2026, 12, 3)), "1 ends soon"),
        (Figure(3, None, 0, 3), "3 never asked"),
        (Figure(9, date(2026, 11, 3), 1, 5), "1 ended · 3 end soon · 5 never asked"),
    ],
)
def test_why_consent_is_to_be_asked_for(figure: Figure, expected: str) -> None:
    assert ending_note(figure) == expected


def test_how_thin_it_is_in_words() -> None:
    assert thin_words(Thin("x", 1, 0)) == "nobody · asked once"
    assert thin_words(Thin("x", 6, 14)) == "14 supporters · asked 6 times"


def test_unsent_letters_about_details_are_one_press_away(desk: Bench) -> None:
    screen, services = screen_of(desk), desk.services
    assert "to tell" not in [each.line.chip for each in rows(screen)]
    (holder, *_) = [each for each in services.desk.snapshot.introductions if each.introduced is not None]
    services.consent.withdraw_everything(holder.supporter, services.desk.today)
    waiting = services.stop_letters.waiting(holder.supporter)
    assert waiting
    screen.refresh(Touched(frozenset({holder.supporter})))
    desk.rest()
    (told,) = [each for each in rows(screen) if each.line.chip == "to tell"]
    assert told.line.place == ("supporters", "", holder.supporter)
    assert told.line.title.startswith(f"{len(waiting)} ")
    told.button.click()
    assert desk.went == [told.line.place]


def test_unsent_letters_of_an_erasure_are_one_press_away(desk: Bench) -> None:
    screen, services = screen_of(desk), desk.services
    (holder, *_) = [each for each in services.desk.snapshot.introductions if each.introduced is not None]
    services.erasure.erase(Subject(SubjectKind.SUPPORTER, holder.supporter), services.desk.today)
    waiting = services.erasure.letters()
    screen.refresh(Touched(network=True))
    desk.rest()
    (told,) = [each for each in rows(screen) if each.line.chip == "to tell"]
    assert told.line.title.startswith(f"{len(waiting)} letter")
    assert told.line.place == ("duties", DUE, "")
    for number in waiting:
        services.erasure.letter_sent(number)
    screen.refresh(Touched(network=True))
    desk.rest()
    assert "to tell" not in [each.line.chip for each in rows(screen)]
