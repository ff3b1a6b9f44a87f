"""What has been kept for its time: listed on any day, kept back with a reason, and erased by a person's press."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from peermatch.errors import BadInput, Refused
from peermatch.matching.outlooks import over
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.erasure import Wanted
from peermatch.model.incidents import KeptIncident
from peermatch.model.letter import Scope
from peermatch.model.onboarding import Stage
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.requests import KeptRequest
from peermatch.model.retention import (
    PERIODS,
    Due,
    Item,
    KeptBack,
    Periods,
    clock_jumped,
    days_after,
    years_after,
)
from peermatch.model.rights import Case, CaseKind, RequestKind, Subject, SubjectKind
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.erasure import carry_out, counted_of
from peermatch.services.mail_keeping import mail_due, named
from peermatch.store import cases, closing, kept, ledger, lying, onboarding, received
from peermatch.store.kept import Left, Numbered
from peermatch.store.lying import Lying
from peermatch.words import in_words, tr

LONGEST_REASON = 500
_PEOPLE = frozenset({Item.ENQUIRY, Item.SPAM, Item.VOLUNTEER, Item.TAKEN_BACK})
_NOT_OURS = frozenset({Scope.SPAM.value, Scope.OUT_OF_SCOPE.value, Scope.OTHER_WORKSTREAM.value})


@dataclass(frozen=True)  # without slots, for what is worked out once
class _Facts:
    """What the file says, read in one go."""

    closed: Mapping[str, date]
    scopes: Mapping[str, str]
    left: Mapping[Subject, Left]
    kept_back: Mapping[Subject, KeptBack]
    erased: frozenset[Subject]
    taken_back: Mapping[Subject, date]
    requests: tuple[KeptRequest, ...]
    incidents: tuple[KeptIncident, ...]
    letters: Mapping[Case, tuple[date, str]]
    gone: Mapping[str, date]
    mail: tuple[Lying, ...]

    @cached_property
    def named(self) -> Mapping[Case, tuple[Subject, ...]]:
        """Whose cases they are: who is kept back keeps their cases."""
        asked = {Case(CaseKind.REQUEST, e.id): (e.subject,) if e.subject else () for e in self.requests}
        wrong = {Case(CaseKind.INCIDENT, e.id): e.exposed for e in self.incidents}
        return asked | wrong | named(self.mail)


class ClockJumped(Refused):
    """The clock may be wrong; `Retention.confirm_clock` is for when it is right."""


class Retention:
    """Keeps to the schedule; nothing goes by itself."""

    def __init__(self, desk: Desk, periods: Periods = PERIODS) -> None:
        self._desk, self._periods = desk, periods

    def review(self, on: date) -> tuple[Due, ...]:
        """What is due on a day, the oldest first; who is kept back is listed with the reason."""
        facts = self._facts()
        found = (
            *self._enquiries(facts),
            *self._volunteers(on, facts),
            *self._left(facts),
            *(self._taken_back(subject, since) for subject, since in facts.taken_back.items()),
            *self._cases(facts),
            *mail_due(facts.mail, self._periods),
        )
        due = (_held_back(each, facts, on) for each in found if each.due <= on)
        return tuple(sorted(due, key=lambda each: (each.due, each.subject.id, each.item.value)))

    def _facts(self) -> _Facts:
        with self._desk.store.read() as tx:
            references = (Subject(SubjectKind.ENQUIRER, each) for each in self._desk.snapshot.enquiries)
            return _Facts(
                closed=closing.noted(tx),
                scopes=received.scopes(tx),
                left=kept.left(tx),
                kept_back=kept.kept_back(tx),
                erased=frozenset(ledger.erased_among(tx, references)),
                taken_back=received.taken_back(tx),
                requests=cases.closed_requests(tx),
                incidents=cases.closed_incidents(tx),
                letters=cases.letters(tx),
                gone=onboarding.days(tx, Stage.LEFT),
                mail=lying.every(tx),
            )

    def _enquiries(self, facts: _Facts) -> Iterator[Due]:
        for enquiry in self._desk.snapshot.enquiries.values():
            subject = Subject(SubjectKind.ENQUIRER, enquiry.reference)
            if subject in facts.erased:
                continue
            if self._never_a_case(enquiry, facts):
                yield self._spam(subject, enquiry)
            elif enquiry.status in closing.CLOSED:
                yield self._closed(subject, enquiry, facts)

    def _never_a_case(self, enquiry: Enquiry, facts: _Facts) -> bool:
        """Whether it looked like spam or was for somebody else, and nobody has worked on it since."""
        return (
            facts.scopes.get(enquiry.reference) in _NOT_OURS
            and enquiry.status in {EnquiryStatus.NEW, *closing.CLOSED}
            and not enquiry.needs
            and not self._desk.snapshot.introductions_of(enquiry.reference)
        )

    def _spam(self, subject: Subject, enquiry: Enquiry) -> Due:
        days = self._periods.spam_days
        said = tr(
            "{id} came on {in_words} and looked like spam or a letter for somebody else. Such letters "
            "are kept for {days} days."
        ).format(id=subject.id, in_words=in_words(enquiry.received), days=days)
        return Due(subject, Item.SPAM, enquiry.received, days_after(enquiry.received, days), said)

    def _closed(self, subject: Subject, enquiry: Enquiry, facts: _Facts) -> Due:
        steps = self._desk.snapshot.introductions_of(enquiry.reference)
        since = facts.closed.get(enquiry.reference) or closing.latest_known(enquiry, steps)
        days = self._periods.enquiry_days
        what = tr("was withdrawn") if enquiry.status is EnquiryStatus.WITHDRAWN else tr("was closed")
        said = tr(
            "{id} {what} on {in_words}. The letter and who wrote it are kept for {days} days after that."
        ).format(id=subject.id, what=what, in_words=in_words(since), days=days)
        return Due(subject, Item.ENQUIRY, since, days_after(since, days), said)

    def _taken_back(self, subject: Subject, since: date) -> Due:
        days = self._periods.taken_back_days
        said = tr(
            "{id} was added and taken back on {in_words}. What brings it back is kept for {days} days."
        ).format(id=subject.id, in_words=in_words(since), days=days)
        return Due(subject, Item.TAKEN_BACK, since, days_after(since, days), said)

    def _volunteers(self, on: date, facts: _Facts) -> Iterator[Due]:
        """Who does not agree any more that their record is kept; who was never asked is on another list."""
        picture = self._desk.snapshot
        found = over(picture.register, on)
        yield from self._unheld(on, found.withdrawn, Standing.WITHDRAWN)
        yield from self._unheld(on, found.ended, Standing.ENDED)
        for id in found.unsettled:
            ruling = picture.gate(picture.supporter(id), on).ruling(Purpose.HOLD)
            if ruling.record is not None and not ruling.valid:
                back = ruling.standing is Standing.WITHDRAWN
                since = ruling.record.withdrawn if back else ruling.record.expires
                yield from self._unheld(on, {id: since} if since else {}, ruling.standing)
        for id in facts.gone:
            person = picture.supporters.get(id)
            due = self._never_asked(person, facts) if person is not None else None
            if due is not None:
                yield due

    def _unheld(self, on: date, since: Mapping[str, date], standing: Standing) -> Iterator[Due]:
        """Of whom consent to the record was withdrawn, or ended, so long ago that it is due."""
        if standing is Standing.WITHDRAWN:
            days, what = (
                self._periods.withdrawn_days,
                tr("{id} withdrew consent to be on record on {in_words}."),
            )
        else:
            days, what = self._periods.lapsed_days, tr("{id}'s consent to be on record ended on {in_words}.")
        kept = tr("{said} The record is kept for {days} days after that.")
        for id, day in since.items():
            if (due := days_after(day, days)) <= on:
                said = kept.format(said=what.format(id=id, in_words=in_words(day)), days=days)
                yield Due(Subject(SubjectKind.SUPPORTER, id), Item.VOLUNTEER, day, due, said)

    def _never_asked(self, person: Supporter, facts: _Facts) -> Due | None:
        """A volunteer who left before they had agreed to anything: nothing allows the record to be kept."""
        since = facts.gone.get(person.id)
        if since is None or person.consents or person.status is not SupporterStatus.LEFT:
            return None
        days, subject = self._periods.withdrawn_days, Subject(SubjectKind.SUPPORTER, person.id)
        said = tr(
            "{id} left on {in_words} and had agreed to nothing. The record is kept for {days} days after "
            "that."
        ).format(id=person.id, in_words=in_words(since), days=days)
        return Due(subject, Item.VOLUNTEER, since, days_after(since, days), said)

    def _left(self, facts: _Facts) -> Iterator[Due]:
        """What was left of those who were erased before."""
        for subject, left in facts.left.items():
            logs = (*left.kept_introductions.values(), *left.introductions.values())
            if logs:
                yield self._log(subject, min(logs))
            if left.consents:
                yield self._proof(subject, min(left.consents.values()))

    def _log(self, subject: Subject, since: date) -> Due:
        years = self._periods.introductions_years
        said = tr(
            "An introduction of {id} ended on {in_words}. The log is kept for {years} years after that."
        ).format(id=subject.id, in_words=in_words(since), years=years)
        return Due(subject, Item.INTRODUCTIONS, since, years_after(since, years), said)

    def _proof(self, subject: Subject, since: date) -> Due:
        years = self._periods.consent_years
        said = tr(
            "Consent of {id} ended on {in_words}. Proof of it is kept for {years} years after that."
        ).format(id=subject.id, in_words=in_words(since), years=years)
        return Due(subject, Item.CONSENT, since, years_after(since, years), said)

    def _cases(self, facts: _Facts) -> Iterator[Due]:
        """Requests, complaints and incidents that are closed, and letters of an erasure that nobody has sent."""
        periods = self._periods
        for request in facts.requests:
            complaint = request.kind is RequestKind.COMPLAINT
            item = Item.COMPLAINT if complaint else Item.REQUEST
            years = periods.complaints_years if complaint else periods.requests_years
            yield _case(Case(CaseKind.REQUEST, request.id), item, request.closed, years)
        for incident in facts.incidents:
            case = Case(CaseKind.INCIDENT, incident.id)
            yield _case(case, Item.INCIDENT, incident.closed, periods.incidents_years)
        for letter, (written, reference) in facts.letters.items():
            said = tr(
                "{id} was written for {reference} on {in_words}, after an erasure, and nobody has noted that "
                "it was sent. Such letters are kept for {letters_days} days."
            ).format(
                id=letter.id,
                reference=reference,
                in_words=in_words(written),
                letters_days=periods.letters_days,
            )
            yield Due(letter, Item.LETTER, written, days_after(written, periods.letters_days), said)

    def keep_back(self, subject: Subject, reason: str, until: date | None, on: date) -> Done:
        """Keep somebody longer than the schedule says, for a reason that is on the journal's image."""
        said = one_line(reason)
        if not said or len(said) > LONGEST_REASON:
            raise BadInput(
                tr("Please say why the record is kept back."), tr("For example: a complaint is open.")
            )
        if until is not None and until < on:
            raise BadInput(tr("That day has passed already."), tr("Choose a later day, or none."))
        self._refuse_unknown(subject)
        with self._desk.command("keep-back", subject.id) as tx:
            kept.keep_back(tx, subject, KeptBack(on, until, said))
        last = tr(" until {in_words}").format(in_words=in_words(until)) if until else ""
        return self._desk.done(
            tx, _touching(subject), tr("{id} is kept back{last}.").format(id=subject.id, last=last)
        )

    def release(self, subject: Subject, on: date) -> Done:
        """Let the schedule count again from a day."""
        with self._desk.command("release", subject.id) as tx:
            kept.release(tx, subject)
            tx.note(on.isoformat())
        return self._desk.done(
            tx, _touching(subject), tr("{id} is no longer kept back.").format(id=subject.id)
        )

    def confirm_clock(self) -> Done:
        """A person says that the clock is right: a step on the journal, from which the next jump is measured."""
        with self._desk.command("clock-right") as tx:
            pass
        return self._desk.done(
            tx, Touched(), tr("Noted: today is {in_words}.").format(in_words=in_words(self._desk.today))
        )

    def apply(self, subjects: Collection[Subject | Case], on: date) -> Done:
        """Erase what is due of these on a day, all in one next epoch; refused where the clock may be wrong."""
        self.refuse_wrong_clock(on)
        wanted = tuple(dict.fromkeys(subjects))
        chosen = [each for each in self.review(on) if each.subject in wanted]
        self._refuse_others(wanted, chosen)
        wanted_rows = self._wanted(chosen, on)
        count = len(wanted)
        notice = (
            tr("{id} is erased.").format(id=wanted[0].id)
            if count == 1
            else tr("{count} records are erased.").format(count=count)
        )
        return carry_out(self._desk, wanted_rows, "retention", notice, wanted)

    def _refuse_others(self, wanted: Iterable[Subject | Case], chosen: Collection[Due]) -> None:
        """Only what is due goes, and nothing that is kept back."""
        due = {each.subject: each.kept_back for each in chosen}
        if not due:
            raise Refused(tr("Nothing of this is due."), tr("Look at the list again."))
        for subject in wanted:
            if subject not in due:
                raise Refused(tr("{id} is not due.").format(id=subject.id), tr("Look at the list again."))
            held = due[subject]
            if held is not None:
                raise Refused(
                    tr("{id} is kept back: {reason}").format(id=subject.id, reason=held.reason),
                    tr("Release the record first."),
                )

    def _wanted(self, chosen: Collection[Due], on: date) -> Wanted:
        people = tuple(
            each.subject for each in chosen if isinstance(each.subject, Subject) and each.item in _PEOPLE
        )
        with self._desk.store.read() as tx:
            left = kept.left(tx)
        logs = [left[each] for each in _of(chosen, Item.INTRODUCTIONS)]
        proofs = [left[each] for each in _of(chosen, Item.CONSENT)]
        return Wanted(
            on=on,
            people=people,
            counted=counted_of(self._desk.snapshot, people),
            introductions=self._over(on, self._periods.introductions_years, (e.introductions for e in logs)),
            kept_introductions=self._over(
                on, self._periods.introductions_years, (e.kept_introductions for e in logs)
            ),
            kept_consents=self._over(on, self._periods.consent_years, (e.consents for e in proofs)),
            cases=tuple(each.subject for each in chosen if isinstance(each.subject, Case)),
        )

    def _over(self, on: date, years: int, rows: Iterable[Numbered]) -> tuple[int, ...]:
        """Those whose own time is over: of one person, some lines may be younger than others."""
        return tuple(id for each in rows for id, since in each.items() if years_after(since, years) <= on)

    def refuse_wrong_clock(self, on: date) -> None:
        """Refuse to erase for a day to come, or by a clock that jumped by more than a month since the last step.

        A wrong clock would erase what is not due, for good.
        """
        now = self._desk.clock()
        with self._desk.store.read() as tx:
            last = received.last_step(tx)
        if on > now.date():
            raise Refused(
                tr("{in_words} has not come yet.").format(in_words=in_words(on)), tr("Choose today.")
            )
        if last is not None and clock_jumped(last, now, self._periods):
            raise ClockJumped(
                tr(
                    "This computer's clock says {in_words}, but the last step here was on {in_words_2}. Nothing "
                    "was erased."
                ).format(in_words=in_words(now.date()), in_words_2=in_words(last.astimezone().date())),
                tr("Put the clock right. If it is right, say so first, then erase."),
            )

    def left(self) -> Mapping[Subject, Left]:
        """What is left of everybody who was erased."""
        with self._desk.store.read() as tx:
            return kept.left(tx)

    def _refuse_unknown(self, subject: Subject) -> None:
        with self._desk.store.read() as tx:
            if kept.left_of(tx, subject).anything:
                return
        if subject.kind is SubjectKind.SUPPORTER:
            self._desk.snapshot.supporter(subject.id)
        else:
            self._desk.snapshot.enquiry(subject.id)


