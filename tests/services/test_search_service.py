"""Searching: what a list may show is found, what nobody revealed or somebody took back is not, and nothing is kept."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from peermatch.model.characteristics import Term
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import EnquirerConsent, Requester
from peermatch.model.network import Network
from peermatch.model.searching import TextKind
from peermatch.services.office import Doors, Services
from peermatch.services.search import MOST_TEXTS, Place, Sort
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, JO, NETWORK, PASSPHRASE, TOM

LETTER = """Dear network,

I am Robin and I failed an exam in Bangor. Please ring 07700 900456 or write to robin@example.org.

Best wishes,
Robin Vale
Zqxward Hospital"""
SHY = replace(ENQUIRY, letter=LETTER)
OPEN = replace(
    SHY,
    reference="E-0143",
    requester=Requester("Sam Orr", "sam@example.org"),
    letter="I am Sam and I failed an exam in Conwy.\n\nBest wishes,\nSam Orr",
    consent=EnquirerConsent(date(2026, 11, 19), Method.EMAIL, "2026-1"),
)
PEOPLE = (
    replace(AMINA, notes="Prefers tea. Was diagnosed with ADHD in 2020; likes Bangor."),
    replace(
        TOM, notes="Walks with Amina, whose attention deficit is no secret, near Conwy. Knows Robin Vale."
    ),
    replace(JO, notes="Robin redbreasts in the garden."),
)
SEARCHED: Network = replace(NETWORK, supporters=PEOPLE, enquiries=(SHY, OPEN))


@pytest.fixture(scope="module")
def services(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network in which letters and notes speak of people; these tests leave it as it is, but for the last."""
    place = tmp_path_factory.mktemp("searched") / "n.peermatch"
    made = doors.create(place, SEARCHED, PASSPHRASE, with_recovery=False).services
    yield made
    made.lock()


def pieces(services: Services, typed: str) -> dict[str, str]:
    """What is shown, by the record that it belongs to."""
    return {each.enquiry or each.supporter: each.piece for each in services.search.texts(typed).shown}


def places(services: Services, typed: str) -> list[Place]:
    return [place for place, _ in services.search.index().names.find(typed, 9)]


def test_people_enquiries_and_topics_are_found_by_what_they_are_called(services: Services) -> None:
    assert places(services, "amina rahman") == [Place(Sort.PERSON, supporter="S-0001")]
    assert places(services, "Amnia")[0] == Place(Sort.PERSON, supporter="S-0001")
    assert places(services, "142") == [Place(Sort.ENQUIRY, "E-0142")]
    assert places(services, "S-0002") == [Place(Sort.PERSON, supporter="S-0002")]
    assert places(services, "dyslexia")[0] == Place(Sort.TOPIC, topic="neuro.dyslexia")
    assert {Place(Sort.ENQUIRY, "E-0142"), Place(Sort.ENQUIRY, "E-0143")} <= set(places(services, "adhd"))


def test_a_topic_comes_first_by_its_label_id_and_abbreviation(services: Services) -> None:
    vocabulary = services.desk.snapshot.reference.vocabulary
    names = services.search.index().names

    def called(term: Term) -> set[str]:
        return {each.casefold() for each in (term.id, term.label, *term.abbreviations)}

    for term in vocabulary.terms.values():
        for typed in sorted(called(term)):
            ((place, _),) = names.find(typed, 1)
            assert typed in called(vocabulary.terms[place.topic]), typed
    ((first, _),) = names.find("ltft", 1)
    assert first == Place(Sort.TOPIC, topic="training.ltft")


def test_an_enquirer_is_found_by_name_only_where_their_name_is_shown_without_asking(
    services: Services,
) -> None:
    assert places(services, "sam orr") == [Place(Sort.ENQUIRY, "E-0143")]
    for typed in ("robin vale", "robin", "vale"):
        assert Place(Sort.ENQUIRY, "E-0142") not in places(services, typed)


def test_letters_are_found_but_not_by_who_wrote_them_or_how_to_reach_them(services: Services) -> None:
    found = pieces(services, "failed exam")
    assert set(found) == {"E-0142", "E-0143"}
    assert found["E-0142"].endswith("and I failed an exam in Bangor. Please ring…")
    for typed in ("robin vale", "vale", "07700", "900456", "robin@example.org", "zqxward"):
        assert "E-0142" not in pieces(services, typed), typed
    assert "E-0143" in pieces(services, "sam orr")


def test_a_hidden_name_is_hidden_in_the_notes_of_others_too(services: Services) -> None:
    assert pieces(services, "robin vale") == {}
    assert pieces(services, "knows") == {"S-0002": "…attention deficit is no secret, near Conwy. Knows…"}
    assert set(pieces(services, "robin")) == {"S-0003"}


def test_too_little_and_nothing_are_not_looked_for(services: Services) -> None:
    for typed in ("", "a", " - ", '"', "*"):
        assert services.search.texts(typed).shown == ()


def test_an_index_that_is_out_of_date_hides_what_is_hidden_now(services: Services) -> None:
    index = services.search.index()
    assert services.search.texts("failed exam", index) == services.search.texts("failed exam")
    services.enquiries.set_safe_contact("E-0143", "by post")
    assert services.search.texts("failed exam", index) == services.search.texts("failed exam")


def test_what_is_looked_for_is_written_nowhere(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    before = services.upkeep.journal()
    with caplog.at_level(logging.DEBUG):
        services.search.texts("zqxsought bangor")
    assert services.upkeep.journal() == before
    assert "zqxsought" not in caplog.text


def test_many_texts_are_cut_and_said_to_be_more(services: Services, doors: Doors) -> None:
    people = tuple(
        replace(JO, id=f"S-{n:04d}", email=f"p{n}@example.org", notes="the same zqxword") for n in range(20)
    )
    place = services.folder.with_name("many.peermatch")
    many = doors.create(
        place, replace(NETWORK, supporters=people, enquiries=()), PASSPHRASE, with_recovery=False
    )
    found = many.services.search.texts("zqxword")
    assert (len(found.shown), found.more) == (MOST_TEXTS, True)
    many.services.lock()


def test_a_topic_that_was_taken_back_is_found_in_no_text_about_them(services: Services) -> None:
    assert set(pieces(services, "adhd")) == {"S-0001"}
    assert "S-0002" in pieces(services, "attention deficit")
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    assert pieces(services, "adhd") == {}
    assert pieces(services, "attention deficit") == {}
    assert pieces(services, "tea") == {"S-0001": "Prefers tea. Was diagnosed with…"}
    assert "S-0001" in pieces(services, "bangor")
    assert "attention" not in pieces(services, "walks")["S-0002"]
    services.consent.withdraw_everything("S-0001", DAY)
    assert "exam" not in " ".join(each for id, each in pieces(services, "exam").items() if id == "S-0001")
    assert services.search.texts("tea").shown[0].kind is TextKind.NOTES
    assert EXAM not in " ".join(map(str, services.search.texts("tea").shown))
