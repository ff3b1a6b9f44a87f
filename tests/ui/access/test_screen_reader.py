"""The program as Orca meets it on a Linux desktop: over the accessibility bus, from another process, by no mouse."""

from pathlib import Path

from peermatch.services.sample import NAME
from peermatch.ui.screens.register import SCREENS
from tests.ui.access.reader import reading
from tests.ui.sample_office import sample


def test_a_screen_reader_finds_reads_presses_and_hears(tmp_path: Path) -> None:
    sample(tmp_path).lock()
    with reading(tmp_path / NAME) as reader, reader.listening():
        program = reader.program()
        places = [reader.find(program, "push button", place.title) for place, _ in SCREENS]
        assert [reader.description(place) for place in places][:2] == ["current screen", "Alt+2"]

        people = next(p for p, (place, _) in zip(places, SCREENS, strict=True) if place.key == "supporters")
        reader.press(people)
        listed = reader.find(program, "list", "Supporters")
        rows = [reader.name(row) for row in reader.children(listed)]
        assert len(rows) == 60
        assert all(rows)

        table = reader.find(program, "table", "")
        lines, columns = reader.size(table)
        parts = [(reader.role(each), reader.name(each)) for each in reader.children(table)]
        assert len([1 for role, _ in parts if role == "cell"]) == lines * columns > 0
        assert all(name for role, name in parts if role in ("column header", "row header"))

        reader.press(places[3])
        facet = reader.described(program, "Show these alone")
        reader.press(facet)
        assert "narrowed" in reader.announced()

        reader.press(people)
        reader.press(reader.find(program, "push button", "Add supporter"))
        reader.press(reader.called(program, "push button", "Save"))
        reader.hear("another look before this can be saved")