def _of(chosen: Iterable[Due], item: Item) -> tuple[Subject, ...]:
    """Whose items of one kind go."""
    return tuple(e.subject for e in chosen if e.item is item and isinstance(e.subject, Subject))


def _case(case: Case, item: Item, closed: date | None, years: int) -> Due:
    since = closed or date.max
    what = {Item.REQUEST: tr("request"), Item.COMPLAINT: tr("complaint")}.get(item, tr("incident"))
    said = tr(
        "The {what} {id} was closed on {in_words}. What it says and whom it names are kept for "
        "{years} years after that; its kind and its days stay, as a count."
    ).format(what=what, id=case.id, in_words=in_words(since), years=years)
    return Due(case, item, since, years_after(since, years), said)


def _held_back(each: Due, facts: _Facts, on: date) -> Due:
    held = _holding(facts, each.subject, on)
    return each if held is None else replace(each, kept_back=held)


def _holding(facts: _Facts, subject: Subject | Case, on: date) -> KeptBack | None:
    """Why somebody is kept back; their cases are, with them."""
    people = facts.named.get(subject, ()) if isinstance(subject, Case) else (subject,)
    holds = (facts.kept_back.get(each) for each in people)
    return next((held for held in holds if held is not None and held.holds(on)), None)


def _touching(subject: Subject) -> Touched:
    ids = frozenset({subject.id})
    return Touched(supporters=ids) if subject.kind is SubjectKind.SUPPORTER else Touched(enquiries=ids)
