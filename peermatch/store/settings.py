"""What belongs to the network as a whole: its name, controller, policy, wordings, own terms and barred pairs."""

from typing import Any

from peermatch.errors import Damaged
from peermatch.model.barred import Barred
from peermatch.model.characteristics import Term, parse_terms
from peermatch.model.consent import Wording
from peermatch.model.policy import Policy
from peermatch.store import policies
from peermatch.store.cells import parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, next_position

_MISSING = "The network's settings are missing from its file."


def name(tx: Transaction) -> str:
    """The network's name."""
    return str(_of_network(tx)[0])


def controller(tx: Transaction) -> str | None:
    """Who decides about the data (UK GDPR article 4(7)); None while it is not stated."""
    stated = _of_network(tx)[1]
    return None if stated is None else str(stated)


def _of_network(tx: Transaction) -> Any:
    row = tx.first("SELECT name, controller, wordings_listed FROM network WHERE id = 1")
    if row is None:
        raise Damaged(_MISSING, "Restore the newest backup.")
    return row


def _network(tx: Transaction) -> "sql.NetworkRow":
    row = tx.session.get(sql.NetworkRow, 1)
    if row is None:
        raise Damaged(_MISSING, "Restore the newest backup.")
    return row


def set_controller(tx: Transaction, controller: str) -> None:
    """State who decides about the data."""
    _network(tx).controller = controller


def policy(tx: Transaction) -> Policy | None:
    """The network's own policy; None for the standard one."""
    return policies.current(tx)


def wordings(tx: Transaction) -> tuple[Wording, ...] | None:
    """The versions of the consent text; None where none were ever listed."""
    rows = tx.rows("SELECT id, text, language, covers_narrower FROM wording ORDER BY position")
    found = tuple(Wording(id, text, language, bool(covers)) for id, text, language, covers in rows)
    return found if found or _of_network(tx)[2] else None


def add_wording(tx: Transaction, wording: Wording) -> None:
    """A new version of the consent text."""
    _network(tx).wordings_listed = True
    tx.session.add(
        sql.WordingRow(
            id=wording.id,
            position=next_position(tx.session, sql.WordingRow),
            text=wording.text,
            language=wording.language,
            covers_narrower=wording.covers_narrower,
        )
    )
    tx.session.flush()


def own_terms(tx: Transaction) -> tuple[Term, ...]:
    """The network's own characteristics."""
    return parse_terms([parsed(body) for (body,) in tx.rows("SELECT body FROM own_term ORDER BY position")])


def barred(tx: Transaction) -> tuple[Barred, ...]:
    """The pairs that must never meet."""
    pairs = tx.rows("SELECT enquirer, supporter FROM barred ORDER BY id")
    return tuple(Barred(enquirer, supporter) for enquirer, supporter in pairs)


def secret(tx: Transaction, name: str) -> bytes:
    """One of the keys that belong to the data."""
    row = tx.first("SELECT value FROM secret WHERE name = ?", name)
    if row is None:
        raise Damaged("A key of the network is missing from its file.", "Restore the newest backup.")
    return bytes(row[0])
