"""All services of one unlocked network; the window gets them from the doors, which load this when it is needed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peermatch.errors import PeerMatchError
from peermatch.services.backups import Backups
from peermatch.services.campaigns import Campaigns
from peermatch.services.checking import Checking
from peermatch.services.consent import Consent
from peermatch.services.decisions import Decisions
from peermatch.services.desk import Desk
from peermatch.services.doors import Clock, Doors
from peermatch.services.drafts import Drafts
from peermatch.services.enquiries import Enquiries
from peermatch.services.erasure import Erasure
from peermatch.services.evidence import EvidenceFiles
from peermatch.services.figures import Figures
from peermatch.services.forms import Forms
from peermatch.services.handing_out import HandingOut
from peermatch.services.incidents import Incidents
from peermatch.services.introductions import Introductions
from peermatch.services.journal import Journal
from peermatch.services.keychain import KeychainUse
from peermatch.services.keys import Keys
from peermatch.services.letter_texts import LetterTexts
from peermatch.services.letters import PostedLetters
from peermatch.services.lock_rules import LockRules
from peermatch.services.mailbag import Mailbag
from peermatch.services.older_copies import LastSeen
from peermatch.services.onboarding import Onboarding
from peermatch.services.own import OwnLists
from peermatch.services.plans import Plans
from peermatch.services.policies import Policies
from peermatch.services.proofs import Proofs
from peermatch.services.requests import Requests
from peermatch.services.retention import Retention
from peermatch.services.search import Search
from peermatch.services.shipped import Shipped
from peermatch.services.shortlists import Shortlists
from peermatch.services.signposts import SignpostBook
from peermatch.services.subject_access import SubjectAccess
from peermatch.services.supporters import Supporters
from peermatch.services.today import Days
from peermatch.services.trial import RestoreTrial
from peermatch.services.tries import Failures
from peermatch.services.upkeep import Upkeep
from peermatch.services.watches import Watches
from peermatch.services.wordings import Wordings
from peermatch.store.drill import Trial
from peermatch.store.kdf import Cost
from peermatch.store.keychain import Keychain
from peermatch.store.network import Store
from peermatch.store.passphrase import PassphraseRules

__all__ = ["Doors", "House", "NewNetwork", "Opened", "Services", "services_on"]


@dataclass(frozen=True, slots=True)
class Services:
    """The verbs of the work on one unlocked network; screens receive this and nothing deeper."""

    desk: Desk
    enquiries: Enquiries
    shortlists: Shortlists
    plans: Plans
    introductions: Introductions
    decisions: Decisions
    watches: Watches
    handing_out: HandingOut
    supporters: Supporters
    forms: Forms
    onboarding: Onboarding
    own: OwnLists
    consent: Consent
    campaigns: Campaigns
    wordings: Wordings
    signposts: SignpostBook
    evidence: EvidenceFiles
    proofs: Proofs
    requests: Requests
    incidents: Incidents
    subject_access: SubjectAccess
    erasure: Erasure
    retention: Retention
    policies: Policies
    upkeep: Upkeep
    keys: Keys
    keychain: KeychainUse
    drafts: Drafts
    lock_rules: LockRules
    backups: Backups
    journal: Journal
    checking: Checking
    search: Search
    letters: PostedLetters
    mailbag: Mailbag
    letter_texts: LetterTexts
    days: Days
    figures: Figures
    seen: LastSeen
    trial: RestoreTrial
    viewed: datetime | None = None
    """Of when the backup is that is only looked at; None for the network itself."""

    @property
    def folder(self) -> Path:
        """Where the network lives."""
        return self.desk.store.folder

    def lock(self, *, in_haste: bool = False) -> None:
        """Close the network and forget its key; the keychain hears of it after that, and not in haste."""
        self.handing_out.drafts.put_away()
        self.backups.forget()
        self.trial.forget()
        self.desk.reader.forget()
        replaced = self.backups.replaced
        try:
            moved = None if replaced else self.seen.closing(self.desk.store, self.desk.today)
        finally:
            self.desk.store.lock()
        if not in_haste:
            self.seen.tell(moved)

    def close(self, *, once_a_day: bool = False) -> str:
        """Make the automatic backup where something changed, then lock; why there is no backup, if there is none."""
        try:
            return self.backups.at_close(once_a_day=once_a_day)
        finally:
            self.lock()


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network that was just made, open, and its recovery key, which is shown once."""

    services: Services
    recovery: str | None
    not_remembered: PeerMatchError | None = None
    """Why this computer does not open it by itself, where somebody wished that."""


@dataclass(frozen=True, slots=True)
class House:
    """What services need of the program itself, the same for every network."""

    shipped: Shipped
    clock: Clock
    rules: PassphraseRules
    cost: Cost | None
    chain: Keychain
    seen: LastSeen
    people_at_once: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known of this one opening: failures before it, the moment of a backup that is looked at, the trial."""

    failures: Failures | None = None
    viewed: datetime | None = None
    trial: Trial | None = None


def services_on(store: Store, house: House, opened: Opened) -> Services:
    """All services of a network that was just opened."""
    desk = Desk(store, house.shipped, house.clock, people_at_once=house.people_at_once)
    keys, letters = Keys(desk, house.rules, house.cost), PostedLetters(desk)
    return Services(
        desk=desk,
        enquiries=Enquiries(desk),
        shortlists=Shortlists(desk),
        plans=Plans(desk),
        introductions=Introductions(desk),
        decisions=Decisions(desk),
        watches=Watches(desk),
        handing_out=HandingOut(desk),
        supporters=Supporters(desk),
        forms=Forms(desk, Supporters(desk)),
        onboarding=Onboarding(desk),
        own=OwnLists(desk),
        consent=Consent(desk),
        campaigns=Campaigns(desk),
        wordings=Wordings(desk),
        signposts=SignpostBook(desk),
        evidence=EvidenceFiles(desk),
        proofs=Proofs(desk),
        requests=Requests(desk),
        incidents=Incidents(desk),
        subject_access=SubjectAccess(desk),
        erasure=Erasure(desk),
        retention=Retention(desk),
        policies=Policies(desk),
        upkeep=Upkeep(desk),
        keys=keys,
        keychain=KeychainUse(desk, keys, house.chain),
        drafts=Drafts(desk),
        lock_rules=LockRules(desk),
        backups=Backups(desk),
        journal=Journal(desk, opened.failures),
        checking=Checking(desk),
        search=Search(desk),
        letters=letters,
        mailbag=Mailbag(desk),
        letter_texts=LetterTexts(desk),
        days=Days(desk, letters),
        figures=Figures(desk),
        seen=house.seen,
        trial=RestoreTrial(desk, opened.trial),
        viewed=opened.viewed,
    )
