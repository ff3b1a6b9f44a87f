"""Something that went wrong with personal data: when it was noticed, and the 72 hours from then (articles 33, 34)."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from peermatch.model.dates import in_words
from peermatch.model.requests import Stage
from peermatch.model.rights import Subject
from peermatch.words import tr

REPORT_WITHIN = timedelta(hours=72)
_HOUR = timedelta(hours=1)
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KeptIncident:
    """An incident as it is kept. ``noticed`` and ``reported`` are moments in UTC; ``noticed`` never changes.

    ``not_reported`` says why the regulator was not told; ``told`` is the day on which those exposed were told, and
    ``told_what`` who and what, or why nobody needed to be.
    """

    id: str
    noticed: datetime
    what: str
    exposed: tuple[Subject, ...] = ()
    reported: datetime | None = None
    report_reference: str = ""
    not_reported: str = ""
    told: date | None = None
    told_what: str = ""
    closed: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Incident(KeptIncident):
    """An incident with its clock: whole hours left to tell the regulator, below zero once they have passed."""

    report_by: datetime = _FAR
    hours_left: int = 0
    stage: Stage = Stage.RUNNING
    state: str = ""


def at_the_moment(kept: KeptIncident, now: datetime) -> Incident:
    """An incident as it stands now; both moments know their zone."""
    report_by = kept.noticed + REPORT_WITHIN
    left = (report_by - now) // _HOUR
    stage, state = _state(kept, report_by, now)
    known = {each.name: getattr(kept, each.name) for each in fields(KeptIncident)}
    return Incident(**known, report_by=report_by, hours_left=left, stage=stage, state=state)


def _state(kept: KeptIncident, report_by: datetime, now: datetime) -> tuple[Stage, str]:
    if kept.closed:
        return Stage.CLOSED, tr("Closed on {in_words}").format(in_words=in_words(kept.closed))
    if kept.reported:
        return Stage.WAITING, tr("Reported to the ICO on {in_words}").format(
            in_words=in_words(kept.reported.date())
        )
    if kept.not_reported:
        return Stage.WAITING, tr("Not reported to the ICO, with a reason")
    if now > report_by:
        hours = max((now - report_by) // _HOUR, 1)
        return Stage.LATE, tr("Late by {hours}: report it now, and say why it is late").format(
            hours=_hours(hours)
        )
    left = (report_by - now) // _HOUR
    return Stage.RUNNING, tr("Decide about the ICO within {part}").format(
        part=_hours(left) if left else tr("the hour")
    )


def _hours(count: int) -> str:
    return tr("1 hour") if count == 1 else tr("{count} hours").format(count=count)
