"""What one person's consent comes to from a day on, for questions about everybody: who must be asked, who may be kept.

From the last day on which something was given or withdrawn nothing new begins to count, and only ends remain to come.
Before that day, which hardly ever lies ahead, the record itself is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.model.asking import PER_TOPIC, WHOLE_RECORD
from peermatch.model.consent import ConsentRecord, ConsentRules, Purpose
from peermatch.model.people import Supporter

Key = tuple[Purpose, str | None]
_HOLD: Key = (Purpose.HOLD, None)
_MATCH = PER_TOPIC.index(Purpose.MATCH)


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
    settled, took_back, counted = date.min, False, False
    for record in person.consents:
        settled = max(settled, record.given)
        if record.withdrawn is not None:
            settled, took_back = max(settled, record.withdrawn), True
        counted = counted or record.purpose is Purpose.COUNT
        key = record.purpose, record.characteristic
        before = ruling.get(key)
        if before is None or record.given >= before.given:
            ruling[key] = record
    hold = ruling.get(_HOLD)
    never, asked = _asked(person, ruling, rules)
    return Outlook(
        settled=settled,
        never=never,
        took_back=took_back,
        counted=counted,
        over=(hold.withdrawn or hold.expires) if hold else None,
        agreed=frozenset(_agreed(ruling, asked)),
    )


def _asked(
    person: Supporter, ruling: Mapping[Key, ConsentRecord], rules: ConsentRules
) -> tuple[bool, list[ConsentRecord]]:
    """Whether something must be asked for that never was, and the records that rule all that may be asked for.

    Nothing of anybody who took everything back.
    """
    hold = ruling.get(_HOLD)
    if hold is not None and hold.withdrawn is not None:
        return False, []
    never, wide = hold is None, any(map(rules.covers, ruling.values()))
    records = [ruling.get((purpose, None)) for purpose in WHOLE_RECORD]
    for topic in dict.fromkeys(person.characteristics):
        if wide:
            found = [_ruled(ruling, rules, purpose, topic) for purpose in PER_TOPIC]
        else:
            found = [ruling.get((purpose, topic)) for purpose in PER_TOPIC]
        match = found[_MATCH]
        if (match is None or match.withdrawn is not None) and any(each and each.withdrawn for each in found):
            continue  # as in asking.hushed: no list may bring it up
        never = never or match is None
        records += found
    return never, [each for each in records if each is not None]


def _ruled(
    ruling: Mapping[Key, ConsentRecord], rules: ConsentRules, purpose: Purpose, topic: str
) -> ConsentRecord | None:
    """The record for exactly this topic, else the nearest broader one whose wording covers what is below."""
    own = ruling.get((purpose, topic))
    if own is not None:
        return own
    above = (ruling.get((purpose, broader)) for broader in rules.broader_terms(topic))
    return next((each for each in above if each is not None and rules.covers(each)), None)


def _agreed(ruling: Mapping[Key, ConsentRecord], asked: Iterable[ConsentRecord]) -> Iterator[Agreed]:
    """Each yes that was not taken back; those that cover what is asked about are among them."""
    told = {(each.expires, each.wording) for each in asked if each.withdrawn is None}
    standing = {(each.expires, each.wording) for each in ruling.values() if each.withdrawn is None}
    for until, wording in standing:
        yield Agreed(until, wording, (until, wording) in told)
