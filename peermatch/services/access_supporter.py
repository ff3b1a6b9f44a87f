"""What is held on one supporter, section by section; of those who asked for support nothing but a month."""

from peermatch.model.access import Section
from peermatch.model.consent import ConsentRecord, Wording
from peermatch.model.decision import Decision
from peermatch.model.explanation import CODE_WORDS
from peermatch.model.introduction import Introduction
from peermatch.model.letter_kinds import Side
from peermatch.model.people import Supporter
from peermatch.model.rights import Subject
from peermatch.model.verdict import Code
from peermatch.services.access_consent import asked_again, way_in
from peermatch.services.access_mail import later_letters
from peermatch.services.access_parts import Fields, Words, each, joined, told
from peermatch.services.access_shared import about_copy, by_hand, duties, history, is_for, letter
from peermatch.store import access, introductions, settings, supporters
from peermatch.store.access import Card, Standing
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.transaction import Transaction

_TO_SUPPORTER = frozenset({"ask", "reminder", "follow-up-supporter", "withdraw", "forget-messages"})
_LETTERS = {
    "ask": "A letter that asks you",
    "reminder": "A letter that reminds you",
    "follow-up-supporter": "A letter to you, how you are",
    "follow-up": "A letter to the person who asked, how it went",
    "follow-up-last": "A letter to the person who asked, how it went, for the last time",
    "offer": "A letter to the person who asked, that somebody could help",
    "stop-using": "A letter to somebody who holds your card, that they must not use it any more",
    "stop-using-sent": "A letter to somebody who holds your card, that they must not use it any more",
    "forget-messages": "A letter to you, that what you kept of somebody must be deleted",
}
# What these rest on is the other person's: who they are, where they work, whom they would rather not meet.
_NOT_THEIRS = frozenset(
    {
        Code.SAME_PERSON,
        Code.EXCLUDED_BY_ENQUIRER,
        Code.POWER_RELATION,
        Code.OWN_BOUNDARY,
        Code.ALREADY_ASKED,  # also said of two who are kept apart
    }
)


def supporter_sections(tx: Transaction, words: Words, subject: Subject) -> tuple[Section, ...]:
    """Everything on one supporter."""
    person = supporters.get(tx, subject.id)
    steps = introductions.of_some(tx, (person.id,)).get(person.id, ())
    return (
        about_copy(
            words,
            "To find people whom you could support, where you agreed to it.",
            "From you: the form, e-mails and talks with us.",
            "As long as you agree to it. The proof of consent is kept for six years after its end.",
        ),
        Section("Your record", _record(person, words)),
        Section("Your limits", _limits(person, words)),
        Section("Your consent", joined(_consent(n, r, words) for n, r in enumerate(person.consents))),
        Section("The words that you agreed to", _wordings(settings.wordings(tx) or (), person)),
        Section("How you came in", way_in(tx, person.id)),
        *asked_again(tx, words, person.id),
        Section("Introductions", joined(_introduction(n, i, words) for n, i in enumerate(steps))),
        Section(
            "Contact cards that left",
            joined(_card(n, c, words) for n, c in enumerate(access.cards(tx, subject))),
        ),
        Section("Letters", joined(_letter(n, t, words) for n, t in enumerate(access.letters(tx, subject)))),
        Section("How you stood when somebody was chosen", _decisions(tx, person.id, words)),
        Section("Enquiries that waited for somebody new", _watches(tx, subject, words)),
        *later_letters(tx, words, subject),
        *duties(tx, words, subject),
        *history(tx, words, subject),
    )


def _record(person: Supporter, words: Words) -> Fields:
    return joined(
        (
            told("supporter.id", "Your number", person.id),
            told("supporter.name", "Name", person.name),
            told("supporter.known_as", "Known as", person.known_as),
            told("supporter.pronouns", "Pronouns", person.pronouns),
            told("supporter.email", "E-mail address", person.email),
            each("supporter.other_emails", "Another e-mail address", person.other_emails),
            told("supporter.phone", "Phone number", person.phone),
            told("supporter.prefers", "Likes best", person.prefers.value if person.prefers else None),
            each("supporter.languages", "Language", person.languages),
            told("supporter.grade", "Grade", words.grade(person.grade)),
            told("supporter.specialty", "Specialty", words.specialty(person.specialty)),
            told("supporter.organisation", "Organisation", words.organisation(person.organisation)),
            told("supporter.place", "Place", person.place),
            each("supporter.programmes", "Programme", person.programmes),
            told("supporter.status", "Status", person.status.value),
            told("supporter.paused_until", "Paused until", person.paused_until),
            told("supporter.available_from", "Available from", person.available_from),
            told("supporter.available_until", "Available until", person.available_until),
            told("supporter.capacity", "How many people at a time", person.capacity),
            each("supporter.characteristics", "Lived experience", map(words.topic, person.characteristics)),
            told("supporter.notes", "Notes about you", words.without_ids(person.notes), about_others=True),
        )
    )


def _limits(person: Supporter, words: Words) -> Fields:
    limits, key = person.boundaries, "supporter.boundaries"
    return joined(
        (
            told(f"{key}.same_organisation", "People of your own organisation", limits.same_organisation),
            told(f"{key}.same_specialty", "People of your own specialty", limits.same_specialty),
            each(f"{key}.organisations", "Not from", map(words.organisation, limits.organisations)),
            each(f"{key}.specialties", "Not from", map(words.specialty, limits.specialties)),
            each(f"{key}.topics", "Not about", map(words.topic, limits.topics)),
            *(
                joined(
                    (
                        told(f"supporter.relations[{n}].to", "Close to", r.to, about_others=True),
                        told(f"supporter.relations[{n}].kind", "As", r.kind),
                        told(f"supporter.relations[{n}].start", "From", r.start),
                        told(f"supporter.relations[{n}].until", "Until", r.until),
                    )
                )
                for n, r in enumerate(person.relations)
            ),
        )
    )


