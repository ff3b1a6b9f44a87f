"""The window: widgets and screens that ask the services and show their answers."""

from peermatch.ui.plain_imports import use_plain_imports

use_plain_imports()
