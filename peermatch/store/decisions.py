"""The records of decisions: written once, with the step that they led to, and never edited."""

import base64
import json
import zlib
from collections.abc import Collection
from typing import Any

from peermatch.errors import Damaged
from peermatch.model.decision import Decision, decision_to_dict, parse_decision
from peermatch.model.erasure import without
from peermatch.model.traces import Traces
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of


def add(tx: Transaction, decision: Decision) -> None:
    """A new record."""
    tx.session.add(
        sql.DecisionRow(
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
        sql.select(sql.DecisionRow)
        .where(sql.col(sql.DecisionRow.enquiry) == reference)
        .order_by(sql.col(sql.DecisionRow.id))
    )
    return tuple(_unpacked(row) for row in rows)


def take_out(tx: Transaction, people: Collection[str], enquiries: Collection[str], traces: Traces) -> None:
    """Take erased people out of the records of decisions that were not about them, in no image."""
    table = table_of(sql.DecisionRow)
    for row in tx.session.execute(sql.select(table)).all():
        if row.enquiry in enquiries or row.supporter in people:
            continue  # goes as a whole
        if speaks_of(row.body, traces):
            body = _packed(without(_unpacked(row), people, traces))
            tx.session.execute(sql.update(table).where(table.c.id == row.id).values(body=body))


def speaks_of(body: str, traces: Traces) -> bool:
    """Whether a record holds erased people: an id, or a name in what somebody wrote."""
    document = _document(body)
    if not isinstance(document, dict):
        return False
    try:
        exclusions = document["asked"]["exclusions"]
        ids = {document["supporter"], document["enquiry"], *exclusions["supporters"]}
        ids.update(each[0] for each in document["suggested"])
        ids.update(*(supporters for _, supporters in document["refused"]))
    except (KeyError, TypeError, ValueError, IndexError):
        return traces.in_values(document)
    texts = (document["reason"], *exclusions["people"])
    return not ids.isdisjoint(traces.ids) or any(map(traces.in_text, texts))


def _document(body: str) -> object:
    try:
        return json.loads(zlib.decompress(base64.b64decode(body, validate=True)))
    except (ValueError, zlib.error):
        return None


def _packed(decision: Decision) -> str:
    """The document, squeezed: with everybody refused in it, it would be long in a large network."""
    text = json.dumps(decision_to_dict(decision), ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(row: Any) -> Decision:
    decision = parse_decision(_document(row.body))
    if (decision.enquiry, decision.supporter, decision.on) != (row.enquiry, row.supporter, row.day):
        raise Damaged(
            f"The record of a decision on enquiry {row.enquiry} is not its own.", "Restore the newest backup."
        )
    return decision
