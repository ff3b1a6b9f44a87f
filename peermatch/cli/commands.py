"""What each command does: one short function each, in one visible table."""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from peermatch.cli import asking, networks, papers, printing, rights
from peermatch.cli.backups import backup, restore
from peermatch.cli.cards import card_wishes, locked_lines
from peermatch.cli.decisions import decision
from peermatch.cli.demo import demo
from peermatch.cli.directory import directory, table
from peermatch.cli.erasure import erase, retention
from peermatch.cli.forms import import_supporters
from peermatch.cli.keys import (
    keys_add,
    keys_change,
    keys_computers,
    keys_forget,
    keys_list,
    keys_remember,
    keys_remove,
    keys_rotate,
)
from peermatch.cli.main import Answer, Call, tell
from peermatch.cli.parser import STEPS
from peermatch.cli.reports import report
from peermatch.cli.watches import watch
from peermatch.cli.window import window
from peermatch.errors import BadInput, Fault, WrongUse
from peermatch.mail.reading import read_letter, read_mbox
from peermatch.matching.engine import shortlist_to_dict
from peermatch.matching.suggest import proposal_to_dict
from peermatch.model.changes import Done
from peermatch.services.incoming import Draft, Received

LARGEST_MAILBOX = 1_000_000_000


def info(call: Call) -> Answer:
    """Counts and state."""
    found = call.services().upkeep.info()
    document = {key: value for key, value in asdict(found).items() if key != "controller"}
    return Answer(document, printing.info(found))


def controller(call: Call) -> Answer:
    """Who decides about the data: without one no consent is recorded."""
    done = call.services().upkeep.set_controller(call.arguments.name)
    return _said(done, {"controller": call.services().desk.snapshot.controller})


def check(call: Call) -> Answer:
    """Whole or damaged; remarks do not change the exit code."""
    health = call.services().upkeep.check()
    lines = (
        *health.damage,
        *health.remarks,
        "Damage was found." if health.damage else "The network is whole.",
    )
    document = {"whole": not health.damage, "damage": list(health.damage), "remarks": list(health.remarks)}
    return Answer(document, lines, 5 if health.damage else 0)


def import_enquiries(call: Call) -> Answer:
    """Letters as new enquiries: all that were named, or none when one of them cannot be read."""
    services, drafts = call.services(), []
    faults: list[Fault] = []
    for place, raw in _letters(call.arguments.paths, faults):
        try:
            drafts.append((place, services.enquiries.draft(raw)))
        except BadInput as error:
            faults.append(Fault(place, str(error)))
    if faults:
        raise BadInput("Nothing was imported.", "Please look at these letters:", tuple(faults))
    received, _ = services.enquiries.receive_all(tuple(draft for _, draft in drafts), call.on)
    tell(*(f"{place}: {remark}" for place, draft in drafts for remark in draft.letter.remarks))
    rows = [
        {"file": place, "reference": r.reference or None, "new": r.new, **_became(r), **_guess(draft)}
        for (place, draft), r in zip(drafts, received, strict=True)
    ]
    return Answer(
        {"letters": rows}, tuple(f"{p}: {r.done.notice}" for (p, _), r in zip(drafts, received, strict=True))
    )


def _became(received: Received) -> dict[str, object]:
    """Where a letter went that began no enquiry: joined to one, waiting for a person, or set aside."""
    return {"placed": received.state.value} if received.state is not None else {}


def _guess(draft: Draft) -> dict[str, object]:
    return {"scope": draft.proposal.scope.value, "risk": [risk.kind.value for risk in draft.proposal.risk]}


def _letters(paths: list[Path], faults: list[Fault]) -> list[tuple[str, bytes]]:
    """The letters that the named files and folders hold, each with where it stands; what cannot be read is a fault."""
    letters: list[tuple[str, bytes]] = []
    for path in paths:
        files = _letters_below(path) if path.is_dir() else [path]
        if not files:
            faults.append(Fault(str(path), "There are no letters in it. Letters end in .eml, .msg or .mbox."))
        for file in files:
            try:
                letters += _letters_in(file)
            except BadInput as error:
                faults.append(Fault(str(file), str(error)))
    return letters


def _letters_below(folder: Path) -> list[Path]:
    """The letters in a folder and those below it; links to other folders are not followed, for they may go in rings."""
    found = (Path(where) / name for where, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.suffix.casefold() in (".eml", ".msg", ".mbox"))


