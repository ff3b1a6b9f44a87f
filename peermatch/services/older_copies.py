"""Noticing that a network is older than the one this computer used, before it is opened and after it is closed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from peermatch import paths
from peermatch.errors import PeerMatchError, SystemRefused
from peermatch.store import anchor, remembered, vault
from peermatch.store.backup import Source
from peermatch.store.keychain import Keychain, KeychainRefused
from peermatch.store.network import Store


@dataclass(frozen=True, slots=True)
class ForKeychain:
    """How far a network was when it was closed, for the keychain that opens it here by itself."""

    network: str
    note: str


class LastSeen:
    """How far networks were, where nobody who reaches the files can change it: in memory, and in the keychain.

    The keychain is told only where it opens the network by itself, and only if the network moved on.
    """

    def __init__(self, chain: Keychain) -> None:
        self._chain = chain
        self._here: dict[tuple[str, Path], anchor.Anchor] = {}

    def of(self, store: str, folder: Path, note: str = "") -> tuple[anchor.Anchor, ...]:
        """What is known of the network in a folder; ``note`` is what the keychain held beside its secret."""
        found = (self._here.get((store, folder.absolute())), anchor.of_note(note, folder))
        return tuple(each for each in found if each is not None)

    def opened(self, source: Source, today: date) -> None:
        """Remember how far it is, in this person's file and in memory."""
        anchor.keep(source, today)
        self._here[source.keyfile.store, source.folder] = anchor.now(source, today)

    def closing(self, store: Store, today: date) -> ForKeychain | None:
        """Remember how far an open network is; what to tell the keychain once it is closed, if anything.

        One that is closed already, or only looked at, is as it was; a disk that does not answer keeps nothing open.
        """
        if store.locked or store.seal.on:
            return None
        source = store.source()
        before = self._here.get((source.keyfile.store, source.folder))
        try:
            self.opened(source, today)
        except PeerMatchError:
            return None
        after = self._here[source.keyfile.store, source.folder]
        moved = before is None or (before.gen, before.seq) != (after.gen, after.seq)
        return self.for_keychain(source) if moved else None

    def for_keychain(self, source: Source) -> ForKeychain | None:
        """What to tell the keychain; nothing where this computer does not open the network by itself."""
        keyfile = source.keyfile
        slot = keyfile.slot(remembered.slot_here(keyfile.store) or "")
        seen = self._here.get((keyfile.store, source.folder))
        if slot is None or slot.type != vault.DeviceSecret.kind or seen is None:
            return None
        return ForKeychain(keyfile.store, anchor.as_note(seen, source.folder))

    def tell(self, told: ForKeychain | None) -> None:
        """Have the keychain keep it; a keychain that does not is no reason to stop."""
        if told is not None:
            with suppress(KeychainRefused):
                self._chain.write_note(told.network, told.note)

    def forget(self, folder: Path) -> None:
        """A network was put here on purpose: what was seen in this place before does not count any more."""
        for network in {store for store, place in self._here if place == folder.absolute()}:
            del self._here[network, folder.absolute()]
        with suppress(PeerMatchError):
            network = vault.read_keys(folder)[0].store
            if remembered.slot_here(network) is not None:
                self.tell(ForKeychain(network, ""))


class OlderCopies:
    """Stands at one opening: refuses an older copy, or lets it in where a person chose so and has that written down."""

    def __init__(self, today: date, seen: LastSeen, *, accept: bool, note: str = "") -> None:
        self._today, self._seen, self._accept, self._note = today, seen, accept, note
        self._last: anchor.Anchor | None = None

    def check(self, source: Source) -> None:
        """Refuse what lacks something that this computer has seen."""
        outside = self._seen.of(source.keyfile.store, source.folder, self._note)
        try:
            anchor.refuse_older(source, self._today, outside)
        except anchor.OlderCopy:
            if not self._accept:
                raise
            self._last = anchor.furthest(source.keyfile.store, source.folder, outside)

    def opened(self, store: Store) -> None:
        """Write the choice into the journal, and remember the network as it is now."""
        if self._last is not None:
            with (
                suppress(SystemRefused),
                store.write("open-older-copy") as tx,
            ):  # a full disk keeps nobody out
                tx.note(self._last.text())
        self._seen.opened(store.source(), self._today)
        if self._last is not None:  # else the choice would be asked for again at the next opening
            self._seen.tell(self._seen.for_keychain(store.source()))


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
