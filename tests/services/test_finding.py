"""Ranking of names: what is typed whole, begun, in part, by reference, or with a slip of the keyboard."""

from hypothesis import given
from hypothesis import strategies as st

from peermatch.services.finding import Named, Names

NAMES: Names[str] = Names(
    (
        Named("amina", "Amina Rahman", ("a.rahman",), ("S-0001",)),
        Named("aminata", "Aminata Diop", (), ("S-0002",)),
        Named("sian", "Siân O'Brien", ("Sian",), ("S-0142",)),
        Named("marek", "Marek Kowalski-Ruiz", ()),
        Named("e142", "E-0142", ("ADHD", "Failed exam"), ("E-0142",)),
        Named("dyslexia", "Dyslexia", ("reading difficulty", "dyslexic")),
    )
)


def found(typed: str, most: int = 5) -> list[str]:
    return [key for key, _ in NAMES.find(typed, most)]


def test_the_whole_word_comes_before_its_beginning_and_a_part_last() -> None:
    assert found("amina") == ["amina", "aminata"]
    assert found("AMINA rah") == ["amina"]
    assert found("rahman") == ["amina"]
    assert found("mina") == ["amina", "aminata"]
    assert found("a", 1) == ["amina"]


def test_accents_apostrophes_and_hyphens_do_not_matter() -> None:
    assert found("sian o'brien") == ["sian"]
    assert found("SIÂN") == ["sian"]
    assert found("brien") == ["sian"]
    assert found("ruiz") == ["marek"]


def test_slips_are_forgiven_where_nothing_else_fits() -> None:
    for slip in ("Amnia", "Rhaman", "amina rahmn"):
        assert found(slip)[0] == "amina", slip
    assert found("dyslxia") == ["dyslexia"]
    assert found("kowlaski") == ["marek"]
    assert found("qqqqqq") == []
    assert found("amina qqqqqq") == []


def test_references_are_known_with_and_without_letter_dash_and_zeros() -> None:
    for typed in ("E-0142", "e0142", "e142", "E-142"):
        assert found(typed) == ["e142"], typed
    assert found("S-142") == ["sian"]
    assert set(found("142")) == {"e142", "sian"}
    assert found("s-1")[0] == "amina"
    assert found("9") == []


def test_what_else_leads_to_it_counts_less_than_its_name() -> None:
    (name, best), *_ = NAMES.find("dyslexia", 5)
    (also, less), *_ = NAMES.find("reading", 5)
    assert name == also == "dyslexia"
    assert best > less


def test_nothing_typed_finds_nothing() -> None:
    assert found("") == []
    assert found(' "* ') == []
    assert Names[str](()).find("amina", 5) == ()
    assert len(NAMES) == 6


@given(st.text(max_size=20))
def test_whatever_is_typed_is_taken(typed: str) -> None:
    keys = found(typed, 3)
    assert len(keys) <= 3
    assert len(set(keys)) == len(keys)


def test_saint_is_found_however_it_is_written() -> None:
    places = Names([Named("st-helens", "St Helens Hospital"), Named("other", "Other Hospital")])
    for typed in ("Saint Helens", "st. helens", "St Helens", "saint hel"):
        assert [key for key, _ in places.find(typed, 3)][:1] == ["st-helens"]


def test_a_faint_word_leads_to_something_only_where_nothing_else_is_called_that() -> None:
    both = Names(
        [Named("page", "Consent"), Named("topic", "Assault", ("attack",), faint=("without my consent",))]
    )
    assert [key for key, _ in both.find("consent", 3)] == ["page"]
    assert [key for key, _ in both.find("attack", 3)] == ["topic"]
    alone = Names([Named("topic", "Assault", faint=("without my consent",))])
    assert [key for key, _ in alone.find("without my consent", 3)] == ["topic"]


def test_an_abbreviation_or_id_typed_to_its_end_comes_before_another_word_of_something_else() -> None:
    names = Names(
        (
            Named("visa", "Visa", also=("visa and LTFT",)),
            Named("ltft", "Less than full-time training", ("LTFT", "part time"), exact=("t.ltft", "LTFT")),
            Named("person", "Ada Reed", codes=("S-0048",), exact=("S-0048",)),
            Named("both", "E-0137", ("Ada Reed",), codes=("E-0137", "S-0048")),
        )
    )

    def first(typed: str) -> str:
        return names.find(typed, 5)[0][0]

    assert [key for key, _ in names.find("ltft", 5)] == ["ltft", "visa"]
    assert [first(each) for each in ("T.LTFT", "t ltft", " ltft ")] == ["ltft"] * 3
    assert [first(each) for each in ("S-0048", "s48", "48", "ada reed")] == ["person"] * 4
    assert [first(each) for each in ("visa", "e137", "137")] == ["visa", "both", "both"]


def test_that_the_first_is_typed_to_its_end_hides_nothing_else() -> None:
    names = Names(
        (Named("a", "ADHD", exact=("ADHD",)), Named("b", "ADHD in exams"), Named("c", "E-1", ("adhd",)))
    )
    assert [key for key, _ in names.find("adhd", 5)] == ["a", "b", "c"]
