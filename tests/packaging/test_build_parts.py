"""What goes into the frozen program: all that it reads, nothing that it does not."""

from pathlib import Path, PurePosixPath

import frozen_parts
import pytest

LIB = "/usr/lib/x86_64-linux-gnu"


def test_everything_that_the_program_reads_goes_in(root: Path) -> None:
    going = {file.relative_to(root).as_posix() for file, _ in frozen_parts.data_files(root)}
    every = {
        file.relative_to(root).as_posix()
        for folder in ("resources", "peermatch/store/migrations")
        for file in (root / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    left_out = every - going
    assert all(name.startswith(frozen_parts.NOT_SHIPPED) for name in left_out)
    revisions = sorted((root / "peermatch/store/migrations/versions").glob("0*.py"))
    assert revisions
    assert {file.relative_to(root).as_posix() for file in revisions} <= going


def test_a_data_file_stands_where_the_source_has_it(root: Path) -> None:
    assert all((root / place / file.name) == file for file, place in frozen_parts.data_files(root))


def test_what_is_left_out_is_there_to_be_left_out_and_named_by_no_code(root: Path) -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in (root / "peermatch").rglob("*.py"))
    for folder in frozen_parts.NOT_SHIPPED:
        assert (root / folder).is_dir()
        *above, last = PurePosixPath(folder).parts[1:]
        assert f'resources() / "{last}"' not in code
        assert "".join(f'"{each}", ' for each in above) + f'"{last}"' not in code or not above


@pytest.mark.parametrize(
    ("place", "source", "wanted"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", "/env/PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Network.so.6", "/env/PySide6/Qt/lib/libQt6Network.so.6", False),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/Qt/lib/libicudata.so.73", "/env/PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/env/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/env/libqvnc.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/env/libqgtk3.so", False),
        ("libxcb-render.so.0", f"{LIB}/libxcb-render.so.0", True),
        ("libgtk-3.so.0", f"{LIB}/libgtk-3.so.0", False),
        ("libfontconfig.so.1", f"{LIB}/libfontconfig.so.1", False),
        ("libcrypto.so.3", f"{LIB}/libcrypto.so.3", True),
        ("numpy.libs/libscipy_openblas64_.so", "/env/numpy.libs/libscipy_openblas64_.so", True),
    ],
)
def test_libraries_on_linux(place: str, source: str, wanted: bool) -> None:
    assert frozen_parts.is_wanted(place, source, "linux") is wanted


@pytest.mark.parametrize(
    ("place", "platform", "wanted"),
    [
        ("PySide6\\plugins\\platforms\\qwindows.dll", "win32", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", "win32", False),
        ("PySide6\\Qt6Network.dll", "win32", False),
        ("PySide6\\Qt6Core.dll", "win32", True),
        ("PySide6\\opengl32sw.dll", "win32", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "darwin", True),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "darwin", True),
        ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", "darwin", False),
    ],
)
def test_libraries_elsewhere(place: str, platform: str, wanted: bool) -> None:
    assert frozen_parts.is_wanted(place, place, platform) is wanted


def test_little_runs_before_the_program() -> None:
    names = (
        "pyi_rth_inspect",
        "pyi_rth_multiprocessing",
        "pyi_rth_pkgutil",
        "pyi_rth_pyside6",
        "frozen_door",
    )
    found = [(name, f"/env/{name}.py", "PYSOURCE") for name in names]
    on_linux = [name for name, *_ in frozen_parts.wanted_first(found, "linux")]
    assert on_linux == ["pyi_rth_pkgutil", "frozen_door"]
    elsewhere = [name for name, *_ in frozen_parts.wanted_first(found, "win32")]
    assert elsewhere == ["pyi_rth_pkgutil", "pyi_rth_pyside6", "frozen_door"]


def test_data_of_libraries_is_not_carried_for_its_own_sake() -> None:
    wanted = [
        name
        for name in (
            "PySide6/Qt/translations/qt_de.qm",
            "numpy/tests/a.npy",
            "numpy/__init__.pyi",
            "keyring.txt",
        )
        if frozen_parts.is_wanted_data(name)
    ]
    assert wanted == ["keyring.txt"]
    assert frozen_parts.is_wanted_data("resources/translations/peermatch_cy.qm")


def test_no_door_of_the_program_is_shut_by_what_is_left_out(root: Path) -> None:
    """What is excluded by name is imported nowhere in the program."""
    code = [file.read_text(encoding="utf-8") for file in (root / "peermatch").rglob("*.py")]
    shut = [
        name
        for name in frozen_parts.NOT_WANTED
        for text in code
        if f"import {name}\n" in text or f"from {name} import" in text or f"from {name}." in text
    ]
    assert shut == []
