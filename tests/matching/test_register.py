"""The register is a snapshot: it is built or replaced in part, and neither changes what was there before."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from peermatch.errors import BadInput
from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.register import MOST_CHANGED, Register
from peermatch.matching.whatif import what_if
from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRules
from peermatch.model.enquiry import Exclusions, Preferences
from peermatch.model.introduction import State
from peermatch.model.packed import Packer
from peermatch.model.packed_words import Words
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code
from tests.matching.cases import ON, WORDINGS, consent, enquiry, introduction, register, supporter
from tests.matching.small_reference import SMALL

WHALE = enquiry("sea.whale")


def test_an_empty_register_suggests_nobody() -> None:
    empty = Register.build(SMALL, (), (), (), ())
    assert len(empty) == 0
    shortlist = match(empty, enquiry("sea.whale", "land.horse"), ON)
    assert (shortlist.suggested, shortlist.refused, shortlist.ambiguous) == ((), (), False)


def test_people_are_found_by_id() -> None:
    there = register(supporter("S-2"), supporter("S-10"), supporter("é"))
    rows = [there.row_of(id) for id in ("S-10", "S-2", "é")]
    assert rows == [0, 1, 2]
    assert [there.id(row) for row in rows if row is not None] == ["S-10", "S-2", "é"]
    assert [there.row_of(id) for id in ("S-1", "S-2222222222222222", "")] == [None] * 3


def test_many_are_named_as_one_by_one_after_a_change_too() -> None:
    there = register(supporter("S-2"), supporter("S-10"), supporter("é"))
    rows = np.array([2, 0, 2], dtype=np.intp)
    assert there.ids(rows) == [there.id(row) for row in rows.tolist()] == ["é", "S-10", "é"]
    after = there.replaced(supporters=[supporter("S-2"), supporter("S-longer-than-all")])
    rows = np.array([4, 1, 3], dtype=np.intp)
    assert after.ids(rows) == [after.id(row) for row in rows.tolist()]
    assert "S-longer-than-all" in after.ids(rows)


def test_a_supporter_who_is_not_held_cannot_be_asked_about() -> None:
    with pytest.raises(BadInput, match="There is no supporter S-404"):
        refusal_codes(register(supporter()), WHALE, "S-404", ON)


def test_a_change_makes_a_new_register_and_leaves_the_old_one() -> None:
    before = register(supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale"))
    after = before.replaced(
        supporters=[supporter("S-2", "land.mouse"), supporter("S-3", "sea.whale")],
        removed=["S-1", "S-404"],
        introductions=[introduction("S-3", State.DECLINED, ON, "E-1")],
        barred=[Barred("t@example.org", "S-2")],
    )
    assert [each.supporter for each in match(before, WHALE, ON).suggested] == ["S-1", "S-2"]
    assert {each.supporter: each.codes for each in match(after, WHALE, ON).refused} == {
        "S-2": (Code.ALREADY_ASKED, Code.ESSENTIAL_NOT_SHARED),
        "S-3": (Code.ALREADY_ASKED,),
    }


def test_what_is_not_given_stays() -> None:
    before = register(
        supporter("S-1", "sea.whale"),
        supporter("S-3", "sea.whale"),
        introductions=[introduction("S-1", State.ASKED, ON, "E-1")],
        barred=[Barred("t@example.org", "S-3")],
    )
    after = before.replaced(supporters=[supporter("S-2", "sea.whale"), supporter("S-1", "sea.whale")])
    assert [each.supporter for each in match(after, WHALE, ON).suggested] == ["S-2"]
    again = after.replaced(supporters=[supporter("S-1", "sea.whale"), supporter("S-3", "sea.whale")])
    assert match(again, WHALE, ON) == match(after, WHALE, ON)


def test_introductions_of_a_few_people_are_replaced_alone() -> None:
    asked = [introduction(f"S-{n}", State.ASKED, ON, "E-1") for n in (1, 2)]
    there = register(supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale"), introductions=asked)
    for before in (there, there.replaced(supporters=[supporter("S-1", "sea.whale")])):
        after = before.replaced(introductions_of={"S-1": (), "S-404": asked})
        assert [each.supporter for each in match(after, WHALE, ON).suggested] == ["S-1"]
        assert [each.supporter for each in match(before, WHALE, ON).suggested] == []


def test_introductions_that_are_what_they_were_leave_the_columns_alone() -> None:
    asked = [introduction(f"S-{n}", State.ASKED, ON, f"E-{n}{m}") for n in (1, 2) for m in range(3)]
    before = register(supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale"), introductions=asked)
    theirs = {"S-1": asked[2::-1], "S-2": asked[3:], "S-404": ()}
    assert before.replaced(introductions_of=theirs).columns is before.columns
    after = before.replaced(introductions_of={"S-1": asked[:2]})
    assert after.columns.work.in_hand.tolist() == [2, 3]


def test_who_was_asked_for_an_enquiry_is_known_of_the_changed_too() -> None:
    asked = [introduction(f"S-{n}", State.ASKED, ON, f"E-{n % 2}") for n in range(5)]
    there = register(*(supporter(f"S-{n}") for n in range(4)), introductions=asked)
    assert there.asked_for("E-1") == {"S-1", "S-3"}
    assert there.replaced(supporters=[supporter("S-3", capacity=9)]).asked_for("E-1") == {"S-1", "S-3"}
    assert there.asked_for("E-2") == there.asked_for("") == frozenset()


def test_whoever_must_not_meet_is_found_among_any_ids() -> None:
    ids = ("S-1", "S-10", "S-1-and-a-long-tail", "é")
    for barred in ids:
        pairs = [Barred("t@example.org", each) for each in (barred, "S", "S-2", "z" * 50, "")]
        there = register(*(supporter(each, "sea.whale") for each in ids), barred=pairs)
        refused = [each.supporter for each in match(there, WHALE, ON).refused]
        assert refused == [barred]
    assert len(register(barred=[Barred("t@example.org", "S-1")])) == 0


def test_many_changes_are_written_anew_and_answer_the_same() -> None:
    people = [supporter(f"S-{n:03}", "sea.whale") for n in range(100)]
    asked = [introduction(f"S-{n:03}", State.DECLINED, ON, "E-1") for n in range(0, 100, 7)]
    there = register(*people, introductions=asked, barred=[Barred("t@example.org", "S-001")])
    now = {each.id: each for each in people}
    for number in range(MOST_CHANGED + 10):
        id = f"S-{number * 37 % 130:03}"
        if number % 5 == 4:
            there = there.replaced(removed=[id])
            now.pop(id, None)
        else:
            now[id] = supporter(id, *(("land.horse",) if number % 3 else ("sea.whale", "land.mouse")))
            there = there.replaced(supporters=[now[id]])
    afresh = register(*now.values(), introductions=asked, barred=there.barred)
    assert len(there) == len(afresh) == len(now)
    for question in (WHALE, enquiry(helpful="sea.whale land.mouse")):
        assert match(there, question, ON) == match(afresh, question, ON)
        assert what_if(there, question, ON, Policy(), match(there, question, ON)) == what_if(
            afresh, question, ON, Policy(), match(afresh, question, ON)
        )
    assert len(there.lines) < MOST_CHANGED


def test_everybody_may_change_at_once() -> None:
    there = register(*(supporter(f"S-{n:03}", "sea.whale") for n in range(80)))
    after = there.replaced(supporters=[supporter(f"S-{n:03}", "land.mouse") for n in range(80)])
    assert not match(after, WHALE, ON).suggested
    emptied = after.replaced(removed=[f"S-{n:03}" for n in range(80)])
    assert len(emptied) == 0
    assert match(emptied, WHALE, ON).counts == ()


def test_any_day_may_be_asked_about_in_any_order() -> None:
    last = date(2026, 12, 1)
    ending = supporter("S-1", "sea.whale", consents=(consent(None), consent("sea.whale", expires=last)))
    there = register(ending)
    days = [ON + timedelta(days=n) for n in (0, 30, 5, 11, 10, 400, 0, 30)]
    assert [not refusal_codes(there, WHALE, "S-1", day) for day in days] == [day < last for day in days]
    assert not match(there, WHALE, date.min).suggested
    assert not match(there, WHALE, date.max).suggested


def test_many_days_and_programmes_are_asked_about_in_turn() -> None:
    there = register(*(supporter(f"S-{n}", "sea.whale", programmes=(f"p{n}",)) for n in range(5)))
    for _ in range(2):
        for day in (ON, ON + timedelta(days=1), ON + timedelta(days=2)):
            for number in range(5):
                asked = enquiry("sea.whale", programme=f"p{number}")
                assert [each.supporter for each in match(there, asked, day).suggested] == [f"S-{number}"]


def test_many_languages_are_asked_about_in_turn() -> None:
    there = register(supporter("S-1", "sea.whale", languages=("en", "l7")))
    asked = [enquiry("sea.whale", preferences=Preferences(language=f"l{n}")) for n in range(300)]
    scores = [match(there, each, ON).suggested[0].score for each in asked]
    assert [n for n, score in enumerate(scores) if score == 1] == [7]


def test_what_was_packed_cannot_be_written_to() -> None:
    there = register(supporter("S-1", "sea.whale"))
    for column in (there.columns.facts.people.status, there.columns.day(ON).paused):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1


def test_a_supporter_who_pauses_does_so_in_the_new_register_alone() -> None:
    there = register(supporter("S-1", "sea.whale"))
    paused = there.replaced(supporters=[supporter("S-1", "sea.whale", paused_until=date.max)])
    assert refusal_codes(paused, WHALE, "S-1", ON) == (Code.PAUSED,)
    assert refusal_codes(there, WHALE, "S-1", ON) == ()
    assert len(paused) == 1


def test_a_register_of_chunks_answers_as_one_of_people_in_whatever_order_they_stand() -> None:
    people = [supporter(f"S-{n}", "sea.whale" if n % 3 else "land.horse", capacity=n % 2) for n in range(40)]
    words, rules = Words(), ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms)
    packer = Packer(rules, words)
    chunks = [packer.pack(people[30:]), packer.pack(()), packer.pack(people[7:30]), packer.pack(people[:7])]
    found = Register.of_chunks(SMALL, chunks, words, (), WORDINGS)
    assert match(found, WHALE, ON) == match(register(*people), WHALE, ON)
    known = len(words)
    found.replaced(supporters=[supporter("S-1", "land.mouse", organisation="alone")])
    assert len(words) == known


def test_chunks_of_different_widths_are_read_together() -> None:
    words, rules = Words(), ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms)
    packer = Packer(rules, words)
    people = [supporter("S-1", "sea.whale", organisation="new"), supporter("S-2-with-a-long-id", "sea.whale")]
    narrow = packer.pack(people[:1])
    for number in range(2**16):
        words.code(f"word {number}")
    wide = packer.pack([replace(people[1], specialty="surgery", place="Seaby")])
    there = Register.of_chunks(SMALL, [wide, narrow], words, (), WORDINGS)
    asked = enquiry("sea.whale", exclusions=Exclusions(specialties=("surgery",)))
    assert [each.supporter for each in match(there, asked, ON).suggested] == ["S-1"]
    changed = there.replaced(supporters=[replace(people[0], specialty="surgery", organisation="word 9")])
    assert [each.code for each in match(changed, asked, ON).refused] == [Code.EXCLUDED_BY_ENQUIRER] * 2


def test_somebody_whose_consents_all_have_histories_of_their_own() -> None:
    """More courses than fit into one byte, beside somebody with few."""
    topics = [f"own.{n}" for n in range(300)]
    ends = [consent(topic, expires=ON + timedelta(days=n)) for n, topic in enumerate(topics)]
    many = supporter(
        "S-1", *topics, "sea.whale", consents=(consent(None), *ends, consent("sea.whale", expires=ON))
    )
    there = register(many, supporter("S-2", "sea.whale"))
    shortlist = match(there, WHALE, ON)
    assert [each.supporter for each in shortlist.suggested] == ["S-2"]
    assert [each.text for each in shortlist.refused] == [
        "Consent for what this enquiry needs ended on 20 Nov 2026"
    ]


def test_a_thousand_needs_are_answered() -> None:
    there = register(*(supporter(f"S-{n}", "sea.whale", "land.mouse") for n in range(30)))
    needs = " ".join(["sea.whale", "land.horse", "sea", "void", "no.such.topic"] * 1000)
    shortlist = match(there, enquiry(helpful=needs), ON)
    first = shortlist.suggested[0]
    assert len(first.reasons) == 5001
    assert first.score == pytest.approx((1 + 0.4 + 1) / 5)
    assert sum(reason.points for reason in first.reasons) == pytest.approx(first.score, abs=1e-9)
    assert match(there, enquiry(needs), ON).counts == ((Code.ESSENTIAL_NOT_SHARED, 30),)


def test_the_lists_read_like_any_list() -> None:
    there = register(*(supporter(f"S-{n:03}", "sea.whale" if n % 2 else "land.mouse") for n in range(300)))
    shortlist = match(there, WHALE, ON)
    for read in (shortlist.suggested, shortlist.refused):
        everybody = tuple(read)
        assert len(read) == len(everybody) == 150
        assert [read[n] for n in (0, 70, 149, -1)] == [everybody[n] for n in (0, 70, 149, -1)]
        assert read[10:80:3] == everybody[10:80:3]
        assert read[:0] == ()
        assert read == everybody
        assert read != everybody[1:]
        unlike: object = "a text"
        assert read != unlike
        assert everybody[3] in read
        with pytest.raises(IndexError):
            read[150]
    assert "150" in repr(shortlist.suggested)
    assert shortlist.counts == ((Code.ESSENTIAL_NOT_SHARED, 150),)


def test_a_hundred_equal_scores_stand_by_turn_and_then_by_id() -> None:
    before = [introduction(f"S-{n:03}", State.DECLINED, date(2020, 1, 1 + n % 7)) for n in range(0, 600, 3)]
    there = register(*(supporter(f"S-{n:03}", "sea.whale") for n in range(600)), introductions=before)
    last = {each.supporter: each.asked for each in before}
    order = sorted((f"S-{n:03}" for n in range(600)), key=lambda id: (last.get(id, date.min), id))
    shortlist = match(there, WHALE, ON)
    assert [each.supporter for each in shortlist.suggested[:50]] == order[:50]
    assert [each.supporter for each in shortlist.suggested] == order
    changed = there.replaced(supporters=[supporter("S-300", "sea.whale"), supporter("S-2505", "sea.whale")])
    ids = [each.supporter for each in match(changed, WHALE, ON).suggested[:60]]
    assert ids == sorted([*order, "S-2505"], key=lambda id: (last.get(id, date.min), id))[:60]


def test_somebody_who_comes_back_has_none_of_the_introductions_of_before() -> None:
    who = supporter("S-1", "sea.whale")
    before = register(who, introductions=[introduction("S-1", State.DECLINED, ON, "E-1")])
    assert match(before, WHALE, ON).suggested == ()
    back = before.replaced(removed=["S-1"]).replaced(supporters=[who])
    assert [each.supporter for each in match(back, WHALE, ON).suggested] == ["S-1"]
