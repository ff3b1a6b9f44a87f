"""Very many who must be asked: lines for the first of them, more on request, and a name finds whoever is behind."""

from datetime import date, timedelta

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.matching.register import Register
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.services.due import due_of
from peermatch.services.people import People
from peermatch.services.snapshot import Snapshot
from peermatch.services.steps import Steps
from peermatch.ui.screens.consents_list import AT_FIRST, MORE, AskList
from peermatch.ui.screens.consents_words import ENDED, NEVER, everybody
from peermatch.ui.theme import Theme
from tests.matching.small_reference import SMALL

DAY = date(2026, 11, 20)
MANY = AT_FIRST + MORE + 190


@pytest.fixture(scope="module")
def picture() -> Snapshot:
    """A network of people who were never asked for anything."""
    named = (f"S-{number:04d}" for number in range(MANY))
    people = {
        id: Supporter(id, f"Person {id[2:]}", known_as="Wren" if id == "S-0400" else None) for id in named
    }
    return Snapshot(
        name="Many",
        controller=None,
        reference=SMALL,
        policy=Policy(),
        wordings=(),
        barred=(),
        supporters=People(lambda: people),
        enquiries={},
        introductions=Steps.given(()),
        register=Register.build(SMALL, people.values(), (), (), ()),
    )


def test_the_first_are_lines_and_everybody_is_found(picture: Snapshot, theme: Theme, qtbot: QtBot) -> None:
    listed = AskList(theme)
    qtbot.addWidget(listed)
    listed.resize(400, 700)
    due = due_of(picture, DAY, DAY + timedelta(days=30))
    everyone, counts = everybody(due.values(), None, picture)
    listed.show_people(everyone, counts, DAY)
    assert (len(listed.everyone), counts) == (MANY, {NEVER: MANY})
    assert listed.chips.chip(ENDED) is None
    assert len(listed.view.rows()) == AT_FIRST
    assert f"{MANY - AT_FIRST} are not listed yet" in listed.more.text()
    listed.more.click()
    assert len(listed.view.rows()) == AT_FIRST + MORE
    listed.show_current("S-0449")
    assert listed.view.current() == listed.view.rows()[-1].key == "S-0449"
    QTest.keyClicks(listed.search, "wren")
    assert [row.key for row in listed.view.rows()] == ["S-0400"]
    assert listed.more.isHidden()
    listed.search.set_value("person 0448")
    assert [each.id for each in listed.shown] == ["S-0448"]
