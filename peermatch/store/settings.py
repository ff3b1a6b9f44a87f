"""What belongs to the network as a whole: its name, controller, policy, wordings, own terms and barred pairs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import insert, select, text
from sqlmodel import SQLModel, col

from peermatch.errors import Damaged
from peermatch.model.characteristics import Term, parse_terms, term_to_dict
from peermatch.model.consent import Wording
from peermatch.model.network import Barred, Network
from peermatch.model.policy import Policy
from peermatch.store import carried_mail, enquiries, introductions, own_lists, own_words, policies, supporters
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
from peermatch.store.transaction import Transaction, next_position, table_of


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
    return policies.current(tx)


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
    pairs = select(col(BarredRow.enquirer), col(BarredRow.supporter)).order_by(col(BarredRow.id))
    return tuple(Barred(enquirer, supporter) for enquirer, supporter in tx.session.execute(pairs))


def secret(tx: Transaction, name: str) -> bytes:
    """One of the keys that belong to the data."""
    row = tx.session.get(SecretRow, name)
    if row is None:
        raise Damaged("A key of the network is missing from its file.", "Restore the newest backup.")
    return row.value


def fill(tx: Transaction, network: Network, secrets: Mapping[str, bytes], since: date) -> None:
    """Put a whole network into a new, empty store; its own policy, if it has one, counts from ``since``."""
    tx.session.add_all(SecretRow(name=name, value=value) for name, value in secrets.items())
    tx.session.add(
        NetworkRow(
            id=1,
            name=network.name,
            controller=network.controller,
            wordings_listed=network.wordings is not None,
        )
    )
    if network.policy:
        policies.add(tx, network.policy, since)
    tx.session.flush()
    for wording in network.wordings or ():
        add_wording(tx, wording)
    for place in network.organisations:
        own_lists.put_place(tx, place)
    with _checked_at_the_end(tx):
        _fill_lists(tx, network)
    own_words.fill(tx, network, since)
    carried_mail.fill(tx, network.mail)


def _fill_lists(tx: Transaction, network: Network) -> None:
    terms, people, enquired = network.vocabulary, network.supporters, network.enquiries
    _insert(tx, TermRow, [{"id": t.id, "position": n, "body": term_to_dict(t)} for n, t in enumerate(terms)])
    _insert(tx, BarredRow, [{"enquirer": b.enquirer, "supporter": b.supporter} for b in network.barred])
    _insert(tx, SupporterRow, [{"position": n, **supporter_columns(s)} for n, s in enumerate(people)])
    _insert(tx, ConsentRow, [consent_columns(s.id, c) for s in people for c in s.consents])
    _insert(tx, EnquiryRow, [{"position": n, **enquiry_columns(e)} for n, e in enumerate(enquired)])
    _insert(tx, RequesterRow, [requester_columns(e) for e in enquired])
    _insert(tx, IntroductionRow, [introduction_columns(i) for i in network.introductions])


_LISTS = (TermRow, BarredRow, SupporterRow, ConsentRow, EnquiryRow, RequesterRow, IntroductionRow)


@contextmanager
def _checked_at_the_end(tx: Transaction) -> Iterator[None]:
    """Judge the conditions of the tables once for all rows instead of row by row.

    SQLite builds the list of an IN anew for every row, and with locked memory each time costs 0.1 ms: of 6 s for a
    thousand supporters, 5. A condition that does not hold is found here and the whole network is refused.
    """
    tx.session.execute(text("PRAGMA ignore_check_constraints=ON"))
    try:
        yield
    finally:
        tx.session.execute(text("PRAGMA ignore_check_constraints=OFF"))
    for model in _LISTS:
        found = [row[0] for row in tx.session.execute(text(f"PRAGMA quick_check({model.__tablename__})"))]
        if found != ["ok"]:
            raise Damaged(f"The network could not be written: {found[0]}.", "Check it and try again.")


def _insert(tx: Transaction, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Many rows at once: a whole network comes in without an object a row."""
    if rows:
        tx.session.execute(insert(table_of(model)), rows)


def whole(tx: Transaction) -> Network:
    """The network as one value, for export and checks."""
    return Network(
        name=name(tx),
        controller=controller(tx),
        wordings=wordings(tx),
        barred=barred(tx),
        policy=policy(tx),
        vocabulary=own_terms(tx),
        organisations=own_lists.places(tx),
        supporters=supporters.every(tx),
        enquiries=enquiries.every(tx),
        introductions=introductions.every(tx),
        mail=carried_mail.whole(tx),
        **own_words.whole(tx),
    )
