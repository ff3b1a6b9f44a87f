"""This computer as a key: its keychain opens the network for the person who allowed it here, at program start."""

import contextlib
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch.errors import PeerMatchError, Refused
from peermatch.managed import managed
from peermatch.model.holders import Holder, KeyKind, NetworkKey, Role
from peermatch.services.desk import Desk
from peermatch.services.keys import Keys, KeysChanged
from peermatch.store import holders, remembered, vault
from peermatch.store.epochs import Change, Uncertain
from peermatch.store.keychain import SECRET_BYTES, Keychain, KeychainRefused, Look
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey
from peermatch.store.transaction import Transaction
from peermatch.words import tr

KeychainLook = Look
LABEL = "computer"
"""It stands in the clear: it says neither whose computer it is nor what it is called."""


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """How this computer stands to the network; ``key`` is its own key there, where it has one."""

    allowed: bool
    key: str | None
    since: date | None
    words: str
    decided: bool = False
    """Whether the organisation has set that this computer opens no network by itself."""

    @property
    def remembered(self) -> bool:
        """Whether it opens the network by itself."""
        return self.key is not None


class KeychainUse:
    """Has this computer remember the network, or forget it, and says for all whether computers may."""

    def __init__(self, desk: Desk, keys: Keys, chain: Keychain) -> None:
        self._desk, self._keys, self._chain = desk, keys, chain

    def state(self) -> ThisComputer:
        """How things stand, without asking the keychain, which may ask back."""
        own, allowed = self._own(), self._desk.store.source().keyfile.policy.device_slots
        decided = not managed().keychain
        if decided:
            words = tr("Set by your organisation: this computer opens no network by itself.")
        elif own is not None:
            day = f"{own.since.day} {own.since:%B %Y}"
            words = tr(
                "Opens the network when PeerMatch starts, since {day}. After a lock the passphrase is asked "
                "for."
            ).format(day=day)
        elif allowed:
            words = tr("The passphrase is asked for each time.")
        else:
            words = tr("The passphrase is asked for each time: computers may not keep this network open.")
        return ThisComputer(allowed, own.id if own else None, own.since if own else None, words, decided)

    def remember(self) -> KeysChanged:
        """A key for this computer, whose secret is in its keychain before anything is changed."""
        if not managed().keychain:
            raise Refused(
                tr("This computer may not open a network by itself."), tr("Your organisation decided so.")
            )
        store, person = self._desk.store, self._person()
        network, before = store.source().keyfile.store, self._own()
        if not store.source().keyfile.policy.device_slots:
            raise Refused(tr("This network may not be kept open by a computer."), tr("The lead decided so."))
        instead = (before.id,) if before else ()
        secret = secrets.token_bytes(SECRET_BYTES)
        self._chain.write(network, secret)

        def keys(keyfile: KeyFile, key: StoreKey) -> vault.NextKeys:
            return vault.add_device(keyfile, key, LABEL, secret, instead)

        def write(tx: Transaction, slot: str) -> None:
            today = self._desk.today
            owner = person.holder or Holder(person.id, "", Role.COORDINATOR, person.since)
            holders.put(tx, owner)  # a key that nobody gave a name yet has no row
            holders.remove(tx, instead, today)
            holders.put(tx, Holder(slot, owner.name, owner.role, today, owner=owner.slot))

        notice = tr("This computer opens the network from now on when PeerMatch starts.")
        try:
            change = Change(write, {"holder": 1 if person.holder else 2})
            changed = self._keys.step("keys-remember", keys, change, notice)
        except Uncertain:
            raise
        except PeerMatchError:
            self._drop(network)
            raise
        remembered.remember(network, changed.key)
        return changed

    def forget(self) -> KeysChanged:
        """This computer's key opens nothing any more, and its keychain keeps nothing."""
        own, network = self._own(), self._desk.store.source().keyfile.store
        if own is None:
            self._drop(network)
            raise Refused(
                tr("This computer does not open the network by itself."), tr("There is nothing to forget.")
            )
        changed = self._keys.remove(own.id)
        self._drop(network)
        return changed

    def allow(self, allowed: bool) -> KeysChanged:
        """Whether computers may open this network for their users; where not, all that do are locked out at once."""
        self._refuse_unless_lead()
        network = self._desk.store.source().keyfile.store
        gone = () if allowed else tuple(k.id for k in self._keys.every() if k.kind is KeyKind.COMPUTER)

        def keys(keyfile: KeyFile, key: StoreKey) -> vault.NextKeys:
            return vault.allow_devices(keyfile, key, allowed=allowed)

        def write(tx: Transaction, _slot: str) -> None:
            holders.remove(tx, gone, self._desk.today)

        if allowed:
            notice = tr("Computers may open this network for their users.")
            return self._keys.step("keys-allow-computers", keys, Change(write), notice)
        notice = tr("From now on the passphrase is asked for on every computer.")
        changed = self._keys.step("keys-forbid-computers", keys, Change(write), notice)
        self._drop(network)
        return changed

    def _own(self) -> NetworkKey | None:
        """The key of this computer, if the network still knows it."""
        slot = remembered.slot_here(self._desk.store.source().keyfile.store)
        return next((k for k in self._keys.every() if k.id == slot and k.kind is KeyKind.COMPUTER), None)

    def _person(self) -> NetworkKey:
        """Whose computer it is: who opened the network with a passphrase, or whose computer did."""
        own = self._keys.own()
        owner = own.holder.owner if own.kind is KeyKind.COMPUTER and own.holder else own.id
        for key in self._keys.every():
            if key.id == owner and key.kind is KeyKind.PERSON:
                return key
        raise Refused(
            tr("Only somebody with a passphrase of their own can have a computer remembered."),
            tr("Open the network with your passphrase first."),
        )

    def _refuse_unless_lead(self) -> None:
        """Where somebody is named as the lead, this is theirs to decide."""
        leads = [k for k in self._keys.every() if k.holder and k.holder.role is Role.LEAD]
        own = self._keys.own()
        if leads and not (own.holder and own.holder.role is Role.LEAD):
            raise Refused(
                tr("Only the lead decides about computers."), tr("Ask {name}.").format(name=leads[0].name)
            )

    def _drop(self, network: str) -> None:
        """What the keychain holds opens nothing; that it may refuse to let it go changes nothing."""
        with contextlib.suppress(PeerMatchError):
            remembered.remember(network, None)
        with contextlib.suppress(KeychainRefused):
            self._chain.delete(network)


def asks_for_passphrase(error: PeerMatchError) -> bool:
    """Whether only the keychain failed: the passphrase opens the network all the same."""
    return isinstance(error, KeychainRefused)


def remembered_network(folder: Path) -> str | None:
    """The id of the network in a folder if this computer has a key in it and may use it, else None."""
    if not managed().keychain:
        return None
    keyfile, _ = vault.read_keys(folder)
    slot = keyfile.slot(remembered.slot_here(keyfile.store) or "")
    known = slot is not None and slot.type == vault.DeviceSecret.kind and keyfile.policy.device_slots
    return keyfile.store if known else None


def secret_for(folder: Path, chain: Keychain) -> tuple[vault.DeviceSecret, str] | None:
    """What the keychain holds for the network in a folder, and its note on how far that was when it was closed here.

    None where this computer has no key in it: the keychain is not asked for what it was never told to remember.
    """
    network = remembered_network(folder)
    if network is None:
        return None
    secret, note = chain.read_with_note(network)
    if secret is None:
        raise KeychainRefused("strange")
    return vault.DeviceSecret(secret), note
