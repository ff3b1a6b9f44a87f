"""How far the sentence model may be trusted beside the rules: weights learned on letters that are new to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from letter_sets import Labelled

from peermatch.matching.suggest import Suggester
from peermatch.matching.suggesting.arrays import Floats
from peermatch.matching.suggesting.sense import Sense
from peermatch.matching.suggesting.topics import FIRST, LEAST_FIRST, LEAST_LATER, MOST
from peermatch.matching.suggesting.weighing import alarms, clues, likely
from peermatch.model.letter import Scope
from peermatch.services.shipped import load_cues, load_shipped

HELD = 1.0
"""How much a weight is held back towards nought."""
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Weighed:
    """A letter with a row of clues for each topic, and one about danger."""

    letter: Labelled
    terms: tuple[str, ...]
    clues: Floats
    alarm: Floats


@cache
def rules() -> Suggester:
    """The rules that the clues come from."""
    return Suggester(load_shipped().reference, load_cues())


def weighed(sense: Sense, letter: Labelled) -> Weighed:
    """What rules and model say of one letter."""
    found, alarm = rules().clues(letter.letter, sense)
    return Weighed(letter, tuple(found), clues(list(found.values())), alarms([alarm]))


def fit(letters: Sequence[Weighed]) -> dict[str, Floats]:
    """The weights by name."""
    asked = [each for each in letters if each.letter.scope == Scope.IN_SCOPE]
    rows = np.concatenate([each.clues for each in asked])
    needed = np.concatenate([[term in each.letter.needed for term in each.terms] for each in asked])
    helpful = np.concatenate([[term in each.letter.helpful for term in each.terms] for each in asked])
    danger = np.array([each.letter.danger is not None for each in letters])
    return {
        "weights.needed": logistic(rows, needed),
        "weights.useful": logistic(rows, needed | helpful),
        "weights.danger": logistic(np.concatenate([each.alarm for each in letters]), danger),
    }


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
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    found: Floats = np.r_[plain, weights[-1] - plain @ middle].astype(np.float32)
    return found


def say(letters: Sequence[Weighed]) -> None:
    """Print the figures, each hand's letters read with weights that were learned on the others'."""
    hands = sorted({each.letter.hand for each in letters})
    found: dict[str, float] = dict.fromkeys(("needed", "five", "all", "shown", "useful", "traps"), 0.0)
    chances: list[float] = []
    real: list[bool] = []
    for hand in hands:
        weights = fit([each for each in letters if each.letter.hand != hand])
        for each in (each for each in letters if each.letter.hand == hand):
            chances.append(float(likely(each.alarm, weights["weights.danger"])[0]))
            real.append(each.letter.danger is not None)
            if each.letter.scope == Scope.IN_SCOPE:
                _count(found, each, weights)
    print(
        f"{len(letters)} letters by {len(hands)} hands: needed {found['five'] / found['needed']:.0%} in the first "
        f"five, {found['all'] / found['needed']:.0%} in all; useful {found['useful'] / found['shown']:.0%} of "
        f"{found['shown']:.0f} shown; traps {found['traps']:.0f}"
    )
    danger, safe = (
        np.sort([p for p, yes in zip(chances, real, strict=True) if yes]),
        np.array(chances)[~np.array(real)],
    )
    for missed in (0, 1, 2, 4, 8, 12):
        flagged = int((safe >= danger[missed]).sum())
        print(
            f"danger {len(danger) - missed} of {len(danger)} from {danger[missed]:.3f} on: "
            f"false alarms {flagged} of {len(safe)}"
        )


def _count(found: dict[str, float], each: Weighed, weights: dict[str, Floats]) -> None:
    needed, useful = (likely(each.clues, weights[name]) for name in ("weights.needed", "weights.useful"))
    order = [int(row) for row in np.argsort(-needed)[:MOST]]
    shown = [
        each.terms[row]
        for place, row in enumerate(order)
        if useful[row] >= (LEAST_FIRST if place < FIRST else LEAST_LATER)
    ]
    found["needed"] += len(each.letter.needed)
    found["five"] += sum(term in shown[:5] for term in each.letter.needed)
    found["all"] += sum(term in shown for term in each.letter.needed)
    found["shown"] += len(shown)
    found["useful"] += sum(term in each.letter.needed + each.letter.helpful for term in shown)
    found["traps"] += sum(term in each.letter.must_not for term in shown)
