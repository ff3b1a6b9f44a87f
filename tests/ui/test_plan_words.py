"""The words of a plan and the choices it keeps: sentences in the points of the rings, and pins that are let go."""

import json
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.plan import Cost, Pair, Plan, Unserved
from peermatch.services.office import Services
from peermatch.services.sample import DAY
from peermatch.ui.screens.plan_choices import (
    Choices,
    LetGo,
    as_draft,
    cost_of_choosing,
    from_draft,
    solve,
)
from peermatch.ui.screens.plan_words import (
    NO_NEEDS,
    change_words,
    headline,
    let_go_words,
    option_words,
    place_words,
    reach,
    why_nobody,
)
from tests.ui.plan_office import AT_RISK, FIRST, SECOND, crowded, waiting

AMINA, TOM, JO = "S-0001", "S-0002", "S-0003"
references = st.sampled_from([FIRST, SECOND])
people = st.sampled_from([AMINA, TOM, JO])


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    held_open = crowded(tmp_path_factory.mktemp("crowded"))
    yield held_open
    held_open.lock()


def plan(served: int, unserved: int = 0, held: int = 0, load: Fraction = Fraction(1, 2)) -> Plan:
    return Plan(
        on=DAY,
        pairs=tuple(Pair(f"E-{n}", TOM, 0.5, 1, 3) for n in range(served)),
        unserved=tuple(Unserved(f"U-{n}", "Nobody fits.") for n in range(unserved)),
        held=tuple(f"H-{n}" for n in range(held)),
        total=0.5 * served,
        load=load,
    )


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (plan(8, 3), "8 of 11 waiting enquiries can be served."),
        (plan(1, 1), "1 of 2 waiting enquiries can be served."),
        (plan(1), "The waiting enquiry can be served."),
        (plan(0, 1), "Nobody can be given to the 1 waiting enquiry today."),
        (plan(0, 4), "Nobody can be given to the 4 waiting enquiries today."),
        (plan(0, 0, 2), "No enquiry can be planned yet."),
    ],
)
def test_the_headline(made: Plan, words: str) -> None:
    assert headline(made) == f"{words} Nobody is asked until you press."


def test_the_sum_and_the_greatest_load(services: Services) -> None:
    picture = services.desk.snapshot
    found = services.plans.of(DAY)
    total = round(found.total * 100)
    assert reach(found, picture) == (
        f"The pairs add up to {total} points. The busiest person in it would have 1 of 1 introduction in hand."
    )
    one = plan(1, load=Fraction(1))
    assert reach(one, picture).startswith(
        "The pair scores 50 points. The busiest person in it would have 1 of 1"
    )
    assert reach(plan(0, 2), picture) == "See for each of them why nobody fits."
    # A picture that has moved on since says nothing that is not so.
    assert reach(plan(1, load=Fraction(1, 7)), picture).endswith("more than they agreed to.")


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(0, 0.0), "costs nothing."),
        (Cost(0, 0.12), "lowers the sum by 12 points."),
        (Cost(0, 0.01), "lowers the sum by 1 point."),
        (Cost(0, 1e-9), "lowers the sum by less than a point."),
        (
            Cost(0, -0.5, ("E-1",), ("E-2",)),
            "leaves E-1 without anybody, gives E-2 somebody instead and raises the sum by 50 points.",
        ),
        (Cost(2, 0.0, ("E-1", "E-2")), "leaves E-1 and E-2 without anybody."),
        (Cost(5, 0.0, tuple("ABCDE")), "leaves A, B, C and 2 others without anybody."),
    ],
)
def test_what_changes_cost(cost: Cost, words: str) -> None:
    assert cost.words() == words
    assert option_words(cost) == f"This choice {words}"


@given(st.lists(st.tuples(st.booleans(), references, people)))
def test_choices_come_back_from_what_was_set_aside(steps: list[tuple[bool, str, str]]) -> None:
    choices = Choices()
    for pin, reference, supporter in steps:
        choices = (choices.pin if pin else choices.rule_out)(reference, supporter)
    assert from_draft(json.loads(json.dumps(as_draft(choices)))) == choices


@pytest.mark.parametrize(
    "values",
    [
        {}, {"pinned": []}, {"pinned": [], "ruled_out": {}}, {"pinned": None, "ruled_out": []},
        {"pinned": [["E-1"]], "ruled_out": []}, {"pinned": [7], "ruled_out": []},
        {"pinned": [["E-1", 3]], "ruled_out": []},
        {"pinned": [["E-1", "S-1"], ["E-1", "S-2"]], "ruled_out": []},
        {"pinned": [["E-1", "S-1"]], "ruled_out": [["E-1", "S-1"]]},
    ],
)  # fmt: skip
def test_what_is_no_set_of_choices_is_none(values: dict[str, object]) -> None:
    assert from_draft(values) == Choices()


