"""What is told on request about one person and one enquiry: why not, how rare, and who else there is."""

from dataclasses import dataclass

from peermatch.model.verdict import Code


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody is not suggested: the sentence, the facts it rests on, and what would change it.

    ``codes`` are all that refuse, the first included. ``place`` is where they would stand once all of ``change`` had
    happened, worked out and not guessed; none where nothing that may be asked for would bring them in.
    """

    supporter: str
    codes: tuple[Code, ...]
    sentence: str
    rests_on: tuple[str, ...]
    change: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Scarce:
    """Something that is asked for, and how few are able to meet it, the person spoken of included."""

    need: str
    able: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Somebody else who could serve an enquiry: their place, and which needs they would leave unmet."""

    supporter: str
    place: int
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Whether somebody suggested meets everything; if nobody does, the best two who do together, if there are any."""

    whole: bool
    pair: tuple[str, str] | None = None
