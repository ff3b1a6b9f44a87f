"""A network of invented people of any size, always the same for a size: what everything here is measured on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

import numpy as np

from peermatch.matching.register import Register
from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
from peermatch.model.introduction import Introduction, State
from peermatch.model.packed import Packer, layout
from peermatch.model.packed_words import Words
from peermatch.model.people import Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.model.reference import Reference

DAY = date(2026, 11, 20)
WORDINGS = (Wording("narrow", "This."), Wording("wide", "This and all below.", covers_narrower=True))
TRAINEES = 400
"""So many addresses of trainees are about, for relations, barred pairs and enquiries to meet now and then."""
LARGEST = 100_000
"""People are made one by one up to here; more are copies of these under ids of their own."""

_HELD = (3, 13)
_STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class People:
    """A network as values, and its lists."""

    reference: Reference
    supporters: tuple[Supporter, ...]
    introductions: tuple[Introduction, ...]
    barred: tuple[Barred, ...]

    def register(self) -> Register:
        """The register that the program keeps of them."""
        return Register.build(self.reference, self.supporters, self.introductions, self.barred, WORDINGS)


def trainee(number: int) -> str:
    """The address of a trainee."""
    return f"trainee{number}@example.org"


def popular(reference: Reference) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """The terms, and how often each is held: few are common, many are rare (Zipf)."""
    terms = list(reference.vocabulary.terms)
    Random(3).shuffle(terms)
    often = 1.0 / (np.arange(len(terms)) + 4.0) ** 0.9
    return terms, often / often.sum()


def people(reference: Reference, count: int, seed: int = 7) -> People:
    """So many supporters with what was recorded of them."""
    chance = Random(f"{seed} {count}")
    held = _held(reference, count, seed)
    maker = _Maker(reference, chance)
    supporters = tuple(maker.supporter(number, topics) for number, topics in enumerate(held))
    barred = tuple(
        Barred(trainee(chance.randrange(TRAINEES)), chance.choice(supporters).id)
        for _ in range(count // 50 + 1)
    )
    return People(reference, supporters, tuple(_introductions(supporters, chance)), barred)


def _held(reference: Reference, count: int, seed: int) -> list[tuple[str, ...]]:
    """Which characteristics each lists, 7.5 on the average."""
    terms, often = popular(reference)
    dice = np.random.default_rng([seed, count])
    # The greatest of u ** (1 / weight) are a sample without repetition by weight.
    sizes = dice.integers(*_HELD, count).tolist()
    found: list[tuple[str, ...]] = []
    for start in range(0, count, 10_000):
        several = sizes[start : start + 10_000]
        keys = np.log(dice.random((len(several), len(terms)), dtype=np.float32)) / often.astype(np.float32)
        best = np.argpartition(-keys, _HELD[1], axis=1)[:, : _HELD[1]]
        order = np.argsort(np.take_along_axis(-keys, best, axis=1), axis=1)
        rows = np.take_along_axis(best, order, axis=1).tolist()
        found += [tuple(terms[code] for code in row[:size]) for row, size in zip(rows, several, strict=True)]
    return found


class _Maker:
    """Makes people by chance."""

    def __init__(self, reference: Reference, chance: Random) -> None:
        self._chance = chance
        organisations = reference.organisations
        self._organisations = [*organisations.organisations, *organisations.sites]
        self._specialties = list(reference.specialties.specialties)
        self._grades = list(reference.grades.grades)
        self._terms = list(reference.vocabulary.terms)

    def supporter(self, number: int, topics: Sequence[str]) -> Supporter:
        """A supporter of this number."""
        chance, id = self._chance, f"S-0{number:06d}"
        some = chance.random
        joined = DAY - timedelta(chance.randrange(30, 900))
        return Supporter(
            id=id,
            name=f"Person {number}",
            email=f"s{number}@example.org",
            other_emails=(f"second{number}@example.org",) if some() < 0.1 else (),
            prefers=chance.choice((None, *Channel)),
            languages=("en", chance.choice(("cy", "fr", "ur", "pl", "hi"))) if some() < 0.2 else ("en",),
            grade=chance.choice(self._grades) if some() < 0.95 else None,
            specialty=chance.choice(self._specialties) if some() < 0.95 else None,
            organisation=chance.choice(self._organisations) if some() < 0.9 else None,
            place="Preston" if some() < 0.1 else None,
            programmes=("peer-support",) if some() < 0.95 else ("return-to-work",),
            status=SupporterStatus.ACTIVE if some() < 0.92 else chance.choice(tuple(SupporterStatus)),
            paused_until=DAY + timedelta(chance.randrange(-90, 90)) if some() < 0.06 else None,
            available_from=joined if some() < 0.3 else None,
            available_until=DAY + timedelta(chance.randrange(-60, 600)) if some() < 0.3 else None,
            capacity=chance.randrange(0, 6) if some() < 0.1 else chance.randrange(1, 6),
            boundaries=self._boundaries() if some() < 0.3 else Boundaries(),
            relations=self._relations(joined) if some() < 0.02 else (),
            characteristics=tuple(topics),
            consents=(_given(Purpose.HOLD, None, joined, chance), *self._matching(topics, joined)),
        )

    def _boundaries(self) -> Boundaries:
        chance, some = self._chance, self._chance.random
        return Boundaries(
            same_organisation=some() < 0.5,
            same_specialty=some() < 0.8,
            organisations=(chance.choice(self._organisations),) if some() < 0.2 else (),
            specialties=(chance.choice(self._specialties),) if some() < 0.2 else (),
            topics=(chance.choice(self._terms),) if some() < 0.2 else (),
        )

    def _relations(self, start: date) -> tuple[Relation, ...]:
        until = DAY + timedelta(self._chance.randrange(-100, 400)) if self._chance.random() < 0.5 else None
        return (Relation(trainee(self._chance.randrange(TRAINEES)), "trainer", start, until),)

    def _matching(self, topics: Sequence[str], joined: date) -> Iterator[ConsentRecord]:
        """Consent to be found by most of what is listed; some was withdrawn, and some of that given again."""
        for topic in topics:
            if self._chance.random() < 0.07:
                continue
            record = _given(Purpose.MATCH, topic, joined, self._chance)
            yield record
            if record.withdrawn and self._chance.random() < 0.3:
                yield _record(Purpose.MATCH, topic, record.withdrawn, None, None, "narrow")


def _given(purpose: Purpose, topic: str | None, joined: date, chance: Random) -> ConsentRecord:
    """Consent for two years and a half, which a few have withdrawn and some have let run out."""
    kind = chance.random()
    length = 180 if kind > 0.97 else 912
    past = min(400, (DAY - joined).days + 1)  # nobody withdraws on a day that has not come
    withdrawn = joined + timedelta(chance.randrange(1, past)) if kind < 0.04 else None
    wording = "wide" if topic and 0.04 < kind < 0.07 else "narrow"
    return _record(purpose, topic, joined, joined + timedelta(length), withdrawn, wording)


@cache
def _record(
    purpose: Purpose,
    topic: str | None,
    given: date,
    expires: date | None,
    withdrawn: date | None,
    wording: str,
) -> ConsentRecord:
    """Equal records are one: there are not so many different ones."""
    return ConsentRecord(purpose, topic, given, expires, withdrawn, Method.FORM, wording)


def _introductions(supporters: Sequence[Supporter], chance: Random) -> Iterator[Introduction]:
    """Four for every ten supporters, of the last two years, for enquiries that were answered before."""
    for number in range(len(supporters) * 4 // 10):
        who = chance.choice(supporters)
        asked = DAY - timedelta(chance.randrange(0, 730))
        yield Introduction(f"E-9{number:06d}", who.id, chance.choice(_STATES), asked)


@dataclass(frozen=True, slots=True)
class Chunked:
    """A network as the store keeps it for matching."""

    chunks: tuple[bytes, ...]
    words: Words
    barred: tuple[Barred, ...]

    def register(self, reference: Reference) -> Register:
        """The register that the program keeps of them."""
        return Register.of_chunks(reference, self.chunks, self.words, self.barred, WORDINGS)


def chunked(network: People, copies: int = 1) -> Chunked:
    """A network packed; several times over, with an id of its own for each copy of a person (up to ten)."""
    words = Words()
    rules = Register.build(network.reference, (), (), (), WORDINGS).rules
    steps: defaultdict[str, list[Introduction]] = defaultdict(list)
    for each in network.introductions:
        steps[each.supporter].append(each)
    chunks = list(Packer(rules, words).chunks(network.supporters, steps))
    return Chunked(
        chunks=tuple(_renamed(chunk, copy) for copy in range(copies) for chunk in chunks),
        words=words,
        barred=tuple(
            Barred(each.enquirer, copied(each.supporter, copy))
            for copy in range(copies)
            for each in network.barred
        ),
    )


def copied(id: str, copy: int) -> str:
    """The id of somebody's copy; the first copy is the person."""
    return f"{id[:2]}{copy}{id[3:]}"


def _renamed(chunk: bytes, copy: int) -> bytes:
    """The chunk of the same people under the ids of their copies."""
    parts = layout(chunk)
    ids = bytes(parts.sections["id"])
    width = parts.id_width
    renamed = b"".join(
        ids[start : start + 2] + str(copy).encode() + ids[start + 3 : start + width]
        for start in range(0, len(ids), width)
    )
    start = chunk.index(ids)
    return chunk[:start] + renamed + chunk[start + len(ids) :]
