"""The command that keeps an eye on enquiries: set a watch, end it, or see who newly fits."""

from peermatch.cli.main import Answer, Call
from peermatch.errors import WrongUse
from peermatch.model.dates import in_words
from peermatch.model.watch import Fit, Watch
from peermatch.services.snapshot import Snapshot


def watch(call: Call) -> Answer:
    """Watch one enquiry, stop watching it, or list them all."""
    reference, stop = call.arguments.reference, call.arguments.stop
    if reference is None:
        if stop:
            raise WrongUse("Name the enquiry.", "For example: peermatch watch E-0142 --stop")
        return _listed(call)
    watches = call.services().watches
    done = watches.unwatch(reference) if stop else watches.watch(reference, call.on)
    return Answer({"enquiry": reference, "watched": not stop}, (done.notice,))


def _listed(call: Call) -> Answer:
    services = call.services()
    watched, picture = services.watches.watched(), services.desk.snapshot
    fits = {fit.enquiry: fit for fit in services.watches.fitting(call.on)}
    held = [each.enquiry for each in watched if picture.enquiry(each.enquiry).held]
    rows = [_row(each, fits.get(each.enquiry)) for each in watched]
    document = {"on": call.on.isoformat(), "watched": rows, "held": held}
    lines = [line for each in watched for line in _lines(each, fits.get(each.enquiry), picture)]
    return Answer(document, tuple(lines) or ("No enquiry is watched.",))


def _row(each: Watch, fit: Fit | None) -> dict[str, object]:
    new = [{"supporter": n.supporter, "place": n.place} for n in fit.new] if fit else []
    return {"enquiry": each.enquiry, "since": each.since.isoformat(), "new": new}


def _lines(each: Watch, fit: Fit | None, picture: Snapshot) -> tuple[str, ...]:
    if picture.enquiry(each.enquiry).held:
        return (f"{each.enquiry}: check safety first",)
    head = f"{each.enquiry}, watched since {in_words(each.since)}: "
    if fit is None:
        return (f"{head}nobody new yet",)
    return (
        f"{head}{len(fit.new)} new",
        *(f"{n.place:3}. {n.supporter}  {picture.supporter(n.supporter).shown_name}" for n in fit.new),
    )
