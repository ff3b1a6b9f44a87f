"""What taking in a form did or would do, in one sentence."""

from collections import Counter

from peermatch.model.form import FormPreview, Standing
from peermatch.words import tr


def told(preview: FormPreview) -> str:
    """What was taken in, in one sentence."""
    words = (
        (Standing.NEW, "new"),
        (Standing.CHANGED, "changed"),
        (Standing.SAME, tr("as they were")),
        (Standing.REPLACED, tr("answered again later")),
        (Standing.LEFT_OUT, tr("left out")),
        (Standing.WRONG, tr("to look at")),
    )
    counts = Counter(row.standing for row in preview.rows)
    return (
        ", ".join(f"{counts[each]} {said}" for each, said in words if counts[each] or each is Standing.NEW)
        + "."
    )
