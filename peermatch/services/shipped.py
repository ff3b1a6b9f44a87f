"""What ships with the program and is read once: vocabulary, cues, templates."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peermatch import paths
from peermatch.errors import Damaged
from peermatch.mail.wording import Templates
from peermatch.matching.suggest import Suggester
from peermatch.matching.suggesting.sense import Sense
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
    letters = {
        path.stem: path.read_text("utf-8") for path in sorted((paths.resources() / "letters").glob("*.txt"))
    }
    return Shipped(reference, Suggester(reference, load_cues(), load_sense), Templates(letters))


def load_cues() -> dict[str, str]:
    """How people write, as the rules that read letters know it."""
    folder = paths.resources() / "suggest"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}


@cache
def load_sense() -> Sense:
    """The sentence model, read when the first letter is; a part of the program that cannot be read says so."""
    folder = paths.resources() / "suggest" / "sense"
    try:
        return Sense((folder / "encoder.bin").read_bytes(), (folder / "heads.bin").read_bytes())
    except OSError as error:
        raise Damaged("A file that reads letters is missing.", "Install the program again.") from error


def shipped_resources() -> Path:
    """The folder of theme, fonts and icons, for the window."""
    return paths.resources()
