"""Journeys use the window as the screens' own tests do."""

from tests.ui.conftest import cleared, collect_here, mail, theme

__all__ = ["cleared", "collect_here", "mail", "theme"]
