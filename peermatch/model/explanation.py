"""What is told on request about one person and one enquiry: why not, how rare, and who else there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peermatch.model.verdict import Code


@dataclass(frozen=True, slots=True)
class CodeWords:
    """A code in a few words: after how many it refuses (``3 have no room now``), and as the bare reason of one."""

    many: str
    reason: str


NOT_ACTIVE = "not active, or no valid consent to keep their record"
CODE_WORDS: Mapping[Code, CodeWords] = MappingProxyType(
    {
        Code.NOT_ACTIVE: CodeWords(NOT_ACTIVE, NOT_ACTIVE),
        Code.PAUSED: CodeWords("paused", "paused"),
        Code.UNAVAILABLE: CodeWords("not available now", "not available"),
        Code.OTHER_PROGRAMME: CodeWords("take no part in this programme", "not in this programme"),
        Code.SAME_PERSON: CodeWords("have the name or address of who asks", "perhaps the same person"),
        Code.EXCLUDED_BY_ENQUIRER: CodeWords("to be kept away from", "to be kept away from"),
        Code.POWER_RELATION: CodeWords(
            "too close to the person who asks", "too close to the person who asks"
        ),
        Code.OWN_BOUNDARY: CodeWords("would rather not, by their own limits", "their own limit"),
        Code.ALREADY_ASKED: CodeWords("already asked, or kept apart", "already asked, or kept apart"),
        Code.NO_ROOM: CodeWords("have no room now", "no room now"),
        Code.ESSENTIAL_NOT_SHARED: CodeWords(
            "do not share what is essential", "what is essential is not shared"
        ),
        Code.CONSENT_ENDED: CodeWords("matching consent ended", "consent for what is needed ended"),
        Code.CONSENT_MISSING: CodeWords(
            "matching consent never given: ask first", "consent for what is needed never given, so ask first"
        ),
        Code.NOTHING_IN_COMMON: CodeWords(
            "share nothing that is asked for", "nothing that is asked for is shared"
        ),
    }
)
"""Every code in words, for all who list or count: the window, the plan and the command line."""


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
