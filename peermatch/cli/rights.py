"""The commands on people's rights: everything held on one person, what they ask for, and what went wrong."""

from datetime import date

from peermatch.cli.main import Answer, Call, tell
from peermatch.errors import BadInput, WrongUse
from peermatch.model.access import AccessReport, Field
from peermatch.model.changes import Done
from peermatch.model.dates import in_words
from peermatch.model.incidents import Incident
from peermatch.model.requests import Request
from peermatch.model.rights import RequestKind, Subject, SubjectKind


def subject_access(call: Call) -> Answer:
    """Everything held on one person: shown, or written for them."""
    arguments, service = call.arguments, call.services().subject_access
    report = service.preview(Subject(SubjectKind(arguments.side), arguments.id))
    redacted = frozenset(arguments.redact)
    if arguments.to is None:
        if redacted:
            raise WrongUse("Fields are left out when the files are written.", "Use --to DIR.")
        return Answer(_report(report), _shown(report))
    written = service.write(report, arguments.to, redacted)
    unread = [field for field in report.to_read if field.key not in redacted]
    if unread:
        tell("Read these before you send it; with --redact KEY they are left out:", *_keys(unread))
    document = {
        "side": arguments.side,
        "id": arguments.id,
        "files": [str(path) for path in written],
        "redacted": sorted(redacted),
        "to_read": [field.key for field in unread],
    }
    return Answer(document, ("Written, and not encrypted:", *(f"  {path}" for path in written)))


def _report(report: AccessReport) -> dict[str, object]:
    sections = [
        {"title": section.title, "fields": [_field(field) for field in section.fields]}
        for section in report.sections
    ]
    return {"side": report.subject.kind.value, "id": report.subject.id, "sections": sections}


def _field(field: Field) -> dict[str, object]:
    return {"key": field.key, "label": field.label, "value": field.value, "to_read": field.about_others}


def _shown(report: AccessReport) -> tuple[str, ...]:
    lines: list[str] = []
    for section in report.sections:
        lines += [section.title, *(_line(field) for field in section.fields), ""]
    return (*lines, "A field marked * may speak of somebody else. Nothing was written: use --to DIR.")


def _line(field: Field) -> str:
    return f"  {'*' if field.about_others else ' '} {field.key}: {field.value}"


def _keys(fields: list[Field]) -> tuple[str, ...]:
    return tuple(f"  {field.key}" for field in fields)


def requests_list(call: Call) -> Answer:
    """Every request with its clock."""
    found = call.services().requests.every(call.on)
    lines = tuple(map(_request_line, found)) or ("Nobody has asked for anything.",)
    return Answer({"on": call.on.isoformat(), "requests": [_request(each) for each in found]}, lines)


def requests_open(call: Call) -> Answer:
    """Note what came in."""
    a = call.arguments
    kind, received = RequestKind(a.kind), a.received or call.on
    done = call.services().requests.open(kind, received, a.summary, _about(a.about), on=call.on)
    newest = max(call.services().requests.every(call.on), key=lambda each: (len(each.id), each.id))
    return Answer(_request(newest), (done.notice,))


def requests_acknowledge(call: Call) -> Answer:
    """They were told that it has come."""
    return _asked(call, call.services().requests.acknowledge(call.arguments.id, call.on))


def requests_extend(call: Call) -> Answer:
    """Up to two months more."""
    return _asked(call, call.services().requests.extend(call.arguments.id, call.arguments.said, call.on))


def requests_pause(call: Call) -> Answer:
    """The clock stands."""
    return _asked(call, call.services().requests.pause(call.arguments.id, call.arguments.said, call.on))


def requests_resume(call: Call) -> Answer:
    """The clock goes on."""
    return _asked(call, call.services().requests.resume(call.arguments.id, call.on))


def requests_close(call: Call) -> Answer:
    """It was answered."""
    return _asked(call, call.services().requests.close(call.arguments.id, call.arguments.said, call.on))


def _asked(call: Call, done: Done) -> Answer:
    return Answer(_request(call.services().requests.get(call.arguments.id, call.on)), (done.notice,))


def _about(words: list[str] | None) -> Subject | None:
    if words is None:
        return None
    side, id = words
    if side not in {kind.value for kind in SubjectKind}:
        raise BadInput(f"{side} is neither supporter nor enquirer.", "For example: --about supporter S-0001")
    return Subject(SubjectKind(side), id)


