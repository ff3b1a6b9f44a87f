"""Erasure under the services: killed anywhere, in any random network, and against the file's own triggers."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from peermatch.exchange.portable import dump_network, parse_network
from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.model.barred import Barred
from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.erasure import Wanted
from peermatch.model.introduction import IN_HAND, Introduction, State
from peermatch.model.network import Network
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.shipped import load_shipped
from peermatch.store import erasure, ledger, vault
from peermatch.store.network import Store
from tests.networks import DAY
from tests.store.saving import Saved, make, whole
from tests.strategies import TODAY, WORDINGS, Chance

REFERENCE = load_shipped().reference


def erase(store: Store, *subjects: Subject) -> None:
    """One next epoch."""
    with store.read() as tx:
        change = erasure.planned(tx, Wanted(DAY, subjects)).change()
    store.step_to(vault.rotate, "erase", change, erasure.ids_of(subjects))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    return make(tmp_path_factory.mktemp("erasing") / "n.peermatch")


@pytest.fixture
def store(template: Saved, tmp_path: Path) -> Iterator[Store]:
    opened = template.copied(tmp_path).open()
    yield opened
    opened.lock()


def test_killed_anywhere_the_person_is_there_or_gone(template: Saved, tmp_path: Path) -> None:
    folder = tmp_path / "n.peermatch"
    shutil.copytree(template.folder, folder)
    words = (str(folder), template.recovery, "S-0001", "19")
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path.cwd(),
    )
    assert done.stderr == ""
    killed = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(killed) > 4
    assert {(each["epoch"], each["action"], each["supporters"]) for each in killed} == {
        (1, "create", 3),
        (2, "erase", 2),
    }
    assert {tuple(each["damage"]) for each in killed} == {()}


def test_the_triggers_that_were_lifted_stand_again(store: Store) -> None:
    erase(store, Subject(SubjectKind.SUPPORTER, "S-0001"))
    with pytest.raises(IntegrityError), store.write("tamper") as tx:
        tx.session.connection().exec_driver_sql("DELETE FROM consent")
    assert store.damage() == ()


def test_the_line_of_an_erasure_has_no_image_and_nothing_to_undo(store: Store) -> None:
    erase(store, Subject(SubjectKind.SUPPORTER, "S-0001"))
    query = "SELECT count(*) FROM journal_image WHERE seq = (SELECT max(seq) FROM journal)"
    assert store.source().connection.execute(query).fetchone() == (0,)


def test_the_ledger_says_nothing_without_the_key(store: Store) -> None:
    subject = Subject(SubjectKind.SUPPORTER, "S-0001")
    erase(store, subject)
    ((code, kind, day),) = store.source().connection.execute("SELECT code, kind, day FROM erasure").fetchall()
    assert (len(code), kind, day) == (64, "supporter", DAY.isoformat())
    assert "S-0001" not in code
    assert ledger.code_of(b"another key", subject) != code


def random_network(seed: int) -> Network:
    """Four people and three enquiries at random, with introductions between any of them."""
    random = Random(seed)
    chance = Chance(seed, REFERENCE)
    people = tuple(replace(chance.supporter(f"S-{number}"), relations=()) for number in range(1, 5))
    people = tuple(replace(each, name=f"Person Number{each.id}") for each in people)
    asked = []
    for number in range(1, 4):
        enquiry = replace(chance.enquiry(2), reference=f"E-{number}")
        named = tuple(each for each in enquiry.exclusions.supporters if each in {p.id for p in people})
        exclusions = replace(enquiry.exclusions, supporters=named, people=())
        person = replace(enquiry.requester, email=f"asked{number}@example.org", name=None, other_emails=())
        asked.append(replace(enquiry, exclusions=exclusions, requester=person))
    steps = [
        Introduction(enquiry.reference, person.id, random.choice(list(State)), TODAY)
        for enquiry in asked
        for person in people
        if random.random() < 0.3
    ]
    return Network(
        name="random",
        controller="The Example Trust",
        wordings=(*WORDINGS, replace(WORDINGS[0], id="unlisted")),
        barred=(Barred("asked1@example.org", "S-2"),),
        supporters=people,
        enquiries=tuple(asked),
        introductions=tuple(steps),
    )


def without_supporter(network: Network, gone: str) -> Network:
    """What must be left, by hand."""

    def freed(enquiry: Enquiry) -> Enquiry:
        kept = tuple(each for each in enquiry.exclusions.supporters if each != gone)
        return replace(enquiry, exclusions=replace(enquiry.exclusions, supporters=kept))

    return replace(
        network,
        supporters=tuple(each for each in network.supporters if each.id != gone),
        enquiries=tuple(map(freed, network.enquiries)),
        introductions=tuple(each for each in network.introductions if each.supporter != gone),
    )


def without_enquirer(network: Network, gone: str) -> Network:
    """What must be left, by hand: a bare reference where introductions rest on it."""
    rests = any(each.enquiry == gone for each in network.introductions)

    def bared(enquiry: Enquiry) -> Enquiry:
        if enquiry.reference != gone:
            return enquiry
        empty = Enquiry(gone, enquiry.received, replace(enquiry.requester, email=None))
        over = enquiry.status if not enquiry.open else EnquiryStatus.WITHDRAWN
        return replace(empty, programme=enquiry.programme, status=over)

    def stopped(step: Introduction) -> Introduction:
        if step.enquiry != gone or step.state not in IN_HAND:
            return step
        return replace(step, state=State.STOPPED, ended=DAY)

    return replace(
        network,
        enquiries=tuple(bared(each) for each in network.enquiries if rests or each.reference != gone),
        introductions=tuple(map(stopped, network.introductions)),
    )


def rankings(network: Network, of: tuple[str, ...], gone: str) -> list[object]:
    """The places of all others for the enquiries that are left."""
    register = Register.build(
        REFERENCE, network.supporters, network.introductions, network.barred, network.wordings or ()
    )
    shortlists = [match(register, each, TODAY) for each in network.enquiries if each.reference in of]
    return [
        [
            [(each.supporter, each.score) for each in shortlist.suggested if each.supporter != gone],
            sorted((each.supporter, each.codes) for each in shortlist.refused if each.supporter != gone),
        ]
        for shortlist in shortlists
    ]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), person=st.sampled_from(["S-1", "S-3", "E-1", "E-2"]))
def test_of_any_network_the_rest_is_as_it_was(
    seed: int, person: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    network = random_network(seed)
    saved = make(tmp_path_factory.mktemp("random") / "n.peermatch", network)
    store = saved.open()
    try:
        store.packed(REFERENCE.vocabulary)
        before = whole(store)
        kind = SubjectKind.SUPPORTER if person.startswith("S") else SubjectKind.ENQUIRER
        erase(store, Subject(kind, person))
        left = whole(store)
        expected = (without_supporter if kind is SubjectKind.SUPPORTER else without_enquirer)(before, person)
        assert left == expected
        assert store.damage() == ()
        assert parse_network(dump_network(left), REFERENCE) == left
        others = tuple(each.reference for each in left.enquiries if each.reference != person)
        # An introduction that stops gives its place back; nothing else moves.
        steps = before.introductions if kind is SubjectKind.SUPPORTER else expected.introductions
        unmoved = replace(before, introductions=steps)
        assert rankings(left, others, person) == rankings(unmoved, others, person)
        packed = store.packed(REFERENCE.vocabulary)
        assert store.damage() == ()
        assert len(packed.chunks) == len(store.records(REFERENCE.vocabulary)) == bool(left.supporters)
    finally:
        store.lock()
