"""The style sheet: every rule that gives words and their ground gives a pair that can be read."""

import re
from collections.abc import Iterator

import pytest

from peermatch.services.shipped import shipped_resources
from peermatch.ui.tokens import contrast, read_tokens

SHEET = shipped_resources() / "theme" / "style.qss"
SCHEMES = read_tokens(shipped_resources() / "theme" / "tokens.toml")
LEAST = 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_of_the_style_sheet_can_be_read(scheme: str) -> None:
    colours = SCHEMES[scheme].named()
    pairs = set(sheet_pairs(SHEET.read_text(encoding="utf-8")))
    assert ("on-brand", "brand") in pairs
    for words, ground in pairs:
        assert contrast(colours[words], colours[ground]) >= LEAST, (words, ground)


def sheet_pairs(sheet: str) -> Iterator[tuple[str, str]]:
    """Which words stand on which ground by one rule; what is barred may be fainter, and says why it is barred."""
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        words = re.search(r"(?<![\w-])color:\s*@([a-z-]+\d?)@", body)
        ground = re.search(r"background:\s*@([a-z-]+\d?)@", body)
        if words and ground and ":disabled" not in selector:
            yield words.group(1), ground.group(1)
