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
