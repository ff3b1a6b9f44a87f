"""Fields under the names that people read, and back."""

from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.letter_kinds import FIELD, with_ids, with_labels
from peermatch.model.letter_text import SUBJECT, WHOLE, LetterText, Remark


def test_a_field_is_known_by_its_name_however_it_is_typed() -> None:
    assert with_labels("Hello {name}, {nobody} {}") == "Hello {First name}, {nobody} {}"
    assert with_ids("Hello { first  NAME }, {Reference} {nobody}") == "Hello {name}, {reference} {nobody}"


@given(st.lists(st.one_of(st.sampled_from([f"{{{id}}}" for id in FIELD]), st.text(max_size=6)), max_size=8))
def test_what_is_shown_comes_back_as_it_was(parts: list[str]) -> None:
    text = "".join(parts)
    kept = with_ids(text)
    assert with_ids(with_labels(kept)) == kept


def test_a_remark_says_where_it_stands() -> None:
    places = [str(Remark(line, "Look.")) for line in (WHOLE, SUBJECT, 3)]
    assert places == ["The letter: Look.", "The subject: Look.", "Line 3: Look."]


def test_a_file_that_is_no_letter_is_none() -> None:
    for text in ("", "Hello\n\nthere", "Subject: a\nBcc: b\n\nHello"):
        assert LetterText.parse(text) is None
