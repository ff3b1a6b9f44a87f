"""The look at a frozen program finds what is missing, needless, broken or heavy; tried on folders made up for it."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import built_folder
import program_facts
import pytest

from peermatch.ui.ahead import LATER, PAGES

Made = tuple[Path, Path]


@pytest.fixture
def facts(root: Path) -> program_facts.Facts:
    return dataclasses.replace(
        program_facts.facts(root, {"SOURCE_DATE_EPOCH": "1800000000"}), version="1.2.3"
    )


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A small source, and a frozen program of it in which all is well."""
    source, inside = tmp_path / "source", tmp_path / "inside"
    for name in ("resources/words/list.txt", "peermatch/store/migrations/env.py"):
        for top in (source, inside):
            (top / name).parent.mkdir(parents=True)
            (top / name).write_text("words", encoding="utf-8")
    folder = inside / built_folder.LICENCES
    folder.mkdir()
    (folder / "third-party.txt").write_text("GNU LESSER GENERAL PUBLIC LICENSE", encoding="utf-8")
    bill = {"metadata": {"component": {"version": "1.2.3"}}}
    (folder / "peermatch.cdx.json").write_text(json.dumps(bill), encoding="utf-8")
    for complaint in built_folder.without_screen(inside):
        file = inside / complaint.partition(" is missing")[0]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    return source, inside


def spoil_missing(inside: Path) -> None:
    (inside / "resources/words/list.txt").unlink()


def spoil_changed(inside: Path) -> None:
    (inside / "peermatch/store/migrations/env.py").write_text("other words", encoding="utf-8")


def spoil_needless(inside: Path) -> None:
    (inside / "libgtk-3.so.0").write_bytes(b"")


def spoil_internet(inside: Path) -> None:
    (inside / "PySide6/Qt/lib/libQt6Network.so.6").write_bytes(b"")


def spoil_link(inside: Path) -> None:
    (inside / "libgone.so").symlink_to("nowhere.so")


def spoil_link_out(inside: Path) -> None:
    (inside / "libout.so").symlink_to("/etc/hostname")


def spoil_licences(inside: Path) -> None:
    (inside / built_folder.LICENCES / "third-party.txt").write_text("none", encoding="utf-8")


def spoil_bill(inside: Path) -> None:
    bill = {"metadata": {"component": {"version": "1.2.2"}}}
    (inside / built_folder.LICENCES / "peermatch.cdx.json").write_text(json.dumps(bill), encoding="utf-8")


def spoil_screen(inside: Path) -> None:
    (inside / "libxcb-render.so.0").unlink()


def spoil_leftover(inside: Path) -> None:
    (inside / "resources/pictures").mkdir()
    (inside / "resources/pictures/today.png").write_bytes(b"")


def spoil_weight(inside: Path) -> None:
    with (inside / "heavy.bin").open("wb") as file:
        file.truncate((built_folder.HEAVIEST_MB + 1) * 1_000_000)


def test_a_whole_program_brings_no_complaint(made: Made, facts: program_facts.Facts) -> None:
    source, inside = made
    assert built_folder.complaints(inside, facts, "linux", source) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (spoil_missing, "resources/words/list.txt is missing."),
        (spoil_changed, "peermatch/store/migrations/env.py is not what stands in the source."),
        (spoil_needless, "libgtk-3.so.0 is needless."),
        (spoil_internet, "PySide6/Qt/lib/libQt6Network.so.6 is needless."),
        (spoil_link, "libgone.so is a link to nothing."),
        (spoil_link_out, "libout.so is a link out of the program."),
        (spoil_licences, "The licences of what is inside are missing."),
        (spoil_bill, "The list of what is inside is of another version."),
        (spoil_screen, "libxcb-render.so.0 is missing: no window would open on a bare system."),
        (spoil_leftover, "resources/pictures/today.png is not for those who use the program."),
        (spoil_weight, f"It weighs {built_folder.HEAVIEST_MB + 1} MB, more than {built_folder.HEAVIEST_MB}."),
    ],
)
def test_what_is_wrong_is_told(
    made: Made, facts: program_facts.Facts, spoil: Callable[[Path], None], told: str
) -> None:
    source, inside = made
    spoil(inside)
    assert built_folder.complaints(inside, facts, "linux", source) == [told]


def test_a_module_that_nothing_imports_by_a_statement_must_be_inside_too(made: Made) -> None:
    source, inside = made
    names = ("__init__", "app", "ui/__init__", "ui/screens/today")
    for name in names:
        file = source / "peermatch" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    found = [(name, f"{name}.py", "PYMODULE") for name in ("peermatch", "peermatch.app", "peermatch.ui")]
    noted = inside / "PYZ-00.toc"
    noted.write_text(repr(("PYZ-00.pyz", found)), encoding="utf-8")
    assert built_folder.unfound(noted, source) == ["The module peermatch.ui.screens.today is missing."]


def test_every_module_that_is_loaded_by_its_name_is_one_of_the_program(root: Path) -> None:
    own = set(built_folder.own_modules(root))
    assert {*PAGES, *LATER} <= own
    assert "peermatch.store.migrations.versions.0001_first" not in own
