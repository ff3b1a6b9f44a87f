"""One of the network's own terms that is half written, taken when the window locks and put back after it."""

from collections.abc import Mapping

from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import Screen
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.terms_page import TermsPage


def take_term(screens: Mapping[str, Screen]) -> Values | None:
    """What stands in the form; None for nothing."""
    page = _page(screens)
    return (page.draft() or None) if page else None


def put_term(screens: Mapping[str, Screen], values: Values) -> bool:
    """Put it back; whether anything has come back."""
    page = _page(screens)
    return page is not None and page.take_draft(values)


def _page(screens: Mapping[str, Screen]) -> TermsPage | None:
    found = screens.get("settings")
    return found.terms if isinstance(found, SettingsScreen) else None
