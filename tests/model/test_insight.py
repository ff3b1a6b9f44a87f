"""Gaps, waits and shares from plain values, where a whole network would hide the single case."""

from collections import Counter
from datetime import date, timedelta

from peermatch.model.insight import (
    Ask,
    Case,
    Cover,
    Demand,
    Facts,
    Lack,
    Outcome,
    Share,
    Side,
    asked_pairs,
    gaps,
    load,
    waits,
)
from peermatch.model.insight_period import Period

DAY = date(2026, 11, 20)
PERIOD = Period(date(2026, 1, 1), DAY)


def days(start: date, end: date) -> int:
    return (end - start).days


def before(count: int) -> date:
    return DAY - timedelta(days=count)


def test_a_gap_is_what_lacks_first() -> None:
    assert Demand(("a",), 1, Cover()).lack is Lack.NOBODY
    assert Demand(("a",), 1, Cover(again=2)).lack is Lack.NO_YES
    assert Demand(("a",), 1, Cover(able=3)).lack is Lack.NOBODY_FREE
    assert Demand(("a",), 1, Cover(able=2, free=1)).lack is Lack.FEW
    assert Demand(("a",), 12, Cover(able=3, free=3)).lack is Lack.FEW
    assert Demand(("a",), 11, Cover(able=3, free=3)).lack is None


def test_a_pair_is_told_only_where_neither_of_its_topics_says_it() -> None:
    fine, nobody = Cover(9, 9), Cover()
    demands = (
        Demand(("a",), 3, fine),
        Demand(("b",), 2, nobody),
        Demand(("c",), 2, Cover(9)),
        Demand(("a", "b"), 2, nobody),
        Demand(("a", "c"), 1, nobody),
        Demand(("c", "d"), 1, Cover(3)),
        Demand(("a", "d"), 1, Cover(2, 2)),
    )
    assert [(each.lack, each.topics) for each in gaps(demands)] == [
        (Lack.NOBODY, ("b",)),
        (Lack.NOBODY, ("a", "c")),
        (Lack.NOBODY_FREE, ("c",)),
    ]


def test_pairs_leave_out_what_stands_above_the_other() -> None:
    above = {"neuro.adhd": ("neuro",), "neuro": (), "exam": ()}
    cases = [Case(DAY, frozenset(above)), Case(DAY, frozenset(("exam", "neuro"))), Case(DAY)]
    assert asked_pairs(cases, above.__getitem__) == Counter({("exam", "neuro"): 2, ("exam", "neuro.adhd"): 1})


def test_each_side_waits_from_its_step_to_the_next() -> None:
    cases = (
        Case(before(30), replied=before(28), introduced=before(10), outcome=Outcome.INTRODUCED),
        Case(before(9)),
        Case(before(9), outcome=Outcome.NOT_INTRODUCED),
        Case(before(20), outcome=Outcome.OPEN, erased=True),
    )
    asks = (
        Ask("S-1", before(28), before(25), before(20), before(10)),
        Ask("S-2", before(8), waits_for_supporter=True),
        Ask("S-3", before(7), before(6), waits_for_trainee=True),
        Ask("S-4", before(7), before(5)),
    )
    told = {each.side: (each.days, each.waiting) for each in waits(Facts(cases, asks), DAY, days)}
    assert told == {
        Side.REPLY: ((2,), (9,)),
        Side.SUPPORTER: ((1, 2, 3), (8,)),
        Side.TRAINEE: ((5,), (6,)),
        Side.CARD: ((10,), ()),
        Side.WHOLE: ((20,), (9,)),
    }
    reply = waits(Facts(cases), DAY, days)[0]
    assert (reply.usual, reply.longest) == (2, 9)
    assert waits(Facts(), DAY, days)[0].longest == 0


def test_the_work_is_shared_by_who_was_asked_how_often() -> None:
    asks = [Ask("often", before(n)) for n in range(5)]
    asks += [Ask("twice", before(1)), Ask("twice", before(2)), Ask("once", before(3), introduced=before(1))]
    asks += [
        Ask("long ago", before(900), introduced=before(890)),
        Ask("left", before(5), introduced=before(4)),
    ]
    people = ("often", "twice", "once", "long ago", "new")
    told = load(people, Facts(asks=tuple(asks)), PERIOD, {"often": 4, "left": 9})
    assert told.people == {
        "often": Share.MANY,
        "twice": Share.SOME,
        "once": Share.ONE,
        "long ago": Share.NONE,
        "new": Share.NEVER,
    }
    assert (told.helped, told.most_in_hand, told.of(Share.NEVER)) == (2, 4, 1)
    assert load((), Facts(), PERIOD, {}).most_in_hand == 0
