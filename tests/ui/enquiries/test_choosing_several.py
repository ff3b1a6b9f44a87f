"""Choosing several enquiries in the queue, by mouse and by keyboard, and putting them away in one step."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.enquiry import EnquiryStatus
from peermatch.services.enquiries import Aside
from peermatch.ui.screens.enquiry_several import HOW, SeveralBar
from tests.ui.enquiry_office import HELD, screen_of
from tests.ui.readable import problems
from tests.ui.sample_office import Bench

LETTER = "From: Kim <k{n}@example.org>\n\nNumber {n}: we sell pens."


def post(desk: Bench, count: int = 3) -> tuple[str, ...]:
    drafts = tuple(desk.services.enquiries.draft(LETTER.format(n=n).encode()) for n in range(count))
    received, done = desk.services.enquiries.receive_all(drafts, desk.services.desk.today)
    screen_of(desk).refresh(done.touched)
    desk.rest()
    return tuple(each.reference for each in received)


def begin(desk: Bench) -> SeveralBar:
    bar = screen_of(desk).queue.several
    desk.page.activateWindow()
    bar.start.click()
    desk.rest()
    assert bar.on
    assert not screen_of(desk).plan_offer.isVisible()
    return bar


def tick(desk: Bench, reference: str) -> None:
    view = screen_of(desk).queue.list
    number = [row.key for row in view.rows()].index(reference)
    view.scrollTo(view.model().index(number, 0))
    where = view.visualRect(view.model().index(number, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.rest()


def test_several_are_ticked_and_closed_as_spam_in_one_step(desk: Bench) -> None:
    screen, spam = screen_of(desk), post(desk)
    bar, view = begin(desk), screen.queue.list
    assert bar.chosen.words() == HOW
    assert not bar.spam.isEnabled()
    for reference in spam:
        tick(desk, reference)
    assert view.picks() == spam
    assert screen.reference == spam[-1]
    assert bar.chosen.words() == "3 chosen"
    assert "chosen" in view._rows.spoken(view.rows()[-1])
    assert problems(screen.queue) == []
    bar.spam.click()
    desk.rest()
    assert desk.notices[-1] == "3 enquiries are closed: spam."
    assert not bar.on
    statuses = {desk.services.desk.snapshot.enquiries[r].status for r in spam}
    assert statuses == {EnquiryStatus.CLOSED}


def test_the_keyboard_is_enough_and_escape_does_nothing(desk: Bench) -> None:
    screen, spam = screen_of(desk), post(desk, 2)
    bar, view = begin(desk), screen.queue.list
    assert view.hasFocus()
    view.set_current(spam[0])
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_J)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.picks() == spam
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.picks() == spam[:1]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    desk.rest()
    assert not bar.on
    assert view.picks() == ()
    assert desk.notices == []


def test_a_refusal_keeps_what_was_ticked(desk: Bench) -> None:
    screen, spam = screen_of(desk), post(desk, 1)
    bar = begin(desk)
    tick(desk, spam[0])
    tick(desk, HELD)
    bar.beyond.click()
    desk.rest()
    assert f"{HELD} may need help today" in screen.banner.sentence()
    assert set(screen.queue.list.picks()) == {spam[0], HELD}
    assert bar.on


def test_what_has_left_the_queue_is_no_longer_chosen(desk: Bench) -> None:
    screen, spam = screen_of(desk), post(desk, 2)
    begin(desk)
    tick(desk, spam[0])
    tick(desk, spam[1])
    screen.refresh(desk.services.enquiries.set_aside(spam[:1], Aside.HOLD).touched)
    desk.rest()
    assert screen.queue.list.picks() == spam[1:]
