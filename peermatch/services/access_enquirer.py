"""What is held on the person behind one enquiry, section by section; of supporters nothing but that there is one."""

from peermatch.model.access import Section
from peermatch.model.decision import Asked, Decision
from peermatch.model.enquiry import Enquiry, RiskKind
from peermatch.model.introduction import Introduction
from peermatch.model.letter_kinds import Side
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.access_mail import later_letters
from peermatch.services.access_parts import Fields, Words, each, joined, told
from peermatch.services.access_shared import about_copy, by_hand, duties, history, is_for, letter
from peermatch.services.risk_words import RISK_WORDS
from peermatch.store import access, decisions, enquiries, introductions
from peermatch.store.access import Card
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.transaction import Transaction

_TO_ENQUIRER = frozenset(
    {
        "acknowledgement",
        "offer",
        "introduction",
        "card",
        "follow-up",
        "follow-up-last",
        "stop-using",
        "stop-using-sent",
        "forget-card",
    }
)
_LETTERS = {
    "acknowledgement": "The first reply to you",
    "follow-up": "A letter to you, how it went",
    "follow-up-last": "A letter to you, how it went, for the last time",
    "follow-up-supporter": "A letter to a supporter, how they are, without your name",
    "reminder": "A letter that reminds a supporter, without your name",
    "ask": "A letter that asks a supporter, without your name",
    "offer": "A letter to you, that somebody could help",
    "stop-using": "A letter to you, that contact details must not be used any more",
    "stop-using-sent": "A letter to you, that contact details must not be used any more",
    "forget-card": "A letter to you, that contact details must be deleted",
}


def enquirer_sections(tx: Transaction, words: Words, subject: Subject) -> tuple[Section, ...]:
    """Everything on the person behind one enquiry."""
    enquiry = enquiries.get(tx, subject.id)
    steps = introductions.of_enquiry(tx, subject.id)
    made = decisions.of_enquiry(tx, subject.id)
    return (
        about_copy(
            words,
            "To find somebody you can talk to.",
            "From you: your letter and talks with us.",
            "Until some months after your enquiry is closed; then only a count is left that names nobody.",
        ),
        Section("You, and how to reach you", _person(enquiry)),
        Section("Your enquiry", _enquiry(tx, enquiry, words)),
        Section("What you asked for", _question("enquiry", Asked.of(enquiry), words)),
        Section("Safety", _safety(enquiry, words)),
        Section("Introductions", joined(_introduction(n, i, words) for n, i in enumerate(steps))),
        Section(
            "Contact cards that you received",
            joined(_card(n, c) for n, c in enumerate(access.cards(tx, subject))),
        ),
        Section("Letters", joined(_letter(n, t, words) for n, t in enumerate(access.letters(tx, subject)))),
        Section(
            "When somebody was chosen for you", joined(_decision(n, d, words) for n, d in enumerate(made))
        ),
        *later_letters(tx, words, subject),
        *duties(tx, words, subject),
        *history(tx, words, subject),
    )


def _person(enquiry: Enquiry) -> Fields:
    person, agreed = enquiry.requester, enquiry.consent
    return joined(
        (
            told("requester.name", "Name", person.name),
            told("requester.email", "E-mail address", person.email),
            each("requester.other_emails", "Another e-mail address", person.other_emails),
            told("requester.phone", "Phone number", person.phone),
            told("requester.safe_contact", "How to reach you safely", person.safe_contact, about_others=True),
            told("consent.given", "You agreed that we keep your details", agreed.given if agreed else None),
            told("consent.method", "How you agreed", agreed.method.value if agreed else None),
            told("consent.wording", "Version of the words", agreed.wording if agreed else None),
        )
    )


def _enquiry(tx: Transaction, enquiry: Enquiry, words: Words) -> Fields:
    waits = access.watched_since(tx, Subject(SubjectKind.ENQUIRER, enquiry.reference))
    return joined(
        (
            told("enquiry.reference", "Its number", enquiry.reference),
            told("enquiry.received", "It came", enquiry.received),
            told("enquiry.channel", "How it came", enquiry.channel),
            told("enquiry.status", "How it stands", enquiry.status.value),
            told("enquiry.closed", "It was closed", access.closed_on(tx, enquiry.reference)),
            told("enquiry.choice", "You may choose between several people", enquiry.choice),
            told("enquiry.letter", "Your letter", words.without_ids(enquiry.letter or ""), about_others=True),
            each("enquiry.prints", "By this we know the letter again", access.prints(tx, enquiry.reference)),
            each("enquiry.waits", "It waits for somebody new since", (since for _, since in waits)),
        )
    )


