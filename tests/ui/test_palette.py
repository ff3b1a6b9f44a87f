"""The palette: everything is a few letters away, nothing that is hidden comes with it, and it goes as it came."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.consent import Purpose
from peermatch.services.office import Services
from peermatch.services.search import Place, Sort
from peermatch.ui.cover import DOTS
from peermatch.ui.palette import MOST_OF_A_SORT, NOTHING, Palette
from peermatch.ui.palette_goals import places
from peermatch.ui.palette_rows import IN_TEXTS, LATELY, Lines
from peermatch.ui.palette_steps import LOCK
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE
from tests.ui.readable import problems
from tests.ui.real_networks import doors, focused, settled, wait_until

CROWD = tuple(
    replace(
        AMINA, id=f"S-{n:04d}", name=f"Amina Number {n}", known_as=None, email=f"a{n}@example.org", notes=""
    )
    for n in range(10, 20)
)
NOTED = replace(AMINA, notes="Likes walking in Bangor; was told of her ADHD late.")
TALKING = replace(NETWORK, supporters=(NOTED, *NETWORK.supporters[1:], *CROWD))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network that is only looked at, but for the last test."""
    place = tmp_path_factory.mktemp("palette") / "n.peermatch"
    made = doors().create(place, TALKING, PASSPHRASE, with_recovery=False).services
    made.introductions.ask("E-0142", "S-0001", DAY)
    yield made
    made.lock()


class Room:
    """A page with a button on it, and the palette over both."""

    def __init__(self, qtbot: QtBot, services: Services, theme: Theme) -> None:
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.button = QPushButton("Below")
        QVBoxLayout(self.page).addWidget(self.button)
        self.page.resize(1024, 700)
        self.palette = Palette(services, Tasks(AtOnce()), theme, self.page)
        self.gone: list[tuple[str, str, str]] = []
        self.done: list[str] = []
        self.palette.go.connect(lambda *where: self.gone.append(where))
        self.palette.command.connect(self.done.append)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.button.setFocus()

    def type(self, typed: str) -> list[str]:
        """The titles of what is found once letters and notes were looked through too."""
        self.palette.open()
        self.palette.line.clear()
        QTest.keyClicks(self.palette.line, typed)
        wait_until(lambda: not self.palette._pause.isActive())
        settled(self.page)
        return [row.title for row in self.palette.shown()]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(focused(), key)
        settled(self.page)

    def headings(self) -> list[str]:
        return [row.heading for row in self.palette.shown() if row.heading]


@pytest.fixture
def room(qtbot: QtBot, services: Services, theme: Theme) -> Room:
    return Room(qtbot, services, theme)


def test_it_comes_up_empty_with_every_screen_and_goes_back_with_esc(room: Room) -> None:
    room.palette.open()
    settled(room.page)
    assert focused() is room.palette.line
    titles = [row.title for row in room.palette.shown()]
    assert titles[: len(SCREENS)] == [place.title for place, _ in SCREENS]
    assert room.headings() == ["Go to", "Do"]
    room.press(Qt.Key.Key_Escape)
    assert room.palette.isHidden()
    assert focused() is room.button


def test_people_are_found_and_opened_by_keyboard_alone(room: Room) -> None:
    titles = room.type("amina rah")
    assert titles[0] == "Amina Rahman"
    room.press(Qt.Key.Key_Return)
    assert room.gone == [("supporters", "", "S-0001")]
    assert room.palette.isHidden()
    assert room.palette.line.text() == ""
    assert room.palette.shown() == ()


def test_the_arrows_walk_while_the_line_keeps_the_focus(room: Room) -> None:
    room.type("142")
    assert room.palette.view.current() == room.palette.shown()[0].key
    room.press(Qt.Key.Key_Down)
    assert focused() is room.palette.line
    assert room.palette.view.current() == room.palette.shown()[1].key
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Up):
        room.press(key)
    assert room.palette.view.current() == room.palette.shown()[0].key
    room.press(Qt.Key.Key_Return)
    assert room.gone == [("enquiries", "E-0142", "")]


def test_tab_stays_within(room: Room) -> None:
    room.type("amina")
    room.press(Qt.Key.Key_Tab)
    assert focused() is room.palette.view
    room.press(Qt.Key.Key_Tab)
    assert focused() is room.palette.line
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Escape)
    assert focused() is room.button


def test_each_sort_leads_where_it_belongs(room: Room) -> None:
    cases = {
        "E-0142 amina": ("introductions", "E-0142", "S-0001"),
        "dyslexia": ("supporters", "topic:neuro.dyslexia", ""),
        "backups": ("settings", "backups", ""),
        "journal": ("journal", "", ""),
        "bangor": ("supporters", "", "S-0001"),
        "diagnosed in august": ("enquiries", "E-0142", ""),
    }
    for typed, where in cases.items():
        room.type(typed)
        room.press(Qt.Key.Key_Return)
        assert room.gone[-1] == where, typed
    room.type("lock")
    room.press(Qt.Key.Key_Return)
    assert room.done == [LOCK]


