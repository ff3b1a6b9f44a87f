"""Services to offer: found by topic and by area, the most urgent first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.characteristics import Vocabulary, parse_terms
from peermatch.model.signposts import Signpost, Signposts

FOLDER = Path(__file__).parents[2] / "resources" / "vocabulary"
VOCABULARY = Vocabulary.parse((FOLDER / "characteristics.toml").read_text("utf-8"))
BARE = Signposts.parse((FOLDER / "signposts.toml").read_text("utf-8"))
SIGNPOSTS = BARE.linked(VOCABULARY)
TOPICS = st.lists(st.sampled_from(sorted(VOCABULARY.terms)), max_size=5)
AREAS = st.none() | st.sampled_from(sorted(SIGNPOSTS.areas))


def ids(found: tuple[Signpost, ...]) -> list[str]:
    """The ids in the order given."""
    return [each.id for each in found]


def test_help_in_a_crisis_comes_first() -> None:
    assert ids(SIGNPOSTS.urgent)[:4] == ["emergency-999", "nhs-111-mh", "samaritans", "shout"]
    assert ids(SIGNPOSTS.all)[: len(SIGNPOSTS.urgent)] == ids(SIGNPOSTS.urgent)
    assert SIGNPOSTS.signposts["shout"].text == "SHOUT to 85258"


def test_topics_lead_to_services_in_order() -> None:
    assert ids(SIGNPOSTS.for_topics(["neuro.adhd"])) == ["psw-nw", "occupational-health", "access-to-work"]
    both = SIGNPOSTS.for_topics(["neuro.adhd", "training.ltft"])
    assert [each.order for each in both] == sorted(each.order for each in both)
    assert SIGNPOSTS.for_topics([]) == () == SIGNPOSTS.for_topics(["not.known"])
    assert BARE.for_topics(["neuro.adhd"]) == (), "nothing is linked yet"


def test_a_narrower_topic_leads_to_the_services_of_the_broader_too() -> None:
    assert "eass" not in VOCABULARY.terms["treatment.racism.microaggression"].signposts
    assert "eass" in ids(SIGNPOSTS.for_topics(["treatment.racism.microaggression"]))


def test_local_services_are_for_their_area() -> None:
    def found(area: str | None) -> list[str]:
        return ids(SIGNPOSTS.for_topics(["life.domestic-abuse.current"], area))

    assert {"gm-da-helpline", "merseyside-da-helpline"} <= set(found(None))
    assert "gm-da-helpline" in found("gm-bolton")
    assert "merseyside-da-helpline" not in found("gm-bolton")
    assert "gm-da-helpline" not in found("merseyside")
    assert "national-da-helpline" in found("merseyside")
    assert "ftsu-guardian" in ids(SIGNPOSTS.for_topics(["treatment.bullying"], "gm")), (
        "at the person's own trust"
    )
    assert found("not-known") == [], "an area that nobody knows is served by nobody but their own trust"


@given(TOPICS, AREAS)
def test_an_area_only_takes_away(topics: list[str], area: str | None) -> None:
    assert set(ids(SIGNPOSTS.for_topics(topics, area))) <= set(ids(SIGNPOSTS.for_topics(topics)))


@given(TOPICS)
def test_the_order_of_topics_changes_nothing(topics: list[str]) -> None:
    assert SIGNPOSTS.for_topics(topics) == SIGNPOSTS.for_topics(reversed(topics))


def test_all_faults_are_named_at_once() -> None:
    text = '[[area]]\nid = "a"\nlabel = "A"\nwithin = "b"\n[[signpost]]\nid = "s"\nname = "S"\nkind = "k"\n'
    with pytest.raises(BadInput) as caught:
        Signposts.parse(text + 'audience = "all"\narea = "c"\norder = 1\nurgent = 1\n')
    assert [fault.place for fault in caught.value.faults] == [
        "signpost[0].summary",
        "signpost[0].urgent",
        "a",
        "s",
    ]


def test_a_ring_of_areas_comes_to_an_end() -> None:
    text = '[[area]]\nid = "a"\nlabel = "A"\nwithin = "b"\n[[area]]\nid = "b"\nlabel = "B"\nwithin = "a"\n'
    text += '[[signpost]]\nid = "psw-nw"\nname = "S"\nkind = "k"\naudience = "all"\narea = "b"\n'
    text += 'order = 1\nsummary = "s"\n'
    rows = [{"id": "g.t", "label": "T", "broader": "neuro", "signposts": ["psw-nw"]}]
    own = Vocabulary(VOCABULARY.groups, {each.id: each for each in parse_terms(rows)})
    assert ids(Signposts.parse(text).linked(own).for_topics(["g.t"], "a")) == ["psw-nw"]


def test_a_term_may_only_name_services_that_exist() -> None:
    rows = [{"id": "neuro.new", "label": "New", "broader": "neuro", "signposts": ["nobody"]}]
    with pytest.raises(BadInput) as caught:
        BARE.linked(VOCABULARY.extended(parse_terms(rows)))
    assert [fault.place for fault in caught.value.faults] == ["neuro.new.signposts"]
