"""Trains the heads of the sentence model on the invented passages, and says how well they do on passages held back.

    .venv/bin/python packaging/teach.py            make resources/suggest/sense/heads.bin anew (about three minutes)
    .venv/bin/python packaging/teach.py --measure  print how the letters in tests/letters are read, change nothing

Every step is fixed: the same passages and the same encoder give the same heads, but for the last digits, in which
processors differ. Topics are trained on passages that
are about them, against those about others and those that only sound like it; danger on passages by two hands, so that
each hand's can be told by what was learned from the other's.
"""

import hashlib
import re
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from measure_letters import measure

from peermatch.matching.suggesting.arrays import Array, Floats, write_arrays
from peermatch.matching.suggesting.encoder import WIDTH, Encoder
from peermatch.matching.suggesting.sense import ANY
from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import RiskKind
from peermatch.services.shipped import load_shipped

ROOT = Path(__file__).resolve().parent.parent
SENSE = ROOT / "resources" / "suggest" / "sense"
EXAMPLES = ROOT / "resources" / "suggest" / "examples"
HANDS = ("risk-first-hand", "risk-second-hand", "risk-plain")
FOLDS = 5
# How much a head is held back, how often it is improved, and how much more a passage that is about it counts.
TOPIC_TRAINING = (2.0, 200, 8.0)
DANGER_TRAINING = (3.0, 200, 1.0)
TOPIC_STRETCH, DANGER_STRETCH = 6.0, 5.0
# A topic's head is the middle of its passages and its description, sharpened by what sets it apart from the others.
MIDDLE, NEARNESS = 1.5, 1 / 0.3

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Passages as points, each with the number of its class and whether it belongs to it."""

    points: Floats
    classes: Numbers
    belongs: npt.NDArray[np.bool_]

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Lesson":
        """Some of the passages."""
        return Lesson(self.points[chosen], self.classes[chosen], self.belongs[chosen])


def logistic(points: Floats, truth: Floats, hold: float, rounds: int, weight: float) -> tuple[Floats, Floats]:
    """Linear heads by logistic loss, all at once, by Adam's steps that grow smaller."""
    count, width = points.shape
    slopes = np.zeros((width + 1, truth.shape[1]), dtype=np.float32)
    slopes[-1] = -1.0
    first, second = np.zeros_like(slopes), np.zeros_like(slopes)
    held = np.full((width + 1, 1), hold / count, dtype=np.float32)
    held[-1] = 0.0
    wide = np.concatenate([points, np.ones((count, 1), dtype=np.float32)], axis=1)
    share = np.where(truth > 0, np.float32(weight), np.float32(1.0)) / np.float32(count)
    for step in range(1, rounds + 1):
        away = (1.0 / (1.0 + np.exp(-(wide @ slopes))) - truth) * share
        slope = wide.T @ away.astype(np.float32) + held * slopes
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        pace = 0.1 * (1 - step / rounds) + 0.002
        slopes -= (
            pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + np.float32(1e-8))
        ).astype(np.float32)
    return slopes[:-1], slopes[-1]


def topic_heads(lesson: Lesson, described: Floats, listed: Floats) -> tuple[Floats, Floats]:
    """The heads of all topics, from passages and from what the vocabulary says of them."""
    many = len(described)
    about = lesson.where(lesson.belongs)
    middles = np.stack([about.points[about.classes == number].mean(axis=0) for number in range(many)])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    points = np.concatenate([lesson.points, described, described, listed, listed])
    truth = np.zeros((len(points), many), dtype=np.float32)
    rows = np.flatnonzero(lesson.belongs)
    truth[rows, lesson.classes[rows]] = 1
    for copy in range(4):
        begin = len(lesson.points) + copy * many
        truth[np.arange(begin, begin + many), np.arange(many)] = 1
    slopes, bias = logistic(points * np.float32(TOPIC_STRETCH), truth, *TOPIC_TRAINING)
    near = (MIDDLE * middles + described + listed).T * np.float32(NEARNESS)
    return (near + slopes * np.float32(TOPIC_STRETCH / 2)).astype(np.float32), bias * np.float32(0.5)


def danger_heads(points: Floats, truth: Floats) -> tuple[Floats, Floats]:
    """The heads of danger of any kind and of each kind."""
    slopes, bias = logistic(points * np.float32(DANGER_STRETCH), truth, *DANGER_TRAINING)
    return slopes * np.float32(DANGER_STRETCH), bias


