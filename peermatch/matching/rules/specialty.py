"""The wish for the same specialty, or for a different one; a shared similarity group counts in part."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question
from peermatch.model.enquiry import SpecialtyWish


def parts(question: Question) -> Sequence[Part]:
    """How near the specialties are, or how far apart; what is not known gives nothing either way."""
    wish = question.enquiry.preferences.specialty
    if wish is SpecialtyWish.ANY:
        return ()

    def likeness(theirs: str) -> float:
        own = question.enquiry.specialty
        return 0.0 if own is None else question.register.reference.specialties.similarity(theirs, own)

    def worth(theirs: str) -> float:
        if question.enquiry.specialty is None:
            return 0.0
        return likeness(theirs) if wish is SpecialtyWish.SAME else 1.0 - likeness(theirs)

    def text(row: int) -> str:
        theirs = question.person(row).supporter.specialty
        if theirs is None or question.enquiry.specialty is None:
            return "specialty not known"
        near = likeness(theirs)
        return "same specialty" if near == 1.0 else "similar specialty" if near > 0 else "different specialty"

    values = question.columns.specialty.values(worth)
    return (Part("specialty", text, question.policy.preference, values),)
