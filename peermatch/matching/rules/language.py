"""The wish for a language, by its tag (BCP 47, which knows no difference of case)."""

from collections.abc import Sequence

import numpy as np

from peermatch.matching.columns import Floats, Rows
from peermatch.matching.question import Part, Question


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """Whether the tag is among the supporter's."""
    wish = question.enquiry.preferences.language
    if wish is None:
        return ()
    column = question.facts.people.languages
    spoken = question.segment.kept(("language", wish), lambda: _spoken(question, wish.casefold()))

    def text(row: int) -> str:
        if not column[row]:
            return "Languages not known"
        return f"{'Speaks' if spoken[column[row]] else 'Does not list'} the language asked for ({wish})"

    return (Part("language", text, question.policy.preference, spoken[column[rows]]),)


def _spoken(question: Question, wish: str) -> Floats:
    """By code of several languages, whether the one that is wished for is among them."""
    words = question.register.words
    spoken = np.zeros(len(words) + 1)
    for bundle in question.segment.distinct("languages").tolist():
        spoken[bundle] = wish in words.unbundle(bundle)
    return spoken
