"""The network's own weights and limits, each version kept; the newest is in force."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from peermatch.errors import BadInput
from peermatch.model.policy import STANDARD_VERSION, Policy, PolicyHistory, PolicyVersion, parse_policy
from peermatch.store.cells import day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def versions(tx: Transaction) -> tuple[PolicyVersion, ...]:
    """Every version that was kept, the newest first; none where the standard was never changed."""
    rows = tx.rows("SELECT version, since, body FROM policy_version ORDER BY version DESC")
    return tuple(PolicyVersion(number, day(since), _policy(number, body)) for number, since, body in rows)


def history(tx: Transaction) -> PolicyHistory:
    """All versions, and the number that comes next."""
    return PolicyHistory(versions(tx), next_version(tx))


def current(tx: Transaction) -> Policy | None:
    """The network's own policy; None for the standard one, which also stands in for one that cannot be used."""
    newest = tx.first("SELECT version, body FROM policy_version ORDER BY version DESC LIMIT 1")
    return None if newest is None else _policy(*newest)


def next_version(tx: Transaction) -> int:
    """The number of the version that would be kept next: one that never named another, not even one undone since.

    Decisions quote it, so it must not come again. The journal knows every row that ever was; it keeps the key of one
    whose images were wiped.
    """
    kept: list[int] = [number for (number,) in tx.rows("SELECT version FROM policy_version")]
    images = tx.rows("SELECT key FROM journal_image WHERE table_name = 'policy_version'")
    gone: list[int] = [json.loads(key)[0] for (key,) in images]
    return int(max((STANDARD_VERSION, *kept, *gone))) + 1


def add(tx: Transaction, policy: Policy, since: date) -> None:
    """A version as it is."""
    tx.session.add(sql.PolicyRow(version=policy.version, since=since, body=asdict(policy)))
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


def _policy(number: int, body: str) -> Policy | None:
    """A row passes the same door as everything that comes in: nothing is ranked by what breaks a bound."""
    try:
        policy = parse_policy(_fields(json.loads(body)))
    except BadInput:
        return None
    return policy if policy.version == number else None


def _fields(body: object) -> dict[str, Any]:
    """The fields of a body; what is none, though its column is typed so, has none."""
    return body if isinstance(body, dict) else {}
