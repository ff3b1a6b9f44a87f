"""What is measured is true: on a small network everybody who can answer gives the program's answer, to the letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from peermatch.matching.engine import match
from peermatch.matching.plan import solve
from peermatch.model.enquiry import EnquiryStatus
from tests.bench.agreement import agree, agreeing
from tests.bench.asking import WAITING, enquiries, plainly
from tests.bench.engines import PROGRAM, Stand, differing, names
from tests.bench.filing import Folder, Library, enquiries_behind, settled
from tests.bench.loop import Loop, persons
from tests.bench.network import DAY, WORDINGS, chunked, people
from tests.bench.phrases import Phrases
from tests.bench.plans import by_hand, by_scipy, offers
from tests.matching import reference_ranker
from tests.matching.letter_cases import labelled
from tests.matching.real_reference import REAL

SMALL = 300


def test_a_network_is_always_the_same() -> None:
    assert people(REAL, 40) == people(REAL, 40)
    assert enquiries(REAL, 5) == enquiries(REAL, 5)


@pytest.mark.parametrize("name", names()[1:])
def test_everybody_answers_as_the_program_does(stand: Callable[[int], Stand], name: str) -> None:
    here = stand(SMALL)
    mine, theirs = here.engine(PROGRAM), here.engine(name)
    for enquiry in here.enquiries:
        asked = here.plainly(enquiry)
        assert differing(mine(enquiry, asked), theirs(enquiry, asked)) == ""


def test_answers_that_differ_are_noticed(stand: Callable[[int], Stand]) -> None:
    here = stand(SMALL)
    enquiry = here.enquiries[0]
    said = here.engine(PROGRAM)(enquiry, here.plainly(enquiry))
    (id, score), *others = said.first
    assert differing(said, replace(said, suggested=said.suggested + 1)) == "counts"
    assert differing(said, replace(said, first=(("S-none", score), *others))) == "order"
    assert differing(said, replace(said, first=((id, score + 1e-6), *others))) == "scores"


def test_the_loop_reads_the_rules_as_the_slow_reader_does() -> None:
    network = people(REAL, 120)
    world = reference_ranker.World(REAL, network.supporters, network.introductions, network.barred, WORDINGS)
    loop = Loop(persons(network))
    for enquiry in enquiries(REAL, 12):
        expected = reference_ranker.answer(world, enquiry, DAY)
        suggested, refused = loop.whole(plainly(REAL, enquiry))
        assert [each.id for each in suggested] == [each.supporter for each in expected.suggested]
        assert refused == dict(expected.refused)


def test_program_and_loop_agree_in_every_reason() -> None:
    assert agreeing(SMALL, 20) == 20


def test_a_disagreement_is_noticed() -> None:
    network, other = people(REAL, 40), people(REAL, 41)
    enquiry = enquiries(REAL, 1)[0]
    assert not agree(network.register(), Loop(persons(other)), enquiry)


def test_copies_are_people_of_their_own() -> None:
    network = people(REAL, SMALL)
    once, thrice = chunked(network), chunked(network, 3)
    enquiry = enquiries(REAL, 1)[0]
    one, three = (match(each.register(REAL), enquiry, DAY) for each in (once, thrice))
    assert len(three.suggested) == 3 * len(one.suggested)
    assert dict(three.counts) == {code: 3 * count for code, count in one.counts}
    assert {each.score for each in three.suggested} == {each.score for each in one.suggested}


def test_plans_by_other_means_serve_as_many_for_the_same_sum() -> None:
    candidates, supply = offers(chunked(people(REAL, SMALL)).register(REAL), enquiries(REAL, 60, WAITING))
    best, other, plain = solve(candidates, supply), by_scipy(candidates, supply), by_hand(candidates, supply)
    assert (other.served, other.total) == (best.served, best.total)
    assert plain.served <= best.served


def test_a_network_on_the_disk_gives_the_same_register(stand: Callable[[int], Stand]) -> None:
    here = stand(SMALL)
    folder, steps = Folder.of(here.people, here.folder), settled(here.people.introductions)
    store = folder.open(*folder.unlocked())
    try:
        made = here.register.replaced(introductions=steps)
        registers = folder.by_chunks(store), folder.by_rows(store), made
    finally:
        store.lock()
    one, two, three = (match(register, here.enquiries[0], DAY).suggested[:20] for register in registers)
    assert one == two == three


@pytest.mark.parametrize("kind", [Library.with_key, Library.without_key])
def test_both_kinds_of_file_hold_the_same(
    stand: Callable[[int], Stand], kind: Callable[..., Library]
) -> None:
    here = stand(SMALL)
    file = kind(here.folder)
    file.fill(here.columns, here.chunked.chunks)
    before = file.read(7)
    file.withdraw(7)
    assert file.read(7) != before
    assert file.load() == sum(map(len, here.chunked.chunks))
    file.connection.close()


def test_the_plain_pattern_finds_what_is_named() -> None:
    find = Phrases(REAL.vocabulary)
    assert any(find(each.letter) for each in labelled("dev"))


def test_time_leaves_a_network_as_time_leaves_networks() -> None:
    network = people(REAL, 2_000)
    steps = settled(network.introductions)
    assert [(e.enquiry, e.supporter, e.asked) for e in steps] == [
        (e.enquiry, e.supporter, e.asked) for e in network.introductions
    ]
    assert settled(network.introductions) == steps
    in_hand = [each for each in steps if each.in_hand]
    assert in_hand
    assert all(DAY - each.asked < timedelta(days=56) for each in in_hand)
    assert all(
        day is None or each.asked <= day <= DAY for each in steps for day in (each.answered, each.ended)
    )
    asked = enquiries_behind(network, steps)
    status = {each.reference: each.status for each in asked}
    assert asked[0].status is EnquiryStatus.NEW
    assert asked[0].needs
    assert all(status[each.enquiry] is EnquiryStatus.TRIAGED for each in in_hand)
    assert 0 < sum(each.open for each in asked) < len(asked) // 10
