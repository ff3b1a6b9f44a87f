"""The hierarchy of characteristics: what stands above, below and beside, and a network's own terms."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.characteristics import Term, Vocabulary, parse_terms, term_to_dict

TEXT = (Path(__file__).parents[2] / "resources/vocabulary/characteristics.toml").read_text("utf-8")
VOCABULARY = Vocabulary.parse(TEXT)
TERMS = st.sampled_from(sorted(VOCABULARY.terms))
IDS = st.sampled_from(sorted({*VOCABULARY.terms, *VOCABULARY.groups}))

GROUP = '[[group]]\nid = "g"\nlabel = "Group"\ndescription = "A group."\n'


def term(id: str, broader: str, *more: str) -> str:
    """A term as it stands in a file."""
    return "\n".join(
        ["[[term]]", f'id = "{id}"', f'label = "Label of {id}"', f'broader = "{broader}"', *more, ""]
    )


def places(caught: pytest.ExceptionInfo[BadInput]) -> list[str]:
    """Where the faults stand."""
    return [fault.place for fault in caught.value.faults]


def test_groups_and_terms_are_told_apart() -> None:
    assert VOCABULARY.knows("neuro")
    assert not VOCABULARY.is_term("neuro")
    assert VOCABULARY.knows("neuro.adhd")
    assert VOCABULARY.is_term("neuro.adhd")
    assert not VOCABULARY.knows("neuro.juggling")
    assert not VOCABULARY.is_term("neuro.juggling")


def test_labels_fall_back_on_the_id() -> None:
    assert VOCABULARY.label("neuro.adhd") == "ADHD"
    assert VOCABULARY.label("neuro") == "Neurodivergence"
    assert VOCABULARY.label("not.known") == "not.known"


def test_what_stands_above_is_given_nearest_first() -> None:
    failing = "training.progress.exam-failure"
    assert VOCABULARY.broader(failing) == ("training.progress", "training")
    assert VOCABULARY.broader_terms(failing) == ("training.progress",)
    assert VOCABULARY.broader_terms("neuro.adhd") == ()
    assert VOCABULARY.broader("training") == () == VOCABULARY.broader("not.known")
    assert VOCABULARY.group_of(failing) == "training" == VOCABULARY.group_of("training")
    assert VOCABULARY.group_of("not.known") == "not.known"


def test_what_stands_below_is_found_at_any_depth() -> None:
    assert "training.progress.exam-failure" in VOCABULARY.narrower("training")
    assert "training.progress.exam-failure" in VOCABULARY.narrower("training.progress")
    assert VOCABULARY.narrower("neuro.adhd") == frozenset() == VOCABULARY.narrower("not.known")
    assert VOCABULARY.is_leaf("neuro.adhd")
    assert not VOCABULARY.is_leaf("training.progress")
    assert not VOCABULARY.is_leaf("training")


def test_a_need_is_met_by_itself_and_by_what_is_narrower_only() -> None:
    assert VOCABULARY.meets("neuro.adhd", "neuro.adhd")
    assert VOCABULARY.meets("neuro.adhd", "neuro")
    assert not VOCABULARY.meets("neuro", "neuro.adhd")
    assert not VOCABULARY.meets("neuro.autism", "neuro.adhd")
    assert not VOCABULARY.meets("not.known", "neuro")


@pytest.mark.parametrize("unknown", ["", "not.known", "neuro.adhd.gone", "NEURO.ADHD", "neuro"])
def test_what_is_no_term_meets_nothing_not_even_itself(unknown: str) -> None:
    assert not VOCABULARY.meets(unknown, unknown)
    assert not any(VOCABULARY.meets(unknown, each) for each in (*VOCABULARY.groups, *VOCABULARY.terms))


def test_sensitivity_is_kept() -> None:
    assert VOCABULARY.terms["disability.hiv"].extra_sensitive
    assert VOCABULARY.terms["profession.police"].criminal_offence_data
    assert VOCABULARY.terms["mind.suicidality"].risk_first
    assert VOCABULARY.terms["gender.trans"].art9 == ("health",)
    assert VOCABULARY.terms["gender.trans"].inferred
    assert VOCABULARY.terms["race.asian.indian"].nhs_ethnic_code == "H"
    assert not VOCABULARY.terms["training.ltft"].special_category


def test_nothing_in_it_can_be_changed() -> None:
    with pytest.raises(TypeError):
        VOCABULARY.terms["x"] = VOCABULARY.terms["neuro.adhd"]  # type: ignore[index]  # that it cannot is the test
    with pytest.raises(TypeError):
        VOCABULARY.related("neuro.adhd")["x"] = 1.0  # type: ignore[index]  # likewise


@given(IDS, IDS, IDS)
def test_meeting_is_transitive(a: str, b: str, c: str) -> None:
    if VOCABULARY.meets(a, b) and VOCABULARY.meets(b, c):
        assert VOCABULARY.meets(a, c)


@given(IDS)
def test_every_term_meets_itself_and_all_that_is_above(a: str) -> None:
    assert VOCABULARY.meets(a, a) == VOCABULARY.is_term(a)
    assert all(VOCABULARY.meets(a, above) for above in VOCABULARY.broader(a))
    assert all(
        VOCABULARY.meets(below, a) and not VOCABULARY.meets(a, below) for below in VOCABULARY.narrower(a)
    )


@given(TERMS)
def test_relations_go_both_ways(a: str) -> None:
    for b, strength in VOCABULARY.related(a).items():
        assert VOCABULARY.related(b)[a] == strength
        assert 0 < strength < 1
        assert a != b


@given(TERMS)
def test_a_term_becomes_a_row_and_back(a: str) -> None:
    found = VOCABULARY.terms[a]
    assert parse_terms([term_to_dict(found)]) == (found,)


def test_related_takes_the_greater_of_two_strengths_given() -> None:
    text = GROUP + term("g.a", "g", 'related = [{ id = "g.b", strength = 0.3 }]')
    text += term("g.b", "g", 'related = [{ id = "g.a", strength = 0.7 }]')
    vocabulary = Vocabulary.parse(text + term("g.c", "g"))
    assert vocabulary.related("g.a") == {"g.b": 0.7}
    assert vocabulary.related("g.b") == {"g.a": 0.7}
    assert vocabulary.related("g.c") == {}


def test_all_faults_of_a_file_are_named_at_once() -> None:
    text = (
        GROUP
        + '[[term]]\nid = "g.a"\nlabel = 3\nbroader = ""\nsynonyms = "one"\nleaf = "no"\ncolour = "red"\n'
    )
    text += term("g.b", "g", 'related = [{ id = "g.a" }, { id = "g.a", strength = "much", more = 1 }]')
    with pytest.raises(BadInput) as caught:
        Vocabulary.parse(text + term("g.b", "g"))
    assert sorted(places(caught)) == [
        "term[0].broader",
        "term[0].colour",
        "term[0].label",
        "term[0].leaf",
        "term[0].synonyms",
        "term[1].related[0].strength",
        "term[1].related[1].more",
        "term[1].related[1].strength",
        "term[1].related[1].strength",
        "term[2].id",
    ]
    assert "characteristics" in caught.value.what


def test_references_that_do_not_resolve_are_named() -> None:
    text = GROUP + term("g", "g") + term("g.a", "nowhere", 'related = [{ id = "g.z", strength = 1 }]')
    with pytest.raises(BadInput) as caught:
        Vocabulary.parse(text + term("g.b", "g", 'related = [{ id = "g.b", strength = 0.5 }]'))
    assert sorted(places(caught)) == [
        "g",
        "g.a.broader",
        "g.a.related",
        "g.a.related",
        "g.b.related",
        "g.broader",
    ]


def test_a_ring_is_a_fault() -> None:
    with pytest.raises(BadInput) as caught:
        Vocabulary.parse(GROUP + term("g.a", "g.b") + term("g.b", "g.a") + term("g.c", "g.a"))
    assert sorted(places(caught)) == ["g.a.broader", "g.b.broader"]


def test_what_is_no_toml_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="cannot be used") as caught:
        Vocabulary.parse("this is not = = toml")
    assert "not a TOML file" in caught.value.faults[0].text


def test_a_heading_that_is_no_list_of_tables_is_a_fault() -> None:
    with pytest.raises(BadInput) as caught:
        Vocabulary.parse('term = "none"\ngroup = ["one"]\n')
    assert places(caught) == ["group[0]", "term"]


OWN = {
    "id": "neuro.synaesthesia",
    "label": "Synaesthesia",
    "broader": "neuro",
    "synonyms": ["synaesthesia", "coloured letters"],
    "related": [{"id": "neuro.autism", "strength": 0.4}],
    "special_category": False,
}


def test_a_network_adds_its_own_terms() -> None:
    own = parse_terms([OWN, {"id": "neuro.synaesthesia.sound", "label": "Seen sounds", "broader": OWN["id"]}])
    wider = VOCABULARY.extended(own)
    assert wider.meets("neuro.synaesthesia.sound", "neuro")
    assert wider.related("neuro.autism")["neuro.synaesthesia"] == 0.4
    assert wider.narrower("neuro.synaesthesia") == {"neuro.synaesthesia.sound"}
    assert not wider.is_leaf("neuro.synaesthesia")
    assert wider.is_leaf("neuro.synaesthesia.sound")
    assert not VOCABULARY.knows("neuro.synaesthesia")
    assert VOCABULARY.extended(()).terms == VOCABULARY.terms


def test_an_own_term_goes_out_as_it_came_in() -> None:
    short = {"id": "neuro.short", "label": "Short", "broader": "neuro"}
    assert [term_to_dict(each) for each in parse_terms([OWN, short])] == [OWN, short]


def test_an_own_term_without_given_fields_keeps_what_it_says() -> None:
    (made,) = parse_terms([OWN])
    copy = Term(**{name: getattr(made, name) for name in Term.__slots__ if name != "given"})
    assert copy == made
    assert term_to_dict(copy) == {key: value for key, value in OWN.items() if value}


def test_own_terms_may_not_take_an_id_in_use() -> None:
    own = parse_terms([{"id": "neuro.adhd", "label": "ADHD again", "broader": "neuro"}])
    with pytest.raises(BadInput) as caught:
        VOCABULARY.extended(own)
    assert places(caught) == ["vocabulary[0].id"]


def test_own_terms_must_stand_under_something_known() -> None:
    own = parse_terms([{"id": "x.y", "label": "Elsewhere", "broader": "x"}])
    with pytest.raises(BadInput) as caught:
        VOCABULARY.extended(own)
    assert places(caught) == ["x.y.broader"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("no list", ["vocabulary"]),
        (["no row"], ["vocabulary[0]"]),
        ([{1: "x"}], ["vocabulary[0]"]),
        ([{}], ["vocabulary[0].id", "vocabulary[0].label", "vocabulary[0].broader"]),
        ([{**OWN, "related": "none"}], ["vocabulary[0].related"]),
        ([{**OWN, "synonyms": ["a", 1]}], ["vocabulary[0].synonyms"]),
        ([{**OWN, "given": ["id"]}], ["vocabulary[0].given"]),
        ([OWN, OWN], ["vocabulary[1].id"]),
    ],
)
def test_faults_in_own_terms_are_named_by_their_place(rows: object, expected: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        parse_terms(rows)
    assert places(caught) == expected
