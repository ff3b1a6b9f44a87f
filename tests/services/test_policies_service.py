"""What a change of weights would do to today's shortlists, and keeping it as a version that can be undone."""

from dataclasses import replace

import pytest

from peermatch.errors import Refused
from peermatch.exchange.portable import parse_network
from peermatch.matching.engine import match
from peermatch.model.changes import Touched
from peermatch.model.enquiry import EnquiryStatus, Importance, Need
from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.model.policy import Policy
from peermatch.services.office import Services
from peermatch.services.policies import TOP, ListChange, Move, PolicyPreview
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, NETWORK, TOM
from tests.services.conftest import Make
from tests.services.desks import AT_RISK, WHOLE

HELPFUL = replace(Policy(), helpful=2.0)
# Amina shares both topics and has one introduction in hand of two; Tom shares one and is free.
BUSY: Network = replace(
    NETWORK,
    supporters=(AMINA, TOM),
    enquiries=(ENQUIRY, replace(ENQUIRY, reference="E-0200")),
    introductions=(Introduction("E-0200", "S-0001", State.ASKED, DAY),),
)
# So much for what is in hand that Amina (1.0) comes after Tom (0.75).
SHARE_OUT = replace(Policy(), load_in_hand=0.9)


def of(preview: PolicyPreview, reference: str) -> ListChange:
    return next(each for each in preview.lists if each.reference == reference)


def test_a_draft_that_is_in_force_changes_nothing(still: Services) -> None:
    preview = still.policies.preview(still.policies.current(), DAY)
    assert preview.changed == ()
    assert preview.first_changed == 0
    assert all(each.now == each.then for each in preview.lists)


def test_only_open_enquiries_without_unseen_risk_are_ranked(services: Services) -> None:
    services.enquiries.set_status("E-0143", EnquiryStatus.ON_HOLD, DAY)
    lists = services.policies.preview(HELPFUL, DAY).lists
    held = {AT_RISK.reference, "E-0143"}
    assert [each.reference for each in lists] == [
        e.reference for e in WHOLE.enquiries if e.reference not in held
    ]


def test_who_comes_first_instead_is_told_with_places_and_score(make: Make) -> None:
    services = make(BUSY)
    preview = services.policies.preview(SHARE_OUT, DAY)
    change = of(preview, "E-0142")
    assert preview.first_changed == 1
    assert change.first_changes
    assert (change.now, change.then) == (("S-0001", "S-0002"), ("S-0002", "S-0001"))
    shortlist = match(services.desk.snapshot.register, ENQUIRY, DAY, SHARE_OUT)
    score = {each.supporter: each.score for each in shortlist.suggested}
    assert change.moves == (
        Move("S-0002", "Tom W.", 2, 1, score["S-0002"]),
        Move("S-0001", "Amina R.", 1, 2, score["S-0001"]),
    )
    # For E-0200 Amina was asked already: whatever the weights, who may be suggested stays the same.
    assert of(preview, "E-0200").now == of(preview, "E-0200").then == ("S-0002",)
    assert preview.lists[0] is change


def test_close_calls_that_come_and_go_are_told(still: Services) -> None:
    wide = still.policies.preview(replace(Policy(), ambiguous=1.0), DAY)
    assert not any(each.first_changes or each.moves for each in wide.lists)
    assert all(each.close_then for each in wide.lists)
    assert [each.close_changes for each in wide.lists] == [not each.close_now for each in wide.lists]
    assert wide.changed == tuple(each for each in wide.lists if each.close_changes)


def people(count: int) -> Network:
    """Many who share one helpful topic each; those with an odd number share the other one."""
    supporters = tuple(
        replace(
            TOM,
            id=f"S-{number:04}",
            name=f"Person Number{number}",
            email=f"p{number}@example.org",
            characteristics=(EXAM if number % 2 else ADHD,),
            consents=tuple(
                replace(each, characteristic=EXAM if number % 2 else ADHD) if each.characteristic else each
                for each in TOM.consents
            ),
        )
        for number in range(count)
    )
    needs = (Need(ADHD, Importance.HELPFUL), Need(EXAM, Importance.HELPFUL))
    return replace(NETWORK, supporters=supporters, enquiries=(replace(ENQUIRY, needs=needs),))


