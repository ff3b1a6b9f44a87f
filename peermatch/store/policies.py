"""The network's own weights and limits, each version kept; the newest is in force."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import BadInput
from peermatch.model.policy import STANDARD_VERSION, Policy, PolicyHistory, PolicyVersion, parse_policy
from peermatch.store.tables import ImageRow, PolicyRow
from peermatch.store.transaction import Transaction


def versions(tx: Transaction) -> tuple[PolicyVersion, ...]:
    """Every version that was kept, the newest first; none where the standard was never changed."""
    rows = tx.session.scalars(select(PolicyRow).order_by(col(PolicyRow.version).desc()))
    return tuple(PolicyVersion(row.version, row.since, _policy(row)) for row in rows)


def history(tx: Transaction) -> PolicyHistory:
    """All versions, and the number that comes next."""
    return PolicyHistory(versions(tx), next_version(tx))


def current(tx: Transaction) -> Policy | None:
    """The network's own policy; None for the standard one, which also stands in for one that cannot be used."""
    newest = tx.session.scalars(select(PolicyRow).order_by(col(PolicyRow.version).desc()).limit(1)).first()
    return None if newest is None else _policy(newest)


def next_version(tx: Transaction) -> int:
    """The number of the version that would be kept next: one that never named another, not even one undone since.

    Decisions quote it, so it must not come again. The journal knows every row that ever was; it keeps the key of one
    whose images were wiped.
    """
    kept: list[int] = list(tx.session.scalars(select(col(PolicyRow.version))))
    images = select(col(ImageRow.key)).where(col(ImageRow.table_name) == PolicyRow.__tablename__)
    gone: list[int] = [json.loads(key)[0] for key in tx.session.scalars(images)]
    return int(max((STANDARD_VERSION, *kept, *gone))) + 1


def add(tx: Transaction, policy: Policy, since: date) -> None:
    """A version as it is."""
    tx.session.add(PolicyRow(version=policy.version, since=since, body=asdict(policy)))
    tx.session.flush()


def keep(tx: Transaction, draft: Policy, since: date) -> Policy:
    """The draft as the next version; the journal says what is different from the one before."""
    before = current(tx) or Policy()
    kept = replace(draft, version=next_version(tx))
    add(tx, kept, since)
    tx.note(f"version {before.version} -> {kept.version}")
    for change in kept.changes_from(before):
        tx.note(change)
    return kept


def _policy(row: PolicyRow) -> Policy | None:
    """A row passes the same door as everything that comes in: nothing is ranked by what breaks a bound."""
    try:
        policy = parse_policy(_fields(row.body))
    except BadInput:
        return None
    return policy if policy.version == row.version else None


def _fields(body: object) -> dict[str, Any]:
    """The fields of a body; what is none, though its column is typed so, has none."""
    return body if isinstance(body, dict) else {}
