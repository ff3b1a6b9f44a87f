"""What counts as saying a word that must stay, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.leaks import leaked, name_words

SAYS = [
    ("Write to Dr RAHMAN.", "Rahman"),
    ("write to ra\u0301hman", "ráhman"),
    ("Ring (07700) 900-123 today", "+44 7700 900123"),
    ("x@y.example", "x@y.example"),
    ("on two\nlines", "two lines"),
    ("Wen Li and Li Wen", "Li Wen"),
    ("full\u00a0width", "full width"),
]
SAYS_NOT = [
    ("Rahmanova wrote", "Rahman"),
    ("a deafening noise", "deaf"),
    ("nothing", ""),
    ("A was here", "A"),
    ("900123", "07700 900123"),
    ("07700 900124", "07700 900123"),
]


@pytest.mark.parametrize(("text", "secret"), SAYS)
def test_a_text_says_it(text: str, secret: str) -> None:
    assert leaked(text, [secret], [], "") == (secret,)


@pytest.mark.parametrize(("text", "secret"), SAYS_NOT)
def test_a_text_does_not_say_it(text: str, secret: str) -> None:
    assert leaked(text, [secret], [], "") == ()


def test_a_permitted_value_may_hold_a_secret_and_only_there() -> None:
    permitted = ["amina.rahman@example.org", "Amina", ""]
    assert leaked("Amina: amina.rahman@example.org", ["Rahman"], permitted, "") == ()
    assert leaked("Amina Rahman: amina.rahman@example.org", ["Rahman"], permitted, "") == ("Rahman",)
    assert leaked("home.amina@example.org", ["home.amina@example.org"], permitted, "") != ()


def test_a_permitted_number_does_not_hide_another() -> None:
    permitted = ["07700 900123"]
    assert leaked("07700 900123", ["0044 7700 900 123", "07700900456"], permitted, "") == ()
    assert leaked("07700 900123 or 07700 900456", ["07700900456"], permitted, "") == ("07700900456",)


def test_fixed_words_are_not_counted() -> None:
    fixed = "You may say no. May is fine."
    assert leaked("You may say no. May is fine.", ["May"], [], fixed) == ()
    assert leaked("You may say no. May is fine. Dr May", ["May"], [], fixed) == ("May",)


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_word_is_found_between_any_others(before: str, after: str) -> None:
    assert leaked(f"{before} Quillfeather {after}", ["quillFEATHER"], [], "") == ("quillFEATHER",)


def test_a_name_is_known_by_each_of_its_words() -> None:
    assert name_words("Dr. Tess  Ó-Quill X") == ("Tess", "Quill")
    assert name_words("") == ()
