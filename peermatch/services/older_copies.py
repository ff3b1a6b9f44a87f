"""Noticing that a network is older than the one this computer used, before it is opened and after it is closed."""

from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from peermatch import paths
from peermatch.errors import PeerMatchError, SystemRefused
from peermatch.store import anchor
from peermatch.store.backup import Source
from peermatch.store.network import Store


class OlderCopies:
    """Stands at one opening: refuses an older copy, or lets it in where a person chose so and has that written down."""

    def __init__(self, today: date, *, accept: bool) -> None:
        self._today, self._accept = today, accept
        self._last: anchor.Anchor | None = None

    def check(self, source: Source) -> None:
        """Refuse what lacks something that this computer has seen."""
        try:
            anchor.refuse_older(source, self._today)
        except anchor.OlderCopy:
            if not self._accept:
                raise
            self._last = anchor.known(source.keyfile.store, source.folder)

    def opened(self, store: Store) -> None:
        """Write the choice into the journal, and remember the network as it is now."""
        if self._last is not None:
            with (
                suppress(SystemRefused),
                store.write("open-older-copy") as tx,
            ):  # a full disk keeps nobody out
                tx.note(self._last.text())
        anchor.keep(store.source(), self._today)


def remember(store: Store, today: date) -> None:
    """Remember how far an open network is; one that is closed, or only looked at, is as it was."""
    if not (store.locked or store.seal.on):
        anchor.keep(store.source(), today)


def restored(folder: Path, today: date) -> None:
    """A backup was put into this folder on purpose."""
    anchor.expect(folder, today)


def six_words(store: Store) -> str:
    """The state of an open network as words that two people can compare by telephone."""
    return anchor.in_words(store.source(), _words())


@cache
def _words() -> tuple[str, ...]:
    listed = paths.resource_text("words", "eff-large.txt").split("\n")
    return tuple(line.partition("\t")[2] for line in listed if "\t" in line)


def is_older_copy(error: PeerMatchError) -> bool:
    """Whether a person may open the network all the same, if they know why it is older."""
    return isinstance(error, anchor.OlderCopy)