def test_no_more_than_the_first_five_are_told(make: Make) -> None:
    network = people(16)
    busy = tuple(Introduction("E-0900", f"S-{n:04}", State.ENDED, DAY) for n in range(3))
    elsewhere = replace(ENQUIRY, reference="E-0900", status=EnquiryStatus.CLOSED)
    services = make(replace(network, enquiries=(*network.enquiries, elsewhere), introductions=busy))
    change = of(services.policies.preview(replace(Policy(), load_asked=0.0), DAY), "E-0142")
    assert len(change.now) == len(change.then) == TOP
    told = {move.supporter for move in change.moves}
    assert told <= {*change.now, *change.then}
    for move in change.moves:
        assert move.before != move.after
        assert min(move.before or 99, move.after or 99) <= TOP


def test_whoever_comes_from_far_down_has_no_place_that_is_told(make: Make) -> None:
    many = people(60)
    last = replace(
        AMINA,
        id="S-9999",
        characteristics=(ADHD, EXAM),
        capacity=10,
    )
    asked = tuple(Introduction(f"E-1{n:03}", "S-9999", State.ASKED, DAY) for n in range(9))
    others = tuple(replace(ENQUIRY, reference=i.enquiry, status=EnquiryStatus.CLOSED) for i in asked)
    network = replace(
        many, supporters=(*many.supporters, last), enquiries=(*many.enquiries, *others), introductions=asked
    )
    services = make(replace(network, policy=replace(Policy(), load_in_hand=0.9)))
    (change,) = services.policies.preview(Policy(), DAY).changed
    assert change.then[0] == "S-9999"
    assert change.moves[0].before is None
    assert change.moves[0].after == 1


def test_a_version_is_kept_in_force_at_once_and_undone(services: Services) -> None:
    before = services.desk.snapshot
    done = services.policies.keep(replace(HELPFUL, name="winter"), DAY)
    assert done.touched == Touched(network=True)
    assert done.notice == "Supporters are now ranked by winter 2."
    assert services.policies.current() == replace(HELPFUL, name="winter", version=2)
    assert services.shortlists.of("E-0142", DAY).policy.label == "winter 2"
    assert [(each.label, each.since) for each in services.policies.history().versions] == [("winter 2", DAY)]
    line = services.upkeep.journal()[0]
    assert (line.action, line.detail) == (
        "policy",
        "version 1 -> 2; name standard -> winter; helpful 1 -> 2",
    )
    services.upkeep.undo(done)
    assert services.policies.current() == before.policy
    assert services.policies.history().versions == ()
    assert services.upkeep.check().damage == ()


def test_a_version_that_a_decision_quotes_never_names_other_weights(services: Services) -> None:
    kept = services.policies.keep(HELPFUL, DAY)
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.upkeep.undo(kept)
    assert services.policies.history().next == 3
    services.policies.keep(replace(HELPFUL, helpful=9.0), DAY)
    (decided,) = services.decisions.of("E-0142")
    now = services.policies.current()
    assert (decided.policy.label, decided.policy.helpful) == ("standard 2", 2.0)
    assert (now.label, now.helpful) == ("standard 3", 9.0)


def test_what_is_in_force_is_not_kept_again(services: Services) -> None:
    lines = len(services.upkeep.journal())
    with pytest.raises(Refused, match="in force already"):
        services.policies.keep(Policy(), DAY)
    services.policies.keep(HELPFUL, DAY)
    with pytest.raises(Refused, match="in force already"):
        services.policies.keep(HELPFUL, DAY)
    assert len(services.upkeep.journal()) == lines + 1


def test_a_preview_writes_nothing(services: Services) -> None:
    before, picture = services.upkeep.journal(), services.desk.snapshot
    services.policies.preview(SHARE_OUT, DAY)
    assert services.upkeep.journal() == before
    assert services.desk.snapshot is picture
    assert services.policies.history().versions == ()


def test_the_policy_leaves_and_comes_back_with_the_portable_file(services: Services) -> None:
    services.policies.keep(replace(HELPFUL, name="winter"), DAY)
    again = parse_network(services.upkeep.export(), services.desk.shipped.reference)
    assert again.policy == services.policies.current()
