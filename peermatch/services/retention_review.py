"""What the schedule says of all that is kept: whose time is over on a day, and why, in a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from peermatch.matching.outlooks import over
from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.incidents import KeptIncident
from peermatch.model.introduction import Introduction
from peermatch.model.letter import Scope
from peermatch.model.onboarding import Stage
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.requests import KeptRequest
from peermatch.model.retention import Due, Item, KeptBack, Periods, days_after, worded, years_after
from peermatch.model.rights import Case, CaseKind, RequestKind, Subject, SubjectKind
from peermatch.services.casebook import Head
from peermatch.services.desk import Desk
from peermatch.services.mail_keeping import mail_due, named
from peermatch.store import cases, closing, kept, ledger, lying, onboarding, received
from peermatch.store.kept import Left
from peermatch.store.lying import Lying
from peermatch.store.received import TakenIn
from peermatch.words import tr

_OVER = tuple(closing.CLOSED)
_NOT_OURS = frozenset({Scope.SPAM.value, Scope.OUT_OF_SCOPE.value, Scope.OTHER_WORKSTREAM.value})


@dataclass(frozen=True)  # without slots, for what is worked out once
class _Facts:
    """What the file says, read in one go."""

    closed: Mapping[str, date]
    taken_in: Mapping[str, TakenIn]
    left: Mapping[Subject, Left]
    kept_back: Mapping[Subject, KeptBack]
    erased: frozenset[str]
    """Of the enquiries that stand in lists, those of which only the reference is left."""
    taken_back: Mapping[Subject, date]
    requests: tuple[KeptRequest, ...]
    incidents: tuple[KeptIncident, ...]
    letters: Mapping[Case, tuple[date, str]]
    gone: Mapping[str, date]
    mail: tuple[Lying, ...]
    steps: Iterable[Introduction]

    @cached_property
    def stepped(self) -> Mapping[str, date]:
        """For enquiries that came in closed: the latest day that their introductions know."""
        return closing.latest_steps(self.steps)

    @cached_property
    def named(self) -> Mapping[Case, tuple[Subject, ...]]:
        """Whose cases they are: who is kept back keeps their cases."""
        asked = {Case(CaseKind.REQUEST, e.id): (e.subject,) if e.subject else () for e in self.requests}
        wrong = {Case(CaseKind.INCIDENT, e.id): e.exposed for e in self.incidents}
        return asked | wrong | named(self.mail)


class Review:
    """Looks through everything by the schedule; nothing goes by it."""

    def __init__(self, desk: Desk, periods: Periods) -> None:
        self._desk, self._periods = desk, periods

    def of(self, on: date) -> tuple[Due, ...]:
        """The oldest first; who is kept back is among them, with the reason."""
        facts = self._facts()
        found = (
            *self._enquiries(on, facts),
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
                taken_in=received.taken_in(tx),
                left=kept.left(tx),
                kept_back=kept.kept_back(tx),
                erased=frozenset(each.id for each in ledger.erased_among(tx, references)),
                taken_back=received.taken_back(tx),
                requests=cases.closed_requests(tx),
                incidents=cases.closed_incidents(tx),
                letters=cases.letters(tx),
                gone=onboarding.days(tx, Stage.LEFT),
                mail=lying.every(tx),
                steps=self._desk.snapshot.introductions,
            )

    def _enquiries(self, on: date, facts: _Facts) -> Iterator[Due]:
        """Those that are closed, or were never a case; none is read whole."""
        spam, closed = self._spam(), {status: self._closed(status) for status in closing.CLOSED}
        days = self._periods.enquiry_days
        for head in self._desk.snapshot.cases.heads():
            if head.reference in facts.erased:
                continue
            if self._never_a_case(head, facts):
                came = facts.taken_in[head.reference].on
                yield Due(_enquirer(head), Item.SPAM, came, days_after(came, self._periods.spam_days), spam)
            elif head.status in _OVER and (since := self._closed_since(head, on, facts)) is not None:
                words = closed[head.status]
                yield Due(_enquirer(head), Item.ENQUIRY, since, days_after(since, days), words)

    def _never_a_case(self, head: Head, facts: _Facts) -> bool:
        """Whether it looked like spam or was for somebody else, and nobody has worked on it since."""
        return (
            (came := facts.taken_in.get(head.reference)) is not None
            and came.scope in _NOT_OURS
            and head.status in {EnquiryStatus.NEW, *closing.CLOSED}
            and not head.asks
            and not self._desk.snapshot.introductions_of(head.reference)
            # A later letter of theirs may have spoken of danger: whatever the first looked like, that is a case.
            and not self._desk.snapshot.enquiries[head.reference].risk
        )

    def _closed_since(self, head: Head, on: date, facts: _Facts) -> date | None:
        """Since when its time runs; nothing where it came so late that it cannot be over whatever is known of it."""
        noted = facts.closed.get(head.reference)
        if noted is None and days_after(head.received, self._periods.enquiry_days) <= on:
            known = (head.received, head.agreed, facts.stepped.get(head.reference))
            return max(day for day in known if day is not None)
        return noted

    def _spam(self) -> str:
        said = tr(
            "{id} was taken in on {in_words} and looked like spam or a letter for somebody else. Such letters "
            "are kept for {days} days."
        )
        return worded(said, days=self._periods.spam_days)

    def _closed(self, status: EnquiryStatus) -> str:
        what = tr("was withdrawn") if status is EnquiryStatus.WITHDRAWN else tr("was closed")
        said = tr(
            "{id} {what} on {in_words}. The letter and who wrote it are kept for {days} days after that."
        )
        return worded(said, what=what, days=self._periods.enquiry_days)

    def _taken_back(self, subject: Subject, since: date) -> Due:
        days = self._periods.taken_back_days
        said = tr("{id} was added and taken back on {in_words}. What brings it back is kept for {days} days.")
        return Due(subject, Item.TAKEN_BACK, since, days_after(since, days), worded(said, days=days))

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
        kept_for = tr("{said} The record is kept for {days} days after that.")
        said = worded(kept_for.format(said=what, days=days))
        for id, day in since.items():
            if (due := days_after(day, days)) <= on:
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
        )
        return Due(subject, Item.VOLUNTEER, since, days_after(since, days), worded(said, days=days))

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
        )
        return Due(subject, Item.INTRODUCTIONS, since, years_after(since, years), worded(said, years=years))

    def _proof(self, subject: Subject, since: date) -> Due:
        years = self._periods.consent_years
        said = tr("Consent of {id} ended on {in_words}. Proof of it is kept for {years} years after that.")
        return Due(subject, Item.CONSENT, since, years_after(since, years), worded(said, years=years))

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
            )
            words = worded(said, reference=reference, letters_days=periods.letters_days)
            yield Due(letter, Item.LETTER, written, days_after(written, periods.letters_days), words)


def _case(case: Case, item: Item, closed: date | None, years: int) -> Due:
    since = closed or date.max
    what = {Item.REQUEST: tr("request"), Item.COMPLAINT: tr("complaint")}.get(item, tr("incident"))
    said = tr(
        "The {what} {id} was closed on {in_words}. What it says and whom it names are kept for "
        "{years} years after that; its kind and its days stay, as a count."
    )
    return Due(case, item, since, years_after(since, years), worded(said, what=what, years=years))


def _enquirer(head: Head) -> Subject:
    return Subject(SubjectKind.ENQUIRER, head.reference)


def _held_back(each: Due, facts: _Facts, on: date) -> Due:
    held = _holding(facts, each.subject, on)
    return each if held is None else replace(each, kept_back=held)


def _holding(facts: _Facts, subject: Subject | Case, on: date) -> KeptBack | None:
    """Why somebody is kept back; their cases are, with them."""
    if not facts.kept_back:
        return None
    people = facts.named.get(subject, ()) if isinstance(subject, Case) else (subject,)
    holds = (facts.kept_back.get(each) for each in people)
    return next((held for held in holds if held is not None and held.holds(on)), None)
