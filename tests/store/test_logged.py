"""Introductions that stay as the file's rows have them answer every question as if all had been made at once."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import Random

import pytest

from peermatch.model.introduction import IN_HAND, Introduction, State
from peermatch.store.logged import Logged
from tests.networks import DAY

MANY = 40


def any_introduction(chance: Random) -> Introduction:
    """Of few people and enquiries, some of them with letters of their own."""

    def maybe(days: int) -> date | None:
        return chance.choice((None, DAY + timedelta(days=chance.randrange(days))))

    return Introduction(
        f"E-{chance.randrange(9)}",
        f"S-{chance.choice(('1', '22', chr(0xE9), chr(0x1F642)))}",
        chance.choice(list(State)),
        DAY - timedelta(days=chance.randrange(40)),
        maybe(5),
        maybe(9),
        maybe(99),
        chance.choice((None, "", "It went well \N{EM DASH} twice.")),
    )


def crowd(seed: int) -> dict[int, Introduction]:
    """By numbers with gaps, as after some were taken back."""
    chance = Random(seed)
    return {number: any_introduction(chance) for number in sorted(chance.sample(range(1, 999), MANY))}


def these(logged: Logged, places: Iterable[int]) -> list[Introduction]:
    return [logged.at(place) for place in places]


@pytest.mark.parametrize("seed", range(8))
def test_rows_and_what_was_made_of_them_say_the_same(seed: int) -> None:
    numbered = crowd(seed)
    logged, listed = Logged.of(numbered), list(numbered.values())
    assert dict(logged) == numbered
    assert (list(logged), len(logged), these(logged, range(MANY))) == (list(numbered), MANY, listed)
    assert [logged.enquiry(place) for place in range(MANY)] == [each.enquiry for each in listed]
    assert these(logged, logged.in_hand()) == [each for each in listed if each.state in IN_HAND]
    for enquiry in ("", "E", *{each.enquiry for each in listed}, "Z"):
        theirs = [each for each in listed if each.enquiry == enquiry]
        assert these(logged, logged.of_enquiry(enquiry)) == theirs
    for supporter in ("", "S", *{each.supporter for each in listed}, "Z"):
        theirs = [each for each in listed if each.supporter == supporter]
        assert these(logged, logged.of_supporter(supporter)) == theirs
    assert logged.latest() == latest(numbered)


def latest(numbered: Mapping[int, Introduction]) -> dict[str, date]:
    """The latest day of each enquiry, one introduction after the other."""
    found: dict[str, date] = {}
    for each in numbered.values():
        days = filter(None, (each.asked, each.answered, each.introduced, each.ended))
        found[each.enquiry] = max(*days, found.get(each.enquiry, date.min))
    return found


def test_a_number_that_was_never_given_or_is_free_again_has_none() -> None:
    logged = Logged.of({3: any_introduction(Random(1)), 7: any_introduction(Random(2))})
    assert (3 in logged, 7 in logged) == (True, True)
    assert all(number not in logged for number in (-1, 0, 2, 4, 8, 999))
    with pytest.raises(KeyError):
        logged[5]


def test_of_nobody_there_are_none() -> None:
    nobody = Logged.of({})
    assert (len(nobody), dict(nobody), nobody.in_hand(), nobody.latest()) == (0, {}, [], {})
    assert (list(nobody.of_enquiry("E-1")), list(nobody.of_supporter("S-1"))) == ([], [])
    assert Logged.of(nobody) is nobody
