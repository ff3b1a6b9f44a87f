"""What the consent workbench shows, read in one go on the worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from peermatch.model.campaign import Campaign, Progress
from peermatch.services.due import Due
from peermatch.services.office import Services
from peermatch.services.wordings import Held
from peermatch.ui.screens.consents_words import Listed, everybody


@dataclass(frozen=True, slots=True)
class Bench:
    """Who is due, the campaign and how far it has come, those that are over, the wordings, and the one in use."""

    due: tuple[Due, ...] = ()
    progress: Progress | None = None
    past: tuple[Campaign, ...] = ()
    wordings: tuple[Held, ...] = ()
    wording: str = ""
    offered_id: str = ""
    everyone: tuple[Listed, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many of them stand under each heading of the list."""
    stale_pages: int = 0
    """Published pages that show what nobody agrees to any more."""


def read_bench(services: Services, on: date) -> Bench:
    """On the worker: all of it from one picture."""
    progress = services.campaigns.progress(on)
    wordings = services.wordings.every(on)
    due = services.campaigns.pressing(on)
    everyone, counts = everybody(due, progress, services.desk.snapshot)
    return Bench(
        due=due,
        progress=progress,
        past=services.campaigns.past(),
        wordings=wordings,
        wording=progress.campaign.wording if progress else services.wordings.usual(wordings),
        offered_id=services.wordings.offered_id(on),
        everyone=everyone,
        counts=counts,
        stale_pages=len(services.figures.directory.too_much(on)),
    )
