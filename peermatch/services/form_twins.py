"""Answers of one name without an address: whether they are of one person is asked, never guessed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from peermatch.model.form import FormMapping
from peermatch.model.text import fold_name
from peermatch.services.form_rows import Answer

ROW = "row:"
"""Before the number of another row: this answer is of the same person as that one."""


def mark_twins(answers: Iterable[Answer]) -> None:
    """Note, for each answer without an address, the rows of the same name that may be of the same person."""
    by_name: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        if name := fold_name(str(answer.said.get("name", ""))):
            by_name[name].append(answer)
    for group in by_name.values():
        for place, answer in enumerate(group):
            if not answer.addresses:
                others = (*group[:place], *(each for each in group[place + 1 :] if each.addresses))
                answer.twins = tuple(each.number for each in others)


def joined(answers: Sequence[Answer], mapping: FormMapping) -> Mapping[int, Answer]:
    """The answer that each one stands with, by number; whoever is of the same person is reached as they are."""
    by_number = {each.number: each for each in answers}
    found = {}
    for answer in answers:
        leader = _leader(answer, mapping, by_number)
        found[answer.number] = leader
        if leader is not answer:
            answer.addresses += [each for each in leader.addresses if each not in answer.addresses]
    return found


def _leader(answer: Answer, mapping: FormMapping, by_number: Mapping[int, Answer]) -> Answer:
    """Where a person's words lead, row by row; what leads in a ring or nowhere leads to the answer itself."""
    seen = {answer.number}
    now = answer
    while (decided := mapping.people.get(now.key, "")).startswith(ROW):
        number = decided.removeprefix(ROW)
        other = (
            by_number.get(int(number)) if number.isascii() and number.isdigit() and len(number) < 8 else None
        )
        if other is None or other.number in seen:
            return answer
        seen.add(other.number)
        now = other
    return now
