"""How rare somebody is, who else there is, and how many a description would fit; consent is asked everywhere."""

from datetime import date
from typing import Any

from peermatch.matching.alternatives import alternatives, first_refused, fits, meets_everything, scarce
from peermatch.matching.engine import match
from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import Alternative, Scarce
from peermatch.model.introduction import State
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code
from tests.matching.cases import ON, consent, enquiry, introduction, register, supporter

POLICY = Policy()
LATER = date(2027, 3, 3)


def rare(asked: Enquiry, who: str, *people: Supporter, **more: Any) -> tuple[Scarce, ...]:
    return scarce(register(*people, **more), asked, ON, POLICY, who)


def test_the_needs_that_few_can_meet_are_told_with_how_few() -> None:
    asked = enquiry("sea.whale", "land.horse land.horse")
    people = (
        supporter("S-1", "sea.whale", "land.horse"),
        supporter("S-2", "sea.whale.orca", paused_until=LATER),
        supporter("S-3", "land.mouse"),
    )
    assert rare(asked, "S-1", *people) == (Scarce("sea.whale", 2), Scarce("land.horse", 1))
    assert rare(asked, "S-9", *people) == ()
    assert rare(asked, "S-3", *people) == ()


def test_rare_is_whoever_matching_calls_so() -> None:
    asked = enquiry(helpful="sea.whale land.mouse")
    whales = [supporter(f"S-{n}", "sea.whale") for n in (1, 2, 3)]
    people = (*whales, supporter("S-4", "land.mouse", "sea.whale"))
    there = register(*people)
    for each in match(there, asked, ON).suggested:
        assert bool(scarce(there, asked, ON, POLICY, each.supporter)) is each.rare


def test_somebody_who_was_changed_since_is_counted_once() -> None:
    asked = enquiry("sea.whale")
    people = (supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale"))
    there = register(*people).replaced(supporters=(supporter("S-2", "sea.whale", capacity=1),))
    assert scarce(there, asked, ON, POLICY, "S-2") == (Scarce("sea.whale", 2),)
    assert fits(there, asked, ON, POLICY, ("sea.whale",)) == 2
    gone = there.replaced(removed=("S-1",))
    assert scarce(gone, asked, ON, POLICY, "S-2") == (Scarce("sea.whale", 1),)
    assert fits(gone, asked, ON, POLICY, ("sea.whale",)) == 1


def test_the_next_two_are_told_with_what_they_leave_unmet() -> None:
    asked = enquiry("sea.whale", "land.horse land.mouse")
    people = (
        supporter("S-1", "sea.whale", "land.horse", "land.mouse"),
        supporter("S-2", "sea.whale", "land.horse"),
        supporter("S-3", "sea.whale", "land.mouse", consents=(consent(None), consent("sea.whale"))),
        supporter("S-4", "sea.whale"),
    )
    there = register(*people)
    shortlist = match(there, asked, ON)
    assert alternatives(there, asked, shortlist, "S-1") == (
        Alternative("S-2", 2, ("land.mouse",)),
        Alternative("S-3", 3, ("land.horse", "land.mouse")),
    )
    assert [each.supporter for each in alternatives(there, asked, shortlist, "S-2")] == ["S-1", "S-3"]
    assert alternatives(there, asked, shortlist, "S-1", limit=1)[0].supporter == "S-2"


def test_whether_anybody_meets_everything() -> None:
    asked = enquiry("sea.whale", "land.horse")

    def whole(*people: Supporter) -> bool:
        there = register(*people)
        return meets_everything(there, asked, match(there, asked, ON))

    assert whole(supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale.orca", "land.horse"))
    assert not whole(supporter("S-1", "sea.whale"), supporter("S-2", "land.horse"))
    # Somebody who cannot be asked does not count.
    assert not whole(supporter("S-1", "sea.whale", "land.horse", paused_until=LATER))
    assert not whole()


def test_a_description_fits_active_people_by_what_they_agreed_to() -> None:
    asked = enquiry("sea.whale land.mouse")
    withdrawn = (consent(None), consent("sea.whale", withdrawn=ON), consent("land.mouse"))
    people = (
        supporter("S-1", "sea.whale", "land.mouse"),
        supporter("S-2", "sea.whale.orca", "land.mouse", paused_until=LATER),
        supporter("S-3", "sea.whale", "land.mouse", consents=withdrawn),
        supporter("S-4", "sea.whale", "land.mouse", status=SupporterStatus.LEFT),
        supporter("S-5", "sea.whale"),
    )
    there = register(*people, introductions=[introduction("S-1", State.ASKED, ON, "E-1")])
    assert fits(there, asked, ON, POLICY, ("sea.whale", "land.mouse")) == 2
    assert fits(there, asked, ON, POLICY, ("sea.whale",)) == 3
    assert fits(there, asked, ON, POLICY, ("sea.squid",)) == 0


def test_the_first_refused_are_read_code_by_code() -> None:
    asked = enquiry("sea.whale")
    people = [supporter(f"S-{n}", "land.horse") for n in (1, 2, 3, 4)]
    people += [supporter(f"S-{n}", "sea.whale", paused_until=LATER) for n in (5, 6, 7)]
    there = register(*people).replaced(supporters=(supporter("S-2", "land.mouse"),), removed=("S-7",))
    shortlist = match(there, asked, ON)
    codes = [code for code, _ in shortlist.counts]
    everybody = first_refused(there, asked, shortlist, codes, 99)
    assert [each.supporter for each in everybody] == ["S-1", "S-2", "S-3", "S-4", "S-5", "S-6"]
    assert sorted(everybody, key=lambda each: each.supporter) == list(shortlist.refused)
    paused = first_refused(there, asked, shortlist, [Code.PAUSED], 99)
    assert [each.supporter for each in paused] == ["S-5", "S-6"]
    assert [each.supporter for each in first_refused(there, asked, shortlist, codes, 5)] == [
        "S-1",
        "S-2",
        "S-3",
        "S-4",
        "S-5",
    ]
    assert first_refused(there, asked, shortlist, (), 5) == ()
