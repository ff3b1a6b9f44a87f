"""Today: all that needs the coordinator, read together on the worker."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from peermatch.matching.engine import nearest
from peermatch.matching.supply import never_asked, supply
from peermatch.model.asking import soon
from peermatch.model.dates import twelve_months_before
from peermatch.model.introduction import State
from peermatch.model.posted import Written
from peermatch.model.requests import Stage
from peermatch.model.retention import Waiting
from peermatch.model.signpost_check import check_of
from peermatch.services.desk import Desk
from peermatch.services.due import DUE_WITHIN, ends_of
from peermatch.services.incidents import Incidents
from peermatch.services.letters import PostedLetters
from peermatch.services.mailbag import Mailbag
from peermatch.services.onboarding import Onboarding
from peermatch.services.requests import Requests
from peermatch.services.retention import Retention
from peermatch.services.snapshot import Snapshot
from peermatch.services.today_jobs import (
    Case,
    Figure,
    Job,
    Matter,
    Today,
    asked_figure,
    asked_for,
    few_to_ask,
    in_order,
    jobs_of,
    thinnest,
    waiting_figure,
)
from peermatch.services.today_mail import with_mail
from peermatch.services.watches import Watches
from peermatch.store import erased_letters, left_pages, statistics, stop_letters

_ASKING = frozenset({Matter.NO_ANSWER, Matter.ASK})


class Days:
    """Looks at a day; nothing is changed by it."""

    def __init__(self, desk: Desk, letters: PostedLetters) -> None:
        self._desk, self._letters = desk, letters
        self._watches, self._requests = Watches(desk), Requests(desk)
        self._incidents, self._retention = Incidents(desk), Retention(desk)
        self._onboarding = Onboarding(desk)

    def of(self, on: date) -> Today:
        """The page for a day; whoever comes back to it finds it as it is."""
        return self._desk.once(("today", on), lambda: self._page(on))

    def _page(self, on: date) -> Today:
        picture = self._desk.snapshot
        cases = self._cases(picture)
        asked = asked_for(picture.cases.wanted(twelve_months_before(on), on))
        ending = _ending(picture, on)
        jobs = [job for case in cases for job in jobs_of(case, on)]
        fits = tuple(self._fits(on))
        fitting = {job.enquiry for job in fits}
        kept = few_to_ask(job for job in jobs if job.enquiry not in fitting or not _idle(job))
        told = self._since_their_yes(tuple(_with_next(picture, job, on) for job in kept))
        found = with_mail(told, Mailbag(self._desk), picture, on)
        return Today(
            on,
            in_order((*found, *fits, *_renewals(ending, on), *self._volunteers(on), *self._duties(on))),
            waiting_figure(cases, on),
            asked_figure(cases, on),
            ending,
            thinnest(asked, supply(picture.register, asked, on)),
            never_asked(picture.register, on),
        )

    def _cases(self, picture: Snapshot) -> tuple[Case, ...]:
        """Of one that was stopped the journal alone knows whether the trainee had said yes to it before."""
        cases = tuple(_cases(picture, self._letters.written()))
        if not any(_stopped_unseen(case) for case in cases):
            return cases
        with self._desk.store.read() as tx:
            agreed = statistics.agreed_days(tx)
        return tuple(replace(case, agreed=agreed) for case in cases)

    def _since_their_yes(self, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        """A card is ready since the trainee's yes was noted, which the journal alone knows."""
        if all(job.matter is not Matter.CARD for job in jobs):
            return jobs
        with self._desk.store.read() as tx:
            noted = statistics.noted_days(tx)
        return tuple(_ready_since(job, noted) if job.matter is Matter.CARD else job for job in jobs)

    def _fits(self, on: date) -> Iterator[Job]:
        """Where a watch reports somebody; the first of them is ready to be asked."""
        for fit in self._watches.fitting(on):
            yield Job(Matter.FITS, fit.since, on, fit.enquiry, next=fit.new[0].supporter)

    def _volunteers(self, on: date) -> Iterator[Job]:
        """Who waits for the lead on the way in: one line for all."""
        waiting = self._onboarding.waiting()
        if waiting:
            first = min((each.since or on for each in waiting), default=on)
            yield Job(Matter.VOLUNTEERS, first, first, supporter=waiting[0].supporter, count=len(waiting))

    def _duties(self, on: date) -> Iterator[Job]:
        """Data protection: what the law's clocks say."""
        open_ones = [each for each in self._requests.every(on) if not each.closed]
        late = [each for each in open_ones if each.stage is Stage.LATE]
        for matter, found in ((Matter.LATE_REQUEST, late), (Matter.REQUEST, open_ones)):
            days = [each.due or each.acknowledge_by or each.received for each in found]
            if days and (matter is Matter.LATE_REQUEST or not late):
                yield Job(matter, min(each.received for each in found), min(days), count=len(days))
        wrong = sum(1 for each in self._incidents.every() if not each.closed)
        if wrong:
            yield Job(Matter.INCIDENT, on, on, count=wrong)
        if count := self._said_too_much(on):
            yield Job(Matter.DIRECTORY, on, on, count=count)
        yield from self._to_tell()
        yield from _records(self._retention.waiting(on))
        yield from _signposts(self._desk.snapshot, on)

    def _to_tell(self) -> Iterator[Job]:
        """Letters to those who hold details that must not be used any more: a line for each whose details they are.

        Of who is erased nobody knows that any more: one line for all of theirs.
        """
        with self._desk.store.read() as tx:
            withdrawn = stop_letters.unsent(tx)
            erased = [each.written for each in erased_letters.every(tx).values()]
        for each in withdrawn:
            yield Job(Matter.STOP_USING, each.since, each.since, supporter=each.supporter, count=each.readers)
        if erased:
            yield Job(Matter.ERASED, min(erased), min(erased), count=len(erased))

    def _said_too_much(self, on: date) -> int:
        """Of how many people a directory page that left says what it may not say any more."""
        with self._desk.store.read() as tx:
            if not left_pages.name_anybody(tx):
                return 0
        from peermatch.services.directory import Directory

        return sum(each.count for each in Directory(self._desk).too_much(on))


