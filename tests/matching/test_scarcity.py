"""Who is rare, and which two cover together what nobody meets alone."""

from datetime import date
from typing import Any

from peermatch.matching.engine import match
from peermatch.matching.scarcity import best_pair
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import State
from peermatch.model.people import Supporter
from tests.matching.cases import ON, ask, consent, enquiry, introduction, register, supporter


def test_rare_are_the_only_ones_able_to_meet_something() -> None:
    question = enquiry(helpful="sea.whale land.horse")
    whales = [supporter(f"S-{n}", "sea.whale") for n in (1, 2)]
    horses = [supporter(f"S-{n}", "land.horse") for n in (4, 5, 6)]

    def rare(*people: Supporter, **more: Any) -> set[str]:
        return {each.supporter for each in ask(question, *people, **more).suggested if each.rare}

    assert rare(*whales, *horses) == {"S-1", "S-2"}
    assert rare(*whales, supporter("S-3", "sea.whale.orca"), *horses) == set()
    # Somebody who only cannot now is able all the same; somebody who may not is not.
    assert rare(*whales, supporter("S-3", "sea.whale", paused_until=date(2027, 1, 1)), *horses) == set()
    assert rare(*whales, supporter("S-3", "sea.whale", capacity=0), *horses) == set()
    assert rare(*whales, supporter("S-3", "sea.whale", available_until=date(2026, 1, 1)), *horses) == set()
    assert rare(*whales, supporter("S-3", "sea.whale", programmes=()), *horses) == {"S-1", "S-2"}
    asked = [introduction("S-1", State.DECLINED, ON, "E-1")]
    assert rare(*whales, *horses, introductions=asked) == {"S-2"}


def pair(asked: Enquiry, *people: Supporter) -> tuple[str, str] | None:
    there = register(*people)
    return best_pair(there, asked, ON, match(there, asked, ON))


def test_two_cover_together_what_nobody_meets_alone() -> None:
    asked = enquiry(helpful="sea.whale land.mouse land.horse.foal")
    people = (
        supporter("S-1", "sea.whale", "land.mouse"),
        supporter("S-2", "sea.whale"),
        supporter("S-3", "land.horse.foal"),
        supporter("S-4", "land.mouse", "land.horse.foal"),
    )
    assert pair(asked, *people) == ("S-1", "S-4")
    assert pair(asked, *people[:3]) == ("S-1", "S-3")
    assert pair(asked, *people[:2]) is None


def test_no_pair_where_one_is_enough_or_where_nobody_is_there() -> None:
    asked = enquiry("sea.whale", "land.mouse")
    alone = supporter("S-1", "sea.whale", "land.mouse")
    assert pair(asked, alone, supporter("S-2", "sea.whale")) is None
    assert pair(asked, supporter("S-2", "sea.whale"), supporter("S-3", "sea.whale")) is None
    assert pair(asked) is None


def test_a_pair_counts_only_what_consent_allows() -> None:
    asked = enquiry(helpful="sea.whale land.mouse")
    ended = (consent(None), consent("land.horse"), consent("land.mouse", expires=ON))
    people = supporter("S-1", "sea.whale"), supporter("S-2", "land.mouse", "land.horse", consents=ended)
    assert pair(asked, *people) is None
