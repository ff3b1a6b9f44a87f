"""Rules for a new passphrase: length and a list, nothing else; and advice that never forbids."""

import hashlib
import unicodedata
from pathlib import Path

import pytest

from peermatch.errors import BadInput
from peermatch.store.passphrase import PassphraseRules, strength

WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"


@pytest.fixture(scope="module")
def rules() -> PassphraseRules:
    return PassphraseRules.load(WORDS)


def test_the_word_list_is_the_published_one() -> None:
    data = (WORDS / "eff-large.txt").read_bytes()
    assert (
        hashlib.sha256(data).hexdigest() == "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"
    )


def test_all_words_are_read(rules: PassphraseRules) -> None:
    assert len(set(rules.words)) == 7776
    assert rules.words[0] == "abacus"
    assert rules.words[-1] == "zoom"


def test_suggestions_are_six_words_that_may_be_used_at_once(rules: PassphraseRules) -> None:
    suggested = {rules.suggest() for _ in range(50)}
    assert len(suggested) == 50
    for passphrase in suggested:
        assert len(passphrase.split(" ")) == 6
        assert set(passphrase.split(" ")) <= set(rules.words)
        rules.check_new(passphrase)
        assert strength(passphrase).words == "strong"


@pytest.mark.parametrize(
    "passphrase",
    ["just 15 signs!!", "b7" * 512, " x y z, with spaces ", "🦔" * 7 + "12345678", "ﬁ" * 8],
    ids=["fifteen", "1,024", "spaces", "emoji", "ligatures count as two"],
)
def test_what_is_long_enough_and_not_well_known_is_taken(rules: PassphraseRules, passphrase: str) -> None:
    rules.check_new(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("", "too short"),
        ("just 14 signs!", "too short"),
        (unicodedata.normalize("NFD", "üüüüüüüüüüüüüü"), "too short"),
        ("x" * 1025, "too long"),
        ("ﬁ" * 513, "too long"),
        (" " * 15, "nothing but spaces"),
        ("\u3000\t" * 8, "nothing but spaces"),
        ("nothing \0 is typed so", "NUL"),
        ("half a character \ud800", "not valid text"),
        ("passwordpassword", "easy to guess"),
        ("Password-Password", "easy to guess"),
        ("PASSWORD PASSWORD", "easy to guess"),
        ("correct horse battery staple", "easy to guess"),
        ("CorrectHorseBatteryStaple", "easy to guess"),
        ("123456789012345", "easy to guess"),
        ("1234 5678 9012 3456", "easy to guess"),
        ("qwertyuiopasdfgh", "easy to guess"),
        ("aaaaaaaaaaaaaaa", "easy to guess"),
        ("iloveyouiloveyou", "easy to guess"),
        ("To be, or not to be", "easy to guess"),
        ("peermatchpeermatch", "easy to guess"),
        ("ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ", "easy to guess"),
    ],
)
def test_what_is_refused_is_told_why(rules: PassphraseRules, passphrase: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as refusal:
        rules.check_new(passphrase)
    assert refusal.value.exit_code == 6
    assert not passphrase or passphrase not in str(refusal.value)


def test_the_block_list_is_what_people_choose_and_long_enough_to_matter(rules: PassphraseRules) -> None:
    lines = (WORDS / "blocked-passphrases.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert len(entries) > 2000
    assert entries == sorted(set(entries))
    assert rules.blocked == set(entries)
    assert all(len(entry) >= 12 for entry in entries)


def test_only_signs_are_compared_as_they_are() -> None:
    rules = PassphraseRules(("word",), frozenset({"!" * 15}))
    with pytest.raises(BadInput, match="easy to guess"):
        rules.check_new("!" * 15)
    rules.check_new("?" * 15)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", "very weak"),
        ("aaaaaaaaaaaaaaa", "very weak"),
        ("monkey tree", "fair"),
        ("blaues Pferd über siebzehn Brücken", "strong"),
    ],
)
def test_strength_is_told_in_words(passphrase: str, words: str) -> None:
    assert strength(passphrase).words == words


def test_weak_ones_come_with_advice_and_long_ones_are_judged_by_their_beginning() -> None:
    assert strength("aaaaaaaaaaaaaaa").advice
    assert strength("aaaaaaaaaaaaaaa").score == 0
    assert strength("x" * 100_000).score <= 1
    assert strength("\0\ud800 odd").score >= 0
