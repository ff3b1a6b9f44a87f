"""Somebody's way in and out in words: the checks, how far they are, what keeps them, and what leaving brings about."""

from datetime import date

from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.onboarding import CHECKS, Leaving, Noted, Stage, Way
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.ui.screens.clock_words import day_words
from peermatch.ui.widgets.states import Step, StepState
from peermatch.words import count_of, tr

CHECK_TITLES = {
    Stage.TALK: tr("The talk"),
    Stage.TRAINING: tr("The training"),
    Stage.AGREEMENT: tr("The agreement"),
}
CHECK_NOTES = {
    Stage.TALK: tr("What they would like to give, what they would rather not, and how they are themselves."),
    Stage.TRAINING: tr("Listening, limits, and whom to call if they are worried."),
    Stage.AGREEMENT: tr("What stays between the two, how to stop, and that they are not a crisis service."),
}
ON_THE_WAY, TAKING_PART, GONE = tr("On the way in"), tr("Taking part"), tr("No longer with us")
HOLD = tr("Consent to the record")
NOT_HELD = {
    Standing.NEVER: tr("not given yet"),
    Standing.ENDED: tr("has ended"),
    Standing.WITHDRAWN: tr("was withdrawn"),
}
CONSENT_STAYS = tr(
    "What they agreed to stays on record until it ends or they withdraw it. "
    "From then on the schedule of deletion counts."
)
NOTHING_STOPS = tr("No introduction has to stop.")


def steps_of(person: Supporter, way: Way, gate: ConsentGate, on: date) -> tuple[Step, ...]:
    """The whole way; the first thing that is not done is the one that is next."""
    applied = way.of(Stage.APPLIED)
    checked = person.status is SupporterStatus.CHECKED
    rows = [(tr("Offered"), day_words(applied.day, on) if applied else "", True)]
    for check in CHECKS:
        noted = way.of(check)
        rows.append((CHECK_TITLES[check], noted_words(noted, on), noted is not None or checked))
    held = gate.ruling(Purpose.HOLD).standing
    rows.append((HOLD, NOT_HELD.get(held, "valid"), held is Standing.VALID))
    rows.append((tr("Active"), tr("may be asked"), False))
    first = next(number for number, (_, _, done) in enumerate(rows) if not done)
    return tuple(Step(title, note, _state(n, done, first)) for n, (title, note, done) in enumerate(rows))


def _state(number: int, done: bool, first: int) -> StepState:
    if done:
        return "done"
    return "now" if number == first else "next"


def noted_words(noted: Noted | None, on: date) -> str:
    """``19 Nov, by Ruth Hale``."""
    if noted is None:
        return tr("not noted yet")
    return (
        tr("{day_words}, by {by}").format(day_words=day_words(noted.day, on), by=noted.by)
        if noted.by
        else day_words(noted.day, on)
    )


def title_of(status: SupporterStatus) -> str:
    """What the card is called."""
    if status is SupporterStatus.LEFT:
        return GONE
    return TAKING_PART if status is SupporterStatus.ACTIVE else ON_THE_WAY


def about(person: Supporter, way: Way, on: date) -> str:
    """One sentence on how they stand."""
    if person.status is SupporterStatus.ACTIVE:
        since = way.of(Stage.ACTIVE)
        began = (
            tr("Active since {day_words}.").format(day_words=day_words(since.day, on))
            if since
            else tr("Active.")
        )
        if person.paused_until is not None and on < person.paused_until:
            return tr("{began} Paused until {day_words}: nobody asks them before that.").format(
                began=began, day_words=day_words(person.paused_until, on)
            )
        return began
    if person.status is SupporterStatus.LEFT:
        left = way.of(Stage.LEFT)
        return (
            tr("Left on {day_words}. Nobody asks them.").format(day_words=day_words(left.day, on))
            if left
            else tr("Left. Nobody asks them.")
        )
    if person.status is SupporterStatus.CHECKED:
        return tr("Everything is checked. Nobody asks them before you make them active.")
    return tr("They have offered to help. Nobody asks them before everything here is done.")


def leaving_words(leaving: Leaving) -> tuple[str, ...]:
    """What follows when somebody leaves, line by line."""
    stops = ", ".join(each.enquiry for each in leaving.stops)
    held = ", ".join(each.enquiry for each in leaving.held)
    said = [
        tr("These introductions stop: {stops}. Each enquiry waits for somebody else.").format(stops=stops)
        if stops
        else NOTHING_STOPS
    ]
    if held:
        trainees = count_of(len(leaving.held), "trainee")
        hold = "holds" if len(leaving.held) == 1 else "hold"
        said.append(
            tr(
                "{trainees} {hold} their card ({held}). A card cannot be called back: end the introduction, "
                "and write to them."
            ).format(trainees=trainees, hold=hold, held=held)
        )
    said.append(tr("No list and no ranking shows them any more."))
    said.append(CONSENT_STAYS)
    return tuple(said)
