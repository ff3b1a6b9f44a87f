"""What ships with the program and is read once: vocabulary, cues, templates."""

from dataclasses import dataclass
from pathlib import Path

from peermatch import paths
from peermatch.mail.wording import Templates
from peermatch.matching.suggest import Suggester
from peermatch.model.reference import FILES, Reference


@dataclass(frozen=True, slots=True)
class Shipped:
    """Vocabulary, the reader of letters and the letter templates."""

    reference: Reference
    suggester: Suggester
    templates: Templates


def load_shipped() -> Shipped:
    """Read the shipped resources."""
    texts = {name: paths.resource_text("vocabulary", f"{name}.toml") for name in FILES}
    reference = Reference.parse(texts)
    cues = {
        path.stem: path.read_text("utf-8") for path in sorted((paths.resources() / "suggest").glob("*.toml"))
    }
    letters = {
        path.stem: path.read_text("utf-8") for path in sorted((paths.resources() / "letters").glob("*.txt"))
    }
    return Shipped(reference, Suggester(reference, cues), Templates(letters))


def shipped_resources() -> Path:
    """The folder of theme, fonts and icons, for the window."""
    return paths.resources()
