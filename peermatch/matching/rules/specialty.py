"""The wish for the same specialty, or for a different one; a shared similarity group counts in part."""

from collections.abc import Sequence

from peermatch.matching.columns import Rows
from peermatch.matching.question import Part, Question
from peermatch.model.enquiry import SpecialtyWish


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """How near the specialties are, or how far apart; what is not known gives nothing either way."""
    wish = question.enquiry.preferences.specialty
    if wish is SpecialtyWish.ANY:
        return ()
    own, column = question.enquiry.specialty, question.facts.people.specialty
    specialties, same = question.reference.specialties, wish is SpecialtyWish.SAME

    def worth(theirs: str) -> float:
        if own is None:
            return 0.0
        near = specialties.similarity(theirs, own)
        return near if same else 1.0 - near

    def text(row: int) -> str:
        theirs = question.word(column, row)
        if theirs is None:
            return "Specialty not known"
        if own is None:
            return "Enquirer's specialty not known"
        near = specialties.similarity(theirs, own)
        kind = "Same" if near == 1.0 else "Similar" if near > 0 else "Other"
        wished = "the same" if same else "a different one"
        met = "" if near == same else f" (wished: {wished})"
        return f"{kind} specialty: {specialties.label(theirs)}{met}"

    known = question.segment.kept(("specialty", wish, own), lambda: question.worth("specialty", worth))
    return (Part("specialty", text, question.policy.preference, known[column[rows]]),)