def test_words_of_letters_and_notes_are_found_last_with_the_piece_around_them(room: Room) -> None:
    room.type("adhd")
    assert room.headings()[-1] == IN_TEXTS
    pieces = [row.summary for row in room.palette.shown() if row.chip in ("notes", "letter")]
    assert "I was diagnosed with ADHD in August and failed an exam." in pieces
    assert any("told of her ADHD" in piece for piece in pieces)


def test_how_many_are_found_is_said_and_a_long_list_hides_no_other(room: Room) -> None:
    titles = room.type("amina")
    assert sum(title.startswith("Amina") for title in titles) == MOST_OF_A_SORT
    assert "E-0142" in titles
    assert room.palette._count.words() == f"{len(titles)} found, and more: type another word"
    assert room.type("zzqqxx") == []
    assert room.palette._nothing.isVisible()
    assert room.palette._nothing.words() == NOTHING
    assert room.palette._count.words() == "0 found"


def test_covered_names_are_covered_here_too_with_every_piece_of_text(room: Room, theme: Theme) -> None:
    theme.cover.set_on(True)
    room.type("amina")
    spoken = " ".join(
        str(room.palette.view.model().index(n, 0).data()) for n in range(len(room.palette.shown()))
    )
    assert "Amina" not in spoken
    assert DOTS in spoken
    room.type("bangor")
    assert [row.summary for row in room.palette.shown()] == [DOTS]
    theme.cover.set_on(False)
    assert "Bangor" in room.palette.shown()[0].summary


def test_what_was_opened_comes_first_until_the_network_locks(
    room: Room, qtbot: QtBot, services: Services, theme: Theme
) -> None:
    room.type("tom wade")
    room.press(Qt.Key.Key_Return)
    room.type("bangor")
    room.press(Qt.Key.Key_Return)
    room.palette.open()
    settled(room.page)
    assert room.headings()[0] == LATELY
    assert [row.title for row in room.palette.shown()][:2] == ["Tom Wade", SCREENS[0][0].title]
    other = Room(qtbot, services, theme)
    other.palette.open()
    assert other.headings() == ["Go to", "Do"]


def test_a_press_beside_it_or_a_focus_elsewhere_puts_it_away(room: Room) -> None:
    room.palette.open()
    QTest.mouseClick(room.palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert room.palette.isHidden()
    assert focused() is room.button
    room.type("amina")
    room.button.setFocus()
    assert room.palette.isHidden()
    assert room.palette.shown() == ()


def test_opened_twice_it_only_takes_the_line_again(room: Room) -> None:
    room.type("amina")
    room.palette.open()
    assert room.palette.line.selectedText() == "amina"
    room.press(Qt.Key.Key_Escape)
    assert focused() is room.button


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [
        (Scheme.LIGHT, 100, (1440, 900)),
        (Scheme.DARK, 150, (1024, 700)),
        (Scheme.HIGH_CONTRAST, 200, (1024, 700)),
    ],
)
def test_it_fits_every_window_and_look(
    room: Room, theme: Theme, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    room.page.resize(*size)
    for typed in ("", "amina", "zzqqxx"):
        room.type(typed)
        assert problems(room.palette) == []
        assert room.palette.rect().contains(room.palette._card.geometry())


def test_what_is_gone_is_no_line(services: Services, theme: Theme) -> None:
    lines = Lines(services.desk.snapshot, DAY, theme.cover)
    gone = (
        Place(Sort.PERSON, supporter="S-0999"),
        Place(Sort.ENQUIRY, enquiry="E-0999"),
        Place(Sort.INTRODUCTION, "E-0142", "S-0999"),
        Place(Sort.TOPIC, topic="nothing"),
    )
    assert [lines.row(each) for each in gone] == [None] * len(gone)


def test_every_screen_and_page_is_a_goal_once() -> None:
    goals = places()
    assert [goal.key for goal in goals if not goal.page] == [place.key for place, _ in SCREENS]
    assert len({(goal.key, goal.page) for goal in goals}) == len(goals)
    assert all(goal.title for goal in goals)


def test_what_somebody_took_back_is_not_found_about_them(room: Room, services: Services) -> None:
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    room.type("adhd")
    shown = [row for row in room.palette.shown() if row.chip == "notes"]
    assert shown == []
    assert ENQUIRY.reference in " ".join(row.title for row in room.palette.shown())
