"""The letters that no step writes by itself: to a trainee while we look, to a supporter along their way."""

from collections.abc import Iterable, Mapping
from datetime import date

from peermatch.errors import BadInput
from peermatch.mail.wording import Templates, bullets, refuse_name
from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.letter_kinds import LETTERS, Side
from peermatch.model.people import Supporter
from peermatch.model.text import one_line

TRAINEE_FIELDS = frozenset({"reference", "near", "urgent", "day"})
SUPPORTER_FIELDS = frozenset({"name", "reference", "day"})
STEP_LETTERS = frozenset(
    id
    for id, letter in LETTERS.items()
    if letter.fields <= (TRAINEE_FIELDS if letter.side is Side.TRAINEE else SUPPORTER_FIELDS)
)
"""The letters that can be written from a record and a day alone."""


def trainee_letter(
    templates: Templates,
    which: str,
    enquiry: Enquiry,
    *,
    day: date | None = None,
    near: Iterable[str] = (),
    urgent: Iterable[str] = (),
) -> tuple[str, str]:
    """A letter to who asked; with a risk cue it names no topic, for others may read that mailbox."""
    values = {
        "reference": enquiry.reference,
        "near": "" if enquiry.risk else bullets(near),
        "urgent": bullets(urgent),
        "day": in_words(day) if day else "",
    }
    return templates.fill(which, _chosen(which, Side.TRAINEE, values))


def supporter_letter(
    templates: Templates,
    which: str,
    supporter: Supporter,
    *,
    enquiry: Enquiry | None = None,
    day: date | None = None,
) -> tuple[str, str]:
    """A letter to a supporter; where it belongs to an enquiry it names nobody of it."""
    name = one_line(supporter.first_name) or "there"
    values = {
        "name": name,
        "reference": enquiry.reference if enquiry else "",
        "day": in_words(day) if day else "",
    }
    subject, text = templates.fill(which, _chosen(which, Side.SUPPORTER, values))
    if enquiry is not None:
        refuse_name(f"{subject}\n{text}", enquiry, name, templates, which)
    return subject, text


def _chosen(which: str, side: Side, values: Mapping[str, str]) -> dict[str, str]:
    """The values that a letter has fields for; one that it needs and that nobody gave is said."""
    letter = LETTERS.get(which)
    if letter is None or letter.side is not side or which not in STEP_LETTERS:
        raise BadInput(f"There is no letter {one_line(which)} to write here.")
    chosen = {field: values[field] for field in letter.fields}
    if "reference" in chosen and not chosen["reference"]:
        raise BadInput("This letter belongs to an enquiry.", "Say to which.")
    if "day" in chosen and not chosen["day"]:
        raise BadInput("This letter speaks of a day.", "Say which.")
    return chosen
