"""What the tests of the enquiries share: the screen on the sample network, and the first letter on it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from peermatch.services.office import Services
from peermatch.services.sample import sample_letters
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_intake import Source
from peermatch.ui.screens.shortlist_card import AskForm, SuggestionCard
from peermatch.ui.theme import Theme
from tests.ui.sample_office import HERO, Bench, bench, bench_on, sample

ADHD, EXAM, LTFT = "neuro.adhd", "training.progress.exam-failure", "training.ltft"
HELD, CONSENTED, ASKED = "E-0140", "E-0138", "E-0137"


def office(place: Path, theme: Theme) -> AbstractContextManager[Bench]:
    """The screen on a network of its own."""
    return bench(place, lambda services, tasks: EnquiriesScreen(services, tasks, theme))


@contextmanager
def confirmed_network(place: Path) -> Iterator[Services]:
    """A network with the first letter confirmed, for tests that only look."""
    services = sample(place)
    services.enquiries.receive(services.enquiries.draft(sample_letters()[0].raw), services.desk.today)
    services.enquiries.set_needs(HERO, (ADHD,), (EXAM, LTFT))
    yield services
    services.lock()


@contextmanager
def lookout(services: Services, theme: Theme) -> Iterator[Bench]:
    """The screen on that network, with the first letter chosen."""
    with bench_on(services, lambda held, tasks: EnquiriesScreen(held, tasks, theme)) as made:
        screen_of(made).choose(HERO)
        made.rest()
        yield made


def screen_of(desk: Bench) -> EnquiriesScreen:
    assert isinstance(desk.screen, EnquiriesScreen)
    return desk.screen


def receive_hero(desk: Bench) -> EnquiriesScreen:
    screen = screen_of(desk)
    screen.take_in((Source("letter.eml", raw=desk.letters()[0]),))
    desk.rest()
    assert screen.reference == HERO
    return screen


def press(desk: Bench, key: str) -> None:
    screen_of(desk).pane.needs.chips.pressed.emit(key)
    desk.rest()


def confirm(desk: Bench) -> EnquiriesScreen:
    """The first letter with its needs: ADHD essential, two others helpful."""
    screen, services = screen_of(desk), desk.services
    services.enquiries.receive(services.enquiries.draft(desk.letters()[0]), services.desk.today)
    done = services.enquiries.set_needs(HERO, (ADHD,), (EXAM, LTFT))
    screen.refresh(done.touched)
    screen.choose(HERO)
    desk.rest()
    return screen


def words_on(screen: EnquiriesScreen) -> str:
    labels = [label.text() for label in screen.people.findChildren(QLabel) if label.isVisible()]
    buttons = [button.text() for button in screen.people.findChildren(QPushButton) if button.isVisible()]
    return "\n".join([*labels, *buttons])


def asked_card(desk: Bench, supporter: str) -> SuggestionCard:
    """The card of somebody, with the letter that asks them open."""
    card = screen_of(desk).people.card(supporter)
    assert card is not None
    card.ask.click()
    desk.rest()
    return card


def form_of(card: SuggestionCard) -> AskForm:
    """The open letter of a card."""
    assert card.form is not None
    return card.form
