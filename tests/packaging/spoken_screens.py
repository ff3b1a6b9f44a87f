"""Shows every screen of the sample network in the language of the environment and prints what is wrong, as JSON."""

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QWidget

from peermatch.ui.speaking import speak_as_wished, wished_languages

ROOFS = set("âêîôûŷÂÊÎÔÛŶ")


def english(window: QWidget) -> list[str]:
    """Words on buttons that no translation reached."""
    shown = [each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()]
    return [words for words in shown if any(map(str.isalpha, words)) and not ROOFS & set(words)]


def main() -> None:
    """Go through all screens and pages in a small window, once the language is spoken."""
    spoken = speak_as_wished(Path(sys.argv[1]), wished_languages())
    # After that: many words are made when a module is read.
    from peermatch.services.office import Doors
    from peermatch.services.sample import DAY, make_sample
    from peermatch.services.shipped import load_shipped
    from peermatch.store.kdf import LEAST
    from peermatch.ui.stage import Stage
    from tests.ui.layout_facts import layout_problems

    with tempfile.TemporaryDirectory() as folder:
        doors = Doors(load_shipped(), lambda: datetime(2026, 11, 20, 9, 30, tzinfo=UTC), LEAST)
        services = make_sample(doors, Path(folder) / "sample.peermatch")
        stage = Stage(services, DAY, (1024, 700))
        found, left = {}, []
        for view in stage.views():
            stage.turn_to(view)
            stage.settle()
            found[view.name] = layout_problems(stage.window)
            left += [f"{view.name}: {words}" for words in english(stage.window)]
        stage.close()
        services.lock()
    print(json.dumps({"spoken": spoken, "problems": found, "english": left}))  # noqa: T201 - what it is run for


main()