def _request(request: Request) -> dict[str, object]:
    days = ("received", "acknowledged", "extended", "paused", "closed", "due", "acknowledge_by")
    return {
        "id": request.id,
        "kind": request.kind.value,
        "about": _subject(request.subject) if request.subject else None,
        "summary": request.summary,
        **{name: _iso(getattr(request, name)) for name in days},
        "extended_why": request.extended_why,
        "waiting_for": request.waiting_for,
        "paused_days": request.paused_days,
        "outcome": request.outcome,
        "stage": request.stage.value,
        "state": request.state,
    }


def _request_line(request: Request) -> str:
    whose = f", {request.subject.kind.value} {request.subject.id}" if request.subject else ""
    came = in_words(request.received)
    return f"{request.id}  {request.kind.value}{whose}, came {came}: {request.state}  ({request.summary})"


def incident_list(call: Call) -> Answer:
    """Every incident with its clock."""
    found = call.services().incidents.every()
    lines = tuple(map(_incident_line, found)) or ("Nothing has gone wrong, as far as is noted.",)
    return Answer({"incidents": [_incident(each) for each in found]}, lines)


def incident_open(call: Call) -> Answer:
    """Note it at once."""
    a, service = call.arguments, call.services().incidents
    exposed = [Subject(SubjectKind.SUPPORTER, id) for id in a.supporters]
    exposed += [Subject(SubjectKind.ENQUIRER, reference) for reference in a.enquirers]
    done = service.open(a.noticed or call.clock(), a.what, exposed)
    newest = max(service.every(), key=lambda each: (len(each.id), each.id))
    return Answer(_incident(newest), (done.notice,))


def incident_told(call: Call) -> Answer:
    """Who was told what."""
    a = call.arguments
    return _happened(call, call.services().incidents.told(a.id, a.said, call.on))


def incident_reported(call: Call) -> Answer:
    """The regulator was told, or need not be."""
    a, service = call.arguments, call.services().incidents
    if a.not_needed is not None:
        if a.at or a.reference:
            raise WrongUse("It is either reported or not.", "Leave --at and --reference out.")
        return _happened(call, service.not_reported(a.id, a.not_needed, call.on))
    return _happened(call, service.reported(a.id, a.at or call.clock(), a.reference))


def incident_close(call: Call) -> Answer:
    """All is done."""
    a = call.arguments
    return _happened(call, call.services().incidents.close(a.id, a.said, call.on))


def _happened(call: Call, done: Done) -> Answer:
    return Answer(_incident(call.services().incidents.get(call.arguments.id)), (done.notice,))


def _incident(incident: Incident) -> dict[str, object]:
    moments = ("noticed", "report_by", "reported", "told", "closed")
    return {
        "id": incident.id,
        "what": incident.what,
        "exposed": [_subject(each) for each in incident.exposed],
        **{name: _iso(getattr(incident, name)) for name in moments},
        "hours_left": incident.hours_left,
        "report_reference": incident.report_reference,
        "not_reported": incident.not_reported,
        "told_what": incident.told_what,
        "outcome": incident.outcome,
        "stage": incident.stage.value,
        "state": incident.state,
    }


def _incident_line(incident: Incident) -> str:
    exposed = f", {len(incident.exposed)} exposed" if incident.exposed else ""
    noticed = incident.noticed
    return (
        f"{incident.id}  noticed {in_words(noticed.date())} at {noticed:%H:%M} UTC{exposed}: "
        f"{incident.state}  ({incident.what})"
    )


def _subject(subject: Subject) -> dict[str, str]:
    return {"side": subject.kind.value, "id": subject.id}


def _iso(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


COMMANDS = {
    "subject-access": subject_access,
    "requests list": requests_list,
    "requests open": requests_open,
    "requests acknowledge": requests_acknowledge,
    "requests extend": requests_extend,
    "requests pause": requests_pause,
    "requests resume": requests_resume,
    "requests close": requests_close,
    "incident list": incident_list,
    "incident open": incident_open,
    "incident told": incident_told,
    "incident reported": incident_reported,
    "incident close": incident_close,
}
