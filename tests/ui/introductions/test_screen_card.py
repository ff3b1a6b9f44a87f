"""The card before it leaves: the very bytes, what leaves and why, and only after the whole address was seen."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from peermatch.model.consent import Purpose
from peermatch.model.introduction import State
from peermatch.ui.screens.card_views import for_the_viewer, read_mail, views
from tests.ui.introduction_office import AGREED, DAY, Ways, at, screen_of, state, words_on
from tests.ui.sample_office import Bench

# The card.


def test_the_preview_shows_what_leaves_and_what_stays(look: Bench) -> None:
    screen = at(look, AGREED)
    said = words_on(screen.pane.card)
    assert "one person, the trainee of E-0137 · r.finnegan@example.org" in screen.pane.card.to.words()
    assert "First name and pronouns" in said
    assert "consent of 23 Sep 2026, wording 2026-1" in said
    assert "Surname" in screen.pane.card.leaves._stays.words()
    assert "Lucy" in screen.pane.card.page.shown()
    assert "Entwistle" not in said + screen.pane.card.page.shown()


def test_every_view_shows_the_very_bytes(look: Bench) -> None:
    screen = at(look, AGREED)
    preview = screen.at_hand.preview
    assert preview is not None
    data = {file.format: file.data for file in preview.files}
    mail = read_mail(data["eml"])
    assert screen.pane.card.view_keys() == ("look", "plain", "vcf", "page")
    screen.pane.card.show_view("plain")
    assert screen.pane.card.page.shown().split() == mail.plain.split()
    screen.pane.card.show_view("vcf")
    assert screen.pane.card.page.shown().split() == data["vcf"].decode().split()
    assert mail.recipients == (preview.recipient,)


def test_the_viewer_changes_no_word(look: Bench) -> None:
    preview = look.services.handing_out.preview(*AGREED, DAY)
    page = read_mail(next(f.data for f in preview.files if f.format == "eml")).page
    as_it_is, as_shown = QTextDocument(), QTextDocument()
    as_it_is.setHtml(page)
    as_shown.setHtml(for_the_viewer(page))
    assert as_shown.toPlainText().split() == as_it_is.toPlainText().split()
    assert [view.key for view in views(preview.files)] == ["look", "plain", "vcf", "page"]


def test_nothing_is_loaded_or_followed(look: Bench) -> None:
    page = at(look, AGREED).pane.card.page
    assert page.loadResource(2, QUrl("https://example.org/pixel.png")) is None
    assert not page.openLinks()


def test_opening_the_mail_hands_over_one_private_draft(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    seen = screen.at_hand.preview
    assert seen is not None
    screen.pane.card.open.click()
    desk.rest()
    (path,) = ways.opened
    assert path.suffix == ".eml"
    assert ways.held == [next(file.data for file in seen.files if file.format == "eml")]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert state(desk, AGREED) is State.INTRODUCED
    assert screen.banner.kind == "success"
    assert desk.actions(AGREED[0])[0] == "card"
    assert screen.window().focusWidget() is screen.list.list  # it stays at the enquiry
    assert screen.list.list.current().startswith(AGREED[0])


def test_saving_writes_the_very_files_that_were_shown(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    seen = screen.at_hand.preview
    assert seen is not None
    screen.pane.card.save.click()
    desk.rest()
    assert ways.folder is not None
    assert {p.name: p.read_bytes() for p in ways.folder.iterdir()} == {f.name: f.data for f in seen.files}
    assert "Saved: " in screen.banner.sentence()
    assert state(desk, AGREED) is State.INTRODUCED


def test_choosing_no_folder_does_nothing(desk: Bench, ways: Ways) -> None:
    ways.folder = None
    screen = at(desk, AGREED)
    screen.pane.card.save.click()
    desk.rest()
    assert state(desk, AGREED) is State.AGREED
    assert screen.pane.card.isEnabled()


def test_consent_that_is_withdrawn_meanwhile_stops_the_card(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    desk.services.consent.withdraw(AGREED[1], Purpose.CONTACT_PHONE, None, DAY)
    screen.pane.card.save.click()
    desk.rest()
    assert screen.banner.kind == "error"
    assert ways.folder is not None
    assert not ways.folder.exists() or list(ways.folder.iterdir()) == []
    assert state(desk, AGREED) is State.AGREED
    assert "07700" not in screen.pane.card.page.shown()


def test_no_card_without_a_way_to_reach_the_supporter(desk: Bench) -> None:
    screen = screen_of(desk)
    for purpose in (Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE):
        desk.services.consent.withdraw(AGREED[1], purpose, None, DAY)
    screen.refresh(desk.services.consent.withdraw(AGREED[1], Purpose.CONTACT_ROLE, None, DAY).done.touched)
    at(desk, AGREED)
    assert screen.pane.refused.isVisible()
    assert not screen.pane.card.isVisible()
    assert screen.banner.isVisible()


def test_the_card_can_be_shown_again_after_it_was_sent(desk: Bench) -> None:
    screen = at(desk, AGREED)
    screen.pane.card.save.click()
    desk.rest()
    assert not screen.pane.card.isVisible()
    screen.pane.button("again").click()
    desk.rest()
    assert screen.pane.card.isVisible()
    assert screen.pane.card.open.isEnabled()
