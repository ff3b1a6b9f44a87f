"""Which letters must be marked secure: none, or all but those to some domains."""

from collections.abc import Sequence

from peermatch.store.cells import parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def free_domains(tx: Transaction) -> tuple[str, ...] | None:
    """The domains that need no mark; None where this network does not use the mark."""
    row = tx.first("SELECT free FROM mail_mark WHERE id = 1")
    return None if row is None else tuple(parsed(row[0]))


def set_free_domains(tx: Transaction, domains: Sequence[str] | None) -> None:
    """Use the mark for all other domains, or no longer."""
    row = tx.session.get(sql.MailMarkRow, 1)
    if domains is None:
        if row is not None:
            tx.session.delete(row)
    else:
        row = row or sql.MailMarkRow(id=1, free=[])
        row.free = list(domains)
        tx.session.add(row)
    tx.session.flush()
