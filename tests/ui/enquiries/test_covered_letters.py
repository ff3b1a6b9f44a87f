"""While names are covered no word of a letter can be read: not the letter, not what is quoted from it."""

from peermatch.ui.cover import COVERED
from peermatch.ui.screens.chip_row import ChipRow
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import HELD, receive_hero, screen_of
from tests.ui.sample_office import HERO, Bench


def notes_of(row: ChipRow) -> str:
    """What the chips of a row say on hovering, and to a screen reader."""
    return "\n".join(f"{each.toolTip()} {each.accessibleDescription()}" for each in row.widgets())


def test_the_letter_is_covered_whole_and_comes_back_with_its_marks(desk: Bench, theme: Theme) -> None:
    screen = receive_hero(desk)
    view, letter = screen.pane.letter.view, desk.services.desk.snapshot.enquiries[HERO].letter
    before, marks, risky = view.toPlainText(), view.marked_words(), view.risky_words()
    assert before == letter
    assert marks
    theme.cover.set_on(True)
    assert view.toPlainText() == COVERED
    assert not view.extraSelections()
    assert view.marked_words() == []
    screen.choose(HELD)
    screen.choose(HERO)
    assert view.toPlainText() == COVERED
    theme.cover.set_on(False)
    assert (view.toPlainText(), view.marked_words(), view.risky_words()) == (before, marks, risky)


def test_topics_do_not_quote_it_meanwhile(desk: Bench, theme: Theme) -> None:
    screen = receive_hero(desk)
    chips = screen.pane.needs.chips
    assert "The letter says" in notes_of(chips)
    theme.cover.set_on(True)
    assert "The letter says" not in notes_of(chips)
    assert "“" not in notes_of(chips)
    theme.cover.set_on(False)
    assert "The letter says" in notes_of(chips)


def test_the_safety_card_names_what_was_noticed_without_quoting(desk: Bench, theme: Theme) -> None:
    screen = screen_of(desk)
    screen.choose(HELD)
    desk.rest()
    banner = screen.people.risk.banner
    quoted = [word for risk in desk.services.desk.snapshot.enquiries[HELD].risk for word in risk.words]
    assert quoted
    assert all(word in banner.sentence() for word in quoted)
    theme.cover.set_on(True)
    assert not any(f"“{word}”" in banner.sentence() for word in quoted)
    assert "Check safety first" in banner.sentence()
    theme.cover.set_on(False)
    assert all(word in banner.sentence() for word in quoted)
