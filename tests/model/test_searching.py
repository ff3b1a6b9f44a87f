"""Words in texts: found without case and accents, never where they are hidden, and shown up to what is hidden."""

from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.searching import (
    LONGEST,
    Phrases,
    excerpt,
    fold,
    reachable_spans,
    tokens,
    wanted_words,
    words,
)

NOBODY = Phrases.of(())


def piece(text: str, typed: str, *hidden: str) -> str | None:
    return excerpt(text, wanted_words(typed), (Phrases.of(words(each) for each in hidden),))


def test_words_are_folded_and_know_where_they_stand() -> None:
    assert words("Siân O'Brien, ST6") == ("sian", "o", "brien", "st6")
    assert words("ascii ONLY_here") == ("ascii", "only", "here")
    assert [(each.start, each.end) for each in tokens("a Sia\u0302n")] == [(0, 1), (2, 7)]
    assert fold("ÉCOLE") == "ecole"


def test_each_word_must_stand_there_and_the_last_may_be_begun() -> None:
    letter = "I failed an exam in August."
    assert piece(letter, "exam failed") == letter
    assert piece(letter, "exam aug") == letter
    assert piece(letter, "aug exam") is None
    assert piece(letter, "exam july") is None
    assert piece("Ask O'Brien.", "o'bri") == "Ask O'Brien."
    assert piece("Ask O, Brien.", "o'brien") == "Ask O, Brien."
    assert piece("O was there before Brien.", "o'brien") is None
    assert piece("", "exam") is None
    assert excerpt(letter, ()) is None


def test_what_is_hidden_is_neither_found_nor_shown() -> None:
    notes = "Prefers tea. Was diagnosed with ADHD in 2020; likes Bangor."
    assert piece(notes, "adhd", "ADHD") is None
    assert piece(notes, "tea", "ADHD") == "Prefers tea. Was diagnosed with…"
    assert piece(notes, "bangor", "adhd") == "…in 2020; likes Bangor."
    assert piece(notes, "tea bangor", "adhd") == "Prefers tea. Was diagnosed with…"
    assert piece("late late diagnosis", "late", "late diagnosis") == "late…"


def test_veiled_pieces_are_hidden_too() -> None:
    text = "Call me on 07700 900123 or write to sam@example.org. Bangor."
    spans = reachable_spans(text)
    assert [text[start:end] for start, end in spans] == ["sam@example.org.", "07700 900123"]
    assert excerpt(text, wanted_words("sam"), (), spans) is None
    assert excerpt(text, wanted_words("07700"), (), spans) is None
    assert excerpt(text, wanted_words("bangor"), (), spans) == "…Bangor."


def test_a_long_text_is_cut_around_the_word_and_stays_on_one_line() -> None:
    found = piece("alpha beta gamma\n" * 40 + "needle here\n" + "delta epsilon\n" * 40, "needle")
    assert found is not None
    assert found.startswith("…")
    assert found.endswith("…")
    assert "needle here" in found
    assert "\n" not in found
    assert len(found) < 220


def test_nothing_is_shown_of_what_was_not_looked_at() -> None:
    text = "needle " + " " * LONGEST + "secret"
    assert piece(text, "needle") == "needle…"
    assert piece("x" * 5_000, "xx") == "x" * 300 + "…"


def test_words_that_are_only_signs_are_nothing() -> None:
    assert wanted_words('  - "*" \' ') == ()
    assert Phrases.of([(), ("a",)]).by_first == {"a": frozenset({("a",)})}
    assert NOBODY.places(tokens("anything")) == frozenset()


SOME_WORDS = st.lists(st.sampled_from(["tea", "ADHD", "late", "Zoë", "diagnosis", "x"]), max_size=12)


@given(SOME_WORDS, st.sampled_from(["tea", "adhd", "late", "zo"]), SOME_WORDS.map(lambda each: each[:2]))
def test_no_piece_ever_shows_hidden_words(text: list[str], typed: str, hidden: list[str]) -> None:
    run = words(" ".join(hidden))
    found = excerpt(" ".join(text), wanted_words(typed), (Phrases.of((run,)),))
    if found is not None:
        assert any(each.startswith(typed) for each in words(found))
        shown = words(found)
        assert not run or all(shown[n : n + len(run)] != run for n in range(len(shown)))
