"""Every letter that PeerMatch can write: when, to whom, and with which fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Side(StrEnum):
    """Who reads a letter."""

    TRAINEE = "trainee"
    SUPPORTER = "supporter"


class Stage(StrEnum):
    """Where in the work a letter belongs."""

    ARRIVING = "arriving"
    LOOKING = "looking"
    ASKING = "asking"
    INTRODUCING = "introducing"
    AFTERWARDS = "afterwards"
    SUPPORTING = "supporting"
    CONSENTING = "consenting"


@dataclass(frozen=True, slots=True)
class Field:
    """What is filled in when the letter is written.

    ``listed``: it may be several lines, so it has a line of its own; ``optional``: it may be empty, and then its
    paragraph is left out.
    """

    id: str
    label: str
    note: str
    listed: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; ``needs`` are the fields without which it would not do its work.

    ``fixed_subject``: what is checked before it leaves says what its subject is, so nobody changes it.
    ``unsigned``: where there was a risk it must not say who writes, so the words may not either.
    """

    id: str
    side: Side
    stage: Stage
    title: str
    when: str
    fields: frozenset[str]
    needs: frozenset[str]
    fixed_subject: bool = False
    unsigned: bool = False


_FIELDS = (
    Field("name", "First name", "What the supporter is called."),
    Field(
        "someone", "Who asks, veiled", "A few words that fit many people, such as someone in psychiatry."
    ),
    Field(
        "topics", "Topics", "What they have in common, one on each line.", listed=True, optional=True
    ),
    Field("reference", "Reference", "The number by which an answer finds its place."),
    Field("controller", "Who decides about the data", "As it stands in the settings.", optional=True),
    Field("urgent", "Help for today", "Services that can be reached now, one on each line.", listed=True),
    Field("code", "Card code", "Four signs that mean nothing to anybody else."),
    Field("card", "Contact card", "What the supporter agreed to give, and no more.", listed=True),
    Field("day", "Day", "The day that the letter speaks of."),
    Field("details", "What not to use", "The phone number in it, or those contact details."),
    Field("team", "Who writes", "The team; empty where others may read that mailbox.", optional=True),
    Field("asked", "What we ask again", "Each line to be answered with yes or no.", listed=True),
    Field("wording", "Words of consent", "The version that they would agree to.", listed=True),
    Field("near", "What comes near", "Topics that somebody does know, one on each line.", listed=True, optional=True),
)  # fmt: skip
FIELD: Mapping[str, Field] = MappingProxyType({each.id: each for each in _FIELDS})
"""Every field, by its name."""
_BY_LABEL: Mapping[str, str] = MappingProxyType(
    {name.casefold(): each.id for each in _FIELDS for name in (each.id, each.label)}
)
FIELD_SIGN = re.compile(r"\{([^{}\n]*)\}")
"""A field as it stands in the words of a letter."""
IN_SUBJECTS = frozenset({"reference", "code"})
"""The fields that a subject may have: others would say something to whoever sees the list of messages."""


def _to_trainee(
    stage: Stage,
    id: str,
    title: str,
    when: str,
    fields: str = "reference",
    *,
    needs: str = "reference",
    fixed_subject: bool = False,
    unsigned: bool = False,
) -> Letter:
    has, must = frozenset(fields.split()), frozenset(needs.split())
    return Letter(id, Side.TRAINEE, stage, title, when, has, must, fixed_subject, unsigned)


def _to_supporter(
    stage: Stage, id: str, title: str, when: str, fields: str = "name reference", *, needs: str = ""
) -> Letter:
    has, must = frozenset(fields.split()), frozenset(needs.split())
    return Letter(id, Side.SUPPORTER, stage, title, when, has, must)


