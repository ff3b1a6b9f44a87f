"""Versions of the policy in the encrypted file: the newest counts, each is journalled, and undo takes one away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from peermatch.model.network import Network
from peermatch.model.policy import Policy, PolicyVersion
from peermatch.store import contents, journal, policies
from peermatch.store.journal import Entry
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import DAY, NETWORK, PASSPHRASE, clock

LATER = date(2027, 1, 8)
HELPFUL = replace(Policy(), helpful=2.0)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "north-west.peermatch"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    made = made_from(place, NETWORK)
    yield made
    made.lock()


def made_from(place: Path, network: Network) -> Store:
    return Store.create(place, network, PASSPHRASE, clock, cost=LEAST).store


def keep(store: Store, draft: Policy, since: date = DAY) -> int:
    with store.write("policy") as tx:
        policies.keep(tx, draft, since)
    assert tx.undoable
    assert tx.seq is not None
    return tx.seq


def versions(store: Store) -> tuple[PolicyVersion, ...]:
    with store.read() as tx:
        return policies.versions(tx)


def whole(store: Store) -> Network:
    with store.read() as tx:
        return contents.whole(tx)


def last_line(store: Store) -> Entry:
    with store.read() as tx:
        return journal.entries(tx, 1)[0]


def test_a_network_that_changed_nothing_has_no_policy_of_its_own(store: Store) -> None:
    assert versions(store) == ()
    assert whole(store).policy is None


def test_a_version_is_kept_with_its_day_and_told_in_the_journal(store: Store) -> None:
    keep(store, HELPFUL)
    assert versions(store) == (PolicyVersion(2, DAY, replace(HELPFUL, version=2)),)
    assert whole(store).policy == replace(HELPFUL, version=2)
    line = last_line(store)
    assert (line.action, line.object) == ("policy", "")
    assert line.detail == "version 1 -> 2; helpful 1 -> 2"


def test_the_newest_version_counts_and_the_others_stay(store: Store) -> None:
    keep(store, HELPFUL)
    keep(store, replace(HELPFUL, name="winter", load_in_hand=0.125), LATER)
    assert [(each.label, each.since) for each in versions(store)] == [
        ("winter 3", LATER),
        ("standard 2", DAY),
    ]
    assert last_line(store).detail == "version 2 -> 3; name standard -> winter; load_in_hand 0.06 -> 0.125"
    assert store.damage() == ()


def test_undo_takes_the_version_away_again(store: Store) -> None:
    keep(store, HELPFUL)
    seq = keep(store, replace(HELPFUL, asked_limit=3))
    store.undo(seq)
    assert [each.label for each in versions(store)] == ["standard 2"]
    store.undo(seq - 1)
    assert versions(store) == ()
    assert store.damage() == ()


def test_the_version_of_a_portable_file_comes_in_as_it_is(place: Path) -> None:
    policy = Policy("autumn", 7, essential=4.0, near_km=10.0)
    store = made_from(place, replace(NETWORK, policy=policy))
    assert versions(store) == (PolicyVersion(7, DAY, policy),)
    assert whole(store).policy == policy
    keep(store, replace(policy, essential=5.0))
    assert versions(store)[0].label == "autumn 8"
    store.lock()


def test_a_number_that_was_undone_names_no_other_policy(store: Store) -> None:
    """A decision may have been taken by it meanwhile: its record quotes the number."""
    first = keep(store, HELPFUL)
    second = keep(store, replace(HELPFUL, asked_limit=3))
    store.undo(second)
    store.undo(first)
    keep(store, replace(HELPFUL, helpful=7.0))
    assert [each.label for each in versions(store)] == ["standard 4"]
    assert last_line(store).detail == "version 1 -> 4; helpful 1 -> 7"


def test_a_number_is_remembered_though_the_images_were_wiped_and_the_file_was_closed(
    store: Store, place: Path
) -> None:
    store.undo(keep(store, HELPFUL))
    with store.write("wipe") as tx:
        tx.session.execute(text("UPDATE journal_image SET before = NULL, after = NULL"))
    store.lock()
    again = Store.open(place, PassphraseSecret(PASSPHRASE), clock)
    keep(again, replace(HELPFUL, helpful=7.0))
    assert [each.label for each in versions(again)] == ["standard 3"]
    again.lock()


@pytest.mark.parametrize(
    "change",
    [
        "body = json_set(body, '$.helpful', -1)",
        "body = json_set(body, '$.helpful', 'NaN')",
        "body = json_remove(body, '$.far_km')",
        "body = json_set(body, '$.colour', 'red')",
        "body = json_set(body, '$.version', 9)",
        "body = '\"essential helpful preference\"'",
        "body = '[]'",
        "version = 5",
    ],
)
def test_nobody_is_ranked_by_a_row_that_breaks_a_bound_and_the_row_stays(store: Store, change: str) -> None:
    keep(store, HELPFUL)
    with store.write("tampering") as tx:
        tx.session.execute(text(f"UPDATE policy_version SET {change}"))
        before = tx.session.execute(text("SELECT * FROM policy_version")).all()
    with store.read() as tx:
        assert policies.current(tx) is None
        history = policies.history(tx)
    (kept,) = history.versions
    assert (kept.policy, kept.since) == (None, DAY)
    assert f"(version {kept.version}) cannot be used" in history.notice
    assert whole(store).policy is None
    keep(store, replace(HELPFUL, helpful=3.0))
    with store.read() as tx:
        assert policies.history(tx).notice == ""
        rows = tx.session.execute(text("SELECT * FROM policy_version ORDER BY version")).all()
    assert rows[:-1] == before
    assert versions(store)[0].version > kept.version
    assert last_line(store).detail.startswith("version 1 -> ")
