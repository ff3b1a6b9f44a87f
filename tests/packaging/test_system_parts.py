"""What Qt needs from a Linux is seen when it is missing, and the way to get it is said exactly."""

import ast
from pathlib import Path

import pytest
import system_parts
from system_parts import FOR_QT, FOR_TESTS, FOR_WAYLAND, FOR_X11

BOOKWORM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
MINT = "NAME=Mint\nID=linuxmint\nID_LIKE='ubuntu debian'\n"
FEDORA = 'ID=fedora\nVARIANT_ID="debian-lookalike"\nHOME_URL="https://debian.example"\n'


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, FOR_QT),
        ({"DISPLAY": ""}, FOR_QT),
        ({"DISPLAY": ":0"}, (*FOR_QT, *FOR_X11)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, (*FOR_QT, *FOR_WAYLAND)),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, (*FOR_QT, *FOR_X11, *FOR_WAYLAND)),
    ],
)
def test_the_kind_of_screen_decides(
    environ: dict[str, str], wanted: tuple[system_parts.Shipped, ...]
) -> None:
    assert system_parts.libraries_for(environ) == wanted


def test_only_what_is_not_found_is_missing() -> None:
    lacking = system_parts.missing(FOR_QT, lambda file: file != "libEGL.so.1")
    assert lacking == [system_parts.Shipped("libEGL.so.1", "libegl1")]


def test_the_real_system_is_asked() -> None:
    unknown = system_parts.Shipped("libnobody-has-this.so.9", "none")
    assert system_parts.missing([unknown]) == [unknown]
    assert system_parts.still_missing([unknown]) == [unknown]


def test_the_tests_need_a_bus_of_their_own_and_a_keychain_on_it() -> None:
    found = system_parts.missing_programs(FOR_TESTS, lambda _name: None)
    assert [part.package for part in found] == ["dbus", "gnome-keyring", "xvfb", "at-spi2-core"]
    assert system_parts.missing_programs(FOR_TESTS) == []


def test_a_font_is_found_in_any_depth(tmp_path: Path) -> None:
    assert not system_parts.has_font([str(tmp_path), str(tmp_path / "nowhere")])
    (tmp_path / "truetype" / "kind").mkdir(parents=True)
    (tmp_path / "truetype" / "kind" / "Kind-Regular.ttf").write_bytes(b"")
    assert system_parts.has_font([str(tmp_path / "nowhere"), str(tmp_path)])


@pytest.mark.parametrize(
    ("release", "debian"), [(BOOKWORM, True), (MINT, True), (FEDORA, False), ("", False)]
)
def test_debian_and_its_children_are_known(release: str, debian: bool) -> None:
    assert system_parts.is_debian(release) is debian


def test_root_on_debian_gets_them() -> None:
    assert system_parts.why_not(["libegl1"], ["libEGL.so.1"], debian=True, root=True) == ""


def test_others_on_debian_get_the_exact_line() -> None:
    said = system_parts.why_not(["libegl1", "libgl1"], ["libEGL.so.1", "libGL.so.1"], debian=True, root=False)
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    assert f"\n    {line}\n" in said


def test_elsewhere_the_files_are_named() -> None:
    said = system_parts.why_not(["libegl1"], ["libEGL.so.1"], debian=False, root=True)
    assert "libEGL.so.1" in said
    assert "apt-get" not in said


def test_both_files_can_be_read_by_an_old_python(root: Path) -> None:
    """So that an old Python says which one is needed, and not "SyntaxError"."""
    for name in ("dev.py", "system_parts.py"):
        tree = ast.parse((root / "packaging" / name).read_text(encoding="utf-8"), feature_version=(3, 7))
        assert isinstance(tree.body[1], ast.ImportFrom)
        assert tree.body[1].module == "__future__"
