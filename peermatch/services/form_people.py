"""Whose an answer is: somebody on record by an address, somebody of another row, or as a person decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.matching.register import Register
from peermatch.matching.roster import named, reached_at
from peermatch.model.form import FormMapping
from peermatch.model.text import fold_address, fold_name
from peermatch.services.form_rows import Answer

NEW, LEAVE_OUT = "new", "leave-out"
"""What a mapping may decide about an answer besides the id of a record."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Who is on record, by address and by name: told by the columns, for a form asks about a few of very many."""

    register: Register

    def at(self, address: str) -> tuple[str, ...]:
        """Whoever is reached at an address."""
        return reached_at(self.register, fold_address(address))

    def called(self, name: str) -> tuple[str, ...]:
        """Whoever bears a name."""
        return named(self.register, fold_name(name))


def belongs_to(answer: Answer, decided: str, known: Known) -> str:
    """The id of whose answer it is; empty for somebody who is not on record, as far as anybody can tell."""
    if decided:
        return "" if decided in (NEW, LEAVE_OUT) else decided
    found = at_addresses(answer, known)
    return found[0] if len(found) == 1 else ""


def at_addresses(answer: Answer, known: Known) -> tuple[str, ...]:
    """Everybody on record with an address of the answer; more than one is for a person to decide."""
    ids = (id for each in answer.addresses for id in known.at(each))
    return tuple(dict.fromkeys(ids))


def perhaps(answer: Answer, known: Known) -> tuple[str, ...]:
    """Who on record it may be."""
    return at_addresses(answer, known) or known.called(str(answer.said.get("name", "")))


def newest(
    answers: Iterable[Answer], leaders: Mapping[int, Answer], mapping: FormMapping, known: Known
) -> dict[int, int]:
    """For each row the row that counts: the newest answer of the same person, whatever the order of the file."""
    owners: dict[int, str] = {}
    by_address: dict[str, str] = {}
    latest: dict[str, tuple[date, int, int]] = {}
    for answer in answers:
        leader = leaders[answer.number]
        folded = [fold_address(each) for each in leader.addresses]
        met = next((by_address[each] for each in folded if each in by_address), "")
        decided = mapping.people.get(leader.key, "")
        owner = belongs_to(leader, decided, known) or met or leader.key or str(answer.number)
        for each in folded:
            by_address.setdefault(each, owner)
        owners[answer.number] = owner
        this = (answer.day or date.max, answer.second, answer.number)
        latest[owner] = max(latest.get(owner, (date.min, 0, 0)), this)
    return {number: latest[owner][-1] for number, owner in owners.items()}
