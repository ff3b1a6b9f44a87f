"""The records of supporters are read when somebody asks for one, and not before."""

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from peermatch.errors import Refused
from peermatch.matching.engine import shortlist_to_dict
from peermatch.model.introduction import State
from peermatch.model.people import Supporter
from peermatch.model.record_bytes import body_of
from peermatch.services.consent import Consent
from peermatch.services.desk import Desk
from peermatch.services.introductions import Introductions
from peermatch.services.office import Doors, Services
from peermatch.services.people import MOST_SINGLY, Packed, People
from peermatch.services.shipped import Shipped
from peermatch.services.snapshot import Snapshot
from peermatch.services.supporters import Supporters
from peermatch.store import supporters
from peermatch.store.kdf import LEAST
from tests.networks import AMINA, DAY, TOM, clock


def test_they_are_read_once_and_only_when_asked_for() -> None:
    reads: list[int] = []

    def read() -> dict[str, Supporter]:
        reads.append(1)
        return {AMINA.id: AMINA}

    people = People(read)
    assert reads == []
    assert people[AMINA.id] is AMINA
    assert (len(people), list(people), reads) == (1, [AMINA.id], [1])


def test_a_change_before_the_first_reading_is_read_from_the_file() -> None:
    file = {"S-1": replace(AMINA, id="S-1")}
    people = People(lambda: dict(file))
    file["S-2"] = replace(AMINA, id="S-2")
    assert list(people.changed({"S-2": file["S-2"]}, frozenset())) == ["S-1", "S-2"]


def test_a_change_after_it_leaves_the_former_picture_alone() -> None:
    people = People(lambda: {"S-1": AMINA, "S-2": AMINA})
    assert len(people) == 2
    after = people.changed({"S-3": AMINA}, frozenset({"S-1"}))
    assert (list(after), list(people)) == (["S-2", "S-3"], ["S-1", "S-2"])


def test_one_record_is_read_alone_and_only_once() -> None:
    asked: list[str] = []

    def read_one(id: str) -> Supporter | None:
        asked.append(id)
        return AMINA if id == AMINA.id else None

    people = People(_nobody_reads_everybody, read_one=read_one)
    assert (people[AMINA.id], people.get(AMINA.id), people.get("S-9")) == (AMINA, AMINA, None)
    assert (AMINA.id in people, "S-9" in people) == (True, False)
    assert asked == [AMINA.id, "S-9", "S-9"]


def test_whoever_asks_for_many_is_given_everybody_at_once() -> None:
    held = {f"S-{n}": replace(AMINA, id=f"S-{n}") for n in range(MOST_SINGLY + 2)}
    singly: list[str] = []

    def read_one(id: str) -> Supporter:
        singly.append(id)
        return held[id]

    people = People(lambda: held, read_one=read_one)
    assert [people[id] for id in held] == list(held.values())
    assert singly == list(held)[:MOST_SINGLY]


def test_a_change_lets_go_of_what_was_read_singly() -> None:
    file = {"S-1": replace(AMINA, id="S-1")}
    people = People(_nobody_reads_everybody, read_one=file.get)
    assert people["S-1"].capacity == AMINA.capacity
    file["S-1"] = replace(file["S-1"], capacity=9)
    assert people.changed({"S-1": file["S-1"]}, frozenset())["S-1"].capacity == 9


def _nobody_reads_everybody() -> dict[str, Supporter]:
    raise AssertionError("all records were read")


def _watched(services: Services) -> Desk:
    """The network as a command sees it: whoever reads all records of it fails."""
    desk = services.desk
    bare = Desk(desk.store, desk.shipped, desk.clock, people_at_once=False)
    bare.snapshot = _unreadable(bare.snapshot, bare)
    return bare


def _unreadable(picture: Snapshot, desk: Desk) -> Snapshot:
    def read_one(id: str) -> Supporter | None:
        with desk.store.read() as tx:
            return next(iter(supporters.some(tx, (id,))), None)

    return replace(picture, supporters=People(_nobody_reads_everybody, read_one=read_one))


def test_a_step_reads_no_more_records_than_it_touches(services: Services) -> None:
    desk = _watched(services)
    Supporters(desk).change(replace(AMINA, capacity=4))
    Introductions(desk).ask("E-0142", AMINA.id, DAY)
    assert desk.snapshot.supporters[AMINA.id].capacity == 4
    Consent(desk).withdraw_everything(AMINA.id, DAY)
    assert desk.snapshot.introductions_with(AMINA.id)[0].state is State.STOPPED


