"""What the navigation counts on screens that nobody has been to yet: quick, from the present picture."""

from collections.abc import Callable, Mapping

from peermatch.services.office import Services


def _enquiries(services: Services) -> str:
    """How many wait."""
    from peermatch.ui.screens.enquiry_waiting import waiting

    return str(len(waiting(services.desk.snapshot)) or "")


def _introductions(services: Services) -> str:
    """How many wait for a step of the coordinator's."""
    from peermatch.ui.screens.introduction_words import Needing

    return str(Needing().count(services.desk.snapshot.introductions, services.desk.today) or "")


def _supporters(services: Services) -> str:
    """How many supporters there are."""
    return str(len(services.desk.snapshot.supporters) or "")


FIRST_COUNTS: Mapping[str, Callable[[Services], str]] = {
    "enquiries": _enquiries,
    "introductions": _introductions,
    "supporters": _supporters,
}
