"""Reports under attack: whatever the network holds and whatever was shared before, nothing small can be worked out."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.errors import Refused
from peermatch.model.characteristics import Group, Term, Vocabulary
from peermatch.model.disclosure import LEAST, LEAST_SENSITIVE, Figure
from peermatch.model.insight import Case, Facts, Load, Outcome, Share, Side, Wait
from peermatch.model.insight_period import Period
from peermatch.model.insight_report import Report
from peermatch.model.insight_sharing import Counting, Supply, made_report

FIRST = date(2026, 1, 1)
PERIODS = tuple(
    Period(FIRST + timedelta(days=30 * a), FIRST + timedelta(days=30 * b - 1))
    for a in range(4)
    for b in range(a + 1, 5)
)
TOPICS = ("g.one", "g.two", "h.hard", "h.soft")


def term(id: str, *, special: bool = False, extra: bool = False) -> Term:
    empty: tuple[str, ...] = ()
    return Term(
        id, id.upper(), "", id[0], True, empty, empty, empty, empty, (), special, empty, False, extra, empty,
        False, False, empty, empty, False,
    )  # fmt: skip


@cache
def vocabulary() -> Vocabulary:
    terms = (
        term("g.one", special=True), term("g.two"), term("h.hard", special=True, extra=True), term("h.soft")
    )  # fmt: skip
    groups = (Group("g", "Group G", ""), Group("h", "Group H", ""))
    return Vocabulary({each.id: each for each in groups}, {each.id: each for each in terms})


def case(offset: int, topics: Iterable[str], outcome: Outcome) -> Case:
    asked = frozenset(topics)
    return Case(FIRST + timedelta(days=offset), asked, frozenset(each[0] for each in asked), outcome)


CASES = st.lists(
    st.builds(
        case,
        st.integers(0, 119),
        st.frozensets(st.sampled_from(TOPICS), max_size=3),
        st.sampled_from((Outcome.INTRODUCED,) * 8 + tuple(Outcome)),
    ),
    min_size=30,
    max_size=110,
)
MEMBERS = st.frozensets(st.integers(0, 40), max_size=30)
SUPPLY = st.builds(
    lambda one, two, hard: Supply(
        {"g.one": one, "g.two": two, "h.hard": hard},
        {"g": one | two, "h": hard},
        Load({f"S-{n}": Share.NEVER if n % 3 else Share.ONE for n in one | two | hard}),
    ),
    MEMBERS,
    MEMBERS,
    MEMBERS,
)


def report(cases: list[Case], supply: Supply, period: Period, before: tuple[Report, ...] = ()) -> Report:
    facts, on = Facts(tuple(cases)), FIRST + timedelta(days=130 + 100 * len(before))
    waits = tuple(Wait(side, (1, 2, 3)) for side in Side)
    return made_report(Counting("Ours", facts, period, on, waits, supply, vocabulary(), before))


def holds(measure: str, each: Case) -> bool:
    kind, _, what = measure.partition(":")
    if kind == "enquiries":
        return True
    if kind == "outcome":
        return each.outcome.value == what
    if kind == "heading":
        return what in each.headings
    return set(what.split()) <= each.topics


def least_of(measure: str) -> int:
    hard = measure in ("heading:h", "topic:h.hard") or measure.startswith("pair:")
    return LEAST_SENSITIVE if hard else LEAST


def derivable(spans: list[tuple[date, date]]) -> set[tuple[date, date]]:
    """Every stretch whose count follows by adding and taking away."""
    known = set(spans)
    while True:
        more = {
            (min(a, b), max(a, b))
            for one in known
            for two in known
            for a, b in _ends(one, two)
            if a != b and (min(a, b), max(a, b)) not in known
        }
        if not more:
            return known
        known |= more


def _ends(one: tuple[date, date], two: tuple[date, date]) -> Iterable[tuple[date, date]]:
    for first, second in ((one, two), (one[::-1], two), (one, two[::-1]), (one[::-1], two[::-1])):
        if first[1] == second[0]:
            yield first[0], second[1]


@settings(max_examples=25)
@given(CASES, SUPPLY, st.lists(st.sampled_from(PERIODS), min_size=1, max_size=4, unique=True))
def test_no_reports_together_tell_a_small_number(
    cases: list[Case], supply: Supply, periods: list[Period]
) -> None:
    left: list[Report] = []
    for period in periods:
        try:
            left.append(report(cases, supply, period, tuple(left)))
        except Refused:
            continue
    told: dict[str, list[tuple[date, date]]] = {}
    for each in left:
        assert_safe(each)
        assert_no_small_rest(each, cases)
        for measure, shown in each.spans.items():
            told.setdefault(measure, []).extend((span.start, span.after) for span in shown)
    for measure, spans in told.items():
        days = sorted(each.received for each in cases if holds(measure, each))
        for start, after in derivable(spans):
            count = bisect_left(days, after) - bisect_left(days, start)
            assert not 0 < count < least_of(measure), (measure, start, after)


def assert_safe(found: Report) -> None:
    """Every figure is hidden, nought, or ten and more in fives; and each that is told stands on a span."""
    for sheet in found.sheets:
        for line in sheet.lines:
            for cell in line.cells:
                if isinstance(cell, Figure):
                    assert cell.value is None or cell.value == 0 or (cell.value >= 10 and cell.value % 5 == 0)
    pairs = found.sheet("pairs")
    keys = [line.key for line in pairs.lines] if pairs else []
    assert "pair:g.one h.hard" not in keys


def assert_no_small_rest(found: Report, cases: list[Case]) -> None:
    """What is left of all enquiries beside the outcomes that are told is nought or not small."""
    here = [each for each in cases if found.period.holds(each.received)]
    outcomes = found.sheet("outcomes")
    assert outcomes is not None
    told = {
        line.key for line in outcomes.lines if isinstance(line.cells[0], Figure) and not line.cells[0].hidden
    }
    rest = sum(1 for each in here if each.outcome.value not in told)
    if told & {each.value for each in Outcome if any(case.outcome is each for case in here)}:
        assert not 0 < rest < LEAST


def test_waits_are_told_of_eight_or_more() -> None:
    few, many = Wait(Side.REPLY, (1,) * 7), Wait(Side.CARD, (1, 2, 2, 2, 3, 3, 3, 9))
    facts = Facts(tuple(case(n, ("g.two",), Outcome.OPEN) for n in range(30)))
    supply = Supply({}, {}, Load({}))
    waits = (few, many, Wait(Side.WHOLE))
    found = made_report(Counting("Ours", facts, PERIODS[0], FIRST, waits, supply, vocabulary()))
    sheet = found.sheet("waits")
    assert sheet is not None
    assert [str(line.cells[0]) for line in sheet.lines] == ["*", "2.5", "none yet"]


def test_a_few_enquiries_are_no_reason_to_refuse() -> None:
    found = report([case(1, ("g.two",), Outcome.OPEN)], Supply({}, {}, Load({})), PERIODS[0])
    assert found.spans.get("enquiries") is None
    empty = report([], Supply({}, {}, Load({})), PERIODS[0])
    outcomes = empty.sheet("outcomes")
    assert outcomes is not None
    assert {str(line.cells[0]) for line in outcomes.lines} == {"0"}


def test_a_refusal_names_the_report_that_it_comes_too_close_to() -> None:
    cases = [case(n, ("g.two",), Outcome.OPEN) for n in range(0, 60, 3)] + [case(61, (), Outcome.OPEN)]
    supply = Supply({}, {}, Load({}))
    first = report(cases, supply, PERIODS[1])
    other = report(cases, supply, PERIODS[0], ())
    with pytest.raises(Refused, match="1 January 2026 to 1 March 2026"):
        report(cases, supply, PERIODS[2], (other, first))


def nested(*, special: bool = False) -> Vocabulary:
    """A wide topic, a part of it, and one beside them."""
    wide = replace(term("g.wide", special=True, extra=special), leaf=False)
    part = replace(term("g.part"), broader="g.wide")
    terms = (wide, part, term("h.special", special=True), term("h.other"))
    groups = (Group("g", "Group G", ""), Group("h", "Group H", ""))
    return Vocabulary({each.id: each for each in groups}, {each.id: each for each in terms})


def told(cases: list[Case], supply: Supply, words: Vocabulary, sheet: str) -> dict[str, tuple[str, ...]]:
    counting = Counting("Ours", Facts(tuple(cases)), PERIODS[0], FIRST, (), supply, words)
    found = made_report(counting).sheet(sheet)
    return {line.key: tuple(map(str, line.cells)) for line in found.lines} if found else {}


def test_a_wider_topic_is_not_told_where_few_have_it_beside_its_part() -> None:
    def counted(wide: int) -> dict[str, tuple[str, ...]]:
        topics = {"g.wide": frozenset(range(wide)), "g.part": frozenset(range(20))}
        return told([], Supply(topics, {}, Load({})), nested(), "topics")

    assert counted(23) == {"g.part": ("0", "20")}
    assert counted(30) == {"g.wide": ("0", "30"), "g.part": ("0", "20")}


def test_a_pair_is_not_told_where_few_asked_for_one_of_it_alone() -> None:
    def asked(alone: int) -> dict[str, tuple[str, ...]]:
        both = [case(n, ("h.other", "h.special"), Outcome.OPEN) for n in range(12)]
        one = [case(n % 30, ("h.other",), Outcome.OPEN) for n in range(alone)]
        two = [case(n, ("h.special",), Outcome.OPEN) for n in range(20)]
        people = {"h.other": frozenset(range(30)), "h.special": frozenset(range(2, 32))}
        return told([*both, *one, *two], Supply(people, {}, Load({})), nested(), "pairs")

    assert asked(3) == {}
    assert asked(15) == {"pair:h.other h.special": ("10", "*")}, "two supporters have one of them alone"
    assert asked(0) == {"pair:h.other h.special": ("10", "*")}


def test_what_is_under_a_protected_topic_is_protected_like_it() -> None:
    cases = [case(n, ("g.part", "h.special"), Outcome.OPEN) for n in range(20)]
    cases += [case(n, ("g.part",), Outcome.OPEN) for n in range(20)]
    assert told(cases, Supply({}, {}, Load({})), nested(), "pairs") == {}
    few = [case(n, ("g.part",), Outcome.OPEN) for n in range(9)]
    assert told(few, Supply({}, {}, Load({})), nested(), "topics") == {"g.part": ("10", "0")}
    assert told(few, Supply({}, {}, Load({})), nested(special=True), "topics") == {}
