"""Trains the sentence encoder and its heads on the invented passages and letters; needs PyTorch and an hour or two.

    python packaging/tune.py WEIGHTS OUT

WEIGHTS holds ``model.safetensors`` and ``vocab.txt`` as published (resources/suggest/sense/ORIGIN.txt). OUT gets three
models: two that half of the hands' letters were kept from, so that `teach` can learn how far a model may be trusted on
letters that are new to it, and ``final``, which ships. PyTorch (2.13 was used) stands in no lock file: nothing else
needs it, and ``teach`` makes the shipped files from what stands in OUT.
"""

import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from letter_sets import LEARNED_FOLDERS, ROOT, Labelled, to_learn_from
from make_encoder import published
from sense_torch import Heads, SentenceEncoder

from peermatch.matching.suggesting.cues import Cues
from peermatch.matching.suggesting.reading import read
from peermatch.matching.suggesting.sense import pairs_of, sentences_of
from peermatch.matching.suggesting.wordpiece import WordPieces
from peermatch.services.shipped import load_cues, load_shipped

EXAMPLES = ROOT / "resources" / "suggest" / "examples"
DANGERS = ("risk-first-hand", "risk-second-hand", "risk-plain")
# What names danger itself teaches nothing about what is harmless.
MAY_BE_DANGER = ("life.domestic-abuse", "mind.suicidality", "mind.self-harm", "treatment.sexual")
FIRST = ("first-hand", "second-hand", "later", *LEARNED_FOLDERS)
SECOND = ("third-hand", "fourth-hand", "later", *LEARNED_FOLDERS)
ROUNDS, PACE, HEADS_PACE = 2, 6e-5, 50
TOGETHER, LETTERS_TOGETHER, LONGEST, LONGEST_PAIR, MOST = 32, 3, 64, 96, 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in pieces: the number of its topic (past the last for none, -1 unknown), and its danger likewise."""

    pieces: tuple[int, ...]
    topic: int
    danger: int
    kind: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A letter in pieces, with what is true of it.

    Its sentences tell of topics, together with its subject of the desk, and by pairs, as it will be read, of danger.
    """

    sentences: list[tuple[int, ...]]
    subject: list[tuple[int, ...]]
    pairs: list[tuple[int, ...]]
    letter: Labelled

    @property
    def texts(self) -> list[tuple[int, ...]]:
        """All that is read of it, in the order of its parts."""
        return [*self.sentences, *self.subject, *self.pairs]


def topics() -> list[str]:
    """All topics that have passages."""
    vocabulary = load_shipped().reference.vocabulary
    named = {term for path in EXAMPLES.glob("*.toml") for term in _tables(path).get("yes", {})}
    return sorted(term for term in named if vocabulary.is_term(term))


def passages(cutter: WordPieces, terms: Sequence[str]) -> Iterator[Passage]:
    """All passages about topics and about danger, and what the vocabulary says of each topic."""
    number = {term: place for place, term in enumerate(terms)}
    known = load_shipped().reference.vocabulary.terms
    for path in sorted(EXAMPLES.glob("*.toml")):
        tables = _tables(path)
        for term, texts in tables.get("yes", {}).items():
            danger = -1 if term.startswith(MAY_BE_DANGER) else 0
            if term in number:
                yield from (_passage(cutter, text, number[term], danger) for text in texts)
        for texts in tables.get("near", {}).values():
            yield from (_passage(cutter, text, len(terms), 0) for text in texts)
    for term in terms:
        each = known[term]
        yield _passage(cutter, f"{each.label}. {each.description}", number[term], -1)
        yield _passage(cutter, ", ".join((each.label, *each.synonyms[:8])), number[term], -1)
    for name in DANGERS:
        tables = _tables(EXAMPLES / f"{name}.toml")
        for kind, texts in tables["risk"].items():
            yield from (_passage(cutter, text, -1, 1, kind) for text in texts)
        yield from (_passage(cutter, text, len(terms), 0) for text in tables["none"]["passages"])


