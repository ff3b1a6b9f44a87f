"""A whole network as one value: into a new, empty store, and out of it again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from peermatch.errors import Damaged
from peermatch.model.characteristics import term_to_dict
from peermatch.model.network import Network
from peermatch.store import (
    carried_mail,
    enquiries,
    introductions,
    own_lists,
    own_words,
    policies,
    settings,
    supporters,
)
from peermatch.store.mapping import (
    consent_columns,
    enquiry_columns,
    introduction_columns,
    requester_columns,
    supporter_columns,
)
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

_LISTS = ("own_term", "barred", "supporter", "consent", "enquiry", "requester", "introduction")


def fill(tx: Transaction, network: Network, secrets: Mapping[str, bytes], since: date) -> None:
    """Put a whole network into a new, empty store; its own policy, if it has one, counts from ``since``."""
    tx.session.add_all(sql.SecretRow(name=name, value=value) for name, value in secrets.items())
    tx.session.add(
        sql.NetworkRow(
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
        settings.add_wording(tx, wording)
    for place in network.organisations:
        own_lists.put_place(tx, place)
    with _checked_at_the_end(tx):
        _fill_lists(tx, network)
    own_words.fill(tx, network, since)
    carried_mail.fill(tx, network.mail)


def _fill_lists(tx: Transaction, network: Network) -> None:
    terms, people, enquired = network.vocabulary, network.supporters, network.enquiries
    _insert(
        tx, sql.TermRow, [{"id": t.id, "position": n, "body": term_to_dict(t)} for n, t in enumerate(terms)]
    )
    _insert(tx, sql.BarredRow, [{"enquirer": b.enquirer, "supporter": b.supporter} for b in network.barred])
    _insert(tx, sql.SupporterRow, [{"position": n, **supporter_columns(s)} for n, s in enumerate(people)])
    _insert(tx, sql.ConsentRow, [consent_columns(s.id, c) for s in people for c in s.consents])
    _insert(tx, sql.EnquiryRow, [{"position": n, **enquiry_columns(e)} for n, e in enumerate(enquired)])
    _insert(tx, sql.RequesterRow, [requester_columns(e) for e in enquired])
    _insert(tx, sql.IntroductionRow, [introduction_columns(i) for i in network.introductions])


@contextmanager
def _checked_at_the_end(tx: Transaction) -> Iterator[None]:
    """Judge the conditions of the tables once for all rows instead of row by row.

    SQLite builds the list of an IN anew for every row, and with locked memory each time costs 0.1 ms: of 6 s for a
    thousand supporters, 5. A condition that does not hold is found here and the whole network is refused.
    """
    tx.session.execute(sql.text("PRAGMA ignore_check_constraints=ON"))
    try:
        yield
    finally:
        tx.session.execute(sql.text("PRAGMA ignore_check_constraints=OFF"))
    for table in _LISTS:
        found = [row[0] for row in tx.rows(f"PRAGMA quick_check({table})")]
        if found != ["ok"]:
            raise Damaged(f"The network could not be written: {found[0]}.", "Check it and try again.")


def _insert(tx: Transaction, model: "type[sql.SQLModel]", rows: list[dict[str, Any]]) -> None:
    """Many rows at once: a whole network comes in without an object a row."""
    if rows:
        tx.session.execute(sql.insert(table_of(model)), rows)


def whole(tx: Transaction) -> Network:
    """The network as one value, for export and checks."""
    return Network(
        name=settings.name(tx),
        controller=settings.controller(tx),
        wordings=settings.wordings(tx),
        barred=settings.barred(tx),
        policy=settings.policy(tx),
        vocabulary=settings.own_terms(tx),
        organisations=own_lists.places(tx),
        supporters=supporters.every(tx),
        enquiries=enquiries.every(tx),
        introductions=introductions.every(tx),
        mail=carried_mail.whole(tx),
        **own_words.whole(tx),
    )
