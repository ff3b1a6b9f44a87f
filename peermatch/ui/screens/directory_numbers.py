"""The numbers of the directory page as a table: kinds of experience, and about how many supporters have them."""

from peermatch.model.characteristics import Vocabulary
from peermatch.model.directory import Draft, numbered
from peermatch.ui.screens.directory_words import NOT_GIVEN, NUMBERS
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.table import GridTable
from peermatch.ui.widgets.table_cells import Cell, Heading
from peermatch.words import tr


def numbers_table(theme: Theme) -> GridTable:
    """An empty one."""
    return GridTable(theme, [Heading(tr("Experience"), 3), Heading(tr("Supporters"))], name=NUMBERS)


def numbers_rows(page: Draft, vocabulary: Vocabulary) -> list[list[Cell]]:
    """Every heading, and the topics under it that have a number."""
    return [
        [
            Cell(each.label, kind="strong") if each.under is None else Cell(each.label),
            Cell(NOT_GIVEN, kind="no")
            if each.people is None
            else Cell(tr("about {people}").format(people=each.people)),
        ]
        for each in numbered(page, vocabulary)
    ]
