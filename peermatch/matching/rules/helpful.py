"""What would help to share counts as well, in part where it is only close: 1 each by the standard policy."""

from collections.abc import Sequence

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import NeedView, Part, Question


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """A part for each helpful need, in the order in which they stand; one that stands twice counts twice."""
    found: dict[str, Part] = {}
    for view in question.needs:
        if not view.essential and view.need.characteristic not in found:
            found[view.need.characteristic] = _part(question, view, rows)
    return [found[view.need.characteristic] for view in question.needs if not view.essential]


def _part(question: Question, view: NeedView, rows: Rows) -> Part:
    nearest = question.nearest(view, rows)
    by_row: dict[int, int] = {}

    def text(row: int) -> str:
        if not by_row:
            by_row.update(zip(rows.tolist(), nearest.tolist(), strict=True))
        return said(question, view, by_row[row])

    strengths = np.array([0.0, *(each.closeness for each in view.choices)])
    return Part("helpful", text, question.policy.helpful, strengths[nearest])


def said(question: Question, view: NeedView, number: int) -> str:
    """What somebody shares of a need, by the number of the choice that comes nearest (0 is none).

    What was withdrawn, has ended or was never given reads as what was never listed.
    """
    if number:
        return view.choices[number - 1].text
    return f"Not known to share {question.reference.vocabulary.label(view.need.characteristic)}"
