"""The words of one letter with their fields, and what is said about them line by line."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.text import one_line, readable

SUBJECT = 0
"""The line of a remark about the subject."""
WHOLE = -1
"""The line of a remark about the letter as a whole."""
_SUBJECT_BEGINS = "Subject: "


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and body, with each field as ``{name}``."""

    subject: str
    body: str

    @classmethod
    def tidy(cls, subject: str, body: str) -> "LetterText":
        """As it is kept: the subject on one line, no characters that cannot be seen, no empty lines around."""
        lines = (line.rstrip() for line in readable(body).split("\n"))
        return cls(one_line(subject), "\n".join(lines).strip("\n"))

    @classmethod
    def parse(cls, text: str) -> "LetterText | None":
        """From a file: ``Subject: ...``, an empty line, the body; None where it does not begin so."""
        subject, _, body = readable(text).strip().partition("\n\n")
        if not subject.startswith(_SUBJECT_BEGINS) or "\n" in subject:
            return None
        return cls.tidy(subject.removeprefix(_SUBJECT_BEGINS), body)


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a network says in the place of one letter that ships."""

    letter: str
    text: LetterText


@dataclass(frozen=True, slots=True)
class KeptText:
    """One version that was kept: when, and its words; without words the shipped letter was taken up again."""

    number: int
    letter: str
    kept: date
    text: LetterText | None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one line, counted from 1; what is ``grave`` keeps the letter from being kept or used."""

    line: int
    text: str
    grave: bool = True

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        if self.line == WHOLE:
            return "The letter"
        return "The subject" if self.line == SUBJECT else f"Line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"
