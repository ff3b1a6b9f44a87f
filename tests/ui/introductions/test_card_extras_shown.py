"""What a card may have beside the letter, wished for on the screen: shown before it leaves, or refused there."""

import email
import email.policy
from io import BytesIO
from urllib.parse import unquote

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from peermatch.errors import Refused
from peermatch.model.introduction import State
from peermatch.ui.screens.card_extras import typed_time
from peermatch.ui.screens.card_views import read_mail
from peermatch.ui.screens.introduction_card import NOT_READY
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.mail_mark_panel import MailMarkPanel
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import AGREED, ASKED, DAY, Ways, at, state, words_on
from tests.ui.sample_office import Bench


def file_of(screen: IntroductionsScreen, format: str) -> bytes:
    preview = screen.at_hand.preview
    assert preview is not None
    return next(file.data for file in preview.files if file.format == format)


def test_a_locked_page_and_a_time_are_shown_and_leave_as_they_were_shown(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    card, extras = screen.pane.card, screen.pane.card.extras
    extras.pdf.setChecked(True)
    desk.rest()
    assert card.view_keys() == ("look", "plain", "vcf", "page", "pdf")
    card.show_view("pdf")
    assert "lucy.entwistle@example.org" in card.page.shown()
    extras.lock.setChecked(True)
    extras.talk.setChecked(True)
    desk.rest()
    words = extras.words.text()
    assert len(words.split()) == 5
    assert extras.alone.isChecked()
    assert card.view_keys() == ("look", "plain", "pdf", "ics")
    card.show_view("plain")
    assert "lucy.entwistle@example.org" not in card.page.shown()
    assert "SUMMARY:Informal chat" in file_of(screen, "ics").decode()
    assert "20261127T183000" in file_of(screen, "ics").decode()
    assert [b.isEnabled() for b in (card.open, card.save, card.print, card.save_card)] == [
        True,
        True,
        False,
        False,
    ]
    assert not card.copy_plain.isEnabled(), "a copy takes no file along"
    assert not card.copy_page.isEnabled()
    assert screen.at_hand.preview is not None
    with pytest.raises(Refused, match="a copy takes no file"):
        desk.services.handing_out.hand_over_as_copy(screen.at_hand.preview, DAY)
    shown = file_of(screen, "eml")
    card.open.click()
    desk.rest()
    assert ways.held == [shown]
    assert words.encode() not in shown
    assert "phone or text message" in screen.banner.sentence()
    assert words in screen.banner.sentence()
    assert state(desk, AGREED) is State.INTRODUCED
    reader = PdfReader(BytesIO(attached_page(shown)))
    assert reader.decrypt(words)
    assert "Lucy" in reader.pages[0].extract_text()


def attached_page(letter: bytes) -> bytes:
    message = email.message_from_bytes(letter, policy=email.policy.default)
    found = next(part for part in message.iter_attachments() if part.get_content_type() == "application/pdf")
    payload = found.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def test_a_wish_that_cannot_be_kept_is_told_beside_it_and_nothing_can_leave(look: Bench) -> None:
    screen = at(look, AGREED)
    card, extras = screen.pane.card, screen.pane.card.extras
    extras.pdf.setChecked(True)
    extras.lock.setChecked(True)
    look.rest()
    for field, typed, said in (
        (extras.words, "too short", "too short"),
        (extras.words, "", "Write the words"),
    ):
        field.setText(typed)
        field.editingFinished.emit()
        look.rest()
        assert said in words_on(extras)
        assert not card.open.isEnabled()
        assert NOT_READY in words_on(card)
    extras.lock.setChecked(False)
    extras.talk.setChecked(True)
    look.rest()
    assert card.open.isEnabled()
    for field, typed, said in (
        (extras.at, "half six", "like 18:30"),
        (extras.at, "6.30 pm", ""),
        (extras.day, "1 Jan 2020", "must lie ahead"),
        (extras.day, "some day", "like 3 Mar"),
    ):
        field.setText(typed)
        field.editingFinished.emit()
        look.rest()
        assert said in words_on(extras)
        assert card.open.isEnabled() is (said == "")
    screen.open_at(*ASKED)
    at(look, AGREED)
    assert extras.plain
    assert extras.words.text() == ""
    assert card.open.isEnabled()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("18:30", "18:30"), ("6 pm", "18:00"), ("9.15", "09:15"), ("7", "07:00"), ("x", None)],
)
def test_times_are_read_as_people_write_them(typed: str, meant: str | None) -> None:
    found = typed_time(typed)
    assert (f"{found:%H:%M}" if found else None) == meant


