"""What one person's consent comes to from a day on, for questions about everybody: who must be asked, who may be kept.

From the last day on which something was given or withdrawn nothing new begins to count, and only ends remain to come.
Before that day, which hardly ever lies ahead, the record itself is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.model.asking import PER_TOPIC, WHOLE_RECORD
from peermatch.model.consent import ConsentRecord, ConsentRules, Purpose
from peermatch.model.people import Supporter

Key = tuple[Purpose, str | None]
_HOLD: Key = (Purpose.HOLD, None)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A yes that rules: until when (None: without an end), under which wording, and whether its end is asked about."""

    until: date | None
    wording: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """True on every day from ``settled`` on.

    ``never``: something that nobody can help without was never asked for; ``took_back``: a withdrawal is on record;
    ``counted``: something was once said about being counted; ``over``: the day on which consent to the record ended,
    will end or was withdrawn.
    """

    settled: date = date.min
    never: bool = False
    took_back: bool = False
    counted: bool = False
    over: date | None = None
    agreed: frozenset[Agreed] = frozenset()


def outlook(person: Supporter, rules: ConsentRules) -> Outlook:
    """What ``asking.points`` and the rule of consent say of one person, whatever the day."""
    ruling: dict[Key, ConsentRecord] = {}
    settled = date.min
    for record in person.consents:
        settled = max(settled, record.given, record.withdrawn or date.min)
        key = record.purpose, record.characteristic
        before = ruling.get(key)
        if before is None or record.given >= before.given:
            ruling[key] = record
    hold = ruling.get(_HOLD)
    points = dict(_asked(person, ruling, rules))
    return Outlook(
        settled=settled,
        never=any(found is None and key[0] in (Purpose.HOLD, Purpose.MATCH) for key, found in points.items()),
        took_back=any(record.withdrawn is not None for record in person.consents),
        counted=any(record.purpose is Purpose.COUNT for record in person.consents),
        over=(hold.withdrawn or hold.expires) if hold else None,
        agreed=frozenset(_agreed(ruling, points)),
    )


def _asked(
    person: Supporter, ruling: Mapping[Key, ConsentRecord], rules: ConsentRules
) -> Iterator[tuple[Key, ConsentRecord | None]]:
    """All that may be asked for, with the record that rules; nothing of anybody who took everything back."""
    hold = ruling.get(_HOLD)
    if hold is not None and hold.withdrawn is not None:
        return
    for purpose in WHOLE_RECORD:
        yield (purpose, None), ruling.get((purpose, None))
    for topic in dict.fromkeys(person.characteristics):
        found = {purpose: _ruled(ruling, rules, purpose, topic) for purpose in PER_TOPIC}
        match = found[Purpose.MATCH]
        said_no = any(each is not None and each.withdrawn is not None for each in found.values())
        if said_no and (match is None or match.withdrawn is not None):
            continue  # as in asking.hushed: no list may bring it up
        for purpose, record in found.items():
            yield (purpose, topic), record


def _ruled(
    ruling: Mapping[Key, ConsentRecord], rules: ConsentRules, purpose: Purpose, topic: str
) -> ConsentRecord | None:
    """The record for exactly this topic, else the nearest broader one whose wording covers what is below."""
    own = ruling.get((purpose, topic))
    if own is not None:
        return own
    above = (ruling.get((purpose, broader)) for broader in rules.broader_terms(topic))
    return next((each for each in above if each is not None and rules.covers(each)), None)


def _agreed(
    ruling: Mapping[Key, ConsentRecord], points: Mapping[Key, ConsentRecord | None]
) -> Iterator[Agreed]:
    """Each yes that was not taken back; those that cover what is asked about are among them."""
    asked = {_words_of(each) for each in points.values() if each is not None and each.withdrawn is None}
    for until, wording in {_words_of(each) for each in ruling.values() if each.withdrawn is None}:
        yield Agreed(until, wording, (until, wording) in asked)


def _words_of(record: ConsentRecord) -> tuple[date | None, str]:
    return record.expires, record.wording
