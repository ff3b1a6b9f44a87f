"""Letters are read with the network's own terms and organisations, and as before where it has none."""

from datetime import date

from peermatch.mail.reading import read_letter
from peermatch.services.office import Services
from peermatch.services.own_reader import OwnReader
from peermatch.services.shipped import Shipped
from tests.networks import DAY

RAW = (
    b"From: jo@example.org\nSubject: A question\n\nDear team,\n\nI am an ST3 in paediatrics and I have retinitis "
    b"pigmentosa. Could I talk to somebody with the same? Please not somebody at Valley Infirmary.\n\nJo\n"
)


def test_what_the_network_added_is_found_in_letters(services: Services, shipped: Shipped) -> None:
    letter, desk = read_letter(RAW), services.desk
    assert desk.reader.propose(letter, desk.snapshot) == shipped.suggester.propose(letter)
    terms, places = services.own.terms, services.own.organisations
    terms.add(terms.draft("Retinitis pigmentosa", "sensory"), DAY)
    places.add(places.site("Valley Infirmary", "elht", "Burnley"), DAY)
    draft = services.enquiries.draft(RAW)
    (own,) = (each for each in draft.proposal.topics if each.characteristic.startswith("own."))
    assert own.words == ("retinitis pigmentosa",)
    assert draft.proposal.exclude_organisations == ("elht",)
    before = desk.reader
    assert before.propose(letter, desk.snapshot) == draft.proposal, "the same reader is used again"
    terms.retire(own.characteristic, date(2026, 11, 20))
    topics = desk.reader.propose(letter, desk.snapshot).topics
    assert own.characteristic not in {each.characteristic for each in topics}


def test_a_reader_that_read_nothing_has_nothing_to_forget(shipped: Shipped) -> None:
    OwnReader(shipped).forget()
