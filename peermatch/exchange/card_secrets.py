"""What must not be on a card: everything else about the supporter, and everything about the one who asked."""

from collections.abc import Iterator

from peermatch.exchange.card_text import words_of
from peermatch.model.card import ContactCard
from peermatch.model.enquiry import Enquiry
from peermatch.model.leaks import name_words
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import one_line


def forbidden_strings(
    supporter: Supporter, enquiry: Enquiry, card: ContactCard, reference: Reference
) -> tuple[str, ...]:
    """All that the two records know and the card may not say, in words and as ids."""
    permitted = {value.casefold() for value in words_of(card).values}
    secrets = (*_of_supporter(supporter, reference), *_of_enquiry(enquiry, reference))
    lines = dict.fromkeys(one_line(each) for each in secrets)
    return tuple(each for each in lines if each and each.casefold() not in permitted)


def _of_supporter(person: Supporter, reference: Reference) -> Iterator[str]:
    yield from (person.id, person.name, *name_words(person.name), person.known_as or "")
    yield from (
        person.email or "",
        *person.other_emails,
        person.phone or "",
        person.place or "",
        person.notes,
    )
    yield from (relation.to for relation in person.relations)
    if person.grade:
        yield from (reference.grades.label(person.grade), reference.grades.short(person.grade))
    if person.specialty:
        yield reference.specialties.label(person.specialty)
    if person.organisation:
        yield from _workplace(person.organisation, reference)
    topics = (
        *person.characteristics,
        *(each.characteristic for each in person.consents if each.characteristic),
    )
    yield from (reference.vocabulary.label(each) for each in topics)


def _of_enquiry(enquiry: Enquiry, reference: Reference) -> Iterator[str]:
    who = enquiry.requester
    yield from (enquiry.reference, who.name or "", *name_words(who.name or ""))
    yield from (who.email or "", *who.other_emails, who.phone or "", who.safe_contact or "")
    yield from (*enquiry.exclusions.people, enquiry.risk_done or "")
    if enquiry.organisation:
        yield reference.organisations.name(enquiry.organisation)
    yield from (reference.vocabulary.label(each) for each in enquiry.wanted)


def _workplace(id: str, reference: Reference) -> Iterator[str]:
    """An organisation or site by every name that it goes by."""
    organisations = reference.organisations
    for each in (id, organisations.trust_of(id)):
        yield organisations.name(each)
        found = organisations.organisations.get(each) or organisations.sites.get(each)
        yield from found.also_written if found else ()
    yield from (organisations.town(id) or "", organisations.county(id) or "")
