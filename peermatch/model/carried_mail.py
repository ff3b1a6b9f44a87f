"""Later letters, files that came with letters, and marks of letters, as a network takes them along when it moves."""

from dataclasses import dataclass

from peermatch.model.mail import Mail


@dataclass(frozen=True, slots=True, repr=False)
class CarriedLetter:
    """A later letter, with the marks by which the same one is known again."""

    mail: Mail
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class CarriedFile:
    """A file that came with the first letter of an enquiry or with a later one, exactly as it came."""

    name: str
    body: bytes
    enquiry: str | None = None
    letter: int | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class LetterMark:
    """By what the letter that began an enquiry is known again."""

    enquiry: str
    mark: str


@dataclass(frozen=True, slots=True, repr=False)
class CarriedMail:
    """All of it; ``unmarked`` are the domains whose letters need no mark, None where no letter is marked."""

    letters: tuple[CarriedLetter, ...] = ()
    files: tuple[CarriedFile, ...] = ()
    marks: tuple[LetterMark, ...] = ()
    unmarked: tuple[str, ...] | None = None
