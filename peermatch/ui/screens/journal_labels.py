"""The words of the journal's screen: kinds, days, moments, and how the last look at the chain ended."""

from datetime import date, datetime

from peermatch.services.checking import Checked
from peermatch.services.journal import UNDO, Told
from peermatch.services.journal_words import Kind
from peermatch.services.tries import Failures
from peermatch.ui.screens.clock_words import day_words, weekday_words
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import count_of, in_words, tr

EVERYTHING = "all"
KINDS: tuple[tuple[str, str], ...] = (
    (EVERYTHING, tr("Everything")),
    (Kind.ENQUIRIES.value, tr("Enquiries")),
    (Kind.ASKING.value, tr("Asking and cards")),
    (Kind.SUPPORTERS.value, tr("Supporters")),
    (Kind.CONSENT.value, tr("Consent")),
    (Kind.RIGHTS.value, tr("Data protection")),
    (Kind.OPENING.value, tr("Keys and opening")),
    (Kind.SETTINGS.value, tr("Settings")),
    (Kind.BACK.value, tr("Taken back or done again")),
)
NOT_YET = tr("The file and the journal's chain are checked soon after the network is opened, and once a day.")
PROVED = tr("This backup was checked from end to end when it was opened.")
CHECKING = tr("Checking the file and the journal's chain.")
WIPED = tr("What this step changed was erased. That it happened stays.")
NOTHING = tr("This step changed no record.")
ASK_FIRST = tr("It shows personal data, so it is hidden until you ask.")
TAKEN_BACK, DONE_AGAIN = tr("taken back"), tr("done again")
_WEEKDAYS = (
    tr("Monday"),
    tr("Tuesday"),
    tr("Wednesday"),
    tr("Thursday"),
    tr("Friday"),
    tr("Saturday"),
    tr("Sunday"),
)


def heading(day: date, on: date) -> str:
    """A day as the list begins it: today, or its weekday and date."""
    if day == on:
        return tr("Today")
    return f"{_WEEKDAYS[day.weekday()]} {day_words(day, on)}"


def whole_day(day: date) -> str:
    """A day with its weekday and year, as paper says it."""
    return f"{_WEEKDAYS[day.weekday()]} {in_words(day)}"


def rows(lines: tuple[Told, ...], on: date) -> list[QueueRow]:
    """The lines as rows, the first of each day under its heading."""
    found, last = [], None
    for line in lines:
        day = line.at.date()
        found.append(
            QueueRow(
                key=str(line.seq),
                title=line.words,
                summary=f"{line.at:%H:%M} · {line.who}",
                chip=way_back(line),
                heading=heading(day, on) if day != last else "",
            )
        )
        last = day
    return found


def way_back(line: Told) -> str:
    """Whether a step was taken back, or done again."""
    if not line.taken_back:
        return ""
    return DONE_AGAIN if line.action == UNDO else TAKEN_BACK


def moment_words(at: datetime) -> str:
    """When something was, by the clock of this computer."""
    return f"{_WEEKDAYS[at.weekday()]} {in_words(at.date())}, {at:%H:%M:%S}"


def utc_words(at: datetime) -> str:
    """The same as the file keeps it."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def chain_words(last: Checked | None, on: date) -> str:
    """How the last look ended."""
    if last is None:
        return NOT_YET
    local = last.at.astimezone()
    when = f"{local:%H:%M}" if local.date() == on else f"{weekday_words(local.date(), on)}, {local:%H:%M}"
    if last.damage:
        return tr("{damage} Found {when}.").format(damage=last.damage, when=when)
    lines = count_of(last.lines, "line")
    return tr("The chain is whole, checked {when}: {lines}, and the file of {count_of}.").format(
        when=when, lines=lines, count_of=count_of(last.pages, "page")
    )


def failures_words(failures: Failures, on: date) -> str:
    """That the network was tried in vain, as the window says it once."""
    since = datetime.fromtimestamp(failures.first).astimezone().date()
    attempts = count_of(failures.count, "attempt")
    when = (
        "today" if since == on else tr("since {weekday_words}").format(weekday_words=weekday_words(since, on))
    )
    return tr("{attempts} to open this network failed {when}.").format(attempts=attempts, when=when)
