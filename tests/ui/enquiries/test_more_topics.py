"""What comes next in rank: folded below what the letter suggests, for whoever asks, and never chosen by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from peermatch.model.enquiry import Importance, Need
from peermatch.ui.screens.enquiry_intake import Source
from peermatch.ui.screens.enquiry_topics import MoreTopics
from peermatch.ui.theme import Scheme, Theme
from tests.ui.enquiry_office import HELD, screen_of
from tests.ui.readable import problems
from tests.ui.sample_office import HERO, Bench

SEVERAL = 11
"""The sample letter below whose suggestions most topics come next."""


def receive(desk: Bench) -> MoreTopics:
    screen = screen_of(desk)
    screen.take_in((Source("letter.eml", raw=desk.letters()[SEVERAL]),))
    desk.rest()
    assert screen.reference == HERO
    return screen.pane.needs.more


def next_in_rank(desk: Bench) -> list[str]:
    """The keys of what the letter has besides what is shown."""
    proposal = desk.services.enquiries.draft(desk.letters()[SEVERAL]).proposal
    return [f"topic:{topic.characteristic}" for topic in proposal.more]


def unfold(desk: Bench) -> MoreTopics:
    more = receive(desk)
    more.line.click()
    desk.rest()
    return more


def test_folded_it_is_a_line_with_their_number(desk: Bench) -> None:
    more = receive(desk)
    many = len(next_in_rank(desk))
    assert many >= 3
    assert more.line.isVisible()
    assert more.line.text() == f"More that may fit ({many})"
    heard = QAccessible.queryAccessibleInterface(more.line)
    assert heard.text(QAccessible.Text.Name) == f"More that may fit ({many})"
    assert "Nothing is chosen" in heard.text(QAccessible.Text.Description)
    assert more.keys() == ()


def test_a_press_brings_them_in_order_and_another_puts_them_away(desk: Bench) -> None:
    more = unfold(desk)
    wanted = next_in_rank(desk)
    assert list(more.keys()) == wanted
    assert all(chip.isVisible() for chip in more.widgets())
    assert desk.services.desk.snapshot.enquiries[HERO].needs == ()
    assert more.line.text() == f"Hide what may fit ({len(wanted)})"
    more.line.click()
    desk.rest()
    assert more.keys() == ()
    assert more.line.text().startswith("More that may fit")


def test_it_works_with_the_keyboard_and_adds_what_is_pressed(desk: Bench) -> None:
    more, screen = receive(desk), screen_of(desk)
    first, second, *_ = next_in_rank(desk)
    desk.page.activateWindow()
    screen.pane.needs.add.setFocus()
    QTest.keyClick(screen.pane.needs.add, Qt.Key.Key_Tab)
    assert more.line.hasFocus()
    QTest.keyClick(more.line, Qt.Key.Key_Return)
    desk.rest()
    QTest.keyClick(more.line, Qt.Key.Key_Tab)
    chip = more.chip(first)
    assert chip is not None
    assert chip.hasFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    desk.rest()
    added = first.removeprefix("topic:")
    assert desk.services.desk.snapshot.enquiries[HERO].needs == (Need(added, Importance.HELPFUL),)
    assert screen.pane.needs.chips.chip(f"need:{added}") is not None
    assert first not in more.keys()  # noqa: SIM118  # a widget's method, no dictionary
    following = more.chip(second)
    assert following is not None
    assert following.hasFocus()
    assert more.line.text() == f"Hide what may fit ({len(next_in_rank(desk)) - 1})"


def test_what_is_taken_away_again_stands_there_as_before(desk: Bench) -> None:
    more, screen = unfold(desk), screen_of(desk)
    wanted = next_in_rank(desk)
    more.pressed.emit(wanted[1])
    desk.rest()
    assert list(more.keys()) == [wanted[0], *wanted[2:]]
    screen.pane.needs.chips.removed.emit(wanted[1].replace("topic:", "need:"))
    desk.rest()
    assert list(more.keys()) == wanted


def test_once_all_are_chosen_the_line_is_gone(desk: Bench) -> None:
    more = unfold(desk)
    for key in next_in_rank(desk):
        more.pressed.emit(key)
        desk.rest()
    assert not more.isVisible()


def test_another_letter_begins_folded_and_a_plain_one_has_no_line(desk: Bench) -> None:
    more, screen = unfold(desk), screen_of(desk)
    screen.choose(HELD)
    desk.rest()
    screen.choose(HERO)
    desk.rest()
    assert more.line.text().startswith("More that may fit")
    assert more.keys() == ()
    silent = next(e.reference for e in desk.services.desk.snapshot.enquiries.values() if not e.letter)
    screen.choose(silent)
    desk.rest()
    assert not more.isVisible()


def test_covered_they_do_not_quote_the_letter(desk: Bench, theme: Theme) -> None:
    more = unfold(desk)

    def said() -> str:
        return " ".join(f"{chip.toolTip()} {chip.accessibleDescription()}" for chip in more.widgets())

    assert "The nearest words are “" in said()
    assert "The letter says" not in said()
    theme.cover.set_on(True)
    assert "“" not in said()
    theme.cover.set_on(False)
    assert "The nearest words are “" in said()


@pytest.mark.parametrize(
    ("size", "scheme", "percent"),
    [((1232, 844), Scheme.LIGHT, 100), ((928, 506), Scheme.DARK, 100), ((928, 506), Scheme.LIGHT, 150)],
)
def test_they_can_be_read_at_every_size(
    desk: Bench, theme: Theme, size: tuple[int, int], scheme: Scheme, percent: int
) -> None:
    theme.choose(scheme)
    theme.set_scale(percent)
    desk.page.resize(*size)
    more = unfold(desk)
    assert problems(desk.page) == []
    room = more.width()
    assert all(chip.geometry().right() < room for chip in more.widgets())
