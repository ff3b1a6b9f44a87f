"""The sentences of the page on changeover: what is open, what to do in which order, and what a lock-out does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from peermatch.model.enquiry import Enquiry
from peermatch.model.holders import KeyKind, NetworkKey
from peermatch.model.introduction import Introduction
from peermatch.services.keys import OlderBackup
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import age_words, count_of
from peermatch.ui.screens.enquiry_words import STATUS_WORDS, state_line
from peermatch.ui.screens.introduction_words import STATE_CHIPS
from peermatch.ui.screens.keys_words import older_words

INTRO = (
    "When an office passes from one person to the next: what is open, who can open the network, and what to do in "
    "which order. Sit down together for it if you can."
)
OLD_BACKUPS = "Backups that were made before still open with the passphrases of their day."
LAST_PERSON = "Nobody else can open the network yet. Give the successor a key first."
NOTHING_OPEN = "No enquiry is open and no introduction is in hand."


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
    for introduction in picture.introductions:
        if introduction.in_hand:
            in_hand.setdefault(introduction.enquiry, []).append(introduction)
    found = [e for e in picture.enquiries.values() if e.open or e.reference in in_hand]
    found.sort(key=lambda e: (e.received, e.reference))
    return tuple(_case(each, in_hand.get(each.reference, ()), on) for each in found)


def _case(enquiry: Enquiry, introductions: Sequence[Introduction], on: date) -> Case:
    if introductions:
        words = ", ".join(f"{i.supporter} {STATE_CHIPS[i.state][0]}" for i in introductions)
        words = words if enquiry.open else f"{STATUS_WORDS[enquiry.status]}, but {words}"
    elif enquiry.held:
        words = "safety is to be checked first"
    else:
        words = state_line(enquiry, (), None, on)
    return Case(enquiry.reference, words, age_words(enquiry.received, on))


def cases_words(picture: Snapshot) -> str:
    """How much is open."""
    enquiries = sum(1 for each in picture.enquiries.values() if each.open)
    in_hand = sum(1 for each in picture.introductions if each.in_hand)
    if not enquiries and not in_hand:
        return NOTHING_OPEN
    one = enquiries + in_hand == 1
    both = f"{count_of(enquiries, 'open enquiry', 'open enquiries')} and {count_of(in_hand, 'introduction')} in hand"
    return f"There {'is' if one else 'are'} {both}."


def people_of(keys: Iterable[NetworkKey]) -> tuple[NetworkKey, ...]:
    """The keys that people type."""
    return tuple(key for key in keys if key.kind is KeyKind.PERSON)


def steps(picture: Snapshot, keys: Sequence[NetworkKey], older: Sequence[OlderBackup]) -> tuple[Step, ...]:
    """What whoever leaves does, one after the other."""
    several = len(people_of(keys)) > 1
    paper = any(key.kind is KeyKind.PAPER for key in keys)
    return (
        Step(
            "Go through the open cases together",
            f"{cases_words(picture)} Tell people who writes to them from now on.",
        ),
        Step(
            "Give the successor a key of their own",
            "They sit here and type a passphrase that only they know."
            if not several
            else "More than one person can open the network.",
            several,
        ),
        Step(
            "Let them open the network with it once",
            "Lock with Ctrl+L and let them unlock. Then they are the one who works here, and the journal says so.",
        ),
        Step(
            "Make a new recovery sheet" if paper else "Make a recovery sheet",
            "Whoever leaves may know where the old one lies. A new sheet makes the old one useless."
            if paper
            else "There is none yet. Without it, a lost passphrase loses everything.",
        ),
        Step(
            "Lock out whoever leaves",
            "Everything is encrypted with a new key. Their passphrase and their computers open nothing any more.",
        ),
        Step("Think of old backups", f"{OLD_BACKUPS} {older_words(older) if older else ''}".strip()),
    )


def lock_out_words(key: NetworkKey) -> str:
    """The button that takes a key away."""
    if key.kind is KeyKind.PERSON:
        return f"Lock out {key.name}" if key.name else "Lock out this person"
    return "Remove this key"


def after_words(older: Sequence[OlderBackup]) -> str:
    """What a lock-out does not reach."""
    if not older:
        return "No backup opens with the old key."
    return f"{older_words(older)} Delete them under Settings, Who can open it."
