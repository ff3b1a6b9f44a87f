"""What whoever looks after a network should know about the place where it lies on this computer."""

from pathlib import Path

from peermatch.managed import managed
from peermatch.store.place import others_may_enter
from peermatch.store.place_signs import on_another_computer
from peermatch.words import tr


def place_remarks(folder: Path) -> tuple[str, ...]:
    """A sentence for each thing; none for a folder of one's own on this computer."""
    said = []
    if on_another_computer(folder):
        said.append(
            tr(
                "This network lies on a network drive: one person at a time can have it open, and a broken "
                "connection can stop your work. Have each backup put on this computer too."
            )
        )
    if others_may_enter(folder):
        said.append(
            tr(
                "Other people who use this computer may look into the folder of this network. It is encrypted, but "
                "take their right away if they do not work with it."
            )
        )
    if fault := managed().fault:
        said.append(fault)
    return tuple(said)
