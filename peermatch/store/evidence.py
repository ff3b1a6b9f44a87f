"""Files that prove consent, inside the encrypted file: values in, values out."""

import hashlib
import hmac

from peermatch.errors import Damaged, Refused
from peermatch.model.evidence import Evidence
from peermatch.store.cells import day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

_OF = "SELECT id, supporter, added, name, size, sha256 FROM evidence WHERE supporter = ? ORDER BY id"


def of(tx: Transaction, supporter: str) -> tuple[Evidence, ...]:
    """What is attached to one person, oldest first."""
    return tuple(
        Evidence(number, whose, day(added), *rest) for number, whose, added, *rest in tx.rows(_OF, supporter)
    )


def add(tx: Transaction, evidence: Evidence, body: bytes) -> Evidence:
    """One more file; with the number that it is given."""
    row = sql.EvidenceRow(
        supporter=evidence.supporter,
        added=evidence.added,
        name=evidence.name,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
    )
    tx.session.add(row)
    tx.session.flush()
    tx.session.execute(sql.insert(sql.EVIDENCE_BODY), {"evidence": row.id, "body": body})
    return _value(row)


def get(tx: Transaction, number: int) -> Evidence:
    """What is known of one file; refused where it is not kept any more."""
    return _value(_row(tx, number))


def body(tx: Transaction, number: int) -> bytes:
    """The file itself, exactly as it came."""
    row = _row(tx, number)
    query = sql.select(sql.EVIDENCE_BODY.c.body).where(sql.EVIDENCE_BODY.c.evidence == number)
    found = bytes(tx.session.execute(query).scalar_one_or_none() or b"")
    if not hmac.compare_digest(hashlib.sha256(found).hexdigest(), row.sha256):
        raise Damaged("This file is not as it was when it was attached.", "Restore the newest backup.")
    return found


def remove(tx: Transaction, number: int) -> Evidence:
    """Let one go, with its bytes; what it was."""
    row = _row(tx, number)
    gone = _value(row)
    tx.session.execute(sql.delete(sql.EVIDENCE_BODY).where(sql.EVIDENCE_BODY.c.evidence == number))
    tx.session.delete(row)
    tx.session.flush()
    return gone


def _row(tx: Transaction, number: int) -> "sql.EvidenceRow":
    row = tx.session.get(sql.EvidenceRow, number)
    if row is None:
        raise Refused("This file is not kept any more.", "Look at the list again.")
    return row


def _value(row: "sql.EvidenceRow") -> Evidence:
    return Evidence(row.id or 0, row.supporter, row.added, row.name, row.size, row.sha256)
