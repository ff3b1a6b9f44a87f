"""What the consent workbench shows, read in one go on the worker."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.campaign import Campaign, Progress
from peermatch.services.campaigns import Due
from peermatch.services.office import Services
from peermatch.services.wordings import Held


@dataclass(frozen=True, slots=True)
class Bench:
    """Who is due, the campaign and how far it has come, those that are over, the wordings, and the one in use."""

    due: tuple[Due, ...] = ()
    progress: Progress | None = None
    past: tuple[Campaign, ...] = ()
    wordings: tuple[Held, ...] = ()
    wording: str = ""
    offered_id: str = ""


def read_bench(services: Services, on: date) -> Bench:
    """On the worker: all of it from one picture."""
    progress = services.campaigns.progress(on)
    wordings = services.wordings.every(on)
    return Bench(
        due=services.campaigns.pressing(on),
        progress=progress,
        past=services.campaigns.past(),
        wordings=wordings,
        wording=progress.campaign.wording if progress else services.wordings.usual(wordings),
        offered_id=services.wordings.offered_id(on),
    )
