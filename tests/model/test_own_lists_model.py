"""Laws of the network's own lists: nothing comes apart by a merger, no yes is stretched, and ids are never reused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import ConsentRecord, ConsentRules, Method, Purpose, Wording
from peermatch.model.onboarding import CHECKS, Noted, Stage, Way
from peermatch.model.organisations import Organisation, Organisations
from peermatch.model.own_places import (
    OwnPlace,
    blank_organisation,
    blank_site,
    extended,
    leads_back,
    merged,
    parse_place,
    place_to_dict,
    renamed,
)
from peermatch.model.own_terms import (
    TermStanding,
    blank_term,
    changed,
    free_id,
    older_yes,
    slug,
    term_faults,
    widened,
)
from peermatch.model.people import Supporter
from tests.exchange.networks import shipped

LISTS = shipped().organisations
WORDS = shipped().vocabulary
DAY = date(2026, 11, 20)
WIDE = Wording("wide", "I agree, and to everything that belongs to it.", covers_narrower=True)
TERMS = sorted(WORDS.terms)
TRUSTS = st.sampled_from(sorted(LISTS.organisations))
PLACES = st.sampled_from(sorted((*LISTS.organisations, *LISTS.sites)))


@given(TRUSTS, TRUSTS, PLACES, PLACES)
def test_law_a_merger_parts_nobody_who_was_at_one(start: str, into: str, one: str, two: str) -> None:
    if start == into or leads_back(LISTS, start, into):
        return
    now = extended(LISTS, (merged(LISTS.organisations[start], into, DAY),))
    assert now.at_one(start, into)
    if LISTS.at_one(one, two):
        assert now.at_one(one, two)


@given(PLACES, st.text(min_size=1, max_size=20))
def test_law_a_new_name_changes_nobodys_family(place: str, name: str) -> None:
    before = LISTS.organisations.get(place) or LISTS.sites[place]
    own = OwnPlace(renamed(before, name))
    now = extended(LISTS, (own,))
    assert now.name(place) == name
    assert now.family(place) == LISTS.family(place)
    assert before.name == name or before.name in own.place.also_written


@given(PLACES, st.dates())
def test_law_a_place_comes_back_from_its_row(place: str, closed: date) -> None:
    own = OwnPlace(LISTS.organisations.get(place) or LISTS.sites[place], closed)
    assert parse_place(place_to_dict(own), closed) == own


def test_what_does_not_hold_together_is_refused() -> None:
    wrong = (
        blank_organisation("own.a", "A", "acute", "atlantis"),
        replace(blank_organisation("own.b", "B", "acute", "greater-manchester"), successors=("own.b",)),
        blank_site("own.c", "C", "nowhere"),
        blank_site("elht", "D", "lscft"),
    )
    places: list[str] = []
    for each in wrong:
        with pytest.raises(BadInput) as refused:
            extended(LISTS, (OwnPlace(each),))
        places += [fault.place for fault in refused.value.faults]
    assert places == ["own.a.region", "own.b.successors", "own.c.organisation", "elht.id"]
    with pytest.raises(BadInput):
        parse_place({"id": "own.a", "name": "A", "colour": "red"})
    assert extended(LISTS, ()) is LISTS


def test_a_town_stays_known_beside_own_places() -> None:
    now = extended(
        LISTS, (OwnPlace(blank_organisation("own.a", "A", "acute", "greater-manchester", "Bury")),)
    )
    assert now.position("own.a", None) == LISTS.position(None, "Bury")
    assert now.towns == LISTS.towns
    assert isinstance(now, Organisations)
    assert isinstance(now.organisations["own.a"], Organisation)


@given(st.text(max_size=60), st.sets(st.integers(2, 5)))
def test_law_an_id_is_free_and_made_of_small_letters(label: str, taken: set[int]) -> None:
    stem = f"own.{slug(label) or 'new'}"
    used = {stem, *(f"{stem}-{number}" for number in taken)}
    id = free_id(label, used.__contains__)
    assert id not in used
    assert id.startswith("own.")
    assert id == id.casefold()
    assert " " not in id


def someone(topic: str, *records: ConsentRecord) -> Supporter:
    return Supporter("S-0001", "Amina Rahman", characteristics=(topic,), consents=records)


def wide_yes(topic: str, given: date = DAY) -> ConsentRecord:
    return ConsentRecord(Purpose.MATCH, topic, given, None, None, Method.FORM, WIDE.id)


@given(st.sampled_from(TERMS), st.sampled_from(TERMS))
def test_law_a_move_that_passes_widens_no_yes(broader: str, agreed: str) -> None:
    own = blank_term("own.new", "Something new", "neuro")
    before = changed(WORDS, own)
    after = changed(before, replace(own, broader=broader))
    person = someone("own.new", wide_yes(agreed))
    rules = [ConsentRules({WIDE.id: WIDE}, each.broader_terms) for each in (before, after)]
    stretched = widened((person,), rules[0], rules[1], DAY)
    gained = rules[1].rule(person.consents, Purpose.MATCH, "own.new", DAY).valid
    assert bool(stretched) == gained == (agreed == broader or agreed in WORDS.broader_terms(broader))


def test_a_yes_counts_from_the_day_on_which_the_topic_stood_there() -> None:
    words = changed(WORDS, blank_term("own.new", "Something new", "neuro.adhd"))
    rules = ConsentRules({WIDE.id: WIDE}, words.broader_terms)
    placed = {"own.new": TermStanding(DAY)}
    earlier = wide_yes("neuro.adhd", date(2026, 9, 1))
    assert older_yes(someone("own.new", earlier), "own.new", placed, rules, DAY) == earlier
    assert older_yes(someone("own.new", wide_yes("neuro.adhd")), "own.new", placed, rules, DAY) is None
    own_no = replace(wide_yes("own.new"), withdrawn=DAY)
    assert older_yes(someone("own.new", earlier, own_no), "own.new", placed, rules, DAY) is None
    assert older_yes(someone("own.new", earlier), "own.new", {}, rules, DAY) is None


def test_a_term_is_judged_beside_the_whole_vocabulary() -> None:
    words: Vocabulary = changed(WORDS, blank_term("own.a", "A thing", "neuro"))
    assert term_faults(words.terms["own.a"], words) == ()
    again = blank_term("own.b", "a THING", "own.b")
    assert [fault.place for fault in term_faults(again, words)] == ["label", "broader"]


def test_the_checks_that_are_missing_are_those_that_nobody_noted() -> None:
    assert Way().missing == CHECKS
    way = Way((Noted(Stage.APPLIED, DAY), Noted(Stage.TRAINING, DAY, "Ruth")))
    assert way.missing == (Stage.TALK, Stage.AGREEMENT)
    assert way.of(Stage.TRAINING) == Noted(Stage.TRAINING, DAY, "Ruth")
    assert way.of(Stage.LEFT) is None
