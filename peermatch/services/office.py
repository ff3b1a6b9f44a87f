"""All services of one unlocked network; the window gets them from the doors, which load this when it is needed.

Each is loaded and made when somebody first asks for it: a network is open and its people are listed before most are.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch.errors import PeerMatchError
from peermatch.services.backups import Backups
from peermatch.services.desk import Desk
from peermatch.services.doors import Doors
from peermatch.services.house import House, Opened
from peermatch.services.older_copies import LastSeen
from peermatch.store.network import Store

if TYPE_CHECKING:
    from peermatch.services.campaigns import Campaigns
    from peermatch.services.checking import Checking
    from peermatch.services.consent import Consent
    from peermatch.services.decisions import Decisions
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
    from peermatch.services.onboarding import Onboarding
    from peermatch.services.own import OwnLists
    from peermatch.services.plans import Plans
    from peermatch.services.policies import Policies
    from peermatch.services.proofs import Proofs
    from peermatch.services.requests import Requests
    from peermatch.services.retention import Retention
    from peermatch.services.search import Search
    from peermatch.services.shortlists import Shortlists
    from peermatch.services.signposts import SignpostBook
    from peermatch.services.stop_letters import StopLetters
    from peermatch.services.subject_access import SubjectAccess
    from peermatch.services.supporters import Supporters
    from peermatch.services.today import Days
    from peermatch.services.trial import RestoreTrial
    from peermatch.services.upkeep import Upkeep
    from peermatch.services.watches import Watches
    from peermatch.services.wordings import Wordings

__all__ = ["Doors", "House", "NewNetwork", "Opened", "Services", "services_on"]


@dataclass(frozen=True, eq=False)  # without slots, for what is made once
class Services:
    """The verbs of the work on one unlocked network; screens receive this and nothing deeper."""

    desk: Desk
    house: House
    opened: Opened
    backups: Backups  # made at once: it knows how the journal stood when the network was opened

    @property
    def folder(self) -> Path:
        """Where the network lives."""
        return self.desk.store.folder

    @property
    def viewed(self) -> datetime | None:
        """Of when the backup is that is only looked at; None for the network itself."""
        return self.opened.viewed

    @property
    def seen(self) -> LastSeen:
        """Which state of the network this computer saw last."""
        return self.house.seen

    @cached_property
    def enquiries(self) -> "Enquiries":
        """Enquiries taken in, read and closed."""
        from peermatch.services.enquiries import Enquiries

        return Enquiries(self.desk)

    @cached_property
    def shortlists(self) -> "Shortlists":
        """Who may be asked, and why."""
        from peermatch.services.shortlists import Shortlists

        return Shortlists(self.desk)

    @cached_property
    def plans(self) -> "Plans":
        """Everybody who waits, served together."""
        from peermatch.services.plans import Plans

        return Plans(self.desk)

    @cached_property
    def introductions(self) -> "Introductions":
        """Asking, answers, and what became of them."""
        from peermatch.services.introductions import Introductions

        return Introductions(self.desk)

    @cached_property
    def decisions(self) -> "Decisions":
        """What shortlists were acted on."""
        from peermatch.services.decisions import Decisions

        return Decisions(self.desk)

    @cached_property
    def watches(self) -> "Watches":
        """Enquiries that wait for somebody new."""
        from peermatch.services.watches import Watches

        return Watches(self.desk)

    @cached_property
    def handing_out(self) -> "HandingOut":
        """Contact cards."""
        from peermatch.services.handing_out import HandingOut

        return HandingOut(self.desk)

    @cached_property
    def supporters(self) -> "Supporters":
        """Records of supporters."""
        from peermatch.services.supporters import Supporters

        return Supporters(self.desk)

    @cached_property
    def forms(self) -> "Forms":
        """Volunteer forms."""
        from peermatch.services.forms import Forms

        return Forms(self.desk, self.supporters)

    @cached_property
    def onboarding(self) -> "Onboarding":
        """The way in and out of a volunteer."""
        from peermatch.services.onboarding import Onboarding

        return Onboarding(self.desk)

    @cached_property
    def own(self) -> "OwnLists":
        """The network's own terms and organisations."""
        from peermatch.services.own import OwnLists

        return OwnLists(self.desk)

    @cached_property
    def consent(self) -> "Consent":
        """What supporters agree to."""
        from peermatch.services.consent import Consent

        return Consent(self.desk)

    @cached_property
    def stop_letters(self) -> "StopLetters":
        """Telling who holds a card that it must not be used any more."""
        from peermatch.services.stop_letters import StopLetters

        return StopLetters(self.desk)

    @cached_property
    def campaigns(self) -> "Campaigns":
        """Asking everybody again."""
        from peermatch.services.campaigns import Campaigns

        return Campaigns(self.desk)

    @cached_property
    def wordings(self) -> "Wordings":
        """The words that people agree to."""
        from peermatch.services.wordings import Wordings

        return Wordings(self.desk)

    @cached_property
    def signposts(self) -> "SignpostBook":
        """Help elsewhere."""
        from peermatch.services.signposts import SignpostBook

        return SignpostBook(self.desk)

    @cached_property
    def evidence(self) -> "EvidenceFiles":
        """Proof beside a record."""
        from peermatch.services.evidence import EvidenceFiles

        return EvidenceFiles(self.desk)

    @cached_property
    def proofs(self) -> "Proofs":
        """The record as proof."""
        from peermatch.services.proofs import Proofs

        return Proofs(self.desk)

    @cached_property
    def requests(self) -> "Requests":
        """What somebody asks of us by law."""
        from peermatch.services.requests import Requests

        return Requests(self.desk)

    @cached_property
    def incidents(self) -> "Incidents":
        """What went wrong with data."""
        from peermatch.services.incidents import Incidents

        return Incidents(self.desk)

    @cached_property
    def subject_access(self) -> "SubjectAccess":
        """What is held of somebody."""
        from peermatch.services.subject_access import SubjectAccess

        return SubjectAccess(self.desk)

    @cached_property
    def erasure(self) -> "Erasure":
        """Deleting somebody."""
        from peermatch.services.erasure import Erasure

        return Erasure(self.desk)

    @cached_property
    def retention(self) -> "Retention":
        """What was kept for its time."""
        from peermatch.services.retention import Retention

        return Retention(self.desk)

    @cached_property
    def policies(self) -> "Policies":
        """How people are ranked."""
        from peermatch.services.policies import Policies

        return Policies(self.desk)

    @cached_property
    def upkeep(self) -> "Upkeep":
        """The network itself, undo and redo."""
        from peermatch.services.upkeep import Upkeep

        return Upkeep(self.desk)

    @cached_property
    def keys(self) -> "Keys":
        """Who can open it."""
        from peermatch.services.keys import Keys

        return Keys(self.desk, self.house.rules, self.house.cost)

    @cached_property
    def keychain(self) -> "KeychainUse":
        """Opening by this computer."""
        from peermatch.services.keychain import KeychainUse

        return KeychainUse(self.desk, self.keys, self.house.chain)

    @cached_property
    def drafts(self) -> "Drafts":
        """What is not finished."""
        from peermatch.services.drafts import Drafts

        return Drafts(self.desk)

    @cached_property
    def lock_rules(self) -> "LockRules":
        """When the window locks."""
        from peermatch.services.lock_rules import LockRules

        return LockRules(self.desk)

    @cached_property
    def journal(self) -> "Journal":
        """What was done."""
        from peermatch.services.journal import Journal

        return Journal(self.desk, self.opened.failures)

    @cached_property
    def checking(self) -> "Checking":
        """Whether the file is whole."""
        from peermatch.services.checking import Checking

        return Checking(self.desk)

    @cached_property
    def search(self) -> "Search":
        """Finding anything."""
        from peermatch.services.search import Search

        return Search(self.desk)

    @cached_property
    def letters(self) -> "PostedLetters":
        """Letters noted as sent."""
        from peermatch.services.letters import PostedLetters

        return PostedLetters(self.desk)

    @cached_property
    def mailbag(self) -> "Mailbag":
        """Letters that came."""
        from peermatch.services.mailbag import Mailbag

        return Mailbag(self.desk)

    @cached_property
    def letter_texts(self) -> "LetterTexts":
        """Letters in the network's own words."""
        from peermatch.services.letter_texts import LetterTexts

        return LetterTexts(self.desk)

    @cached_property
    def days(self) -> "Days":
        """What needs somebody today."""
        from peermatch.services.today import Days

        return Days(self.desk, self.letters)

    @cached_property
    def figures(self) -> "Figures":
        """Demand, supply and waits."""
        from peermatch.services.figures import Figures

        return Figures(self.desk)

    @cached_property
    def trial(self) -> "RestoreTrial":
        """The restore drill."""
        from peermatch.services.trial import RestoreTrial

        return RestoreTrial(self.desk, self.opened.trial)

    def lock(self, *, in_haste: bool = False) -> None:
        """Close the network and forget its key; the keychain hears of it after that, and not in haste."""
        used = self.__dict__
        if "handing_out" in used:
            self.handing_out.drafts.put_away()
        self.backups.forget()
        if self.opened.trial is not None:
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


def services_on(store: Store, house: House, opened: Opened) -> Services:
    """All services of a network that was just opened."""
    at_once, told = house.people_at_once, house.making.note
    desk = Desk(store, house.shipped, house.clock, people_at_once=at_once, told=told)
    return Services(desk, house, opened, Backups(desk))
