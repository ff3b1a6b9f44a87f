"""What ships with the program and is read once: vocabulary, cues, templates; what reads it is loaded with it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch import paths
from peermatch.errors import Damaged
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.mail.wording import Templates
    from peermatch.matching.suggesting.sense import Sense
    from peermatch.model.reference import Reference
    from peermatch.services.reader import Reader


@dataclass(frozen=True, slots=True)
class Shipped:
    """Vocabulary, the reader of letters and the letter templates."""

    reference: "Reference"
    suggester: "Reader"
    templates: "Templates"


def load_shipped() -> Shipped:
    """Read the shipped resources."""
    from peermatch.mail.wording import Templates
    from peermatch.model.reference import FILES, Reference
    from peermatch.services.reader import ReaderOnDemand

    texts = {name: paths.resource_text("vocabulary", f"{name}.toml") for name in FILES}
    reference = Reference.parse(texts)
    letters = {
        path.stem: path.read_text("utf-8") for path in sorted((paths.resources() / "letters").glob("*.txt"))
    }
    return Shipped(reference, ReaderOnDemand(lambda: _reader(reference)), Templates(letters))


def _reader(reference: "Reference") -> "Reader":
    from peermatch.matching.suggest import Suggester

    return Suggester(reference, load_cues(), load_sense)


def load_cues() -> dict[str, str]:
    """How people write, as the rules that read letters know it."""
    folder = paths.resources() / "suggest"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}


@cache
def load_sense() -> "Sense":
    """The sentence model, read when the first letter is; a part of the program that cannot be read says so."""
    from peermatch.matching.suggesting.sense import Sense

    folder = paths.resources() / "suggest" / "sense"
    try:
        return Sense((folder / "encoder.bin").read_bytes(), (folder / "heads.bin").read_bytes())
    except OSError as error:
        raise Damaged(
            tr("A file that reads letters is missing."), tr("Install the program again.")
        ) from error


def shipped_resources() -> Path:
    """The folder of theme, fonts and icons, for the window."""
    return paths.resources()
