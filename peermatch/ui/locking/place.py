"""Where the person was before the lock: what stood open on a screen is open again once that screen is built."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from peermatch.ui.locking.forms import Values
from peermatch.ui.screen import Screen
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.shelf import ScreenShelf

if TYPE_CHECKING:
    from peermatch.ui.screens.enquiries import EnquiriesScreen
    from peermatch.ui.screens.supporters import SupportersScreen

UNFIT = (KeyError, TypeError, ValueError, AttributeError)
"""What comes of a shape that another version of the program kept."""


def go_back(screens: Mapping[str, Screen], place: Values) -> None:
    """Nothing is built for it: somebody who goes elsewhere now need not wait."""
    for key, named, back in PLACES:
        if place.get(named):
            _when_there(screens, key, partial(back, place))
    pages = place.get("pages")
    if isinstance(pages, dict):
        for key, page in pages.items():
            _when_there(screens, key, partial(_turn, page))


def _when_there(screens: Mapping[str, Screen], key: str, back: Callable[[Screen], None]) -> None:
    if isinstance(screens, ScreenShelf):
        screens.when_built(key, back)
    elif key in screens:
        back(screens[key])


def _turn(page: object, screen: Screen) -> None:
    if isinstance(screen, PagedScreen) and page in screen.switch.choices and page != screen.page:
        screen.turn_to(str(page))


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


def _introduction(place: Values, screen: Screen) -> None:
    from peermatch.ui.screens.introductions import IntroductionsScreen

    if isinstance(screen, IntroductionsScreen):
        with suppress(*UNFIT):
            reference, supporter = place["introduction"]
            shown = screen.current
            if shown is None or (shown.enquiry, shown.supporter) != (reference, supporter):
                screen.open_at(str(reference), str(supporter))


PLACES = (
    ("enquiries", "enquiry", _enquiry),
    ("supporters", "supporter", _person),
    ("introductions", "introduction", _introduction),
)
"""By its screen and what is kept of it, how each record is opened again."""


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