def test_what_a_command_reads_is_as_it_left_it_and_is_forgotten_when_it_fails(services: Services) -> None:
    desk = Desk(services.desk.store, services.desk.shipped, clock, people_at_once=False)

    def fail() -> None:
        with desk.command("test", AMINA.id) as tx:
            supporters.change(tx, replace(AMINA, capacity=7))
            assert desk.snapshot.supporters[AMINA.id].capacity == 7
            assert len(desk.snapshot.supporters) == len(desk.snapshot.register)
            raise Refused("Not today.")

    with pytest.raises(Refused):
        fail()
    assert desk.snapshot.supporters[AMINA.id].capacity == AMINA.capacity
    assert {each.id: each for each in desk.snapshot.supporters.values()}[AMINA.id] == AMINA


def test_a_shortlist_needs_no_record(template: tuple[Path, str], shipped: Shipped, tmp_path: Path) -> None:
    shutil.copytree(template[0], tmp_path / "copy.peermatch")
    opened = Doors(shipped, clock, LEAST, people_at_once=False).recover(
        tmp_path / "copy.peermatch", template[1]
    )
    answer = opened.shortlists.of("E-0142", DAY)
    before = shortlist_to_dict(answer, top=0)
    assert len(opened.desk.snapshot.supporters) == len(answer.suggested) + len(answer.refused)
    assert shortlist_to_dict(opened.shortlists.of("E-0142", DAY), top=0) == before
    opened.lock()


CROWD = {f"S-{n:04d}": replace(AMINA, id=f"S-{n:04d}", name=f"Person {n}") for n in range(600)}
BODIES = tuple(body_of(tuple(CROWD.values())[start : start + 256]) for start in range(0, 600, 256))


def test_packed_records_are_those_that_were_packed() -> None:
    packed = Packed(BODIES)
    assert dict(packed) == CROWD
    assert list(packed.each()) == list(CROWD.values())
    assert packed["S-0300"] is packed["S-0300"]
    assert ("S-0300" in packed, "S-9" in packed, len(packed)) == (True, False, 600)
    with pytest.raises(KeyError):
        packed["S-9"]


def test_of_a_great_network_few_records_stay_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peermatch.services.people.KEPT_WHOLE", 100)
    monkeypatch.setattr("peermatch.services.people.MOST_MADE", 20)
    packed = Packed(BODIES)
    assert list(packed.each()) == list(CROWD.values())
    assert packed._made == {}
    for id, person in CROWD.items():
        assert packed[id] == person
        assert len(packed._made) <= 20


def test_names_are_told_without_a_roll_too() -> None:
    people = People(lambda: {AMINA.id: AMINA})
    assert (people.shown_name(AMINA.id), people.first_name(AMINA.id)) == (AMINA.shown_name, AMINA.first_name)
    assert people.shown_name("S-none") is None


def test_changes_share_what_they_leave_alone() -> None:
    """After any changes: the same answers as a plain dictionary, and the records themselves are not copied."""
    random, packed, plain = Random(3), Packed(BODIES), dict(CROWD)
    people = People(lambda: packed).read()
    assert [line.id for line in people.roll] == list(plain)
    for number in range(30):
        new = {f"S-{random.randrange(700):04d}": replace(TOM, name=f"New {number}") for _ in range(3)}
        new = {id: replace(each, id=id) for id, each in new.items()}
        gone = frozenset(random.sample(sorted(plain), 2)) - new.keys()
        people = people.changed(new, gone)
        plain = {id: each for id, each in plain.items() if id not in gone} | new
        assert dict(people) == plain
        assert {each.id: each for each in people.values()} == plain
        assert len(people) == len(plain) == len(people.roll)
        assert {line.id: line.name for line in people.roll} == {id: each.name for id, each in plain.items()}
        assert {id: people.shown_name(id) for id in plain} == {id: p.shown_name for id, p in plain.items()}
        assert {id: people.first_name(id) for id in plain} == {id: p.first_name for id, p in plain.items()}
        assert all(people.shown_name(id) is None for id in gone)
        assert all((id in people) == (id in plain) for id in (*new, *gone))
        assert all(people.get(id) is None for id in gone)
        assert people._known is packed
