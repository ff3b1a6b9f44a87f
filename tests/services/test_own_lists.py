"""The network's own characteristics and organisations: kept, moved, retired, undone, and what each would change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.exchange.portable import dump_network, parse_network
from peermatch.model.characteristics import Term
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import Exclusions
from peermatch.model.organisations import Organisation
from peermatch.model.text import one_line
from peermatch.model.verdict import Code
from peermatch.services.effects import Effect
from peermatch.services.office import Services
from peermatch.services.organisations import OwnOrganisations
from peermatch.services.terms import Terms
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, NETWORK
from tests.services.desks import WIDE

LATER = date(2027, 4, 1)
EARLIER = date(2026, 9, 12)


@pytest.fixture
def terms(services: Services) -> Terms:
    return services.own.terms


@pytest.fixture
def places(services: Services) -> OwnOrganisations:
    return services.own.organisations


def added(terms: Terms, label: str = "Tinnitus", broader: str = "neuro") -> str:
    terms.add(terms.draft(label, broader), DAY)
    return next(each.term.id for each in terms.every(DAY) if each.term.label == one_line(label))


def term(terms: Terms, id: str) -> Term:
    return next(each.term for each in terms.every(DAY) if each.term.id == id)


def give(services: Services, id: str, topic: str, on: date = DAY, wording: str = "2026-1") -> None:
    record = ConsentRecord(Purpose.MATCH, topic, on, None, None, Method.FORM, wording)
    services.consent.give_all(id, (record,), on)


def lists(services: Services, id: str, topic: str) -> None:
    person = services.desk.snapshot.supporters[id]
    services.supporters.change(replace(person, characteristics=(*person.characteristics, topic)))


def suggested(services: Services) -> list[str]:
    return [each.supporter for each in services.shortlists.of("E-0142", DAY).suggested]


# Characteristics.


def test_a_new_one_is_found_in_the_next_ranking(services: Services, terms: Terms) -> None:
    own = added(terms, " Ringing in the  ears ")
    assert own == "own.ringing-in-the-ears"
    services.enquiries.set_needs("E-0142", (own,), ())
    assert suggested(services) == []
    give(services, "S-0002", own)
    lists(services, "S-0002", own)
    assert suggested(services) == ["S-0002"]
    assert terms.every(DAY)[0].holders == ("S-0002",)
    assert services.upkeep.check().damage == ()


def test_a_rename_keeps_the_id_and_every_consent(services: Services, terms: Terms) -> None:
    own = added(terms)
    give(services, "S-0002", own)
    lists(services, "S-0002", own)
    before = services.consent.records("S-0002")
    done = terms.change(replace(term(terms, own), label="Ringing ears", extra_sensitive=True), DAY)
    assert (term(terms, own).label, term(terms, own).extra_sensitive) == ("Ringing ears", True)
    assert services.consent.records("S-0002") == before
    services.upkeep.undo(done)
    assert term(terms, own).label == "Tinnitus"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"label": "  "}, "label"),
        ({"label": "x" * 81}, "label"),
        ({"label": "adhd"}, "label"),
        ({"broader": ""}, "broader"),
        ({"broader": "no.such"}, "broader"),
        ({"description": "x" * 501}, "description"),
        ({"synonyms": ("x",) * 3 + tuple(map(str, range(41)))}, "synonyms"),
        ({"related": (("neuro", 0.5),)}, "related"),
        ({"related": ((ADHD, 1.0),)}, "related"),
    ],
)
def test_what_is_wrong_stands_at_its_field(still: Services, change: dict[str, object], place: str) -> None:
    draft = replace(still.own.terms.draft("Tinnitus", "neuro"), **change)  # type: ignore[arg-type]  # fields of a term
    with pytest.raises(BadInput) as refused:
        still.own.terms.add(draft, DAY)
    assert {fault.place for fault in refused.value.faults} == {place}


def test_it_never_stands_below_itself(services: Services, terms: Terms) -> None:
    upper = added(terms, "Upper")
    lower = added(terms, "Lower", upper)
    with pytest.raises(BadInput) as refused:
        terms.change(replace(term(terms, upper), broader=lower), DAY)
    assert refused.value.faults[0].place == "broader"
    with pytest.raises(Refused, match="Nothing was changed"):
        terms.change(term(terms, upper), DAY)


def test_a_relation_brings_people_near(services: Services, terms: Terms) -> None:
    own = added(terms)
    give(services, "S-0002", own)
    lists(services, "S-0002", own)
    services.enquiries.set_needs("E-0142", (), ("neuro.autism",))
    services.supporters.change(replace(services.desk.snapshot.supporters["S-0002"], characteristics=(own,)))
    assert "S-0002" not in suggested(services)
    draft = replace(term(terms, own), related=(("neuro.autism", 0.6),))
    (effect,) = terms.effects(draft, DAY)
    assert [each.supporter for each in effect.comes] == ["S-0002"]
    assert "S-0002" not in suggested(services)
    terms.change(draft, DAY)
    assert "S-0002" in suggested(services)


def test_a_retired_one_stays_with_whoever_has_it(services: Services, terms: Terms) -> None:
    own = added(terms)
    give(services, "S-0002", own)
    lists(services, "S-0002", own)
    with pytest.raises(Refused, match="S-0002 has it"):
        terms.remove(own, DAY)
    done = terms.retire(own, DAY)
    with pytest.raises(Refused, match="retired already"):
        terms.retire(own, DAY)
    services.enquiries.set_needs("E-0142", (own,), ())
    assert suggested(services) == ["S-0002"]
    with pytest.raises(BadInput) as refused:
        lists(services, "S-0001", own)
    assert "retired" in refused.value.faults[0].text
    services.upkeep.undo(done)
    lists(services, "S-0001", own)
    terms.retire(own, DAY)
    terms.offer_again(own)
    assert terms.every(DAY)[0].retired is None


def test_who_took_it_back_is_named_nowhere(services: Services, terms: Terms) -> None:
    own = added(terms)
    give(services, "S-0002", own)
    lists(services, "S-0002", own)
    services.consent.withdraw("S-0002", Purpose.MATCH, own, DAY)
    assert terms.every(DAY)[0].holders == ()
    with pytest.raises(Refused) as refused:
        terms.remove(own, DAY)
    assert "S-0002" not in str(refused.value)


def test_one_that_nothing_names_is_removed_and_comes_back(services: Services, terms: Terms) -> None:
    own = added(terms)
    below = added(terms, "Below", own)
    with pytest.raises(Refused, match="still name it"):
        terms.remove(own, DAY)
    terms.remove(below, DAY)
    done = terms.remove(own, DAY)
    assert terms.every(DAY) == ()
    services.upkeep.undo(done)
    assert [each.term.id for each in terms.every(DAY)] == [own]


def test_an_addition_that_is_used_is_not_taken_back(services: Services, terms: Terms) -> None:
    done = terms.add(terms.draft("Tinnitus", "neuro"), DAY)
    lists(services, "S-0002", "own.tinnitus")
    with pytest.raises(Refused, match="other records name it"):
        services.upkeep.undo(done)
    assert "own.tinnitus" in services.desk.snapshot.reference.vocabulary.terms


# Consent is never widened by a move.


def test_a_move_widens_nobodys_yes(services: Services, terms: Terms) -> None:
    own, upper = added(terms), added(terms, "Hearing")
    give(services, "S-0002", upper, wording=WIDE.id)
    lists(services, "S-0002", own)
    with pytest.raises(BadInput) as refused:
        terms.change(replace(term(terms, own), broader=upper), DAY)
    assert refused.value.faults[0].place == "broader"
    assert "S-0002" in refused.value.faults[0].text
    give(services, "S-0002", own)
    terms.change(replace(term(terms, own), broader=upper), DAY)
    assert term(terms, own).broader == upper


def test_a_yes_that_is_older_than_a_topic_does_not_cover_it(services: Services, terms: Terms) -> None:
    give(services, "S-0002", ADHD, wording=WIDE.id)
    terms.add(terms.draft("Late diagnosis", ADHD), DAY.replace(day=21))
    with pytest.raises(BadInput) as refused:
        lists(services, "S-0002", "own.late-diagnosis")
    assert "older than Late diagnosis" in refused.value.faults[0].text
    give(services, "S-0002", "own.late-diagnosis")
    lists(services, "S-0002", "own.late-diagnosis")


def test_undoing_a_move_widens_nobodys_yes_either(services: Services, terms: Terms) -> None:
    upper = added(terms, "Hearing")
    own = added(terms, "Tinnitus", upper)
    done = terms.change(replace(term(terms, own), broader="neuro"), DAY)
    give(services, "S-0002", upper, wording=WIDE.id)
    lists(services, "S-0002", own)
    with pytest.raises(Refused, match="count for more"):
        services.upkeep.undo(done)


def test_nobodys_broad_yes_of_meanwhile_covers_a_term_that_is_moved_back(
    services: Services, terms: Terms
) -> None:
    upper = added(terms, "Hearing")
    own = added(terms, "Tinnitus", upper)
    done = terms.change(replace(term(terms, own), broader="neuro"), DAY)
    give(services, "S-0002", upper, wording=WIDE.id)
    with pytest.raises(Refused, match="something broader since"):
        services.upkeep.undo(done)
    assert term(terms, own).broader == "neuro"


# Organisations.


def test_a_merger_reaches_whom_an_exclusion_keeps_away(services: Services, places: OwnOrganisations) -> None:
    excluded = replace(ENQUIRY, exclusions=Exclusions(organisations=("elht",)))
    services.enquiries.change(excluded.reference, exclusions=excluded.exclusions)
    assert "S-0002" in suggested(services)
    draft = places.merged("elht", "lscft", LATER)
    (effect,) = [each for each in places.effects(draft, DAY) if each.enquiry == "E-0142"]
    assert "S-0002" in [each.supporter for each in effect.goes]
    assert {each.why for each in effect.goes} == {"the trainee asked to keep away from where they work"}
    done = places.merge(draft, DAY)
    refused = services.shortlists.of("E-0142", DAY).refused
    (tom,) = [each for each in refused if each.supporter == "S-0002"]
    assert tom.code is Code.EXCLUDED_BY_ENQUIRER
    (known,) = [each for each in places.every() if each.place.id == "elht"]
    assert (known.is_open, known.changed, known.closed, known.own) == (False, True, LATER, False)
    services.upkeep.undo(done)
    assert "S-0002" in suggested(services)


def test_an_own_organisation_has_sites_and_people(services: Services, places: OwnOrganisations) -> None:
    places.add(places.organisation("New Valley Trust", "acute", "greater-manchester", "Bury"), DAY)
    places.add(places.site("Valley Infirmary", "own.new-valley-trust", "Bury"), DAY)
    services.supporters.change(replace(AMINA, organisation="own.valley-infirmary"))
    known = next(each for each in places.every() if each.place.id == "own.new-valley-trust")
    assert (known.own, [site.name for site in known.sites], known.people) == (True, ["Valley Infirmary"], 1)
    assert places.lists.at_one("own.valley-infirmary", "own.new-valley-trust")
    assert services.upkeep.check().damage == ()


def test_a_new_name_is_found_by_the_old_one(services: Services, places: OwnOrganisations) -> None:
    old = places.lists.organisations["elht"]
    done = places.rename(places.renamed("elht", "Pennine Care Alliance"), DAY)
    now = places.lists.organisations["elht"]
    assert (now.name, old.name in now.also_written) == ("Pennine Care Alliance", True)
    with pytest.raises(Refused, match="Nothing was changed"):
        places.rename(places.renamed("elht", "Pennine Care Alliance"), DAY)
    services.upkeep.undo(done)
    assert places.lists.organisations["elht"] == old


def test_a_site_and_a_trust_are_closed(services: Services, places: OwnOrganisations) -> None:
    site = next(iter(places.lists.sites))
    places.close(places.closing(site, DAY), DAY)
    places.close(places.closing("elht", DAY), DAY)
    closed = {each.place.id for each in places.every() if not each.is_open}
    assert "elht" in closed
    assert places.lists.knows(site)


Draft = Callable[[OwnOrganisations], object]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (lambda p: p.merged("elht", "elht", DAY), "into"),
        (lambda p: p.merged("elht", "nowhere", DAY), "into"),
        (lambda p: p.merged("mft", "pennine-acute", DAY), "into"),
        (lambda p: p.merged("elht", "lscft", date(2040, 1, 1)), "day"),
        (lambda p: p.organisation(" ", "acute", "greater-manchester", ""), "name"),
        (lambda p: p.organisation("x" * 121, "acute", "greater-manchester", ""), "name"),
        (lambda p: p.organisation("New", "acute", "atlantis", ""), "region"),
        (lambda p: p.site("New", "nowhere", ""), "organisation"),
    ],
)
def test_what_does_not_hold_together_is_said(
    still: Services, draft: Callable[[OwnOrganisations], object], field: str
) -> None:
    places = still.own.organisations
    wanted = draft(places)
    with pytest.raises(BadInput) as refused:
        places.add(wanted, DAY)  # type: ignore[arg-type]  # a draft of whatever kind
    assert field in {fault.place for fault in refused.value.faults}


def test_a_name_is_given_once(still: Services) -> None:
    places = still.own.organisations
    taken = places.lists.organisations["elht"].name
    with pytest.raises(BadInput) as refused:
        places.add(places.organisation(taken.upper(), "acute", "greater-manchester", ""), DAY)
    assert "already" in refused.value.faults[0].text


def test_an_organisation_that_is_used_is_not_taken_back(services: Services, places: OwnOrganisations) -> None:
    done = places.add(places.organisation("New Valley Trust", "acute", "greater-manchester", ""), DAY)
    services.supporters.change(replace(AMINA, organisation="own.new-valley-trust"))
    with pytest.raises(Refused, match="other records name it"):
        services.upkeep.undo(done)


# Both together.


def test_what_changes_nothing_is_no_effect(still: Services) -> None:
    none: tuple[Effect, ...] = ()
    assert still.own.terms.effects(still.own.terms.draft("Tinnitus", "neuro"), DAY) == none
    places = still.own.organisations
    assert places.effects(places.renamed("elht", "Another name"), DAY) == none


def test_everything_comes_back_from_a_portable_file(services: Services, places: OwnOrganisations) -> None:
    added(services.own.terms)
    places.add(places.organisation("New Valley Trust", "acute", "greater-manchester", "Bury"), DAY)
    places.merge(places.merged("elht", "own.new-valley-trust", LATER), DAY)
    places.add(places.site("Valley Infirmary", "own.new-valley-trust", ""), DAY)
    services.supporters.change(replace(AMINA, organisation="own.valley-infirmary"))
    raw = services.upkeep.export()
    network = parse_network(raw, services.desk.shipped.reference)
    assert [each.id for each in network.organisations] == [
        "own.new-valley-trust",
        "elht",
        "own.valley-infirmary",
    ]
    assert network.organisations[1].closed == LATER
    assert dump_network(network) == raw


def test_a_network_without_any_has_no_such_list(still: Services) -> None:
    assert b'"organisations": [\n  {' not in dump_network(NETWORK)
    assert b'\n "organisations"' not in dump_network(NETWORK)


def test_kinds_of_a_shipped_list_are_known(still: Services) -> None:
    assert all(isinstance(each.place, Organisation) for each in still.own.organisations.every())


def test_a_yes_is_not_stretched_to_what_moved_with_what_it_belongs_to(
    services: Services, terms: Terms
) -> None:
    parent = added(terms, "Something wide", "training")
    child = added(terms, "A part of it", parent)
    give(services, "S-0002", ADHD, DAY, WIDE.id)
    terms.change(replace(term(terms, parent), broader=ADHD), LATER)
    for topic in (parent, child):
        with pytest.raises(BadInput):
            lists(services, "S-0002", topic)