_ARRIVING = (
    _to_trainee(
        Stage.ARRIVING,
        "acknowledgement",
        "First reply",
        "Within a working day of their message.",
        "reference controller urgent",
        needs="reference controller urgent",
    ),
    _to_trainee(
        Stage.ARRIVING,
        "out-of-scope",
        "Not for us",
        "Where we are not the right people for it.",
        "reference urgent",
        needs="reference urgent",
    ),
)
_LOOKING = (
    _to_trainee(
        Stage.LOOKING, "still-looking", "Still looking", "When it takes longer than a week to find somebody."
    ),
    _to_trainee(
        Stage.LOOKING,
        "no-match",
        "Nobody found",
        "Where nobody fits: who comes near, and what else there is.",
        "reference near urgent",
        needs="reference urgent",
    ),
    _to_trainee(
        Stage.LOOKING,
        "on-hold",
        "On hold",
        "When the search waits until a day that was agreed.",
        "reference day",
        needs="reference day",
    ),
)
_ASKING = (
    _to_supporter(
        Stage.ASKING,
        "ask",
        "Asking a supporter",
        "When somebody could use what they know.",
        "name someone topics reference",
        needs="reference topics",
    ),
    _to_supporter(
        Stage.ASKING, "reminder", "The one reminder", "Three working days later.", needs="reference"
    ),
    _to_supporter(Stage.ASKING, "thanks-for-no", "Thanks for a no", "When a supporter said no."),
    _to_supporter(Stage.ASKING, "lapsed", "No answer came", "When somebody else was asked in the meantime."),
    _to_trainee(
        Stage.ASKING,
        "offer",
        "Telling the trainee that somebody could help",
        "When a supporter said yes.",
        "reference topics",
    ),
    _to_trainee(
        Stage.ASKING, "offer-reminder", "Reminding the trainee", "When they have not answered for a while."
    ),
    _to_supporter(
        Stage.ASKING, "not-needed", "Not needed after all", "When the trainee would rather not, after a yes."
    ),
    _to_trainee(
        Stage.ASKING, "not-after-all", "Somebody cannot after all", "When a supporter takes a yes back."
    ),
)
_INTRODUCING = (
    _to_trainee(
        Stage.INTRODUCING,
        "introduction",
        "Introduction",
        "When both have said yes: the card goes with it.",
        "code name card topics urgent",
        needs="name card topics urgent",
        fixed_subject=True,
    ),
    _to_trainee(
        Stage.INTRODUCING,
        "card",
        "The card to keep or print",
        "The page that goes with an introduction; it names no topic.",
        "code name card urgent",
        needs="name card urgent",
        fixed_subject=True,
    ),
)
_AFTERWARDS = (
    _to_trainee(Stage.AFTERWARDS, "follow-up", "How did it go?", "Two weeks after the introduction."),
    _to_trainee(Stage.AFTERWARDS, "follow-up-last", "How did it go, for the last time", "After six weeks."),
    _to_supporter(
        Stage.AFTERWARDS, "follow-up-supporter", "How are you?", "Beside each question to the trainee."
    ),
    _to_supporter(Stage.AFTERWARDS, "thank-you", "Thank you", "When an introduction is finished."),
    _to_supporter(
        Stage.AFTERWARDS, "ended", "It has ended", "When it was stopped: only that it is over, and no reason."
    ),
    _to_trainee(Stage.AFTERWARDS, "closing", "Closing", "When nothing is left to do."),
    _to_trainee(
        Stage.AFTERWARDS,
        "withdrawn",
        "Stopped at their word",
        "When they took their message back.",
        "reference day",
    ),
    _to_trainee(
        Stage.AFTERWARDS,
        "stop-using",
        "Please stop using a card",
        "When a supporter has taken consent back or was erased.",
        "code details team",
        needs="code details team",
        unsigned=True,
    ),
    _to_supporter(
        Stage.AFTERWARDS,
        "forget-messages",
        "Please delete what you kept",
        "When the person they were introduced to was erased.",
        "name day",
        needs="day",
    ),
)
_SUPPORTING = (
    _to_supporter(Stage.SUPPORTING, "applied", "Thanks for the offer", "When a volunteer has written.", "name"),
    _to_supporter(
        Stage.SUPPORTING, "welcome", "Welcome", "When talk, training and agreement are done.", "name day"
    ),
    _to_supporter(Stage.SUPPORTING, "paused", "A pause", "When a supporter would like one.", "name day", needs="day"),
    _to_supporter(Stage.SUPPORTING, "left", "Goodbye", "When a supporter has left.", "name day"),
)  # fmt: skip
_CONSENTING = (
    _to_supporter(
        Stage.CONSENTING,
        "renewal",
        "Asking again for consent",
        "Before consent ends.",
        "name reference asked wording controller day",
        needs="reference asked wording controller day",
    ),
    _to_supporter(
        Stage.CONSENTING,
        "consent-ended",
        "Consent has ended",
        "When it ended and no answer came.",
        "name day",
        needs="day",
    ),
    _to_supporter(
        Stage.CONSENTING,
        "withdraw",
        "Consent is taken back",
        "When a supporter has taken consent back.",
        "name day",
        needs="day",
    ),
)
LETTERS: Mapping[str, Letter] = MappingProxyType(
    {
        each.id: each
        for stage in (
            _ARRIVING,
            _LOOKING,
            _ASKING,
            _INTRODUCING,
            _AFTERWARDS,
            _SUPPORTING,
            _CONSENTING,
        )
        for each in stage
    }
)
"""Every letter, in the order of the work."""
FIELDS: Mapping[str, frozenset[str]] = MappingProxyType({id: each.fields for id, each in LETTERS.items()})
"""What each letter may say; no letter to a supporter has a field for the person who asked."""


def with_labels(text: str) -> str:
    """Each field under the name that people read: ``{reference}`` as ``{Reference}``."""
    return FIELD_SIGN.sub(
        lambda found: f"{{{FIELD[found[1]].label}}}" if found[1] in FIELD else found[0], text
    )


def with_ids(text: str) -> str:
    """The way back, also where somebody typed the name in small letters; what is no field stays as it is."""
    return FIELD_SIGN.sub(lambda found: f"{{{_BY_LABEL.get(_name(found[1]), found[1])}}}", text)


def _name(typed: str) -> str:
    return " ".join(typed.split()).casefold()
