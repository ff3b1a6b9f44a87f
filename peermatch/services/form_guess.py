"""Guesses what the columns of a form mean, from their headings and from what stands in them; a person confirms."""

import re
from collections.abc import Iterable

from peermatch.model.consent import Purpose
from peermatch.model.form import TAKEN_FROM_A_LIST, Column, FormMapping, Meaning, Sheet
from peermatch.services.form_values import options_of
from peermatch.services.form_words import FormWords

ENOUGH = 0.6
"""The part of the answers that must fit for a column to be taken for a list."""
_SAMPLE = 200
_PROGRAM = frozenset(
    {
        "id", "start time", "last modified time", "language", "total points", "quiz feedback", "username",
    }
)  # fmt: skip
"""What Microsoft Forms and Google Forms write by themselves and nobody answered."""
_ANSWERED = frozenset({"completion time", "timestamp", "date", "submitted", "submitted at"})
_CONSENT = re.compile(
    r"\b(consent|agree|permission|happy for (?:you|us)|may (?:we|you)|can (?:we|you)|allow)", re.I
)
_PURPOSES: tuple[tuple[Purpose, str], ...] = (
    (Purpose.CONTACT_EMAIL, r"\b(?:pass|give|share|hand)\b.*\be-?mail\b"),
    (
        Purpose.CONTACT_PHONE,
        r"\b(?:pass|give|share|hand)\b.*\b(?:tele)?phone\b|\b(?:pass|give|share)\b.*\bmobile\b",
    ),
    (
        Purpose.CONTACT_ORGANISATION,
        r"\b(?:pass|give|share|say|tell)\b.*\b(?:trust|hospital|employer|where i work)\b",
    ),
    (Purpose.CONTACT_ROLE, r"\b(?:pass|give|share|say|tell)\b.*\b(?:grade|specialty|role)\b"),
    (Purpose.CONTACT_NAME, r"\b(?:pass|give|share|say|tell)\b.*\bname\b"),
    (Purpose.LIST, r"\b(?:website|web page|directory|list(?:ed)? (?:me|on))\b"),
    (Purpose.COUNT, r"\b(?:statistics|count(?:ed)?|figures|report)\b"),
    (Purpose.SHARE, r"\b(?:describe|tell|share)\b"),
    (Purpose.MATCH, r"\b(?:suggest|match|find me|contact me about|approach)"),
    (Purpose.HOLD, r"\b(?:keep|hold|store|record)\b"),
)
_HEADINGS: tuple[tuple[Meaning, str], ...] = (
    (Meaning.KNOWN_AS, r"known as|prefer(?:red)? name|like to be called"),
    (Meaning.PRONOUNS, r"pronoun"),
    (Meaning.PREFERS, r"(?:prefer|best|how).*(?:contact|reach)"),
    (Meaning.EMAIL, r"e-?mail"),
    (Meaning.PHONE, r"phone|mobile|telephone"),
    (Meaning.FIRST_NAME, r"(?:first|given) name|forename"),
    (Meaning.SURNAME, r"surname|(?:last|family) name"),
    (Meaning.NAME, r"^(?:your |full |your full )?name\b"),
    (Meaning.GRADE, r"\bgrade\b|level of training|stage of training"),
    (Meaning.SPECIALTY, r"special(?:i)?ty|training programme"),
    (Meaning.ORGANISATION, r"\b(?:trust|hospital|employer|organisation|organization|workplace|health board)\b"),
    (Meaning.PLACE, r"\b(?:town|city|where do you live|based)\b"),
    (Meaning.LANGUAGES, r"language"),
    (Meaning.CAPACITY, r"how many (?:people|trainees)|capacity"),
    (Meaning.CHARACTERISTICS, r"experience|(?:lived|been|gone) through|characteristic|topics?\b|areas?\b"),
    (Meaning.CHARACTERISTICS, r"support(?:ing)? (?:others |people )?with"),
    (Meaning.NOTES, r"anything else|comments?|other information"),
)  # fmt: skip
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ONCE = frozenset(Meaning) - {
    Meaning.NOTHING,
    Meaning.CONSENT,
    Meaning.EMAIL,
    Meaning.CHARACTERISTICS,
    Meaning.NOTES,
}


def guess(sheet: Sheet, words: FormWords) -> FormMapping:
    """What each column most likely means; a heading that says nothing known stays without a meaning."""
    columns: dict[str, Column] = {}
    taken: set[Meaning] = set()
    for place, heading in enumerate(sheet.headings):
        column = _column(heading, sheet.column(place)[:_SAMPLE], words)
        if column.meaning in taken and column.meaning in _ONCE:
            column = Column(Meaning.NOTHING)
        taken.add(column.meaning)
        columns[heading] = column
    return FormMapping(columns)


def _column(heading: str, answers: Iterable[str], words: FormWords) -> Column:
    plain = heading.casefold().strip(" :?*")
    given = [answer for answer in answers if answer]
    if plain in _PROGRAM or plain.startswith(("points - ", "feedback - ")):
        return Column(Meaning.NOTHING)
    if plain in _ANSWERED:
        return Column(Meaning.ANSWERED)
    if _CONSENT.search(plain):
        return _consent(plain)
    if plain in ("email", "name") and all(each.casefold() == "anonymous" for each in given):
        return Column(Meaning.NOTHING)
    said = next((meaning for meaning, pattern in _HEADINGS if re.search(pattern, plain)), None)
    if said is not None:
        return Column(said)
    return Column(_by_answers(given, words))


def _consent(plain: str) -> Column:
    purpose = next((purpose for purpose, pattern in _PURPOSES if re.search(pattern, plain)), None)
    return Column(Meaning.CONSENT, purpose) if purpose else Column(Meaning.NOTHING)


def _by_answers(given: list[str], words: FormWords) -> Meaning:
    if not given:
        return Meaning.NOTHING
    if sum(bool(_ADDRESS.fullmatch(each)) for each in given) > ENOUGH * len(given):
        return Meaning.EMAIL
    for meaning in sorted(TAKEN_FROM_A_LIST):
        options = [option for answer in given for option in options_of(answer, meaning, words)]
        if options and sum(words.find(meaning, each) is not None for each in options) > ENOUGH * len(options):
            return meaning
    return Meaning.NOTHING
