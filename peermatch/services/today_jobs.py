"""What needs the coordinator today: one line for each matter, the most pressing first, from plain values and a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain

from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NO_LETTERS, Letters, Posted, Written, sent
from peermatch.services.clocks import (
    REPLY_WITHIN,
    Turn,
    after_working_days,
    answer_due,
    follow_up_due,
    reminder_due,
    turn,
    working_days,
)
from peermatch.services.first_reply import Agreed, first_reply

TRAINEE_SILENT = 5
"""Working days after which it is said that a trainee has not answered."""
MOST_THIN = 5
MOST_TO_ASK = 24
"""So many enquiries for which somebody is to be asked have lines of their own."""
FEW = 2
"""So many supporters, or fewer, are few for something that is asked for."""


class Matter(StrEnum):
    """What a line of Today is about, the most pressing first."""

    SAFETY = "safety"
    MAIL_RISK = "mail-risk"
    LATE_REQUEST = "late-request"
    INCIDENT = "incident"
    DIRECTORY = "directory"
    STOP_USING = "stop-using"
    ERASED = "erased"
    LATE_REPLY = "late-reply"
    NO_ANSWER = "no-answer"
    ANSWER = "answer"
    RETURNED = "returned"
    CARD = "card"
    YES = "yes"
    SILENT = "silent"
    REPLY = "reply"
    LETTERS = "letters"
    FITS = "fits"
    ASK = "ask"
    NOBODY = "nobody"
    TRIAGE = "triage"
    REMIND = "remind"
    CONSENT = "consent"
    VOLUNTEERS = "volunteers"
    FOLLOW_UP = "follow-up"
    LAST_FOLLOW_UP = "follow-up-last"
    END = "end"
    CLOSE = "close"
    REQUEST = "request"
    RECORDS = "records"
    SIGNPOSTS = "signposts"


_RANK = {matter: rank for rank, matter in enumerate(Matter)}
_TURNS = {
    Turn.REMIND: Matter.REMIND,
    Turn.MOVE_ON: Matter.NO_ANSWER,
    Turn.ASK_TRAINEE: Matter.YES,
    Turn.HAND_OVER: Matter.CARD,
    Turn.FOLLOW_UP: Matter.FOLLOW_UP,
    Turn.LAST_FOLLOW_UP: Matter.LAST_FOLLOW_UP,
    Turn.END: Matter.END,
}
_GROUPED = frozenset({Matter.FOLLOW_UP, Matter.LAST_FOLLOW_UP, Matter.END})


@dataclass(frozen=True, slots=True)
class Job:
    """One matter: since when it waits, by when it is due, whom it concerns, and who or what is next in line.

    ``count`` is how many of a kind stand behind the line; its records are then those of the first.
    """

    matter: Matter
    since: date
    due: date
    enquiry: str = ""
    supporter: str = ""
    next: str = ""
    reminded: date | None = None
    count: int = 1

    @property
    def key(self) -> str:
        """By what the line is known again after a refresh."""
        return " ".join(
            part
            for part in (self.matter.value, "" if self.count > 1 else self.enquiry, self.supporter)
            if part
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A number above the list: how many, the oldest day among them, how many of them press, how many have no day."""

    count: int = 0
    first: date | None = None
    pressing: int = 0
    dayless: int = 0


