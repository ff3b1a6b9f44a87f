"""Rows read column by column are the enquiries that each row gives by itself, however the rows lie in the file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.model.enquiry import EnquiryStatus, Importance, Need, Requester
from peermatch.store import enquiries
from peermatch.store.filed import LATE, Filed, filed
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.networks import ADHD, ENQUIRY, EXAM, NETWORK, PASSPHRASE, clock
from tests.store.test_many import ASKED

SOME = tuple(
    replace(
        ENQUIRY,
        reference=f"E-1{number:03d}",
        requester=Requester(f"Person {number % 3}", "one@example.org"),
        status=list(EnquiryStatus)[number % 5],
        needs=(Need(ADHD, Importance.ESSENTIAL), Need(EXAM, Importance.HELPFUL))[: number % 3],
    )
    for number in range(7)
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    network = replace(NETWORK, enquiries=(*NETWORK.enquiries, ASKED, *SOME))
    made = Store.create(tmp_path / "filed.peermatch", network, PASSPHRASE, clock, cost=LEAST).store
    yield made
    made.lock()


def read(store: Store) -> Filed:
    """All of them, each compared with its row by itself."""
    with store.read() as tx:
        held = filed(tx)
        each = tuple(enquiries.get(tx, reference) for reference in held.columns["reference"])
        assert enquiries.every(tx) == tuple(held.made(range(len(held)))) == each
        assert list(held.wanted(range(len(held)))) == [enquiry.wanted for enquiry in each]
    return held


def references(store: Store) -> list[str]:
    return list(read(store).columns["reference"])


def test_every_one_is_its_row_and_they_stand_in_the_order_in_which_they_came(store: Store) -> None:
    held = read(store)
    came = [*(each.reference for each in NETWORK.enquiries), "E-0900", *(each.reference for each in SOME)]
    assert references(store) == came
    assert list(held.made((len(held) - 1, 0))) == [SOME[-1], NETWORK.enquiries[0]]
    assert list(held.made(())) == []


def test_rows_that_lie_in_another_order_come_in_their_own(store: Store) -> None:
    before = references(store)
    run = store._connection.execute
    run("UPDATE enquiry SET position = 1000 - position")
    assert references(store) == before[::-1]
    run("CREATE TEMP TABLE kept AS SELECT * FROM requester")
    run("DELETE FROM requester")
    run("INSERT INTO requester SELECT * FROM kept ORDER BY enquiry DESC")
    assert references(store) == before[::-1]
    run("UPDATE enquiry SET position = 1000 - position")
    assert references(store) == before


def test_what_many_share_is_there_once(store: Store) -> None:
    columns = read(store).columns
    for name in ("received", "status", "programme", "preferences", "other_emails", *LATE):
        cells = columns[name]
        assert len({id(cell) for cell in cells}) == len(set(cells)), name
    assert all(isinstance(cell, str) for name in LATE for cell in columns[name])


def test_a_file_without_any_has_none(tmp_path: Path) -> None:
    network = replace(NETWORK, enquiries=(), introductions=())
    made = Store.create(tmp_path / "none.peermatch", network, PASSPHRASE, clock, cost=LEAST).store
    try:
        held = read(made)
    finally:
        made.lock()
    assert (len(held), held.columns.keys()) == (0, Filed.none().columns.keys())
