"""What the tests of the plan share: the sample network with more letters, and the screen on it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from peermatch import paths
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Importance, Need, Requester, Risk, RiskKind
from peermatch.model.network import Network
from peermatch.services.office import Services
from peermatch.services.sample import DAY, NAME, PASSPHRASE
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.theme import Theme
from tests.networks import AMINA, JO, NETWORK, TOM
from tests.ui.real_networks import doors
from tests.ui.sample_office import Bench, bench_on

HELD = "E-0140"
BUSY, CROWDED = "busy", "crowded"
FIRST, SECOND, AT_RISK = "E-0001", "E-0002", "E-0003"
ADHD, EXAM, LTFT, AUTISM, IMG = (
    "neuro.adhd",
    "training.progress.exam-failure",
    "training.ltft",
    "neuro.autism",
    "img.new-to-nhs",
)
NEEDS: tuple[tuple[str, ...], ...] = (
    (ADHD, EXAM),
    (ADHD,),
    (ADHD, LTFT),
    (AUTISM,),
    (AUTISM, ADHD),
    (IMG, EXAM),
    (LTFT, "family.miscarriage"),
    (),
    (AUTISM, "img.isolation"),
)


def sample_network() -> Network:
    """The invented network that ships with the program."""
    return doors().read_portable((paths.resources() / "sample" / "network.json").read_bytes())


def waiting(number: int, needs: tuple[str, ...]) -> Enquiry:
    """One more enquiry that waits: the first need is essential."""
    first, *rest = needs or ("",)
    wanted = (Need(first, Importance.ESSENTIAL), *(Need(each, Importance.HELPFUL) for each in rest))
    return Enquiry(
        reference=f"E-{number:04}",
        received=DAY - timedelta(days=number % 7),
        channel="email",
        requester=Requester(f"Person {number}", f"person{number}@example.org"),
        needs=wanted if needs else (),
        status=EnquiryStatus.TRIAGED,
    )


def busy_network(number: int = len(NEEDS)) -> Network:
    """The sample with so many more who wait."""
    network = sample_network()
    more = tuple(waiting(200 + each, NEEDS[each % len(NEEDS)]) for each in range(number))
    return replace(network, enquiries=(*network.enquiries, *more))


def made(network: Network, folder: Path) -> Services:
    """A network of one's own, open."""
    return doors().create(folder / NAME, network, PASSPHRASE, with_recovery=False).services


def crowded_network() -> Network:
    """Two who could help, one place each: E-0001 needs both topics, which Amina alone shares; E-0002 takes either."""
    both = replace(waiting(1, (ADHD, EXAM)), needs=tuple(Need(n, Importance.ESSENTIAL) for n in (ADHD, EXAM)))
    danger = (Risk(RiskKind.DANGER, ("do not feel safe",)),)
    held = replace(waiting(3, (ADHD,)), risk=danger)
    people = (replace(AMINA, capacity=1), TOM, JO)
    return replace(NETWORK, supporters=people, enquiries=(both, waiting(2, (ADHD,)), held))


@cache
def _template(which: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="plan-", dir=Path.home()))
    made(busy_network() if which == BUSY else crowded_network(), folder).lock()
    return folder / NAME


def copied(place: Path, which: str) -> Services:
    """One of the two networks, open: a copy of one's own."""
    shutil.copytree(_template(which), place / NAME)
    return doors().open(place / NAME, PASSPHRASE)


def busy(place: Path) -> Services:
    """The sample with more who wait."""
    return copied(place, BUSY)


def crowded(place: Path) -> Services:
    """The small network in which each choice costs something."""
    return copied(place, CROWDED)


@contextmanager
def office(services: Services, theme: Theme) -> Iterator[Bench]:
    """The plan on an open network, locked at the end."""
    try:
        with bench_on(services, lambda held, tasks: PlanScreen(held, tasks, theme)) as desk:
            yield desk
    finally:
        services.lock()


def screen_of(desk: Bench) -> PlanScreen:
    assert isinstance(desk.screen, PlanScreen)
    return desk.screen
