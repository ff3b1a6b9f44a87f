"""Half-typed work as it is kept while the network is locked: plain rows, outside the journal, gone when it is done."""

from collections.abc import Mapping

from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def every(tx: Transaction) -> dict[str, str]:
    """What is kept, by key."""
    return {str(key): str(body) for key, body in tx.rows("SELECT key, body FROM draft ORDER BY key")}


def replace_all(tx: Transaction, bodies: Mapping[str, str]) -> None:
    """Keep exactly these; the bytes of what was kept before are overwritten on the disk (``secure_delete``)."""
    clear(tx)
    if bodies:
        tx.session.execute(
            sql.insert(sql.DRAFT), [{"key": key, "body": body} for key, body in bodies.items()]
        )


def clear(tx: Transaction) -> None:
    """Keep nothing: after an erasure nobody knows of whom a half-typed text spoke."""
    tx.session.execute(sql.delete(sql.DRAFT))
