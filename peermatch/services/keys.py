"""Who can open the network: people with a passphrase each, and the key on paper; every change is a new epoch."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from peermatch.errors import BadInput, CannotUnlock, PeerMatchError, Refused, SystemRefused
from peermatch.model.changes import Done, Touched
from peermatch.model.holders import Holder, KeyKind, NetworkKey, Role
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.late import Late
from peermatch.store import backup, holders, vault
from peermatch.store.epochs import Change, Uncertain
from peermatch.store.kdf import Cost, calibrate
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey
from peermatch.store.passphrase import PassphraseRules, Strength, strength
from peermatch.store.transaction import Transaction
from peermatch.words import tr

LONGEST_NAME = 200
Make = Callable[[KeyFile, StoreKey], vault.NextKeys]


@dataclass(frozen=True, slots=True)
class OlderBackup:
    """A backup that still opens with the keys of its day."""

    path: Path
    made: datetime


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """What a change of keys did, and what it does not reach: backups made before still open with the old keys.

    ``left`` names files that could not be deleted yet; the next opening deletes them.
    """

    done: Done
    key: str
    backups: tuple[OlderBackup, ...]
    left: tuple[str, ...] = ()


class Keys:
    """Adds, changes and removes keys; there is always a person left who can open the network."""

    def __init__(self, desk: Desk, rules: Late[PassphraseRules], cost: Cost | None = None) -> None:
        self._desk, self._rules, self._cost = desk, rules, cost

    def every(self) -> tuple[NetworkKey, ...]:
        """Every way in: people first, then computers, then paper."""
        return self._desk.store.keys()

    def holders(self) -> dict[str, Holder]:
        """Everybody who has or had a key, by the slot that the journal names."""
        with self._desk.store.read() as tx:
            return holders.every(tx)

    def own(self) -> NetworkKey:
        """The key that opened the network this time; Refused once it was removed."""
        for key in self.every():
            if key.own:
                return key
        raise Refused(tr("The key with which you opened the network was removed."), tr("Lock the network."))

    def check_passphrase(self, passphrase: str) -> None:
        """Refuse a new passphrase that is too short, too long or too well known."""
        self._rules().check_new(passphrase)

    def strength(self, passphrase: str) -> Strength:
        """How long a passphrase would stand, in words."""
        return strength(passphrase)

    def confirm(self, secret: str) -> None:
        """Refuse a passphrase (or recovery key) that is not the one which opened the network this time.

        Asked before keys are changed, so that nobody who finds the window open makes a key for themselves. Where a
        computer opened it, its user's passphrase is asked for.
        """
        own = self.own()
        paper = own.kind is KeyKind.PAPER
        slot = own.holder.owner if own.kind is KeyKind.COMPUTER and own.holder else own.id
        typed = vault.RecoverySecret(secret) if paper else vault.PassphraseSecret(secret)
        if slot is None or not self._desk.store.opens_with(typed, slot):
            what = tr("recovery key") if paper else "passphrase"
            raise CannotUnlock(
                tr("This is not the {what} with which you opened the network.").format(what=what),
                tr("Try again."),
            )

    def add(self, name: str, role: Role, passphrase: str) -> KeysChanged:
        """A key for one more person, who types their own passphrase here."""
        name = _a_name(name)
        self._rules().check_new(passphrase)
        cost = self._cost or calibrate()

        def keys(keyfile: KeyFile, key: StoreKey) -> vault.NextKeys:
            return vault.add_person(keyfile, key, passphrase, role.value, cost)

        def write(tx: Transaction, slot: str) -> None:
            holders.put(tx, Holder(slot, name, role, self._desk.today))

        return self.step(
            "keys-add",
            keys,
            Change(write, {"holder": 1}),
            tr("{name} can open this network now.").format(name=name),
        )

    def change(self, key_id: str, passphrase: str) -> KeysChanged:
        """Another passphrase for one person; the former one opens only backups that were made until now."""
        self._rules().check_new(passphrase)
        held, cost = self._person(key_id), self._cost or calibrate()

        def keys(keyfile: KeyFile, key: StoreKey) -> vault.NextKeys:
            return vault.change_passphrase(keyfile, key, held.id, passphrase, held.label, cost)

        return self.step(
            "keys-change",
            keys,
            Change(_nothing),
            tr("{who} has a new passphrase now.").format(who=_who(held)),
        )

    def remove(self, key_id: str) -> KeysChanged:
        """Take a key away, and with a person's the keys of their computers; at a handover also one's own.

        Refused for the last person who can open the network.
        """
        going = self.find(key_id)
        people = [key for key in self.every() if key.kind is KeyKind.PERSON]
        if going.kind is KeyKind.PERSON and len(people) == 1:
            raise Refused(
                tr("{who} is the last person who can open this network.").format(who=_who(going)),
                tr("Add a key for somebody else first."),
            )
        ids = (going.id, *self._computers_of(going))

        def keys(keyfile: KeyFile, key: StoreKey) -> vault.NextKeys:
            return vault.remove_slots(keyfile, key, ids)

        def write(tx: Transaction, _slot: str) -> None:
            holders.remove(tx, ids, self._desk.today)

        what = {
            KeyKind.PERSON: tr("{who} can no longer open this network.").format(who=_who(going)),
            KeyKind.COMPUTER: tr("That computer can no longer open this network by itself."),
            KeyKind.PAPER: tr("The recovery key no longer opens this network."),
        }
        return self.step("keys-remove", keys, Change(write), what[going.kind], going.id)

    def rotate(self) -> KeysChanged:
        """A new key for the whole file, for the same people; nobody has to type anything."""
        return self.step(
            "keys-rotate", vault.rotate, Change(_nothing), tr("The network is encrypted with a new key now.")
        )

    def draw_recovery(self) -> str:
        """A recovery key that opens nothing yet: bring it to paper, then `set_recovery`."""
        return vault.draw_recovery()

    def set_recovery(self, text: str) -> KeysChanged:
        """The recovery key on the paper is the one that counts; an earlier sheet opens nothing from now on."""
        before = any(key.kind is KeyKind.PAPER for key in self.every())

        def keys(keyfile: KeyFile, key: StoreKey) -> vault.NextKeys:
            return vault.replace_recovery(keyfile, key, text)

        notice = tr("The new recovery sheet counts now") + (tr("; destroy the old one.") if before else ".")
        return self.step("keys-recovery", keys, Change(_nothing), notice)

    def name(self, key_id: str, name: str, role: Role) -> Done:
        """Who a key belongs to, and in which role; the key stays as it is."""
        held, name = self._person(key_id), _a_name(name)
        known = held.holder or Holder(held.id, name, role, held.since)
        with self._desk.command("keys-name", held.id) as tx:
            holders.put(tx, replace(known, name=name, role=role))
        return self._desk.done(tx, Touched(), tr("This key belongs to {name}.").format(name=name))

    def find(self, text: str) -> NetworkKey:
        """The key of an id, or of its first letters where they are enough."""
        found = [key for key in self.every() if text and key.id.startswith(text.strip().casefold())]
        if len(found) != 1:
            raise BadInput(
                tr("{value} keys begin with {text}.").format(value=len(found) or tr("No"), text=text),
                tr("List the keys and name one of them."),
            )
        return found[0]

    def older_backups(self) -> tuple[OlderBackup, ...]:
        """The backups that open with keys which have changed since, newest first."""
        source = self._desk.store.source()
        changed, epoch = backup.keys_changed_at(source), source.keyfile.epoch
        older = (each for each in backup.known(source) if each.epoch < epoch and each.seq < changed)
        return tuple(OlderBackup(each.path, each.made) for each in older)

    def forget_older_backups(self) -> Done:
        """Delete the backups that open with keys which have changed since, after a new one is made and verified."""
        self._desk.store.seal.refuse()
        older = self.older_backups()
        if older:
            backup.routine(self._desk.store.source(), self._desk.clock(), "hand")
        for each in older:
            try:
                each.path.unlink(missing_ok=True)
            except OSError as error:
                raise SystemRefused(
                    tr("{name} could not be deleted: {strerror}.").format(
                        name=each.path.name, strerror=error.strerror
                    ),
                    tr("Delete it by hand."),
                ) from None
        count = len(older)
        return Done(
            Touched(),
            tr("{count} older {part} deleted.").format(
                count=count, part=tr("backup was") if count == 1 else tr("backups were")
            ),
        )

    def _person(self, key_id: str) -> NetworkKey:
        held = self.find(key_id)
        if held.kind is not KeyKind.PERSON:
            raise BadInput(tr("This key has no passphrase."), tr("Choose the key of a person."))
        return held

    def _computers_of(self, person: NetworkKey) -> tuple[str, ...]:
        return tuple(key.id for key in self.every() if key.holder and key.holder.owner == person.id)

    def step(self, action: str, keys: Make, change: Change, notice: str, about: str = "") -> KeysChanged:
        """One new epoch; nothing that a screen of records shows is touched by it."""
        stepped = self._desk.store.step_to(keys, action, change, about)
        self._desk.renew(Touched())
        return KeysChanged(Done(Touched(), notice), stepped.slot, self.older_backups(), stepped.left)


def may_have_happened(error: PeerMatchError) -> bool:
    """Whether a change that failed may stand all the same; the network was locked then, and opening it tells."""
    return isinstance(error, Uncertain)


def _a_name(name: str) -> str:
    found = one_line(name)
    if not found or len(found) > LONGEST_NAME:
        raise BadInput(tr("Please say whose key this is."), tr("For example: Priya Nair"))
    return found


def _who(key: NetworkKey) -> str:
    return key.name or tr("The {label}").format(label=key.label)


def _nothing(_tx: Transaction, _slot: str) -> None:
    """A change of keys that changes no record."""
