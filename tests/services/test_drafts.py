"""Half-typed work: kept once, given back, and never a reason not to lock."""

import os
from pathlib import Path

import pytest

from peermatch.services.drafts import Draft, NotKept
from peermatch.services.office import Services
from tests.networks import PASSPHRASE
from tests.ui.real_networks import doors, opened

LETTER = Draft("letter", '{"text": "I am expecting"}')
RECORD = Draft("supporter", '{"name": "Kim"}')


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return opened(tmp_path)


def test_drafts_are_given_back_after_a_lock(services: Services) -> None:
    services.drafts.keep_and_lock((LETTER, RECORD), services.lock)
    again = doors().open(services.folder, PASSPHRASE)
    assert again.drafts.kept() == (LETTER, RECORD)
    again.drafts.keep(())
    assert again.drafts.kept() == ()
    again.lock()


def test_what_is_kept_already_is_not_written_again(services: Services) -> None:
    services.drafts.keep((LETTER,))
    file = next(services.folder.glob("store-*.db"))
    before = file.read_bytes()
    services.drafts.keep((LETTER,))
    assert file.read_bytes() == before
    services.lock()


def test_a_draft_never_shows_itself() -> None:
    assert "expecting" not in f"{LETTER!r} {LETTER}"


def test_it_is_no_step(services: Services) -> None:
    before = services.upkeep.journal()
    services.drafts.keep((LETTER,))
    assert services.upkeep.journal() == before
    assert services.upkeep.check().damage == ()
    services.lock()


def test_a_full_disk_does_not_keep_the_network_open(services: Services) -> None:
    """A limit on the file's size stands in for the disk: SQLite then answers that it is full."""
    pages = services.desk.store._connection.execute("PRAGMA page_count").fetchone()[0]
    services.desk.store._connection.execute(f"PRAGMA max_page_count={pages}")
    long = Draft("letter", os.urandom(200_000).hex())
    with pytest.raises(NotKept, match="could not be kept"):
        services.drafts.keep_and_lock((long,), services.lock)
    again = doors().open(services.folder, PASSPHRASE)
    assert again.drafts.kept() == ()
    again.lock()
