"""A plan for all who wait: proposed, changed by hand, costed, and explained; nobody is asked by it."""

from dataclasses import replace
from fractions import Fraction
from math import fsum

import pytest

from peermatch.errors import BadInput
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Exclusions, Importance, Need, Requester
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.plan import Cost, Plan
from peermatch.services.office import Services
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, JO, NETWORK, TOM
from tests.services.conftest import Make
from tests.services.desks import AT_RISK, CHOICE, NIA


def enquiry(reference: str, *needs: str, **changes: object) -> Enquiry:
    """Another enquiry, from somebody else."""
    made: Enquiry = replace(
        ENQUIRY,
        reference=reference,
        requester=Requester(f"Person {reference}", f"{reference.lower()}@example.org"),
        needs=tuple(Need(need, Importance.ESSENTIAL) for need in needs or (ADHD,)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of an enquiry


def pairs(plan: Plan) -> list[tuple[str, str]]:
    return [(pair.enquiry, pair.supporter) for pair in plan.pairs]


ONE_PLACE = replace(AMINA, capacity=1)
CROWDED: Network = replace(
    NETWORK,
    supporters=(ONE_PLACE, TOM, JO),
    enquiries=(enquiry("E-3"), enquiry("E-1", ADHD, EXAM), enquiry("E-2")),
)


def test_the_plan_gives_each_waiting_enquiry_somebody(still: Services) -> None:
    plan = still.plans.of(DAY)
    assert [(p.enquiry, p.place, p.pinned) for p in plan.pairs] == [
        ("E-0142", 1, False),
        ("E-0143", 2, False),
    ]
    assert (plan.held, plan.unserved, plan.served, plan.waiting) == (("E-0144",), (), 2, 2)
    assert (plan.cost, plan.pinned, plan.forbidden, plan.load) == (None, (), (), Fraction(1, 2))
    for pair in plan.pairs:
        suggested = still.shortlists.of(pair.enquiry, DAY).suggested
        assert (suggested[pair.place - 1].supporter, len(suggested)) == (pair.supporter, pair.of)
        assert suggested[pair.place - 1].score == pair.score
    assert plan.total == fsum(pair.score for pair in plan.pairs)


def test_a_plan_asks_nobody(services: Services) -> None:
    before = services.desk.snapshot
    services.plans.of(DAY, pinned={"E-0142": "S-0001"})
    assert services.desk.snapshot is before
    assert before.introductions == ()


def test_waiting_is_open_with_nobody_asked_and_no_risk_unanswered(make: Make) -> None:
    """Whoever declined is past: the enquiry waits again. One at risk that is answered waits too."""
    states = {state: enquiry(f"E-{number}") for number, state in enumerate(State, start=100)}
    others = (
        enquiry("E-1", status=EnquiryStatus.ON_HOLD),
        enquiry("E-2", status=EnquiryStatus.CLOSED),
        replace(AT_RISK, reference="E-3"),
        replace(AT_RISK, reference="E-4", risk_done="rang, safe"),
        enquiry("E-5", status=EnquiryStatus.TRIAGED),
        replace(AT_RISK, reference="E-6", status=EnquiryStatus.CLOSED),
        replace(AT_RISK, reference="E-7"),
    )
    network = replace(
        NETWORK,
        enquiries=(*states.values(), *others),
        introductions=(
            *(Introduction(each.reference, "S-0003", state, DAY) for state, each in states.items()),
            Introduction("E-7", "S-0003", State.ASKED, DAY),
        ),
    )
    plan = make(network).plans.of(DAY)
    past = {State.DECLINED, State.LAPSED, State.REFUSED, State.ENDED, State.STOPPED}
    waiting = {states[state].reference for state in past} | {"E-4", "E-5"}
    assert {r for r, _ in pairs(plan)} | {each.enquiry for each in plan.unserved} == waiting
    assert plan.held == ("E-3",)


def test_the_unserved_hear_why(make: Make) -> None:
    unmet = enquiry("E-4", "family.miscarriage")
    away = enquiry("E-5", exclusions=Exclusions(supporters=("S-0001", "S-0002", "S-0003")))
    unsaid = replace(enquiry("E-6"), needs=())
    plan = make(replace(CROWDED, enquiries=(*CROWDED.enquiries, unmet, away, unsaid))).plans.of(DAY)
    assert [r for r, _ in pairs(plan)] == ["E-1", "E-2"]
    assert {each.enquiry: each.text for each in plan.unserved} == {
        "E-6": "Nothing is confirmed yet of what they need.",
        "E-3": "Both who fit are given to others in this plan.",
        "E-4": "Nobody fits; the commonest reason, for 2 of 3 people: what is essential is not shared.",
        "E-5": "Nobody fits; the commonest reason, for 2 of 3 people: to be kept away from.",
    }


@pytest.mark.parametrize(
    ("supporters", "text"),
    [
        ((), "Nobody fits: there are no supporters in this network yet."),
        ((replace(AMINA, capacity=0),), "Nobody fits; the commonest reason, for 1 of 1 people: no room now."),
    ],
)
def test_a_network_in_which_nobody_can_be_asked(make: Make, supporters: tuple[()], text: str) -> None:
    plan = make(replace(NETWORK, supporters=supporters)).plans.of(DAY)
    assert (pairs(plan), plan.total, plan.load) == ([], 0.0, Fraction(0))
    assert [each.text for each in plan.unserved] == [text]


def test_nobody_waits(make: Make) -> None:
    plan = make(replace(NETWORK, enquiries=())).plans.of(DAY)
    assert (plan.waiting, plan.served, plan.held, plan.total) == (0, 0, (), 0.0)


def test_the_only_one_and_many_who_are_given_to_others(make: Make) -> None:
    many = tuple(replace(TOM, id=f"S-{n}", name=f"Tom {n}", email=f"t{n}@example.org") for n in range(3))
    crowd = tuple(enquiry(f"E-{n}") for n in range(5))
    alone = make(replace(NETWORK, supporters=(TOM,), enquiries=crowd[:2])).plans.of(DAY)
    assert alone.unserved[0].text == "The only person who fits is given to others in this plan."
    plan = make(replace(NETWORK, supporters=many, enquiries=crowd)).plans.of(DAY)
    assert plan.unserved[0].text == "All 3 who fit are given to others in this plan."


def test_what_a_pin_costs(make: Make) -> None:
    """E-1 needs both topics, which one person alone shares; keeping that person for E-2 leaves E-1 without anybody."""
    services = make(replace(CROWDED, enquiries=CROWDED.enquiries[1:]))
    free = services.plans.of(DAY)
    assert pairs(free) == [("E-1", "S-0001"), ("E-2", "S-0002")]
    plan = services.plans.of(DAY, pinned={"E-2": "S-0001"})
    assert [(p.enquiry, p.supporter, p.pinned) for p in plan.pairs] == [("E-2", "S-0001", True)]
    assert plan.cost is not None
    assert (plan.cost.served, plan.cost.left, plan.cost.gained) == (1, ("E-1",), ())
    assert plan.cost.total == pytest.approx(free.total - plan.total, abs=1e-9)
    points = round(100 * plan.cost.total)
    assert plan.cost.words() == f"leaves E-1 without anybody and lowers the sum by {points} points."
    assert services.plans.cost_of(plan, "E-2") == plan.cost


def test_what_one_of_several_pins_costs(still: Services) -> None:
    plan = still.plans.of(DAY, pinned={"E-0142": "S-0002", "E-0143": "S-0004"})
    assert plan.cost is not None
    alone = [still.plans.cost_of(plan, reference) for reference in ("E-0142", "E-0143")]
    assert alone[0].total > 0
    assert alone[1] == Cost(0, alone[1].total)
    assert alone[0].words() == f"lowers the sum by {round(100 * alone[0].total)} points."


def test_a_pin_that_is_in_the_plan_anyway_costs_nothing(still: Services) -> None:
    free = still.plans.of(DAY)
    plan = still.plans.of(DAY, pinned=dict(pairs(free)))
    assert pairs(plan) == pairs(free)
    assert plan.cost == Cost(0, 0.0)
    assert plan.cost.words() == "costs nothing."


def test_pairs_ruled_out_are_not_used_and_said(make: Make) -> None:
    services = make(replace(CROWDED, enquiries=CROWDED.enquiries[1:]))
    plan = services.plans.of(DAY, forbidden=[("E-1", "S-0001"), ("E-2", "S-0003"), ("E-9", "S-9")])
    assert pairs(plan) == [("E-2", "S-0001")]
    assert plan.unserved[0].text == "Nobody is left: all who fit (1) were ruled out by hand."
    assert plan.forbidden == (("E-1", "S-0001"), ("E-2", "S-0003"), ("E-9", "S-9"))
    assert plan.cost is not None
    assert plan.cost.left == ("E-1",)
    crowded = make(CROWDED).plans.of(DAY, forbidden=[("E-3", "S-0001")])
    why = "The only person who fits is given to others in this plan; 1 more ruled out by hand."
    assert [each.text for each in crowded.unserved] == [why]


def test_pins_that_cannot_be_kept_are_all_named_with_the_reason(make: Make) -> None:
    closed = enquiry("E-6", status=EnquiryStatus.CLOSED)
    network = replace(
        CROWDED,
        enquiries=(*CROWDED.enquiries, closed, enquiry("E-7"), AT_RISK),
        introductions=(Introduction("E-7", "S-0003", State.ASKED, DAY),),
    )
    plans = make(network).plans
    pinned = {
        "E-1": "S-0003",
        "E-2": "S-9999",
        "E-3": "S-0001",
        "E-6": "S-0001",
        "E-7": "S-0001",
        "E-0144": "S-0001",
        "E-9": "S-0001",
    }
    with pytest.raises(BadInput) as caught:
        plans.of(DAY, pinned=pinned, forbidden=[("E-3", "S-0001")])
    said = {fault.place.partition(" ")[0]: fault.text for fault in caught.value.faults}
    refusal = next(r for r in make(CROWDED).shortlists.of("E-1", DAY).refused if r.supporter == "S-0003")
    assert said == {
        "E-1": refusal.text,
        "E-2": "There is no supporter S-9999 in this network.",
        "E-3": "This pair is chosen and ruled out at the same time.",
        "E-6": "This enquiry is not open.",
        "E-7": "Somebody is asked for this enquiry already.",
        "E-0144": "Safety comes first: what was done about risk is not noted yet.",
        "E-9": "There is no enquiry E-9 in this network.",
    }


def test_nobody_is_pinned_more_often_than_they_have_room(make: Make) -> None:
    with pytest.raises(BadInput) as caught:
        make(CROWDED).plans.of(DAY, pinned={"E-2": "S-0001", "E-1": "S-0001"})
    (fault,) = caught.value.faults
    assert (fault.place, fault.text) == ("S-0001", "There is room for 1, and 2 are chosen: E-1, E-2.")


def test_a_step_taken_is_in_the_very_next_plan(services: Services) -> None:
    free = services.plans.of(DAY)
    asked = free.pairs[0]
    services.introductions.ask(asked.enquiry, asked.supporter, DAY)
    plan = services.plans.of(DAY)
    assert [p.enquiry for p in plan.pairs] == ["E-0143"]


def test_the_plan_uses_those_who_are_least_busy_among_equals(make: Make) -> None:
    """Two who differ in nothing but how much they take: the one with more room is less laden."""
    twin = replace(NIA, id="S-0009", name="Ann Twin", email="ann@example.org", capacity=5)
    network = replace(NETWORK, supporters=(NIA, twin), enquiries=(CHOICE,))
    plan = make(network).plans.of(DAY)
    assert (pairs(plan), plan.load) == ([("E-0143", "S-0009")], Fraction(1, 5))


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (
            Cost(0, -0.5, ("E-1",), ("E-2",)),
            "leaves E-1 without anybody, gives E-2 somebody instead and raises the sum by 50 points.",
        ),
        (Cost(0, 1e-9), "lowers the sum by less than a point."),
        (Cost(0, 0.012), "lowers the sum by 1 point."),
        (Cost(2, 0.0, ("E-1", "E-2")), "leaves E-1 and E-2 without anybody."),
        (Cost(4, 0.0, ("E-1", "E-2", "E-3", "E-4")), "leaves E-1, E-2, E-3 and E-4 without anybody."),
        (
            Cost(5, 0.0, tuple(f"E-{n}" for n in range(1, 6))),
            "leaves E-1, E-2, E-3 and 2 others without anybody.",
        ),
    ],
)
def test_costs_are_said_in_one_sentence(cost: Cost, text: str) -> None:
    assert cost.words() == text
