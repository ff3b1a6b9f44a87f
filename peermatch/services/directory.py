"""The directory page: looked at person by person, saved as it was looked at, and followed to where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch.errors import BadInput, Fault, Refused
from peermatch.exchange.directory_page import directory_files
from peermatch.model.changes import Done, Touched
from peermatch.model.characteristics import Vocabulary
from peermatch.model.directory import (
    LONGEST_PLACE,
    Difference,
    Draft,
    Kind,
    Left,
    Listed,
    Place,
    Sensitive,
    TooMuch,
    difference,
    permitted,
    says_too_much,
    withdrawn_topics,
)
from peermatch.model.disclosure import small
from peermatch.model.insight_sharing import least_of
from peermatch.model.listing import Entry, Link, refuse_faults
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.writing import clear_parts, prepared
from peermatch.store import directory, supporters
from peermatch.store.transaction import Transaction
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.services.publishing import Kinds


@dataclass(frozen=True, slots=True)
class Shown:
    """How one person stands on the page: what it says of them; ``asked`` where they said how they wish to stand.

    ``held_back``: their own words speak of something sensitive that they did not let be listed, so they are left out.
    """

    listed: Listed
    entry: Entry | None
    held_back: bool

    @property
    def asked(self) -> bool:
        """Whether they said how they wish to stand there."""
        return self.entry is not None


@dataclass(frozen=True, slots=True)
class Looked:
    """Everybody who may be listed, the page as it would leave, and what is out already."""

    people: tuple[Shown, ...]
    draft: Draft
    links: tuple[Link, ...]
    places: tuple[Place, ...]
    pages: tuple[Left, ...]
    changed: Difference | None
    too_much: tuple[TooMuch, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that left: what was done, where its files are, and its number."""

    done: Done
    files: tuple[Path, ...]
    page: int


