"""How far the sentence model may be trusted beside the rules: weights learned on letters that are new to it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

import numpy as np
import topic_turns
from letter_sets import Labelled
from measure_letters import counted, told
from phrase_weights import Lesson, learned, nothing

from peermatch.matching.suggest import Suggester
from peermatch.matching.suggesting.arrays import Array, Floats, read_arrays, write_arrays
from peermatch.matching.suggesting.company import Company
from peermatch.matching.suggesting.phrasing import Phrasing
from peermatch.matching.suggesting.reading import Reading, read
from peermatch.matching.suggesting.sense import Sense, Sensed, marks_in
from peermatch.matching.suggesting.weighing import (
    ALARMS,
    CLUES,
    COMPANY,
    Alarm,
    Weights,
    alarms,
    clues,
    in_company,
    likely,
)
from peermatch.model.letter import Scope
from peermatch.services.shipped import load_cues, load_shipped

FOLDS = (
    ("first-hand", "second-hand"),
    ("third-hand", "fourth-hand"),
    ("sixth-hand", "seventh-hand"),
    ("fresh", "ninth", "twelfth"),
)
"""Hands whose letters turns of words about topics are learned without, so that they can be weighed on them."""
HELD = 1.0
"""How much a weight is held back towards nought."""
ROUNDS = 60
FEW, RARE = 4.0, 0.5
"""In so many letters a topic's company is taken to be everybody's; so often even a topic is met that nobody needed."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A letter with what the model sensed in it, a row of clues for each topic, its alarm, and its turns of words."""

    letter: Labelled
    sensed: Sensed
    terms: tuple[str, ...]
    clues: Floats
    alarm: Alarm
    lesson: Lesson

    def alarmed(self, phrasing: Phrasing) -> Floats:
        """The row about danger, with what some turns of words say."""
        return alarms([replace(self.alarm, phrases=self.lesson.scored(phrasing))])


@dataclass(frozen=True, slots=True)
class Remembered:
    """Stands for the sentence model where what it sensed is known already."""

    sensed: Sensed

    def read(self, _: Reading) -> Sensed:
        """What was sensed."""
        return self.sensed


@cache
def rules() -> Suggester:
    """The rules that the clues come from."""
    return Suggester(load_shipped().reference, load_cues())


def read_by_rules(letter: Labelled) -> Reading:
    """A letter made ready for reading."""
    return read(letter.letter, rules().stemmer)


def weighed(sense: Sense, letter: Labelled) -> Weighed:
    """What rules and model say of one letter."""
    found, alarm, sensed = rules().clues(letter.letter, sense)
    return Weighed(letter, sensed, tuple(found), clues(list(found.values())), alarm, lesson(letter, sensed))


def lesson(letter: Labelled, sensed: Sensed) -> Lesson:
    """A letter to learn turns of words about danger from."""
    marks = tuple(marks_in(read_by_rules(letter), sensed.sentences))
    return Lesson(marks, sensed.pairs, sensed.dangers[:, 0], letter.danger is not None)


def asked(letter: Labelled, sensed: Sensed) -> topic_turns.Asked:
    """The writer's own sentences of a letter as turns of words."""
    marks = marks_in(read_by_rules(letter), sensed.sentences)
    own = [each for each, sentence in zip(marks, sensed.sentences, strict=True) if sentence.own]
    return topic_turns.Asked(tuple(own), letter)


def turned(
    seen: Sequence[tuple[Labelled, Sensed]], terms: Sequence[str], beside: Sequence[topic_turns.Asked]
) -> list[Weighed]:
    """All letters weighed, each with turns of words about topics that were learned on letters by other hands.

    ``beside`` are letters that a model knows: they say how things are put, and not how far the model may be trusted.
    """
    found = []
    for hands in FOLDS:
        others = [*beside, *(asked(*each) for each in seen if each[0].hand not in hands)]
        phrasing = topic_turns.phrasing_of(others, terms)
        for letter, sensed in seen:
            if letter.hand in hands:
                marks = marks_in(read_by_rules(letter), sensed.sentences)
                known = Remembered(replace(sensed, turned=phrasing.shares(marks)))
                found.append(weighed(cast(Sense, known), letter))
    return found


def without(many: int) -> dict[str, Array]:
    """Weights that say nothing, for a model that is only to be listened to."""
    sizes = {
        "first": CLUES + 1,
        "needed": CLUES + COMPANY + 1,
        "useful": CLUES + COMPANY + 1,
        "danger": ALARMS + 1,
    }
    found: dict[str, Array] = nothing() | topic_turns.nothing(many)
    found |= {f"weights.{name}": np.zeros(size, dtype=np.float32) for name, size in sizes.items()}
    found |= {f"company.{name}": np.zeros(many, dtype=np.float32) for name in ("needed", "useful")}
    return {**found, "company.beside": np.zeros((many, many), dtype=np.float32)}


