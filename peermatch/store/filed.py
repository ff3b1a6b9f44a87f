"""All enquiries as their rows stand, column by column: one is made of them when somebody looks at it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from peermatch.model.enquiry import Enquiry
from peermatch.store.bands import batches
from peermatch.store.many import ENQUIRY, OF_ENQUIRY, OF_REQUESTER, REQUESTER, Made, enquiry_of
from peermatch.store.transaction import Transaction

_MAKES: Mapping[str, Callable[[Any], Any]] = {**OF_ENQUIRY, **OF_REQUESTER}
# As the rows lie: to let the file sort so much in memory that is locked and wiped took half as long again.
_ROWS = " ".join(("SELECT position,", ",".join(ENQUIRY), "FROM enquiry"))
_PEOPLE = " ".join(("SELECT", ",".join(REQUESTER), "FROM requester"))
_OWN = frozenset({"position", "reference", "letter", "risk_done", "enquiry", "name", "email", "phone"})
"""What no two enquiries share: it stays as it is."""
LATE = ("needs", "exclusions")
"""What hardly two share and takes time to take apart: it stays as it is written until somebody looks."""


@dataclass(frozen=True, slots=True, eq=False)
class Filed:
    """Every enquiry of a file, in the order in which they came, by its place in that.

    What many have in common is there once, and so are their days and choices; of `LATE` there is the text alone.
    """

    columns: Mapping[str, Sequence[Any]]

    @classmethod
    def none(cls) -> "Filed":
        """Those of no file."""
        return cls(dict.fromkeys((*ENQUIRY, *REQUESTER[1:]), ()))

    def __len__(self) -> int:
        return len(self.columns["reference"])

    def wanted(self, places: Iterable[int]) -> Iterator[tuple[str, ...]]:
        """The topics that some of them ask for, of each as `Enquiry.wanted` says it."""
        needs = self.columns["needs"]
        said = json.loads(f"[{','.join([needs[place] for place in places])}]")
        return (tuple([topic for topic, _ in each]) for each in said)

    def made(self, places: Iterable[int]) -> Iterator[Enquiry]:
        """Some of them, whole."""
        late = {name: Made(_MAKES[name]) for name in LATE}
        columns = tuple((late.get(name), column) for name, column in self.columns.items())
        for place in places:
            cells = [column[place] if made is None else made[column[place]] for made, column in columns]
            yield enquiry_of(cells[: len(ENQUIRY)], cells[len(ENQUIRY) :])


def filed(tx: Transaction) -> Filed:
    """All that are held."""
    people, rows = _columns(tx, _PEOPLE, REQUESTER), _columns(tx, _ROWS, ("position", *ENQUIRY))
    positions, theirs = rows.pop("position"), people.pop("enquiry")
    if positions != sorted(positions):
        rows = _in_order(rows, sorted(range(len(positions)), key=positions.__getitem__))
    if theirs != rows["reference"]:
        places = {reference: place for place, reference in enumerate(theirs)}
        people = _in_order(people, [places[reference] for reference in rows["reference"]])
    return Filed({**rows, **people})


def _columns(tx: Transaction, statement: str, names: Sequence[str]) -> dict[str, list[Any]]:
    """All rows of a table, so many at once: what is there many times over goes before the next ones come."""
    columns: list[list[Any]] = [[] for _ in names]
    turns = [_turn(name) for name in names]
    for rows in batches(tx, statement):
        for column, turn, cells in zip(columns, turns, zip(*rows, strict=True), strict=True):
            first = cells[0]
            # As where hardly anybody says anything: to look each cell up would take five times as long.
            if first == cells[-1] and cells.count(first) == len(cells):
                column.extend(repeat(turn(first) if turn else first, len(cells)))
            else:
                column.extend(map(turn, cells) if turn else cells)
    return dict(zip(names, columns, strict=True))


def _turn(name: str) -> Callable[[Any], Any] | None:
    """What a cell stands for, and the same value for equal ones; nothing where it stays as it is."""
    if name in _OWN:
        return None
    make = _MAKES.get(name) if name not in LATE else None
    return Made(make or _itself).__getitem__


def _itself(cell: Any) -> Any:
    return cell


def _in_order(columns: Mapping[str, Sequence[Any]], order: Iterable[int]) -> dict[str, list[Any]]:
    places = tuple(order)
    return {name: [column[place] for place in places] for name, column in columns.items()}
