"""The recovery key on paper: read back whatever way it is typed, each mistake named where it stands."""

import re
import secrets

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peermatch.errors import CannotUnlock
from peermatch.store.recovery import ALPHABET, DATA, GROUP, LENGTH, to_secret, to_text

SECRETS = st.binary(min_size=32, max_size=32)
PLACES = st.integers(0, LENGTH - 1)


def letters(secret: bytes) -> str:
    return to_text(secret).replace("-", "")


@given(SECRETS)
def test_it_is_read_back_equal(secret: bytes) -> None:
    text = to_text(secret)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert to_secret(text) == secret


@given(SECRETS)
def test_case_spaces_hyphens_and_look_alikes_do_not_matter(secret: bytes) -> None:
    text = to_text(secret)
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "-" for sign in text)
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", "\n  "),
        text.replace("-", "–"),
        text.replace("-", "\u200b"),
        f"\ufeff {text}\r\n",
        text.replace("0", "O").replace("1", "I"),
        text.replace("0", "o").replace("1", "l"),
        wide,
    ):
        assert to_secret(typed) == secret


@given(SECRETS, PLACES, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_named(secret: bytes, place: int, other: str) -> None:
    right = letters(secret)
    assume(right[place] != other)
    group, within = place // GROUP + 1, place % GROUP + 1
    with pytest.raises(CannotUnlock) as refusal:
        to_secret(right[:place] + other + right[place + 1 :])
    told = str(refusal.value)
    if place < DATA:
        assert f"Character {within} of group {group} ({other}) is wrong." in told
    else:
        assert "roup 14 has a wrong" in told


def test_each_of_the_1736_single_mistakes_is_named() -> None:
    right = letters(secrets.token_bytes(32))
    unnamed = []
    for place in range(LENGTH):
        for other in ALPHABET.replace(right[place], ""):
            with pytest.raises(CannotUnlock) as refusal:
                to_secret(right[:place] + other + right[place + 1 :])
            if f"roup {place // GROUP + 1} " not in str(refusal.value):
                unnamed.append((place, other))
    assert unnamed == []


@given(SECRETS, st.integers(0, LENGTH - 2))
def test_two_neighbours_in_the_wrong_order_are_noticed(secret: bytes, place: int) -> None:
    right = letters(secret)
    assume(right[place] != right[place + 1])
    with pytest.raises(CannotUnlock):
        to_secret(right[:place] + right[place + 1] + right[place] + right[place + 2 :])


def test_neighbours_in_the_wrong_order_are_told_as_that() -> None:
    right = letters(bytes(range(32)))
    assert right[8] != right[9]
    with pytest.raises(CannotUnlock, match="wrong order"):
        to_secret(right[:8] + right[9] + right[8] + right[10:])


def test_several_mistakes_are_told_as_several() -> None:
    right = letters(bytes(32))
    for wrong in (
        "Z" * 20 + right[20:],
        right[:51] + "1" + right[52:],
        check_of(bytes(32), spare=True),
        right[:DATA] + "ZX" + right[DATA + 2 :],
        right[: DATA + 2] + "ZX",
    ):
        with pytest.raises(CannotUnlock, match=r"(More than one character|of group 13 \(1\)) "):
            to_secret(wrong)


def check_of(secret: bytes, *, spare: bool) -> str:
    """A key whose check is right but whose spare bits are not empty."""
    right = letters(secret)
    digits = [ALPHABET.index(sign) for sign in right[:DATA]]
    digits[-1] |= int(spare)
    plain = sum(digits) % 1021
    weighted = sum(place * digit for place, digit in enumerate(digits, 1)) % 1021
    digits += [plain >> 5, plain & 31, weighted >> 5, weighted & 31]
    return "".join(ALPHABET[digit] for digit in digits)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "It has 0 characters instead of 56."),
        ("0" * 55, "It has 55 characters instead of 56."),
        ("0" * 57, "It has 57 characters instead of 56."),
        ("0000-000-" + "0000-" * 12, "It has 55 characters instead of 56. Group 2 does not have 4."),
        ("0000-" * 13, "It has 52 characters instead of 56."),
        ("00U0" + "0" * 52, "Character 3 of group 1 is a sign that recovery keys do not use."),
        ("0000-000!" + "0" * 48, "Character 4 of group 2 is a sign that recovery keys do not use."),
        ("0000-00é0" + "0" * 48, "Character 3 of group 2 is a sign that recovery keys do not use."),
    ],
)
def test_what_cannot_be_a_recovery_key_is_told(typed: str, told: str) -> None:
    with pytest.raises(CannotUnlock) as refusal:
        to_secret(typed)
    assert refusal.value.what == f"The recovery key has a typing mistake. {told}"
    assert refusal.value.hint == "Compare it with the paper."


@given(st.text(max_size=80))
def test_any_text_is_a_mistake_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(CannotUnlock):
        to_secret(text)
