"""The network's own characteristics: added, renamed, moved, marked and retired; what that changes is told before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput, Fault, Refused
from peermatch.matching.roster import listing
from peermatch.model.changes import Done, Touched
from peermatch.model.characteristics import Term
from peermatch.model.consent import ConsentGate, ConsentRules, Purpose, Standing
from peermatch.model.own_terms import (
    TermStanding,
    blank_term,
    changed,
    free_id,
    term_faults,
    tidied,
    widened,
)
from peermatch.model.people import Supporter
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.effects import Effect, effects
from peermatch.store import own_lists, settings
from peermatch.store.transaction import Transaction
from peermatch.words import tr

NOT_CHANGED = tr("The term was not kept.")
STILL_NAMED = tr("Consent, enquiries or other records still name it, so it cannot be removed.")


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """One of them as the page shows it: since when it is retired, and who lets it be said that they have it."""

    term: Term
    placed: date | None
    retired: date | None
    holders: tuple[str, ...]


class Terms:
    """What the lead keeps beside the list that ships with the program."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def every(self, on: date) -> tuple[OwnTerm, ...]:
        """All of them by name, the retired ones last."""
        with self._desk.store.read() as tx:
            own, standings = settings.own_terms(tx), own_lists.standings(tx)
        found = [self._own(each, standings.get(each.id), on) for each in own]
        return tuple(sorted(found, key=lambda o: (o.retired is not None, o.term.label.casefold(), o.term.id)))

    def _own(self, term: Term, standing: TermStanding | None, on: date) -> OwnTerm:
        placed, retired = (standing.placed, standing.retired) if standing else (None, None)
        return OwnTerm(term, placed, retired, self._holders(term.id, on))

    def _holders(self, id: str, on: date) -> tuple[str, ...]:
        """Who has it, of those who did not take it back: what was withdrawn is brought up nowhere."""
        picture = self._desk.snapshot
        having = (picture.supporters[each] for each in listing(picture.register, (id,)))
        return tuple(each.id for each in having if _may_be_said(picture.gate(each, on), id))

    def draft(self, label: str = "", broader: str = "") -> Term:
        """A new one, under the id that it would get."""
        clean = one_line(label)
        return blank_term(free_id(clean, self._taken), clean, broader)

    def _taken(self, id: str) -> bool:
        return self._desk.snapshot.reference.vocabulary.knows(id)

    def faults(self, term: Term, on: date) -> tuple[Fault, ...]:
        """Everything wrong with a draft, each under its field; that a move would widen somebody's yes among it."""
        vocabulary = self._desk.snapshot.reference.vocabulary
        found = term_faults(tidied(term, one_line), vocabulary)
        return found or tuple(self._widening(term, on))

    def _widening(self, term: Term, on: date) -> Iterator[Fault]:
        """A yes is never stretched by a move: whoever it would concern is asked first."""
        picture = self._desk.snapshot
        after = changed(picture.reference.vocabulary, term)
        rules = ConsentRules(picture.rules.wordings, after.broader_terms)
        people = widened(self._listing(term.id), picture.rules, rules, on)
        if people:
            yield Fault(
                "broader",
                tr("An older yes would then count for more than was agreed to. Ask first: {ids}.").format(
                    ids=_ids(people)
                ),
            )

    def _listing(self, id: str) -> tuple[Supporter, ...]:
        """Whose record lists it, or something below it."""
        picture = self._desk.snapshot
        below = {id, *picture.reference.vocabulary.narrower(id)}
        return tuple(picture.supporters[each] for each in listing(picture.register, below))

    def effects(self, term: Term, on: date) -> tuple[Effect, ...]:
        """What keeping a draft would change in today's shortlists."""
        self._refuse(term, on)
        picture = self._desk.snapshot
        vocabulary = changed(picture.reference.vocabulary, tidied(term, one_line))
        return effects(picture, replace(picture.reference, vocabulary=vocabulary), on)

    def add(self, term: Term, on: date) -> Done:
        """A new one; its id is made of its name and never changes again."""
        wanted = tidied(term, one_line)
        wanted = replace(wanted, id=free_id(wanted.label, self._taken))
        self._refuse(wanted, on)
        with self._desk.command("term-add", wanted.id) as tx:
            own_lists.add_term(tx, wanted, on)
        return self._done(
            tx,
            tr("{label} is added. Whoever has it can be found by it once they agree.").format(
                label=wanted.label
            ),
        )

    def change(self, term: Term, on: date) -> Done:
        """Another name, place, mark or relation. Nobody's consent is changed or stretched by it."""
        wanted = tidied(term, one_line)
        self._refuse(wanted, on)
        with self._desk.command("term-change", wanted.id) as tx:
            before = self._before(tx, wanted.id)
            if before == wanted:
                raise Refused(tr("Nothing was changed."), tr("Change something first, or press Cancel."))
            own_lists.change_term(tx, replace(wanted, given=before.given | wanted.given))
            if before.broader != wanted.broader:
                self._place_anew(tx, wanted.id, on)
        return self._done(tx, tr("{label} is kept as it is now.").format(label=wanted.label))

    def _place_anew(self, tx: Transaction, id: str, on: date) -> None:
        """It stands in a new place since today, and so does all that is under it."""
        held, below = own_lists.standings(tx), self._desk.snapshot.reference.vocabulary.narrower(id)
        for each in sorted({id, *(below & held.keys())}):
            own_lists.put_standing(tx, each, TermStanding(on, held[each].retired if each in held else None))

    def retire(self, id: str, on: date) -> Done:
        """It is offered to nobody new; whoever has it keeps it, and can be found by it."""
        with self._desk.command("term-retire", id) as tx:
            term, standing = self._before(tx, id), own_lists.standings(tx).get(id)
            if standing is not None and standing.retired is not None:
                raise Refused(
                    tr("{label} is retired already.").format(label=term.label), tr("Nothing was changed.")
                )
            own_lists.put_standing(tx, id, TermStanding(standing.placed if standing else on, on))
        return self._done(tx, tr("{label} is retired: it is offered to nobody new.").format(label=term.label))

    def offer_again(self, id: str) -> Done:
        """A retired one may be given to people again."""
        with self._desk.command("term-offer", id) as tx:
            term, standing = self._before(tx, id), own_lists.standings(tx).get(id)
            if standing is None or standing.retired is None:
                raise Refused(
                    tr("{label} is not retired.").format(label=term.label), tr("Nothing was changed.")
                )
            own_lists.put_standing(tx, id, TermStanding(standing.placed))
        return self._done(tx, tr("{label} is offered again.").format(label=term.label))

    def remove(self, id: str, on: date) -> Done:
        """One that nothing refers to goes for good; where anything does, it says who, and it can only be retired."""
        with self._desk.command("term-remove", id) as tx:
            term = self._before(tx, id)
            if holders := self._holders(id, on):
                raise Refused(
                    tr("{label} cannot be removed: {join} {part} it.").format(
                        label=term.label, join=", ".join(holders), part="has" if len(holders) == 1 else "have"
                    ),
                    tr("Retire it instead: whoever has it keeps it."),
                )
            if own_lists.named_elsewhere(tx, id):
                raise Refused(STILL_NAMED, tr("Retire it instead."))
            own_lists.remove_term(tx, id)
        return self._done(tx, tr("{label} is removed.").format(label=term.label))

    def _before(self, tx: Transaction, id: str) -> Term:
        term = next((each for each in settings.own_terms(tx) if each.id == id), None)
        if term is None:
            raise Refused(
                tr("This is not one of the network's own characteristics."), tr("Look at the list again.")
            )
        return term

    def _refuse(self, term: Term, on: date) -> None:
        if faults := self.faults(term, on):
            raise BadInput(NOT_CHANGED, tr("Please correct what is marked."), faults)

    def _done(self, tx: Transaction, said: str) -> Done:
        return self._desk.done(tx, Touched(network=True), said)


def _may_be_said(gate: ConsentGate, id: str) -> bool:
    rulings = (gate.ruling(Purpose.HOLD), gate.ruling(Purpose.MATCH, id))
    return all(each.standing is not Standing.WITHDRAWN for each in rulings)


def _ids(people: tuple[Supporter, ...]) -> str:
    return ", ".join(each.id for each in people)
