"""The sentences of the page on changeover: what is open, what to do in which order, and what a lock-out does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.model.enquiry import Enquiry
from peermatch.model.holders import KeyKind, NetworkKey
from peermatch.model.introduction import Introduction
from peermatch.services.keys import OlderBackup
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import age_words
from peermatch.ui.screens.enquiry_words import STATUS_WORDS, state_line
from peermatch.ui.screens.introduction_words import STATE_CHIPS
from peermatch.ui.screens.keys_words import older_words
from peermatch.words import count_of, tr

INTRO = tr(
    "When an office passes from one person to the next: what is open, who can open the network, and what to do in "
    "which order. Sit down together for it if you can."
)
OLD_BACKUPS = tr("Backups that were made before still open with the passphrases of their day.")
LAST_PERSON = tr("Nobody else can open the network yet. Give the successor a key first.")
NOTHING_OPEN = tr("No enquiry is open and no introduction is in hand.")


@dataclass(frozen=True, slots=True)
class Case:
    """One enquiry that is not finished."""

    reference: str
    words: str
    waits: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the handing over; ``done`` where the program can see that it is."""

    title: str
    note: str
    done: bool = False


def open_cases(picture: Snapshot, on: date) -> tuple[Case, ...]:
    """Enquiries that are open or have an introduction in hand, the oldest first."""
    in_hand: dict[str, list[Introduction]] = {}
    for introduction in picture.introductions.in_hand:
        in_hand.setdefault(introduction.enquiry, []).append(introduction)
    going_on = picture.cases.going_on(in_hand)
    found = [each for each in going_on if each.open or each.reference in in_hand]
    found.sort(key=lambda e: (e.received, e.reference))
    return tuple(_case(each, in_hand.get(each.reference, ()), on) for each in found)


def _case(enquiry: Enquiry, introductions: Sequence[Introduction], on: date) -> Case:
    if introductions:
        words = ", ".join(f"{i.supporter} {STATE_CHIPS[i.state][0]}" for i in introductions)
        words = (
            words
            if enquiry.open
            else tr("{status_words}, but {words}").format(
                status_words=STATUS_WORDS[enquiry.status], words=words
            )
        )
    elif enquiry.held:
        words = tr("safety is to be checked first")
    else:
        words = state_line(enquiry, (), None, on)
    return Case(enquiry.reference, words, age_words(enquiry.received, on))


def cases_words(picture: Snapshot) -> str:
    """How much is open."""
    enquiries, in_hand = len(picture.cases.open), len(picture.introductions.in_hand)
    if not enquiries and not in_hand:
        return NOTHING_OPEN
    one = enquiries + in_hand == 1
    both = tr("{count_of} and {count_of_2} in hand").format(
        count_of=count_of(enquiries, "open enquiry", "open enquiries"),
        count_of_2=count_of(in_hand, "introduction"),
    )
    return tr("There {part} {both}.").format(part="is" if one else "are", both=both)


def people_of(keys: Iterable[NetworkKey]) -> tuple[NetworkKey, ...]:
    """The keys that people type."""
    return tuple(key for key in keys if key.kind is KeyKind.PERSON)


def steps(picture: Snapshot, keys: Sequence[NetworkKey], older: Sequence[OlderBackup]) -> tuple[Step, ...]:
    """What whoever leaves does, one after the other."""
    several = len(people_of(keys)) > 1
    paper = any(key.kind is KeyKind.PAPER for key in keys)
    return (
        Step(
            tr("Go through the open cases together"),
            tr("{cases_words} Tell people who writes to them from now on.").format(
                cases_words=cases_words(picture)
            ),
        ),
        Step(
            tr("Give the successor a key of their own"),
            tr("They sit here and type a passphrase that only they know.")
            if not several
            else tr("More than one person can open the network."),
            several,
        ),
        Step(
            tr("Let them open the network with it once"),
            tr(
                "Lock with Ctrl+L and let them unlock. Then they are the one who works here, and the journal says so."
            ),
        ),
        Step(
            tr("Make a new recovery sheet") if paper else tr("Make a recovery sheet"),
            tr("Whoever leaves may know where the old one lies. A new sheet makes the old one useless.")
            if paper
            else tr("There is none yet. Without it, a lost passphrase loses everything."),
        ),
        Step(
            tr("Lock out whoever leaves"),
            tr(
                "Everything is encrypted with a new key. Their passphrase and their computers open nothing any more."
            ),
        ),
        Step(tr("Think of old backups"), f"{OLD_BACKUPS} {older_words(older) if older else ''}".strip()),
    )


def lock_out_words(key: NetworkKey) -> str:
    """The button that takes a key away."""
    if key.kind is KeyKind.PERSON:
        return tr("Lock out {name}").format(name=key.name) if key.name else tr("Lock out this person")
    return tr("Remove this key")


def after_words(older: Sequence[OlderBackup]) -> str:
    """What a lock-out does not reach."""
    if not older:
        return tr("No backup opens with the old key.")
    return tr("{older_words} Delete them under Settings, Who can open it.").format(
        older_words=older_words(older)
    )