class Directory:
    """The only way by which somebody is named to more than one person at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sensitive: tuple[Vocabulary, Sensitive] | None = None

    def look(self, kind: Kind, on: date) -> Looked:
        """Everything, read in one go on the worker."""
        people = self._people(on)
        with self._desk.store.read() as tx:
            links, places, pages = directory.links(tx), directory.places(tx), directory.pages(tx)
        draft = self._draft(kind, people, links, on)
        last = next((each for each in reversed(pages) if each.kind is kind), None)
        return Looked(
            people=people,
            draft=draft,
            links=links,
            places=places,
            pages=pages,
            changed=None if last is None else difference(last, draft),
            too_much=self._too_much(pages, places, people),
        )

    def too_much(self, on: date) -> tuple[TooMuch, ...]:
        """The pages that stand somewhere and say what may not be said any more; nothing is read where none left."""
        with self._desk.store.read() as tx:
            pages = directory.pages(tx)
            if not any(each.people or each.erased for each in pages):
                return ()
            places, entries = directory.places(tx), directory.entries(tx)
        ids = {person.supporter for page in pages for person in page.people}
        held = self._desk.snapshot.supporters
        found = (self._shown(id, entries.get(id), on) for id in ids if id in held)
        return self._too_much(pages, places, tuple(each for each in found if each is not None))

    def prepare(self, kind: Kind, on: date) -> Draft:
        """Exactly what would leave."""
        with self._desk.store.read() as tx:
            links = directory.links(tx)
        return self._draft(kind, self._people(on), links, on)

    def publish(self, draft: Draft, on: date, folder: Path) -> Saved:
        """Write the page that was looked at to new files, and keep what it says; refused if anything changed since."""
        if folder.resolve().is_relative_to(self._desk.store.folder.resolve()):
            raise BadInput(tr("The page would lie inside the network itself."), tr("Choose another folder."))
        if self.prepare(draft.kind, on) != draft:
            raise _changed()
        files = directory_files(draft, self._desk.snapshot.reference.vocabulary)
        clear_parts(folder, draft.stem)
        with prepared(folder) as sheets:
            with self._desk.command("directory-publish") as tx:
                self._refuse_changed(tx, draft, on)
                number = directory.keep_page(tx, draft)
                self._forget(tx)
                tx.note(f"{draft.kind.value}, {len(draft.people)} named")
                sheets.write(files)
            done = self._desk.done(tx, Touched(), tr("The page is saved. Please say where you put it."))
            return Saved(done, sheets.put_in_place(), number)

    def keep_entry(self, supporter: str, name: str, words: str, on: date) -> Done:
        """How somebody wishes to stand there, in their own words, as they said it on a day."""
        kept = Entry(supporter, name, words, on).tidy()
        faults = kept.faults()
        person = self._desk.snapshot.supporter(supporter)
        vocabulary = self._desk.snapshot.reference.vocabulary
        gate = self._desk.snapshot.gate(person, on)
        listed = permitted(person, gate, kept, vocabulary)
        here = Listed(supporter, kept.name, kept.words, listed.topics if listed else ())
        unlisted = self._reader().unlisted(here, withdrawn_topics(person, gate))
        if unlisted:
            said = ", ".join(map(vocabulary.label, unlisted))
            text = tr("These words speak of something they have not agreed to list: {said}.").format(
                said=said
            )
            faults = (*faults, Fault("words", text))
        refuse_faults(faults)
        with self._desk.command("directory-words", supporter) as tx:
            supporters.get(tx, supporter)
            directory.keep_entry(tx, kept)
        return self._of_one(tx, supporter, tr("Kept: this is how they stand on the page."))

    def forget_entry(self, supporter: str) -> Done:
        """Let their own words go; they are called as on a contact card again, as long as they let be listed."""
        with self._desk.command("directory-words-away", supporter) as tx:
            if not directory.forget_entry(tx, supporter):
                raise Refused(tr("Nothing of theirs is kept for the page."))
        return self._of_one(tx, supporter, tr("Their own words are taken away."))

    def keep_link(self, title: str, url: str, on: date, id: int = 0) -> Done:
        """One more useful link, or other words for one; whoever keeps it has just followed it."""
        link = Link(id, one_line(title), one_line(url), on)
        refuse_faults(link.faults())
        with self._desk.command("directory-link") as tx:
            directory.keep_link(tx, link)
        return self._desk.done(tx, Touched(), tr("The link is kept, and checked today."))

    def remove_link(self, id: int) -> Done:
        """Take a link off the page."""
        with self._desk.command("directory-link-away") as tx:
            directory.remove_link(tx, id)
        return self._desk.done(tx, Touched(), tr("The link is taken off the page."))

    def put_at(self, name: str, page: int, on: date) -> Done:
        """Note a place where a page was put."""
        kept = one_line(name)
        if not kept or len(kept) > LONGEST_PLACE:
            text = tr("Say in a few words where it stands, such as a web site.")
            refuse_faults((Fault("place", text),))
        with self._desk.command("directory-place") as tx:
            if any(each.name.casefold() == kept.casefold() for each in directory.places(tx)):
                raise Refused(
                    tr("{kept} is on the list already.").format(kept=kept), tr("Press “Replaced” beside it.")
                )
            directory.add_place(tx, kept, page, on)
        return self._desk.done(tx, Touched(), tr("Noted where the page stands."))

    def replaced(self, place: int, page: int, on: date) -> Done:
        """The page at a place was replaced by another one."""
        return self._stands(place, page, on, tr("Noted: the page there is replaced."))

    def taken_down(self, place: int, on: date) -> Done:
        """Nothing stands at a place any more."""
        return self._stands(place, None, on, tr("Noted: the page there is taken down."))

    def forget_place(self, place: int) -> Done:
        """Nothing will be put at a place again; refused while a page stands there."""
        with self._desk.command("directory-place-away") as tx:
            if any(each.id == place and each.page for each in directory.places(tx)):
                raise Refused(tr("A page stands there."), tr("Take it down first, and note that."))
            directory.remove_place(tx, place)
        return self._desk.done(tx, Touched(), tr("The place is taken off the list."))

    def label(self, topic: str) -> str:
        """A topic in words."""
        return self._desk.snapshot.reference.vocabulary.label(topic)

    def _stands(self, place: int, page: int | None, on: date, notice: str) -> Done:
        with self._desk.command("directory-stands") as tx:
            directory.stands(tx, place, page, on)
            self._forget(tx)
        return self._desk.done(tx, Touched(), notice)

    def _forget(self, tx: Transaction) -> None:
        """Who stood on a page is kept for as long as it stands somewhere, or is the newest of its kind."""
        newest = {each.kind: each.id for each in directory.pages(tx)}
        standing = {each.page for each in directory.places(tx) if each.page is not None}
        directory.forget_people(tx, standing.union(newest.values()))

    def _of_one(self, tx: Transaction, supporter: str, notice: str) -> Done:
        return self._desk.done(tx, Touched(supporters=frozenset({supporter})), notice)

    def _people(self, on: date) -> tuple[Shown, ...]:
        """Everybody who may be listed today, by the name under which they stand there."""
        with self._desk.store.read() as tx:
            entries, asked = directory.entries(tx), directory.asked_to_be_listed(tx)
        found = (self._shown(id, entries.get(id), on) for id in asked)
        shown = [each for each in found if each is not None]
        return tuple(sorted(shown, key=lambda each: (each.listed.name.casefold(), each.listed.supporter)))

    def _shown(self, id: str, entry: Entry | None, on: date) -> Shown | None:
        picture = self._desk.snapshot
        person, vocabulary = picture.supporter(id), picture.reference.vocabulary
        gate = picture.gate(person, on)
        listed = permitted(person, gate, entry, vocabulary)
        if listed is None:
            return None
        said = entry is not None and self._reader().unlisted(listed, withdrawn_topics(person, gate))
        return Shown(listed, entry, bool(said))

    def _refuse_changed(self, tx: Transaction, draft: Draft, on: date) -> None:
        """The last look: as with a card, the consent of everybody named is asked again as the file itself has it."""
        picture, entries = self._desk.snapshot, directory.entries(tx)
        held = {each.id: each for each in supporters.some(tx, tuple(e.supporter for e in draft.people))}
        for listed in draft.people:
            person, entry = held.get(listed.supporter), entries.get(listed.supporter)
            gate = picture.gate(person, on) if person else None
            vocabulary = picture.reference.vocabulary
            if not person or not gate or permitted(person, gate, entry, vocabulary) != listed:
                raise _changed()

    def _reader(self) -> Sensitive:
        """Made once for a vocabulary: it reads every phrase of it."""
        vocabulary = self._desk.snapshot.reference.vocabulary
        if self._sensitive is None or self._sensitive[0] is not vocabulary:
            self._sensitive = vocabulary, Sensitive(vocabulary)
        return self._sensitive[1]

    def _draft(self, kind: Kind, people: tuple[Shown, ...], links: tuple[Link, ...], on: date) -> Draft:
        from peermatch.services.publishing import Publishing

        kinds = Publishing(self._desk).kinds(on)
        named = kind is Kind.MEMBERS
        may_be_named = tuple(each.listed for each in people if not each.held_back)
        shown = may_be_named if named else ()
        return Draft(kind, on, kinds.figures, shown, links, kinds.fresh, self._hidden(kinds, may_be_named))

    def _hidden(self, kinds: "Kinds", people: tuple[Listed, ...]) -> frozenset[str]:
        """The lines whose number, less those who may be named, is small: whoever has both pages can subtract."""
        vocabulary = self._desk.snapshot.reference.vocabulary
        number = {id: place for place, id in enumerate(self._desk.snapshot.supporters)}
        counted: dict[str, frozenset[int]] = {**kinds.supply.topics, **kinds.supply.headings}
        named: dict[str, set[int]] = {}
        for person in people:
            for topic in person.topics:
                for line in (topic, *vocabulary.broader(topic)):
                    named.setdefault(line, set()).add(number[person.supporter])
        return frozenset(
            line
            for line, theirs in named.items()
            if small(len(counted.get(line, frozenset()) - theirs), least_of(vocabulary, line))
        )

    def _too_much(
        self, pages: tuple[Left, ...], places: tuple[Place, ...], people: tuple[Shown, ...]
    ) -> tuple[TooMuch, ...]:
        now: Mapping[str, Listed] = {
            each.listed.supporter: each.listed for each in people if not each.held_back
        }
        return says_too_much(pages, places, now)


def _changed() -> Refused:
    return Refused(tr("The page has changed since you looked at it."), tr("Please look at it again."))
