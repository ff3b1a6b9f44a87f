"""What somebody had agreed to on a day, as it can be proved: each yes with its words, its day and how it was given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peermatch.model.asking import WHOLE_RECORD
from peermatch.model.consent import ConsentGate, ConsentRecord, Purpose, Standing, Wording
from peermatch.model.dates import in_words


@dataclass(frozen=True, slots=True)
class ProofLine:
    """How one purpose stood on that day, and the act of consent that it rests on."""

    purpose: Purpose
    characteristic: str | None
    standing: Standing
    record: ConsentRecord

    @property
    def refused(self) -> bool:
        """Whether they were asked and said no from the first: they never agreed to it."""
        return self.record.refused

    def said(self, day: date) -> str:
        """How it stood on that day, and whether it was taken back later."""
        record = self.record
        if self.refused:
            return f"said no on {in_words(record.given)}"
        if self.standing is Standing.WITHDRAWN and record.withdrawn is not None:
            return f"taken back on {in_words(record.withdrawn)}"
        if self.standing is Standing.ENDED and record.expires is not None:
            return f"ended on {in_words(record.expires)}"
        until = f"yes, until {in_words(record.expires)}" if record.expires else "yes, without an end"
        if record.withdrawn is not None and record.withdrawn > day:
            return f"{until}; taken back later, on {in_words(record.withdrawn)}"
        return until


@dataclass(frozen=True, slots=True)
class Proof:
    """The record of one person on one day; ``made`` is the day on which it is looked at."""

    supporter: str
    name: str
    network: str
    controller: str
    day: date
    made: date
    lines: tuple[ProofLine, ...]
    wordings: tuple[Wording, ...]
    missing: tuple[str, ...] = ()
    """Wordings that a record names and the network does not hold."""
    files: tuple[str, ...] = ()

    @property
    def agreed(self) -> tuple[ProofLine, ...]:
        """What held on that day."""
        return tuple(each for each in self.lines if each.standing is Standing.VALID)

    @property
    def no_more(self) -> tuple[ProofLine, ...]:
        """What had ended or had been taken back by then."""
        return tuple(each for each in self.lines if each.standing is not Standing.VALID)


def proof_lines(records: tuple[ConsentRecord, ...], gate: ConsentGate) -> tuple[ProofLine, ...]:
    """How everything stood that they were ever asked for up to that day; topics in the order in which they came."""
    asked = dict.fromkeys((r.purpose, r.characteristic) for r in records if r.given <= gate.on)
    order = {purpose: place for place, purpose in enumerate((*WHOLE_RECORD, *Purpose))}
    topics = {topic: place for place, topic in enumerate(dict.fromkeys(topic for _, topic in asked if topic))}
    ordered = sorted(asked, key=lambda each: (topics.get(each[1] or "", -1), order[each[0]]))
    rulings = ((purpose, topic, gate.ruling(purpose, topic)) for purpose, topic in ordered)
    return tuple(ProofLine(p, t, r.standing, r.record) for p, t, r in rulings if r.record is not None)


def wordings_of(
    lines: Iterable[ProofLine], held: Iterable[Wording]
) -> tuple[tuple[Wording, ...], tuple[str, ...]]:
    """The wordings that the lines rest on, in full, and the ids of those that are not held."""
    named = dict.fromkeys(each.record.wording for each in lines)
    known = {each.id: each for each in held}
    return tuple(known[id] for id in named if id in known), tuple(id for id in named if id not in known)
