"""What is being looked for in one enquiry: it closes when another comes, and stands open again on the way back."""

from PySide6.QtTest import QTest

from tests.ui.enquiry_office import HELD, confirm
from tests.ui.sample_office import HERO, Bench


def test_what_is_being_looked_for_stays_with_its_enquiry(desk: Bench) -> None:
    screen = confirm(desk)
    away, needs = screen.pane.away, screen.pane.needs
    away.add.click()
    QTest.keyClicks(away.finder.line, "morg")
    screen.choose(HELD)
    assert away.finder.isHidden()
    needs.add.click()
    screen.choose(HERO)
    assert needs.finder.isHidden()
    assert not away.finder.isHidden()
    assert away.finder.line.text() == "morg"
    assert away.finder.offered() == ("typed:morg",)
    away.finder.picked.emit("typed:morg")
    desk.rest()
    screen.choose(HELD)
    assert (away.finder.isHidden(), needs.finder.isHidden()) == (True, True), (
        "an empty line need not come back"
    )
