"""Folding of names and addresses, and text that stays on its line and shows all that it holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.text import fold_address, fold_name, one_line, readable

JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(
    "other",
    [
        "AMINA RAHMAN",
        "  amina   rahman ",
        "Amína Rahmán",
        "Ami\u0301na Rahman",
        "Dr Amina Rahman",
        "dr. Amina Rahman",
        "Prof. Dr Amina Rahman",
        "PROFESSOR Amina Rahman",
        "Amina Rahman Ms",
        "AminaRahman",
        "Amina\u00a0Rahman",
        "Ａｍｉｎａ Rahman",
    ],
)
def test_spellings_of_one_name_are_equal(other: str) -> None:
    assert fold_name(other) == fold_name("Amina Rahman") == "aminarahman"


@pytest.mark.parametrize("title", ["Dr", "Mr", "Mrs", "Ms", "Miss", "Mx", "Prof", "Professor"])
def test_each_title_is_left_out(title: str) -> None:
    assert fold_name(f"{title} Jo Kay") == fold_name(f"{title.upper()}. Jo Kay") == "jokay"
    assert fold_name(title) == ""


@pytest.mark.parametrize("other", ["Amina Rahmann", "Amin Rahman", "Amina", "Drew Rahman", "Rahman Amina"])
def test_other_names_stay_apart(other: str) -> None:
    assert fold_name(other) != fold_name("Amina Rahman")


def test_a_title_within_a_word_stays() -> None:
    assert fold_name("Drummond Missing") == "drummondmissing"


names = st.text(st.characters(codec="utf-8"), max_size=20)


@given(names)
def test_law_marks_and_spaces_never_part_a_name(name: str) -> None:
    assert fold_name(unicodedata.normalize("NFC", name)) == fold_name(unicodedata.normalize("NFD", name))
    assert fold_name(f"  {name}\t") == fold_name(name)
    assert not any(c.isspace() for c in fold_name(name))


@given(st.text("aBé ñÖ.-", max_size=12))
def test_law_case_never_parts_a_name(name: str) -> None:
    assert fold_name(name.upper()) == fold_name(name.lower()) == fold_name(name)


def test_an_address_is_compared_without_case_and_spaces() -> None:
    assert fold_address(" Amina@Example.ORG\n") == "amina@example.org"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Amina\r\nBcc: all@example.org", "Amina Bcc: all@example.org"),
        ("Amina\nRahman", "Amina Rahman"),
        ("a\x00b\x07c", "a b c"),
        ("a\u2028b\u2029c\u0085d", "a b c d"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066a\u2069\u200e\u200fb", "ab"),
        ("\ufeffAmina\u00ad", "Amina"),
        ("a\ud800b", "ab"),
        ("  a \t b  ", "a b"),
        ("", ""),
        ("\u202e\n", ""),
        ("👩\u200d⚕️ نرگس می\u200cخواهد", "👩\u200d⚕️ نرگس می\u200cخواهد"),
        ("=1+1", "=1+1"),
        ("Ångström עמיחי", "Ångström עמיחי"),
    ],
)
def test_one_line_shows_all_that_it_holds(text: str, line: str) -> None:
    assert one_line(text) == line


anything = st.text(st.characters(), max_size=40)


@given(anything)
def test_law_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(
        unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in JOINERS for c in line
    )
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\u0085d", "a\nb\nc\nd"),
        ("tab\there", "tab\there"),
        ("\u202eno\x00 turn\x1b[31m", "no turn[31m"),
        ("", ""),
    ],
)
def test_readable_text_keeps_its_lines(text: str, expected: str) -> None:
    assert readable(text) == expected


@given(anything)
def test_law_readable_text_holds_nothing_unseen(text: str) -> None:
    seen = readable(text)
    assert readable(seen) == seen
    assert all(unicodedata.category(c) not in ("Cf", "Cs") or c in JOINERS for c in seen)
    assert {c for c in seen if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}
