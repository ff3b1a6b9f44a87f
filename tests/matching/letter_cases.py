"""The letters with their labels, and the suggester on the word lists that ship."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peermatch.mail.reading import letter_from_text, read_letter
from peermatch.matching.suggest import Suggester
from peermatch.model.letter import Letter, Proposal
from tests.matching.real_reference import REAL

ROOT = Path(__file__).resolve().parents[2]
CUES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "resources/suggest").glob("*.toml")}
SUGGESTER = Suggester(REAL, CUES)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter and what an expert would have said about it."""

    name: str
    letter: Letter
    label: dict[str, str]

    def listed(self, column: str) -> list[str]:
        """The entries of a column that holds a list."""
        return [each.strip() for each in self.label[column].split(";") if each.strip()]


@cache
def labelled(folder: str) -> tuple[Labelled, ...]:
    """All letters of a folder."""
    place = ROOT / "tests" / "letters" / folder
    with (place / "labels.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Labelled(name, read_letter((place / name).read_bytes()), row)
            for row in csv.DictReader(rows)
            for name in [Path(row["file"]).name]
        )


@cache
def proposed(letter: Letter) -> Proposal:
    """What is proposed for a letter."""
    return SUGGESTER.propose(letter)


def topics(text: str) -> list[str]:
    """The topics of a letter that was pasted."""
    return [topic.characteristic for topic in propose(text).topics]


def propose(text: str) -> Proposal:
    """What is proposed for a letter that was pasted."""
    return SUGGESTER.propose(letter_from_text(text))
