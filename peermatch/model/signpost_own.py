"""What a network says of a signpost itself: when it was checked, its own words, and whether it is offered."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peermatch.errors import BadInput, Fault
from peermatch.model.text import one_line

OWN = "own-"
"""How the id of a service begins that the network added itself."""
LIMITS: Mapping[str, int] = {
    "name": 120,
    "summary": 600,
    "phone": 60,
    "text": 60,
    "email": 254,
    "url": 400,
    "hours": 120,
    "audience": 120,
    "safe_note": 400,
}
MOST_TOPICS = 20
_WEB = re.compile(r"https?://(?:[\w-]+\.)+[\w-]{2,}(?::\d{1,5})?(?:[/?#][^\s<>{}\"\\]*)?", re.IGNORECASE)
_NOT_IN_A_NUMBER = re.compile(r"[{}<>]")


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """What can be said of a service; ``area``, ``urgent`` and ``topics`` only of one of the network's own."""

    name: str
    summary: str
    phone: str = ""
    text: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""
    audience: str = "anyone"
    safe_note: str = ""
    area: str = "nw"
    urgent: bool = False
    topics: tuple[str, ...] = ()

    @property
    def reachable(self) -> bool:
        """Whether there is any way to reach it."""
        return any((self.phone, self.text, self.email, self.url))

    def tidy(self) -> "ServiceWords":
        """The same without line breaks, odd spaces and signs that nobody sees."""
        kept: dict[str, Any] = {name: one_line(getattr(self, name)) for name in (*LIMITS, "area")}
        return replace(self, topics=tuple(dict.fromkeys(self.topics)), **kept)

    def faults(self, areas: Collection[str], topics: Collection[str]) -> tuple[Fault, ...]:
        """All that is wrong with tidy words, by field."""
        found = [_fault(name, limit, getattr(self, name)) for name, limit in LIMITS.items()]
        found += [Fault("name", "Say what it is called.")] if not self.name else []
        found += [Fault("summary", "Say in a sentence what it does.")] if not self.summary else []
        found += [_number_fault(name, getattr(self, name)) for name in ("phone", "text")]
        found.append(_address_fault(self.email))
        found.append(_url_fault(self.url))
        if self.area not in areas:
            found.append(Fault("area", "Choose for which part of the country it is."))
        if any(each not in topics for each in self.topics) or len(self.topics) > MOST_TOPICS:
            found.append(Fault("topics", f"Choose up to {MOST_TOPICS} topics from the list."))
        if self.urgent and not (self.phone or self.text):
            found.append(Fault("phone", "Help in a crisis needs a number to ring or to text."))
        return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class NetworkSignpost:
    """One row: a shipped service that was checked, corrected or is no longer offered, or one of the network's own."""

    id: str
    checked: date | None = None
    offered: bool = True
    words: ServiceWords | None = None

    @property
    def own(self) -> bool:
        """Whether the network added it itself."""
        return self.id.startswith(OWN)

    @property
    def says_nothing(self) -> bool:
        """Whether it says no more than what was shipped."""
        return self.checked is None and self.offered and self.words is None


def next_own_id(known: Collection[str]) -> str:
    """An id that no service of the network's own has."""
    numbers = (each.removeprefix(OWN) for each in known if each.startswith(OWN))
    return f"{OWN}{max((int(each) for each in numbers if each.isdecimal()), default=0) + 1}"


def refuse_faults(faults: tuple[Fault, ...]) -> None:
    """Everything wrong at once."""
    if faults:
        raise BadInput("The signpost was not kept.", "Please correct what is marked.", faults)


def _fault(name: str, limit: int, value: str) -> Fault | None:
    return Fault(name, f"This is too long: at most {limit} signs.") if len(value) > limit else None


def _number_fault(name: str, value: str) -> Fault | None:
    """Words may stand beside a number, such as an option to choose; a number must be there."""
    if not value or (any(c.isdecimal() for c in value) and not _NOT_IN_A_NUMBER.search(value)):
        return None
    return Fault(name, "Write a number, such as 0808 2000 247.")


def _address_fault(value: str) -> Fault | None:
    name, at, domain = value.rpartition("@")
    good = (
        at and name and "." in domain.strip(".") and not re.search(r"[\s<>{},;]", value) and "@" not in name
    )
    return Fault("email", "This is not an e-mail address.") if value and not good else None


def is_web_address(value: str) -> bool:
    """Whether an address can be typed and is what it seems: no name before an ``@``, no other scheme."""
    return _WEB.fullmatch(value) is not None


def _url_fault(value: str) -> Fault | None:
    good = not value or is_web_address(value)
    return None if good else Fault("url", "Write a web address, such as https://www.example.org.")
