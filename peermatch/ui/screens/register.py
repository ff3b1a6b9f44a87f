"""The screens of the window, in the order of the navigation; a new screen is one line here."""

from peermatch.ui.screen import Screen
from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.screens.duties import DutiesScreen
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.insight import InsightScreen
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.journal import JournalScreen
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.screens.resources import ResourcesScreen
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.today import TodayScreen
from peermatch.ui.widgets.nav import Place
from peermatch.words import tr

SCREENS: tuple[tuple[Place, type[Screen]], ...] = (
    (Place("today", tr("Today"), "sun"), TodayScreen),
    (Place("enquiries", tr("Enquiries"), "inbox"), EnquiriesScreen),
    (Place("plan", tr("Plan"), "list-checks"), PlanScreen),
    (Place("introductions", tr("Introductions"), "handshake"), IntroductionsScreen),
    (Place("supporters", tr("Supporters"), "users"), SupportersScreen),
    (Place("consent", tr("Consent"), "file-check"), ConsentsScreen),
    (Place("insight", tr("Insight"), "chart-column"), InsightScreen),
    (Place("resources", tr("Resources"), "life-buoy"), ResourcesScreen),
    (Place("duties", tr("Data protection"), "shield-check"), DutiesScreen),
    (Place("journal", tr("Journal"), "scroll-text"), JournalScreen),
    (Place("settings", tr("Settings"), "settings"), SettingsScreen),
)
