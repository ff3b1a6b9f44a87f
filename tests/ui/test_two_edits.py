"""Two edits of one record: the second is told what changed meanwhile, and neither overwrites the other unseen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.errors import Refused
from peermatch.model.edits import marks
from peermatch.model.people import Supporter
from peermatch.services.supporters import ChangedMeanwhile
from peermatch.ui.screens.supporter_editor import MOVED_ON, meanwhile_words
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.theme import Theme
from tests.ui.sample_office import Bench, bench

WHO = "S-0004"


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: SupportersScreen(services, tasks, theme)) as made:
        yield made


def begin(desk: Bench) -> SupportersScreen:
    screen = desk.screen
    assert isinstance(screen, SupportersScreen)
    screen.open_at(supporter=WHO)
    screen.record.edit.emit()
    desk.rest()
    return screen


def held(desk: Bench) -> Supporter:
    return desk.services.desk.snapshot.supporter(WHO)


def test_what_another_edit_changed_is_taken_over_and_said(desk: Bench) -> None:
    screen = begin(desk)
    screen.editor.fields.known_as.setText("Marc")
    desk.services.supporters.change(replace(held(desk), phone="07700 900999", place="Bury"))
    screen.editor.fields.place.setText("Leigh")
    screen.editor.save.click()
    desk.rest()
    editor = screen.editor
    assert (held(desk).known_as, held(desk).place) == (None, "Bury")
    assert MOVED_ON in editor.banner.sentence()
    assert "Changed meanwhile: Phone, Town." in editor.banner.sentence()
    assert editor.fields.phone.text() == "07700 900999"
    assert editor.fields.place.text() == "Leigh"
    assert "“Bury”" in editor.beside["place"].error()
    editor.save.click()
    desk.rest()
    assert screen.record.isVisible()
    now = held(desk)
    assert (now.known_as, now.phone, now.place) == ("Marc", "07700 900999", "Leigh")


def test_an_undo_behind_an_open_form_is_an_edit_too(desk: Bench) -> None:
    done = desk.services.supporters.change(replace(held(desk), capacity=4))
    screen = begin(desk)
    assert screen.editor.fields.capacity.text() == "4"
    screen.refresh(desk.services.upkeep.undo(done).touched)
    screen.editor.fields.pronouns.setText("they/them")
    screen.editor.save.click()
    desk.rest()
    assert "Introductions at a time" in screen.editor.banner.sentence()
    screen.editor.save.click()
    desk.rest()
    assert held(desk).capacity != 4
    assert held(desk).pronouns == "they/them"


def test_nothing_is_written_by_the_edit_that_comes_second(desk: Bench) -> None:
    person = held(desk)
    seen, lines = marks(person), desk.services.upkeep.journal()
    desk.services.supporters.change(replace(person, place="Bury"))
    with pytest.raises(ChangedMeanwhile) as refusal:
        desk.services.supporters.change(replace(person, place="Leigh"), seen)
    assert isinstance(refusal.value, Refused)
    assert refusal.value.now.place == "Bury"
    assert len(desk.services.upkeep.journal()) == len(lines) + 1


def test_lists_are_not_spelled_out() -> None:
    assert "neuro" not in meanwhile_words(("neuro.adhd",))
    assert "emptied" in meanwhile_words(None)
    assert "emptied" in meanwhile_words(())
    assert "“0”" in meanwhile_words(0)


def test_somebody_else_waits_until_what_is_typed_is_saved_or_cancelled(desk: Bench) -> None:
    screen = begin(desk)
    screen.editor.fields.known_as.setText("half a thou")
    screen.act()
    assert screen.editor.fields.known_as.text() == "half a thou"
    assert f"{held(desk).first_name}'s record is not saved yet." in screen.editor.banner.sentence()
    screen.editor.cancel.click()
    screen.act()
    screen.editor.fields.name.setText("Ola Berg")
    screen.record.edit.emit()
    assert screen.editor.isVisible()
    assert screen.editor.fields.name.text() == "Ola Berg"
    assert "The new volunteer is not saved yet." in screen.editor.banner.sentence()


def test_an_editor_in_which_nothing_was_typed_makes_way(desk: Bench) -> None:
    screen = begin(desk)
    screen.act()
    assert screen.editor.fields.name.text() == ""
    assert screen.editor.banner.isHidden()
