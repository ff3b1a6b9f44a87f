"""What must be shared counts most: 3 each by the standard policy."""

from collections.abc import Callable, Sequence

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import NeedView, Part, Question
from peermatch.matching.rules.helpful import said


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """A part for each essential need; everybody who passed the gates meets them all."""
    full = np.ones(len(rows))
    return [
        Part("essential", _text(question, view, rows), question.policy.essential, full)
        for view in question.needs
        if view.essential
    ]


def _text(question: Question, view: NeedView, rows: Rows) -> Callable[[int], str]:
    by_row: dict[int, int] = {}

    def text(row: int) -> str:
        if view.meeting == 1:
            return said(question, view, 1)
        if not by_row:
            by_row.update(zip(rows.tolist(), question.nearest(view, rows).tolist(), strict=True))
        return said(question, view, by_row[row])

    return text
