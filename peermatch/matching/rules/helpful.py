"""What would help to share counts as well, in part where it is only close: 1 each by the standard policy."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question


def parts(question: Question) -> Sequence[Part]:
    """A part for each helpful need."""
    return [
        Part("helpful", view.words, question.policy.helpful, view.closeness)
        for view in question.needs
        if not view.essential
    ]
