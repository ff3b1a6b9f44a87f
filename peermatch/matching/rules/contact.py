"""The wish for a way of contact."""

from collections.abc import Sequence

from peermatch.matching.columns import Rows
from peermatch.matching.question import Part, Question
from peermatch.model.packed import CHANNELS, PREFERS_SHIFT
from peermatch.model.people import Channel

_WORDS = {Channel.EMAIL: "e-mail", Channel.PHONE: "phone"}


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """Whether the supporter likes best what the enquirer likes best."""
    wish, flags = question.enquiry.preferences.contact, question.facts.people.flags
    if wish is None:
        return ()

    def text(row: int) -> str:
        prefers = CHANNELS[int(flags[row]) >> PREFERS_SHIFT]
        if prefers is None:
            return "Preferred way of contact not known"
        wished = "" if prefers is wish else f" (wished: {_WORDS[wish]})"
        return f"Prefers {_WORDS[prefers]}{wished}"

    values = (flags[rows] >> PREFERS_SHIFT == CHANNELS.index(wish)).astype(float)
    return (Part("contact", text, question.policy.preference, values),)
