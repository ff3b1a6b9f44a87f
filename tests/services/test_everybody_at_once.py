"""What is told of everybody by columns is what their records say, read one after the other: on people of every kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peermatch.model.asking import Why, first_end, points
from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.network import Network
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.retention import PERIODS, Item
from peermatch.model.searching import Phrases
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped
from peermatch.services.veils import Veils, _called, _topics
from peermatch.store.kdf import LEAST
from tests.matching.outlook_people import person
from tests.networks import PASSPHRASE
from tests.strategies import NEAR_DAYS, TODAY, WORDINGS, Chance

HOW_MANY = 70
DAYS = NEAR_DAYS[::3]


@pytest.fixture(scope="module")
def services(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    chance = Chance(5, shipped.reference, tuple(shipped.reference.vocabulary.terms)[:12])
    people = tuple(
        replace(person(chance, number), name=f"{first} Wren{number}", known_as=None)
        for number, first in zip(range(HOW_MANY), ("Amina", "Tom", "Jo") * HOW_MANY, strict=False)
    )
    network = Network("Random", controller="The Example Trust", wordings=WORDINGS, supporters=people)
    doors = Doors(shipped, lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC), cost=LEAST)
    made = doors.create(
        tmp_path_factory.mktemp("all") / "n.peermatch", network, PASSPHRASE, with_recovery=False
    ).services
    yield made
    made.lock()


def everybody(services: Services, on: date) -> list[tuple[Supporter, ConsentGate]]:
    picture = services.desk.snapshot
    return [(each, picture.gate(each, on)) for each in picture.supporters.values()]


@pytest.mark.parametrize("on", DAYS)
def test_who_must_be_asked_is_who_the_records_say(services: Services, on: date) -> None:
    until = on + timedelta(days=200)
    expected = {
        each.id: found
        for each, gate in everybody(services, on)
        if each.status is SupporterStatus.ACTIVE and (found := points(each, gate, until))
    }
    due = services.campaigns.due(on, until)
    assert {each.id: each.points for each in due} == expected
    assert [(each.first, each.id) for each in due] == sorted((first_end(p), id) for id, p in expected.items())
    for each in due:
        whys = {point.why for point in each.points}
        assert each.pressing is next(why for why in (Why.ENDED, Why.NEVER, Why.ENDING) if why in whys)
    assert services.campaigns.reach(on, until).lines == sum(map(len, expected.values()))
    soon = [each for each in services.campaigns.due(on) if each.points]
    assert services.days.of(on).ending.count == services.campaigns.count(on) == len(soon)


@pytest.mark.parametrize("on", DAYS)
def test_whose_record_is_due_and_which_words_count_is_what_the_records_say(
    services: Services, on: date
) -> None:
    counted: Counter[str] = Counter()
    due: dict[str, date] = {}
    for each, gate in everybody(services, on):
        rulings = (gate.ruling(*key) for key in {(r.purpose, r.characteristic) for r in each.consents})
        counted.update({r.record.wording for r in rulings if r.valid and r.record is not None})
        hold = gate.ruling(Purpose.HOLD)
        if hold.record is not None and hold.standing is Standing.WITHDRAWN and hold.record.withdrawn:
            due[each.id] = hold.record.withdrawn + timedelta(days=PERIODS.withdrawn_days)
        elif hold.record is not None and hold.standing is Standing.ENDED and hold.record.expires:
            due[each.id] = hold.record.expires + timedelta(days=PERIODS.lapsed_days)
    held = {each.wording.id: each.people for each in services.wordings.every(on)}
    assert held == {each.id: counted[each.id] for each in WORDINGS}
    listed = services.retention.review(on)
    assert {each.subject.id: each.due for each in listed if each.item is Item.VOLUNTEER} == {
        id: day for id, day in due.items() if day <= on
    }


@pytest.mark.parametrize("on", DAYS)
def test_no_text_shows_what_somebody_in_it_took_back(services: Services, on: date) -> None:
    picture = services.desk.snapshot
    veils = Veils.of(picture, on)
    hidden = {each.id: Phrases.of(_topics(picture, each, on)) for each, _ in everybody(services, on)}
    for each, _ in everybody(services, on):
        theirs = [hidden[each.id]] if _topics(picture, each, on) else []
        assert list(veils.over("nobody is named", "", each.id))[1:] == theirs
        assert list(veils.over(f"I met {each.name} once", "", ""))[1:] == theirs
        assert all(called for called in _called(each))
