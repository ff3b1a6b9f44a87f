"""A table is measured once for its words and their size, and anew when either changes."""

from pytestqt.qtbot import QtBot

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.table import Cell, GridTable, Heading
from tests.ui.conftest import Stage

HEADINGS = [Heading("Lived experience", 3), Heading("Match on it"), Heading("Until", 2)]
CELLS = (
    (Cell("ADHD", "Neurodivergence", "strong"), Cell("yes", kind="yes"), Cell("11 Sep 2027", kind="chip")),
    (Cell("Depression", "Mental health", "strong"), Cell("no", kind="no"), Cell("ended", kind="chip")),
)


def shown(theme: Theme, stage: Stage) -> GridTable:
    table = GridTable(theme, HEADINGS, name="What Amina has agreed to")
    table.set_rows(CELLS)
    stage.show(table, width=700, height=400)
    return table


def test_a_table_is_measured_anew_when_its_words_or_their_size_change(theme: Theme, stage: Stage) -> None:
    table = shown(theme, stage)
    short = table.minimumSizeHint().width()
    table.set_rows([(Cell("Otorhinolaryngology-and-more"), *row[1:]) for row in CELLS])
    assert table.minimumSizeHint().width() > short
    table.set_rows(CELLS)
    assert table.minimumSizeHint().width() == short
    high = table.height()
    theme.set_scale(150)
    assert (table.minimumSizeHint().width() > short, table.height() > high) == (True, True)


def test_the_same_rows_again_leave_the_table_as_it_is(theme: Theme, qtbot: QtBot, stage: Stage) -> None:
    table = shown(theme, stage)
    with qtbot.assertNotEmitted(table.model().modelReset):
        table.set_rows([list(row) for row in CELLS])
    with qtbot.waitSignal(table.model().modelReset):
        table.set_rows(CELLS[:1])
    assert table.model().rowCount() == 1


def test_no_long_column_is_left_narrow_so_that_a_middling_one_stands_on_one_line(
    theme: Theme, stage: Stage
) -> None:
    headings = [Heading("Step"), Heading("Longest"), Heading("Now")]
    table = GridTable(theme, headings, name="How long people wait")
    middling, long = (
        "from 3 to 15 working days",
        "there are 2 who wait, and of them the longest waits for 4 days",
    )
    table.set_rows([[Cell(long), Cell(middling), Cell(long)]])
    stage.show(table, width=360, height=400)
    widths = [table.columnWidth(number) for number in range(3)]
    assert max(widths) - min(widths) < min(widths) // 4, widths


def test_what_a_short_column_leaves_goes_to_the_long_ones(theme: Theme, stage: Stage) -> None:
    table = GridTable(theme, [Heading("No"), Heading("Words")], name="Two columns")
    table.set_rows(
        [[Cell("1"), Cell("words and more words that want far more room than there is on one line")]]
    )
    stage.show(table, width=300, height=400)
    assert table.columnWidth(0) < table.columnWidth(1) // 3
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
