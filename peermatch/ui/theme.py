"""The look of the window: colours, lengths, fonts and icons in one object that every widget follows."""

import sys
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from peermatch.ui.cover import Cover
from peermatch.ui.read_only import ReadOnly
from peermatch.ui.tokens import Token, Tokens, read_tokens
from peermatch.ui.widgets.focus import FocusRing
from peermatch.ui.widgets.focus_keeper import FocusKeeper
from peermatch.ui.widgets.roles import tell_roles

BASE_TEXT = 14
SMALLEST_SCALE = 100
LARGEST_SCALE = 200
STYLED = "fusionFromTheStart"
"""Of an application that was made in this style: setting it hands back a class with hundreds of names to make."""

Line = tuple[str, int, int, int, frozenset[str]]
"""Of a line of words all that says how high it is: font, room above, frame, line height, letters of other fonts."""

WORN = "themeWorn"
"""Where an application keeps the look that it wears."""


class Scheme(StrEnum):
    """What a person may choose; ``SYSTEM`` follows the computer, also while the window is open."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(QObject):
    """Colours, lengths, fonts and icons of the moment; widgets read them and repaint on ``changed``."""

    changed = Signal()
    widened = Signal()

    def __init__(self, app: QApplication, resources: Path, scheme: Scheme, scale: int) -> None:
        super().__init__(app)
        self._app = app
        self.ring: FocusRing
        self._resources = resources
        self._schemes = read_tokens(resources / "theme" / "tokens.toml")
        self._sheet = (resources / "theme" / "style.qss").read_text(encoding="utf-8")
        self._family = _family(resources / "fonts")
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self.lines: dict[Line, int] = {}
        """How high a single line of each kind is: found out by the first label that has one."""
        self._chosen = scheme
        self._scale = _bounded(scale)
        self._factor = self._measured()
        self._lists = 100
        self._shown = self._resolve()
        self.cover = Cover(self)
        self.read_only = ReadOnly(self)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        """The colours of the scheme that is shown now."""
        return self._schemes[self._shown.value]

    @property
    def chosen(self) -> Scheme:
        """What the person chose, ``SYSTEM`` included."""
        return self._chosen

    @property
    def shown(self) -> Scheme:
        """The scheme on the screen: never ``SYSTEM``."""
        return self._shown

    @property
    def scale(self) -> int:
        """The chosen text size in per cent, 100 to 200."""
        return self._scale

    @property
    def factor(self) -> float:
        """What lengths are multiplied with: the chosen size times the system's own enlargement, at most 2."""
        return self._factor

    def choose(self, scheme: Scheme) -> None:
        """Show another scheme at once."""
        self._chosen = scheme
        self._shown = self._resolve()
        self.apply()

    def set_scale(self, percent: int) -> None:
        """Show all text larger or smaller at once (100 to 200 per cent)."""
        self._scale = _bounded(percent)
        self.apply()

    @property
    def lists(self) -> int:
        """How wide lists beside a record wish to be, in per cent of the design."""
        return self._lists

    def set_lists(self, percent: int) -> None:
        """Show them narrower or wider at once."""
        if percent != self._lists:
            self._lists = percent
            self.widened.emit()

    def px(self, length: float) -> int:
        """A length of the design (at 100 %) in pixels of the moment."""
        return round(length * self._factor)

    def font(self, size: float = BASE_TEXT, weight: int = 400) -> QFont:
        """The interface font at a design size (px at 100 %) and weight (400, 500, 600, 700)."""
        key = (size, weight)
        if key not in self._fonts:
            font = QFont(self._family)
            font.setPointSizeF(self._points(size))
            font.setWeight(QFont.Weight(weight))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def colour(self, name: Token) -> QColor:
        """A token as a colour for a painter."""
        if name not in self._colours:
            self._colours[name] = QColor(self.tokens.value(name))
        return QColor(self._colours[name])

    def pixmap(self, name: str, tone: Token = "ink_2", size: float = 16, ratio: float = 1.0) -> QPixmap:
        """An icon of ``resources/icons`` in the colour of a tone, sharp on screens of that pixel ratio."""
        key = (name, self.tokens.value(tone), self.px(size), ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def icon(self, name: str, tone: Token = "ink_2", size: float = 16) -> QIcon:
        """The same for buttons and menus."""
        return QIcon(self.pixmap(name, tone, size, self._app.devicePixelRatio()))

    def apply(self) -> None:
        """Give palette, font and style sheet to the application and let every widget follow."""
        self._pixmaps.clear()
        self._fonts.clear()
        self._colours.clear()
        self.lines.clear()
        self._factor = self._measured()
        self._app.setStyleSheet("")  # what is undressed first is dressed anew in a third of the time
        self._app.setPalette(palette_of(self.tokens))
        self._app.setFont(self.font())
        self._app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def style_sheet(self) -> str:
        """The one style sheet: the template with this moment's colours and lengths."""
        colours = self.tokens.named()
        plain, *marked = self._sheet.split("@")
        filled = (
            f"{colours.get(name) or self._length(name)}{rest}"
            for name, rest in zip(marked[::2], marked[1::2], strict=True)
        )
        return "".join((plain, *filled))

    def _length(self, name: str) -> str:
        if name.endswith("px"):
            return f"{self.px(float(name.removesuffix('px')))}px"
        return f"{self._points(float(name.removesuffix('text'))):.2f}pt"

    def _measured(self) -> float:
        return min(LARGEST_SCALE / 100, self._scale / 100 * _system_enlargement())

    def _points(self, size: float) -> float:
        return size * self.factor * 72 / self._app.primaryScreen().logicalDotsPerInchY()

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # the first page has no icon

        drawing = (self._resources / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _resolve(self) -> Scheme:
        hints = self._app.styleHints()
        contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        return scheme_shown(self._chosen, dark=dark, more_contrast=contrast)

    @Slot()
    def _follow_system(self) -> None:
        if self._resolve() is not self._shown:
            self._shown = self._resolve()
            self.apply()


def apply_theme(
    app: QApplication, resources: Path, scheme: Scheme = Scheme.SYSTEM, scale: int = SMALLEST_SCALE
) -> Theme:
    """Dress the application and hand back the theme that every widget of ``ui`` is given.

    ``resources`` is the folder with ``theme``, ``fonts`` and ``icons``. Call once, before the first window.
    """
    earlier = app.property(WORN)  # to look for it among Qt's own would first make a class for each of them
    if isinstance(earlier, Theme):
        earlier.setParent(None)
        earlier.deleteLater()
    tell_roles()
    if app.property(STYLED) is None:
        app.setStyle("Fusion")
    theme = Theme(app, resources, scheme, scale)
    app.setProperty(WORN, theme)
    theme.apply()
    theme.ring = FocusRing(theme, app)
    FocusKeeper(app, theme)
    return theme


def scheme_shown(chosen: Scheme, *, dark: bool, more_contrast: bool) -> Scheme:
    """What a choice means on a computer that is set to dark colours or to more contrast."""
    if chosen is not Scheme.SYSTEM:
        return chosen
    if more_contrast:
        return Scheme.HIGH_CONTRAST
    return Scheme.DARK if dark else Scheme.LIGHT


def palette_of(tokens: Tokens) -> QPalette:
    """The tokens as Qt's palette, for everything that the style sheet does not name."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.canvas,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.ink,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.risk,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.ink,
        role.PlaceholderText: tokens.ink_3,
        role.Highlight: tokens.brand,
        role.HighlightedText: tokens.on_brand,
        role.Accent: tokens.brand,
        role.Link: tokens.brand,
        role.LinkVisited: tokens.violet,
        role.Light: tokens.surface,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.line_strong,
        role.Shadow: tokens.line_strong,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.ink_3))
    return palette


def _bounded(percent: int) -> int:
    return max(SMALLEST_SCALE, min(LARGEST_SCALE, percent))


def _family(fonts: Path) -> str:
    """The system's own interface font where it has one, else the Inter that comes with PeerMatch."""
    for file in sorted(fonts.iterdir()):
        if file.suffix == ".otf":
            QFontDatabase.addApplicationFont(str(file))
    if sys.platform == "win32":
        return "Segoe UI"
    if sys.platform == "darwin":
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return "Inter"


def _system_enlargement() -> float:
    """How much larger than usual the system shows its own text; the usual pixel size differs by system."""
    usual = {"win32": 12, "darwin": 13}.get(sys.platform, 15)
    shown = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return max(1.0, shown / usual)
