"""Requests and complaints under data protection law: noted, acknowledged, extended, paused, answered."""

from dataclasses import replace
from datetime import date

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Done, Touched
from peermatch.model.requests import KeptRequest, Request, farthest, on_the_clock
from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.services.desk import Desk
from peermatch.services.working_days import holidays_near
from peermatch.store import enquiries, requests, supporters
from peermatch.store.transaction import Transaction
from peermatch.words import in_words, tr


class Requests:
    """Keeps the clocks of what people ask for; each step is one line of the journal and can be undone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def every(self, on: date) -> tuple[Request, ...]:
        """All requests with their clocks on a day: open ones first, the most pressing first."""
        with self._desk.store.read() as tx:
            kept = requests.every(tx)
        return tuple(sorted((_timed(each, on) for each in kept), key=_urgency))

    def get(self, id: str, on: date) -> Request:
        """One request with its clock on a day."""
        with self._desk.store.read() as tx:
            kept = requests.get(tx, id)
        return _timed(kept, on)

    def open(
        self,
        kind: RequestKind,
        received: date,
        summary: str,
        subject: Subject | None = None,
        *,
        on: date | None = None,
    ) -> Done:
        """Note what came in, from the day on which it came; ``on`` is the day of the step."""
        today = on or self._desk.today
        if received > today:
            raise BadInput(
                tr("{in_words} has not come yet.").format(in_words=in_words(received)),
                tr("Enter the day on which the request came."),
            )
        asked = written(summary, tr("Please say in a few words what they ask for."))
        with self._desk.command("request-open") as tx:
            if subject is not None:
                refuse_unknown(tx, subject)
            id = requests.add(tx, KeptRequest("", kind, subject, received, asked))
            tx.about = about(id, subject)
            tx.note(kind.value)
        request = self.get(id, today)
        return self._desk.done(
            tx, _touched(subject), tr("{id} is noted. {state}.").format(id=id, state=request.state)
        )

    def acknowledge(self, id: str, on: date) -> Done:
        """That they were told that it has come."""
        with self._desk.command("request-acknowledge", id) as tx:
            kept = self._open_one(tx, id, on)
            if kept.acknowledged:
                raise Refused(
                    tr("{id} was acknowledged on {in_words} already.").format(
                        id=id, in_words=in_words(kept.acknowledged)
                    )
                )
            requests.change(tx, replace(kept, acknowledged=on))
        return self._desk.done(tx, _touched(kept.subject), tr("{id} is acknowledged.").format(id=id))

    def extend(self, id: str, why: str, on: date) -> Done:
        """Take up to two more months: they were told so today, with the reason, within the first month."""
        reason = written(why, tr("Please say why more time is needed, in the words that they were told."))
        with self._desk.command("request-extend", id) as tx:
            kept = self._open_one(tx, id, on)
            request = _timed(kept, on)
            if kept.kind is RequestKind.COMPLAINT:
                raise Refused(tr("{id} is a complaint, so its time cannot be extended.").format(id=id))
            if kept.extended:
                raise Refused(
                    tr("{id} was extended on {in_words} already.").format(
                        id=id, in_words=in_words(kept.extended)
                    )
                )
            if request.extend_until and on > request.extend_until:
                raise Refused(
                    tr("{id} could be extended until {in_words} only.").format(
                        id=id, in_words=in_words(request.extend_until)
                    ),
                    tr("Answer it as soon as you can."),
                )
            requests.change(tx, replace(kept, extended=on, extended_why=reason))
        return self._said(tx, kept, on)

    def pause(self, id: str, waiting_for: str, on: date) -> Done:
        """Stop the clock while something is needed from them: proof of who they are, or what they mean."""
        reason = written(waiting_for, tr("Please say what you need from them."))
        with self._desk.command("request-pause", id) as tx:
            kept = self._open_one(tx, id, on)
            if kept.kind is RequestKind.COMPLAINT:
                raise Refused(tr("{id} is a complaint, so its clock does not stop.").format(id=id))
            if kept.paused:
                raise Refused(
                    tr("{id} waits for them since {in_words} already.").format(
                        id=id, in_words=in_words(kept.paused)
                    )
                )
            if kept.resumed and on < kept.resumed:
                raise BadInput(
                    tr("The clock of {id} went on again on {in_words}.").format(
                        id=id, in_words=in_words(kept.resumed)
                    ),
                    tr("Check the day."),
                )
            due = _timed(kept, on).due
            if due and on > due:
                raise Refused(
                    tr("{id} is late already, so its clock cannot stop any more.").format(id=id),
                    tr("Answer it first."),
                )
            requests.change(tx, replace(kept, paused=on, waiting_for=reason))
        return self._said(tx, kept, on)

    def resume(self, id: str, on: date) -> Done:
        """They answered: the clock goes on, and the days that it stood are added."""
        with self._desk.command("request-resume", id) as tx:
            kept = self._open_one(tx, id, on)
            if kept.paused is None:
                raise Refused(tr("The clock of {id} runs already.").format(id=id))
            if on < kept.paused:
                raise BadInput(
                    tr("The clock of {id} stands since {in_words}.").format(
                        id=id, in_words=in_words(kept.paused)
                    ),
                    tr("Check the day."),
                )
            days = kept.paused_days + (on - kept.paused).days
            requests.change(tx, replace(kept, paused=None, waiting_for="", paused_days=days, resumed=on))
        return self._said(tx, kept, on)

    def close(self, id: str, outcome: str, on: date) -> Done:
        """That it was answered, refused with the reason, or taken back; a clock that stands stops there."""
        said = written(outcome, tr("Please say how it ended."))
        with self._desk.command("request-close", id) as tx:
            kept = self._open_one(tx, id, on)
            requests.change(tx, replace(kept, closed=on, outcome=said))
        return self._desk.done(tx, _touched(kept.subject), tr("{id} is closed.").format(id=id))

    def _open_one(self, tx: Transaction, id: str, on: date) -> KeptRequest:
        """A request on which a step may be taken on a day; its person is put beside it on the journal's line."""
        kept = requests.get(tx, id)
        if kept.closed:
            raise Refused(
                tr("{id} was closed on {in_words} already.").format(id=id, in_words=in_words(kept.closed))
            )
        if on < kept.received:
            raise BadInput(
                tr("{id} came on {in_words}, which is later.").format(
                    id=id, in_words=in_words(kept.received)
                ),
                tr("Check the day."),
            )
        tx.about = about(id, kept.subject)
        return kept

    def _said(self, tx: Transaction, kept: KeptRequest, on: date) -> Done:
        """What was done, with how the request stands after it."""
        return self._desk.done(tx, _touched(kept.subject), f"{kept.id}: {self.get(kept.id, on).state}.")


def written(text: str, hint: str) -> str:
    """Words that are kept; nothing at all is bad input."""
    if not text.strip():
        raise BadInput(tr("Something is missing."), hint)
    return text.strip()


def refuse_unknown(tx: Transaction, subject: Subject) -> None:
    """Whoever is named must be on record."""
    find = supporters.get if subject.kind is SubjectKind.SUPPORTER else enquiries.get
    find(tx, subject.id)


def about(id: str, *subjects: Subject | None) -> str:
    """What a line of the journal is about: ids alone."""
    return " ".join((id, *(each.id for each in subjects if each)))


def _touched(subject: Subject | None) -> Touched:
    if subject is None:
        return Touched()
    one = frozenset({subject.id})
    return Touched(supporters=one) if subject.kind is SubjectKind.SUPPORTER else Touched(enquiries=one)


def _timed(kept: KeptRequest, on: date) -> Request:
    """A request with its clock on a day."""
    return on_the_clock(kept, on, holidays_near(kept.received, farthest(kept, on)))


def _urgency(request: Request) -> tuple[bool, date, str]:
    return request.closed is not None, request.due or request.acknowledge_by or date.max, request.id
