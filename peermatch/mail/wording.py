"""The letters that go out: templates with a fixed set of fields each, and the two that are filled from an enquiry."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from peermatch.errors import BadInput, Fault, Refused
from peermatch.mail.letter_checks import flaws, paragraphs
from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.leaks import leaked, name_words
from peermatch.model.letter_kinds import FIELD_SIGN, FIELDS, LETTERS
from peermatch.model.letter_text import LetterText, OwnText
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import one_line, readable

# Only headings that many people stand under veil anybody; under the others the letter says no specialty.
_VEILS: Mapping[str, str] = MappingProxyType(
    {
        "foundation": "Someone in the foundation years",
        "gp": "Someone in general practice",
        "medicine": "Someone in a medical specialty",
        "surgery": "Someone in a surgical specialty",
        "anaesthetics": "Someone in anaesthetics",
        "emergency": "Someone in emergency medicine",
        "psychiatry": "Someone in psychiatry",
        "paediatrics": "Someone in paediatrics",
        "og": "Someone in obstetrics and gynaecology",
    }
)
_UNVEILED = "Someone in training"


class Templates:
    """All letters of a network, checked when they are read: those that ship, and its own words in their place."""

    __slots__ = ("_bodies", "_texts", "fallen")

    def __init__(self, texts: Mapping[str, str]) -> None:
        """From the files that ship."""
        parsed = {name: LetterText.parse(text) for name, text in texts.items()}
        faults = [fault for name in LETTERS for fault in _faults(name, texts.get(name), parsed.get(name))]
        if faults:
            raise BadInput("The letter templates cannot be used.", "Put right what is listed.", tuple(faults))
        self._take({name: text for name, text in parsed.items() if text and name in LETTERS}, frozenset())

    def _take(self, texts: Mapping[str, LetterText], fallen: frozenset[str]) -> None:
        self._texts, self.fallen = MappingProxyType(dict(texts)), fallen
        self._bodies = {name: paragraphs(text.body) for name, text in texts.items()}

    def with_own(self, own: Iterable[OwnText]) -> "Templates":
        """These with a network's own words; what is no good any more stays as it ships, and is named in ``fallen``."""
        texts, fallen = dict(self._texts), set()
        for each in own:
            letter = LETTERS.get(each.letter)
            if letter is None or flaws(letter, each.text):
                fallen.add(each.letter)
            else:
                texts[each.letter] = each.text
        made = Templates.__new__(Templates)
        made._take(texts, frozenset(fallen))
        return made

    def text(self, name: str) -> LetterText:
        """The words of a letter with their fields."""
        return self._texts[name]

    def subject(self, name: str, fields: Mapping[str, str]) -> str:
        """The subject of a letter, on one line whatever the fields hold."""
        return one_line(_fill(self._texts[name].subject, _allowed(name, fields)))

    def paragraphs(self, name: str, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Each paragraph with the field that it wholly consists of, if any; one with an empty field is left out."""
        allowed = _allowed(name, fields)
        return tuple(
            (_only_field(each), _fill(each, allowed))
            for each in self._bodies[name]
            if all(allowed[field].strip() for field in FIELD_SIGN.findall(each))
        )

    def fill(self, name: str, fields: Mapping[str, str]) -> tuple[str, str]:
        """The subject and the text of a letter."""
        text = "\n\n".join(text for _, text in self.paragraphs(name, fields))
        return self.subject(name, fields), f"{text}\n"


def ask_letter(
    templates: Templates, reference: Reference, supporter: Supporter, enquiry: Enquiry
) -> tuple[str, str]:
    """The letter that asks a supporter: what it is about and a veil, never who."""
    fields = {
        "name": one_line(supporter.first_name) or "there",
        "someone": _someone(enquiry, reference),
        "topics": bullets(_topics_for(supporter, enquiry, reference)),
        "reference": enquiry.reference,
    }
    subject, text = templates.fill("ask", fields)
    refuse_name(f"{subject}\n{text}", enquiry, fields["name"], templates, "ask")
    return subject, text


def offer_letter(templates: Templates, reference: Reference, enquiry: Enquiry) -> tuple[str, str]:
    """The letter that tells the enquirer that somebody could help; it says nothing of who that is.

    It names what both are sure to share.
    """
    fields = {
        "reference": enquiry.reference,
        "topics": bullets(reference.vocabulary.label(each) for each in offered_topics(enquiry)),
    }
    return templates.fill("offer", fields)


def offered_topics(enquiry: Enquiry) -> tuple[str, ...]:
    """What the letter to the enquirer names; with a risk cue nothing: others may read that mailbox."""
    return () if enquiry.risk else tuple(dict.fromkeys(enquiry.essential))


def stop_using_letter(
    templates: Templates, enquiry: Enquiry, codes: Iterable[str], details: str
) -> tuple[str, str]:
    """The letter to whoever holds a card that may not be used any more: no reason, no topic, nobody's name.

    With a risk cue it does not say who writes: others may read that mailbox.
    """
    code = " and ".join(f"PM-{each}" for each in codes) or enquiry.reference
    team = "" if enquiry.risk else "the peer support team"
    return templates.fill("stop-using", {"code": code, "details": details, "team": team})


def forget_letter(templates: Templates, supporter: Supporter, introduced: date) -> tuple[str, str]:
    """The letter to a supporter that what they keep of somebody must go: neither who that was, nor about what."""
    name = one_line(supporter.first_name) or "there"
    return templates.fill("forget-messages", {"name": name, "day": in_words(introduced)})


def withdrawn_letter(templates: Templates, supporter: Supporter, on: date) -> tuple[str, str]:
    """The letter to a supporter that what they wished is done."""
    name = one_line(supporter.first_name) or "there"
    return templates.fill("withdraw", {"name": name, "day": in_words(on)})


def bullets(lines: Iterable[str]) -> str:
    """A list for a plain letter."""
    return "\n".join(f"- {one_line(line)}" for line in lines)


def _topics_for(supporter: Supporter, enquiry: Enquiry, reference: Reference) -> tuple[str, ...]:
    """What the enquirer asks for and this supporter knows; what they do not share is not told to them.

    Where they share nothing and only come near it, what of their own comes near: they must know what it is about.
    """
    vocabulary, mine = reference.vocabulary, supporter.characteristics
    known = (need for need in enquiry.wanted if any(vocabulary.meets(each, need) for each in mine))
    if topics := tuple(dict.fromkeys((*enquiry.essential, *known))):
        return tuple(map(vocabulary.label, topics))
    beside = {each for need in enquiry.wanted for each in vocabulary.related(need)}
    above = {each for need in enquiry.wanted for each in vocabulary.broader_terms(need)}
    near = dict.fromkeys(each for each in mine if each in beside | above)
    return tuple(f"{vocabulary.label(each)}, or something close to it" for each in near)


def _someone(enquiry: Enquiry, reference: Reference) -> str:
    specialty = reference.specialties.specialties.get(enquiry.specialty or "")
    return _VEILS.get(specialty.group, _UNVEILED) if specialty else _UNVEILED


def refuse_name(text: str, enquiry: Enquiry, own_name: str, templates: Templates, letter: str) -> None:
    """No way of naming the enquirer may stand in a letter to a supporter, however it came there.

    A single word of the name may be an everyday word of the letter (``May``) or the supporter's own name; the whole
    name, an address or a number may not stand there at all.
    """
    person = enquiry.requester
    words = name_words(person.name or "")
    whole = [" ".join(words)] if len(words) > 1 else []
    whole += [each for each in (person.email, person.phone, *person.other_emails) if each]
    usual = "\n".join(templates.fill(letter, dict.fromkeys(FIELDS[letter], "\u2022")))
    if leaked(text, whole, (own_name,), "") or leaked(text, words, (own_name,), usual):
        raise Refused(
            "The letter would name the person who asked, so it was not written.",
            "Look at the template and at the words for the topics.",
        )


def _allowed(name: str, fields: Mapping[str, str]) -> Mapping[str, str]:
    if set(fields) != FIELDS[name]:
        wrong = sorted(set(fields) ^ FIELDS[name])
        raise BadInput(f"The letter {name} does not have the fields {', '.join(wrong)}.")
    return fields


def previewed(text: LetterText, fields: Mapping[str, str]) -> tuple[str, str]:
    """Words that are still being written, filled as far as they can be: what is no field stays as it stands."""
    subject = one_line(_fill(text.subject, fields))
    parts = (each for each in paragraphs(text.body) if all(fields.get(f, "-").strip() for f in _named(each)))
    return subject, "\n\n".join(_fill(each, fields) for each in parts) + "\n"


def _named(paragraph: str) -> list[str]:
    return FIELD_SIGN.findall(paragraph)


def _fill(template: str, fields: Mapping[str, str]) -> str:
    """Each field by its value, in one pass: a value that looks like a field stays as it is."""
    return FIELD_SIGN.sub(lambda found: readable(fields.get(found[1], found[0])), template)


def _only_field(paragraph: str) -> str:
    found = FIELD_SIGN.fullmatch(paragraph.strip())
    return found[1] if found else ""


def _faults(name: str, raw: str | None, text: LetterText | None) -> list[Fault]:
    """What is wrong with one template that ships."""
    if raw is None:
        return [Fault(name, "this letter is missing")]
    if text is None or not text.body:
        return [Fault(name, "a letter begins with one line 'Subject: ...', an empty line, and its text")]
    return [Fault(name, str(each)) for each in flaws(LETTERS[name], text)]
