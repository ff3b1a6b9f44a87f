"""Makes the sentence model that ships from the models that `tune` trained, and learns how far it may be trusted.

    .venv/bin/python packaging/teach.py TUNED      make resources/suggest/sense/*.bin anew (minutes)
    .venv/bin/python packaging/teach.py --again    learn anew how far the models that ship may be trusted (minutes)
    .venv/bin/python packaging/teach.py --measure  print how the letters in tests/letters are read, change nothing

TUNED holds ``first.npz``, ``second.npz`` and ``final.npz``, and ``vocab.txt`` as published. The weights that bring the
rules and the model together are learned on letters by hands that the first or the second model has not seen: on those
that it was trained on, a model looks better than it is. What they made of them is
kept (`unseen`), and is all that ``--again`` needs. The figures printed are by cross-validation over the hands.
"""

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import topic_turns
import unseen
from letter_sets import LEARNED_FOLDERS, NEW_FOLDERS, ROOT, Labelled, fresh, to_learn_from
from make_encoder import make
from measure_letters import measure
from weighing_letters import asked, fit, lesson, read_by_rules, say, turned, without

from peermatch.matching.suggesting.arrays import Array, Arrays, read_arrays, write_arrays
from peermatch.matching.suggesting.sense import ANY, Sense, Sensed
from peermatch.model.enquiry import RiskKind

SENSE = ROOT / "resources" / "suggest" / "sense"
UNSEEN = {
    "first": ("third-hand", "fourth-hand", "sixth-hand", "seventh-hand"),
    "second": ("first-hand", "second-hand"),
    "final": NEW_FOLDERS,
}
"""The hands whose letters a model was not trained on (the fifth hand's are about desks, and say little of topics)."""
READ_BY = {**UNSEEN, "final": (*NEW_FOLDERS, *LEARNED_FOLDERS)}
"""The hands whose letters are kept as a model reads them: those that all models know still say how things are put."""
OF_LETTERS = ("weights.", "company.")
"""How the names begin of what is learned on letters that are new to the model."""


def heads(tuned: dict[str, Array], weights: dict[str, Array]) -> bytes:
    """The bytes of heads.bin."""
    named: dict[str, Array] = {
        "terms": lines([str(term) for term in tuned["terms"]]),
        "kinds": lines([ANY, *RiskKind]),
        **{name: tuned[name].astype(np.float16) for name in ("topics", "dangers", "desks")},
        **{
            f"{name}.bias": tuned[f"{name}.bias"].astype(np.float32)
            for name in ("topics", "dangers", "desks")
        },
        **{
            name: weight.astype(np.float16 if weight.ndim > 1 else np.float32)
            if name.startswith(OF_LETTERS)
            else weight
            for name, weight in weights.items()
        },
    }
    return write_arrays(named, {})


def of_unseen(folder: Path, pieces: list[str], letters: Sequence[Labelled]) -> list[tuple[Labelled, Sensed]]:
    """What the models make of letters that they do not know, and of those beside them."""
    found = []
    for name, hands in READ_BY.items():
        tuned = read(folder / f"{name}.npz")
        sense = Sense(make(tuned, pieces), heads(tuned, without(len(tuned["terms"]))))
        found += [(each, sense.read(read_by_rules(each))) for each in letters if each.hand in hands]
    return found


def teach(folder: Path) -> None:
    """Make encoder.bin and heads.bin anew, and print the figures of the letters that the models had not seen."""
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    unseen.PLACE.write_bytes(unseen.write(of_unseen(folder, pieces, [*to_learn_from(), *fresh()])))
    tuned = read(folder / "final.npz")
    ship("encoder.bin", make(tuned, pieces))
    ship("heads.bin", heads(tuned, weights(kept(), [str(term) for term in tuned["terms"]])))


def again() -> None:
    """Make heads.bin anew with the heads that ship, and print the figures of the letters."""
    shipped = read_arrays((SENSE / "heads.bin").read_bytes())
    ship("heads.bin", heads(as_tuned(shipped), weights(taken_in(shipped), shipped.lines("terms"))))


def taken_in(shipped: Arrays) -> list[tuple[Labelled, Sensed]]:
    """All that is kept, after noting what the model that ships makes of letters that came after it was trained."""
    seen = kept()
    known = {(each.hand, each.name) for each, _ in seen}
    new = [each for each in fresh() if (each.hand, each.name) not in known]
    if not new:
        return seen
    none = without(len(shipped.lines("terms")))
    sense = Sense((SENSE / "encoder.bin").read_bytes(), heads(as_tuned(shipped), none))
    unseen.PLACE.write_bytes(unseen.write(seen + [(each, sense.read(read_by_rules(each))) for each in new]))
    return kept()  # with the steps that it is kept in, as it will be read the next time


def kept() -> list[tuple[Labelled, Sensed]]:
    """What the models made of letters that they did not know, and of those beside them."""
    return unseen.read([*to_learn_from(), *fresh()])


def weights(rows: Sequence[tuple[Labelled, Sensed]], terms: Sequence[str]) -> dict[str, Array]:
    """How far the models may be trusted, learned on letters that they did not know; prints the figures."""
    known = [each for each in rows if each[0].hand in LEARNED_FOLDERS]
    seen = unseen.levelled([each for each in rows if each[0].hand not in LEARNED_FOLDERS], UNSEEN, "final")
    told, beside = [asked(*each) for each in known], [lesson(*each) for each in known]
    letters = turned(seen, terms, told)
    say(letters, terms, beside)
    said = topic_turns.learned([*told, *(asked(*each) for each in seen)], terms)
    return {**fit(letters, terms, beside), **said}


def as_tuned(shipped: Arrays) -> dict[str, Array]:
    """The heads that ship, as `tune` keeps them."""
    names = [each + bias for each in ("topics", "dangers", "desks") for bias in ("", ".bias")]
    return {"terms": np.array(shipped.lines("terms")), **{name: shipped.named[name] for name in names}}


def ship(name: str, content: bytes) -> None:
    """Lay a file where the program takes it from."""
    (SENSE / name).write_bytes(content)
    note_sum(SENSE / "ORIGIN.txt", name, content)
    print(f"{name}: {len(content):,} bytes")


def read(path: Path) -> dict[str, Array]:
    """The arrays that `tune` kept."""
    with np.load(path) as found:
        return {name: found[name] for name in found.files}


def note_sum(note: Path, name: str, content: bytes) -> None:
    """Write the sum of a new file where it is said what the files are."""
    said = re.sub(
        rf"({re.escape(name)} +SHA-256) \S+",
        rf"\1 {hashlib.sha256(content).hexdigest()}",
        note.read_text("utf-8"),
    )
    note.write_text(said, encoding="utf-8")


def lines(texts: Sequence[str]) -> Array:
    """Lines of text as bytes."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def main(words: list[str]) -> int:
    """Do what the word says."""
    if len(words) != 1:
        print(__doc__)
        return 2
    if words == ["--measure"]:
        measure()
    elif words == ["--again"]:
        again()
    else:
        teach(Path(words[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
