"""The network as it stands in memory: an immutable picture that each command replaces in part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput
from peermatch.matching.register import Register
from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentGate, ConsentRules, Wording
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.model.network import Barred
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.reference import Reference
from peermatch.services.people import People
from peermatch.store import enquiries, introductions, settings, supporters
from peermatch.store.chunks import Packed
from peermatch.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that lists and rankings are made from."""

    name: str
    controller: str | None
    reference: Reference
    policy: Policy
    wordings: tuple[Wording, ...]
    barred: tuple[Barred, ...]
    supporters: People
    enquiries: Mapping[str, Enquiry]
    introductions: tuple[Introduction, ...]
    register: Register

    @property
    def rules(self) -> ConsentRules:
        """What the judgement of consent rests on."""
        return ConsentRules({w.id: w for w in self.wordings}, self.reference.vocabulary.broader_terms)

    def gate(self, supporter: Supporter, on: date) -> ConsentGate:
        """One person's consent on one day."""
        return ConsentGate(supporter.consents, self.rules, on)

    def enquiry(self, reference: str) -> Enquiry:
        """One enquiry; a reference that is not held is bad input."""
        found = self.enquiries.get(reference)
        if found is None:
            raise BadInput(
                f"There is no enquiry {reference} in this network.", "Check the reference and try again."
            )
        return found

    def supporter(self, supporter: str) -> Supporter:
        """One supporter; an id that is not held is bad input."""
        found = self.supporters.get(supporter)
        if found is None:
            raise BadInput(
                f"There is no supporter {supporter} in this network.", "Check the id and try again."
            )
        return found

    def introductions_of(self, reference: str) -> tuple[Introduction, ...]:
        """The introductions of one enquiry, in the order in which they were asked."""
        return tuple(i for i in self.introductions if i.enquiry == reference)

    def introductions_with(self, supporter: str) -> tuple[Introduction, ...]:
        """The introductions of one supporter, in the order in which they were asked."""
        return tuple(i for i in self.introductions if i.supporter == supporter)


def own_reference(reference: Reference, tx: Transaction) -> Reference:
    """The reference with the network's own characteristics."""
    own = settings.own_terms(tx)
    return replace(reference, vocabulary=reference.vocabulary.extended(own)) if own else reference


def take(reference: Reference, packed: Packed, tx: Transaction, people: People) -> Snapshot:
    """The whole network, read anew; ``packed`` is what the store keeps for matching."""
    extended, wordings = own_reference(reference, tx), settings.wordings(tx) or ()
    steps, barred = introductions.every(tx), settings.barred(tx)
    return Snapshot(
        name=settings.name(tx),
        controller=settings.controller(tx),
        reference=extended,
        policy=settings.policy(tx) or Policy(),
        wordings=wordings,
        barred=barred,
        supporters=people,
        enquiries={e.reference: e for e in enquiries.every(tx)},
        introductions=steps,
        register=Register.of_chunks(extended, packed.chunks, packed.words, steps, barred, wordings),
    )


def renew(snapshot: Snapshot, touched: Touched, tx: Transaction) -> Snapshot:
    """The picture after a command that left the network's own settings alone: only what it touched is read again."""
    held = {s: supporters.get(tx, s) for s in sorted(touched.supporters) if supporters.exists(tx, s)}
    gone = touched.supporters - held.keys()
    now = {e.reference: e for e in enquiries.every(tx)} if touched.enquiries else snapshot.enquiries
    steps = _introductions(snapshot, touched, tx)
    people = snapshot.supporters.changed(held, gone)
    register = snapshot.register.replaced(
        supporters=tuple(held.values()),
        removed=gone,
        introductions_of=_of_each(steps, touched.supporters | _moved(snapshot.introductions, steps)),
    )
    return replace(snapshot, supporters=people, enquiries=now, introductions=steps, register=register)


def _introductions(snapshot: Snapshot, touched: Touched, tx: Transaction) -> tuple[Introduction, ...]:
    """All introductions, read again only as far as the enquiries that a command touched."""
    now = {_pair(i): i for enquiry in touched.enquiries for i in introductions.of_enquiry(tx, enquiry)}
    before = {_pair(i): i for i in snapshot.introductions if i.enquiry in touched.enquiries}
    if now == before:
        return snapshot.introductions
    if now.keys() - before.keys():
        # Where a new one belongs among the others, the file alone knows.
        return introductions.every(tx)
    return tuple(
        now.get(_pair(i), i)
        for i in snapshot.introductions
        if i.enquiry not in touched.enquiries or _pair(i) in now
    )


def _pair(introduction: Introduction) -> tuple[str, str]:
    """Between whom an introduction is; there is at most one."""
    return introduction.enquiry, introduction.supporter


def _moved(before: tuple[Introduction, ...], now: tuple[Introduction, ...]) -> frozenset[str]:
    """Whose introductions are not what they were."""
    if before is now:
        return frozenset()
    return frozenset(each.supporter for each in set(before).symmetric_difference(now))


def _of_each(steps: tuple[Introduction, ...], people: frozenset[str]) -> dict[str, list[Introduction]]:
    """All introductions of a few people."""
    found: dict[str, list[Introduction]] = {id: [] for id in people}
    for each in steps if people else ():
        if each.supporter in found:
            found[each.supporter].append(each)
    return found
