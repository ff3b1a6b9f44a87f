"""What was under way when the window locked: letters being read, a card going out, a form that was being taken in."""

from collections.abc import Mapping

from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import Screen
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.supporters import SupportersScreen


def take_arrivals(screens: Mapping[str, Screen]) -> Values | None:
    """The letters that were not kept yet."""
    screen = screens.get("enquiries")
    waiting = screen.door.arrivals.draft() if isinstance(screen, EnquiriesScreen) else []
    return {"letters": waiting} if waiting else None


def put_arrivals(screens: Mapping[str, Screen], values: Values) -> bool:
    """Read them again; the answer says what became of them, so this is nothing half-typed that has come back."""
    screen = screens.get("enquiries")
    if isinstance(screen, EnquiriesScreen):
        screen.door.arrivals.take_draft(values["letters"])
    return False


def take_card(screens: Mapping[str, Screen]) -> Values | None:
    """Whose card was on its way out."""
    screen = screens.get("introductions")
    return dict(screen.ways.draft()) or None if isinstance(screen, IntroductionsScreen) else None


def put_card(screens: Mapping[str, Screen], values: Values) -> bool:
    """Say on its introduction that somebody must look whether it left."""
    screen = screens.get("introductions")
    if isinstance(screen, IntroductionsScreen):
        screen.take_draft(values)
    return False


def take_form(screens: Mapping[str, Screen]) -> Values | None:
    """How the columns of a form were being read."""
    screen = screens.get("supporters")
    return screen.form_draft() or None if isinstance(screen, SupportersScreen) else None


def put_form(screens: Mapping[str, Screen], values: Values) -> bool:
    """Its page again, with the columns as they were, once the file is chosen again."""
    screen = screens.get("supporters")
    if isinstance(screen, SupportersScreen):
        screen.take_form_draft(values)
        return True
    return False
