"""What was under way when the window locked: letters being read, a card going out, a form that was being taken in."""

from peermatch.ui.locking import visited
from peermatch.ui.locking.forms import Values
from peermatch.ui.locking.visited import Screens


def take_arrivals(screens: Screens) -> Values | None:
    """The letters that were not kept yet."""
    screen = visited.enquiries(screens)
    waiting = screen.door.arrivals.draft() if screen is not None else []
    return {"letters": waiting} if waiting else None


def put_arrivals(screens: Screens, values: Values) -> bool:
    """Read them again; the answer says what became of them, so this is nothing half-typed that has come back."""
    screen = visited.enquiries(screens)
    if screen is not None:
        screen.door.arrivals.take_draft(values["letters"])
    return False


def take_card(screens: Screens) -> Values | None:
    """Whose card was on its way out."""
    screen = visited.introductions(screens)
    return dict(screen.ways.draft()) or None if screen is not None else None


def put_card(screens: Screens, values: Values) -> bool:
    """Say on its introduction that somebody must look whether it left."""
    screen = visited.introductions(screens)
    if screen is not None:
        screen.take_draft(values)
    return False


def take_form(screens: Screens) -> Values | None:
    """How the columns of a form were being read."""
    screen = visited.supporters(screens)
    return screen.form_draft() or None if screen is not None else None


def put_form(screens: Screens, values: Values) -> bool:
    """Its page again, with the columns as they were, once the file is chosen again."""
    screen = visited.supporters(screens)
    if screen is not None:
        screen.take_form_draft(values)
        return True
    return False
