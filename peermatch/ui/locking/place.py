"""Where the person was before the lock: what stood open on a screen is open again once that screen is built."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import Screen
from peermatch.ui.screens.shelf import ScreenShelf

if TYPE_CHECKING:
    from peermatch.ui.screens.enquiries import EnquiriesScreen
    from peermatch.ui.screens.supporters import SupportersScreen

UNFIT = (KeyError, TypeError, ValueError, AttributeError)
"""What comes of a shape that another version of the program kept."""


def go_back(screens: Mapping[str, Screen], place: Values) -> None:
    """Nothing is built for it: somebody who goes elsewhere now need not wait."""
    for key, named, back in (("enquiries", "enquiry", _enquiry), ("supporters", "supporter", _person)):
        if not place.get(named):
            continue
        if isinstance(screens, ScreenShelf):
            screens.when_built(key, partial(back, place))
        elif key in screens:
            back(place, screens[key])


def _enquiry(place: Values, screen: Screen) -> None:
    from peermatch.ui.screens.enquiries import EnquiriesScreen

    if isinstance(screen, EnquiriesScreen) and not writing(screen):
        with suppress(*UNFIT):
            screen.open_at(str(place["enquiry"]))
            if place.get("page"):
                screen.pane.show_page(str(place["page"]))


def _person(place: Values, screen: Screen) -> None:
    from peermatch.ui.screens.supporters import SupportersScreen

    if isinstance(screen, SupportersScreen) and not editing(screen):
        with suppress(*UNFIT):
            screen.open_at(supporter=str(place["supporter"]))


def writing(screen: "EnquiriesScreen") -> bool:
    """Whether a new letter is being written."""
    return screen.pane.late_new.isVisibleTo(screen.pane)


def editing(screen: "SupportersScreen") -> bool:
    """Whether something of a record is half-typed."""
    standing = screen.record.standing.draft()
    return (
        screen.editing
        or screen.taking_form
        or bool(standing)
        or not screen.record.consent.give_panel.isHidden()
    )
