"""Organisations, sites and towns: what is at one, and how far it is from one place to another."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.organisations import EARTH_RADIUS_KM, Organisations, distance_km

TEXT = (Path(__file__).parents[2] / "resources/vocabulary/organisations.toml").read_text("utf-8")
ORGANISATIONS = Organisations.parse(TEXT)
PLACES = st.sampled_from(sorted({*ORGANISATIONS.organisations, *ORGANISATIONS.sites, "not-known"}))
POSITIONS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))

SMALL = """
[[region]]
id = "r"
label = "Region"
[[organisation]]
id = "old"
name = "Old"
kind = "acute"
region = "r"
status = "closed"
successors = ["middle"]
town = "Here"
latitude = 53.0
longitude = -2.0
[[organisation]]
id = "middle"
name = "Middle"
kind = "acute"
region = "r"
status = "closed"
successors = ["new", "old"]
town = "Here"
[[organisation]]
id = "new"
name = "New"
kind = "acute"
region = "r"
status = "open"
[[site]]
id = "ward"
name = "Ward"
organisation = "old"
town = "Here"
latitude = 54.0
longitude = -3.0
[[town]]
id = "here"
name = "Here"
latitude = 10.0
longitude = 10.0
also_written = ["Yonder"]
"""


def test_organisations_and_sites_are_known_by_name() -> None:
    assert ORGANISATIONS.knows("mft")
    assert ORGANISATIONS.knows("mri")
    assert not ORGANISATIONS.knows("not-known")
    assert ORGANISATIONS.name("mri") == "Manchester Royal Infirmary"
    assert ORGANISATIONS.name("lthtr") == "Lancashire Teaching Hospitals NHS Foundation Trust"
    assert ORGANISATIONS.name("not-known") == "not-known"
    assert ORGANISATIONS.trust_of("mri") == "mft" == ORGANISATIONS.trust_of("mft")
    assert ORGANISATIONS.trust_of("not-known") == "not-known"
    assert "mft" in {each.id for each in ORGANISATIONS.all}


def test_a_site_is_at_one_with_its_trust_and_with_a_closed_one_that_went_into_it() -> None:
    assert ORGANISATIONS.at_one("mri", "wythenshawe")
    assert ORGANISATIONS.at_one("cmft", "mft")
    assert ORGANISATIONS.at_one("mri", "pennine-acute")
    assert ORGANISATIONS.at_one("whh", "bridgewater"), "they become one organisation"
    assert ORGANISATIONS.at_one("trafford-healthcare", "wythenshawe"), "over two steps"
    assert not ORGANISATIONS.at_one("mft", "nca"), "though a third trust went into both"
    assert not ORGANISATIONS.at_one("mft", "lthtr")
    assert ORGANISATIONS.family("mri") == {"mft"}
    assert ORGANISATIONS.family("not-known") == {"not-known"}


def test_successors_are_followed_step_by_step_and_a_ring_comes_to_an_end() -> None:
    small = Organisations.parse(SMALL)
    assert small.family("ward") == {"old", "middle", "new"}
    assert small.family("new") == {"new"}
    assert small.at_one("ward", "new")


@given(PLACES, PLACES)
def test_at_one_is_symmetric_and_reflexive(a: str, b: str) -> None:
    assert ORGANISATIONS.at_one(a, a)
    assert ORGANISATIONS.at_one(a, b) == ORGANISATIONS.at_one(b, a)


@given(PLACES)
def test_a_place_is_at_one_with_all_its_family(a: str) -> None:
    family = ORGANISATIONS.family(a)
    assert ORGANISATIONS.trust_of(a) in family
    assert all(ORGANISATIONS.family(each) <= family and ORGANISATIONS.at_one(a, each) for each in family)


def test_counties_are_parts_of_the_region() -> None:
    assert ORGANISATIONS.county("mri") == "Greater Manchester"
    assert ORGANISATIONS.county("lthtr") == "Lancashire and South Cumbria"
    assert ORGANISATIONS.county("lead-employer") is None, "it serves the whole region"
    assert ORGANISATIONS.county("not-known") is None


def test_towns_of_organisations() -> None:
    assert ORGANISATIONS.town("royal-lancaster") == "Lancaster"
    assert ORGANISATIONS.town("lthtr") == "Preston"
    assert ORGANISATIONS.town("gp-practice") is None
    assert ORGANISATIONS.town("not-known") is None


def test_a_person_is_where_the_organisation_is_else_in_the_town_they_name() -> None:
    assert ORGANISATIONS.position("royal-preston", "Barrow") == (53.7915, -2.7068)
    assert ORGANISATIONS.position("gp-practice", "Nelson") == ORGANISATIONS.position(None, "  NELSON ")
    assert ORGANISATIONS.position("pennine-care", "Rochdale") == ORGANISATIONS.position(None, "rochdale")
    assert ORGANISATIONS.position("pennine-care", None) == ORGANISATIONS.position(None, "Ashton-under-Lyne")
    assert ORGANISATIONS.position("pennine-care", "Atlantis") == ORGANISATIONS.position(None, "Ashton")
    assert ORGANISATIONS.position(None, None) is None
    assert ORGANISATIONS.position(None, "Atlantis") is None
    assert ORGANISATIONS.position("gp-practice", None) is None
    assert ORGANISATIONS.position("not-known", "St  Helens") == ORGANISATIONS.position(None, "st helens")


def test_a_town_lies_amid_what_is_in_it_and_the_table_fills_the_gaps() -> None:
    small = Organisations.parse(SMALL)
    assert small.position(None, "here") == (53.5, -2.5) == small.position(None, "yonder")
    assert small.position("middle", None) == (53.5, -2.5)
    assert small.known_towns == ("Here",)
    assert {"Preston", "Lancaster", "Nelson", "Barrow-in-Furness"} <= set(ORGANISATIONS.known_towns)
    assert list(ORGANISATIONS.known_towns) == sorted(ORGANISATIONS.known_towns)


def test_every_town_known_has_a_place() -> None:
    assert [name for name in ORGANISATIONS.known_towns if ORGANISATIONS.position(None, name) is None] == []


def test_distances_are_those_on_the_map() -> None:
    preston, lancaster = (
        ORGANISATIONS.position("royal-preston", None),
        ORGANISATIONS.position("royal-lancaster", None),
    )
    assert preston is not None
    assert lancaster is not None
    assert distance_km(preston, lancaster) == pytest.approx(28.6, abs=0.2)
    quarter = math.pi / 2 * EARTH_RADIUS_KM
    assert distance_km((0, 0), (0, 90)) == pytest.approx(quarter)
    assert distance_km((90, 0), (-90, 0)) == pytest.approx(2 * quarter)


@given(POSITIONS, POSITIONS)
def test_distance_is_symmetric_and_never_more_than_half_way_round(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    assert distance_km(a, a) == 0
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= math.pi * EARTH_RADIUS_KM + 1e-6


@given(POSITIONS, POSITIONS, POSITIONS)
def test_no_way_round_is_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


def test_all_faults_are_named_at_once() -> None:
    wrong = SMALL.replace('region = "r"\nstatus = "open"', 'region = "s"\nstatus = "open"\nlatitude = 53.0')
    wrong = wrong.replace('successors = ["middle"]', 'successors = ["nobody"]').replace(
        "latitude = 54.0", "latitude = 154.0"
    )
    wrong = wrong.replace("longitude = -3.0", "longitude = -190")
    wrong += '[[site]]\nid = "new"\nname = "Twice"\norganisation = "gone"\n[[town]]\nid = "t"\nname = "T"\n'
    with pytest.raises(BadInput) as caught:
        Organisations.parse(wrong)
    assert [fault.place for fault in caught.value.faults] == [
        "organisation[2].latitude",
        "site[0].latitude",
        "site[0].longitude",
        "town[1].latitude",
        "old",
        "new",
        "new",
        "new",
    ]


def test_a_saint_is_one_town_however_it_is_written() -> None:
    at = ORGANISATIONS.position(None, "St Helens")
    assert at is not None
    for written in ("St. Helens", "Saint  Helens", "SAINT HELENS"):
        assert ORGANISATIONS.position(None, written) == at
        assert ORGANISATIONS.spelling(written) == "St Helens"
    assert ORGANISATIONS.spelling("Saintbury") == "Saintbury"
