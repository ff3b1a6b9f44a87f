"""The board of introductions, and the day on which the trainee said yes."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.introduction import State, Step
from peermatch.ui.screens.introduction_board import IntroductionBoard
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import ACCEPTED, AGREED, DAY, at, screen_of, words_on
from tests.ui.readable import problems
from tests.ui.sample_office import Bench


def board(desk: Bench) -> IntroductionBoard:
    screen = screen_of(desk)
    screen.list.which.set_current("board")
    screen.list.which.chosen.emit("board")
    desk.rest()
    assert screen.board.isVisible()
    return screen.board


def test_everything_in_hand_stands_in_the_column_of_its_state_with_its_clock(look: Bench) -> None:
    shown = board(look)
    in_hand = [i for i in look.services.desk.snapshot.introductions if i.in_hand]
    for state, stage in shown.stages.items():
        rows = stage.list.rows()
        assert {row.key for row in rows} == {
            f"{i.enquiry} {i.supporter}" for i in in_hand if i.state is state
        }
        assert all(row.chip for row in rows)
        assert stage.heading.words().endswith(f"· {len(rows)}")
    assert sum(len(stage.list.rows()) for stage in shown.stages.values()) == len(in_hand)
    assert problems(shown) == []


def test_arrows_go_across_and_enter_opens(look: Bench) -> None:
    shown = board(look)
    look.page.activateWindow()
    shown.take_focus()
    stages = [stage.list for stage in shown.stages.values() if stage.list.rows()]
    assert stages[0].hasFocus()
    QTest.keyClick(stages[0], Qt.Key.Key_Right)
    assert stages[1].hasFocus()
    assert stages[0].selectedIndexes() == []
    QTest.keyClick(stages[1], Qt.Key.Key_Left)
    QTest.keyClick(stages[0], Qt.Key.Key_Left)
    assert stages[0].hasFocus()
    wanted = stages[0].current()
    QTest.keyClick(stages[0], Qt.Key.Key_Return)
    look.rest()
    screen = screen_of(look)
    assert not shown.isVisible()
    assert " ".join(screen._key) == wanted
    assert screen.list.which.current() == "open"


def test_coming_from_what_is_over_the_list_beside_it_leads_nowhere_by_itself(look: Bench) -> None:
    screen = screen_of(look)
    screen.list.which.set_current("over")
    screen.list.which.chosen.emit("over")
    look.rest()
    shown = board(look)
    look.page.activateWindow()
    screen.list.list.setFocus(Qt.FocusReason.TabFocusReason)
    look.rest()
    assert shown.isVisible()
    assert screen.list.which.current() == "board"


def test_a_click_opens_too_and_names_are_covered(look: Bench, theme: Theme) -> None:
    shown = board(look)
    view = shown.stages[State.AGREED].list
    theme.cover.set_on(True)
    look.rest()
    people = look.services.desk.snapshot.supporters
    assert not [row for row in view.rows() if any(p.shown_name in row.summary for p in people.values())]
    where = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    look.rest()
    assert screen_of(look)._key == AGREED


def test_the_day_of_the_trainees_yes_is_shown_and_goes_with_undo(desk: Bench) -> None:
    screen = at(desk, ACCEPTED)
    done = desk.services.introductions.take(Step.ENQUIRER_AGREES, *ACCEPTED, DAY - timedelta(days=1))
    screen.refresh(done.touched)
    desk.rest()
    assert desk.services.introductions.agreed() == {ACCEPTED: DAY - timedelta(days=1)}
    assert screen.posts.agreed[ACCEPTED] == DAY - timedelta(days=1)
    said = words_on(screen.pane.steps)
    assert "Trainee said yes" in said
    assert "yesterday" in said or "19 Nov" in said
    undone = desk.services.upkeep.undo(done)
    assert desk.services.introductions.agreed() == {}
    desk.services.upkeep.redo(undone)
    assert desk.services.introductions.agreed() == {ACCEPTED: DAY - timedelta(days=1)}
