"""The supporters' list over the roll: rows are made as they come into sight, and each key narrows what was left."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from peermatch.matching.register import Register
from peermatch.model.people import SupporterStatus
from peermatch.model.roll import Roll
from peermatch.services.listing import Listing
from peermatch.services.people import People
from peermatch.ui.screens.supporter_facets import Facets, Narrowing, chosen
from peermatch.ui.screens.supporter_rows import RollRows, RollView
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.queue_list import QueueRow
from tests.networks import AMINA, DAY
from tests.ui.conftest import Stage
from tests.ui.real_networks import picture

HELD = {
    f"S-{n:04d}": replace(
        AMINA,
        id=f"S-{n:04d}",
        name=f"{('Amina', 'Zoë', 'Bo')[n % 3]} Marguerite Lindqvist {n}",
        status=SupporterStatus.ACTIVE if n % 5 else SupporterStatus.APPLIED,
    )
    for n in range(900)
}
ROLL = Roll.of(HELD.values())
Made = list[str]


@pytest.fixture
def made() -> Made:
    return []


@pytest.fixture
def make(made: Made) -> Callable[[str], QueueRow]:
    def row(id: str) -> QueueRow:
        made.append(id)
        return QueueRow(
            id, HELD[id].name, "ST6 anaesthetics · Preston " * 3, chip="consent withdrawn", covered=True
        )

    return row


@pytest.fixture
def view(theme: Theme, stage: Stage, make: Callable[[str], QueueRow]) -> RollView:
    shown = RollView(theme, name="Supporters")
    shown.set_even(True)
    shown.set_rows(RollRows(ROLL, ROLL.order, make))
    stage.show(shown, width=330, height=600)
    return shown


def test_only_what_is_seen_is_made(view: RollView, made: Made) -> None:
    assert view.model().rowCount() == len(HELD)
    view.grab()
    assert 3 < len(set(made)) < 40
    view.set_current(ROLL.id(ROLL.order[800]))
    view.scrollTo(view.currentIndex())
    view.grab()
    assert len(set(made)) < 80


def test_all_rows_are_equally_high_and_say_the_whole(view: RollView, theme: Theme) -> None:
    assert len({view.sizeHintForRow(number) for number in (0, 5, 300)}) == 1
    index = view.model().index(0, 0)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        assert HELD[ROLL.id(ROLL.order[0])].name in str(index.data(role))
    theme.cover.set_on(True)
    assert "Lindqvist" not in str(index.data())
    theme.cover.set_on(False)


def test_name_and_chip_never_lie_over_each_other(view: RollView, theme: Theme) -> None:
    for scale in (100, 150, 200):
        theme.set_scale(scale)
        for title in ("Bo", "Amina Marguerite Lindqvist the third"):
            row = QueueRow("x", title, "ST6", chip="paused to 22 Jan 2027")
            rect = view.visualRect(view.model().index(0, 0))
            places = view._painter._places(row, rect)
            assert not places.chip.intersects(
                places.title if places.chip.top() < places.summary.top() else places.summary
            )
            assert places.chip.bottom() <= rect.top() + places.height
    theme.set_scale(100)


def test_others_in_as_many_places_are_shown(view: RollView, make: Callable[[str], QueueRow]) -> None:
    some, others = ROLL.order[:500], ROLL.order[250:750]
    view.set_rows(RollRows(ROLL, some, make), current=ROLL.id(some[400]))
    view.set_rows(RollRows(ROLL, others, make))
    assert view.current() == ROLL.id(some[400])
    assert view.currentIndex().row() == 150
    view.set_rows(RollRows(ROLL, ROLL.order[:500], make), current=ROLL.id(some[3]))
    view.set_rows(RollRows(ROLL, others, make))
    assert view.hasFocus()
    assert view.current() == ROLL.id(others[0]), "whoever has the keyboard stands somewhere"
    assert [row.key for row in view.rows()][:2] == [ROLL.id(number) for number in others[:2]]


def test_each_key_leaves_whom_the_whole_name_would() -> None:
    register = Register.build(picture().reference, HELD.values(), (), (), picture().wordings)
    snapshot = replace(picture(), supporters=People(lambda: HELD), register=register)
    listing, narrowing = Listing.of(snapshot, DAY), Narrowing()
    for facets in (Facets(), Facets(waiting=True), Facets(matchable=True)):
        for typed in ("z", "zo", "zoë", "zoë 1", "zoë", "am", "", "lindqvist bo", "nobody", "n"):
            asked = replace(facets, name=typed)
            assert list(narrowing.narrowed(listing, asked)) == list(chosen(listing, asked)), asked
