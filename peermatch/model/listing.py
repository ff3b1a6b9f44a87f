"""What the lead keeps for the directory page: how somebody wishes to stand there, and useful links."""

from dataclasses import dataclass
from datetime import date

from peermatch.errors import BadInput, Fault
from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.dates import twelve_months_before
from peermatch.model.signpost_own import is_web_address
from peermatch.model.text import one_line, readable

_TAKEN_BACK = (Purpose.MATCH, Purpose.LIST)
LONGEST_NAME, LONGEST_WORDS, LONGEST_TITLE, LONGEST_URL = 120, 600, 120, 400


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody wishes to stand on the page: their name as they write it, words of their own, and since when."""

    supporter: str
    name: str
    words: str
    said: date

    def tidy(self) -> "Entry":
        """The same without odd spaces and signs that nobody sees."""
        lines = [line.strip() for line in readable(self.words).strip().split("\n")]
        return Entry(self.supporter, one_line(self.name), "\n".join(lines), self.said)

    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong with it, by field."""
        found = [] if self.name else [Fault("name", "Write the name as they wish it to stand there.")]
        if len(self.name) > LONGEST_NAME:
            found.append(Fault("name", f"This is too long: at most {LONGEST_NAME} signs."))
        if len(self.words) > LONGEST_WORDS:
            found.append(Fault("words", f"This is too long: at most {LONGEST_WORDS} signs."))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Link:
    """A useful link; ``checked`` is the day on which somebody last followed it."""

    id: int
    title: str
    url: str
    checked: date

    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong with it, by field; nothing is asked of the network for that."""
        found = [] if self.title else [Fault("title", "Say what is found there.")]
        if len(self.title) > LONGEST_TITLE:
            found.append(Fault("title", f"This is too long: at most {LONGEST_TITLE} signs."))
        if len(self.url) > LONGEST_URL or not is_web_address(self.url):
            found.append(Fault("url", "Write a web address, such as https://www.example.org."))
        return tuple(found)

    def due(self, on: date) -> bool:
        """Whether nobody has followed it for a year."""
        return self.checked <= twelve_months_before(on)


def may_be_listed(gate: ConsentGate, topic: str) -> bool:
    """Whether a topic may stand beside a name for many: as on a contact card, what is withdrawn to match never does."""
    return gate.allows(Purpose.LIST, topic) and not taken_back(gate, topic)


def taken_back(gate: ConsentGate, topic: str) -> bool:
    """Whether somebody withdrew that it is used, or that it is listed."""
    return any(gate.ruling(each, topic).standing is Standing.WITHDRAWN for each in _TAKEN_BACK)


def refuse_faults(faults: tuple[Fault, ...]) -> None:
    """Everything wrong at once."""
    if faults:
        raise BadInput("This was not kept.", "Please correct what is marked.", faults)
