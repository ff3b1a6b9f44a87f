"""Signposts as the network knows them: found, checked once a year, put right, added, and offered or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peermatch.errors import BadInput, Fault, Refused
from peermatch.exchange.signpost_page import printable, signpost_page
from peermatch.model.changes import Done, Touched
from peermatch.model.enquiry import Enquiry
from peermatch.model.signpost_check import Check, check_of
from peermatch.model.signpost_own import NetworkSignpost, ServiceWords, next_own_id, refuse_faults
from peermatch.model.signposts import Signpost, Signposts, known_as
from peermatch.services.desk import Desk
from peermatch.services.finding import Named, Names
from peermatch.services.supporters import address_fault
from peermatch.store import signposts
from peermatch.store.transaction import Transaction
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class Listed:
    """One service as the list shows it; one that is not ``offered`` stands nowhere else."""

    signpost: Signpost
    check: Check
    offered: bool
    said: NetworkSignpost

    @property
    def numbered(self) -> bool:
        """Whether there is a number to ring or to text."""
        return bool(self.signpost.phone or self.signpost.text)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was chosen; an empty text, None or False chooses everything."""

    typed: str = ""
    area: str = ""
    topic: str = ""
    urgent: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All services on one day, and how to find them; it is made anew after each change, and notes no search."""

    lists: Signposts
    every: tuple[Listed, ...]
    names: Names[str]

    @property
    def ids(self) -> frozenset[str]:
        """All of them by id."""
        return frozenset(each.signpost.id for each in self.every)

    @property
    def offered(self) -> tuple[Listed, ...]:
        """Those that are offered."""
        return tuple(each for each in self.every if each.offered)

    @property
    def due(self) -> tuple[Listed, ...]:
        """Those of the offered that the yearly check still asks for."""
        return tuple(each for each in self.offered if each.check.due)

    def get(self, id: str) -> Listed | None:
        """One of them."""
        return next((each for each in self.every if each.signpost.id == id), None)

    def find(self, narrowed: Narrowed) -> tuple[Listed, ...]:
        """Those that fit; what was typed brings the best first, and else they stand in their own order."""
        kept = {each.signpost.id: each for each in self.every if self._fits(each, narrowed)}
        if narrowed.topic:
            fitting = {each.id for each in self.lists.for_topics((narrowed.topic,))}
            kept = {id: each for id, each in kept.items() if id in fitting}
        if not narrowed.typed.strip():
            return tuple(kept.values())
        found = self.names.find(narrowed.typed, len(self.names))
        return tuple(kept[id] for id, _ in found if id in kept)

    def _fits(self, each: Listed, narrowed: Narrowed) -> bool:
        if narrowed.due and not (each.offered and each.check.due):
            return False
        if narrowed.urgent and not each.signpost.urgent:
            return False
        return not narrowed.area or self.lists.serves(each.signpost.area, narrowed.area)


class SignpostBook:
    """Looking leaves no trace; what the lead changes stands in the journal, and can be taken back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def book(self, on: date) -> Book:
        """Everything as it stands on a day, those that are not offered last."""
        lists = self._desk.snapshot.reference.signposts
        said = self._said()
        found = [_listed(each, said, on) for each in lists.all]
        aside = (known_as(lists.shipped.get(id), each) for id, each in said.items() if not each.offered)
        found += [_listed(each, said, on) for each in aside if each is not None]
        return Book(lists, tuple(found), Names(self._named(each, lists) for each in found))

    def offered_for(self, enquiry: Enquiry) -> tuple[Signpost, ...]:
        """What could be offered to somebody: for their topics first, then everything else."""
        lists = self._desk.snapshot.reference.signposts
        fitting = lists.for_topics(enquiry.wanted)
        return tuple(dict.fromkeys((*fitting, *lists.all)))

    def words_of(self, each: Listed) -> ServiceWords:
        """The present words of a service, to be changed."""
        kept = each.said.words
        post = each.signpost
        return ServiceWords(
            name=post.name,
            summary=post.summary,
            phone=post.phone,
            text=post.text,
            email=post.email,
            url=post.url,
            hours=post.hours,
            audience=post.audience,
            safe_note=post.safe_note,
            area=post.area,
            urgent=post.urgent,
            topics=kept.topics if kept else (),
        )

    def page(self, listed: Sequence[Listed], *, discreet: bool) -> str:
        """These as a page to print; nothing of it is noted: not that it was printed, and not what."""
        services = [each.signpost for each in listed if each.offered]
        return signpost_page(printable(services, discreet=discreet), discreet=discreet)

    def confirm(self, id: str, on: date) -> Done:
        """Somebody has checked it: what is written here is right."""
        with self._desk.command("signpost-check", id) as tx:
            said, post = self._one(tx, id)
            if not said.offered:
                raise Refused(
                    tr("{name} is not offered.").format(name=post.name), tr("Offer it again first.")
                )
            if said.checked == on:
                raise Refused(tr("{name} was checked today already.").format(name=post.name))
            signposts.keep(tx, replace(said, checked=on))
        return self._done(tx, tr("{name}: checked today.").format(name=post.name))

    def correct(self, id: str, words: ServiceWords, on: date, seen: ServiceWords | None = None) -> Done:
        """Other words for it, which stand over the shipped ones and count as checked.

        ``seen`` are the words that somebody set out from: where they are others by now, nothing is written over them.
        """
        with self._desk.command("signpost-correct", id) as tx:
            said, post = self._one(tx, id)
            kept = self._checked(words, None if said.own else post)
            now = self.words_of(Listed(post, Check(False, ""), said.offered, said))
            if seen is not None and now != seen:
                raise Refused(
                    tr("{name} was changed meanwhile.").format(name=post.name),
                    tr("Close the form, look at it again, then correct it."),
                )
            if kept == now:
                raise Refused(tr("Nothing was changed."), tr("Press “Still right” if all of it is right."))
            signposts.keep(tx, replace(said, words=kept, checked=on))
        return self._done(
            tx, tr("{name}: your own words are kept, and it is checked.").format(name=kept.name)
        )

    def take_shipped(self, id: str) -> Done:
        """Back to the words that came with the program."""
        with self._desk.command("signpost-shipped", id) as tx:
            said, post = self._one(tx, id)
            if said.words is None or id not in self._lists.shipped:
                raise Refused(tr("{name} has no other words to go back to.").format(name=post.name))
            signposts.keep(tx, replace(said, words=None, checked=None))
        return self._done(
            tx,
            tr("{name}: the words that came with PeerMatch are back.").format(
                name=self._lists.shipped[id].name
            ),
        )

    def add(self, words: ServiceWords, on: date) -> Done:
        """A service that the network knows and the program does not."""
        kept = self._checked(words, None)
        if not kept.reachable:
            missing = Fault("phone", tr("Give a phone number, a text line, an e-mail or a web address."))
            refuse_faults((missing,))
        with self._desk.command("signpost-add") as tx:
            id = next_own_id({each.id for each in signposts.every(tx)})
            tx.about = id
            signposts.keep(tx, NetworkSignpost(id, on, words=kept))
        return self._done(tx, tr("{name} is added.").format(name=kept.name))

    def stop_offering(self, id: str) -> Done:
        """Show it nowhere but in this list; the last help in a crisis stays."""
        with self._desk.command("signpost-away", id) as tx:
            said, post = self._one(tx, id)
            if not said.offered:
                raise Refused(tr("{name} is not offered already.").format(name=post.name))
            if post.urgent and [each.id for each in self._lists.urgent] == [id]:
                raise Refused(
                    tr("Somebody in a crisis would be offered nothing then."),
                    tr("Add another service first."),
                )
            signposts.keep(tx, replace(said, offered=False))
        return self._done(tx, tr("{name} is no longer offered.").format(name=post.name))

    def offer_again(self, id: str) -> Done:
        """Show it everywhere again."""
        with self._desk.command("signpost-back", id) as tx:
            said, post = self._one(tx, id)
            if said.offered:
                raise Refused(tr("{name} is offered already.").format(name=post.name))
            signposts.keep(tx, replace(said, offered=True))
        return self._done(tx, tr("{name} is offered again.").format(name=post.name))

    @property
    def _lists(self) -> Signposts:
        return self._desk.snapshot.reference.signposts

    def _said(self) -> Mapping[str, NetworkSignpost]:
        with self._desk.store.read() as tx:
            return {each.id: each for each in signposts.every(tx)}

    def _one(self, tx: Transaction, id: str) -> tuple[NetworkSignpost, Signpost]:
        said = signposts.of(tx, id)
        post = known_as(self._lists.shipped.get(id), said)
        if post is None:
            raise BadInput(tr("This service is not on the list any more."), tr("Look at the list again."))
        return said, post

    def _checked(self, words: ServiceWords, behind: Signpost | None) -> ServiceWords:
        """Tidy words without a fault; what a shipped service is for stays as it was shipped."""
        kept = words.tidy()
        if behind is not None:
            kept = replace(kept, area=behind.area, urgent=behind.urgent, topics=())
        found = kept.faults(self._lists.areas, self._desk.snapshot.reference.vocabulary.terms)
        if kept.email and not any(each.place == "email" for each in found) and address_fault(kept.email):
            found = (*found, Fault("email", tr("This is not an e-mail address.")))
        refuse_faults(found)
        return kept

    def _named(self, each: Listed, lists: Signposts) -> Named[str]:
        label = self._desk.snapshot.reference.vocabulary.label
        post = each.signpost
        area = lists.areas[post.area].label if post.area in lists.areas else ""
        topics = tuple(label(topic) for topic in lists.topics_of(post.id))
        also = (post.summary, post.audience, area, post.kind, post.phone, *topics)
        return Named(post.id, post.name, also)

    def _done(self, tx: Transaction, notice: str) -> Done:
        return self._desk.done(tx, Touched(network=True), notice)


def _listed(signpost: Signpost, said: Mapping[str, NetworkSignpost], on: date) -> Listed:
    own = said.get(signpost.id, NetworkSignpost(signpost.id))
    return Listed(signpost, check_of(signpost, on), own.offered, own)
