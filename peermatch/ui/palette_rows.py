"""What was found, as lines of the palette: the words that the lists of the screens use, and no others."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from peermatch.model.searching import TextKind
from peermatch.services.search import Passage, Place, Sort
from peermatch.services.snapshot import Snapshot
from peermatch.ui.cover import Cover
from peermatch.ui.palette_steps import Goal, Reach
from peermatch.ui.screens.enquiry_words import queue_row
from peermatch.ui.screens.introduction_words import name_of
from peermatch.ui.screens.introduction_words import row as introduction_row
from peermatch.ui.screens.supporter_facets import TOPIC_PLACE
from peermatch.ui.screens.supporter_facets import row as supporter_row
from peermatch.ui.widgets.queue_list import QueueRow
from peermatch.words import tr

Item = Goal | Place | Passage
Target = tuple[str, str, str]
"""A screen, and the record or page and the supporter that it opens at."""

HEADINGS = {
    Reach.GO: tr("Go to"),
    Reach.DO: tr("Do"),
    Reach.READ: tr("Help"),
    Sort.PERSON: tr("Supporters"),
    Sort.ENQUIRY: tr("Enquiries"),
    Sort.INTRODUCTION: tr("Introductions"),
    Sort.TOPIC: tr("Topics"),
}
IN_TEXTS, LATELY = tr("In letters and notes"), tr("Lately")
_TEXTS = {
    TextKind.LETTER: "letter",
    TextKind.NOTES: "notes",
    TextKind.SENT: tr("letter to send"),
    TextKind.OUTCOME: tr("how it went"),
    TextKind.MAIL: tr("later letter"),
}
_TO_THEM = tr("letter to them")


@dataclass(frozen=True, slots=True)
class Lines:
    """Turns what was found into rows, as the picture, the day and the cover are now."""

    picture: Snapshot
    on: date
    cover: Cover

    def row(self, item: Item) -> QueueRow | None:
        """One line; None for what is no longer there."""
        if isinstance(item, Goal):
            return QueueRow(f"{item.reach} {item.key} {item.page}", item.title, chip=item.keys)
        found = self._of_passage(item) if isinstance(item, Passage) else self._of_place(item)
        return replace(found, key=_key(item)) if found is not None else None

    def _of_place(self, place: Place) -> QueueRow | None:
        if place.sort is Sort.TOPIC:
            return self._of_topic(place.topic)
        if place.sort is Sort.PERSON:
            held = place.supporter in self.picture.supporters
            return supporter_row(self.picture, place.supporter, self.on) if held else None
        if place.sort is Sort.ENQUIRY:
            enquiry = self.picture.enquiries.get(place.enquiry)
            if enquiry is None:
                return None
            steps = self.picture.introductions_of(place.enquiry)
            return queue_row(enquiry, steps, None, self.picture.reference.vocabulary, self.on)
        return self._of_introduction(place)

    def _of_topic(self, topic: str) -> QueueRow | None:
        vocabulary = self.picture.reference.vocabulary
        if not vocabulary.knows(topic):
            return None
        return QueueRow(topic, vocabulary.label(topic), tr("Supporters who list it"))

    def _of_introduction(self, place: Place) -> QueueRow | None:
        name = self.cover.shown(name_of(self.picture, place.supporter))
        both = (i for i in self.picture.introductions_of(place.enquiry) if i.supporter == place.supporter)
        last = list(both)[-1:]
        return introduction_row(last[0], name, self.on) if last else None

    def _of_passage(self, passage: Passage) -> QueueRow | None:
        piece, of = self.cover.shown(passage.piece), _TEXTS[passage.kind]
        if passage.enquiry == "":
            of = _TO_THEM if passage.kind is TextKind.SENT else of
            person = self.picture.supporters.get(passage.supporter)
            return QueueRow("", person.name, piece, chip=of, covered=True) if person else None
        if passage.enquiry not in self.picture.enquiries:
            return None
        who = self.cover.shown(name_of(self.picture, passage.supporter)) if passage.supporter else ""
        return QueueRow(
            "",
            tr("{enquiry} with {who}").format(enquiry=passage.enquiry, who=who) if who else passage.enquiry,
            piece,
            chip=of,
        )

    def target(self, item: Place | Passage) -> Target:
        """Where a press on it leads."""
        if isinstance(item, Passage):
            return self._of_text(item)
        if item.sort is Sort.TOPIC:
            return "supporters", f"{TOPIC_PLACE}{item.topic}", ""
        if item.sort is Sort.PERSON:
            return "supporters", "", item.supporter
        return ("enquiries", item.enquiry, "") if item.sort is Sort.ENQUIRY else _to_introduction(item)

    def _of_text(self, passage: Passage) -> Target:
        if passage.enquiry == "":
            return "supporters", "", passage.supporter
        asked = any(i.supporter == passage.supporter for i in self.picture.introductions_of(passage.enquiry))
        return _to_introduction(passage) if asked else ("enquiries", passage.enquiry, "")


def _to_introduction(item: Place | Passage) -> Target:
    return "introductions", item.enquiry, item.supporter


def heading_of(item: Item) -> str:
    """Under which heading it stands."""
    if isinstance(item, Passage):
        return IN_TEXTS
    return HEADINGS[item.reach if isinstance(item, Goal) else item.sort]


def under_headings(items: Iterable[tuple[Item, QueueRow]]) -> tuple[tuple[Item, QueueRow], ...]:
    """The same lines, those of one heading together, in the order in which the headings first come."""
    parts: dict[str, list[tuple[Item, QueueRow]]] = {}
    for item, row in items:
        parts.setdefault(row.heading, []).append((item, row))
    return tuple(
        (item, row if number == 0 else replace(row, heading=""))
        for lines in parts.values()
        for number, (item, row) in enumerate(lines)
    )


def _key(item: Place | Passage) -> str:
    if isinstance(item, Place):
        return f"{item.sort} {item.enquiry} {item.supporter} {item.topic}"
    return f"{item.kind} {item.enquiry} {item.supporter} {item.piece}"
