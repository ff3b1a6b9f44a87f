"""What ships with the program and is read once: vocabulary, cues, templates."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peermatch import paths
from peermatch.errors import Damaged
from peermatch.mail.wording import Templates
from peermatch.matching.suggest import Suggester
from peermatch.matching.suggesting.sense import Sense, Sensed
from peermatch.matching.suggesting.weighing import Alarm, Clue
from peermatch.model.letter import Letter, Proposal
from peermatch.model.reference import FILES, Reference
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class Shipped:
    """Vocabulary, the reader of letters and the letter templates."""

    reference: Reference
    suggester: Suggester
    templates: Templates


class ReaderOnDemand(Suggester):
    """The reader of letters, made when the first letter is read: no window waits for it."""

    def __init__(self, make: Callable[[], Suggester]) -> None:
        self._make = make
        self._made: Suggester | None = None

    def propose(self, letter: Letter) -> Proposal:
        """What the reader says."""
        return self._reader().propose(letter)

    def forget(self) -> None:
        """The network locks: one that was never made knows nothing."""
        if self._made is not None:
            self._made.forget()

    def with_sense(self, sense: Callable[[], Sense]) -> Suggester:
        """The same rules beside another sentence model."""
        return self._reader().with_sense(sense)

    def clues(self, letter: Letter, sense: Sense) -> tuple[dict[str, Clue], Alarm, Sensed]:
        """What speaks for each topic and for danger."""
        return self._reader().clues(letter, sense)

    def _reader(self) -> Suggester:
        if self._made is None:
            self._made = self._make()
        return self._made


def load_shipped() -> Shipped:
    """Read the shipped resources."""
    texts = {name: paths.resource_text("vocabulary", f"{name}.toml") for name in FILES}
    reference = Reference.parse(texts)
    letters = {
        path.stem: path.read_text("utf-8") for path in sorted((paths.resources() / "letters").glob("*.txt"))
    }
    reader = ReaderOnDemand(lambda: Suggester(reference, load_cues(), load_sense))
    return Shipped(reference, reader, Templates(letters))


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
        raise Damaged(
            tr("A file that reads letters is missing."), tr("Install the program again.")
        ) from error


def shipped_resources() -> Path:
    """The folder of theme, fonts and icons, for the window."""
    return paths.resources()
