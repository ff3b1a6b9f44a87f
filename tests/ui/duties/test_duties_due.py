"""Due for erasure: a list with nothing ticked, a preview before anything goes, and keeping back with a reason."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.model.retention import Due, Item
from peermatch.services.office import Doors
from peermatch.services.sample import PASSPHRASE
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from peermatch.ui.screens.duties import DutiesScreen
from peermatch.ui.screens.duties_due import (
    CLOCK,
    ERASE,
    NOTHING,
    DuePanel,
)
from peermatch.ui.screens.duties_due_line import DueLine, Record, button_of, due_words
from peermatch.ui.theme import Theme
from tests.networks import clock
from tests.ui.duties.duty_office import (
    DUE_CARD,
    DUE_CASE,
    DUE_PERSON,
    RAVI,
    enquirer,
    press,
    screen_of,
    supporter,
    words_on,
)
from tests.ui.readable import problems
from tests.ui.real_networks import focused, opened
from tests.ui.sample_office import Bench, bench_on, sample


def panel(desk: Bench) -> DuePanel:
    return screen_of(desk).due


def line(desk: Bench, id: str) -> DueLine:
    parts = {**panel(desk).lines.parts(), **panel(desk).kept.parts()}
    found = parts[id]
    assert isinstance(found, DueLine)
    return found


def tick(desk: Bench, *ids: str) -> None:
    for id in ids:
        QTest.keyClick(line(desk, id).tick, Qt.Key.Key_Space)
    desk.rest()


def test_what_is_due_is_listed_with_the_reason_and_nothing_is_ticked(desk: Bench) -> None:
    assert tuple(panel(desk).lines.parts()) == (DUE_CASE, DUE_CARD, DUE_PERSON)
    assert "was closed on 2 March 2026" in words_on(line(desk, DUE_CASE))
    assert "due for 173 days" in words_on(line(desk, DUE_CASE))
    assert RAVI in words_on(line(desk, DUE_PERSON))
    assert panel(desk).ticked() == ()
    assert panel(desk).erase_button.text() == ERASE
    assert not panel(desk).erase_button.isEnabled()
    assert screen_of(desk).count() == "3"
    assert focused() is line(desk, DUE_CASE).tick


def test_the_button_says_what_it_would_do(desk: Bench) -> None:
    tick(desk, DUE_PERSON)
    assert panel(desk).erase_button.text() == f"Erase {DUE_PERSON}'s record"
    tick(desk, DUE_CASE)
    assert panel(desk).erase_button.text() == "Erase 2 records"
    tick(desk, DUE_PERSON)
    assert panel(desk).erase_button.text() == f"Erase {DUE_CASE} and who wrote it"
    assert panel(desk).ticked() == (enquirer(DUE_CASE),)


def test_before_anything_goes_it_is_told_what_goes_what_stays_and_whom_to_tell(desk: Bench) -> None:
    tick(desk, DUE_CARD)
    press(desk, panel(desk).erase_button)
    form = panel(desk).form
    told = form.lines()
    assert form.isVisible()
    for heading in ("What goes", "What stays, and why", "Whom to tell", "Backups that still hold it"):
        assert heading in told
    assert any("S-0001 was introduced to them" in each for each in told)
    assert any(each.startswith("Until 20 December 2026 at the latest") for each in told)
    assert focused() is form.cancel
    assert DUE_CARD in desk.services.desk.snapshot.enquiries
    QTest.keyClick(form, Qt.Key.Key_Escape)
    desk.rest()
    assert not form.isVisible()
    assert form.lines() == []
    assert panel(desk).ticked() == (enquirer(DUE_CARD),)


def test_two_records_are_erased_in_one_step(desk: Bench) -> None:
    tick(desk, DUE_CASE, DUE_PERSON)
    press(desk, panel(desk).erase_button)
    assert any(each.startswith(f"{DUE_PERSON} Ravi") for each in panel(desk).form.lines())
    press(desk, panel(desk).form.confirm)
    assert desk.notices == ["2 records are erased. A letter is ready to send. A new backup is made."]
    assert tuple(panel(desk).lines.parts()) == (DUE_CARD,)
    assert not panel(desk).form.isVisible()
    assert DUE_PERSON not in desk.services.desk.snapshot.supporters
    assert screen_of(desk).count() == "2"  # one is due, and one letter waits to be sent
    assert desk.services.upkeep.check().damage == ()
    assert focused() is line(desk, DUE_CARD).tick


def test_names_are_covered_in_the_list_and_in_the_preview(desk: Bench, theme: Theme) -> None:
    tick(desk, DUE_CASE, DUE_PERSON)
    press(desk, panel(desk).erase_button)
    assert "Ravi" in words_on(panel(desk))
    theme.cover.set_on(True)
    desk.rest()
    assert "Ravi" not in words_on(panel(desk))
    theme.cover.set_on(False)


def test_a_record_is_kept_back_with_a_reason_and_a_last_day(desk: Bench) -> None:
    press(desk, line(desk, DUE_PERSON).keep)
    form = panel(desk).keep
    QTest.keyClicks(form.until, "1 Nov 2026")
    press(desk, form.confirm)
    assert form.fields["reason"].error() == "Say why, for whoever reads it later."
    assert form.fields["until"].error() == "This day has passed already."
    QTest.keyClicks(form.reason, "A complaint is open")
    form.until.set_day(date(2027, 3, 1))
    QTest.keyClick(form.until, Qt.Key.Key_Return)
    desk.rest()
    assert desk.notices == [f"{DUE_PERSON} is kept back until 1 March 2027."]
    assert tuple(panel(desk).kept.parts()) == (DUE_PERSON,)
    kept = words_on(line(desk, DUE_PERSON))
    assert "Kept back since 20 November 2026 until 1 March 2027: A complaint is open" in kept
    assert not line(desk, DUE_PERSON).tick.isVisible()
    assert screen_of(desk).count() == "2"


def test_what_was_kept_back_is_let_go_again(desk: Bench) -> None:
    today = desk.services.desk.today
    desk.services.retention.keep_back(supporter(DUE_PERSON), "A complaint is open", None, today)
    panel(desk).look()
    desk.rest()
    press(desk, line(desk, DUE_PERSON).release)
    assert desk.notices == [f"{DUE_PERSON} is no longer kept back."]
    assert panel(desk).kept.parts() == {}
    assert DUE_PERSON in panel(desk).lines.parts()


def test_whoever_goes_elsewhere_leaves_no_preview_behind(desk: Bench) -> None:
    tick(desk, DUE_PERSON)
    press(desk, panel(desk).erase_button)
    screen_of(desk).open_at("changeover")
    desk.rest()
    assert panel(desk).form.lines() == []
    assert panel(desk).form.isHidden()


def test_a_clock_that_jumped_is_asked_about_before_anything_goes(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    folder = sample(tmp_path)
    folder.lock()
    doors = Doors(load_shipped(), lambda: clock() + timedelta(days=60), cost=LEAST)
    services = doors.open(folder.folder, PASSPHRASE)
    with bench_on(services, lambda held, tasks: DutiesScreen(held, tasks, theme)) as made:
        tick(made, DUE_CASE)
        press(made, panel(made).erase_button)
        press(made, panel(made).form.confirm)
        form = panel(made).form
        assert "Nothing was erased" in form.banner.sentence()
        assert CLOCK in words_on(form)
        form.banner.acted.emit()
        made.rest()
        assert form.isVisible()
        assert not form.banner.isVisible()
        press(made, form.confirm)
        assert made.notices[-1].startswith(f"{DUE_CASE} is erased.")
    services.lock()


def test_where_nothing_is_due_it_says_so(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    services = opened(tmp_path)
    with bench_on(services, lambda held, tasks: DutiesScreen(held, tasks, theme)) as made:
        made.rest()
        assert NOTHING in words_on(panel(made).empty)
        assert screen_of(made).count() == ""
        assert problems(made.page) == []
    services.lock()


DAY = date(2026, 11, 20)


def test_what_is_left_of_somebody_erased_is_named_so() -> None:
    log = Due(enquirer("E-0001"), Item.INTRODUCTIONS, DAY, DAY, "It is old.")
    assert button_of([Record(log.subject, (log,))]) == "Erase what is left of E-0001"
    person = Due(supporter("S-0001"), Item.VOLUNTEER, DAY, DAY, "Consent ended.")
    assert button_of([Record(person.subject, (person,))]) == "Erase S-0001's record"


def test_days_in_words() -> None:
    assert [due_words(DAY - timedelta(days=n), DAY) for n in (0, 1, 30)] == [
        "due today",
        "due for 1 day",
        "due for 30 days",
    ]
