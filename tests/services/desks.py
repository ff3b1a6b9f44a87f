"""The network of the services' tests, and the short ways to take it somewhere."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from peermatch.model.consent import Wording
from peermatch.model.enquiry import Enquiry, Requester, Risk, RiskKind
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.network import Network
from peermatch.model.people import Supporter
from peermatch.model.retention import Due, Item, Waiting
from peermatch.services.office import Services
from peermatch.store import introductions as stored
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, JO, NETWORK, TOM

WIDE = Wording("wide", "I agree, and to everything that belongs to it.", covers_narrower=True)
# A third supporter who shares both topics, so that there is always somebody else to choose.
NIA: Supporter = replace(
    AMINA,
    id="S-0004",
    name="Nia Powell",
    known_as=None,
    email="nia@example.org",
    phone=None,
    organisation="lscft",
    characteristics=(ADHD, EXAM),
)
CHOICE: Enquiry = replace(
    ENQUIRY,
    reference="E-0143",
    requester=Requester("Sam Orr", "sam@example.org"),
    choice=True,
)
AT_RISK: Enquiry = replace(
    ENQUIRY,
    reference="E-0144",
    requester=Requester("Lee Marsh", "lee@example.org"),
    risk=(Risk(RiskKind.DANGER, ("not safe",)),),
)
WHOLE: Network = replace(
    NETWORK,
    wordings=(*(NETWORK.wordings or ()), WIDE),
    supporters=(AMINA, TOM, JO, NIA),
    enquiries=(ENQUIRY, CHOICE, AT_RISK),
)


def agreed(services: Services, reference: str = "E-0142", supporter: str = "S-0001", on: date = DAY) -> None:
    """Take an introduction from nothing to agreed."""
    services.introductions.ask(reference, supporter, on)
    for step in (Step.ACCEPT, Step.ENQUIRER_AGREES):
        services.introductions.take(step, reference, supporter, on)


def state_of(services: Services, supporter: str = "S-0001", reference: str = "E-0142") -> State | None:
    """How an introduction stands in the picture."""
    return next(
        (i.state for i in services.desk.snapshot.introductions_of(reference) if i.supporter == supporter),
        None,
    )


def introduced(services: Services, supporter: str = "S-0001", reference: str = "E-0142") -> Introduction:
    """An introduction in the picture."""
    return next(i for i in services.desk.snapshot.introductions_of(reference) if i.supporter == supporter)


def handed(services: Services, folder: Path, supporter: str = "S-0001", reference: str = "E-0142") -> None:
    """Look at a card and hand it over."""
    services.handing_out.hand_over(services.handing_out.preview(reference, supporter, DAY), DAY, folder)


def records(services: Services, reference: str = "E-0142", supporter: str = "S-0001") -> int:
    """How many cards left, by the record."""
    with services.desk.store.read() as tx:
        return len(stored.hand_overs(tx, reference, supporter))


def counted(found: Iterable[Due]) -> Waiting:
    """Whose press it waits for, counted line by line."""
    free = [each for each in found if each.kept_back is None]
    letters = {each.subject for each in free if each.item is Item.LETTER}
    first = min((each.due for each in free), default=None)
    return Waiting(len({each.subject for each in free}), len(letters), first)
