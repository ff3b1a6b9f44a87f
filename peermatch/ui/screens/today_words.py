"""The lines of Today in words: what it is, what to do, what the button says, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peermatch.services.risk_words import risk_words
from peermatch.services.snapshot import Snapshot
from peermatch.services.today_jobs import Figure, Job, Matter, Thin
from peermatch.ui.cover import Cover
from peermatch.ui.screens.clock_words import age_words, day_words, weekday_words
from peermatch.ui.screens.duties_words import DUE, REQUESTS, WRONG
from peermatch.ui.screens.pages import DIRECTORY
from peermatch.ui.screens.supporter_facets import WAITING_PLACE
from peermatch.ui.screens.today_mail import MAIL_MATTERS, mail_line
from peermatch.ui.screens.today_telling import TELLING, telling_line
from peermatch.ui.widgets.chip import ChipKind
from peermatch.words import count_of, in_words, tr

REPLY_PLACE = "reply:"
"""Before a reference: the enquiry with its first reply open, as a place to go to."""
DETAILS_PLACE = "details:"
"""Before a reference: the enquiry with its details, where its letters and its closing stand."""
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
        return self.cover.shown(self.picture.supporters.shown_name(id) or id)

    def first(self, id: str) -> str:
        """What to call them on a button."""
        return tr("the next person") if self.cover.on else self.picture.supporters.first_name(id) or id

    def day(self, day: date) -> str:
        """A day of this time."""
        return day_words(day, self.on)


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
    note = tr("Read it before anything else. Help that can be offered today stands beside it.")
    return _line(told, tr("safety"), "risk", title, note, tr("Open"), _enquiry(told))


def _late_request(told: _Told) -> Line:
    title = tr("{count_of} under data protection {word} late").format(
        count_of=count_of(told.job.count, "request"), word=_is(told.job.count)
    )
    note = tr("The first should have been answered by {day}.").format(day=told.day(told.job.due))
    return _line(told, tr("late"), "risk", title, note, tr("Open"), ("duties", REQUESTS, ""))


def _incident(told: _Told) -> Line:
    title = tr("{count_of} with data {word} not dealt with").format(
        count_of=count_of(told.job.count, "incident"), word=_is(told.job.count)
    )
    note = tr("What must be reported has to be reported within 72 hours.")
    return _line(told, tr("incident"), "risk", title, note, tr("Open"), ("duties", WRONG, ""))


def _reply(told: _Told) -> Line:
    job, late = told.job, told.job.matter is Matter.LATE_REPLY
    chip = age_words(job.since, told.on) if late else "new"
    promised = tr("was promised by") if late else tr("is promised by")
    title = tr("{enquiry} waits for a first reply").format(enquiry=job.enquiry)
    note = tr("Received {weekday_words}; a reply {promised} {weekday_words_2}.").format(
        weekday_words=weekday_words(job.since, told.on),
        promised=promised,
        weekday_words_2=weekday_words(job.due, told.on),
    )
    place = ("enquiries", f"{REPLY_PLACE}{job.enquiry}", "")
    return _line(told, chip, "wait" if late else "mute", title, note, tr("Write back"), place)


def _no_answer(told: _Told) -> Line:
    job = told.job
    reminded = tr(", reminded on {day}").format(day=told.day(job.reminded)) if job.reminded else ""
    after = tr(" The next person is {name}.").format(name=told.name(job.next)) if job.next else ""
    note = tr("Asked on {day}{reminded}.{after}").format(
        day=told.day(job.since), reminded=reminded, after=after
    )
    press = tr("Ask {first}").format(first=told.first(job.next)) if job.next else tr("Look")
    place = _enquiry(told, job.next) if job.next else _introduction(told)
    title = tr("{enquiry} has had no reply from {name}").format(
        enquiry=job.enquiry, name=told.name(job.supporter)
    )
    lapse = (job.enquiry, job.supporter)
    return Line(job.key, age_words(job.since, told.on), "wait", title, note, press, place, lapse)


def _card(told: _Told) -> Line:
    title = tr("{name} and {enquiry} have both said yes").format(
        name=told.name(told.job.supporter), enquiry=told.job.enquiry
    )
    note = tr("The card is ready. You see all of it before it goes.")
    return _line(told, tr("card"), "good", title, note, tr("Preview the card"), _introduction(told))


def _yes(told: _Told) -> Line:
    name = told.name(told.job.supporter)
    title = tr("{name} is happy to help with {enquiry}").format(name=name, enquiry=told.job.enquiry)
    note = tr("The letter to the trainee is ready. It does not say who would help.")
    return _line(told, tr("yes"), "good", title, note, tr("Ask the trainee"), _introduction(told))


def _silent(told: _Told) -> Line:
    job = told.job
    title = tr("{enquiry} has not answered about {name}").format(
        enquiry=job.enquiry, name=told.name(job.supporter)
    )
    first = told.name(job.supporter)
    note = tr("{first} said yes on {day}. The one reminder to the trainee is written.").format(
        first=first, day=told.day(job.since)
    )
    return _line(told, age_words(job.since, told.on), "wait", title, note, tr("Remind"), _introduction(told))


def _fits(told: _Told) -> Line:
    job = told.job
    title = tr("Somebody new fits {enquiry}").format(enquiry=job.enquiry)
    note = tr("{name} fits since you began to watch it on {day}.").format(
        name=told.name(job.next), day=told.day(job.since)
    )
    return _line(
        told,
        tr("fits"),
        "good",
        title,
        note,
        tr("Ask {first}").format(first=told.first(job.next)),
        _enquiry(told, job.next),
    )


def _ask(told: _Told) -> Line:
    job = told.job
    if job.count > 1:
        crowd = count_of(job.count, "more enquiry", "more enquiries")
        title = tr("Nobody is asked for {crowd}").format(crowd=crowd)
        note = tr("Their needs are confirmed. A plan finds the best for all of them together.")
        return _line(told, tr("ask"), "mute", title, note, tr("Plan"), ("plan", "", ""))
    title = tr("Nobody is asked for {enquiry}").format(enquiry=job.enquiry)
    note = tr("Its needs are confirmed. First in the list is {name}.").format(name=told.name(job.next))
    press = tr("Ask {first}").format(first=told.first(job.next))
    return _line(told, tr("ask"), "mute", title, note, press, _enquiry(told, job.next))


def _nobody(told: _Told) -> Line:
    title = tr("Nobody fits {enquiry} now").format(enquiry=told.job.enquiry)
    note = tr(
        "See who comes near and why, and what else there is. A letter that says so is under its details."
    )
    return _line(told, tr("nobody"), "wait", title, note, tr("See why"), _enquiry(told))


def _triage(told: _Told) -> Line:
    title = tr("What {enquiry} needs is to be confirmed").format(enquiry=told.job.enquiry)
    note = tr("What the letter seems to ask for is marked in it.")
    return _line(told, tr("needs"), "mute", title, note, tr("Open"), _enquiry(told))


def _remind(told: _Told) -> Line:
    job = told.job
    title = tr("{name} has not answered about {enquiry}").format(
        name=told.name(job.supporter), enquiry=job.enquiry
    )
    note = tr("Asked on {day}. The one reminder is written.").format(day=told.day(job.since))
    first = "them" if told.cover.on else told.first(job.supporter)
    return _line(
        told, tr("remind"), "wait", title, note, tr("Remind {first}").format(first=first), _introduction(told)
    )


def _consent(told: _Told) -> Line:
    job = told.job
    title = tr("{count_of} to ask again for consent").format(count_of=count_of(job.count, "person", "people"))
    when = (
        tr("Some of it has ended already.")
        if job.due < told.on
        else tr("The first ends on {in_words}.").format(in_words=in_words(job.due))
    )
    return _line(told, tr("consent"), "violet", title, when, tr("Prepare letters"), ("consent", "", ""))


def _volunteers(told: _Told) -> Line:
    job = told.job
    title = tr("{count_of} {part} for a check").format(
        count_of=count_of(job.count, "volunteer"), part="wait" if job.count > 1 else "waits"
    )
    if job.count == 1:
        title = tr("{name} waits for a check").format(name=told.name(job.supporter))
    since = tr("Offered on {day}. ").format(day=told.day(job.since)) if job.since < told.on else ""
    note = tr("{since}The talk, the training, the agreement and a yes to the record come first.").format(
        since=since
    )
    return _line(
        told, tr("joining"), "violet", title, note, tr("Open"), ("supporters", WAITING_PLACE, job.supporter)
    )


def _follow_up(told: _Told) -> Line:
    job, last = told.job, told.job.matter is Matter.LAST_FOLLOW_UP
    weeks = tr("six weeks") if last else tr("two weeks")
    note = (
        tr("Ask whether it was enough, for the last time.")
        if last
        else tr("Ask both sides whether they got in touch.")
    )
    title = tr("{count_of} made {weeks} ago").format(
        count_of=count_of(job.count, "introduction"), weeks=weeks
    )
    if job.count == 1:
        title = tr("{enquiry} was introduced to {name} {weeks} ago").format(
            enquiry=job.enquiry, name=told.name(job.supporter), weeks=weeks
        )
    return _line(told, tr("follow up"), "mute", title, note, tr("Write"), _introduction(told))


def _end(told: _Told) -> Line:
    job = told.job
    title = tr("{count_of} may be ended").format(count_of=count_of(job.count, "introduction"))
    if job.count == 1:
        title = tr("The introduction of {enquiry} to {name} may be ended").format(
            enquiry=job.enquiry, name=told.name(job.supporter)
        )
    note = tr("Both were asked how it went, for the last time. Whoever helped has room again then.")
    return _line(told, tr("end"), "mute", title, note, tr("Look"), _introduction(told))


def _close(told: _Told) -> Line:
    title = tr("{enquiry} may be closed").format(enquiry=told.job.enquiry)
    note = tr("Its introduction has ended, and nobody else is asked. The letter that says so is written.")
    place = ("enquiries", f"{DETAILS_PLACE}{told.job.enquiry}", "")
    return _line(told, tr("close"), "mute", title, note, tr("Open"), place)


def _request(told: _Told) -> Line:
    title = tr("{count_of} under data protection {word} open").format(
        count_of=count_of(told.job.count, "request"), word=_is(told.job.count)
    )
    note = tr("The next answer is due by {day}.").format(day=told.day(told.job.due))
    return _line(told, tr("request"), "mute", title, note, tr("Open"), ("duties", REQUESTS, ""))


def _records(told: _Told) -> Line:
    count = told.job.count
    title = tr("{count_of} {part} reached the day of deletion").format(
        count_of=count_of(count, "record"), part="has" if count == 1 else "have"
    )
    note = tr("Names and letters go; counts without anybody in them stay.")
    return _line(told, tr("records"), "mute", title, note, tr("Review"), ("duties", DUE, ""))


def _signposts(told: _Told) -> Line:
    job = told.job
    title = tr("{count_of} for a crisis {word} due for the yearly check").format(
        count_of=count_of(job.count, "service"), word=_is(job.count)
    )
    note = tr("Look whether the number and the hours are still right, then say so.")
    return _line(told, tr("check"), "mute", title, note, tr("Check"), ("resources", job.next, ""))


def _directory(told: _Told) -> Line:
    people = count_of(told.job.count, "person", "people")
    title = tr("The directory page must be replaced: it says too much of {people}").format(people=people)
    note = tr("They said no, or stand there otherwise now. Save it again and put it where it stands.")
    return _line(told, tr("page"), "risk", title, note, tr("See the page"), ("consent", DIRECTORY, ""))


def _mail(told: _Told) -> Line:
    return Line(told.job.key, *mail_line(told.job, told.name))


def _telling(told: _Told) -> Line:
    return Line(told.job.key, *telling_line(told.job, told.name))


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


_LINES: dict[Matter, Callable[[_Told], Line]] = {
    Matter.SAFETY: _safety,
    **dict.fromkeys(MAIL_MATTERS, _mail),
    Matter.LATE_REQUEST: _late_request,
    Matter.INCIDENT: _incident,
    Matter.DIRECTORY: _directory,
    **dict.fromkeys(TELLING, _telling),
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
    Matter.VOLUNTEERS: _volunteers,
    Matter.FOLLOW_UP: _follow_up,
    Matter.LAST_FOLLOW_UP: _follow_up,
    Matter.END: _end,
    Matter.CLOSE: _close,
    Matter.REQUEST: _request,
    Matter.RECORDS: _records,
    Matter.SIGNPOSTS: _signposts,
}


def waiting_note(figure: Figure, on: date) -> str:
    """Below the number of those who wait for a first reply."""
    if figure.first is None:
        return tr("everybody has heard from us")
    late = (
        tr(" · {pressing} past the promised day").format(pressing=figure.pressing) if figure.pressing else ""
    )
    return tr("oldest {age_words}{late}").format(age_words=age_words(figure.first, on), late=late)


def asked_note(figure: Figure, on: date) -> str:
    """Below the number of supporters who have not answered."""
    if figure.first is None:
        return tr("nobody is asked at the moment")
    if not figure.pressing:
        return tr("first asked on {day_words}").format(day_words=day_words(figure.first, on))
    return tr("{pressing} {word} due a reminder today").format(
        pressing=figure.pressing, word=_is(figure.pressing)
    )


def ending_note(figure: Figure) -> str:
    """Below the number of those to be asked for consent: why, each counted once."""
    soon = figure.count - figure.pressing - figure.dayless
    parts = (
        (figure.pressing, tr("{pressing} ended").format(pressing=figure.pressing)),
        (
            soon,
            tr("{soon} ends soon").format(soon=soon)
            if soon == 1
            else tr("{soon} end soon").format(soon=soon),
        ),
        (figure.dayless, tr("{dayless} never asked").format(dayless=figure.dayless)),
    )
    told = " · ".join(words for count, words in parts if count)
    return told or tr("nothing ends soon, and nothing is missing")


def thin_words(thin: Thin) -> str:
    """How many there are for a topic, and how often it was asked for within a year."""
    there = count_of(thin.supporters, "supporter") if thin.supporters else "nobody"
    return tr("{there} · asked {part}").format(
        there=there, part="once" if thin.asked == 1 else tr("{asked} times").format(asked=thin.asked)
    )
