"""The answer to an enquiry, kept as numbers; suggestions and refusals become words when somebody reads them."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, overload

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.judging import Judged, Patterns, codes_in, judged, patterns
from peermatch.matching.question import Question, questions
from peermatch.matching.rarity import rare
from peermatch.matching.register import Register
from peermatch.matching.rules import GATES
from peermatch.matching.scoring import score, scored
from peermatch.matching.standings import Standings, id_places
from peermatch.model.enquiry import Enquiry
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, Refusal, Suggestion

T = TypeVar("T")
_BLOCK = 64


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Who passes and who is refused by what, for one enquiry on one day; rows are those of the register."""

    register: Register
    enquiry: Enquiry
    on: date
    policy: Policy
    judged: tuple[Judged, ...]
    standings: Standings
    rare: frozenset[int]
    # What is read now and then: made when it is first asked for.
    _patterns: list[tuple[Patterns, ...]] = field(default_factory=list)

    @classmethod
    def to(cls, register: Register, enquiry: Enquiry, on: date, policy: Policy) -> "Answer":
        """The answer of everybody in a register."""
        asked = tuple(questions(register, enquiry, on, policy))
        verdicts = judgements(register, asked)
        return cls(
            register,
            enquiry,
            on,
            policy,
            verdicts,
            standings(register, asked, verdicts),
            frozenset(rare(asked, [verdict.able for verdict in verdicts])),
        )

    @property
    def counts(self) -> tuple[tuple[Code, int], ...]:
        """How many each gate is the first to refuse, most first, then in the order of the gates."""
        numbers = [sum(each) for each in zip(*(verdict.counts for verdict in self.judged), strict=True)]
        found = [(gate.code, number) for gate, number in zip(GATES, numbers, strict=True) if number]
        return tuple(sorted(found, key=lambda pair: -pair[1]))

    @property
    def ambiguous(self) -> bool:
        """Whether the first two are about as near."""
        if len(self.standings) < 2:
            return False
        one, two = self.standings.scores[self.standings.first(2)[:2]].tolist()
        return bool(round(one - two, 9) <= self.policy.ambiguous)

    def refused(self) -> Rows:
        """The rows of all who are refused, in the order of their ids."""
        rows = [verdict.refused for verdict in self.judged]
        if len(rows) == 1:
            return rows[0]
        places = [id_places(self.register, each, number) for number, each in enumerate(rows)]
        order = np.argsort(np.concatenate(places), kind="stable")
        both: Rows = np.concatenate((rows[0], rows[1] + len(self.register.columns)))[order]
        return both

    def patterns(self) -> tuple[Patterns, ...]:
        """All gates that refuse each row, segment by segment."""
        if not self._patterns:
            self._patterns.append(tuple(patterns(question) for question in self.questions()))
        return self._patterns[0]

    def questions(self) -> tuple[Question, ...]:
        """The enquiry put to each segment once more, to read a few rows."""
        return tuple(questions(self.register, self.enquiry, self.on, self.policy))

    def suggestions(self, places: Rows) -> Iterator[Suggestion]:
        """Those who stand in these places of the columns of standings, in words."""
        rows = self.standings.rows[places]
        behind = len(self.register.columns)
        texts: dict[int, Suggestion] = {}
        for number, question in enumerate(self.questions()):
            start = behind * number
            own = np.sort(rows[(rows >= start) & (rows < start + len(question.segment))])
            scores = scored(question, own - start)
            for place, row in enumerate(own.tolist()):
                texts[row] = Suggestion(
                    question.segment.id(row - start),
                    float(scores.score[place]),
                    row in self.rare,
                    scores.reasons(place, row - start),
                )
        return (texts[row] for row in rows.tolist())

    def refusal(self, asked: Sequence[Question], row: int) -> Refusal:
        """Somebody who is refused, in words."""
        behind = row - len(self.register.columns)
        number, local = (0, row) if behind < 0 else (1, behind)
        codes = codes_in(int(self.patterns()[number][local]))
        question, gate = asked[number], GATES[int(self.judged[number].first[local])]
        return Refusal(question.segment.id(local), gate.code, codes, gate.sentence(question, local))


def judgements(register: Register, asked: Sequence[Question]) -> tuple[Judged, ...]:
    """Who passes of each segment; whoever stands in the first and has changed stands in the second."""
    gone: Rows = np.array(sorted(register.gone), dtype=np.intp)
    return tuple(judged(question, gone[:0] if number else gone) for number, question in enumerate(asked))


def standings(register: Register, asked: Sequence[Question], verdicts: Sequence[Judged]) -> Standings:
    """In which order those who pass would be asked."""
    rows = [verdict.passing for verdict in verdicts]
    starts = (0, len(register.columns))
    return Standings(
        rows=np.concatenate([each + start for each, start in zip(rows, starts, strict=False)]),
        scores=np.concatenate([score(q, each) for q, each in zip(asked, rows, strict=True)]),
        asked=np.concatenate([q.segment.work.last_asked[each] for q, each in zip(asked, rows, strict=True)]),
        ids=np.concatenate([id_places(register, each, number) for number, each in enumerate(rows)]),
    )


class _Read(Sequence[T]):
    """A list whose items are made when they are read; equal to any list of equal items."""

    __slots__ = ("_answer",)
    __hash__ = None  # type: ignore[assignment]  # as of any list: what is equal to a list has no hash

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    @abstractmethod
    def _made(self, places: range) -> Iterator[T]: ...

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        found = range(len(self))[place]
        if isinstance(found, range):
            return tuple(self._made(found))
        return next(self._made(range(found, found + 1)))

    def __iter__(self) -> Iterator[T]:
        for start in range(0, len(self), _BLOCK):
            yield from self._made(range(len(self))[start : start + _BLOCK])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {len(self)}"


class Suggestions(_Read[Suggestion]):
    """Who may be asked, nearest first."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(self._answer.standings)

    def _made(self, places: range) -> Iterator[Suggestion]:
        if not places:
            return iter(())
        order = self._answer.standings.first(max(places) + 1)
        return self._answer.suggestions(order[places])


class Refusals(_Read[Refusal]):
    """Who is not suggested, in the order of ids."""

    __slots__ = ("_rows",)

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self._rows: list[Rows] = []

    def __len__(self) -> int:
        return sum(number for _, number in self._answer.counts)

    def _made(self, places: range) -> Iterator[Refusal]:
        if not self._rows:
            self._rows.append(self._answer.refused())
        asked = self._answer.questions()
        return (self._answer.refusal(asked, row) for row in self._rows[0][places].tolist())
