"""The wish for somebody of the same grade, or for somebody more senior."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question
from peermatch.model.enquiry import GradeWish


def parts(question: Question) -> Sequence[Part]:
    """Whether the grade is as wished; what is not known gives nothing."""
    wish = question.enquiry.preferences.grade
    if wish is GradeWish.ANY:
        return ()
    own = question.enquiry.grade
    grades = question.register.reference.grades
    fits, yes, no = (
        (grades.same, "same grade", "different grade")
        if wish is GradeWish.SAME
        else (grades.senior, "more senior", "not more senior")
    )

    def worth(theirs: str) -> float:
        return 1.0 if own is not None and fits(theirs, own) else 0.0

    def text(row: int) -> str:
        theirs = question.person(row).supporter.grade
        if theirs is None or own is None:
            return "grade not known"
        return yes if fits(theirs, own) else no

    return (Part("grade", text, question.policy.preference, question.columns.grade.values(worth)),)
