"""What must be shared counts most: 3 each by the standard policy."""

from collections.abc import Sequence

from peermatch.matching.question import Part, Question


def parts(question: Question) -> Sequence[Part]:
    """A part for each essential need; everybody who passed the gates meets them all."""
    return [
        Part("essential", view.words, question.policy.essential, view.closeness)
        for view in question.needs
        if view.essential
    ]