def topics_lesson(encoder: Encoder, vocabulary: Vocabulary) -> tuple[list[str], Lesson, Floats, Floats]:
    """All topics that have passages, the passages, and what the vocabulary says of each topic."""
    about: dict[str, list[str]] = {}
    near: dict[str, list[str]] = {}
    for path in sorted(EXAMPLES.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        about |= tables.get("yes", {})
        near |= tables.get("near", {})
    terms = sorted(term for term in about if vocabulary.is_term(term))
    passages = [
        (text, number, table is about)
        for number, term in enumerate(terms)
        for table in (about, near)
        for text in table.get(term, [])
    ]
    known = [vocabulary.terms[term] for term in terms]
    lesson = Lesson(
        encoder.encode([text for text, _, _ in passages]),
        np.array([number for _, number, _ in passages]),
        np.array([belongs for _, _, belongs in passages]),
    )
    described = encoder.encode([f"{term.label}. {term.description}" for term in known])
    listed = encoder.encode([", ".join((term.label, *term.synonyms[:8])) for term in known])
    return terms, lesson, described, listed


def dangers_lesson(encoder: Encoder) -> tuple[Floats, Floats, Numbers]:
    """The passages about danger: points, what is true of each, and whose hand it is by."""
    texts: list[str] = []
    kinds: list[str] = []
    hands: list[int] = []
    for hand, name in enumerate(HANDS):
        tables = tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
        groups = {**tables["risk"], "": tables["none"]["passages"]}
        for kind, passages in groups.items():
            texts += passages
            kinds += [kind] * len(passages)
            hands += [hand] * len(passages)
    truth = [[bool(kind), *(kind == each.value for each in RiskKind)] for kind in kinds]
    return encoder.encode(texts), np.array(truth, dtype=np.float32), np.array(hands)


def say_topics(lesson: Lesson, described: Floats, listed: Floats) -> None:
    """How often a passage held back finds its topic among the first of all topics."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(lesson.points))
    places: list[int] = []
    for number in range(FOLDS):
        slopes, bias = topic_heads(lesson.where(fold != number), described, listed)
        held = lesson.where((fold == number) & lesson.belongs)
        scores = held.points @ slopes + bias
        own = scores[np.arange(len(scores)), held.classes]
        places += list((scores > own[:, None]).sum(axis=1))
    found = {first: np.mean([place < first for place in places]) for first in (1, 3, 5, 10)}
    said = ", ".join(f"{share:.0%} among the first {first}" for first, share in found.items())
    print(f"Topics, {len(places)} passages, {FOLDS} folds, of {len(described)} topics: {said}")


def say_dangers(points: Floats, truth: Floats, hands: Numbers) -> None:
    """How well one hand's passages about danger are told by what was learned from the other's."""
    for hand, name in enumerate(HANDS[:2]):
        slopes, bias = danger_heads(points[hands != hand], truth[hands != hand])
        scores = (points[hands == hand] @ slopes + bias)[:, 0]
        real = truth[hands == hand][:, 0] > 0
        safe = np.sort(scores[~real])[::-1]
        shares = [
            f"{(scores[real] > safe[int(rate * len(safe))]).mean():.0%} at {rate:.0%} false alarms"
            for rate in (0.05, 0.1, 0.2)
        ]
        print(f"Danger, {name} from the other hand: {', '.join(shares)}")


def teach() -> None:
    """Make heads.bin anew and print what passages held back say of it."""
    vocabulary = load_shipped().reference.vocabulary
    encoder = Encoder((SENSE / "encoder.bin").read_bytes())
    terms, lesson, described, listed = topics_lesson(encoder, vocabulary)
    points, truth, hands = dangers_lesson(encoder)
    say_topics(lesson, described, listed)
    say_dangers(points, truth, hands)
    topics, topics_bias = topic_heads(lesson, described, listed)
    dangers, dangers_bias = danger_heads(points, truth)
    named: dict[str, Array] = {
        "terms": lines(terms),
        "kinds": lines([ANY, *RiskKind]),
        "topics": topics.astype(np.float16),
        "topics.bias": topics_bias.astype(np.float16),
        "dangers": dangers.astype(np.float16),
        "dangers.bias": dangers_bias.astype(np.float16),
    }
    content = write_arrays(named, {"width": WIDTH, "passages": len(lesson.points) + len(points)})
    (SENSE / "heads.bin").write_bytes(content)
    note_sum(SENSE / "ORIGIN.txt", content)
    print(f"heads.bin: {len(content):,} bytes")


def note_sum(note: Path, content: bytes) -> None:
    """Write the sum of the new heads where it is said what the files are."""
    said = re.sub(
        r"(heads\.bin +SHA-256) \S+", rf"\1 {hashlib.sha256(content).hexdigest()}", note.read_text("utf-8")
    )
    note.write_text(said, encoding="utf-8")


def lines(texts: Sequence[str]) -> Array:
    """Lines of text as bytes."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def main(words: list[str]) -> int:
    """Do what the first word says."""
    if words not in ([], ["--measure"]):
        print(__doc__)
        return 2
    if words:
        measure()
    else:
        teach()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