def fit(letters: Sequence[Weighed], terms: Sequence[str], beside: Sequence[Lesson]) -> dict[str, Array]:
    """The weights by name, the company of each topic, and the turns of words, these from ``beside`` as well."""
    asked = [each for each in letters if each.letter.scope == Scope.IN_SCOPE and each.letter.has_topics]
    rows = np.concatenate([each.clues for each in asked])
    needed = np.concatenate([[term in each.letter.needed for term in each.terms] for each in asked])
    helpful = np.concatenate([[term in each.letter.helpful for term in each.terms] for each in asked])
    first = logistic(rows, needed)
    # What a hand's letters say of company is not asked of the letters by the same hand: it would look too sure.
    hands = {each.letter.hand for each in asked}
    apart = {hand: company([each for each in asked if each.letter.hand != hand], terms) for hand in hands}
    met = [in_company(each.clues, each.terms, apart[each.letter.hand], first) for each in asked]
    whole = company(asked, terms)
    return {
        "weights.first": first,
        "weights.needed": logistic(np.concatenate(met), needed),
        "weights.useful": logistic(np.concatenate(met), needed | helpful),
        "weights.danger": _danger(letters, beside),
        **learned([*beside, *(each.lesson for each in letters)]),
        "company.needed": whole.needed,
        "company.useful": whole.useful,
        "company.beside": whole.beside,
    }


def _danger(letters: Sequence[Weighed], beside: Sequence[Lesson]) -> Floats:
    """The weights of danger; what turns of words say of a hand's letters is learned on the other hands'."""
    rows: list[Floats] = []
    truth: list[bool] = []
    for hand in sorted({each.letter.hand for each in letters}):
        phrasing = phrasing_of([*beside, *(each.lesson for each in letters if each.letter.hand != hand)])
        mine = [each for each in letters if each.letter.hand == hand]
        rows += [each.alarmed(phrasing) for each in mine]
        truth += [each.lesson.danger for each in mine]
    return logistic(np.concatenate(rows), np.array(truth))


def phrasing_of(lessons: Sequence[Lesson]) -> Phrasing:
    """The turns of words as they are learned on some letters."""
    return Phrasing.of(read_arrays(write_arrays(learned(lessons), {})))


def company(letters: Sequence[Weighed], terms: Sequence[str]) -> Company:
    """How often each topic was needed and useful, and useful where another was needed."""
    place = {term: number for number, term in enumerate(terms)}
    needed, useful = np.zeros(len(terms)), np.zeros(len(terms))
    both = np.zeros((len(terms), len(terms)))
    for each in letters:
        asked = [place[term] for term in each.letter.needed if term in place]
        glad = [place[term] for term in (*each.letter.needed, *each.letter.helpful) if term in place]
        needed[asked] += 1
        useful[glad] += 1
        both[np.ix_(asked, glad)] += 1
    often = (useful + RARE) / (len(letters) + 20 * RARE)
    beside = (both + FEW * often) / (needed[:, None] + FEW)
    return Company(
        tuple(terms),
        np.log((needed + RARE) / (len(letters) + 20 * RARE)).astype(np.float32),
        np.log(often).astype(np.float32),
        beside.astype(np.float32),
    )


def logistic(rows: Floats, truth: np.typing.NDArray[np.bool_]) -> Floats:
    """Weights by logistic regression (Newton's method), the last one standing alone."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    wide = np.c_[(rows - middle) / spread, np.ones(len(rows))].astype(np.float64)
    weights = np.zeros(wide.shape[1])
    held = np.r_[np.full(rows.shape[1], HELD), 1e-6]
    for _ in range(ROUNDS):
        share = 1 / (1 + np.exp(-wide @ weights))
        slope = wide.T @ (share - truth) + held * weights
        bend = (wide * (share * (1 - share))[:, None]).T @ wide + np.diag(held)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    plain = weights[:-1] / spread
    found: Floats = np.r_[plain, weights[-1] - plain @ middle].astype(np.float32)
    return found


def read_by(each: Weighed, weights: Weights, phrasing: Phrasing) -> Counter[str]:
    """What one letter adds to each figure, read as the program reads with these weights and turns of words."""
    known = Remembered(replace(each.sensed, weights=weights, phrases=each.lesson.scored(phrasing)))
    suggester = rules().with_sense(lambda: cast(Sense, known))
    return counted(each.letter, suggester.propose(each.letter.letter))


def say(letters: Sequence[Weighed], terms: Sequence[str], beside: Sequence[Lesson]) -> None:
    """Print the figures, each hand's letters read with weights that were learned on the others'."""
    chances: list[float] = []
    real: list[bool] = []
    whole: Counter[str] = Counter()
    for hand in sorted({each.letter.hand for each in letters}):
        named = fit([each for each in letters if each.letter.hand != hand], terms, beside)
        arrays = read_arrays(write_arrays(named, {}))
        weights, phrasing = Weights.of(arrays, tuple(terms)), Phrasing.of(arrays)
        mine = [each for each in letters if each.letter.hand == hand]
        found = sum((read_by(each, weights, phrasing) for each in mine), Counter())
        print(f"{hand}: {told(found)}", flush=True)
        whole += found
        chances += [float(likely(each.alarmed(phrasing), weights.danger)[0]) for each in mine]
        real += [each.lesson.danger for each in mine]
    print(f"all: {told(whole)}")
    _say_danger(chances, real)


def _say_danger(chances: Sequence[float], real: Iterable[bool]) -> None:
    yes = np.array(list(real))
    danger, safe = np.sort(np.array(chances)[yes]), np.array(chances)[~yes]
    for missed in (0, 1, 2, 4, 8, 12):
        flagged = int((safe >= danger[missed]).sum())
        print(
            f"danger {len(danger) - missed} of {len(danger)} from {danger[missed]:.3f} on: "
            f"false alarms {flagged} of {len(safe)}"
        )
