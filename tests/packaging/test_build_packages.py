"""The wrapping of a frozen program: the same input gives the same bytes, and every text of it is well-formed."""

import ast
import os
import plistlib
import re
import shutil
import struct
import subprocess
import tarfile
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.parsers.expat import ParserCreate

import build
import linux_package
import program_facts
import program_icon
import pytest
import windows_package
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from system_parts import Stopped

from peermatch import __version__
from peermatch.ui.application import window_icon
from peermatch.ui.theme import Scheme, apply_theme

MOMENT = 1_800_000_000
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40}( +# v[\d.]+)?")


@pytest.fixture(scope="module")
def facts(root: Path) -> program_facts.Facts:
    return program_facts.facts(root, {"SOURCE_DATE_EPOCH": str(MOMENT)})


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A made-up program: a starter, a library, a link, a text."""
    folder = tmp_path / "program"
    (folder / "_internal").mkdir(parents=True)
    (folder / "peermatch").write_bytes(b"\x7fELF starter GLIBC_2.17\0")
    (folder / "_internal" / "libpart.so.1").write_bytes(b"\x7fELF library GLIBC_2.34\0GLIBC_2.4\0")
    (folder / "_internal" / "libpart.so").symlink_to("libpart.so.1")
    (folder / "_internal" / "words.txt").write_text("words", encoding="utf-8")
    return folder


def test_there_is_one_version(facts: program_facts.Facts) -> None:
    assert facts.version == __version__


def test_the_moment_is_that_of_the_source_or_the_one_asked_for(root: Path, tmp_path: Path) -> None:
    assert program_facts.moment_of(root, {"SOURCE_DATE_EPOCH": str(MOMENT)}) == MOMENT
    assert program_facts.moment_of(tmp_path, {}) == program_facts.EARLIEST


def test_a_mark_that_nobody_knows_is_not_left_standing(facts: program_facts.Facts) -> None:
    assert facts.fill("@TITLE@ @VERSION@ @NEW@", new="x") == f"PeerMatch {__version__} x"
    with pytest.raises(Stopped, match="NOBODY"):
        facts.fill("@NOBODY@")


def test_the_texts_for_linux_are_well_formed(facts: program_facts.Facts) -> None:
    told = facts.fill(linux_package.recipe("metainfo.xml"))
    ParserCreate().Parse(told, True)
    assert f"<id>{facts.id}</id>" in told
    assert f'<release version="{__version__}" date="{facts.day}"/>' in told
    entry = facts.fill(linux_package.recipe("peermatch.desktop"), program="peermatch", icon="peermatch")
    pairs = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    assert (pairs["Type"], pairs["Exec"], pairs["Terminal"]) == ("Application", "peermatch", "false")
    assert pairs["Categories"].endswith(";")
    for name in ("install.sh", "README.txt"):
        assert "@" not in facts.fill(linux_package.recipe(name))


def test_the_scripts_are_read_by_a_shell(root: Path) -> None:
    for name in ("install.sh", "postrm"):
        subprocess.run(["/bin/sh", "-n", str(root / "packaging" / "linux" / name)], check=True)


def test_the_recipes_for_windows_and_macos_are_well_formed(root: Path, facts: program_facts.Facts) -> None:
    recipe = (root / "packaging/windows/peermatch.wxs").read_text(encoding="utf-8")
    ParserCreate().Parse(recipe, True)
    one = build.Build(root / "nowhere", facts)
    words = windows_package.wix_words(one, root / "x.msi", "wix", "perUser")
    defined = {word.partition("=")[0] for before, word in pairwise(words) if before == "-d"}
    assert set(re.findall(r"\$\((\w+)\)", recipe)) == defined
    said = facts.fill(
        (root / "packaging/windows/version.txt").read_text(encoding="utf-8"), numbers="0, 1, 0, 0"
    )
    ast.parse(said)
    assert plistlib.loads((root / "packaging/macos/entitlements.plist").read_bytes())


def test_the_workflow_takes_every_action_by_its_hash(root: Path) -> None:
    text = (root / ".github/workflows/build.yml").read_text(encoding="utf-8")
    used = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []
    assert "secrets." not in text


def test_debian_is_asked_for_what_is_not_carried(program: Path) -> None:
    asked = linux_package.depends(program)
    assert asked[0] == "libc6 (>= 2.34)"
    assert {"libegl1", "libgl1", "libdbus-1-3", "libfontconfig1"} <= set(asked)
    assert not any(name.startswith("libxcb-") for name in asked)


def test_archives_are_the_same_whoever_makes_them_and_whenever(program: Path, tmp_path: Path) -> None:
    made = []
    for number in range(2):
        os.utime(program / "peermatch", (number, number))
        (program / "peermatch").chmod(0o700 + number)
        linux_package.settle(program, MOMENT)
        linux_package.pack(program, tmp_path / f"{number}.tar.gz", MOMENT)
        windows_package.pack(program, tmp_path / f"{number}.zip", MOMENT)
        made.append([build.digest(tmp_path / f"{number}{end}") for end in (".tar.gz", ".zip")])
    assert made[0] == made[1]
    with tarfile.open(tmp_path / "0.tar.gz") as archive:
        found = {each.name: each for each in archive}
    assert {each.uid for each in found.values()} == {0}
    assert found["program/peermatch"].mode == 0o755
    assert found["program/_internal/libpart.so.1"].mode == 0o644
    assert found["program/_internal/libpart.so"].linkname == "libpart.so.1"
    assert zipfile.ZipFile(tmp_path / "0.zip").testzip() is None


def test_two_builds_are_compared_file_by_file(program: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(program, other, symlinks=True)
    assert build.differences(program, other) == []
    (other / "peermatch").write_bytes(b"changed")
    (other / "_internal" / "words.txt").unlink()
    assert build.differences(program, other) == ["_internal/words.txt", "peermatch"]


def test_another_system_and_a_strange_form_are_refused() -> None:
    elsewhere = next(name for name in build.FORMS if name != program_facts.this_system())
    with pytest.raises(Stopped, match=f"built on {elsewhere}"):
        build.parse([elsewhere])
    strange = next(form for name, forms in build.FORMS.items() if name == elsewhere for form in forms)
    with pytest.raises(Stopped, match=f"no --{strange}"):
        build.parse([f"--{strange}"])


def test_a_build_takes_nothing_from_the_person_who_builds(facts: program_facts.Facts) -> None:
    given = {
        "PATH": "/bin",
        "PYTHONPATH": "/x",
        "QT_SCALE_FACTOR": "2",
        "PIP_INDEX_URL": "x",
        "LANG": "de_DE",
    }
    told = build.own_environ(given, facts)
    assert told["PATH"] == "/bin"
    assert told["SOURCE_DATE_EPOCH"] == str(MOMENT)
    assert not {"PYTHONPATH", "QT_SCALE_FACTOR", "PIP_INDEX_URL", "LANG"} & set(told)


def test_the_icons_are_the_mark_of_the_window(root: Path, tmp_path: Path, qapp: QApplication) -> None:
    theme = apply_theme(qapp, root / "resources", Scheme.LIGHT)
    program_icon.make(root / "packaging" / "peermatch.svg", tmp_path)
    drawn = QImage(str(tmp_path / "icons" / "256.png"))
    shown = window_icon(theme).pixmap(256, 256).toImage()
    for x, y in ((128, 20), (54, 128), (100, 128), (156, 82), (202, 128), (128, 240)):
        one, other = QColor(drawn.pixel(x, y)), QColor(shown.pixel(x, y))
        assert max(abs(one.red() - other.red()), abs(one.green() - other.green())) < 40, (x, y)


def test_icon_files_hold_every_size(root: Path) -> None:
    drawing = QSvgRenderer(str(root / "packaging" / "peermatch.svg"))
    pictures = {size: program_icon.png(drawing, size) for size in program_icon.SIZES}
    windows, macos = program_icon.ico(pictures), program_icon.icns(pictures)
    assert struct.unpack("<HHH", windows[:6]) == (0, 1, len(program_icon.ON_WINDOWS))
    length, start = struct.unpack("<II", windows[6 + 8 : 6 + 16])
    assert windows[start : start + length] == pictures[16]
    assert QImage.fromData(windows).width() > 0
    assert macos[:4] == b"icns"
    assert struct.unpack(">I", macos[4:8])[0] == len(macos)