def test_several_changes_are_spoken_of_as_several() -> None:
    assert Cost(1, 0.5, ("E-1",)).words(many=True) == (
        "leave E-1 without anybody and lower the sum by 50 points."
    )
    assert Cost(0, 0.0).words(many=True) == "cost nothing."
    assert option_words("There is room for 1.") == "There is room for 1."


def test_a_plan_without_changes_is_the_best() -> None:
    assert change_words(plan(1), Choices()).startswith("This is the best plan there is.")


def test_changes_are_counted(services: Services) -> None:
    choices = Choices().pin(SECOND, TOM).rule_out(FIRST, AMINA)
    solved = solve(services.plans, DAY, choices)
    assert change_words(solved.plan, choices).startswith(f"Your 2 changes leave {FIRST} without anybody")


def test_where_somebody_stands() -> None:
    assert place_words(Pair("E-1", TOM, 0.5, 2, 5)) == "2nd of 5 in its own list"
    assert place_words(Pair("E-1", TOM, 0.5, 1, 1)) == "the only one in its own list"


def test_why_nobody_begins_with_what_can_be_done() -> None:
    unserved = Unserved("E-0001", "Nobody fits.")
    assert why_nobody(unserved, waiting(1, ())) == NO_NEEDS
    assert why_nobody(unserved, waiting(1, ("neuro.adhd",))) == "Nobody fits."


def test_pins_that_are_let_go_are_named_without_names() -> None:
    one = LetGo("E-1", TOM, "No room now.")
    assert let_go_words([one]) == "E-1 is no longer pinned: no room now."
    assert let_go_words([one] * 5).endswith("So are 2 more.")
    assert "ADHD is not shared." in let_go_words([LetGo("E-1", TOM, "ADHD is not shared.")])


# Choices.


@given(references, people, people)
def test_an_enquiry_has_one_pin_and_no_pair_is_pinned_and_ruled_out(r: str, one: str, other: str) -> None:
    pinned = Choices().pin(r, one).pin(r, other)
    assert pinned.pinned == ((r, other),)
    assert pinned.rule_out(r, other) == Choices((), ((r, other),))
    assert pinned.rule_out(r, other).pin(r, other) == pinned
    assert pinned.rule_out(r, one).allow(r, one).unpin(r) == Choices()
    assert Choices().rule_out(r, one).rule_out(r, one).count == 1


@given(
    st.lists(st.tuples(references, people), max_size=4), st.lists(st.tuples(references, people), max_size=4)
)
def test_whatever_is_chosen_a_plan_comes_that_keeps_what_it_can(
    services: Services, pins: list[tuple[str, str]], out: list[tuple[str, str]]
) -> None:
    choices = Choices()
    for pair in pins:
        choices = choices.pin(*pair)
    for pair in out:
        choices = choices.rule_out(*pair)
    solved = solve(services.plans, DAY, choices)
    gone = {(each.enquiry, each.supporter) for each in solved.let_go}
    assert {*solved.choices.pinned} | gone == {*choices.pinned}
    assert not gone & {*solved.choices.pinned}
    assert {(p.enquiry, p.supporter) for p in solved.plan.pairs if p.pinned} == {*solved.choices.pinned}
    assert not {(p.enquiry, p.supporter) for p in solved.plan.pairs} & {*choices.ruled_out}
    assert all(each.why for each in solved.let_go)


def test_of_two_pins_for_one_place_the_newest_is_let_go(services: Services) -> None:
    solved = solve(services.plans, DAY, Choices().pin(SECOND, AMINA).pin(FIRST, AMINA))
    assert solved.choices.pinned == ((SECOND, AMINA),)
    assert [each.enquiry for each in solved.let_go] == [FIRST]


def test_a_refusal_that_names_no_pin_is_handed_on() -> None:
    class Refusing:
        """Refuses for a reason of its own."""

        def of(self, *_: object, **__: object) -> Plan:
            raise BadInput("The day is not a day.")

    with pytest.raises(BadInput, match="not a day"):
        solve(Refusing(), DAY, Choices())  # type: ignore[arg-type]  # a real one has no such fault


def test_what_choosing_somebody_costs_counts_the_other_choices(services: Services) -> None:
    free = services.plans.of(DAY)
    cost = cost_of_choosing(services.plans, free, SECOND, AMINA)
    assert isinstance(cost, Cost)
    assert (cost.served, cost.left) == (1, (FIRST,))
    assert cost_of_choosing(services.plans, free, SECOND, TOM) == Cost(0, 0.0)
    kept = solve(services.plans, DAY, Choices().pin(FIRST, AMINA)).plan
    refused = cost_of_choosing(services.plans, kept, SECOND, AMINA)
    assert refused == f"There is room for 1, and 2 are chosen: {FIRST}, {SECOND}."
    assert isinstance(cost_of_choosing(services.plans, free, AT_RISK, AMINA), str)
    again = solve(services.plans, DAY, Choices().rule_out(SECOND, TOM)).plan
    assert cost_of_choosing(services.plans, again, SECOND, TOM) == Cost(0, 0.0)
