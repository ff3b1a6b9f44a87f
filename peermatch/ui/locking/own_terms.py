"""Small forms that are half filled in when the window locks: an own term, an organisation, a supporter's check."""

from collections.abc import Mapping

from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import Screen
from peermatch.ui.screens.pages import ORGANISATIONS
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.terms_page import TermsPage


def take_term(screens: Mapping[str, Screen]) -> Values | None:
    """What stands in the form; None for nothing."""
    page = _page(screens)
    return (page.draft() or None) if page else None


def put_term(screens: Mapping[str, Screen], values: Values) -> bool:
    """Put it back; whether anything has come back."""
    page = _page(screens)
    return page is not None and page.take_draft(values)


def take_organisation(screens: Mapping[str, Screen]) -> Values | None:
    """What stands in the form on organisations that is open; None for nothing."""
    found = screens.get("settings")
    been = isinstance(found, SettingsScreen) and found.been_to(ORGANISATIONS)
    return (found.organisations.draft() or None) if isinstance(found, SettingsScreen) and been else None


def put_organisation(screens: Mapping[str, Screen], values: Values) -> bool:
    """Put it back; whether anything has come back."""
    found = screens.get("settings")
    return isinstance(found, SettingsScreen) and found.organisations.take_draft(values)


def take_check(screens: Mapping[str, Screen]) -> Values | None:
    """The check or the pause that is being noted for the supporter who is shown; None for nothing."""
    found = screens.get("supporters")
    return (found.record.standing.draft() or None) if isinstance(found, SupportersScreen) else None


def put_check(screens: Mapping[str, Screen], values: Values) -> bool:
    """Put it back, unless they are gone or their record is being edited."""
    found, id = screens.get("supporters"), str(values["id"])
    if not isinstance(found, SupportersScreen) or id not in found.services.desk.snapshot.supporters:
        return False
    if found.editor.open:
        return False
    found.open_at(supporter=id)
    found.record.standing.take_draft(values)
    return True


def _page(screens: Mapping[str, Screen]) -> TermsPage | None:
    found = screens.get("settings")
    return found.terms if isinstance(found, SettingsScreen) else None
