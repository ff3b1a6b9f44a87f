"""Random steps on a real network beside a plain model: both always say the same."""

from pathlib import Path

import pytest

from peermatch.errors import PeerMatchError
from peermatch.store.network import Store
from tests.attacks.any_steps import AnySteps, run
from tests.networks import AMINA
from tests.store.saving import NOW


def test_any_steps_leave_what_a_plain_model_says() -> None:
    assert run(examples=3, steps=20) >= 30


def test_the_model_would_notice_a_difference(tmp_path: Path) -> None:
    machine = AnySteps()
    machine.begin()
    machine.people["S-0999"] = AMINA
    with pytest.raises(AssertionError):
        machine.both_say_the_same()
    machine.teardown()
    with pytest.raises(PeerMatchError):
        Store.open(tmp_path / "nowhere", machine.saved.secret, lambda: NOW)
