"""Journeys use the window as the screens' own tests do."""

from tests.ui.conftest import collect_here, theme

__all__ = ["collect_here", "theme"]
