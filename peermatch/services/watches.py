"""Watching an enquiry: the report when somebody new fits, meeting every need, with valid consent."""

from datetime import date

from peermatch.errors import Refused
from peermatch.matching.engine import match
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Enquiry
from peermatch.model.watch import Fit, Newcomer, Watch
from peermatch.services.desk import Desk
from peermatch.services.shortlists import refuse_while_held
from peermatch.store import enquiries, watches
from peermatch.words import tr


class Watches:
    """Keeps an eye on enquiries for which nobody was quite right."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def watch(self, reference: str, on: date) -> Done:
        """Report on an enquiry when somebody fits who does not yet; a second time starts again from today."""
        with self._desk.command("watch", reference) as tx:
            enquiry = enquiries.get(tx, reference)
            if not enquiry.open:
                raise Refused(
                    tr("Enquiry {reference} is {value}, so it cannot be watched.").format(
                        reference=reference, value=enquiry.status.value
                    )
                )
            refuse_while_held(enquiry)
            watches.put(tx, reference, on, [each.supporter for each in self._who_fits(enquiry, on)])
        notice = tr("{reference} is watched. You will be told when somebody new fits.").format(
            reference=reference
        )
        return self._desk.done(tx, Touched(enquiries=frozenset({reference})), notice)

    def unwatch(self, reference: str) -> Done:
        """No more reports on an enquiry."""
        with self._desk.command("unwatch", reference) as tx:
            watches.remove(tx, reference)
        touched = Touched(enquiries=frozenset({reference}))
        return self._desk.done(
            tx, touched, tr("{reference} is no longer watched.").format(reference=reference)
        )

    def watched(self) -> tuple[Watch, ...]:
        """The watches that still count: those on open enquiries."""
        with self._desk.store.read() as tx:
            every = watches.every(tx)
        return tuple(each for each in every if self._desk.snapshot.enquiry(each.enquiry).open)

    def fitting(self, on: date) -> tuple[Fit, ...]:
        """Where somebody fits who did not when the watch was set; a held enquiry reports after the risk is noted."""
        return tuple(fit for watch in self.watched() if (fit := self._fit(watch, on)))

    def _fit(self, watch: Watch, on: date) -> Fit | None:
        enquiry = self._desk.snapshot.enquiry(watch.enquiry)
        if enquiry.held:
            return None
        new = tuple(each for each in self._who_fits(enquiry, on) if each.supporter not in watch.known)
        return Fit(watch.enquiry, watch.since, new) if new else None

    def _who_fits(self, enquiry: Enquiry, on: date) -> tuple[Newcomer, ...]:
        """Who is suggested and meets every need, not the essential ones alone, in the order of the shortlist."""
        snapshot = self._desk.snapshot
        shortlist = match(snapshot.register, enquiry, on, snapshot.policy)
        return tuple(
            Newcomer(each.supporter, place)
            for place, each in enumerate(shortlist.suggested, start=1)
            if self._meets_all(each.supporter, enquiry, on)
        )

    def _meets_all(self, supporter: str, enquiry: Enquiry, on: date) -> bool:
        snapshot = self._desk.snapshot
        person = snapshot.supporter(supporter)
        gate, meets = snapshot.gate(person, on), snapshot.reference.vocabulary.meets
        counted = [topic for topic in person.characteristics if gate.allows(Purpose.MATCH, topic)]
        return all(any(meets(topic, need) for topic in counted) for need in enquiry.wanted)
