"""What went wrong with personal data: noted at once, with 72 hours to tell the regulator, and who was told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Done, Touched
from peermatch.model.incidents import Incident, KeptIncident, at_the_moment
from peermatch.model.requests import Stage
from peermatch.model.rights import Subject
from peermatch.services.desk import Desk
from peermatch.services.requests import about, refuse_unknown, written
from peermatch.store import incidents
from peermatch.store.transaction import Transaction
from peermatch.words import in_words, tr


class Incidents:
    """Keeps what happened and what was done about it; when it was noticed is fixed from the first line."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def every(self) -> tuple[Incident, ...]:
        """All incidents as they stand now: open ones first, the most pressing first."""
        with self._desk.store.read() as tx:
            kept = incidents.every(tx)
        now = self._now()
        return tuple(sorted((at_the_moment(each, now) for each in kept), key=_urgency))

    def get(self, id: str) -> Incident:
        """One incident as it stands now."""
        with self._desk.store.read() as tx:
            kept = incidents.get(tx, id)
        return at_the_moment(kept, self._now())

    def open(self, noticed: datetime, what: str, exposed: Iterable[Subject] = ()) -> Done:
        """Note what went wrong, from the moment at which somebody of the network knew (local time without a zone)."""
        moment = noticed.astimezone(UTC).replace(microsecond=0)
        if moment > self._now():
            raise BadInput(tr("That moment has not come yet."), tr("Enter when you noticed it."))
        told = written(what, tr("Please say in a few words what went wrong."))
        people = tuple(dict.fromkeys(exposed))
        with self._desk.command("incident-open") as tx:
            for each in people:
                refuse_unknown(tx, each)
            id = incidents.add(tx, KeptIncident("", moment, told, people))
            tx.about = about(id, *people)
        return self._desk.done(
            tx, Touched(), tr("{id} is noted. {state}.").format(id=id, state=self.get(id).state)
        )

    def reported(self, id: str, at: datetime, reference: str = "") -> Done:
        """That the regulator was told, at a moment, under the reference that it gave."""
        with self._desk.command("incident-reported") as tx:
            kept = self._open_one(tx, id)
            if kept.reported:
                raise Refused(
                    tr("{id} was reported on {in_words} already.").format(
                        id=id, in_words=in_words(kept.reported.date())
                    )
                )
            moment = at.astimezone(UTC).replace(microsecond=0)
            if not kept.noticed <= moment <= self._now():
                raise BadInput(
                    tr("That moment lies before the incident or has not come yet."), tr("Check it.")
                )
            tx.note(at.astimezone().date().isoformat())
            incidents.change(
                tx, replace(kept, reported=moment, report_reference=reference.strip(), not_reported="")
            )
        return self._desk.done(tx, Touched(), tr("{id}: reported to the ICO.").format(id=id))

    def not_reported(self, id: str, why: str, on: date) -> Done:
        """Why the regulator need not be told: a risk to nobody's rights is likely (article 33(1))."""
        reason = written(why, tr("Please say why no report is needed."))
        with self._desk.command("incident-not-reported") as tx:
            kept = self._open_one(tx, id)
            _refuse_earlier(kept, on)
            tx.note(on.isoformat())
            if kept.reported:
                raise Refused(
                    tr("{id} was reported on {in_words} already.").format(
                        id=id, in_words=in_words(kept.reported.date())
                    )
                )
            incidents.change(tx, replace(kept, not_reported=reason))
        return self._desk.done(tx, Touched(), tr("{id}: not reported, and the reason is kept.").format(id=id))

    def told(self, id: str, what: str, on: date) -> Done:
        """Who was told what, or why nobody needed to be (article 34)."""
        said = written(what, tr("Please say who was told, or why nobody needs to be."))
        with self._desk.command("incident-told") as tx:
            kept = self._open_one(tx, id)
            _refuse_earlier(kept, on)
            tx.note(on.isoformat())
            incidents.change(tx, replace(kept, told=on, told_what=said))
        return self._desk.done(tx, Touched(), tr("{id}: who was told is kept.").format(id=id))

    def close(self, id: str, outcome: str, on: date) -> Done:
        """That all is done; not before it is decided about the regulator, nor while it is open who was told."""
        said = written(outcome, tr("Please say what was done, and what will be done differently."))
        with self._desk.command("incident-close") as tx:
            kept = self._open_one(tx, id)
            _refuse_earlier(kept, on)
            tx.note(on.isoformat())
            if not (kept.reported or kept.not_reported):
                raise Refused(
                    tr("{id} is neither reported to the ICO nor is there a reason why not.").format(id=id),
                    tr("Decide that first."),
                )
            if kept.exposed and not kept.told:
                raise Refused(
                    tr("It is not noted whether those whom {id} exposed were told.").format(id=id),
                    tr("Note who was told, or why nobody needs to be."),
                )
            incidents.change(tx, replace(kept, closed=on, outcome=said))
        return self._desk.done(tx, Touched(), tr("{id} is closed.").format(id=id))

    def _open_one(self, tx: Transaction, id: str) -> KeptIncident:
        """An incident on which a step may be taken."""
        kept = incidents.get(tx, id)
        if kept.closed:
            raise Refused(
                tr("{id} was closed on {in_words} already.").format(id=id, in_words=in_words(kept.closed))
            )
        tx.about = about(id, *kept.exposed)
        return kept

    def _now(self) -> datetime:
        return self._desk.clock().astimezone(UTC)


def _refuse_earlier(kept: KeptIncident, on: date) -> None:
    """A day that came before the incident was noticed (to the day: zones differ by hours)."""
    if on < kept.noticed.date():
        raise BadInput(
            tr("{id} was noticed on {in_words}.").format(id=kept.id, in_words=in_words(kept.noticed.date())),
            tr("Check the day."),
        )


def _urgency(incident: Incident) -> tuple[bool, bool, datetime, str]:
    return incident.closed is not None, incident.stage is Stage.WAITING, incident.noticed, incident.id
