"""The picture in memory: after each command it equals one taken anew, whatever was done and undone before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest

from peermatch.errors import PeerMatchError
from peermatch.matching.engine import match, shortlist_to_dict
from peermatch.model.changes import Done, Touched
from peermatch.model.characteristics import parse_terms
from peermatch.model.consent import Method, Purpose, Wording
from peermatch.model.enquiry import EnquiryStatus, Exclusions
from peermatch.model.introduction import Introduction, Step
from peermatch.model.people import Boundaries, SupporterStatus
from peermatch.model.retention import PERIODS
from peermatch.model.verdict import Code
from peermatch.services import snapshot
from peermatch.services.desk import Desk
from peermatch.services.office import Services
from peermatch.services.people import People
from peermatch.services.retention_review import Review
from peermatch.services.sample import sample_letters
from peermatch.services.snapshot import Snapshot
from peermatch.services.steps import Steps
from peermatch.store import enquiries, introductions, journal, supporters
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, NETWORK, clock, yes
from tests.services.conftest import Make
from tests.services.desks import WHOLE, counted

LETTERS = [letter.raw for letter in sample_letters()]
Command = Callable[[Services, Random], Done | None]


def anew(services: Services) -> Snapshot:
    reference = services.desk.shipped.reference
    packed = services.desk.store.packed(reference.vocabulary)
    with services.desk.store.read() as tx:
        everybody = {each.id: each for each in supporters.every(tx)}
        steps = introductions.numbered(tx)
        register = snapshot.ranked(reference, packed, tx)
        return snapshot.take(register, tx, People(lambda: everybody), Steps(lambda: steps))


def same(services: Services) -> None:
    """The picture is what the file says, and its register answers every enquiry as a new one would."""
    kept, fresh = services.desk.snapshot, anew(services)
    values = ("name", "controller", "policy", "wordings", "barred", "introductions")
    assert {v: getattr(kept, v) for v in values} == {v: getattr(fresh, v) for v in values}
    assert kept.reference.vocabulary.terms == fresh.reference.vocabulary.terms
    assert dict(kept.supporters) == dict(fresh.supporters)
    assert dict(kept.enquiries) == dict(fresh.enquiries)
    assert list(kept.enquiries) == list(fresh.enquiries)
    assert len(kept.register) == len(fresh.register) == len(fresh.supporters)
    due = DAY + timedelta(days=120)
    assert services.retention.review(due) == (found := Review(services.desk, PERIODS).of(due))
    assert services.retention.waiting(due) == Review(services.desk, PERIODS).waiting(due) == counted(found)
    assert services.days.of(DAY) == services.days._page(DAY)
    for enquiry, on in product(fresh.enquiries.values(), (DAY, DAY + timedelta(days=300))):
        answers = (match(each.register, enquiry, on, each.policy) for each in (kept, fresh))
        first, second = (shortlist_to_dict(answer, top=0) for answer in answers)
        assert first == second


def pair(chance: Random) -> tuple[str, str]:
    return chance.choice(("E-0142", "E-0143", "E-0144")), chance.choice(
        ("S-0001", "S-0002", "S-0003", "S-0004")
    )


def ask(services: Services, chance: Random) -> Done:
    return services.introductions.ask(*pair(chance), DAY)


def step(services: Services, chance: Random) -> Done:
    held = services.desk.snapshot.introductions
    pairs = [(i.enquiry, i.supporter) for i in held] or [pair(chance)]
    steps = [step for step in Step if step is not Step.HAND_OVER]
    return services.introductions.take(chance.choice(steps), *chance.choice(pairs), DAY)


def receive(services: Services, chance: Random) -> Done:
    return services.enquiries.receive(services.enquiries.draft(chance.choice(LETTERS)), DAY).done


def needs(services: Services, chance: Random) -> Done:
    reference = chance.choice(list(services.desk.snapshot.enquiries))
    return services.enquiries.set_needs(reference, (chance.choice((ADHD, EXAM)),), ("neuro.autism",))


def facts(services: Services, chance: Random) -> Done:
    exclusions = Exclusions(supporters=(pair(chance)[1],))
    return services.enquiries.change(pair(chance)[0], exclusions=exclusions, choice=chance.random() < 0.5)


def status(services: Services, chance: Random) -> Done:
    return services.enquiries.set_status(pair(chance)[0], chance.choice(list(EnquiryStatus)), DAY)


def risk(services: Services, chance: Random) -> Done:
    return services.enquiries.note_risk(pair(chance)[0], "rang, safe")


def give(services: Services, chance: Random) -> Done:
    topic = chance.choice((ADHD, EXAM, "neuro.autism"))
    purpose = chance.choice((Purpose.MATCH, Purpose.SHARE))
    return services.consent.give(pair(chance)[1], purpose, topic, wording="wide", method=Method.FORM, on=DAY)


def withdraw(services: Services, chance: Random) -> Done:
    purpose, topic = chance.choice(((Purpose.MATCH, ADHD), (Purpose.MATCH, EXAM), (Purpose.HOLD, None)))
    return services.consent.withdraw(pair(chance)[1], purpose, topic, DAY).done


def add(services: Services, chance: Random) -> Done:
    return services.supporters.add(replace(AMINA, id="", name=f"Person {chance.random()}"))


def edit(services: Services, chance: Random) -> Done:
    person = services.desk.snapshot.supporters[pair(chance)[1]]
    changes = (
        {"capacity": 3},
        {
            "status": SupporterStatus.LEFT
            if person.status is SupporterStatus.LEFT
            else SupporterStatus.CHECKED
        },
        {"boundaries": Boundaries(same_specialty=False)},
        {"characteristics": (EXAM,)},
    )
    return services.supporters.change(replace(person, **chance.choice(changes)))


def controller(services: Services, chance: Random) -> Done:
    return services.upkeep.set_controller(chance.choice(("The Example Trust", "Another Trust")))


COMMANDS: tuple[Command, ...] = (
    ask, ask, step, step, step, receive, needs, facts, status, risk, give, withdraw, add, edit, controller,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_law_after_each_command_the_picture_is_what_the_file_says(services: Services, seed: int) -> None:
    chance = Random(seed)
    done: list[Done] = []
    for _ in range(18):
        if done and chance.random() < 0.25:
            press = done.pop(chance.randrange(len(done)))
            try:
                services.upkeep.undo(press)
            except PeerMatchError:
                continue
        else:
            try:
                taken = chance.choice(COMMANDS)(services, chance)
            except PeerMatchError:
                same_people = anew(services).supporters
                assert dict(services.desk.snapshot.supporters) == dict(same_people)
                continue
            done += [taken] if taken else []
        same(services)
    assert done
    assert services.upkeep.check().damage == ()


PRESSES: dict[str, Callable[[Services], Done]] = {
    "ask": lambda s: s.introductions.ask("E-0142", "S-0001", DAY),
    "receive": lambda s: s.enquiries.receive(s.enquiries.draft(LETTERS[0]), DAY).done,
    "needs": lambda s: s.enquiries.set_needs("E-0142", (EXAM,), ()),
    "change": lambda s: s.enquiries.change("E-0142", exclusions=Exclusions(supporters=("S-0001",))),
    "withdrawn": lambda s: s.enquiries.set_status("E-0142", EnquiryStatus.WITHDRAWN, DAY),
    "risk": lambda s: s.enquiries.note_risk("E-0144", "rang, safe"),
    "add": lambda s: s.supporters.add(replace(AMINA, id="", consents=())),
    "edit": lambda s: s.supporters.change(replace(AMINA, capacity=0)),
    "controller": lambda s: s.upkeep.set_controller("Another Trust"),
}


@pytest.mark.parametrize("press", PRESSES.values(), ids=PRESSES)
def test_law_an_undone_step_leaves_every_shortlist_as_it_was(
    services: Services, press: Callable[[Services], Done]
) -> None:
    before, everything = services.shortlists.every(DAY), anew(services)
    done = press(services)
    assert anew(services) != everything
    services.upkeep.undo(done)
    assert services.shortlists.every(DAY) == before
    after = anew(services)
    assert (after.supporters, after.enquiries, after.introductions, after.controller) == (
        everything.supporters,
        everything.enquiries,
        everything.introductions,
        everything.controller,
    )
    same(services)


def test_a_hand_over_is_in_the_picture(ready: Services, tmp_path: Path) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY)
    ready.handing_out.hand_over(preview, DAY, tmp_path / "out")
    same(ready)


def test_a_picture_that_was_taken_earlier_stays_as_it_was(services: Services) -> None:
    early = services.desk.snapshot
    listed = match(early.register, early.enquiries["E-0142"], DAY, early.policy)
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.supporters.add(replace(AMINA, id=""))
    assert early.introductions == ()
    assert list(early.supporters) == ["S-0001", "S-0002", "S-0003", "S-0004"]
    assert match(early.register, early.enquiries["E-0142"], DAY, early.policy) == listed


def test_a_network_with_characteristics_of_its_own_can_be_renewed_whole(make: Make) -> None:
    own = parse_terms([{"id": "own.nights", "label": "Years of nights", "broader": "training"}])
    person = replace(
        AMINA,
        characteristics=("own.nights",),
        consents=(*AMINA.consents, yes(Purpose.MATCH, "own.nights")),
    )
    services = make(replace(NETWORK, controller=None, vocabulary=own, supporters=(person,)))
    services.upkeep.set_controller("The Example Trust")
    assert services.desk.snapshot.controller == "The Example Trust"
    assert services.desk.snapshot.reference.vocabulary.is_term("own.nights")
    services.enquiries.set_needs("E-0142", ("own.nights",), ())
    assert [s.supporter for s in services.shortlists.of("E-0142", DAY).suggested] == ["S-0001"]
    assert services.upkeep.check().damage == ()
    same(services)


def test_the_picture_of_a_network_that_lists_nothing(make: Make) -> None:
    empty = make(replace(NETWORK, wordings=None, supporters=(), enquiries=()))
    assert (empty.desk.snapshot.wordings, dict(empty.desk.snapshot.supporters)) == ((), {})
    same(empty)


def test_introductions_by_enquiry_and_by_supporter(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.introductions.ask("E-0143", "S-0001", DAY)
    picture = services.desk.snapshot
    assert [i.enquiry for i in picture.introductions_with("S-0001")] == ["E-0142", "E-0143"]
    assert [i.supporter for i in picture.introductions_of("E-0143")] == ["S-0001"]
    assert picture.introductions_of("E-0144") == picture.introductions_with("S-0002") == ()


def test_the_rules_of_consent_know_the_wordings_that_are_held(services: Services) -> None:
    held = services.desk.snapshot.rules.wordings
    assert list(held) == [w.id for w in WHOLE.wordings or ()]
    assert isinstance(held["wide"], Wording)
    assert held["wide"].covers_narrower


def test_a_new_policy_and_its_undoing_leave_the_columns_as_they_are(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    before = services.desk.snapshot
    done = services.policies.keep(replace(before.policy, helpful=2.0), DAY)
    assert services.desk.snapshot.register is before.register
    assert services.desk.snapshot.supporters is before.supporters
    same(services)
    services.upkeep.undo(done)
    assert services.desk.snapshot.register is before.register
    same(services)


def test_what_was_written_unseen_is_read_with_the_next_policy(services: Services) -> None:
    with services.desk.store.write("test") as tx:
        supporters.change(tx, replace(AMINA, capacity=7))
    services.policies.keep(replace(services.policies.current(), helpful=2.0), DAY)
    assert services.desk.snapshot.supporters["S-0001"].capacity == 7
    same(services)


def test_a_network_with_no_window_reads_no_introduction_for_a_shortlist(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    bare = Desk(services.desk.store, services.desk.shipped, clock, people_at_once=False)
    reads: list[int] = []

    def read() -> dict[int, Introduction]:
        reads.append(1)
        return {}

    bare.snapshot = replace(bare.snapshot, introductions=Steps(read))
    enquiry = bare.snapshot.enquiries["E-0142"]
    codes = {each.supporter: each.code for each in match(bare.snapshot.register, enquiry, DAY).refused}
    assert codes["S-0001"] is Code.ALREADY_ASKED
    bare.renew(Touched(frozenset({"S-0001"}), frozenset({"E-0142"})))
    assert reads == []


def test_an_enquiry_that_comes_back_stands_where_it_stood(services: Services) -> None:
    first = receive(services, Random(1))
    with services.desk.store.write("test") as tx:
        enquiries.add(tx, replace(ENQUIRY, reference="E-0900"))
    services.desk.renew(Touched(enquiries=frozenset({"E-0900"})))
    same(services)
    services.upkeep.undo(first)
    same(services)
    taken_back = services.desk.store
    with taken_back.read() as reading:
        line = journal.newest(reading)
    taken_back.undo(line)
    services.desk.renew(first.touched)
    same(services)
