"""What belongs to the network as a whole: its name, controller, policy, wordings, own terms and barred pairs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import SQLModel, col

from peermatch.errors import Damaged
from peermatch.model.characteristics import Term, parse_terms, term_to_dict
from peermatch.model.consent import Wording
from peermatch.model.network import Barred, Network
from peermatch.model.policy import Policy
from peermatch.store import enquiries, introductions, supporters
from peermatch.store.mapping import (
    consent_columns,
    enquiry_columns,
    introduction_columns,
    requester_columns,
    supporter_columns,
)
from peermatch.store.tables import (
    BarredRow,
    ConsentRow,
    EnquiryRow,
    IntroductionRow,
    NetworkRow,
    RequesterRow,
    SecretRow,
    SupporterRow,
    TermRow,
    WordingRow,
)
from peermatch.store.transaction import Transaction, next_position


def _network(tx: Transaction) -> NetworkRow:
    row = tx.session.get(NetworkRow, 1)
    if row is None:
        raise Damaged("The network's settings are missing from its file.", "Restore the newest backup.")
    return row


def name(tx: Transaction) -> str:
    """The network's name."""
    return _network(tx).name


def controller(tx: Transaction) -> str | None:
    """Who decides about the data (UK GDPR article 4(7)); None while it is not stated."""
    return _network(tx).controller


def set_controller(tx: Transaction, controller: str) -> None:
    """State who decides about the data."""
    _network(tx).controller = controller


def policy(tx: Transaction) -> Policy | None:
    """The network's own policy; None for the standard one."""
    found = _network(tx).policy
    return Policy(**found) if found else None


def wordings(tx: Transaction) -> tuple[Wording, ...] | None:
    """The versions of the consent text; None where none were ever listed."""
    rows = tx.session.scalars(select(WordingRow).order_by(col(WordingRow.position)))
    found = tuple(Wording(row.id, row.text, row.language, row.covers_narrower) for row in rows)
    return found if found or _network(tx).wordings_listed else None


def add_wording(tx: Transaction, wording: Wording) -> None:
    """A new version of the consent text."""
    _network(tx).wordings_listed = True
    tx.session.add(
        WordingRow(
            id=wording.id,
            position=next_position(tx.session, WordingRow),
            text=wording.text,
            language=wording.language,
            covers_narrower=wording.covers_narrower,
        )
    )
    tx.session.flush()


def own_terms(tx: Transaction) -> tuple[Term, ...]:
    """The network's own characteristics."""
    rows = tx.session.scalars(select(TermRow).order_by(col(TermRow.position)))
    return parse_terms([row.body for row in rows])


def barred(tx: Transaction) -> tuple[Barred, ...]:
    """The pairs that must never meet."""
    rows = tx.session.scalars(select(BarredRow).order_by(col(BarredRow.id)))
    return tuple(Barred(row.enquirer, row.supporter) for row in rows)


def secret(tx: Transaction, name: str) -> bytes:
    """One of the keys that belong to the data."""
    row = tx.session.get(SecretRow, name)
    if row is None:
        raise Damaged("A key of the network is missing from its file.", "Restore the newest backup.")
    return row.value


def fill(tx: Transaction, network: Network, secrets: Mapping[str, bytes]) -> None:
    """Put a whole network into a new, empty store."""
    tx.session.add_all(SecretRow(name=name, value=value) for name, value in secrets.items())
    tx.session.add(
        NetworkRow(
            id=1,
            name=network.name,
            controller=network.controller,
            policy=asdict(network.policy) if network.policy else None,
            wordings_listed=network.wordings is not None,
        )
    )
    tx.session.flush()
    for wording in network.wordings or ():
        add_wording(tx, wording)
    _insert(
        tx,
        TermRow,
        [{"id": t.id, "position": n, "body": term_to_dict(t)} for n, t in enumerate(network.vocabulary)],
    )
    _insert(tx, BarredRow, [{"enquirer": b.enquirer, "supporter": b.supporter} for b in network.barred])
    _insert(
        tx, SupporterRow, [{"position": n, **supporter_columns(s)} for n, s in enumerate(network.supporters)]
    )
    _insert(tx, ConsentRow, [consent_columns(s.id, c) for s in network.supporters for c in s.consents])
    _insert(tx, EnquiryRow, [{"position": n, **enquiry_columns(e)} for n, e in enumerate(network.enquiries)])
    _insert(tx, RequesterRow, [requester_columns(e) for e in network.enquiries])
    _insert(tx, IntroductionRow, [introduction_columns(i) for i in network.introductions])


def _insert(tx: Transaction, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Many rows at once: a whole network comes in without an object a row."""
    if rows:
        tx.session.execute(insert(model), rows)


def whole(tx: Transaction) -> Network:
    """The network as one value, for export and checks."""
    return Network(
        name=name(tx),
        controller=controller(tx),
        wordings=wordings(tx),
        barred=barred(tx),
        policy=policy(tx),
        vocabulary=own_terms(tx),
        supporters=supporters.every(tx),
        enquiries=enquiries.every(tx),
        introductions=introductions.every(tx),
    )
