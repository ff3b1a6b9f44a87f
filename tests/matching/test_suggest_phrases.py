"""Phrases are found through an index of each text; here the same is sought the plain way, at place after place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from peermatch.mail.reading import letter_from_text
from peermatch.matching.suggesting.cues import Cues, strings
from peermatch.matching.suggesting.patterns import Language, Phrases, Step
from peermatch.matching.suggesting.words import Text, Word, read_words
from peermatch.model.enquiry import RiskKind
from tests.matching.letter_cases import CUES, SUGGESTER, labelled

PARSED = Cues.parse(CUES)
LANGUAGE = PARSED.language


def _texts() -> Iterator[str]:
    for points in ("1", "2", "3"):
        found = strings(PARSED.tables["risk"], RiskKind.SEXUAL_MISCONDUCT.value, points)
        yield from (text for text in found if "{" not in text)
    for term in (
        "treatment.bullying",
        "training.progress.exam-failure",
        "life.domestic-abuse",
        "family.carer",
    ):
        yield from strings(PARSED.tables["topics"], term, "strong")
        yield from strings(PARSED.tables["topics"], term, "some")


TEXTS = tuple(dict.fromkeys(_texts()))
WAYS = tuple((text, LANGUAGE.kept_forms(text), steps) for text in TEXTS for steps in LANGUAGE.compile(text))


def sought(words: Sequence[Word], *, loose: bool) -> set[tuple[str, int, int]]:
    """All phrases in a text, each tried at each word."""
    found = set()
    for text, exact, steps in WAYS:
        for first in range(len(words)):
            last = _last(words, first, steps, LANGUAGE, loose=loose)
            if last is not None and (not exact or words[first].plain in exact):
                found.add((text, first, last))
    return found


def _last(
    words: Sequence[Word], first: int, steps: Sequence[Step], language: Language, *, loose: bool
) -> int | None:
    at = first
    for number, step in enumerate(steps):
        left = step.gap
        while not (taken := _taken(words, at, step)):
            skipped = number > 0 and at < len(words) and words[at].sentence == words[first].sentence
            if not skipped:
                return None
            if not (loose and words[at].plain in language.small):
                if left == 0:
                    return None
                left -= 1
            at += 1
        if words[at].sentence != words[first].sentence:
            return None
        at += taken
    return at - 1


def _taken(words: Sequence[Word], at: int, step: Step) -> int:
    here = [word.stem for word in words[at : at + 12]]
    if here[:1] and here[0] in step.stems:
        return 1
    return next((len(run) for run in step.runs if here[: len(run)] == list(run)), 0)


@pytest.mark.parametrize("loose", [True, False])
@pytest.mark.parametrize("name", ["d04.eml", "d15.eml"])
def test_the_index_finds_what_is_found_place_by_place(name: str, loose: bool) -> None:
    letter = next(each.letter for each in labelled("dev") if each.name == name)
    words = Text(read_words(letter.text, 0, LANGUAGE.stemmer))
    phrases = Phrases(((text, text) for text in TEXTS), LANGUAGE, loose=loose)

    found = phrases.find(words)

    assert found
    assert {(each.meaning, each.first, each.last) for each in found} == sought(words, loose=loose)
    assert [(each.first, each.last) for each in found] == sorted((each.first, each.last) for each in found)
    # What was found in a text is kept with it; words that are no whole text are looked through each time.
    assert phrases.find(words) is found
    assert phrases.find(list(words)) == found


def test_a_phrase_ends_with_its_sentence() -> None:
    words = Text(read_words("I was told. Nobody came", 0, LANGUAGE.stemmer))

    assert words.sentences == [(0, 3), (3, 5)]
    assert not Phrases([("told nobody", True)], LANGUAGE).find(words)
    assert Text().sentences == []


def test_phrases_that_are_written_later_are_found_as_well() -> None:
    language = replace(LANGUAGE)
    words = read_words("She failed an exam", 0, language.stemmer)
    first = Phrases([("failed", "one")], language)
    assert [each.meaning for each in first.find(words)] == ["one"]

    later = Phrases([("exam", "two")], language)

    assert [each.meaning for each in later.find(words)] == ["two"]
    assert [each.meaning for each in first.find(words)] == ["one"]


def test_words_of_a_subject_keep_their_order_in_every_run() -> None:
    """All of them stand at no place of the text, so that nothing but the order of finding puts them in order."""
    subject = "Dyslexia dyslexia DYSLEXIA Dyslexic dyslexic DYSLEXIC"
    letter = replace(letter_from_text("I would like to talk to somebody about it."), subject=subject)

    proposed = SUGGESTER.propose(letter).topics

    topic = next(each for each in proposed if each.characteristic == "neuro.dyslexia")
    assert [each.words for each in topic.passages if each.start == each.end == 0] == subject.split()