def _question(key: str, asked: Asked, words: Words, name: str = "") -> Fields:
    """What was asked of matching: now, or when somebody was chosen."""
    wishes = asked.preferences
    return joined(
        (
            told(f"{key}.programme", f"{name}Programme", asked.programme),
            told(f"{key}.grade", f"{name}Grade", words.grade(asked.grade)),
            told(f"{key}.specialty", f"{name}Specialty", words.specialty(asked.specialty)),
            told(f"{key}.organisation", f"{name}Organisation", words.organisation(asked.organisation)),
            told(f"{key}.place", f"{name}Place", asked.place),
            *(
                joined(
                    (
                        told(
                            f"{key}.needs[{n}].characteristic",
                            f"{name}Topic",
                            words.topic(need.characteristic),
                        ),
                        told(
                            f"{key}.needs[{n}].importance",
                            f"{name}How much it matters",
                            need.importance.value,
                        ),
                    )
                )
                for n, need in enumerate(asked.needs)
            ),
            told(f"{key}.preferences.specialty", f"{name}Specialty you would like", wishes.specialty.value),
            told(f"{key}.preferences.grade", f"{name}Grade you would like", wishes.grade.value),
            told(f"{key}.preferences.place", f"{name}Place you would like", wishes.place.value),
            told(f"{key}.preferences.language", f"{name}Language", wishes.language),
            told(
                f"{key}.preferences.contact",
                "Way of contact",
                wishes.contact.value if wishes.contact else None,
            ),
            _exclusions(f"{key}.exclusions", asked, words, name),
        )
    )


def _exclusions(key: str, asked: Asked, words: Words, name: str) -> Fields:
    """Whom to keep away from: a supporter whom they named is not named back by a number."""
    away, label = asked.exclusions, f"{name}Not to be introduced to"
    return joined(
        (
            each(f"{key}.organisations", label, map(words.organisation, away.organisations)),
            each(f"{key}.specialties", label, map(words.specialty, away.specialties)),
            each(f"{key}.supporters", label, ("a supporter whom you named" for _ in away.supporters)),
            each(f"{key}.people", label, map(words.without_ids, away.people), about_others=True),
        )
    )


def _seen(kind: RiskKind) -> str:
    """In words, and as it is held."""
    return f"{RISK_WORDS[kind]} ({kind.value})"


def _safety(enquiry: Enquiry, words: Words) -> Fields:
    return joined(
        (
            *(
                joined(
                    (
                        told(f"enquiry.risk[{n}].kind", "We looked whether you were safe", _seen(risk.kind)),
                        each(f"enquiry.risk[{n}].words", "Because you wrote", risk.words, about_others=True),
                    )
                )
                for n, risk in enumerate(enquiry.risk)
            ),
            told(
                "enquiry.risk_done",
                "What we did",
                words.without_ids(enquiry.risk_done or ""),
                about_others=True,
            ),
        )
    )


def _introduction(number: int, step: Introduction, words: Words) -> Fields:
    key, name = f"introductions[{number}]", f"Introduction {number + 1}"
    return joined(
        (
            told(f"{key}.supporter", f"{name}: to", "a supporter"),
            told(f"{key}.state", f"{name}: how it stands", step.state.value),
            told(f"{key}.asked", f"{name}: they were asked", step.asked),
            told(f"{key}.answered", f"{name}: they answered", step.answered),
            told(f"{key}.introduced", f"{name}: you received their card", step.introduced),
            told(f"{key}.ended", f"{name}: it ended", step.ended),
            told(
                f"{key}.outcome", f"{name}: outcome", words.without_ids(step.outcome or ""), about_others=True
            ),
        )
    )


def _card(number: int, card: Card) -> Fields:
    """That a card came, and of what kind its parts were; what it said stands on the card that they hold."""
    key, name = f"cards[{number}]", f"Card {number + 1}"
    parts = ("a topic" if topic else what for what, topic in card.parts)
    return joined(
        (
            told(f"{key}.recipient", f"{name}: sent to", card.recipient),
            told(f"{key}.day", f"{name}: on", card.day),
            told(f"{key}.code", f"{name}: its code", f"PM-{card.code}"),
            each(f"{key}.formats", f"{name}: as", card.formats),
            each(f"{key}.parts", f"{name}: it gave the supporter's", parts),
        )
    )


def _letter(number: int, sent: OutgoingLetter, words: Words) -> Fields:
    """A letter that was written because of them."""
    what = _LETTERS.get(sent.kind) or by_hand(sent.kind, Side.TRAINEE)
    to_them = sent.kind in _TO_ENQUIRER or is_for(sent.kind, Side.TRAINEE)
    return letter(number, sent, what, words, to_them=to_them)


def _decision(number: int, decision: Decision, words: Words) -> Fields:
    """What was asked then, how many could help, and why one was chosen: never who."""
    key, name = f"decisions[{number}]", f"Choice {number + 1}"
    return joined(
        (
            told(f"{key}.day", f"{name}: on", decision.on),
            told(f"{key}.suggested", f"{name}: how many could help", len(decision.suggested)),
            told(f"{key}.place", f"{name}: place of the one who was asked", decision.place),
            told(f"{key}.policy", f"{name}: by the rules", decision.policy.label),
            told(f"{key}.reason", f"{name}: why", words.without_ids(decision.reason), about_others=True),
            _question(f"{key}.asked", decision.asked, words, f"{name}: asked for: "),
        )
    )
