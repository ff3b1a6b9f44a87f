"""The journal in the hands of somebody who has the file open: what they alter is named; and its order and its clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from peermatch.store import journal, supporters
from peermatch.store.network import Store
from peermatch.store.vault import RecoverySecret
from tests.networks import AMINA
from tests.store.saving import Saved


@pytest.fixture
def store(saved: Saved) -> Iterator[Store]:
    """A network with five lines of the journal, without what keeps them from being altered."""
    opened = saved.open()
    for capacity in (3, 4, 5, 6):
        with opened.write("change", AMINA.id) as tx:
            supporters.change(tx, replace(AMINA, capacity=capacity))
    connection = opened.source().connection
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA foreign_keys=OFF")
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    yield opened
    opened.lock()


def altered(store: Store, *statements: str) -> str:
    for statement in statements:
        store.source().connection.execute(statement)
    return " ".join(store.damage())


@pytest.mark.parametrize(
    ("statements", "line"),
    [
        (("UPDATE journal SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 3",), 3),
        (("UPDATE journal SET slot = '0123456789abcdef' WHERE seq = 4",), 4),
        (("UPDATE journal SET object = 'S-0002' WHERE seq = 2",), 2),
        (("UPDATE journal SET detail = 'nothing of note' WHERE seq = 5",), 5),
        (("DELETE FROM journal WHERE seq = 3", "DELETE FROM journal_image WHERE seq = 3"), 3),
        (("DELETE FROM journal WHERE seq = 1",), 1),
        (
            (
                "UPDATE journal_image SET after = replace(after, '\"capacity\": 4', '\"capacity\": 9') WHERE seq = 3",
            ),
            3,
        ),
        (
            (
                "UPDATE journal SET seq = 99 WHERE seq = 3",
                "UPDATE journal SET seq = 3 WHERE seq = 4",
                "UPDATE journal SET seq = 4 WHERE seq = 99",
            ),
            3,
        ),
        (("UPDATE journal SET mac = zeroblob(32) WHERE seq = 2",), 2),
        (("UPDATE journal SET mac = (SELECT mac FROM journal WHERE seq = 5) WHERE seq = 4",), 4),
    ],
)
def test_check_names_the_first_line_that_was_altered(
    store: Store, statements: tuple[str, ...], line: int
) -> None:
    assert store.damage() == ()
    assert f"line {line}" in altered(store, *statements)


def test_lines_keep_their_order_and_moments_are_kept_in_utc(saved: Saved) -> None:
    east = timezone(timedelta(hours=12))
    moments = [
        datetime(2026, 10, 25, 1, 30, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2024, 2, 29, tzinfo=east),
        datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
        datetime(2099, 12, 31, 23, 59, tzinfo=east),
    ]
    told = iter(moments)
    store = Store.open(saved.folder, RecoverySecret(saved.recovery), lambda: next(told))
    for capacity in range(2, 2 + len(moments)):
        with store.write("change", AMINA.id) as tx:
            supporters.change(tx, replace(AMINA, capacity=capacity))
    with store.read() as tx:
        lines = list(reversed(journal.entries(tx)))[-len(moments) :]
    assert [line.seq for line in lines] == sorted(line.seq for line in lines)
    assert [line.at for line in lines] == moments
    kept = [row[0] for row in store.source().connection.execute("SELECT at FROM journal ORDER BY seq")]
    assert all(text.endswith(("+00:00", "Z")) for text in kept)
    assert store.damage() == ()
    store.lock()
