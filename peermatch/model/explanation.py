"""What is told on request about one person and one enquiry: why not, how rare, and who else there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peermatch.model.verdict import Code
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class CodeWords:
    """A code in a few words: after how many it refuses (``3 have no room now``), and as the bare reason of one."""

    many: str
    reason: str


NOT_ACTIVE = tr("not active, or no valid consent to keep their record")
CODE_WORDS: Mapping[Code, CodeWords] = MappingProxyType(
    {
        Code.NOT_ACTIVE: CodeWords(NOT_ACTIVE, NOT_ACTIVE),
        Code.PAUSED: CodeWords("paused", "paused"),
        Code.UNAVAILABLE: CodeWords(tr("not available now"), tr("not available")),
        Code.OTHER_PROGRAMME: CodeWords(tr("take no part in this programme"), tr("not in this programme")),
        Code.SAME_PERSON: CodeWords(
            tr("have the name or address of who asks"), tr("perhaps the same person")
        ),
        Code.EXCLUDED_BY_ENQUIRER: CodeWords(tr("to be kept away from"), tr("to be kept away from")),
        Code.POWER_RELATION: CodeWords(
            tr("too close to the person who asks"), tr("too close to the person who asks")
        ),
        Code.OWN_BOUNDARY: CodeWords(tr("would rather not, by their own limits"), tr("their own limit")),
        Code.ALREADY_ASKED: CodeWords(tr("already asked, or kept apart"), tr("already asked, or kept apart")),
        Code.NO_ROOM: CodeWords(tr("have no room now"), tr("no room now")),
        Code.ESSENTIAL_NOT_SHARED: CodeWords(
            tr("do not share what is essential"), tr("what is essential is not shared")
        ),
        Code.CONSENT_ENDED: CodeWords(tr("matching consent ended"), tr("consent for what is needed ended")),
        Code.CONSENT_MISSING: CodeWords(
            tr("matching consent never given: ask first"),
            tr("consent for what is needed never given, so ask first"),
        ),
        Code.NOTHING_IN_COMMON: CodeWords(
            tr("share nothing that is asked for"), tr("nothing that is asked for is shared")
        ),
    }
)
"""Every code in words, for all who list or count: the window, the plan and the command line."""
_NOTHING_SAID = CodeWords(
    tr("wait for you to say what is needed"), tr("nothing is confirmed yet of what they need")
)


def code_words(code: Code, *, needs: bool) -> CodeWords:
    """A code in words; of an enquiry without needs nobody can be said to share too little of them."""
    return CODE_WORDS[code] if needs or code is not Code.NOTHING_IN_COMMON else _NOTHING_SAID


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
