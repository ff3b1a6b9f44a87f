"""The wish for somebody of the same grade, or for somebody more senior."""

from collections.abc import Sequence

from peermatch.matching.columns import Floats, Rows
from peermatch.matching.question import Part, Question
from peermatch.model.enquiry import GradeWish


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """Whether the grade is as wished; what is not known gives nothing."""
    wish = question.enquiry.preferences.grade
    if wish is GradeWish.ANY:
        return ()
    own, column = question.enquiry.grade, question.facts.people.grade
    grades = question.reference.grades
    fits, yes, no, wished = (
        (grades.same, "Same grade", "Other grade", "the same")
        if wish is GradeWish.SAME
        else (grades.senior, "More senior", "Not more senior", "more senior")
    )

    def text(row: int) -> str:
        theirs = question.word(column, row)
        if theirs is None:
            return "Grade not known"
        if own is None:
            return "Enquirer's grade not known"
        name = grades.short(theirs)
        return f"{yes}: {name}" if fits(theirs, own) else f"{no}: {name} (wished: {wished})"

    def worth() -> Floats:
        return question.worth("grade", lambda theirs: float(own is not None and fits(theirs, own)))

    known = question.segment.kept(("grade", wish, own), worth)
    return (Part("grade", text, question.policy.preference, known[column[rows]]),)