def lessons(cutter: WordPieces, letters: Sequence[Labelled]) -> Iterator[Lesson]:
    """The letters, read as the program reads them."""
    stemmer = Cues.parse(load_cues()).language.stemmer
    for each in letters:
        own = [text for _, text in sentences_of(read(each.letter, stemmer))][:MOST]
        subject = [each.letter.subject] if each.letter.subject else []
        if own:
            yield Lesson(
                [cutter.cut(text)[:LONGEST] for text in own],
                [cutter.cut(text)[:LONGEST] for text in subject],
                [cutter.cut(text)[:LONGEST_PAIR] for _, text in pairs_of(own)],
                each,
            )


def train(folder: Path, learned: Sequence[Passage], letters: Sequence[Lesson], terms: Sequence[str]) -> Any:
    """An encoder with its heads, trained on passages and whole letters in turn."""
    torch.manual_seed(0)
    chance = random.Random(0)  # noqa: S311  # an order that is the same each time, no secret
    encoder = SentenceEncoder(published(folder))
    heads = Heads.begun(encoder, learned, len(terms))
    groups = [(encoder.trained(), PACE), (heads.trained(), PACE * HEADS_PACE)]
    steps = torch.optim.AdamW(
        [
            {"params": encoder.trained(), "weight_decay": 0.01},
            {"params": heads.trained(), "weight_decay": 0.0},
        ]
    )
    work = [batch for _ in range(ROUNDS) for batch in _round(learned, letters, chance)]
    for place, batch in enumerate(work, start=1):
        share = min(1.0, place / (0.1 * len(work))) * max(0.02, 1 - place / len(work))
        for group, (_, pace) in zip(steps.param_groups, groups, strict=True):
            group["lr"] = pace * share
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rows = encoder(_texts(batch))
        loss = (
            heads.of_letters(rows.float(), batch, terms)
            if isinstance(batch[0], Lesson)
            else heads.of_passages(rows.float(), batch)
        )
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.trained(), 1.0)
        steps.step()
    return {**encoder.named(), **heads.named()}


def _texts(batch: Sequence[Any]) -> list[Sequence[int]]:
    """What is read of some passages or letters."""
    return [
        pieces for each in batch for pieces in (each.texts if isinstance(each, Lesson) else [each.pieces])
    ]


def _round(learned: Sequence[Passage], letters: Sequence[Lesson], chance: random.Random) -> list[Any]:
    """One turn of everything: passages of about one length together, letters by threes, in an order by chance."""
    order = list(learned)
    chance.shuffle(order)
    wide = [
        sorted(order[at : at + 512], key=lambda each: len(each.pieces)) for at in range(0, len(order), 512)
    ]
    batches: list[Any] = [part[at : at + TOGETHER] for part in wide for at in range(0, len(part), TOGETHER)]
    turn = list(letters)
    chance.shuffle(turn)
    batches += [turn[at : at + LETTERS_TOGETHER] for at in range(0, len(turn), LETTERS_TOGETHER)]
    chance.shuffle(batches)
    return batches


def _tables(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _passage(cutter: WordPieces, text: str, topic: int, danger: int, kind: str = "") -> Passage:
    return Passage(cutter.cut(text)[:LONGEST], topic, danger, kind)


def main(words: list[str]) -> int:
    """Train the three models and keep their weights."""
    if len(words) != 2:
        print(__doc__)
        return 2
    folder, out = map(Path, words)
    cutter = WordPieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    terms = topics()
    learned = list(passages(cutter, terms))
    letters = list(lessons(cutter, to_learn_from()))
    hands = {each.letter.hand for each in letters}
    for name, chosen in {"first": set(FIRST), "second": set(SECOND), "final": hands}.items():
        mine = [each for each in letters if each.letter.hand in chosen]
        weights = train(folder, learned, mine, terms)
        np.savez(out / f"{name}.npz", terms=np.array(terms), **weights)
        print(f"{name}: {len(learned)} passages, {len(mine)} letters", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
