"""Supporters' records: added and edited, with everything wrong said at once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.consent import Purpose
from peermatch.model.people import Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.services.office import Services
from tests.networks import ADHD, AMINA, DAY, EXAM, yes

NEW = replace(AMINA, id="", name="Wen Li", known_as=None, email="wen@example.org", phone=None)


def faults(services: Services, person: Supporter) -> list[str]:
    return [fault.place for fault in services.supporters.faults(person)]


def test_a_new_supporter_gets_the_next_id_and_is_suggested(services: Services) -> None:
    done = services.supporters.add(NEW)
    assert done.touched.supporters == {"S-0005"}
    assert services.desk.snapshot.supporters["S-0005"] == replace(NEW, id="S-0005")
    assert "S-0005" in [s.supporter for s in services.shortlists.of("E-0142", DAY).suggested]
    assert services.upkeep.journal()[0].object == "S-0005"


def test_an_own_id_is_kept_and_a_taken_one_is_refused(services: Services) -> None:
    services.supporters.add(replace(NEW, id="vol-7"))
    assert services.desk.snapshot.supporters["vol-7"].name == "Wen Li"
    with pytest.raises(BadInput, match="already a supporter S-0001"):
        services.supporters.add(replace(NEW, id="S-0001"))
    assert services.desk.snapshot.supporters["S-0001"] == AMINA


def test_a_supporter_without_consent_can_be_added_and_taken_back(services: Services) -> None:
    before = services.shortlists.of("E-0142", DAY)
    done = services.supporters.add(replace(NEW, consents=()))
    assert "S-0005" in [r.supporter for r in services.shortlists.of("E-0142", DAY).refused]
    services.upkeep.undo(done)
    assert services.shortlists.of("E-0142", DAY) == before
    assert "S-0005" not in services.desk.snapshot.supporters


def test_consent_that_comes_along_rests_on_a_wording_that_is_held(services: Services) -> None:
    with pytest.raises(BadInput, match="no wording lost"):
        services.supporters.add(replace(NEW, consents=(replace(yes(Purpose.HOLD), wording="lost"),)))
    assert "S-0005" not in services.desk.snapshot.supporters


def test_a_record_is_changed_but_its_consent_is_not(services: Services) -> None:
    edited = replace(AMINA, name="Amina Rahman-Bell", capacity=0, characteristics=(EXAM,), consents=())
    done = services.supporters.change(edited)
    assert services.desk.snapshot.supporters["S-0001"] == replace(edited, consents=AMINA.consents)
    assert "Amina" in done.notice
    services.upkeep.undo(done)
    assert services.desk.snapshot.supporters["S-0001"] == AMINA


def test_every_field_is_kept(services: Services) -> None:
    whole = Supporter(
        id="S-0001",
        name="Zoë  ‘Zed’ Ωmega 👩‍⚕️",
        known_as="Zed",
        pronouns="they/them",
        email="zed@example.org",
        other_emails=("z@example.org",),
        phone="+44 7700 900 123",
        prefers=Channel.PHONE,
        languages=("en", "cy"),
        grade="st4",
        specialty="general-psychiatry",
        organisation="mft",
        place="Manchester",
        programmes=("peer-support", "buddies-2"),
        status=SupporterStatus.CHECKED,
        paused_until=date(2027, 1, 1),
        available_from=date(2026, 1, 1),
        available_until=date(2028, 2, 29),
        capacity=5,
        boundaries=Boundaries(False, False, ("lthtr",), ("anaesthetics",), ("neuro", ADHD)),
        relations=(Relation("t@example.org", "same team", DAY, None),),
        characteristics=(EXAM, ADHD),
        consents=AMINA.consents,
        notes="=1+1\nline two",
    )
    services.supporters.change(whole)
    assert services.desk.snapshot.supporters["S-0001"] == whole
    assert services.upkeep.check().damage == ()


def test_who_is_not_held_cannot_be_changed(still: Services) -> None:
    with pytest.raises(BadInput, match="no supporter S-0999"):
        still.supporters.change(replace(AMINA, id="S-0999"))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": "  "}, "name"),
        ({"name": "\u202e"}, "name"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": 51}, "capacity"),
        ({"capacity": 7_700_900_123}, "capacity"),
        ({"capacity": 447_700_900_123_447_700_900_123}, "capacity"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "email"),
        ({"email": "a@example.org, b@example.org"}, "email"),
        ({"other_emails": ("a@example.org", "broken@")}, "email"),
        ({"grade": "st99"}, "grade"),
        ({"specialty": "alchemy"}, "specialty"),
        ({"organisation": "atlantis"}, "organisation"),
        ({"characteristics": (ADHD, "no.such")}, "characteristics"),
        ({"characteristics": ("neuro",)}, "characteristics"),
        ({"boundaries": Boundaries(topics=("no.such",))}, "boundaries"),
        ({"boundaries": Boundaries(organisations=("no.such",))}, "boundaries"),
        ({"boundaries": Boundaries(specialties=("no.such",))}, "boundaries"),
        ({"programmes": ("Peer Support",)}, "programmes"),
        ({"programmes": ("",)}, "programmes"),
        ({"programmes": ("a" * 41,)}, "programmes"),
        ({"relations": (Relation("t@example.org", "friend", DAY),)}, "relations"),
        ({"relations": (Relation(" ", "trainer", DAY),)}, "relations"),
        ({"consents": (yes(Purpose.MATCH, "no.such"),)}, "consents"),
    ],
)
def test_each_fault_is_named_by_its_field(still: Services, change: dict[str, object], place: str) -> None:
    assert faults(still, replace(NEW, **change)) == [place]  # type: ignore[arg-type]  # fields of a supporter


def test_all_faults_are_said_at_once_and_nothing_is_saved(still: Services) -> None:
    bad = replace(
        AMINA,
        name="",
        capacity=-2,
        email="x",
        grade="?",
        specialty="?",
        organisation="?",
        characteristics=("?", "!"),
    )
    for press in (still.supporters.add, still.supporters.change):
        with pytest.raises(BadInput, match="not saved") as error:
            press(bad)
        assert [fault.place for fault in error.value.faults] == [
            "name",
            "capacity",
            "email",
            "grade",
            "specialty",
            "organisation",
            "characteristics",
            "characteristics",
        ]
    assert still.desk.snapshot.supporters["S-0001"] == AMINA


@pytest.mark.parametrize("address", ["a@example.org", "a.b+c@sub.trust.example", "ünï@example.org", None, ""])
def test_addresses_in_use_are_no_fault(still: Services, address: str | None) -> None:
    assert faults(still, replace(NEW, email=address)) == []


def test_what_is_not_known_is_no_fault(still: Services) -> None:
    assert faults(still, Supporter(id="", name="Jo")) == []


def mostly(*good: object) -> st.SearchStrategy[object]:
    """One of these, and seldom what a form should not take."""
    return st.sampled_from((*good * 4, "", " ", "\u202e", "Not At All"))


def lists(*good: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(mostly(*good), max_size=2).map(tuple)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Supporter,
        id=st.just(""),
        name=mostly("Jo Kay", "Wen  Li"),
        email=st.none() | mostly("jo@example.org"),
        grade=st.none() | mostly("st4"),
        organisation=st.none() | mostly("mft"),
        programmes=lists("peer-support"),
        capacity=st.integers(-1, 5),
        relations=st.lists(
            st.builds(Relation, mostly("t@example.org"), mostly("trainer", "same team"), st.just(DAY)),
            max_size=1,
        ).map(tuple),
        characteristics=lists(ADHD, EXAM),
    )
)
def test_law_whatever_is_saved_is_sound(services: Services, person: Supporter) -> None:
    """What the form takes, a portable file takes: `check` finds nothing wrong with it afterwards."""
    if services.supporters.faults(person):
        with pytest.raises(BadInput, match="not saved"):
            services.supporters.add(person)
        return
    done = services.supporters.add(person)
    assert services.upkeep.check().damage == ()
    services.upkeep.undo(done)
