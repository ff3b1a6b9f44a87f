"""Passphrases as nobody expects them: the same text opens the network, and no other."""

import unicodedata
from pathlib import Path

import pytest

from peermatch.errors import BadInput, CannotUnlock
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import NETWORK, clock

UMLAUTS = "fünf Häuser über Brücken"


@pytest.mark.parametrize(
    ("chosen", "same", "other"),
    [
        (
            unicodedata.normalize("NFC", UMLAUTS),
            unicodedata.normalize("NFD", UMLAUTS),
            "funf Hauser uber Brucken",
        ),
        ("🦆🐎🌳🍐🫖🎈🧦🪁🏔🌧🚲🐢🪻🧀🐝", "🦆🐎🌳🍐🫖🎈🧦🪁🏔🌧🚲🐢🪻🧀🐝", "🦆🐎🌳🍐🫖🎈🧦🪁🏔🌧🚲🐢🪻🧀🦆"),
        (" three quiet herons walk home ", " three quiet herons walk home ", "three quiet herons walk home"),
        ("z" * 1024, "z" * 1024, "z" * 1023),
    ],
    ids=["umlauts", "emoji", "outer spaces", "the longest"],
)
def test_it_opens_with_the_same_text_and_with_no_other(
    chosen: str, same: str, other: str, tmp_path: Path
) -> None:
    place = tmp_path / "n.peermatch"
    Store.create(place, NETWORK, chosen, clock, cost=LEAST).store.lock()
    with pytest.raises(CannotUnlock):
        Store.open(place, PassphraseSecret(other), clock)
    Store.open(place, PassphraseSecret(same), clock).lock()


def test_ten_thousand_letters_are_one_sentence_or_a_passphrase(tmp_path: Path) -> None:
    place = tmp_path / "n.peermatch"
    with pytest.raises(BadInput, match="too long"):
        Store.create(place, NETWORK, "long " * 2_000, clock, cost=LEAST)
    assert not place.exists()
    Store.create(place, NETWORK, "three quiet herons walk home", clock, cost=LEAST).store.lock()
    with pytest.raises(CannotUnlock):
        Store.open(place, PassphraseSecret("three quiet herons walk home" * 400), clock)


def test_a_nul_makes_no_passphrase_and_cuts_none_short(tmp_path: Path) -> None:
    place = tmp_path / "n.peermatch"
    with pytest.raises(BadInput, match="NUL"):
        Store.create(place, NETWORK, "three quiet\0herons walk home", clock, cost=LEAST)
    Store.create(place, NETWORK, "three quiet herons walk home", clock, cost=LEAST).store.lock()
    with pytest.raises(CannotUnlock):
        Store.open(place, PassphraseSecret("three quiet herons walk home\0"), clock)