def _letters_in(file: Path) -> list[tuple[str, bytes]]:
    raw = read_file(file)
    if file.suffix.casefold() != ".mbox":
        return [(str(file), raw)]
    return [(f"{file} letter {n}", one) for n, one in enumerate(read_mbox(raw), start=1)]


def read_file(path: Path) -> bytes:
    """The bytes of a file that somebody named."""
    try:
        if not path.is_file():
            raise BadInput(f"{path} is not a file that can be read.", "Check its name.")
        if path.stat().st_size > LARGEST_MAILBOX:
            raise BadInput(f"{path} is too large to be read.", "Split it first.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} could not be read: {error.strerror}.", "Check its name.") from error


def suggest(call: Call) -> Answer:
    """What a letter seems to ask for; nothing is stored."""
    letter = read_letter(read_file(call.arguments.file))
    tell(*letter.remarks)
    proposal = call.doors.shipped.suggester.propose(letter)
    return Answer(proposal_to_dict(proposal), printing.proposal(proposal, call.doors.shipped.reference))


def needs(call: Call) -> Answer:
    """What is needed, confirmed."""
    essential, helpful = call.arguments.essential, call.arguments.helpful
    if essential is None and helpful is None:
        raise WrongUse("No needs were named.", "Use --essential ID... or --helpful ID...")
    reference = call.arguments.reference
    done = call.services().enquiries.set_needs(reference, essential or (), helpful or ())
    return _said(done, {"enquiry": reference, "essential": essential or [], "helpful": helpful or []})


def risk(call: Call) -> Answer:
    """What was done about risk."""
    done = call.services().enquiries.note_risk(call.arguments.reference, call.arguments.done)
    return _said(done, {"enquiry": call.arguments.reference, "risk_done": call.arguments.done.strip()})


def match(call: Call) -> Answer:
    """The shortlist of one enquiry, or of all open ones."""
    arguments = call.arguments
    if arguments.top < 0:
        raise WrongUse(
            f"--top {arguments.top} is no number of people.", "Use 1 or more, or 0 to see everybody."
        )
    if bool(arguments.reference) == arguments.all:
        raise WrongUse("Name one enquiry, or use --all.", "For example: peermatch match E-0142 --top 5")
    shortlists = call.services().shortlists
    if not arguments.all:
        shortlist = shortlists.of(arguments.reference, call.on)
        lines = printing.shortlist(shortlist, call.services().desk.snapshot, arguments.top)
        return Answer(shortlist_to_dict(shortlist, arguments.top), lines)
    every = shortlists.every(call.on)
    document = {
        "matches": [shortlist_to_dict(s, arguments.top) for s in every.shortlists],
        "held": list(every.held),
    }
    return Answer(document, printing.all_shortlists(every, call.services().desk.snapshot, arguments.top))


def plan(call: Call) -> Answer:
    """A proposal for all who wait; nobody is asked by it."""
    services = call.services()
    proposed = services.plans.of(call.on)
    return Answer(printing.plan_document(proposed), printing.plan(proposed, services.desk.snapshot))


def ask(call: Call) -> Answer:
    """Ask one supporter."""
    arguments = call.arguments
    done = call.services().introductions.ask(
        arguments.reference, arguments.supporter, call.on, arguments.reason
    )
    return _step(call, done)


def step(call: Call) -> Answer:
    """One step of an introduction."""
    arguments = call.arguments
    what, _ = STEPS[arguments.command]
    return _step(
        call, call.services().introductions.take(what, arguments.reference, arguments.supporter, call.on)
    )


def _step(call: Call, done: Done) -> Answer:
    reference, supporter = call.arguments.reference, call.arguments.supporter
    steps = call.services().desk.snapshot.introductions_of(reference)
    state = next(i.state for i in steps if i.supporter == supporter)
    return _said(done, {"enquiry": reference, "supporter": supporter, "state": state.value})


def card(call: Call) -> Answer:
    """The contact card, after the checks."""
    arguments = call.arguments
    formats = tuple(dict.fromkeys(f.strip() for f in arguments.format.split(",") if f.strip()))
    networks.refuse_inside(arguments.to, call.folder)
    handing_out = call.services().handing_out
    wishes = card_wishes(arguments, formats)
    preview = handing_out.preview(arguments.reference, arguments.supporter, call.on, formats, wishes)
    handed = handing_out.hand_over(preview, call.on, arguments.to)
    document = {
        "enquiry": arguments.reference,
        "supporter": arguments.supporter,
        "code": handed.code,
        "files": [str(path) for path in handed.files],
    }
    lines = (handed.done.notice, *printing.leaves(preview), *(f"  {path}" for path in handed.files))
    return Answer(document, (*lines, *locked_lines(preview)))