@pytest.mark.parametrize("formatted", [False, True])
def test_the_letter_is_copied_and_that_is_recorded(desk: Bench, ways: Ways, formatted: bool) -> None:
    screen = at(desk, AGREED)
    mail = read_mail(file_of(screen, "eml"))
    card = screen.pane.card
    (card.copy_page if formatted else card.copy_plain).click()
    desk.rest()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == mail.plain
    assert (copied.html() == mail.page) is formatted
    QGuiApplication.clipboard().clear()
    assert state(desk, AGREED) is State.INTRODUCED
    assert desk.actions(AGREED[0])[0] == "card"
    assert ways.opened == []


def test_the_card_alone_is_saved(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    card = file_of(screen, "vcf")
    screen.pane.card.save_card.click()
    desk.rest()
    assert ways.folder is not None
    assert [each.read_bytes() for each in ways.folder.iterdir()] == [card]


def test_an_empty_message_has_the_address_and_the_subject_alone(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    screen.pane.card.begin.click()
    desk.rest()
    (link,) = ways.links
    subject = read_mail(file_of(screen, "eml")).subject
    assert unquote(link) == f"mailto:r.finnegan@example.org?subject={subject}"
    assert state(desk, AGREED) is State.AGREED
    ways.opens = False
    screen.pane.card.begin.click()
    assert screen.ways.unopened.offered


def test_the_mark_is_a_chip_that_can_be_taken_out_for_this_card(desk: Bench) -> None:
    marks, pair = desk.services.handing_out.marks, AGREED
    screen = at(desk, pair)
    mark = screen.pane.card.mark
    assert not mark.isVisible()
    desk.services.enquiries.set_safe_contact(pair[0], "")
    marks.use(["nhs.net"])
    screen.open_at(*ASKED)
    at(desk, pair)
    assert mark.chip.isVisible()
    assert read_mail(file_of(screen, "eml")).subject.startswith("[secure] Your message PM-")
    mark.chip.click()
    desk.rest()
    assert not mark.chip.isVisible()
    assert read_mail(file_of(screen, "eml")).subject.startswith("Your message PM-")
    mark.add.click()
    desk.rest()
    assert mark.chip.isVisible()


def test_the_page_on_e_mail_keeps_the_rule(desk: Bench, theme: Theme, qtbot: QtBot) -> None:
    panel = MailMarkPanel(desk.services, desk.tasks, theme)
    qtbot.addWidget(panel)
    panel.show()
    desk.rest()
    assert not panel.use.isChecked()
    assert not panel.free.isVisible()
    panel.use.setChecked(True)
    desk.rest()
    assert panel.free.isVisible()
    panel.free.setText("NHS.net; *.nhs.uk")
    panel.free.editingFinished.emit()
    desk.rest()
    assert panel.free.text() == "nhs.net, nhs.uk"
    assert desk.services.handing_out.marks.free() == ("nhs.net", "nhs.uk")
    panel.free.setText("not one")
    panel.free.editingFinished.emit()
    desk.rest()
    assert "after the @" in panel.banner.sentence()
    panel.use.setChecked(False)
    desk.rest()
    assert desk.services.handing_out.marks.free() is None
