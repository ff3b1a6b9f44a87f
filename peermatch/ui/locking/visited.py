"""The screens by name, each as what it is; what nobody has been to is not even loaded.

Only those are there that were built, or that are built by being looked up, so that their code is read by then.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from peermatch.ui.screen import Screen
from peermatch.ui.screens.paged import PagedScreen

if TYPE_CHECKING:
    from peermatch.ui.screens.consents import ConsentsScreen
    from peermatch.ui.screens.duties import DutiesScreen
    from peermatch.ui.screens.enquiries import EnquiriesScreen
    from peermatch.ui.screens.introductions import IntroductionsScreen
    from peermatch.ui.screens.plan import PlanScreen
    from peermatch.ui.screens.resources import ResourcesScreen
    from peermatch.ui.screens.settings import SettingsScreen
    from peermatch.ui.screens.supporters import SupportersScreen

Screens = Mapping[str, Screen]


def enquiries(screens: Screens) -> "EnquiriesScreen | None":
    """The screen of enquiries."""
    found = screens.get("enquiries")
    if found is None:
        return None
    from peermatch.ui.screens.enquiries import EnquiriesScreen

    return found if isinstance(found, EnquiriesScreen) else None


def supporters(screens: Screens) -> "SupportersScreen | None":
    """The screen of supporters."""
    found = screens.get("supporters")
    if found is None:
        return None
    from peermatch.ui.screens.supporters import SupportersScreen

    return found if isinstance(found, SupportersScreen) else None


def pages(screens: Screens) -> dict[str, str]:
    """Of each screen of several pages, which of them is shown."""
    return {key: screen.page for key, screen in screens.items() if isinstance(screen, PagedScreen)}


def introductions(screens: Screens) -> "IntroductionsScreen | None":
    """The screen of introductions."""
    found = screens.get("introductions")
    if found is None:
        return None
    from peermatch.ui.screens.introductions import IntroductionsScreen

    return found if isinstance(found, IntroductionsScreen) else None


def settings(screens: Screens) -> "SettingsScreen | None":
    """The settings."""
    found = screens.get("settings")
    if found is None:
        return None
    from peermatch.ui.screens.settings import SettingsScreen

    return found if isinstance(found, SettingsScreen) else None


def plan(screens: Screens) -> "PlanScreen | None":
    """The plan."""
    found = screens.get("plan")
    if found is None:
        return None
    from peermatch.ui.screens.plan import PlanScreen

    return found if isinstance(found, PlanScreen) else None


def duties(screens: Screens) -> "DutiesScreen | None":
    """The screen of data protection."""
    found = screens.get("duties")
    if found is None:
        return None
    from peermatch.ui.screens.duties import DutiesScreen

    return found if isinstance(found, DutiesScreen) else None


def consents(screens: Screens) -> "ConsentsScreen | None":
    """The workbench of consent."""
    found = screens.get("consent")
    if found is None:
        return None
    from peermatch.ui.screens.consents import ConsentsScreen

    return found if isinstance(found, ConsentsScreen) else None


def resources(screens: Screens) -> "ResourcesScreen | None":
    """The screen of signposts."""
    found = screens.get("resources")
    if found is None:
        return None
    from peermatch.ui.screens.resources import ResourcesScreen

    return found if isinstance(found, ResourcesScreen) else None
