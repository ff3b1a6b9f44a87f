"""The records of decisions: written once, with the step that they led to, and never edited."""

import base64
import json
import zlib

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import Damaged
from peermatch.model.decision import Decision, decision_to_dict, parse_decision
from peermatch.store.tables import DecisionRow
from peermatch.store.transaction import Transaction


def add(tx: Transaction, decision: Decision) -> None:
    """A new record."""
    tx.session.add(
        DecisionRow(
            enquiry=decision.enquiry,
            supporter=decision.supporter,
            day=decision.on,
            body=_packed(decision),
        )
    )
    tx.session.flush()


def of_enquiry(tx: Transaction, reference: str) -> tuple[Decision, ...]:
    """The records of one enquiry, oldest first."""
    rows = tx.session.scalars(
        select(DecisionRow).where(col(DecisionRow.enquiry) == reference).order_by(col(DecisionRow.id))
    )
    return tuple(_unpacked(row) for row in rows)


def _packed(decision: Decision) -> str:
    """The document, squeezed: with everybody refused in it, it would be long in a large network."""
    text = json.dumps(decision_to_dict(decision), ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(row: DecisionRow) -> Decision:
    try:
        document = json.loads(zlib.decompress(base64.b64decode(row.body, validate=True)))
    except (ValueError, zlib.error):
        document = None
    decision = parse_decision(document)
    if (decision.enquiry, decision.supporter, decision.on) != (row.enquiry, row.supporter, row.day):
        raise Damaged(
            f"The record of a decision on enquiry {row.enquiry} is not its own.", "Restore the newest backup."
        )
    return decision
