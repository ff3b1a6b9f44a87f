"""What the navigation counts on screens that nobody has been to yet: quick, from the present picture."""

from collections.abc import Callable, Mapping

from peermatch.services.office import Services


def _enquiries(services: Services) -> str:
    """How many wait."""
    from peermatch.ui.screens.enquiry_waiting import count_waiting

    return str(count_waiting(services.desk.snapshot) or "")


def _introductions(services: Services) -> str:
    """How many wait for a step of the coordinator's."""
    from peermatch.ui.screens.introduction_order import Lineup

    return str(Lineup(services.desk.snapshot.introductions, services.desk.today).due or "")


def _supporters(services: Services) -> str:
    """How many supporters there are."""
    return str(len(services.desk.snapshot.supporters) or "")


FIRST_COUNTS: Mapping[str, Callable[[Services], str]] = {
    "enquiries": _enquiries,
    "introductions": _introductions,
    "supporters": _supporters,
}
