"""The main job on invented people: from a letter to a contact card, every step said and shown."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch.cli import printing
from peermatch.cli.main import Answer, Call
from peermatch.errors import BadInput
from peermatch.model.enquiry import Preferences
from peermatch.model.introduction import Step
from peermatch.services.office import Services
from peermatch.services.sample import DAY, NAME, PASSPHRASE, hero_letter, make_sample
from peermatch.services.shipped import Shipped
from peermatch.services.writing import write_private

ESSENTIAL = ("neuro.adhd",)
HELPFUL = ("training.progress.exam-failure", "training.ltft")


@dataclass(slots=True)
class Told:
    """What the demo has said and which pictures it wants, step by step."""

    services: Services
    shipped: Shipped
    on: date
    folder: Path
    reference: str = ""
    supporter: str = ""


def demo(call: Call) -> Answer:
    """Make the sample network; show the main job, or open it in the window."""
    folder = _folder(call)
    in_window = not call.arguments.headless and _window_possible()
    doors = call.window_doors if in_window else call.doors
    services = make_sample(doors, folder / NAME, doors.today if in_window else DAY)
    write_private(folder / "sample-passphrase.txt", (PASSPHRASE + "\n").encode())
    if in_window:
        from peermatch.ui.application import run_window

        exit_code = run_window(doors, services=services)
        return Answer({"folder": str(folder)}, (f"The sample network is in {folder}.",), exit_code)
    told = Told(services, call.doors.shipped, call.arguments.on or DAY, folder)
    try:
        lines = tuple(_whole_job(told))
    finally:
        services.lock()
    return Answer({"folder": str(folder), "steps": list(lines)}, lines)


def _window_possible() -> bool:
    """Whether there is a screen to open a window on."""
    from peermatch.ui.application import has_screen

    return has_screen()


def _folder(call: Call) -> Path:
    out: Path | None = call.arguments.out
    if out is None:
        return Path(tempfile.mkdtemp(prefix="peermatch-demo-"))
    if (out / NAME).exists():
        raise BadInput(f"There is already a sample network in {out}.", "Choose another folder.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"The folder {out} could not be made: {error.strerror}.", "Choose another.") from error
    return out.absolute()


def _whole_job(told: Told) -> Iterator[str]:
    """Each step: do it, say it, picture it."""
    from peermatch.ui.stage import Stage

    stage = Stage(told.services, told.on)
    pictures = told.folder / "pictures"
    pictures.mkdir(mode=0o700, exist_ok=True)
    try:
        for number, (title, picture, step) in enumerate(STEPS, start=1):
            yield f"{number}. {title}"
            yield from (f"   {line}" for line in step(told))
            stage.show(picture, told.reference, told.supporter)
            path = pictures / f"{number:02}-{picture}.png"
            stage.picture(path)
            yield f"   picture: {path}"
            yield ""
    finally:
        stage.close()
    yield f"Everything is in {told.folder}. Nobody in it is real; the passphrase is: {PASSPHRASE}"


def _letter(told: Told) -> Iterator[str]:
    letter = hero_letter()
    draft = told.services.enquiries.draft(letter.raw)
    received = told.services.enquiries.receive(draft, told.on)
    told.reference = received.reference
    yield f"{letter.name}: {received.done.notice}"
    yield from printing.proposal(draft.proposal, told.shipped.reference)


def _needs(told: Told) -> Iterator[str]:
    """The coordinator agrees with what the letter says of specialty, grade and way of contact, and sets the needs."""
    draft = told.services.enquiries.reading(told.reference)
    if draft is not None:
        said = draft.proposal
        wishes = Preferences(contact=said.contact)
        told.services.enquiries.change(
            told.reference, specialty=said.specialty, grade=said.grade, preferences=wishes
        )
    yield told.services.enquiries.set_needs(told.reference, ESSENTIAL, HELPFUL).notice
    shortlist = told.services.shortlists.of(told.reference, told.on)
    told.supporter = shortlist.suggested[0].supporter
    yield from printing.shortlist(shortlist, told.services.desk.snapshot, 3)
    for what in told.services.shortlists.what_if(shortlist):
        yield f"{told.services.desk.snapshot.supporters[what.supporter].shown_name}: {what.change} (place {what.place})"


def _ask(told: Told) -> Iterator[str]:
    draft = told.services.introductions.ask_draft(told.reference, told.supporter)
    yield told.services.introductions.ask(told.reference, told.supporter, told.on).notice
    yield f"Subject: {draft.subject}"
    yield from draft.text.splitlines()


def _both_agree(told: Told) -> Iterator[str]:
    for step in (Step.ACCEPT, Step.ENQUIRER_AGREES):
        yield told.services.introductions.take(step, told.reference, told.supporter, told.on).notice + "."


def _card(told: Told) -> Iterator[str]:
    preview = told.services.handing_out.preview(told.reference, told.supporter, told.on)
    handed = told.services.handing_out.hand_over(preview, told.on, told.folder / "cards")
    yield handed.done.notice
    yield from printing.leaves(preview)
    yield from (f"file: {path}" for path in handed.files)


def _people(told: Told) -> Iterator[str]:
    lines = told.services.consent.due(told.on)
    yield f"Consent that the lead should look at: {len(lines)}"
    yield from printing.due(lines, told.services.desk.snapshot)[:5]
    health = told.services.upkeep.check()
    yield "The network is whole." if not health.damage else "Damage was found."
    yield from health.remarks


STEPS = (
    ("A letter comes in", "enquiries", _letter),
    ("What is needed is confirmed, and who could help is ranked", "enquiries", _needs),
    ("One supporter is asked, without naming the trainee", "introductions", _ask),
    ("Both say yes", "introductions", _both_agree),
    ("The contact card is handed over", "introductions", _card),
    ("The lead looks at consent", "supporters", _people),
)
