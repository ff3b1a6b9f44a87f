"""What a network words itself in a portable file: marks of own characteristics, signposts, letters, directory page.

Each list stands in a file only where a network has any, so a file of a network without them is as it always was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from peermatch.errors import Fault
from peermatch.exchange.json_fields import Fields
from peermatch.exchange.json_tree import shown
from peermatch.exchange.portable_known import KnownIds, repeated
from peermatch.model.letter_text import LetterText, OwnText
from peermatch.model.listing import Entry, Link
from peermatch.model.network import Network, OwnStanding
from peermatch.model.signpost_own import OWN, NetworkSignpost, ServiceWords

Row = dict[str, object]
_LETTER = re.compile(r"[a-z][a-z0-9-]{0,60}")


@dataclass(frozen=True, slots=True)
class Own:
    """All of it."""

    standings: tuple[OwnStanding, ...]
    signposts: tuple[NetworkSignpost, ...]
    letters: tuple[OwnText, ...]
    listing: tuple[Entry, ...]
    links: tuple[Link, ...]


def read_own(fields: Fields, known: KnownIds) -> Own:
    """Every list, each row to its last field."""
    return Own(
        standings=fields.rows("standings", lambda each: _standing(each, known)),
        signposts=fields.rows("signposts", lambda each: _signpost(each, known)),
        letters=fields.rows("letters", _letter),
        listing=fields.rows("listing", lambda each: _entry(each, known)),
        links=fields.rows("links", _link),
    )


def own_repeats(own: Network) -> Iterator[Fault]:
    """What stands in one of the lists more than once."""
    keys: tuple[tuple[str, Sequence[str]], ...] = (
        ("standings[{}].id", [each.id for each in own.standings]),
        ("signposts[{}].id", [each.id for each in own.signposts]),
        ("letters[{}].letter", [each.letter for each in own.letters]),
        ("listing[{}].supporter", [each.supporter for each in own.listing]),
    )
    for place, ids in keys:
        for number, id in repeated(ids):
            yield Fault(place.format(number), f"{shown(id)} stands in the file already")


def own_rows(network: Network) -> Row:
    """As the file has them; what a network does not have is left out."""
    lists: dict[str, list[Row]] = {
        "standings": [
            {"id": e.id, "placed": e.placed.isoformat(), "retired": _day(e.retired)}
            for e in network.standings
        ],
        "signposts": [_signpost_row(each) for each in network.signposts],
        "letters": [
            {"letter": e.letter, "subject": e.text.subject, "body": e.text.body} for e in network.letters
        ],
        "listing": [
            {"supporter": e.supporter, "name": e.name, "words": e.words, "said": e.said.isoformat()}
            for e in network.listing
        ],
        "links": [{"title": e.title, "url": e.url, "checked": e.checked.isoformat()} for e in network.links],
    }
    return {name: rows for name, rows in lists.items() if rows}


def _signpost_row(said: NetworkSignpost) -> Row:
    words = None if said.words is None else {**asdict(said.words), "topics": list(said.words.topics)}
    return {"id": said.id, "checked": _day(said.checked), "offered": said.offered, "words": words}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _standing(fields: Fields, known: KnownIds) -> OwnStanding:
    id = fields.required_reference(
        "id", lambda each: each in known.own_terms, "characteristic of the network's own"
    )
    return OwnStanding(id, fields.required_day("placed"), fields.day("retired"))


def _signpost(fields: Fields, known: KnownIds) -> NetworkSignpost:
    said = NetworkSignpost(
        id=fields.required("id"),
        checked=fields.day("checked"),
        offered=fields.flag("offered", default=True),
        words=fields.optional_child("words", lambda each: _service(each, known)),
    )
    if said.own and said.words is None:
        fields.fault("words", "a service of the network's own needs its words")
    elif said.id and not said.own and said.id not in known.reference.signposts.shipped:
        fields.fault(
            "id", f"there is no service {shown(said.id)}; one of the network's own begins with {OWN}"
        )
    return said


def _service(fields: Fields, known: KnownIds) -> ServiceWords:
    words = ServiceWords(
        name=fields.words("name"),
        summary=fields.words("summary"),
        phone=fields.words("phone"),
        text=fields.words("text"),
        email=fields.words("email"),
        url=fields.words("url"),
        hours=fields.words("hours"),
        audience=fields.words("audience", "anyone"),
        safe_note=fields.words("safe_note"),
        area=fields.words("area", "nw"),
        urgent=fields.flag("urgent"),
        topics=fields.texts("topics"),
    )
    topics = (
        known.reference.vocabulary.terms.keys() | known.reference.vocabulary.groups.keys() | known.own_terms
    )
    for fault in words.faults(known.reference.signposts.areas, topics):
        fields.fault(fault.place, fault.text)
    return words


def _letter(fields: Fields) -> OwnText:
    name = fields.required("letter")
    if name and not _LETTER.fullmatch(name):
        fields.fault("letter", "this must be the name of a letter, such as closing")
    return OwnText(name, LetterText(fields.words("subject"), fields.words("body")))


def _entry(fields: Fields, known: KnownIds) -> Entry:
    entry = Entry(
        supporter=fields.required_reference("supporter", known.supporter, "supporter"),
        name=fields.words("name"),
        words=fields.words("words"),
        said=fields.required_day("said"),
    )
    for fault in entry.faults():
        fields.fault(fault.place, fault.text)
    return entry


def _link(fields: Fields) -> Link:
    link = Link(0, fields.words("title"), fields.words("url"), fields.required_day("checked"))
    for fault in link.faults():
        fields.fault(fault.place, fault.text)
    return link
