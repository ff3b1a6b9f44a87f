"""The commands that erase: one person at their request, and whatever has been kept for its time."""

from collections.abc import Iterable, Mapping
from datetime import date

from peermatch.cli import asking
from peermatch.cli.main import Answer, Call, tell
from peermatch.errors import BadInput, Refused, WrongUse
from peermatch.model.changes import Done
from peermatch.model.erasure import ErasurePreview
from peermatch.model.retention import Due
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.erasure import Erasure
from peermatch.services.office import Services
from peermatch.services.retention import ClockJumped
from peermatch.services.withdrawal import StopLetter


def erase(call: Call) -> Answer:
    """One person, after what follows was told and a yes."""
    subject = Subject(SubjectKind(call.arguments.erase_command), call.arguments.id)
    erasure = call.services().erasure
    erasure.refuse_erased(subject)
    preview = erasure.preview(subject)
    tell(*_told(preview))
    asking.confirm(call.arguments, f"{subject.id} will be erased for good. Nothing brings it back.")
    before = erasure.letters()
    done = erasure.erase(subject, call.on)
    letters = _new(erasure, before)
    lines = (done.notice, *_to_tell(preview), *_letters(letters))
    return Answer({**_document(preview), "letters": [_letter(each) for each in letters]}, lines)


def _new(erasure: Erasure, before: Mapping[int, StopLetter]) -> tuple[StopLetter, ...]:
    """The letters that were written just now."""
    return tuple(each for number, each in erasure.letters().items() if number not in before)


def _letters(letters: Iterable[StopLetter]) -> tuple[str, ...]:
    """Each letter to send, as it lies ready; the window shows it until it is sent."""
    lines: list[str] = []
    for each in letters:
        letter = each.letter
        lines += ["", f"To: {letter.recipient or 'no address is known'}"]
        lines += [f"How to reach them safely: {each.safely}"] if each.safely else []
        lines += [f"Subject: {letter.subject}", "", letter.body.rstrip()]
    return tuple(lines)


def _letter(found: StopLetter) -> dict[str, object]:
    letter = found.letter
    return {
        "enquiry": letter.enquiry,
        "supporter": letter.supporter,
        "recipient": letter.recipient,
        "safely": found.safely,
        "subject": letter.subject,
        "text": letter.body,
    }


def _told(preview: ErasurePreview) -> tuple[str, ...]:
    """The preview as it is read before the question."""
    held = (f"{each.name}, until {each.until.isoformat()}" for each in preview.backups)
    return (
        f"To be erased: {preview.label}",
        *_listed("This goes:", preview.gone),
        *_listed("This stays:", preview.kept),
        *_listed("Backups that still hold it:", held),
    )


def _to_tell(preview: ErasurePreview) -> tuple[str, ...]:
    """Who must be told is said last, so that it is read."""
    return _listed("Please tell those who were given the data (UK GDPR article 19):", preview.to_tell)


def _listed(heading: str, lines: Iterable[str]) -> tuple[str, ...]:
    found = tuple(lines)
    return (heading, *(f"  {each}" for each in found)) if found else ()


def _document(preview: ErasurePreview) -> dict[str, object]:
    return {
        "kind": preview.subject.kind.value,
        "id": preview.subject.id,
        "gone": list(preview.gone),
        "kept": list(preview.kept),
        "to_tell": list(preview.to_tell),
        "backups": [{"name": each.name, "until": each.until.isoformat()} for each in preview.backups],
    }


def retention(call: Call) -> Answer:
    """What is due; with --apply it is erased, after a yes."""
    a, services = call.arguments, call.services()
    if sum(map(bool, (a.apply, a.keep_back, a.release, a.clock_is_right))) > 1:
        raise WrongUse("These are different commands.", "Use one of --apply, --keep-back, --release.")
    if a.clock_is_right:
        return _said(services.retention.confirm_clock(), call.on)
    if a.keep_back:
        subject = _one(services, a.keep_back)
        return _said(services.retention.keep_back(subject, a.reason, a.until, call.on), call.on)
    if a.release:
        return _said(services.retention.release(_one(services, a.release), call.on), call.on)
    return _apply(call, services) if a.apply else _list(services.retention.review(call.on), call.on)


def _apply(call: Call, services: Services) -> Answer:
    try:
        services.retention.refuse_wrong_clock(call.on)
    except ClockJumped as error:
        raise Refused(error.what, f"{error.hint} Use retention --clock-is-right.") from None
    due = services.retention.review(call.on)
    going = tuple(dict.fromkeys(each.subject for each in due if each.kept_back is None))
    if not going:
        return _list(due, call.on)
    tell(*(f"{each.subject.id}  {each.sentence}" for each in due if each.kept_back is None))
    asking.confirm(call.arguments, f"Erased for good: {len(going)}. Nothing brings them back.")
    before = services.erasure.letters()
    done = services.retention.apply(going, call.on)
    letters = _new(services.erasure, before)
    document = {
        **_rows(due, call.on),
        "erased": [each.id for each in going],
        "letters": [_letter(each) for each in letters],
    }
    return Answer(document, (done.notice, *_letters(letters)))


def _list(due: tuple[Due, ...], on: date) -> Answer:
    lines = tuple(_line(each) for each in due) or ("Nothing is due.",)
    return Answer({**_rows(due, on), "erased": [], "letters": []}, lines)


def _line(due: Due) -> str:
    held = due.kept_back
    if held is None:
        return f"{due.subject.id}  {due.sentence}"
    until = f" until {held.until.isoformat()}" if held.until else ""
    return f"{due.subject.id}  {due.sentence} Kept back{until}: {held.reason}"


def _rows(due: tuple[Due, ...], on: date) -> dict[str, object]:
    return {"on": on.isoformat(), "due": [_row(each) for each in due]}


def _row(due: Due) -> dict[str, object]:
    held = due.kept_back
    return {
        "kind": due.subject.kind.value,
        "id": due.subject.id,
        "item": due.item.value,
        "since": due.since.isoformat(),
        "due": due.due.isoformat(),
        "why": due.sentence,
        "kept_back": {"reason": held.reason, "until": held.until.isoformat() if held.until else None}
        if held
        else None,
    }


def _said(done: Done, on: date) -> Answer:
    return Answer({"on": on.isoformat(), "notice": done.notice}, (done.notice,))


def _one(services: Services, id: str) -> Subject:
    """Whom an id on the command line means: ids of both kinds are unlike in every network that the program made."""
    snapshot, left = services.desk.snapshot, services.retention.left()
    kinds = [
        kind
        for kind, known in (
            (SubjectKind.SUPPORTER, id in snapshot.supporters),
            (SubjectKind.ENQUIRER, id in snapshot.enquiries),
        )
        if known or Subject(kind, id) in left
    ]
    if len(kinds) != 1:
        raise BadInput(f"There is no single record {id} in this network.", "Check the id and try again.")
    return Subject(kinds[0], id)
