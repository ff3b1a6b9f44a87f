"""The first reply: opened from the letter or from Today, hidden address, one note, and no second one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.changes import Touched
from peermatch.model.posted import Posted
from peermatch.services.step_letters import Case
from peermatch.ui.screens.enquiries import EnquiriesScreen
from tests.ui.enquiry_office import confirm
from tests.ui.readable import problems
from tests.ui.sample_office import HERO, Bench

WAITING = "E-0139"


def screen_of(desk: Bench) -> EnquiriesScreen:
    assert isinstance(desk.screen, EnquiriesScreen)
    return desk.screen


def readable(screen: EnquiriesScreen) -> bool:
    """Whether the whole address can be read."""
    return screen.reply.sheet.to.in_sight


def opened(desk: Bench) -> EnquiriesScreen:
    screen = screen_of(desk)
    screen.open_at(f"reply:{WAITING}")
    desk.rest()
    return screen


def test_today_leads_to_the_letter_ready_to_be_copied(desk: Bench) -> None:
    screen = opened(desk)
    assert screen.reference == WAITING
    assert screen.reply.isVisible()
    assert "Responsible for what we keep: The Example Deanery." in screen.reply.sheet.letter.toPlainText()
    assert screen.reply.sent.isEnabled()
    assert problems(desk.page) == []
    screen.reply.close_button.click()
    assert not screen.reply.isVisible()
    assert desk.notices == []


def test_the_address_is_hidden_until_it_is_asked_for(desk: Bench) -> None:
    screen = opened(desk)
    assert not readable(screen)
    screen.reply.sheet.to.button.click()
    desk.rest()
    assert readable(screen)
    assert desk.actions(WAITING)[0] == "reveal"
    screen.leave()
    assert not readable(screen)


def test_what_was_sent_is_noted_and_not_offered_again(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.choose(WAITING)
    desk.services.letters.written()
    assert screen.pane.write_back.isVisible()
    screen.pane.write_back.click()
    desk.rest()
    QTest.keyClick(screen.reply.sent, Qt.Key.Key_Space)
    desk.rest()
    assert desk.notices == [f"Noted: {WAITING} had its first reply."]
    assert Posted.ACKNOWLEDGEMENT in desk.services.letters.known[WAITING, ""]
    assert screen.top_items().note == "received by e-mail, Mon 16 Nov · first reply Fri 20 Nov"
    assert not screen.reply.isVisible()
    assert not screen.pane.write_back.isVisible()


def test_it_is_offered_only_where_somebody_waits_for_it(desk: Bench) -> None:
    screen = screen_of(desk)
    offered = {}
    for reference in ("E-0137", WAITING, "E-0140"):
        screen.choose(reference)
        offered[reference] = screen.pane.write_back.isVisible()
    assert offered == {"E-0137": False, WAITING: True, "E-0140": False}


def test_asking_a_supporter_is_no_reply_to_the_trainee(desk: Bench) -> None:
    screen = confirm(desk)
    asked = desk.services.introductions.ask(HERO, "S-0001", desk.services.desk.today)
    screen.refresh(asked.touched)
    desk.rest()
    assert screen.pane.write_back.isVisible()
    assert "reply due by" in screen.top_items().note
    sent = desk.services.letters.acknowledged(HERO, desk.services.desk.today)
    screen.refresh(sent.touched)
    desk.rest()
    assert not screen.pane.write_back.isVisible()
    assert "reply due by" not in screen.top_items().note
    assert "first reply" in screen.top_items().note


def test_another_letter_to_the_trainee_is_a_word_as_well(desk: Bench) -> None:
    screen = confirm(desk)
    desk.services.letter_texts.by_hand.note("still-looking", Case(HERO, ""), desk.services.desk.today)
    screen.refresh(Touched(enquiries=frozenset({HERO})))
    desk.rest()
    assert not screen.pane.write_back.isVisible()


def test_a_new_letter_can_be_begun_from_elsewhere(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.open_at("new")
    assert screen.pane.new.isVisible()


def test_services_that_somebody_chose_stand_in_the_letter_and_leave_it_again(desk: Bench) -> None:
    reply = opened(desk).reply
    QTest.keyClicks(reply.services.finder.line, "cruse")
    QTest.keyClick(reply.services.finder.line, Qt.Key.Key_Return)
    desk.rest()
    assert "- Cruse Bereavement Support: 0808 808 1677" in reply.sheet.letter.toPlainText()
    assert reply.services.finder.line.hasFocus()
    first = reply.fitting.chip(reply.fitting.keys()[0])
    assert first is not None
    assert first.words().startswith("+ ")
    QTest.keyClick(first, Qt.Key.Key_Space)
    desk.rest()
    assert first.words().removeprefix("+ ") in reply.sheet.letter.toPlainText()
    assert len(reply.services.keys()) == 2
    assert problems(desk.page) == []
    QTest.keyClick(reply.sent, Qt.Key.Key_Space)
    desk.rest()
    assert desk.actions(WAITING)[0] == "acknowledge"
    screen_of(desk).choose(WAITING)
    reply.open_for(desk.services.desk.snapshot.enquiry("E-0141"), in_sight=False)
    desk.rest()
    assert reply.services.keys() == (), "the next letter begins without them"
    assert "Cruse" not in reply.sheet.letter.toPlainText()
