"""The time without use: kept with the keys, sealed, journalled, and within the bounds that the key file is read in."""

from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.errors import BadInput, CannotUnlock, Damaged
from peermatch.services.lock_rules import OFFERED_MINUTES
from peermatch.store import keyfile as pmks
from peermatch.store import vault
from peermatch.store.lock_policy import LONGEST_IDLE, SHORTEST_IDLE, with_idle
from tests.networks import PASSPHRASE
from tests.ui.real_networks import doors, opened


def test_ten_minutes_until_somebody_decides_otherwise_and_then_for_good(tmp_path: Path) -> None:
    services = opened(tmp_path)
    assert services.lock_rules.idle_seconds == 600
    done = services.lock_rules.set_idle(5)
    assert "5 minutes" in done.notice
    assert services.lock_rules.idle_seconds == 300
    services.lock()
    again = doors().open(services.folder, PASSPHRASE)
    assert again.lock_rules.idle_seconds == 300
    assert again.upkeep.journal(limit=1)[0].detail == "5 min"
    assert again.upkeep.check().damage == ()
    again.lock()


@pytest.mark.parametrize("minutes", [0, -1, 3, 10_000])
def test_other_times_are_refused_and_change_nothing(tmp_path: Path, minutes: int) -> None:
    services = opened(tmp_path)
    keys = (services.folder / "store.keys").read_bytes()
    with pytest.raises(BadInput):
        services.lock_rules.set_idle(minutes)
    assert (services.folder / "store.keys").read_bytes() == keys
    services.lock()


def test_the_bounds_are_those_of_the_key_file_and_hold_all_that_is_offered(tmp_path: Path) -> None:
    services = opened(tmp_path)
    source = services.desk.store.source()
    for seconds in (SHORTEST_IDLE, LONGEST_IDLE):
        read = pmks.parse(pmks.write(with_idle(source.keyfile, source.key, seconds)))
        assert read.policy.idle_s == seconds
    for seconds in (SHORTEST_IDLE - 1, LONGEST_IDLE + 1):
        with pytest.raises(BadInput):
            with_idle(source.keyfile, source.key, seconds)
    assert all(SHORTEST_IDLE <= minutes * 60 <= LONGEST_IDLE for minutes in OFFERED_MINUTES)
    services.lock()


def test_who_has_no_key_cannot_make_the_time_longer(tmp_path: Path) -> None:
    services = opened(tmp_path)
    keyfile = services.desk.store.source().keyfile
    services.lock()
    longer = replace(keyfile, policy=replace(keyfile.policy, idle_s=86_400))
    for name in (vault.KEYS, vault.KEYS_BAK):
        (services.folder / name).write_bytes(pmks.write(longer))
    with pytest.raises((Damaged, CannotUnlock)):
        doors().open(services.folder, PASSPHRASE)
