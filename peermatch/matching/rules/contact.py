"""The wish for a way of contact."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question
from peermatch.model.people import Channel

_WORDS = {Channel.EMAIL: "e-mail", Channel.PHONE: "phone"}


def parts(question: Question) -> Sequence[Part]:
    """Whether the supporter likes best what the enquirer likes best."""
    wish = question.enquiry.preferences.contact
    if wish is None:
        return ()

    def text(row: int) -> str:
        prefers = question.person(row).supporter.prefers
        return f"prefers {_WORDS[prefers]}" if prefers else "preferred way of contact not known"

    values = question.columns.prefers.mask((wish,)).astype(float)
    return (Part("contact", text, question.policy.preference, values),)
