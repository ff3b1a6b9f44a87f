"""Facets with counts above the lists: a press narrows, another lets go, and what was taken back is in no count."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.model.consent import ConsentRecord, Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.services.listing import Listing
from peermatch.services.people import People
from peermatch.services.snapshot import Snapshot
from peermatch.services.steps import Steps
from peermatch.ui.screens.enquiry_facets import ASKED, MET, SAFETY, TO_ASK, TO_READ
from peermatch.ui.screens.enquiry_queue import QueuePanel
from peermatch.ui.screens.enquiry_waiting import Order, count_waiting
from peermatch.ui.screens.facet_row import FacetRow
from peermatch.ui.screens.introduction_list import IntroductionList
from peermatch.ui.screens.supporter_facets import Facets, chosen, topics_held
from peermatch.ui.theme import Theme
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM
from tests.services.desks import AT_RISK
from tests.ui.conftest import Stage
from tests.ui.real_networks import picture

READ = replace(ENQUIRY, needs=())
SHUT = replace(ENQUIRY, status=EnquiryStatus.CLOSED)


def step(state: State, reference: str = "E-0001", supporter: str = "S-0001") -> Introduction:
    return Introduction(reference, supporter, state, DAY - timedelta(days=9))


def crowd() -> Snapshot:
    """Ten who wait, one at risk among them and three unread, and one that is closed."""
    kinds = [AT_RISK, READ, READ, READ, *(ENQUIRY,) * 6, SHUT]
    made = [replace(each, reference=f"E-{n:04d}") for n, each in enumerate(kinds, start=1)]
    steps = {n: step(state, f"E-{n:04d}") for n, state in ((5, State.ASKED), (6, State.INTRODUCED))}
    base = replace(picture(), enquiries={each.reference: each for each in made})
    return replace(base, introductions=Steps(lambda: steps))


@pytest.mark.parametrize(
    ("state", "part"),
    [
        (None, TO_ASK),
        (State.ASKED, ASKED),
        (State.AGREED, ASKED),
        (State.INTRODUCED, MET),
        (State.LAPSED, TO_ASK),
    ],
)
def test_whose_turn_it_is_follows_the_furthest_step(state: State | None, part: str) -> None:
    assert turn(ENQUIRY, state) == part
    assert turn(READ, None) == TO_READ
    assert turn(AT_RISK, State.ASKED) == SAFETY
    assert turn(AT_RISK, State.INTRODUCED) == SAFETY


def turn(enquiry: Enquiry, state: State | None) -> str:
    """The part of an enquiry for which one supporter was asked."""
    made = replace(enquiry, reference="E-0001")
    steps = {1: step(state)} if state else {}
    order = Order(replace(picture(), enquiries={"E-0001": made}, introductions=Steps(lambda: steps)))
    (part,) = order.counts
    assert order.counts == {part: 1}
    assert (made in order.met, count_waiting(order.picture)) == (part == MET, int(part != MET))
    assert order.to_plan == int(part in (TO_ASK, TO_READ))
    return part


def test_the_oldest_come_first_and_those_that_rest_are_listed_when_they_are_asked_for() -> None:
    order = Order(crowd())
    assert [each.reference for each in order.waiting[:4]] == ["E-0001", "E-0002", "E-0003", "E-0004"]
    assert [each.reference for each in order.met] == ["E-0006"]
    assert (order.rest, order.resting(), order.to_plan) == (1, ("E-0011",), 7)
    earlier = {**crowd().enquiries, "E-0012": replace(SHUT, reference="E-0012", received=date(2020, 1, 1))}
    assert Order(replace(crowd(), enquiries=earlier)).resting() == ("E-0012", "E-0011")


def test_the_queue_is_narrowed_and_shown_whole_again(theme: Theme, stage: Stage) -> None:
    panel = QueuePanel(theme)
    stage.show(panel, width=330, height=800)
    panel.show_queue(crowd(), {}, DAY, "E-0001")
    parts = panel.facets.chips.keys()
    assert parts == (SAFETY, TO_READ, TO_ASK, ASKED, MET)
    told = [panel.facets.chips.chip(key) for key in parts]
    assert [chip.words() for chip in told if chip] == [
        "check safety · 1",
        "to read · 3",
        "nobody asked · 4",
        "under way · 1",
        "introduced · 1",
    ]
    panel.facets.chips.pressed.emit(TO_READ)
    assert [row.key for row in panel.list.rows()] == ["E-0001", "E-0002", "E-0003", "E-0004"]
    panel.facets.chips.removed.emit(TO_READ)
    assert len(panel.list.rows()) == 10


def test_a_part_that_becomes_empty_is_let_go(theme: Theme) -> None:
    row = FacetRow(theme)
    labels = {"a": "first", "b": "second"}
    row.show_counts("aaaabbbb", labels)
    row.chips.pressed.emit("b")
    assert (row.lets("a"), row.lets("b")) == (False, True)
    row.show_counts("aaaa", labels)
    assert row.lets("a")
    assert row.isHidden()


def test_short_lists_and_lists_of_one_part_need_no_facets(theme: Theme) -> None:
    row = FacetRow(theme)
    for parts in ("ab", "aaaaaaaaaa", ""):
        row.show_counts(parts, {"a": "first", "b": "second"})
        assert row.isHidden(), parts


def test_where_there_is_little_room_the_list_has_it(theme: Theme, stage: Stage) -> None:
    panel = QueuePanel(theme)
    page = stage.show(panel, width=330, height=800)
    panel.show_queue(crowd(), {}, DAY, "E-0001")
    assert panel.facets.isVisible()
    assert panel.list.hasFocus()
    page.resize(330, 300)
    assert panel.facets.isHidden()
    page.resize(330, 800)
    panel.facets.chips.pressed.emit(TO_READ)
    page.resize(330, 300)
    assert panel.facets.isVisible()


def test_introductions_are_narrowed_by_how_they_stand(theme: Theme) -> None:
    steps = {n: step(State.ASKED if n < 7 else State.AGREED, f"E-{n:04d}") for n in range(1, 10)}
    snapshot = replace(crowd(), introductions=Steps(lambda: steps))
    listed = IntroductionList(theme)
    listed.show_list(snapshot, DAY, "E-0001 S-0001")
    listed.facets.chips.pressed.emit(State.AGREED.value)
    assert listed.first(snapshot, DAY) == "E-0007 S-0001"
    listed.show_list(snapshot, DAY, listed.first(snapshot, DAY))
    assert {row.key for row in listed.list.rows()} == {f"E-{n:04d} S-0001" for n in (7, 8, 9)}
    assert listed.heading.words() == "Waiting for you · 3 of 3"
    listed.show_where(steps[2])
    listed.show_list(snapshot, DAY, "E-0002 S-0001")
    assert len(listed.list.rows()) == 9


def people(*records: ConsentRecord) -> Snapshot:
    """Amina with these records alone, and somebody else."""
    held: dict[str, Supporter] = {
        "S-0001": replace(AMINA, consents=records),
        "S-0002": replace(AMINA, id="S-0002", name="Bea", characteristics=(EXAM,)),
    }
    base = picture()
    others = frozenset(base.supporters) - held.keys()
    register = base.register.replaced(supporters=held.values(), removed=others)
    return replace(base, supporters=People(lambda: held), register=register)


def test_a_topic_that_was_taken_back_is_in_no_list_and_no_count() -> None:
    given = next(
        each for each in AMINA.consents if (each.purpose, each.characteristic) == (Purpose.MATCH, ADHD)
    )
    taken_back = replace(given, withdrawn=date(2026, 10, 1))
    for records, many in (((given,), 1), ((taken_back,), 0)):
        snapshot = people(*records)
        listing = Listing.of(snapshot, DAY)
        assert len(chosen(listing, Facets(topic=ADHD))) == many
        counts = {option.key: option.count for option in topics_held(listing, listing.roll.order)}
        assert counts.get(ADHD, "0") == str(many)
        assert counts[EXAM] == "2"


def test_who_withdrew_everything_is_found_by_nothing() -> None:
    snapshot = people(*(replace(each, withdrawn=date(2026, 10, 1)) for each in AMINA.consents))
    listing = Listing.of(snapshot, DAY)
    assert [listing.roll.id(number) for number in chosen(listing, Facets(topic=EXAM))] == ["S-0002"]
    shown = {option.key: option.shown for option in topics_held(listing, listing.roll.order)}
    assert shown[EXAM].endswith(" · 1")
