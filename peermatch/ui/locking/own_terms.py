"""Small forms that are half filled in when the window locks: an own term, an organisation, a supporter's check."""

from typing import TYPE_CHECKING

from peermatch.ui.locking import visited
from peermatch.ui.locking.forms import Values
from peermatch.ui.locking.visited import Screens
from peermatch.ui.screens.pages import ORGANISATIONS

if TYPE_CHECKING:
    from peermatch.ui.screens.terms_page import TermsPage


def take_term(screens: Screens) -> Values | None:
    """What stands in the form; None for nothing."""
    page = _page(screens)
    return (page.draft() or None) if page else None


def put_term(screens: Screens, values: Values) -> bool:
    """Put it back; whether anything has come back."""
    page = _page(screens)
    return page is not None and page.take_draft(values)


def take_organisation(screens: Screens) -> Values | None:
    """What stands in the form on organisations that is open; None for nothing."""
    found = visited.settings(screens)
    if found is None or not found.been_to(ORGANISATIONS):
        return None
    return found.organisations.draft() or None


def put_organisation(screens: Screens, values: Values) -> bool:
    """Put it back; whether anything has come back."""
    found = visited.settings(screens)
    return found is not None and found.organisations.take_draft(values)


def take_check(screens: Screens) -> Values | None:
    """The check or the pause that is being noted for the supporter who is shown; None for nothing."""
    found = visited.supporters(screens)
    return (found.record.standing.draft() or None) if found is not None else None


def put_check(screens: Screens, values: Values) -> bool:
    """Put it back, unless they are gone or their record is being edited."""
    found, id = visited.supporters(screens), str(values["id"])
    if found is None or id not in found.services.desk.snapshot.supporters:
        return False
    if found.editor.open:
        return False
    found.open_at(supporter=id)
    found.record.standing.take_draft(values)
    return True


def _page(screens: Screens) -> "TermsPage | None":
    found = visited.settings(screens)
    return found.terms if found is not None else None