@dataclass(frozen=True, slots=True)
class Thin:
    """A topic that is asked for, how often within a year, and how many may be found by it."""

    topic: str
    asked: int
    supporters: int

    @property
    def strain(self) -> float:
        """How full its bar is: everything where nobody is there, else the askings for each supporter, to 4."""
        return 1.0 if not self.supporters else min(1.0, self.asked / (self.supporters * 4))


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page for a day."""

    on: date
    jobs: tuple[Job, ...] = ()
    waiting: Figure = Figure()
    asked: Figure = Figure()
    ending: Figure = Figure()
    thin: tuple[Thin, ...] = ()
    never_asked: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """An enquiry with its introductions and all that was written for it."""

    enquiry: Enquiry
    introductions: Sequence[Introduction]
    written: Written
    agreed: Agreed = field(default_factory=dict)

    def letters(self, supporter: str = "") -> Letters:
        """Those of one introduction, or of the enquiry itself."""
        return self.written.get((self.enquiry.reference, supporter), NO_LETTERS)

    @property
    def unheard(self) -> bool:
        """Whether the trainee has had no word yet."""
        return first_reply(self.letters(), self.introductions, self.agreed) is None


def jobs_of(case: Case, on: date) -> tuple[Job, ...]:
    """What is to be done for one enquiry on a day; risk comes first, and alone."""
    enquiry = case.enquiry
    if enquiry.status is EnquiryStatus.WITHDRAWN:
        return ()
    if enquiry.held and enquiry.status is not EnquiryStatus.CLOSED:
        return (Job(Matter.SAFETY, enquiry.received, enquiry.received, enquiry.reference),)
    found = (_of_introduction(each, case.letters(each.supporter), on) for each in case.introductions)
    jobs = tuple(job for job in found if job is not None)
    in_hand = any(each.in_hand for each in case.introductions)
    own = _of_enquiry(case, on) if enquiry.open and (case.unheard or not in_hand) else None
    return (*jobs, own) if own else jobs


def _of_introduction(introduction: Introduction, letters: Letters, on: date) -> Job | None:
    now = turn(introduction, on, letters)
    if now is Turn.WAIT:
        return None
    since, due = _clock(introduction, letters, now)
    matter = _TURNS[now]
    if matter is Matter.YES and working_days(since, on) >= TRAINEE_SILENT:
        matter = Matter.SILENT
    reminded = sent(letters, Posted.REMINDER, introduction.asked)
    return Job(matter, since, due, introduction.enquiry, introduction.supporter, reminded=reminded)


def _clock(introduction: Introduction, letters: Letters, now: Turn) -> tuple[date, date]:
    """Since when it waits, and by when it is due."""
    if now is Turn.REMIND:
        return introduction.asked, reminder_due(introduction)
    if now is Turn.MOVE_ON:
        return introduction.asked, answer_due(introduction, letters)
    if introduction.introduced is not None and introduction.state is State.INTRODUCED:
        return introduction.introduced, follow_up_due(introduction, letters)
    since = introduction.answered or introduction.asked
    return since, since


def _of_enquiry(case: Case, on: date) -> Job | None:
    """What an open enquiry waits for while the trainee has had no word, or nobody is asked."""
    enquiry = case.enquiry
    due = after_working_days(enquiry.received, REPLY_WITHIN)
    if case.unheard:
        matter = Matter.LATE_REPLY if on > due else Matter.REPLY
    elif any(each.state is State.ENDED for each in case.introductions):
        matter = Matter.CLOSE
    else:
        matter = Matter.ASK if enquiry.needs else Matter.TRIAGE
    return Job(matter, enquiry.received, due, enquiry.reference)


def few_to_ask(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """Enquiries for which somebody is to be asked stay singly while they are few; the others become one line.

    Who comes first is looked up for each line. With more than a person would work through one by one, that takes
    seconds in a great network, and a plan for all of them together is the better answer.
    """
    found = tuple(jobs)
    asking = sorted((each for each in found if each.matter is Matter.ASK), key=_pressing)
    others = asking[MOST_TO_ASK:]
    if len(others) <= 1:
        return found
    first, behind = others[0], {each.enquiry for each in others}
    singly = (each for each in found if each.matter is not Matter.ASK or each.enquiry not in behind)
    return (*singly, replace(first, count=len(others)))


def in_order(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """The most pressing first; what is of one kind and can wait becomes one line with its number."""
    return tuple(_grouped(sorted(jobs, key=_pressing)))


def _pressing(job: Job) -> tuple[int, date, date, bool, str]:
    return _RANK[job.matter], job.due, job.since, job.count > 1, job.key


def _grouped(ordered: Sequence[Job]) -> Iterator[Job]:
    counts = Counter(job.matter for job in ordered)
    told: set[Matter] = set()
    for job in ordered:
        if job.matter not in _GROUPED or counts[job.matter] == 1:
            yield job
        elif job.matter not in told:
            told.add(job.matter)
            yield Job(job.matter, job.since, job.due, job.enquiry, job.supporter, count=counts[job.matter])


def waiting_figure(cases: Iterable[Case], on: date) -> Figure:
    """Who waits for a first reply: how many, since when, and how many past the promised day."""
    waiting = [case.enquiry.received for case in cases if case.enquiry.open and case.unheard]
    late = sum(1 for day in waiting if on > after_working_days(day, REPLY_WITHIN))
    return Figure(len(waiting), min(waiting, default=None), late)


def asked_figure(cases: Iterable[Case], on: date) -> Figure:
    """Supporters who were asked and have not answered, and how many of them are due a reminder."""
    asked = [(case, each) for case in cases for each in case.introductions if each.state is State.ASKED]
    turns = (turn(each, on, case.letters(each.supporter)) for case, each in asked)
    remind = sum(1 for now in turns if now is Turn.REMIND)
    return Figure(len(asked), min((each.asked for _, each in asked), default=None), remind)


def asked_for(wanted: Iterable[Sequence[str]]) -> Counter[str]:
    """How often each topic was asked for, of the topics of some enquiries."""
    return Counter(chain.from_iterable(map(dict.fromkeys, wanted)))


def thinnest(asked: Mapping[str, int], supporters: Mapping[str, int]) -> tuple[Thin, ...]:
    """Where there are too few for what is asked: nobody first, then the most askings for each supporter."""
    found = (Thin(topic, times, supporters.get(topic, 0)) for topic, times in asked.items())
    thin = [each for each in found if each.supporters <= FEW or each.strain >= 1]
    order = sorted(thin, key=lambda t: (t.supporters > 0, -t.asked / max(t.supporters, 1), t.topic))
    return tuple(order[:MOST_THIN])
