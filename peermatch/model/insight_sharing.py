"""A report out of what was counted: the small-number rule is applied where the counting is done.

No true count leaves this module. What is counted of enquiries is held against all that was published before, so that
nothing small follows when one report is taken from another.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from peermatch.errors import Refused
from peermatch.model.characteristics import Vocabulary
from peermatch.model.dates import in_words
from peermatch.model.disclosure import (
    HIDDEN,
    LEAST,
    LEAST_SENSITIVE,
    Figure,
    Part,
    Span,
    chosen_spans,
    disclosed,
    may_be_shown,
    middle,
    percent,
    shown_parts,
    small,
    withheld,
)
from peermatch.model.insight import Case, Facts, Load, Outcome, Share, Side, Wait
from peermatch.model.insight_period import Period, cut_by
from peermatch.model.insight_report import Line, Report, Sheet

ENQUIRIES = "enquiries"
TOPICS, HEADINGS, PAIRS, OUTCOMES, QUARTERS, WAITS, LOAD = (
    "topics", "headings", "pairs", "outcomes", "quarters", "waits", "load",
)  # fmt: skip
COUNT_AGAIN_AFTER = 90
"""Days for which supporters are not counted anew: two countings close together would show who came or went."""
_OUTCOMES = {
    Outcome.INTRODUCED: "Introduced to a supporter",
    Outcome.OPEN: "Still open",
    Outcome.NOT_INTRODUCED: "Closed without an introduction",
    Outcome.WITHDRAWN: "Withdrawn by the enquirer",
}
_SHARES = {
    Share.NEVER: "Never asked",
    Share.NONE: "Asked before, not in this time",
    Share.ONE: "Asked once",
    Share.SOME: "Asked two or three times",
    Share.MANY: "Asked four times or more",
}
_SIDES = {
    Side.REPLY: "From the letter to the first reply",
    Side.SUPPORTER: "From asking a supporter to their answer",
    Side.TRAINEE: "From the supporter's yes to the trainee's answer",
    Side.CARD: "From the trainee's yes to the contact card",
    Side.WHOLE: "From the letter to the contact card",
}


@dataclass(frozen=True, slots=True)
class Supply:
    """Who agreed to be counted, by number, under each topic and heading; and how the work is shared."""

    topics: Mapping[str, frozenset[int]]
    headings: Mapping[str, frozenset[int]]
    load: Load


@dataclass(frozen=True, slots=True)
class Counting:
    """What a report is made from."""

    network: str
    facts: Facts
    period: Period
    on: date
    waits: tuple[Wait, ...]
    supply: Supply
    vocabulary: Vocabulary
    before: tuple[Report, ...] = ()


@dataclass(slots=True)
class _Making:
    """One report while it is made: the enquiries of its time by number, and the spans that are shown so far."""

    counting: Counting
    supply: Mapping[str, Part]
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def inside(self) -> dict[int, Case]:
        """The enquiries of its time."""
        cases = enumerate(self.counting.facts.cases)
        return {number: case for number, case in cases if self.counting.period.holds(case.received)}

    def earlier(self, measure: str) -> list[Span]:
        """The spans of a measure that were published before."""
        return [span for each in self.counting.before for span in each.spans.get(measure, ())]

    def part(self, measure: str, holds: Callable[[Case], bool], least: int = LEAST) -> Part:
        """The enquiries of a measure in this time; barred where a small number would follow with earlier reports."""
        days = sorted(case.received for case in self.counting.facts.cases if holds(case))
        members = frozenset(number for number, case in self.inside.items() if holds(case))
        allowed = may_be_shown(self.counting.period.span, self.earlier(measure), days, least)
        return Part(measure, members, least, barred=not allowed)

    def show(self, part: Part) -> Figure:
        """A figure that is shown, and the span of which it is."""
        found = disclosed(len(part.members), part.least)
        if not found.hidden:
            self.spans[part.key] = (*self.spans.get(part.key, ()), self.counting.period.span)
        return found


def _ended(outcome: Outcome, case: Case) -> bool:
    return case.outcome is outcome


def _under(heading: str, case: Case) -> bool:
    return heading in case.headings


def _asks_for(topics: frozenset[str], case: Case) -> bool:
    return topics <= case.topics


def made_report(counting: Counting) -> Report:
    """The report; refused where its time and that of an earlier one differ by a small number of enquiries."""
    making = _Making(counting, _told_supply(counting))
    total = _total(making)
    then = counted_then(counting)
    sheets = (
        _outcomes(making, total),
        *_quarters(making),
        _headings(making, then),
        _topics(making, then),
        *_pairs(making, then),
        _waits(counting),
        _load_then(then) or _load(counting.supply.load),
    )
    counted = then.counted if then else counting.on
    return Report(counting.network, counting.period, counting.on, counted, sheets, making.spans)


def counted_then(counting: Counting) -> Report | None:
    """The report whose figures of supporters are told again, for they were counted a short time ago."""
    close = (e for e in counting.before if abs((counting.on - e.counted).days) < COUNT_AGAIN_AFTER)
    return max(close, key=lambda each: (each.counted, each.made), default=None)


def _total(making: _Making) -> Figure:
    part = making.part(ENQUIRIES, lambda _: True)
    if part.barred and not small(len(part.members), LEAST):
        raise _too_close(making)
    return making.show(part)


def _too_close(making: _Making) -> Refused:
    span = making.counting.period.span
    days = {span.start, span.after}
    before = [e for e in making.counting.before if e.spans]
    shared = [e for e in before if days & {e.period.span.start, e.period.span.after}]
    told = max(shared or before, key=lambda each: (each.made, each.period.end))
    return Refused(
        f"Together with the report of {told.times}, this one would give away a small number of enquiries.",
        f"Use the same dates as then, or dates that begin after {in_words(told.period.end)}.",
    )


def _outcomes(making: _Making, total: Figure) -> Sheet:
    parts = [making.part(f"outcome:{each.value}", partial(_ended, each)) for each in Outcome]
    shown = shown_parts(making.inside, parts)
    lines = [Line("all", "Enquiries", (total, ""))]
    for outcome, part in zip(Outcome, parts, strict=True):
        figure = making.show(part) if part.key in shown else withheld()
        share = percent(figure, total)
        lines.append(
            Line(outcome.value, _OUTCOMES[outcome], (figure, "" if share is None else f"about {share}%"))
        )
    return Sheet(OUTCOMES, "Enquiries, and how they ended", "", ("Enquiries", "Of all"), tuple(lines))


def _quarters(making: _Making) -> tuple[Sheet, ...]:
    """By quarters of the calendar, where there is more than one."""
    counting = making.counting
    parts = cut_by(counting.period, 3)
    if len(parts) < 2:
        return ()
    days = sorted(case.received for case in counting.facts.cases)
    before = (*making.earlier(ENQUIRIES), *making.spans.get(ENQUIRIES, ()))
    shown = chosen_spans([each.span for each in parts], before, days)
    making.spans[ENQUIRIES] = (*making.spans.get(ENQUIRIES, ()), *sorted(shown))
    lines = []
    for each in parts:
        count = sum(1 for day in days if each.holds(day))
        figure = disclosed(count) if each.span in shown else withheld()
        lines.append(
            Line(each.start.isoformat(), f"{in_words(each.start)} to {in_words(each.end)}", (figure,))
        )
    return (Sheet(QUARTERS, "Enquiries by quarter", "", ("Enquiries",), tuple(lines)),)


def least_of(vocabulary: Vocabulary, topic: str) -> int:
    """From how many on a topic is told: more where it, or what stands above or under it, is more sensitive."""
    near = (topic, *vocabulary.broader_terms(topic), *vocabulary.narrower(topic))
    terms = (vocabulary.terms[each] for each in near if vocabulary.is_term(each))
    return LEAST_SENSITIVE if any(each.extra_sensitive for each in terms) else LEAST


def _special(vocabulary: Vocabulary, topic: str) -> bool:
    """Whether the law holds a topic to be special, or what it is a part of (a network's own may not be marked)."""
    return any(vocabulary.terms[each].special_category for each in (topic, *vocabulary.broader_terms(topic)))


_DEMAND = ("Enquiries that asked for it", "Supporters counted")


def _headings(making: _Making, then: Report | None) -> Sheet:
    """A heading is told only where nothing small follows from it and the topics under it that are told."""
    counting = making.counting
    vocabulary = counting.vocabulary
    lines = []
    for heading in vocabulary.groups:
        asked = making.part(f"heading:{heading}", partial(_under, heading), least_of(vocabulary, heading))
        under = [topic for topic in vocabulary.terms if vocabulary.group_of(topic) == heading]
        told = [each for topic in under if (each := _asked(making, topic)).passes]
        open_one = asked.barred or _gives_away(asked, told)
        demand = withheld() if open_one else making.show(asked)
        lines.append(
            Line(heading, vocabulary.label(heading), (demand, _supply_of(making, then, heading, under)))
        )
    return Sheet(HEADINGS, "What people ask for, by heading", "", _DEMAND, tuple(lines))


def _gives_away(whole: Part, told: Iterable[Part]) -> bool:
    """Whether something small is left of a whole beside one of its parts that are told, or beside all of them."""
    parts = tuple(each for each in told if not whole.members.isdisjoint(each.members))
    least = max((whole.least, *(each.least for each in parts)))
    alone = (whole.members - each.members for each in parts)
    together = whole.members.difference(*(each.members for each in parts)) if parts else frozenset[int]()
    return any(small(len(left), least) for left in (*alone, together))


def _told_supply(counting: Counting) -> dict[str, Part]:
    """The topics whose supporters may be told: a wider one only where nothing small follows from those under it."""
    vocabulary = counting.vocabulary
    told: dict[str, Part] = {}
    for topic in sorted(vocabulary.terms, key=lambda each: -len(vocabulary.broader(each))):
        part = _counted(counting, topic)
        under = [told[each] for each in vocabulary.narrower(topic) if each in told]
        if part.passes and not _gives_away(part, under):
            told[topic] = part
    return told


def _supply_of(making: _Making, then: Report | None, heading: str, under: Collection[str]) -> Figure:
    if then is not None:
        return _figure_then(then, HEADINGS, heading)
    counting = making.counting
    members = counting.supply.headings.get(heading, frozenset())
    whole = Part(heading, members, least_of(counting.vocabulary, heading))
    told = [making.supply[topic] for topic in under if topic in making.supply]
    return withheld() if _gives_away(whole, told) else disclosed(len(whole.members), whole.least)


def _figure_then(then: Report, sheet: str, key: str) -> Figure:
    kept = then.sheet(sheet)
    return (kept.figure(key, 1) if kept else None) or withheld()


def _asked(making: _Making, topic: str) -> Part:
    least = least_of(making.counting.vocabulary, topic)
    return making.part(f"topic:{topic}", partial(_asks_for, frozenset((topic,))), least)


def _counted(counting: Counting, topic: str) -> Part:
    return Part(topic, counting.supply.topics.get(topic, frozenset()), least_of(counting.vocabulary, topic))


def _topics(making: _Making, then: Report | None) -> Sheet:
    """Only topics of which something can be told: a line of stars would say that somebody asked."""
    counting, lines = making.counting, []
    for topic in counting.vocabulary.terms:
        asked, counted = _asked(making, topic), making.supply.get(topic)
        demand = making.show(asked) if asked.passes else withheld()
        now = disclosed(len(counted.members), counted.least) if counted else withheld()
        supply = _figure_then(then, TOPICS, topic) if then else now
        if demand.value or supply.value:
            lines.append(Line(topic, counting.vocabulary.label(topic), (demand, supply)))
    note = "Topics with small numbers are left out."
    return Sheet(TOPICS, "What people ask for, by topic", note, _DEMAND, tuple(lines))


def _pairs(making: _Making, then: Report | None) -> tuple[Sheet, ...]:
    """Two topics together, from ten upward; never two that the law holds to be special."""
    vocabulary = making.counting.vocabulary
    found = {pair for case in making.inside.values() for pair in _pairs_in(case, vocabulary)}
    pairs = sorted(p for p in found if not all(_special(vocabulary, each) for each in p))
    keys = {pair: f"pair:{' '.join(pair)}" for pair in pairs}
    asked = {p: making.part(keys[p], partial(_asks_for, frozenset(p)), LEAST_SENSITIVE) for p in pairs}
    topics = sorted({each for pair in pairs for each in pair})
    wanted = {each: part for each in topics if (part := _asked(making, each)).passes}
    told = _beside_topics(asked, wanted)
    both = {p: Part(keys[p], _in_both(making.counting, p), LEAST_SENSITIVE) for p in told}
    counted = _beside_topics(both, making.supply)
    lines = []
    for pair, part in told.items():
        now = disclosed(len(both[pair].members), LEAST_SENSITIVE) if pair in counted else withheld()
        supply = _figure_then(then, PAIRS, part.key) if then else now
        label = " and ".join(vocabulary.label(each) for each in pair)
        lines.append(Line(part.key, label, (making.show(part), supply)))
    note = "Two topics that are both protected as sensitive are never counted together."
    return (Sheet(PAIRS, "Two topics together", note, _DEMAND, tuple(lines)),) if lines else ()


Pair = tuple[str, str]


def _beside_topics(pairs: Mapping[Pair, Part], topics: Mapping[str, Part]) -> dict[Pair, Part]:
    """The pairs that may be told beside their topics that are told: nothing small is left of any of these."""
    told = {
        pair: part for pair, part in pairs.items() if part.passes and _leaves_none_small(pair, part, topics)
    }
    for _ in pairs:
        before = len(told)
        for topic in {each for pair in told for each in pair if each in topics}:
            theirs = {pair: part for pair, part in told.items() if topic in pair}
            shown = shown_parts(topics[topic].members, theirs.values(), LEAST_SENSITIVE)
            if any(part.members for part in theirs.values()):
                told = {p: part for p, part in told.items() if p not in theirs or part.key in shown}
        if len(told) == before:
            break
    return told


def _leaves_none_small(pair: Pair, part: Part, topics: Mapping[str, Part]) -> bool:
    wholes = (topics[each].members for each in pair if each in topics and part.members)
    return not any(small(len(whole - part.members), LEAST_SENSITIVE) for whole in wholes)


def _in_both(counting: Counting, pair: Pair) -> frozenset[int]:
    one, two = (_counted(counting, each).members for each in pair)
    return one & two


def _pairs_in(case: Case, vocabulary: Vocabulary) -> Iterable[Pair]:
    topics = sorted(each for each in case.topics if each in vocabulary.terms)
    pairs = ((one, two) for number, one in enumerate(topics) for two in topics[number + 1 :])
    return (p for p in pairs if p[0] not in vocabulary.broader(p[1]) and p[1] not in vocabulary.broader(p[0]))


def _waits(counting: Counting) -> Sheet:
    lines = [Line(each.side.value, _SIDES[each.side], (_usual(each),)) for each in counting.waits]
    note = "Working days: half of them took no longer than this."
    return Sheet(WAITS, "How long people wait", note, ("Working days",), tuple(lines))


def _usual(wait: Wait) -> str:
    if not wait.days:
        return "none yet"
    found = middle(wait.days)
    return HIDDEN if found is None else f"{found:g}"


def _load_then(then: Report | None) -> Sheet | None:
    """How the work was shared as it was told a short time ago, with the time that it was counted for."""
    kept = then.sheet(LOAD) if then else None
    return replace(kept, note=kept.note or f"As it was told for {then.times}.") if kept and then else None


def _load(load: Load) -> Sheet:
    people = list(load.people)
    parts = [
        Part(share.value, frozenset(n for n, one in enumerate(people) if load.people[one] is share))
        for share in Share
    ]
    shown = shown_parts(range(len(people)), parts)
    lines = [Line("all", "Supporters who take part", (disclosed(len(people)),))]
    for share, part in zip(Share, parts, strict=True):
        figure = disclosed(len(part.members)) if part.key in shown else withheld()
        lines.append(Line(share.value, _SHARES[share], (figure,)))
    return Sheet(LOAD, "How the work is shared", "", ("Supporters",), tuple(lines))
