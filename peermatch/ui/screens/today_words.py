"""The lines of Today in words: what it is, what to do, what the button says, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peermatch.model.dates import in_words
from peermatch.model.people import Supporter
from peermatch.services.snapshot import Snapshot
from peermatch.services.today_jobs import Figure, Job, Matter, Thin
from peermatch.ui.cover import Cover
from peermatch.ui.screens.clock_words import age_words, count_of, day_words, weekday_words
from peermatch.ui.screens.duties_words import DUE, REQUESTS, WRONG
from peermatch.ui.screens.enquiry_words import risk_words
from peermatch.ui.widgets.chip import ChipKind

REPLY_PLACE = "reply:"
"""Before a reference: the enquiry with its first reply open, as a place to go to."""
NEW_PLACE = "new"
"""Instead of a reference: a new letter to be read."""
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as it is shown. ``lapse`` names the introduction that a second button lets go."""

    key: str
    chip: str
    kind: ChipKind
    title: str
    note: str
    press: str
    place: Place
    lapse: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of one line are made from: names come as they may be shown."""

    job: Job
    picture: Snapshot
    cover: Cover
    on: date

    def name(self, id: str) -> str:
        """A short name for lists."""
        return self._shown(id, lambda person: person.shown_name)

    def first(self, id: str) -> str:
        """What to call them on a button."""
        return "the next person" if self.cover.on else self._shown(id, lambda person: person.first_name)

    def day(self, day: date) -> str:
        """A day of this time."""
        return day_words(day, self.on)

    def _shown(self, id: str, name: Callable[[Supporter], str]) -> str:
        person = self.picture.supporters.get(id)
        return self.cover.shown(name(person) if person is not None else id)


def line(job: Job, picture: Snapshot, cover: Cover, on: date) -> Line:
    """One line of the list."""
    return _LINES[job.matter](_Told(job, picture, cover, on))


def _line(told: _Told, chip: str, kind: ChipKind, title: str, note: str, press: str, place: Place) -> Line:
    return Line(told.job.key, chip, kind, title, note, press, place)


def _enquiry(told: _Told, supporter: str = "") -> Place:
    return "enquiries", told.job.enquiry, supporter


def _introduction(told: _Told) -> Place:
    return "introductions", told.job.enquiry, told.job.supporter


def _safety(told: _Told) -> Line:
    enquiry = told.picture.enquiries[told.job.enquiry]
    title = f"{told.job.enquiry}: {risk_words(enquiry)}"
    note = "Read it before anything else. Help that can be offered today stands beside it."
    return _line(told, "safety", "risk", title, note, "Open", _enquiry(told))


def _late_request(told: _Told) -> Line:
    title = f"{count_of(told.job.count, 'request')} under data protection {_is(told.job.count)} late"
    note = f"The first should have been answered by {told.day(told.job.due)}."
    return _line(told, "late", "risk", title, note, "Open", ("duties", REQUESTS, ""))


def _incident(told: _Told) -> Line:
    title = f"{count_of(told.job.count, 'incident')} with data {_is(told.job.count)} not dealt with"
    note = "What must be reported has to be reported within 72 hours."
    return _line(told, "incident", "risk", title, note, "Open", ("duties", WRONG, ""))


def _reply(told: _Told) -> Line:
    job, late = told.job, told.job.matter is Matter.LATE_REPLY
    chip = age_words(job.since, told.on) if late else "new"
    promised = "was promised by" if late else "is promised by"
    title = f"{job.enquiry} waits for a first reply"
    note = (
        f"Received {weekday_words(job.since, told.on)}; a reply {promised} {weekday_words(job.due, told.on)}."
    )
    place = ("enquiries", f"{REPLY_PLACE}{job.enquiry}", "")
    return _line(told, chip, "wait" if late else "mute", title, note, "Write back", place)


def _no_answer(told: _Told) -> Line:
    job = told.job
    reminded = f", reminded on {told.day(job.reminded)}" if job.reminded else ""
    after = f" The next person is {told.name(job.next)}." if job.next else ""
    note = f"Asked on {told.day(job.since)}{reminded}.{after}"
    press = f"Ask {told.first(job.next)}" if job.next else "Look"
    place = _enquiry(told, job.next) if job.next else _introduction(told)
    title = f"{job.enquiry} has had no reply from {told.name(job.supporter)}"
    lapse = (job.enquiry, job.supporter)
    return Line(job.key, age_words(job.since, told.on), "wait", title, note, press, place, lapse)


def _card(told: _Told) -> Line:
    title = f"{told.name(told.job.supporter)} and {told.job.enquiry} have both said yes"
    note = "The card is ready. You see all of it before it goes."
    return _line(told, "card", "good", title, note, "Preview the card", _introduction(told))


def _yes(told: _Told) -> Line:
    name = told.name(told.job.supporter)
    title = f"{name} is happy to help with {told.job.enquiry}"
    note = "The letter to the trainee is ready. It does not say who would help."
    return _line(told, "yes", "good", title, note, "Ask the trainee", _introduction(told))


def _silent(told: _Told) -> Line:
    job = told.job
    title = f"{job.enquiry} has not answered about {told.name(job.supporter)}"
    note = f"They said yes on {told.day(job.since)}. The letter to the trainee is there to send again."
    return _line(told, age_words(job.since, told.on), "wait", title, note, "Look", _introduction(told))


def _fits(told: _Told) -> Line:
    job = told.job
    title = f"Somebody new fits {job.enquiry}"
    note = f"{told.name(job.next)} fits since you began to watch it on {told.day(job.since)}."
    return _line(told, "fits", "good", title, note, f"Ask {told.first(job.next)}", _enquiry(told, job.next))


def _ask(told: _Told) -> Line:
    job = told.job
    title = f"Nobody is asked for {job.enquiry}"
    note = f"Its needs are confirmed. First in the list is {told.name(job.next)}."
    return _line(told, "ask", "mute", title, note, f"Ask {told.first(job.next)}", _enquiry(told, job.next))


def _nobody(told: _Told) -> Line:
    title = f"Nobody fits {told.job.enquiry} now"
    note = "See who comes near and why, and what else there is."
    return _line(told, "nobody", "wait", title, note, "See why", _enquiry(told))


def _triage(told: _Told) -> Line:
    title = f"What {told.job.enquiry} needs is to be confirmed"
    note = "What the letter seems to ask for is marked in it."
    return _line(told, "needs", "mute", title, note, "Open", _enquiry(told))


def _remind(told: _Told) -> Line:
    job = told.job
    title = f"{told.name(job.supporter)} has not answered about {job.enquiry}"
    note = f"Asked on {told.day(job.since)}. The one reminder is written."
    first = "them" if told.cover.on else told.first(job.supporter)
    return _line(told, "remind", "wait", title, note, f"Remind {first}", _introduction(told))


def _consent(told: _Told) -> Line:
    job = told.job
    title = f"{count_of(job.count, 'person', 'people')} to ask again for consent"
    when = "Some of it has ended already." if job.due < told.on else f"The first ends on {in_words(job.due)}."
    return _line(told, "consent", "violet", title, when, "Prepare letters", ("consent", "", ""))


def _follow_up(told: _Told) -> Line:
    job, last = told.job, told.job.matter is Matter.LAST_FOLLOW_UP
    weeks = "six weeks" if last else "two weeks"
    note = (
        "Ask whether it was enough, for the last time."
        if last
        else "Ask both sides whether they got in touch."
    )
    title = f"{count_of(job.count, 'introduction')} made {weeks} ago"
    if job.count == 1:
        title = f"{job.enquiry} was introduced to {told.name(job.supporter)} {weeks} ago"
    return _line(told, "follow up", "mute", title, note, "Write", _introduction(told))


def _end(told: _Told) -> Line:
    job = told.job
    title = f"{count_of(job.count, 'introduction')} may be ended"
    if job.count == 1:
        title = f"The introduction of {job.enquiry} to {told.name(job.supporter)} may be ended"
    note = "Both were asked how it went, for the last time. Whoever helped has room again then."
    return _line(told, "end", "mute", title, note, "Look", _introduction(told))


def _close(told: _Told) -> Line:
    title = f"{told.job.enquiry} may be closed"
    note = "Its introduction has ended, and nobody else is asked."
    return _line(told, "close", "mute", title, note, "Open", _enquiry(told))


def _request(told: _Told) -> Line:
    title = f"{count_of(told.job.count, 'request')} under data protection {_is(told.job.count)} open"
    note = f"The next answer is due by {told.day(told.job.due)}."
    return _line(told, "request", "mute", title, note, "Open", ("duties", REQUESTS, ""))


def _records(told: _Told) -> Line:
    count = told.job.count
    title = f"{count_of(count, 'record')} {'has' if count == 1 else 'have'} reached the day of deletion"
    note = "Names and letters go; counts without anybody in them stay."
    return _line(told, "records", "mute", title, note, "Review", ("duties", DUE, ""))


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


_LINES: dict[Matter, Callable[[_Told], Line]] = {
    Matter.SAFETY: _safety,
    Matter.LATE_REQUEST: _late_request,
    Matter.INCIDENT: _incident,
    Matter.LATE_REPLY: _reply,
    Matter.NO_ANSWER: _no_answer,
    Matter.CARD: _card,
    Matter.YES: _yes,
    Matter.SILENT: _silent,
    Matter.REPLY: _reply,
    Matter.FITS: _fits,
    Matter.ASK: _ask,
    Matter.NOBODY: _nobody,
    Matter.TRIAGE: _triage,
    Matter.REMIND: _remind,
    Matter.CONSENT: _consent,
    Matter.FOLLOW_UP: _follow_up,
    Matter.LAST_FOLLOW_UP: _follow_up,
    Matter.END: _end,
    Matter.CLOSE: _close,
    Matter.REQUEST: _request,
    Matter.RECORDS: _records,
}


def waiting_note(figure: Figure, on: date) -> str:
    """Below the number of those who wait for a first reply."""
    if figure.first is None:
        return "everybody has heard from us"
    late = f" · {figure.pressing} past the promised day" if figure.pressing else ""
    return f"oldest {age_words(figure.first, on)}{late}"


def asked_note(figure: Figure, on: date) -> str:
    """Below the number of supporters who have not answered."""
    if figure.first is None:
        return "nobody is asked at the moment"
    if not figure.pressing:
        return f"first asked on {day_words(figure.first, on)}"
    return f"{figure.pressing} {_is(figure.pressing)} due a reminder today"


def ending_note(figure: Figure, on: date) -> str:
    """Below the number of those whose consent ends."""
    if not figure.count:
        return "nobody's, and nothing is missing"
    if figure.pressing:
        return f"{figure.pressing} of them {'has' if figure.pressing == 1 else 'have'} ended already"
    return f"first {day_words(figure.first, on)}" if figure.first else "missing, not ending"


def thin_words(thin: Thin) -> str:
    """How many there are for a topic, and how often it was asked for within a year."""
    there = count_of(thin.supporters, "supporter") if thin.supporters else "nobody"
    return f"{there} · asked {'once' if thin.asked == 1 else f'{thin.asked} times'}"
