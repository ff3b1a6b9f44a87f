"""The theme: names of the design, contrast of every pair in use, live change, focus ring, icons and fonts."""

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.theme import Scheme, Theme, apply_theme, palette_of, scheme_shown
from peermatch.ui.tokens import Token, Tokens, contrast, luminance, read_tokens
from peermatch.ui.widgets.banner import FACES as BANNERS
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.chip import COLOURS as CHIPS
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.focus import FocusRing
from peermatch.ui.widgets.ring import RingFrame

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SCHEMES = read_tokens(RESOURCES / "theme" / "tokens.toml")
GROUNDS: tuple[Token, ...] = ("canvas", "surface", "raised")
WORDS: tuple[Token, ...] = ("ink", "ink_2", "ink_3", "brand", "good", "wait", "risk", "violet")
TEXT_PAIRS: list[tuple[Token, Token]] = [
    *((words, ground) for words in WORDS for ground in GROUNDS),
    *((words, ground) for ground, words, _ in CHIPS.values() if ground is not None),
    *((words, ground) for ground, words, _ in BANNERS.values()),
    *(("ink", ground) for ground, _, _ in BANNERS.values()),
    ("on_brand", "brand"),
    ("on_brand", "brand_hover"),
    ("ink", "mark"),
    ("ink", "brand_soft"),
    ("brand", "brand_soft"),
    ("risk", "risk_soft"),
]
EDGE_PAIRS: list[tuple[Token, Token]] = [
    *(("line_strong", ground) for ground in GROUNDS),
    *(("brand", ground) for ground in GROUNDS),
    *(("risk", ground) for ground in GROUNDS),
    ("brand", "line"),
]


def test_the_colours_are_those_that_a_reader_of_toml_finds() -> None:
    found = tomllib.loads((RESOURCES / "theme" / "tokens.toml").read_text("utf-8"))
    assert {name: asdict(tokens) for name, tokens in SCHEMES.items()} == {
        name: {key.replace("-", "_"): colour for key, colour in colours.items()}
        for name, colours in found.items()
    }


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read_on_its_ground(scheme: str, words: Token, ground: Token) -> None:
    least = 7.0 if scheme == "high-contrast" and ground in GROUNDS else 4.5
    tokens = SCHEMES[scheme]
    assert contrast(tokens.value(words), tokens.value(ground)) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_every_edge_that_means_something_can_be_seen(scheme: str, edge: Token, ground: Token) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(tokens.value(edge), tokens.value(ground)) >= 3.0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", [*GROUNDS, "brand", "brand_soft", "risk_soft", "wait_soft", "good_soft"])
def test_ring_or_its_edge_can_be_seen_on_every_ground(scheme: str, ground: Token) -> None:
    tokens = SCHEMES[scheme]
    ring, edge = tokens.value("focus"), tokens.value("focus_edge")
    assert contrast(ring, edge) >= 3.0
    assert max(contrast(ring, tokens.value(ground)), contrast(edge, tokens.value(ground))) >= 3.0


def test_contrast_agrees_with_the_known_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert luminance("#FFFFFF") == pytest.approx(1.0)


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_contrast_is_symmetric_and_within_its_bounds(first: int, second: int) -> None:
    one, other = f"#{first:06X}", f"#{second:06X}"
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0


def test_all_schemes_have_the_same_names() -> None:
    assert set(SCHEMES) == {"light", "dark", "high-contrast"}
    for tokens in SCHEMES.values():
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in tokens.named().values())
        assert "line-strong" in tokens.named()
        assert "focus-edge" not in tokens.named()


@pytest.mark.parametrize(
    ("chosen", "dark", "more", "shown"),
    [
        (Scheme.SYSTEM, False, False, Scheme.LIGHT),
        (Scheme.SYSTEM, True, False, Scheme.DARK),
        (Scheme.SYSTEM, False, True, Scheme.HIGH_CONTRAST),
        (Scheme.SYSTEM, True, True, Scheme.HIGH_CONTRAST),
        (Scheme.LIGHT, True, True, Scheme.LIGHT),
        (Scheme.DARK, False, False, Scheme.DARK),
        (Scheme.HIGH_CONTRAST, False, False, Scheme.HIGH_CONTRAST),
    ],
)
def test_the_system_is_followed_unless_a_person_chose(
    chosen: Scheme, dark: bool, more: bool, shown: Scheme
) -> None:
    assert scheme_shown(chosen, dark=dark, more_contrast=more) is shown


def test_a_change_of_the_system_is_heard(theme: Theme, qapp: QApplication) -> None:
    theme.choose(Scheme.SYSTEM)
    heard: list[int] = []
    theme.changed.connect(lambda: heard.append(1))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.shown is Scheme.LIGHT
    assert heard == []


def test_the_style_sheet_has_no_unfilled_place(theme: Theme) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.HIGH_CONTRAST):
        theme.choose(scheme)
        assert "@" not in theme.style_sheet()
        assert theme.tokens.brand in theme.style_sheet()


def test_lengths_and_words_grow_together(theme: Theme) -> None:
    small = theme.font().pointSizeF()
    theme.set_scale(150)
    assert theme.px(20) == 30
    assert theme.font().pointSizeF() == pytest.approx(1.5 * small)


