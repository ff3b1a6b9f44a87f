"""What holds for every letter: places are exact, at most ten topics in order, the same words give the same answer."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.mail.reading import letter_from_text
from peermatch.matching.suggest import Suggester, proposal_to_dict
from peermatch.matching.suggesting.cues import FILES, Cues
from peermatch.matching.suggesting.words import Stemmer, read_words
from peermatch.model.letter import Letter, Proposal
from tests.matching.letter_cases import CUES, SUGGESTER, labelled
from tests.matching.real_reference import REAL
from tests.steps import calls

_NAMES = [text for term in REAL.vocabulary.terms.values() for text in (term.label, *term.synonyms[:3])]
_WORDS = [
    "I",
    "have",
    "not",
    "my husband",
    "patient",
    "nobody at",
    "Royal Preston",
    "ST4",
    "I'd like to talk to",
    ".",
    ",",
    "\n\n",
]
TEXTS = st.lists(st.sampled_from(_WORDS + _NAMES) | st.text(max_size=12), min_size=1, max_size=40).map(
    " ".join
)


def letter_of(text: str) -> Letter:
    return letter_from_text("Dear team\n" + text)


def check_places(letter: Letter, proposal: Proposal) -> None:
    for passage in [p for topic in proposal.topics for p in topic.passages] + list(proposal.risk_passages):
        # Words of the subject stand outside the text and mark an empty place.
        assert passage.start == passage.end == 0 or letter.text[passage.start : passage.end] == passage.words
        assert passage.words


@given(TEXTS)
def test_whatever_is_written_the_answer_keeps_its_shape(text: str) -> None:
    letter = letter_of(text)
    proposal = SUGGESTER.propose(letter)
    strengths = [topic.strength for topic in proposal.topics]
    assert len(strengths) <= 10
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < strength <= 1 for strength in strengths)
    assert all(REAL.vocabulary.is_term(topic.characteristic) for topic in proposal.topics)
    assert all(id in REAL.organisations.organisations for id in proposal.exclude_organisations)
    assert all(REAL.specialties.knows(id) for id in proposal.exclude_specialties)
    assert proposal.specialty is None or REAL.specialties.knows(proposal.specialty)
    assert proposal.grade is None or REAL.grades.knows(proposal.grade)
    check_places(letter, proposal)


@given(TEXTS)
def test_the_same_letter_gives_the_same_answer(text: str) -> None:
    assert SUGGESTER.propose(letter_of(text)) == SUGGESTER.propose(letter_of(text))


def test_a_second_index_gives_the_same_answers() -> None:
    again = Suggester(REAL, CUES)
    for each in labelled("dev"):
        assert again.propose(each.letter) == SUGGESTER.propose(each.letter)


def test_places_in_real_letters_are_exact() -> None:
    for folder in ("dev", "own"):
        for each in labelled(folder):
            check_places(each.letter, SUGGESTER.propose(each.letter))


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    words = read_words(text, 0, Stemmer({}))
    assert all(text[word.start : word.end] == word.written for word in words)
    assert [word.sentence for word in words] == sorted(word.sentence for word in words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("failed", "failing"),
        ("panics", "panic"),
        ("studies", "study"),
        ("caring", "care"),
        ("stopped", "stop"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    stem = Cues.parse(CUES).language.stemmer.stem
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("deafening", "deaf"), ("here", "her"), ("note", "not"), ("caring", "car"), ("this", "thi")],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    stem = Cues.parse(CUES).language.stemmer.stem
    assert stem(one) != stem(other)


def test_the_document_is_that_of_the_command_line() -> None:
    (letter,) = (each.letter for each in labelled("own") if each.name == "o11.eml")
    document = proposal_to_dict(SUGGESTER.propose(letter))
    assert list(document) == ["scope", "topics", "risk", "exclusions", "specialty", "grade", "contact"]
    assert document["scope"] == "in-scope"
    assert document["exclusions"] == {"organisations": [], "specialties": [], "people": ["Dr Helena Marsh"]}
    assert (document["specialty"], document["grade"], document["contact"]) == ("neurology", "jcf", None)
    topics = document["topics"]
    assert isinstance(topics, list)
    assert all(set(topic) == {"characteristic", "words", "strength"} for topic in topics)
    assert all(topic["strength"] == round(topic["strength"], 3) for topic in topics)


def test_the_subject_counts_unless_it_answers_somebody() -> None:
    letter = letter_of("Could I talk to someone?")
    named = [t.characteristic for t in SUGGESTER.propose(replace(letter, subject="My epilepsy")).topics]
    answered = [
        t.characteristic for t in SUGGESTER.propose(replace(letter, subject="Re: My epilepsy")).topics
    ]
    assert named == ["disability.epilepsy"]
    assert answered == []


def test_missing_or_broken_word_lists_are_told_apart() -> None:
    with pytest.raises(BadInput, match="missing"):
        Cues.parse({name: CUES[name] for name in FILES if name != "risk"})
    with pytest.raises(BadInput, match="cannot be used"):
        Cues.parse(CUES | {"risk": "enough ="})
    with pytest.raises(BadInput, match="class of words"):
        Suggester(REAL, CUES | {"scope": 'spam = { 3 = ["<nonsense> offer"] }'})


def test_every_topic_of_the_word_lists_is_known() -> None:
    tables = Cues.parse(CUES).tables["topics"]
    lists = {
        "faint",
        "no_label",
        "never",
        "personal",
        "of_a_couple",
        "done_by_others",
        "not_of_patients",
        "not_of_the_dead",
    }
    unknown = [
        key
        for key in tables
        if key not in lists | {"implies", "from_risk"} and not REAL.vocabulary.is_term(key)
    ]
    assert unknown == []
    implied = tables["implies"]
    assert isinstance(implied, dict)
    assert all(REAL.vocabulary.is_term(term) for term in implied)
    assert all(REAL.vocabulary.is_term(other) for others in implied.values() for other in others)


def test_a_long_letter_takes_time_in_proportion() -> None:
    short, long = (letter_of("I have ADHD and nobody at Royal Preston, " * size) for size in (100, 1600))
    assert calls(partial(SUGGESTER.propose, long)) < 16 * 2 * calls(partial(SUGGESTER.propose, short))
