"""What the schedule says of all that is kept: whose time is over on a day, and why, in a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from peermatch.matching.outlooks import over
from peermatch.model.consent import Purpose, Standing
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.incidents import KeptIncident
from peermatch.model.letter import Scope
from peermatch.model.onboarding import Stage
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.requests import KeptRequest
from peermatch.model.retention import Due, Item, KeptBack, Periods, Waiting, days_after, worded, years_after
from peermatch.model.rights import Case, CaseKind, RequestKind, Subject, SubjectKind
from peermatch.services.desk import Desk
from peermatch.services.mail_keeping import mail_due, named
from peermatch.services.snapshot import Snapshot
from peermatch.store import cases, closing, kept, ledger, lying, onboarding, received
from peermatch.store.kept import Left
from peermatch.store.lying import Lying
from peermatch.store.received import TakenIn
from peermatch.words import tr

_NOT_OURS = frozenset({Scope.SPAM.value, Scope.OUT_OF_SCOPE.value, Scope.OTHER_WORKSTREAM.value})


@dataclass(frozen=True)  # without slots, for what is worked out once
class _Facts:
    """What the file says, read in one go."""

    picture: Snapshot
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

    @cached_property
    def stepped(self) -> Mapping[str, date]:
        """For enquiries that came in closed: the latest day that their introductions know."""
        return self.picture.introductions.latest()

    @cached_property
    def strangers(self) -> Mapping[str, date]:
        """Enquiries that were never a case, and when each was taken in."""
        came = {id: each.on for id, each in self.taken_in.items() if each.scope in _NOT_OURS}
        return {id: on for id, on in came.items() if id not in self.erased and self._never_a_case(id)}

    def _never_a_case(self, reference: str) -> bool:
        """Whether nobody has worked on what looked like spam, or was for somebody else."""
        found = self.picture.enquiries.get(reference)
        return (
            found is not None
            and found.status in {EnquiryStatus.NEW, *closing.CLOSED}
            and not found.needs
            and not self.picture.introductions_of(reference)
            # A later letter of theirs may have spoken of danger: whatever the first looked like, that is a case.
            and not found.risk
        )

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
        found = (*self._closed(on, facts), *self._others(on, facts))
        due = (_held_back(each, facts, on) for each in found if each.due <= on)
        return tuple(sorted(due, key=lambda each: (each.due, each.subject.id, each.item.value)))

    def waiting(self, on: date) -> Waiting:
        """How much of it nobody keeps back; of very many that are over none is made into a line for it."""
        facts = self._facts()
        found = (each for each in self._others(on, facts) if each.due <= on)
        others = [each for each in found if _holding(facts, each.subject, on) is None]
        held = {each.id for each, back in facts.kept_back.items() if _asked(each) and back.holds(on)}
        over = {id: since for id, _, since in self._over(on, facts) if id not in held}
        subjects = {each.subject for each in others}
        twice = sum(1 for each in subjects if _asked(each) and each.id in over)
        days = [each.due for each in others]
        if over:
            days.append(days_after(min(over.values()), self._periods.enquiry_days))
        letters = sum(1 for each in others if each.item is Item.LETTER)
        return Waiting(len(subjects) + len(over) - twice, letters, min(days, default=None))

    def _others(self, on: date, facts: _Facts) -> Iterator[Due]:
        """All but the enquiries that were closed."""
        yield from self._spam(facts)
        yield from self._volunteers(on, facts)
        yield from self._left(facts)
        for subject, since in facts.taken_back.items():
            yield self._taken_back(subject, since)
        yield from self._cases(facts)
        yield from mail_due(facts.mail, self._periods)

    def _facts(self) -> _Facts:
        picture = self._desk.snapshot
        with self._desk.store.read() as tx:
            references = (Subject(SubjectKind.ENQUIRER, each) for each in picture.enquiries)
            return _Facts(
                picture=picture,
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
            )

    def _closed(self, on: date, facts: _Facts) -> Iterator[Due]:
        """Enquiries that are closed; none is read whole."""
        words = {status: self._said_closed(status) for status in closing.CLOSED}
        days = self._periods.enquiry_days
        for reference, status, since in self._over(on, facts):
            subject = Subject(SubjectKind.ENQUIRER, reference)
            yield Due(subject, Item.ENQUIRY, since, days_after(since, days), words[status])

    def _over(self, on: date, facts: _Facts) -> Iterator[tuple[str, EnquiryStatus, date]]:
        """Those that were closed so long ago that they are due, how they ended, and since when their time runs.

        One that came so late that it cannot be over is not looked at, whatever else is known of it.
        """
        days, noted = self._periods.enquiry_days, facts.closed
        if on.toordinal() <= days:
            return
        last = on if on == date.max else on - timedelta(days)
        aside = facts.strangers.keys() | facts.erased
        for reference, status, came, agreed in self._desk.snapshot.cases.over():
            since = noted.get(reference)
            if since is None and came <= last:
                since = facts.stepped.get(reference, came)
                if since < came or (agreed is not None and since < agreed):
                    since = max(came, agreed or came)
            if since is not None and since <= last and reference not in aside:
                yield reference, status, since

    def _spam(self, facts: _Facts) -> Iterator[Due]:
        """Those that were never a case."""
        days = self._periods.spam_days
        said = tr(
            "{id} was taken in on {in_words} and looked like spam or a letter for somebody else. Such letters "
            "are kept for {days} days."
        )
        words = worded(said, days=days)
        for reference, came in facts.strangers.items():
            subject = Subject(SubjectKind.ENQUIRER, reference)
            yield Due(subject, Item.SPAM, came, days_after(came, days), words)

    def _said_closed(self, status: EnquiryStatus) -> str:
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


def _asked(subject: Subject | Case) -> bool:
    """Whether it is the person behind an enquiry."""
    return subject.kind is SubjectKind.ENQUIRER


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
