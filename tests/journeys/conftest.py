"""Journeys use the window as the screens' own tests do."""

from tests.ui.conftest import theme

__all__ = ["theme"]
