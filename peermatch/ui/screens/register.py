"""The screens of the window, in the order of the navigation; a new screen is one line here."""

from peermatch.ui.screen import Screen
from peermatch.ui.screens.consents import ConsentsScreen
from peermatch.ui.screens.duties import DutiesScreen
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.journal import JournalScreen
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.today import TodayScreen
from peermatch.ui.widgets.nav import Place

SCREENS: tuple[tuple[Place, type[Screen]], ...] = (
    (Place("today", "Today", "sun"), TodayScreen),
    (Place("enquiries", "Enquiries", "inbox"), EnquiriesScreen),
    (Place("plan", "Plan", "list-checks"), PlanScreen),
    (Place("introductions", "Introductions", "handshake"), IntroductionsScreen),
    (Place("supporters", "Supporters", "users"), SupportersScreen),
    (Place("consent", "Consent", "file-check"), ConsentsScreen),
    (Place("duties", "Data protection", "shield-check"), DutiesScreen),
    (Place("journal", "Journal", "scroll-text"), JournalScreen),
    (Place("settings", "Settings", "settings"), SettingsScreen),
)
