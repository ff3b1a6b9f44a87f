"""The screens of the window, in the order of the navigation; a new screen is one way to it and one line here.

What they are called is known without them: each is loaded when somebody first goes there.
"""

from collections.abc import Callable

from peermatch.ui.screen import Screen
from peermatch.ui.widgets.nav import Place
from peermatch.words import tr

Kind = Callable[[], type[Screen]]


def _today() -> type[Screen]:
    from peermatch.ui.screens.today import TodayScreen

    return TodayScreen


def _enquiries() -> type[Screen]:
    from peermatch.ui.screens.enquiries import EnquiriesScreen

    return EnquiriesScreen


def _plan() -> type[Screen]:
    from peermatch.ui.screens.plan import PlanScreen

    return PlanScreen


def _introductions() -> type[Screen]:
    from peermatch.ui.screens.introductions import IntroductionsScreen

    return IntroductionsScreen


def _supporters() -> type[Screen]:
    from peermatch.ui.screens.supporters import SupportersScreen

    return SupportersScreen


def _consent() -> type[Screen]:
    from peermatch.ui.screens.consents import ConsentsScreen

    return ConsentsScreen


def _insight() -> type[Screen]:
    from peermatch.ui.screens.insight import InsightScreen

    return InsightScreen


def _resources() -> type[Screen]:
    from peermatch.ui.screens.resources import ResourcesScreen

    return ResourcesScreen


def _duties() -> type[Screen]:
    from peermatch.ui.screens.duties import DutiesScreen

    return DutiesScreen


def _journal() -> type[Screen]:
    from peermatch.ui.screens.journal import JournalScreen

    return JournalScreen


def _settings() -> type[Screen]:
    from peermatch.ui.screens.settings import SettingsScreen

    return SettingsScreen


SCREENS: tuple[tuple[Place, Kind], ...] = (
    (Place("today", tr("Today"), "sun"), _today),
    (Place("enquiries", tr("Enquiries"), "inbox"), _enquiries),
    (Place("plan", tr("Plan"), "list-checks"), _plan),
    (Place("introductions", tr("Introductions"), "handshake"), _introductions),
    (Place("supporters", tr("Supporters"), "users"), _supporters),
    (Place("consent", tr("Consent"), "file-check"), _consent),
    (Place("insight", tr("Insight"), "chart-column"), _insight),
    (Place("resources", tr("Resources"), "life-buoy"), _resources),
    (Place("duties", tr("Data protection"), "shield-check"), _duties),
    (Place("journal", tr("Journal"), "scroll-text"), _journal),
    (Place("settings", tr("Settings"), "settings"), _settings),
)
