"""A network's own terms in a portable file, checked by themselves and beside the shipped vocabulary."""

from collections.abc import Iterator

from peermatch.errors import BadInput, Fault
from peermatch.exchange.json_fields import unknown
from peermatch.exchange.json_tree import shown
from peermatch.exchange.portable_known import KnownIds, repeated
from peermatch.model.characteristics import Term, parse_terms
from peermatch.model.text import one_line


def read_own_terms(rows: object, known: KnownIds) -> tuple[tuple[Term, ...], list[Fault]]:
    """The network's own terms, row by row, so that one faulty row hides no fault of another."""
    if not isinstance(rows, list):
        return (), [Fault("vocabulary", "this must be a list")]
    faults: list[Fault] = []
    terms: dict[int, Term] = {}
    for number, row in enumerate(rows):
        try:
            (terms[number],) = parse_terms([row])
        except BadInput as error:
            faults += [_renumbered(fault, number) for fault in error.faults]
    for number, term in terms.items():
        faults += _unresolved(term, f"vocabulary[{number}]", known)
    numbers = tuple(terms)
    faults += [
        Fault(f"vocabulary[{numbers[nth]}].id", f"{shown(id)} stands in the file already")
        for nth, id in repeated(term.id for term in terms.values())
    ]
    return tuple(terms.values()), faults or _unfit(terms, known)


def _renumbered(fault: Fault, number: int) -> Fault:
    """The fault of a row that was read alone, at its place in the file."""
    return Fault(one_line(fault.place).replace("vocabulary[0]", f"vocabulary[{number}]", 1), fault.text)


def _unresolved(term: Term, place: str, known: KnownIds) -> Iterator[Fault]:
    if known.reference.vocabulary.knows(term.id):
        yield Fault(f"{place}.id", f"{shown(term.id)} is in use in the shipped vocabulary")
    if not known.topic(term.broader):
        yield Fault(f"{place}.broader", unknown("characteristic", term.broader))
    for number, (other, _) in enumerate(term.related):
        if not known.term(other):
            yield Fault(f"{place}.related[{number}].id", unknown("characteristic", other))


def _unfit(terms: dict[int, Term], known: KnownIds) -> list[Fault]:
    """What only shows when the terms stand in the vocabulary: rings, and strengths out of bounds."""
    try:
        known.reference.vocabulary.extended(tuple(terms.values()))
    except BadInput as error:
        places = {term.id: f"vocabulary[{number}]" for number, term in terms.items()}
        return [_placed(fault, places) for fault in error.faults]
    return []


def _placed(fault: Fault, places: dict[str, str]) -> Fault:
    """A fault that names a term by its id (``own.tinnitus.broader``), at the place of that term in the file."""
    id, _, field = fault.place.rpartition(".")
    return Fault(f"{places[id]}.{field}", fault.text) if id in places else fault
