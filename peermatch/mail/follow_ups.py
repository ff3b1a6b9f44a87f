"""The letters that keep somebody company: the first reply, the reminder, and the questions how it went."""

from collections.abc import Iterable

from peermatch.mail.wording import Templates, bullets, refuse_name
from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.model.text import one_line


def acknowledgement_letter(
    templates: Templates, enquiry: Enquiry, controller: str, urgent: Iterable[str]
) -> tuple[str, str]:
    """The first reply to a trainee; it says who decides, and where there is help today."""
    fields = {"reference": enquiry.reference, "controller": one_line(controller), "urgent": bullets(urgent)}
    return templates.fill("acknowledgement", fields)


def follow_up_letter(templates: Templates, enquiry: Enquiry, *, last: bool) -> tuple[str, str]:
    """The question to the trainee how it went; it names nobody."""
    name = "follow-up-last" if last else "follow-up"
    return templates.fill(name, {"reference": enquiry.reference})


def reminder_letter(templates: Templates, supporter: Supporter, enquiry: Enquiry) -> tuple[str, str]:
    """The one reminder to a supporter who was asked."""
    return _to_supporter(templates, "reminder", supporter, enquiry)


def care_letter(templates: Templates, supporter: Supporter, enquiry: Enquiry) -> tuple[str, str]:
    """The question to a supporter how they are."""
    return _to_supporter(templates, "follow-up-supporter", supporter, enquiry)


def _to_supporter(
    templates: Templates, which: str, supporter: Supporter, enquiry: Enquiry
) -> tuple[str, str]:
    name = one_line(supporter.first_name) or "there"
    subject, text = templates.fill(which, {"name": name, "reference": enquiry.reference})
    refuse_name(f"{subject}\n{text}", enquiry, name, templates, which)
    return subject, text