def _consent(number: int, record: ConsentRecord, words: Words) -> Fields:
    key, name = f"consents[{number}]", f"Consent {number + 1}"
    return joined(
        (
            told(f"{key}.purpose", f"{name}: what for", words.purpose(record.purpose)),
            told(f"{key}.characteristic", f"{name}: about", words.topic(record.characteristic)),
            told(f"{key}.given", f"{name}: given", record.given),
            told(f"{key}.expires", f"{name}: ends", record.expires),
            told(f"{key}.withdrawn", f"{name}: withdrawn", record.withdrawn),
            told(f"{key}.method", f"{name}: how", record.method.value),
            told(f"{key}.wording", f"{name}: version of the words", record.wording),
            told(f"{key}.recorded_by", f"{name}: noted by", record.recorded_by, about_others=True),
            told(f"{key}.evidence", f"{name}: proof", record.evidence, about_others=True),
        )
    )


def _wordings(held: tuple[Wording, ...], person: Supporter) -> Fields:
    shown = {record.wording for record in person.consents}
    return joined(
        joined(
            (
                told(f"wordings[{n}].id", "Version", wording.id),
                told(f"wordings[{n}].text", f"The words of {wording.id}", wording.text),
                told(f"wordings[{n}].language", f"Language of {wording.id}", wording.language),
                told(
                    f"wordings[{n}].covers_narrower",
                    f"{wording.id} also covers what belongs to a topic",
                    wording.covers_narrower,
                ),
            )
        )
        for n, wording in enumerate(each for each in held if each.id in shown)
    )


def _introduction(number: int, step: Introduction, words: Words) -> Fields:
    key, name = f"introductions[{number}]", f"Introduction {number + 1}"
    return joined(
        (
            told(f"{key}.enquiry", f"{name}: for", words.an_enquiry(step.enquiry)),
            told(f"{key}.state", f"{name}: how it stands", step.state.value),
            told(f"{key}.asked", f"{name}: you were asked", step.asked),
            told(f"{key}.answered", f"{name}: you answered", step.answered),
            told(f"{key}.introduced", f"{name}: your card left", step.introduced),
            told(f"{key}.ended", f"{name}: it ended", step.ended),
            told(
                f"{key}.outcome", f"{name}: outcome", words.without_ids(step.outcome or ""), about_others=True
            ),
        )
    )


def _card(number: int, card: Card, words: Words) -> Fields:
    key, name = f"cards[{number}]", f"Card {number + 1}"
    return joined(
        (
            told(f"{key}.to", f"{name}: to", f"the person behind {words.an_enquiry(card.enquiry)}"),
            told(f"{key}.day", f"{name}: it left", card.day),
            told(f"{key}.code", f"{name}: its code", f"PM-{card.code}"),
            each(f"{key}.formats", f"{name}: as", card.formats),
            each(f"{key}.parts", f"{name}: it said your", (what for what, _ in card.parts)),
        )
    )


def _letter(number: int, sent: OutgoingLetter, words: Words) -> Fields:
    """A letter that was written because of them."""
    what = _LETTERS.get(sent.kind) or by_hand(sent.kind, Side.SUPPORTER)
    to_them = sent.kind in _TO_SUPPORTER or is_for(sent.kind, Side.SUPPORTER)
    return letter(number, sent, what, words, to_them=to_them)


def _decisions(tx: Transaction, own: str, words: Words) -> Fields:
    """Their own place on each list that was acted on, or their own reasons for not being on it.

    A list on which they are not for the other person's reasons alone is not spoken of: that would tell who that is.
    """
    found = (s for s in access.standings(tx, own) if s.place or _own_reasons(s.decision))
    return joined(_decision(n, standing, own, words) for n, standing in enumerate(found))


def _decision(number: int, standing: Standing, own: str, words: Words) -> Fields:
    key, name, decision = f"decisions[{number}]", f"List {number + 1}", standing.decision
    score = next((f"{100 * one.score:.1f}" for one in decision.suggested), None)
    chosen = decision.supporter == own
    reason = words.without_ids(decision.reason) if chosen else ""
    return joined(
        (
            told(f"{key}.enquiry", f"{name}: for", words.an_enquiry(decision.enquiry)),
            told(f"{key}.place", f"{name}: your place", standing.place),
            told(f"{key}.score", f"{name}: your points of 100", score),
            told(f"{key}.not_suggested", f"{name}: you were not suggested", _own_reasons(decision)),
            told(f"{key}.asked", f"{name}: you were asked", chosen),
            told(f"{key}.reason", f"{name}: why you", reason, about_others=True),
        )
    )


def _own_reasons(decision: Decision) -> str:
    """Why they were not suggested, as far as it rests on their own record."""
    codes = next((one.codes for one in decision.refused), ())
    return "; ".join(CODE_WORDS[code].reason for code in codes if code not in _NOT_THEIRS)


def _watches(tx: Transaction, subject: Subject, words: Words) -> Fields:
    return joined(
        told(f"watches[{n}].since", f"You fitted {words.an_enquiry(reference)}, which waited from", since)
        for n, (reference, since) in enumerate(access.watched_since(tx, subject))
    )