@pytest.mark.parametrize(("asked", "given_"), [(20, 100), (100, 100), (175, 175), (900, 200)])
def test_the_scale_stays_between_100_and_200(theme: Theme, asked: int, given_: int) -> None:
    theme.set_scale(asked)
    assert theme.scale == given_
    assert theme.factor <= 2.0


def test_everything_is_repainted_when_the_scheme_changes(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    chip, button = Chip(theme, "ADHD", "essential"), Button(theme, "Ask", kind="primary")
    row.addWidget(chip)
    row.addWidget(button)
    with qtbot.waitExposed(page):
        page.show()
    light = [_middle_left(widget) for widget in (chip, button)]
    ground = page.grab().toImage().pixelColor(1, 1)
    theme.choose(Scheme.DARK)
    dark = [_middle_left(widget) for widget in (chip, button)]
    assert light == [QColor(SCHEMES["light"].brand)] * 2
    assert dark == [QColor(SCHEMES["dark"].brand)] * 2
    assert ground == QColor(SCHEMES["light"].canvas)
    assert page.grab().toImage().pixelColor(1, 1) == QColor(SCHEMES["dark"].canvas)


def _middle_left(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(5, widget.height() // 2)


def test_the_palette_serves_what_the_sheet_does_not_name() -> None:
    tokens = SCHEMES["dark"]
    palette = palette_of(tokens)
    assert palette.color(QPalette.ColorRole.Window) == QColor(tokens.canvas)
    assert palette.color(QPalette.ColorRole.Highlight) == QColor(tokens.brand)
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor(tokens.ink_3)


def test_icons_wear_the_colour_of_their_token(theme: Theme) -> None:
    image = theme.pixmap("check", "risk", 24, 2.0).toImage()
    assert image.width() == 48
    solid = {
        image.pixelColor(x, y).name().upper()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {SCHEMES["light"].risk}


def test_every_icon_can_be_drawn(theme: Theme) -> None:
    for file in (RESOURCES / "icons").glob("*.svg"):
        assert not theme.pixmap(file.stem, "ink", 16).isNull()
    assert (RESOURCES / "icons" / "LICENSE").is_file()


def test_inter_comes_in_four_weights(theme: Theme) -> None:
    assert {"Regular", "Medium", "Semi Bold", "Bold"} <= set(QFontDatabase.styles("Inter"))
    assert (RESOURCES / "fonts" / "LICENSE.txt").is_file()


def test_tokens_cannot_be_changed() -> None:
    tokens = SCHEMES["light"]
    with pytest.raises(AttributeError):
        tokens.ink = "#000000"  # type: ignore[misc]  # that it is refused is the point
    assert isinstance(tokens, Tokens)


def _page(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    for widget in widgets:
        row.addWidget(widget)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def _ring(theme: Theme) -> RingFrame | None:
    ring = theme.findChild(FocusRing)
    assert isinstance(ring, FocusRing)
    frame = ring.frame()
    return frame if frame is not None and frame.isVisible() else None


def test_tab_brings_the_ring_in_yellow_with_a_dark_edge(theme: Theme, qtbot: QtBot) -> None:
    first, second = Button(theme, "First"), QPushButton("Second")
    page = _page(qtbot, first, second)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    ring = _ring(theme)
    assert ring is not None
    assert ring.widget() is second
    image = page.grab().toImage()
    left, middle = second.x(), second.y() + second.height() // 2
    shades = [image.pixelColor(left - offset, middle).name().upper() for offset in (4, 3, 2)]
    assert shades == [theme.tokens.focus_edge, theme.tokens.focus, theme.tokens.focus]


def test_the_mouse_brings_no_ring_to_buttons_but_the_next_key_does(theme: Theme, qtbot: QtBot) -> None:
    first, second = Button(theme, "First"), Button(theme, "Second")
    page = _page(qtbot, first, second)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert page.focusWidget() is second
    assert _ring(theme) is None
    QTest.keyClick(second, Qt.Key.Key_Shift)
    assert _ring(theme) is not None


def test_text_fields_always_show_the_ring(theme: Theme, qtbot: QtBot) -> None:
    button, field = Button(theme, "First"), QLineEdit()
    page = _page(qtbot, button, field)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert page.focusWidget() is field
    ring = _ring(theme)
    assert ring is not None
    assert ring.widget() is field


def test_the_ring_survives_the_window_it_was_in(theme: Theme, qtbot: QtBot) -> None:
    earlier = QWidget()
    button = QPushButton("First", earlier)
    with qtbot.waitActive(earlier):
        earlier.show()
        earlier.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    earlier.close()
    shiboken6.delete(earlier)
    field = QLineEdit()
    page = _page(qtbot, Button(theme, "Before"), field)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    ring = _ring(theme)
    assert ring is not None
    assert ring.window() is page


def test_a_second_theme_takes_the_place_of_the_first(theme: Theme, qapp: QApplication) -> None:
    newer = apply_theme(qapp, RESOURCES, Scheme.DARK)
    assert qapp.findChildren(Theme) == [newer]
    assert newer.shown is Scheme.DARK
