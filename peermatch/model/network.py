"""A whole network as one value: what the portable file holds and what a new store is filled from."""

from dataclasses import dataclass
from datetime import date

from peermatch.model.barred import Barred
from peermatch.model.carried_mail import CarriedMail
from peermatch.model.characteristics import Term
from peermatch.model.consent import Wording
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.model.letter_text import OwnText
from peermatch.model.listing import Entry, Link
from peermatch.model.own_places import OwnPlace
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.signpost_own import NetworkSignpost

NO_MAIL = CarriedMail()


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """Since when a characteristic of the network's own stands where it stands, and since when it is retired."""

    id: str
    placed: date
    retired: date | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """People, consent, enquiries and introductions of one network.

    ``wordings`` is None where the file did not list any; ``controller`` is None while it is not stated. ``standings``
    are of own characteristics, ``signposts`` what the network says of services itself, ``letters`` its own words for
    them; ``listing`` and ``links`` are what is kept for the directory page, ``mail`` what came with letters.
    """

    name: str
    controller: str | None = None
    wordings: tuple[Wording, ...] | None = None
    barred: tuple[Barred, ...] = ()
    policy: Policy | None = None
    vocabulary: tuple[Term, ...] = ()
    organisations: tuple[OwnPlace, ...] = ()
    supporters: tuple[Supporter, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    standings: tuple[OwnStanding, ...] = ()
    signposts: tuple[NetworkSignpost, ...] = ()
    letters: tuple[OwnText, ...] = ()
    listing: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    mail: CarriedMail = NO_MAIL
