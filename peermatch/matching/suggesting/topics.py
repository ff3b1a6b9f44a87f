"""From words to topics: what a letter is about, how strongly, and which words say so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from peermatch.matching.suggesting.company import OF_PERSON, Company
from peermatch.matching.suggesting.cues import Cues, Table, strings, table
from peermatch.matching.suggesting.evidence import Cue, Evidence, View
from peermatch.matching.suggesting.grammar import Grammar, Setting
from peermatch.matching.suggesting.patterns import Found, Phrases, outermost
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.sense import Sensed, Sentence, passage_of
from peermatch.matching.suggesting.spelling import Spelling
from peermatch.matching.suggesting.weighing import FARTHEST, Clue
from peermatch.matching.suggesting.words import Word
from peermatch.model.characteristics import Term, Vocabulary
from peermatch.model.enquiry import Risk
from peermatch.model.letter import Passage, Topic

MOST = 10
_NAME, _NEARLY, _SOME, _WEAK = 0.72, 0.6, 0.34, 0.2
_WISH, _SUBJECT = 1.3, 1.15
_RISK = 0.5
_OF_PERSON = -1.6
"""The logarithm of the share of a sentence that tells who its writer is: origin or faith is not offered on less."""


class Topics:
    """The index of all phrases of the vocabulary, and the reading of letters by it."""

    def __init__(self, vocabulary: Vocabulary, cues: Cues, grammar: Grammar) -> None:
        self._grammar = grammar
        self._vocabulary = vocabulary
        language = cues.language
        data = cues.tables["topics"]
        faint = frozenset(each.casefold() for each in strings(data, "faint"))
        unnamed = frozenset(strings(data, "no_label"))
        named: list[tuple[str, Cue]] = []
        for term in vocabulary.terms.values():
            named += _named(term, grammar.negates, labelled=term.id not in unnamed)
        softened = [(text, _softened(cue, text.casefold() in faint)) for text, cue in named]
        self._named = Phrases(((text.replace("|", " "), cue) for text, cue in softened), language)
        self._loose = Phrases(_spoken(data, vocabulary, grammar), language, loose=True)
        self._spelling = Spelling(
            cues, [(text, cue.term) for text, cue in softened if cue.alone and not cue.exact]
        )
        self._never = frozenset(strings(data, "never"))
        self._personal = _belongs(strings(data, "personal"))
        self._of_a_couple = _belongs(strings(data, "of_a_couple"))
        self._done_by_others = _belongs(strings(data, "done_by_others"))
        self._not_of_patients = _belongs(strings(data, "not_of_patients"))
        self._not_of_the_dead = _belongs(strings(data, "not_of_the_dead"))
        self._from_risk = {kind: str(term) for kind, term in table(data, "from_risk").items()}
        self._implies = {
            term: {other: float(str(share)) for other, share in table(data, "implies", term).items()}
            for term in table(data, "implies")
        }

    def read(
        self,
        reading: Reading,
        setting: Setting,
        risk: Sequence[Risk] = (),
        places: Sequence[Passage] = (),
        sensed: Sensed | None = None,
    ) -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
        """The topics of a letter, strongest first, and what comes next in rank, at most ten together.

        Danger that was noticed names its topic too.
        """
        evidence = self._evidence(reading, setting, risk, places, sensed)
        if sensed is not None:
            likely = sensed.weights.topics({term: each.clue for term, each in evidence.items()})
            for term, needed, useful in zip(evidence, *likely, strict=True):
                if term in sensed.terms:  # of a network's own topic the model knows nothing: its words decide
                    evidence[term].needed, evidence[term].useful = float(needed), float(useful)
            # What names danger is proposed where the words say it or the flag is up, never on the model's word alone.
            for term in self._from_risk.values():
                if term in evidence and not evidence[term].is_said:
                    evidence[term].needed = evidence[term].useful = 0.0
            _show_company(evidence, sensed.weights.company)
        shown = self._strongest(evidence)
        return shown, self._next(evidence, shown)

    def clues(
        self,
        reading: Reading,
        setting: Setting,
        risk: Sequence[Risk],
        places: Sequence[Passage],
        sensed: Sensed,
    ) -> dict[str, Clue]:
        """What speaks for each topic before it is weighed: what weights are learned from."""
        return {
            term: each.clue for term, each in self._evidence(reading, setting, risk, places, sensed).items()
        }

    def _evidence(
        self,
        reading: Reading,
        setting: Setting,
        risk: Sequence[Risk],
        places: Sequence[Passage],
        sensed: Sensed | None,
    ) -> dict[str, Evidence]:
        evidence, refused = self._said(reading, setting)
        for each in risk:
            term = self._from_risk.get(each.kind.value)
            if term is not None:
                into = evidence.setdefault(term, Evidence())
                into.add(_RISK, alone=True, words=f"<{each.kind.value}>")
                into.passages += [place for place in places if place.words in each.words]
        self._add_implied(evidence)
        if sensed is not None:
            self._add_sensed(evidence, reading, setting, sensed, refused)
        return evidence

    def _said(self, reading: Reading, setting: Setting) -> tuple[dict[str, Evidence], set[tuple[str, int]]]:
        """What the words say of each topic, and which topics are another's or denied in which sentence."""
        evidence: dict[str, Evidence] = {}
        refused: set[tuple[str, int]] = set()
        for found in self._hits(reading.words):
            if self._grammar.negated(reading.words, found.first, found.last, says_no=found.meaning.says_no):
                into = evidence.setdefault(found.meaning.term, Evidence())
                into.denied = into.denied or found.meaning.named
                refused.add((found.meaning.term, reading.words[found.first].sentence))
            elif self._meant(reading.words, found, setting):
                wished = reading.words[found.first].sentence in setting.wishes
                into = self._note(
                    evidence,
                    found,
                    reading.words,
                    _WISH if wished else 1.0,
                    reading.between(found.first, found.last),
                )
                into.wished = into.wished or wished
            elif found.meaning.named:
                refused.add((found.meaning.term, reading.words[found.first].sentence))
        for found in self._hits(reading.subject):
            if not self._grammar.negated(
                reading.subject, found.first, found.last, says_no=found.meaning.says_no
            ):
                words = " ".join(word.written for word in reading.subject[found.first : found.last + 1])
                # The subject stands outside the text, so there is nothing to highlight in it.
                self._note(evidence, found, reading.subject, _SUBJECT, Passage(0, 0, words))
        return evidence, refused

    def _add_sensed(
        self,
        evidence: dict[str, Evidence],
        reading: Reading,
        setting: Setting,
        sensed: Sensed,
        refused: set[tuple[str, int]],
    ) -> None:
        """For each topic the sentence of the writer's that comes nearest to it, and how near."""
        anothers = {term for term, _ in refused}
        refused = {(_family(term), sentence) for term, sentence in refused}
        views = [
            (row, self._view(reading, sentence, setting))
            for row, sentence in enumerate(sensed.sentences)
            if sentence.own and setting.unwanted.isdisjoint(range(sentence.first, sentence.last + 1))
        ]
        nearest = sensed.topics.max(axis=1, initial=FARTHEST)
        wishing = np.zeros(len(sensed.sentences), dtype=bool)
        wishing[[row for row, view in views if view.number in setting.wishes]] = True
        for column, term in enumerate(sensed.terms):
            if term not in self._vocabulary.terms:
                continue
            family = _family(term)
            rows = [
                row
                for row, view in views
                if (family, view.number) not in refused and not self._is_anothers(term, view)
            ]
            into = evidence.setdefault(term, Evidence())
            into.refused = term in anothers
            closed = [row for row, _ in views if row not in rows]
            into.elsewhere = float(sensed.topics[closed, column].max(initial=FARTHEST))
            if into.denied and not into.is_said:
                rows = []
            if rows:
                shares = sensed.topics[rows, column]
                into.shares, into.turned = shares.tolist(), sensed.turned[rows, column].tolist()
                into.lead = float((shares - nearest[rows]).max())
                into.wish = float(shares[wishing[rows]].max(initial=FARTHEST))
            if rows and not into.is_said:
                into.sentence = (passage_of(reading, sensed.sentences[rows[int(shares.argmax())]]),)

    def _view(self, reading: Reading, sentence: Sentence, setting: Setting) -> View:
        inside = range(sentence.first, sentence.last + 1)
        words = reading.words[sentence.first : sentence.last + 1]
        return View(
            words[0].sentence,
            of_the_dead=not setting.of_the_dead.isdisjoint(inside),
            of_patient=self._grammar.tells_of_patient(reading.words, (sentence.first + sentence.last) // 2),
            of_another=self._grammar.about_another(words, setting),
        )

    def _is_anothers(self, term: str, view: View) -> bool:
        """Whether a sentence is about somebody else, and the topic one that only the writer can have."""
        if view.of_the_dead and self._not_of_the_dead(term):
            return True
        if view.of_patient and self._not_of_patients(term):
            return True
        return (view.of_another or view.of_patient) and self._personal(term)

    def _hits(self, words: Sequence[Word]) -> list[Found[Cue]]:
        named = [found for found in self._named.find(words) if _as_written(words, found)]
        spelled = [
            Found(Cue(term, _NAME * share, True), number, number)
            for number, term, share in self._spelling.find(words)
        ]
        alone = [found for found in named if found.meaning.alone]
        kept = [found for found in named if found.meaning.exact]
        others = [found for found in named if not found.meaning.exact]
        return [*kept, *outermost(others, within=alone), *self._loose.find(words), *spelled]

    def _meant(self, words: Sequence[Word], found: Found[Cue], setting: Setting) -> bool:
        first, last, term = found.first, found.last, found.meaning.term
        inside = range(first, last + 1)
        if not setting.unwanted.isdisjoint(inside):
            return False
        if self._not_of_the_dead(term) and not setting.of_the_dead.isdisjoint(inside):
            return False
        if self._done_by_others(term) and first and words[first - 1].plain == "i":
            return False
        if self._not_of_patients(term) and self._grammar.tells_of_patient(words, first):
            return False
        if not self._personal(term):
            return True
        spouse_counts = not self._of_a_couple(term)
        return not self._grammar.somebody_else(words, first, last, setting, spouse_counts=spouse_counts)

    def _note(
        self,
        evidence: dict[str, Evidence],
        found: Found[Cue],
        words: Sequence[Word],
        factor: float,
        passage: Passage,
    ) -> Evidence:
        cue = found.meaning
        into = evidence.setdefault(cue.term, Evidence())
        stems = " ".join(word.stem for word in words[found.first : found.last + 1])
        into.add(cue.weight * factor, alone=cue.alone, words=stems)
        into.passages.append(passage)
        return into

    def _add_implied(self, evidence: dict[str, Evidence]) -> None:
        for term, others in self._implies.items():
            given = evidence.get(term)
            if given is None or not given.counts:
                continue
            for other, share in others.items():
                into = evidence.setdefault(other, Evidence())
                into.add(share * given.strength, alone=True, words=f"<{term}>")
                into.passages += [] if into.passages else given.passages

    def _strongest(self, evidence: dict[str, Evidence]) -> tuple[Topic, ...]:
        kept = {term: each for term, each in evidence.items() if each.counts and term not in self._never}
        for term in list(kept):
            for above in self._vocabulary.broader_terms(term):
                # A narrower topic says all that the broader one says, and more.
                if above in kept and (kept[term].is_said or kept[term].strength >= kept[above].strength):
                    kept[term].passages += kept.pop(above).passages
        return tuple(_topic(term, each) for term, each in _ranked(kept.items())[:MOST])

    def _next(self, evidence: dict[str, Evidence], shown: Sequence[Topic]) -> tuple[Topic, ...]:
        """What comes next in rank, until there are ten with those that are shown; a broader one says nothing more."""
        likely = _ranked(
            (term, each) for term, each in evidence.items() if each.may_fit and term not in self._never
        )
        known = {topic.characteristic for topic in shown}
        said = known.union(*(self._vocabulary.broader_terms(term) for term in known))
        found: list[Topic] = []
        for term, each in likely:
            if len(shown) + len(found) >= MOST:
                break
            if term in said or (term.startswith(OF_PERSON) and max(each.shares) < _OF_PERSON):
                continue
            said.update((term, *self._vocabulary.broader_terms(term)))
            found.append(_topic(term, each))
        return tuple(found)


def _ranked(found: Iterable[tuple[str, Evidence]]) -> list[tuple[str, Evidence]]:
    """The strongest first; of equals by their names, so that the same letter always reads the same."""
    return sorted(found, key=lambda each: (-round(each[1].strength, 6), each[0]))


def _topic(term: str, each: Evidence) -> Topic:
    return Topic(term, round(each.strength, 6), _tidy(each.passages) or each.sentence)


def _show_company(evidence: Mapping[str, Evidence], company: Company) -> None:
    """What stands there for its company alone is shown with the words of the topic that it accompanies."""
    said = {term: each.strength for term, each in evidence.items() if each.passages}
    for term, each in evidence.items():
        if each.is_faint and (each.counts or each.may_fit):
            leader = company.leader(term, list(said), list(said.values()))
            each.sentence = tuple(evidence[leader].passages) if leader else each.sentence


def _family(term: str) -> str:
    """Where a topic belongs: what is a husband's deafness is not the writer's loss of hearing either."""
    return term.rpartition(".")[0]


def _as_written(words: Sequence[Word], found: Found[Cue]) -> bool:
    """Whether an abbreviation keeps its capitals; other names may be written as one likes."""
    exact = found.meaning.exact
    return not exact or exact == tuple(word.written for word in words[found.first : found.last + 1])


def _named(term: Term, says_no: Callable[[str], bool], *, labelled: bool) -> Iterable[tuple[str, Cue]]:
    if labelled:
        yield term.label, Cue(term.id, _NAME, True, named=True)
    for text in term.synonyms + term.misspellings:
        yield text, Cue(term.id, _NAME, True, says_no=says_no(text), named=True)
    for text in term.weak_cues:
        yield text, Cue(term.id, _WEAK, False, says_no=says_no(text))
    for text in term.abbreviations:
        yield text, Cue(term.id, _NAME, True, (text,), named=True)


def _softened(cue: Cue, faint: bool) -> Cue:
    return replace(cue, weight=_SOME, alone=False) if faint and cue.alone else cue


def _spoken(data: Table, vocabulary: Vocabulary, grammar: Grammar) -> Iterable[tuple[str, Cue]]:
    for term in data:
        if term in vocabulary.terms:
            for text in strings(data, term, "strong"):
                yield text, Cue(term, _NEARLY, True, says_no=grammar.negates(text))
            for text in strings(data, term, "some"):
                yield text, Cue(term, _SOME, False, says_no=grammar.negates(text))


def _belongs(prefixes: Sequence[str]) -> Callable[[str], bool]:
    exact = frozenset(prefixes)
    starts = tuple(f"{prefix}." for prefix in prefixes)
    return lambda term: term in exact or term.startswith(starts)


def _tidy(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Each place once, in the order of the text; a passage within another is left out."""
    places = sorted(dict.fromkeys(passages), key=lambda each: (each.start, -each.end))
    kept: list[Passage] = []
    for each in places:
        if not kept or each.end > kept[-1].end or each.start == each.end:
            kept.append(each)
    return tuple(kept)
