"""The network's own weights and limits, each version kept; the newest is in force."""

from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import BadInput, Damaged
from peermatch.model.policy import Policy, PolicyVersion, parse_policy
from peermatch.store.tables import PolicyRow
from peermatch.store.transaction import Transaction


def versions(tx: Transaction) -> tuple[PolicyVersion, ...]:
    """Every version that was kept, the newest first; none where the standard was never changed."""
    rows = tx.session.scalars(select(PolicyRow).order_by(col(PolicyRow.version).desc()))
    return tuple(PolicyVersion(_policy(row), row.since) for row in rows)


def current(tx: Transaction) -> Policy | None:
    """The network's own policy; None for the standard one."""
    newest = tx.session.scalars(select(PolicyRow).order_by(col(PolicyRow.version).desc()).limit(1)).first()
    return None if newest is None else _policy(newest)


def add(tx: Transaction, policy: Policy, since: date) -> None:
    """A version as it is."""
    tx.session.add(PolicyRow(version=policy.version, since=since, body=asdict(policy)))
    tx.session.flush()


def keep(tx: Transaction, draft: Policy, since: date) -> Policy:
    """The draft as the next version; the journal says what is different from the one before."""
    before = current(tx) or Policy()
    kept = replace(draft, version=before.version + 1)
    add(tx, kept, since)
    tx.note(f"version {before.version} -> {kept.version}")
    for change in kept.changes_from(before):
        tx.note(change)
    return kept


def _policy(row: PolicyRow) -> Policy:
    """A row passes the same door as everything that comes in: nothing is ranked by what was tampered with."""
    try:
        policy = parse_policy(row.body)
    except BadInput as error:
        raise _damaged(row.version) from error
    if policy.version != row.version:
        raise _damaged(row.version)
    return policy


def _damaged(version: int) -> Damaged:
    return Damaged(
        f"Version {version} of the matching policy in the network's file cannot be used.",
        "Restore the newest backup.",
    )
