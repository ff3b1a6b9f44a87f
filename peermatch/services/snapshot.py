"""The network as it stands in memory: an immutable picture that each command replaces in part."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from peermatch.errors import BadInput
from peermatch.matching.register import Register
from peermatch.model import own_places
from peermatch.model.barred import Barred
from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentGate, ConsentRules, Wording
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.model.letter_text import OwnText
from peermatch.model.own_terms import TermStanding
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.reference import Reference
from peermatch.services.casebook import Casebook
from peermatch.services.people import People
from peermatch.services.steps import Steps
from peermatch.store import enquiries, introductions, letter_texts, own_lists, settings, signposts, supporters
from peermatch.store.chunks import Packed
from peermatch.store.filed import filed
from peermatch.store.transaction import Transaction
from peermatch.words import tr

SETTINGS = frozenset(
    {"network", "policy_version", "campaign", "consent_letter", "evidence", "letter_text", "signpost"}
)
"""The tables of which no line of a list and no column of a ranking is made."""


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
    introductions: Steps
    register: Register
    letters: tuple[OwnText, ...] = ()
    """The letters that the network words itself."""
    standings: Mapping[str, TermStanding] = field(default_factory=dict)
    """Of each own characteristic, since when it stands where it does, and whether it is retired."""

    @property
    def cases(self) -> Casebook:
        """The enquiries, for whoever need not see each of them whole."""
        return Casebook.of(self.enquiries)

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
                tr("There is no enquiry {reference} in this network.").format(reference=reference),
                tr("Check the reference and try again."),
            )
        return found

    def supporter(self, supporter: str) -> Supporter:
        """One supporter; an id that is not held is bad input."""
        found = self.supporters.get(supporter)
        if found is None:
            raise BadInput(
                tr("There is no supporter {supporter} in this network.").format(supporter=supporter),
                tr("Check the id and try again."),
            )
        return found

    def introductions_of(self, reference: str) -> tuple[Introduction, ...]:
        """The introductions of one enquiry, in the order in which they were asked."""
        return self.introductions.of(reference)

    def introductions_with(self, supporter: str) -> tuple[Introduction, ...]:
        """The introductions of one supporter, in the order in which they were asked."""
        return self.introductions.with_supporter(supporter)


def own_reference(reference: Reference, tx: Transaction) -> Reference:
    """The reference with the network's own characteristics, organisations, and signposts as it knows them."""
    own, said, places = settings.own_terms(tx), signposts.every(tx), own_lists.places(tx)
    if places:
        reference = replace(reference, organisations=own_places.extended(reference.organisations, places))
    if not own and not said:
        return reference
    vocabulary = reference.vocabulary.extended(own) if own else reference.vocabulary
    return replace(
        reference, vocabulary=vocabulary, signposts=reference.signposts.of_network(said, vocabulary)
    )


def ranked(reference: Reference, packed: Packed, tx: Transaction) -> Register:
    """The register of what the store keeps packed for matching; nothing of the bytes is needed afterwards."""
    extended, wordings = own_reference(reference, tx), settings.wordings(tx) or ()
    return Register.of_chunks(extended, packed.chunks, packed.words, settings.barred(tx), wordings)


def take(register: Register, tx: Transaction, people: People, steps: Steps) -> Snapshot:
    """The whole network, read anew."""
    return Snapshot(
        name=settings.name(tx),
        controller=settings.controller(tx),
        reference=register.reference,
        policy=settings.policy(tx) or Policy(),
        wordings=settings.wordings(tx) or (),
        barred=register.barred,
        supporters=people,
        enquiries=Casebook(filed(tx)),
        introductions=steps,
        register=register,
        letters=letter_texts.current(tx),
        standings=own_lists.standings(tx),
    )


def renew(snapshot: Snapshot, touched: Touched, tx: Transaction) -> Snapshot:
    """The picture after a command that left the network's own settings alone: only what it touched is read again."""
    held = {s: supporters.get(tx, s) for s in sorted(touched.supporters) if supporters.exists(tx, s)}
    gone = touched.supporters - held.keys()
    steps = introductions.numbered_of(tx, touched.enquiries) if touched.enquiries else {}
    moved = touched.supporters.union(
        (each.supporter for each in steps.values()),
        *(snapshot.register.asked_for(each) for each in touched.enquiries),
    )
    of_each = introductions.of_some(tx, moved)
    register = snapshot.register.replaced(
        supporters=held.values(),
        removed=gone,
        introductions_of={each: of_each.get(each, ()) for each in moved},
    )
    return replace(
        snapshot,
        supporters=snapshot.supporters.changed(held, gone),
        enquiries=_enquiries(snapshot.enquiries, touched.enquiries, tx),
        introductions=snapshot.introductions.changed(touched.enquiries, steps),
        register=register,
    )


def with_settings(snapshot: Snapshot, tx: Transaction) -> Snapshot:
    """The picture after a change of what nobody's columns rest on: who decides, policy, signposts, letters."""
    known = snapshot.reference
    offered = known.signposts.of_network(signposts.every(tx), known.vocabulary)
    return replace(
        snapshot,
        controller=settings.controller(tx),
        policy=settings.policy(tx) or Policy(),
        reference=replace(known, signposts=offered),
        letters=letter_texts.current(tx),
    )


def _enquiries(
    before: Mapping[str, Enquiry], touched: frozenset[str], tx: Transaction
) -> Mapping[str, Enquiry]:
    """All enquiries in order, read again only as far as a command touched them."""
    if not touched:
        return before
    now = {each.reference: each for each in enquiries.some(tx, touched)}
    new = tuple(reference for reference in now if reference not in before)
    if new and new != enquiries.newest(tx, len(new)):
        # One that was undone is back: where it belongs among the others, the file alone knows.
        return Casebook(filed(tx))
    return Casebook.of(before).changed(now, touched - now.keys())
