"""Reaches what one screen alone has, without loading that screen before somebody goes there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from peermatch.ui.screen import Screen
from peermatch.ui.screens.keys_words import Act
from peermatch.ui.watching import FileWatch

if TYPE_CHECKING:
    from peermatch.ui.screens.enquiry_door import LetterDoor


def letter_door(screens: Mapping[str, Screen]) -> "LetterDoor | None":
    """Through which letters come that are dropped on the window."""
    from peermatch.ui.screens.enquiries import EnquiriesScreen

    screen = screens.get("enquiries")
    return screen.door if isinstance(screen, EnquiriesScreen) else None


def follow(key: str, screen: Screen, watch: FileWatch) -> None:
    """The journal says what is found of the file."""
    if key == "journal":
        from peermatch.ui.screens.journal import JournalScreen

        if isinstance(screen, JournalScreen):
            screen.follow(watch)


def ask_for_sheet(screens: Mapping[str, Screen]) -> None:
    """Where keys are kept, ask for a recovery sheet."""
    from peermatch.ui.screens.settings import SettingsScreen

    settings = screens["settings"]
    if isinstance(settings, SettingsScreen):
        settings.keys.ask(Act.SHEET, "")
