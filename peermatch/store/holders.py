"""The people behind the keys: names stand in the encrypted file, keyed by the slots that the key file lists."""

from collections.abc import Iterable
from datetime import date

from peermatch.model.holders import Holder, KeyKind, NetworkKey, Role
from peermatch.store.cells import day, maybe_day
from peermatch.store.keyfile import KeyFile
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

_ORDER = tuple(KeyKind)


def every(tx: Transaction) -> dict[str, Holder]:
    """Everybody who has or had a key, by slot."""
    rows = tx.rows("SELECT slot, name, role, added, owner, removed FROM holder")
    return {
        slot: Holder(slot, name, Role(role), day(added), owner, maybe_day(removed))
        for slot, name, role, added, owner, removed in rows
    }


def keys_of(tx: Transaction, keyfile: KeyFile, own: str) -> tuple[NetworkKey, ...]:
    """Every way in with the person behind it: people first, then computers, then paper."""
    known = every(tx)
    found = (
        NetworkKey(
            id=slot.id,
            kind=KeyKind(slot.type),
            label=slot.label,
            since=date.fromisoformat(slot.created),
            holder=known.get(slot.id),
            own=slot.id == own,
        )
        for slot in keyfile.slots
    )
    return tuple(sorted(found, key=lambda key: _ORDER.index(key.kind)))


def put(tx: Transaction, holder: Holder) -> None:
    """Note who a key belongs to, or that it changed."""
    row = tx.session.get(sql.HolderRow, holder.slot)
    if row is None:
        row = sql.HolderRow(slot=holder.slot, name=holder.name, role=holder.role.value, added=holder.added)
        tx.session.add(row)
    row.name, row.role, row.added = holder.name, holder.role.value, holder.added
    row.owner, row.removed = holder.owner, holder.removed
    tx.session.flush()


def remove(tx: Transaction, slots: Iterable[str], on: date) -> None:
    """Note the day on which keys were removed; the names stay, for the journal speaks of these slots."""
    for slot in slots:
        row = tx.session.get(sql.HolderRow, slot)
        if row is not None:
            row.removed = on
    tx.session.flush()
