"""Signposts as a network knows them: its own words over the shipped ones, its own services, and how fresh each is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.characteristics import Vocabulary
from peermatch.model.signpost_check import NEVER, aloud, check_of, initials
from peermatch.model.signpost_own import LIMITS, NetworkSignpost, ServiceWords, next_own_id, refuse_faults
from peermatch.model.signposts import Signposts, line_of

FOLDER = Path(__file__).parents[2] / "resources" / "vocabulary"
VOCABULARY = Vocabulary.parse((FOLDER / "characteristics.toml").read_text("utf-8"))
SHIPPED = Signposts.parse((FOLDER / "signposts.toml").read_text("utf-8")).linked(VOCABULARY)
DAY = date(2026, 11, 20)
WORDS = ServiceWords("Canal Street listening room", "Somebody to talk to.", phone="0161 496 0000", area="gm")


def places(words: ServiceWords) -> list[str]:
    """The fields that something is wrong with, once the words are tidy."""
    return [each.place for each in words.tidy().faults(SHIPPED.areas, VOCABULARY.terms)]


def known(*said: NetworkSignpost) -> Signposts:
    """The list with what a network says of it."""
    return SHIPPED.of_network(said, VOCABULARY)


def test_a_service_of_the_networks_own_is_found_like_any_other() -> None:
    lists = known(NetworkSignpost("own-1", DAY, words=replace(WORDS, topics=("treatment.racism",))))
    assert lists.for_topics(["treatment.racism.microaggression"])[0].id == "own-1", (
        "before those that everybody knows"
    )
    assert lists.topics_of("own-1")
    assert "own-1" not in {e.id for e in lists.for_topics(["treatment.racism"], "merseyside")}
    assert line_of(lists.signposts["own-1"]) == "Canal Street listening room: 0161 496 0000"
    assert lists.signposts["own-1"].own
    assert "own-1" not in lists.shipped


def test_a_crisis_line_of_the_networks_own_stands_among_the_urgent() -> None:
    lists = known(NetworkSignpost("own-1", DAY, words=replace(WORDS, urgent=True)))
    assert [each.id for each in lists.urgent][:1] == ["emergency-999"]
    assert lists.urgent[-1].id == "own-1"
    assert lists.all[: len(lists.urgent)] == lists.urgent


def test_the_networks_words_stand_over_the_shipped_ones_and_change_nothing_else() -> None:
    corrected = replace(WORDS, name="Samaritans", phone="116 000", area="gm", urgent=False)
    lists = known(NetworkSignpost("samaritans", DAY, words=corrected))
    post, shipped = lists.signposts["samaritans"], SHIPPED.signposts["samaritans"]
    assert (post.phone, post.corrected, post.own, post.checked) == ("116 000", True, False, DAY)
    assert (post.area, post.urgent, post.order) == (shipped.area, True, shipped.order)
    assert lists.shipped["samaritans"] == shipped
    assert [e.id for e in lists.all] == [e.id for e in SHIPPED.all]


def test_what_is_not_offered_is_found_nowhere_and_comes_back() -> None:
    away = known(NetworkSignpost("psw-nw", offered=False))
    assert "psw-nw" not in {each.id for each in (*away.all, *away.for_topics(["neuro.adhd"]))}
    assert away.of_network((), VOCABULARY).all == SHIPPED.all


def test_a_service_that_a_newer_program_no_longer_ships_stays_in_the_networks_words_alone() -> None:
    lists = known(NetworkSignpost("gone", DAY), NetworkSignpost("gone-too", DAY, words=WORDS))
    assert "gone" not in lists.signposts
    assert lists.signposts["gone-too"].name == WORDS.name


@given(st.sets(st.sampled_from(sorted(SHIPPED.signposts)), max_size=6), st.booleans())
def test_what_is_said_of_some_leaves_the_others_alone(ids: set[str], offered: bool) -> None:
    lists = known(*(NetworkSignpost(id, DAY, offered) for id in ids))
    others = [each for each in lists.all if each.id not in ids]
    assert others == [each for each in SHIPPED.all if each.id not in ids]
    assert {each.id for each in lists.all} & ids == (ids if offered else set())


@pytest.mark.parametrize(
    ("checked", "source_date", "recheck", "due", "words"),
    [
        (DAY, "2015", True, False, "checked on 20 November 2026"),
        (date(2025, 11, 21), "", True, False, "checked on 21 November 2025"),
        (date(2025, 11, 20), "", True, True, "not checked since 20 November 2025"),
        (None, "2026-01-18", False, False, "seen on 18 January 2026"),
        (None, "2026-01-18", True, True, "not checked since 18 January 2026"),
        (None, "2020-11", True, True, "not checked since November 2020"),
        (None, "2019", False, True, "not checked since 2019"),
        (None, "undated", True, True, NEVER),
        (None, "2020-13", True, True, NEVER),
        (None, "", False, True, NEVER),
    ],
)
def test_freshness_in_words(
    checked: date | None, source_date: str, recheck: bool, due: bool, words: str
) -> None:
    post = replace(SHIPPED.signposts["samaritans"], checked=checked, source_date=source_date, recheck=recheck)
    check = check_of(post, DAY)
    assert (check.due, check.words) == (due, words)


def test_numbers_are_read_digit_by_digit_and_names_by_their_first_letters() -> None:
    assert aloud("0808 2000 247") == "0 8 0 8, 2 0 0 0, 2 4 7"
    assert aloud("SHOUT to 85258") == "SHOUT to 8 5 2 5 8"
    assert initials("National Domestic Abuse Helpline (Refuge)") == "N. D. A. H."
    assert initials("999") == "9."
    assert all(initials(each.name) for each in SHIPPED.all)


def test_pasted_words_are_tidied() -> None:
    pasted = replace(WORDS, name=" Canal\r\nStreet\u2003room \u202e", phone="0161\t496 0000")
    tidy = pasted.tidy()
    assert (tidy.name, tidy.phone) == ("Canal Street room", "0161 496 0000")
    assert places(pasted) == []


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = ServiceWords(
        " ",
        "x" * 601,
        phone="ring us",
        email="a@b@example.org",
        url="https://nhs.example@evil.example/",
        area="mars",
        urgent=True,
        topics=("not.known",),
    )
    assert places(wrong) == ["summary", "name", "phone", "email", "url", "area", "topics"]
    with pytest.raises(BadInput) as caught:
        refuse_faults(wrong.tidy().faults(SHIPPED.areas, VOCABULARY.terms))
    assert len(caught.value.faults) == 7
    refuse_faults(())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "www.example.org", "https://", "https://a b.example", "http://[::1"]
)
def test_a_web_address_is_whole(url: str) -> None:
    assert places(replace(WORDS, url=url)) == ["url"]


def test_help_in_a_crisis_has_a_number() -> None:
    assert places(replace(WORDS, phone="", url="https://www.example.org", urgent=True)) == ["phone"]
    assert places(replace(WORDS, phone="", text="HELP to 85258", urgent=True)) == []
    assert places(replace(WORDS, phone="0161 496 {code}")) == ["phone"]


@given(st.sampled_from(sorted(LIMITS)), st.text(max_size=60))
def test_whatever_is_typed_is_right_or_said_beside_its_field(field: str, typed: str) -> None:
    words = replace(WORDS, **{field: typed})  # type: ignore[arg-type]  # the limits are those of texts
    assert set(places(words)) <= {field}
    assert words.tidy() == words.tidy().tidy()


def test_beside_a_risk_stand_the_crisis_lines_and_a_few_for_what_was_written() -> None:
    found = SHIPPED.beside_risk(["life.domestic-abuse.current"])
    assert found[: len(SHIPPED.urgent)] == SHIPPED.urgent
    assert "national-da-helpline" in {each.id for each in found}
    assert len(found) == len({each.id for each in found}) == len(SHIPPED.urgent) + 6
    assert SHIPPED.beside_risk([]) == SHIPPED.urgent


def test_ids_of_ones_own_go_on() -> None:
    assert next_own_id(()) == "own-1"
    assert next_own_id(("own-2", "own-9", "own-x", "samaritans")) == "own-10"
