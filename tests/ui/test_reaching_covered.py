"""How to reach an enquirer safely is a private word: dots for eye and ear while names are covered (F8)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from peermatch.services.office import Services
from peermatch.ui.cover import DOTS
from peermatch.ui.screen import Screen
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.finder import EditableText
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.recipient_line import RecipientLine
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from tests.ui.access.heard import heard
from tests.ui.introduction_office import AGREED, DAY, SENT, at
from tests.ui.sample_office import HERO, Bench, bench

LETTER = b"From: Robin Vale <robin@example.org>\nSubject: Help\n\nI have ADHD. Please do not ring me at work."
WAY = "Ring the ward at night"


@pytest.fixture(params=[EnquiriesScreen, IntroductionsScreen])
def desk(qtbot: object, theme: Theme, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    def make(services: Services, tasks: Tasks) -> Screen:
        screen: Screen = request.param(services, tasks, theme)
        return screen

    with bench(tmp_path, make) as made:
        for reference in (AGREED[0], SENT[0]):
            made.screen.refresh(made.services.enquiries.set_safe_contact(reference, WAY).touched)
        yield made


def told(top: QWidget) -> str:
    """Everything that can be read or heard: what a field holds, what stands on a label, what is said of each part."""
    labels = [label.text() for label in top.findChildren(QLabel) if label.isVisible()]
    fields = [line.displayText() for line in top.findChildren(QLineEdit) if line.isVisible()]
    return "\n".join((*labels, *fields, *(f"{each.name} {each.description}" for each in heard(top))))


def covered_and_back(desk: Bench, theme: Theme) -> None:
    assert WAY in told(desk.page)
    theme.cover.set_on(True)
    desk.rest()
    assert WAY not in told(desk.page)
    assert DOTS in told(desk.page)
    theme.cover.set_on(False)
    desk.rest()
    assert WAY in told(desk.page)


def test_it_is_covered_wherever_it_stands(desk: Bench, theme: Theme) -> None:
    if isinstance(desk.screen, IntroductionsScreen):
        for pair in (AGREED, SENT):
            at(desk, pair)
            covered_and_back(desk, theme)
    else:
        desk.screen.open_at(AGREED[0])
        desk.rest()
        covered_and_back(desk, theme)


def test_a_screen_that_comes_up_covered_shows_nothing_of_it(desk: Bench, theme: Theme) -> None:
    theme.cover.set_on(True)
    desk.screen.open_at(AGREED[0])
    desk.rest()
    assert WAY not in told(desk.page)


def test_it_is_covered_while_it_is_being_written_and_nothing_is_lost(qtbot: QtBot, theme: Theme) -> None:
    text = EditableText(theme, name="How to reach them safely", nothing="Not said.", private=True)
    qtbot.addWidget(text)
    text.show()
    text.set_value("")
    theme.cover.set_on(True)
    assert "Not said." in told(text), "that nothing is said is no secret, and has to be seen"
    text.set_value(WAY)
    text.change.click()
    text.line.setText(f"{WAY} only")
    assert WAY not in told(text)
    assert text.line.text() == f"{WAY} only"
    theme.cover.set_on(False)
    assert f"{WAY} only" in told(text)
    plain = EditableText(theme, name="Where they live or work", nothing="not known")
    qtbot.addWidget(plain)
    plain.show()
    plain.set_value("Leeds")
    theme.cover.set_on(True)
    assert "Leeds" in told(plain)


def test_what_the_letter_says_of_it_is_covered_as_an_offer_too(
    qtbot: object, theme: Theme, tmp_path: Path
) -> None:
    with bench(tmp_path, lambda services, tasks: EnquiriesScreen(services, tasks, theme)) as made:
        screen = made.screen
        assert isinstance(screen, EnquiriesScreen)
        received = made.services.enquiries.receive(made.services.enquiries.draft(LETTER), DAY)
        screen.refresh(received.done.touched)
        made.services.enquiries.set_safe_contact(HERO, "")
        screen.refresh(received.done.touched)
        screen.open_at(HERO)
        made.rest()
        draft = made.services.enquiries.reading(HERO)
        assert draft is not None
        said = draft.proposal.safe_contact
        assert said
        assert said in told(screen.pane.safe_offer)
        theme.cover.set_on(True)
        assert said not in told(screen.pane.safe_offer)
        theme.cover.set_on(False)
        screen.pane.safe_offer.chip(said).click()  # type: ignore[union-attr]  # it is there
        made.rest()
        assert screen.pane.safe.value() == said


def test_beside_an_address_both_are_covered(qtbot: QtBot, theme: Theme) -> None:
    line = RecipientLine(theme)
    qtbot.addWidget(line)
    line.show()
    line.show_recipient("the trainee", "robin@example.org", shown=True, safe=WAY)
    assert WAY in told(line)
    theme.cover.set_on(True)
    assert WAY not in told(line)
    assert "robin" not in told(line)
    line.show_recipient("the trainee", "robin@example.org", shown=True)
    assert "safely" not in told(line)