def _ready_since(job: Job, noted: Mapping[tuple[str, str], date]) -> Job:
    day = noted.get((job.enquiry, job.supporter), job.since)
    return replace(job, since=day, due=day)


def _records(due: Waiting) -> Iterator[Job]:
    """Whose time is over and nobody keeps them back: one line for all."""
    if due.first is not None:
        yield Job(Matter.RECORDS, due.first, due.first, count=due.count)


def _signposts(picture: Snapshot, on: date) -> Iterator[Job]:
    """Help in a crisis that nobody has checked for a year: one line for all, and the first of them."""
    due = [each for each in picture.reference.signposts.urgent if check_of(each, on).due]
    if due and (picture.supporters or picture.enquiries):  # a network of nobody offers nothing yet
        yield Job(Matter.SIGNPOSTS, on, on, next=due[0].id, count=len(due))


def _cases(picture: Snapshot, written: Written) -> Iterator[Case]:
    """Every enquiry of which something may still be asked."""
    for enquiry in picture.cases.going_on({each.enquiry for each in picture.introductions.in_hand}):
        yield Case(enquiry, picture.introductions_of(enquiry.reference), written)


def _stopped_unseen(case: Case) -> bool:
    stopped = (each.state is State.STOPPED for each in case.introductions)
    return case.enquiry.open and any(stopped) and case.unheard


def _with_next(picture: Snapshot, job: Job, on: date) -> Job:
    """Who would be asked next, where somebody should be; where nobody fits, that is what the line says."""
    if job.matter not in _ASKING or job.count > 1:
        return job
    enquiry = picture.enquiries[job.enquiry]
    asked = any(i.in_hand and i.supporter != job.supporter for i in picture.introductions_of(job.enquiry))
    if asked or not (enquiry.open and enquiry.needs):
        return job
    first = nearest(picture.register, enquiry, on, picture.policy)
    if first is None:
        return replace(job, matter=Matter.NOBODY) if job.matter is Matter.ASK else job
    return replace(job, next=first)


def _idle(job: Job) -> bool:
    """Whether a line says no more than that nobody is asked; a watch that reports says it better."""
    return job.matter in (Matter.ASK, Matter.NOBODY)


def _ending(picture: Snapshot, on: date) -> Figure:
    """Whose consent ends within thirty days, has ended, or is missing."""
    ends = ends_of(picture, on, soon(on, DUE_WITHIN))
    first, never = min(ends, default=date.max), ends.count(date.max)
    ended = sum(1 for end in ends if end < on)
    return Figure(len(ends), None if first == date.max else first, ended, never)


def _renewals(ending: Figure, on: date) -> Iterator[Job]:
    if ending.count:
        first = ending.first or on
        yield Job(Matter.CONSENT, first, first, count=ending.count)
