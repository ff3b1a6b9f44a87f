"""The named colours of the look, read from one file, and the arithmetic of contrast (WCAG 2.2)."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

Token = Literal[
    "canvas",
    "surface",
    "raised",
    "line",
    "line_strong",
    "ink",
    "ink_2",
    "ink_3",
    "brand",
    "brand_hover",
    "brand_soft",
    "on_brand",
    "good",
    "good_soft",
    "wait",
    "wait_soft",
    "risk",
    "risk_soft",
    "violet",
    "violet_soft",
    "mark",
    "focus",
    "focus_edge",
]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme's colours as ``#RRGGBB``, named as in the design (``line-strong`` is ``line_strong``)."""

    canvas: str
    surface: str
    raised: str
    line: str
    line_strong: str
    ink: str
    ink_2: str
    ink_3: str
    brand: str
    brand_hover: str
    brand_soft: str
    on_brand: str
    good: str
    good_soft: str
    wait: str
    wait_soft: str
    risk: str
    risk_soft: str
    violet: str
    violet_soft: str
    mark: str
    focus: str

    def value(self, name: Token) -> str:
        """The colour of that name, the dark edge of the focus ring included."""
        return str(getattr(self, name))

    @property
    def focus_edge(self) -> str:
        """The darker of text and canvas: it keeps the yellow ring visible on a light ground."""
        return min(self.ink, self.canvas, key=luminance)

    def named(self) -> dict[str, str]:
        """Every colour under the name that the style sheet uses."""
        return {field.name.replace("_", "-"): self.value(field.name) for field in fields(self)}  # type: ignore[arg-type]  # a field's name is a Token


def read_tokens(path: Path) -> dict[str, Tokens]:
    """All schemes of the file, by name: ``light``, ``dark``, ``high-contrast``.

    Of TOML it has tables of texts, one a line; the first page would wait for a reader of all of TOML.
    """
    schemes: dict[str, dict[str, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, colour = line.partition(" = ")
        if line.startswith("["):
            scheme = schemes[line.strip("[]")] = {}
        elif colour:
            scheme[name.replace("-", "_")] = colour.strip('"')
    return {name: Tokens(**colours) for name, colours in schemes.items()}


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
