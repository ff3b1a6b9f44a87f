"""The letters that go out: templates with a fixed set of fields each, and the two that are filled from an enquiry."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from peermatch.errors import BadInput, Fault, Refused
from peermatch.model.dates import in_words
from peermatch.model.enquiry import Enquiry
from peermatch.model.leaks import leaked, name_words
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import one_line, readable

FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ask": frozenset({"name", "someone", "topics", "reference"}),
        "reminder": frozenset({"name", "reference"}),
        "acknowledgement": frozenset({"reference", "controller", "urgent"}),
        "offer": frozenset({"reference", "topics"}),
        "introduction": frozenset({"code", "name", "card", "topics", "urgent"}),
        "card": frozenset({"code", "name", "card", "urgent"}),
        "follow-up": frozenset({"reference"}),
        "follow-up-last": frozenset({"reference"}),
        "follow-up-supporter": frozenset({"name", "reference"}),
        "withdraw": frozenset({"name", "day"}),
        "stop-using": frozenset({"code", "details", "team"}),
        "forget-messages": frozenset({"name", "day"}),
        "renewal": frozenset({"name", "reference", "asked", "wording", "controller", "day"}),
    }
)
"""What each letter may say; no letter to a supporter has a field for the person who asked."""

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
_FIELD = re.compile(r"\{([^{}]*)\}")
_SUBJECT = "Subject: "


class Templates:
    """All letters that ship with the program, checked when they are read."""

    __slots__ = ("_bodies", "_subjects")

    def __init__(self, texts: Mapping[str, str]) -> None:
        faults = [fault for name in FIELDS for fault in _faults(name, texts.get(name))]
        if faults:
            raise BadInput("The letter templates cannot be used.", "Put right what is listed.", tuple(faults))
        parts = {name: readable(texts[name]).strip().partition("\n\n") for name in FIELDS}
        self._subjects = {name: subject.removeprefix(_SUBJECT) for name, (subject, _, _) in parts.items()}
        self._bodies = {
            name: tuple(re.split(r"\n\s*\n", body.strip())) for name, (_, _, body) in parts.items()
        }

    def subject(self, name: str, fields: Mapping[str, str]) -> str:
        """The subject of a letter, on one line whatever the fields hold."""
        return one_line(_fill(self._subjects[name], _allowed(name, fields)))

    def paragraphs(self, name: str, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Each paragraph with the field that it wholly consists of, if any; one with an empty field is left out."""
        allowed = _allowed(name, fields)
        return tuple(
            (_only_field(each), _fill(each, allowed))
            for each in self._bodies[name]
            if all(allowed[field].strip() for field in _FIELD.findall(each))
        )

    def fill(self, name: str, fields: Mapping[str, str]) -> tuple[str, str]:
        """The subject and the text of a letter."""
        text = "\n\n".join(text for _, text in self.paragraphs(name, fields))
        return self.subject(name, fields), f"{text}\n"


def ask_letter(
    templates: Templates, reference: Reference, supporter: Supporter, enquiry: Enquiry
) -> tuple[str, str]:
    """The letter that asks a supporter: what it is about and a veil, never who."""
    topics = _topics_for(supporter, enquiry, reference)
    fields = {
        "name": one_line(supporter.first_name) or "there",
        "someone": _someone(enquiry, reference),
        "topics": bullets(reference.vocabulary.label(each) for each in topics),
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
    """What the enquirer asks for and this supporter knows; what they do not share is not told to them."""
    meets = reference.vocabulary.meets
    known = (need for need in enquiry.wanted if any(meets(each, need) for each in supporter.characteristics))
    return tuple(dict.fromkeys((*enquiry.essential, *known)))


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


def _fill(template: str, fields: Mapping[str, str]) -> str:
    """Each field by its value, in one pass: a value that looks like a field stays as it is."""
    return _FIELD.sub(lambda found: readable(fields[found[1]]), template)


def _only_field(paragraph: str) -> str:
    found = _FIELD.fullmatch(paragraph.strip())
    return found[1] if found else ""


def _faults(name: str, text: str | None) -> list[Fault]:
    """What is wrong with one template."""
    if text is None:
        return [Fault(name, "this letter is missing")]
    subject, _, body = readable(text).strip().partition("\n\n")
    faults = [
        Fault(name, f"there is no field {{{one_line(field)}}}")
        for field in _FIELD.findall(text)
        if field not in FIELDS[name]
    ]
    if not subject.startswith(_SUBJECT) or "\n" in subject or not body.strip():
        faults.append(
            Fault(name, "a letter begins with one line 'Subject: ...', an empty line, and its text")
        )
    if re.search(r"[{}]", _FIELD.sub("", text)):
        faults.append(Fault(name, "a curly bracket stands alone"))
    return faults
