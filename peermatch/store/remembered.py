"""Which networks this computer opens by itself: the id of its key in each; the secret is in the keychain alone."""

from pathlib import Path

from peermatch import paths
from peermatch.store.own_notes import note, noted


def slot_here(store: str) -> str | None:
    """The key that this computer has in a network; None where it has none, as far as anybody noted."""
    found = noted(_file()).get(store)
    return found if isinstance(found, str) else None


def remember(store: str, slot: str | None) -> None:
    """Note the key of this computer, or with None that it has none any more."""
    known = noted(_file())
    before = known.pop(store, None)
    if slot is not None:
        known[store] = slot
    if before != slot:
        note(_file(), known)


def _file() -> Path:
    return paths.data_folder() / "opened-by-keychain.json"