def consent_list(call: Call) -> Answer:
    """Every record of one supporter."""
    services = call.services()
    records = services.consent.records(call.arguments.supporter)
    rows = [printing.consent_row(record, call.on) for record in records]
    labels = services.desk.snapshot.reference.vocabulary.label
    return Answer({"supporter": call.arguments.supporter, "consents": rows}, printing.consents(rows, labels))


def consent_due(call: Call) -> Answer:
    """What has ended, will end, or was never asked for."""
    services = call.services()
    lines = services.consent.due(call.on)
    return Answer(
        {"on": call.on.isoformat(), "due": [printing.due_row(line) for line in lines]},
        printing.due(lines, services.desk.snapshot),
    )


def consent_give(call: Call) -> Answer:
    """Record a yes."""
    a = call.arguments
    done = call.services().consent.give(
        a.supporter,
        a.purpose,
        a.characteristic,
        wording=a.wording,
        method=a.method,
        on=call.on,
        expires=a.expires,
        evidence=a.evidence,
    )
    return _said(
        done, {"supporter": a.supporter, "purpose": a.purpose.value, "characteristic": a.characteristic}
    )


def consent_withdraw(call: Call) -> Answer:
    """Record a no, with its consequences."""
    a, consent = call.arguments, call.services().consent
    if a.everything == (a.purpose is not None):
        raise WrongUse("Say what is withdrawn.", "Name one purpose, or use --everything.")
    if a.everything:
        withdrawal = consent.withdraw_everything(a.supporter, call.on)
    else:
        withdrawal = consent.withdraw(a.supporter, a.purpose, a.characteristic, call.on)
    document = {
        "supporter": a.supporter,
        "purpose": a.purpose.value if a.purpose else None,
        "characteristic": a.characteristic,
        **printing.consequences_document(withdrawal),
    }
    return Answer(document, (withdrawal.done.notice, *printing.consequences(withdrawal)))


def export(call: Call) -> Answer:
    """The portable file, in the clear, after a yes."""
    file: Path = call.arguments.file
    if file.exists() or file.is_symlink():
        raise BadInput(f"There is already something at {file}.", "Choose another name.")
    networks.refuse_inside(file, call.folder)
    services = call.services()
    asking.confirm(
        call.arguments, f"{file} will hold everybody's details in the clear, readable by anyone who gets it."
    )
    portable = services.upkeep.portable()
    path = networks.write_alone(file, portable.raw)
    return Answer(
        {"file": str(path)},
        (
            f"Written to {path}. It is not encrypted: delete it when it has served.",
            *filter(None, (portable.left_behind,)),
        ),
    )


def _said(done: Done, document: object) -> Answer:
    return Answer(document, (done.notice,))


COMMANDS: dict[str, Callable[[Call], Answer]] = {
    "window": window,
    "demo": demo,
    "create": networks.create,
    "load": networks.load,
    "export": export,
    "backup": backup,
    "restore": restore,
    "info": info,
    "controller": controller,
    "check": check,
    "import enquiries": import_enquiries,
    "import supporters": import_supporters,
    "suggest": suggest,
    "needs": needs,
    "risk": risk,
    "match": match,
    "plan": plan,
    "ask": ask,
    **dict.fromkeys(STEPS, step),
    "decision": decision,
    "watch": watch,
    "report": report,
    "directory": directory,
    "table": table,
    "card": card,
    "consent list": consent_list,
    "consent due": consent_due,
    "consent give": consent_give,
    "consent withdraw": consent_withdraw,
    **rights.COMMANDS,
    "erase supporter": erase,
    "erase enquirer": erase,
    "retention": retention,
    "keys list": keys_list,
    "keys add": keys_add,
    "keys change": keys_change,
    "keys remove": keys_remove,
    "keys rotate": keys_rotate,
    "keys remember": keys_remember,
    "keys forget": keys_forget,
    "keys computers": keys_computers,
    **papers.PAPERS,
}
