"""Undo, journal, checks and the whole network in and out as one portable file."""

from dataclasses import dataclass, replace

from peermatch.errors import BadInput, Damaged, Refused
from peermatch.exchange.json_tree import LARGEST, is_small_enough
from peermatch.model.changes import Done, Touched
from peermatch.model.evidence import size_words
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.older_copies import six_words
from peermatch.services.trial import day_of_last
from peermatch.store import decisions, journal, policies, settings
from peermatch.store.journal import Entry
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class Info:
    """What the network says of itself."""

    name: str
    controller: str | None
    supporters: int
    enquiries: int
    introductions: int
    schema: int
    slots: int
    recovery: bool
    last_backup: str | None
    state: str
    restore_tried: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """What `check` found: damage, and remarks that are not damage."""

    damage: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portable:
    """A network as a file to move, and what it does not hold because it is too large; empty where it holds all."""

    raw: bytes
    left_behind: str


class Upkeep:
    """Looks after the network as a whole."""

    def __init__(self, desk: Desk, most: int = LARGEST) -> None:
        self._desk, self._most = desk, most

    def info(self) -> Info:
        """Counts and state."""
        facts, picture = self._desk.store.facts(), self._desk.snapshot
        return Info(
            name=picture.name,
            controller=picture.controller,
            supporters=len(picture.register),
            enquiries=len(picture.enquiries),
            introductions=len(picture.introductions),
            schema=facts.schema,
            slots=facts.slots,
            recovery=facts.recovery,
            last_backup=facts.last_backup,
            state=six_words(self._desk.store),
            restore_tried=day_of_last(self._desk.store),
        )

    def set_controller(self, controller: str) -> Done:
        """State who decides about the data."""
        if not one_line(controller):
            raise BadInput(tr("Please say who the controller is."), tr("For example the name of a trust."))
        with self._desk.command("set-controller") as tx:
            settings.set_controller(tx, one_line(controller))
        return self._desk.done(tx, Touched(network=True), tr("The controller is set."))

    def undo(self, done: Done) -> Done:
        """Take the last step back."""
        if done.undo is None:
            raise Refused(tr("This step cannot be undone."))
        from peermatch.services.reversal import take_back

        return take_back(self._desk, done.undo)

    def redo(self, done: Done) -> Done:
        """Do again what was undone last."""
        if done.redo is None:
            raise Refused(tr("There is nothing to do again."))
        from peermatch.services.reversal import take_back

        return take_back(self._desk, done.redo)

    def journal(self, limit: int = 200, about: str | None = None) -> tuple[Entry, ...]:
        """What happened, newest first."""
        with self._desk.store.read() as tx:
            return journal.entries(tx, limit, about)

    def export(self) -> bytes:
        """The portable file, in the clear."""
        return self.portable().raw

    def portable(self) -> Portable:
        """The portable file, in the clear, and what it leaves behind: it holds no more than a reader takes."""
        from peermatch.exchange.portable import dump_network
        from peermatch.store import carried_mail, contents

        with self._desk.store.read() as tx:
            network, size = contents.whole(tx), carried_mail.size(tx)
        raw = dump_network(network)
        if network.mail.files and not is_small_enough(raw, self._most):
            network = replace(network, mail=replace(network.mail, files=()))
            raw = dump_network(network)
        if not is_small_enough(raw, self._most):
            return Portable(
                raw, tr("This file is larger than PeerMatch reads: move the network by a backup.")
            )
        if not size or network.mail.files:
            return Portable(raw, "")
        left = tr("The files that came with letters ({size}) are too large for it: move them by a backup.")
        return Portable(raw, left.format(size=size_words(size)))

    def check(self) -> Health:
        """Pages, schema, references, consent, the journal's chain and the records of decisions."""
        from peermatch.services.letter_texts import fallen_words
        from peermatch.services.place_remarks import place_remarks

        damage = self._desk.store.damage() or (*self._unreadable(), *self._broken_decisions())
        facts = self._desk.store.facts()
        remarks = []
        if not facts.recovery:
            remarks.append(
                tr("There is no recovery key: without the passphrase nobody can open this network.")
            )
        if self._desk.snapshot.controller is None:
            remarks.append(tr("The controller is not stated."))
        with self._desk.store.read() as tx:
            notice = policies.history(tx).notice
        if notice:
            remarks.append(notice)
        if fallen := len(self._desk.templates.fallen):
            remarks.append(fallen_words(fallen))
        if facts.mended:
            remarks.append(tr("The key file was mended from its copy."))
        return Health(damage, (*remarks, *place_remarks(self._desk.store.folder)))

    def _unreadable(self) -> tuple[str, ...]:
        """Records that no longer hold together: read anew as strictly as a portable file would be."""
        from peermatch.exchange.portable import parse_network

        try:
            parse_network(self.export(), self._desk.shipped.reference, bounded=False)
        except BadInput as error:
            return tuple(str(fault) for fault in error.faults) or (str(error),)
        return ()

    def _broken_decisions(self) -> tuple[str, ...]:
        """The enquiries of which a decision record is no longer what was written; the export leaves them out."""
        broken = []
        with self._desk.store.read() as tx:
            for reference in sorted(self._desk.snapshot.enquiries):
                try:
                    decisions.of_enquiry(tx, reference)
                except Damaged:
                    broken.append(
                        tr("The record of a decision on enquiry {reference} cannot be read.").format(
                            reference=reference
                        )
                    )
        return tuple(broken)
