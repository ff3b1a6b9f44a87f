"""Names, addresses and numbers of people in the words of a letter, and words that a subject must not show."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import Enquiry
from peermatch.model.letter_kinds import FIELD_SIGN
from peermatch.model.letter_text import SUBJECT, LetterText, Remark
from peermatch.model.people import Supporter, surname
from peermatch.model.text import is_title, one_line

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+?\d(?:[\s().\-–/]*\d){8,}")
_NEW_SENTENCE = re.compile(r"(?:^|[.?!:]|^\s*[-•])\s*$")
_LAST_DIGITS = 9
_SHORTEST = 3
_LONGEST_NAME = 5
ENQUIRER = (
    "Somebody who has written to the network is named here. Letters go to others, so please take it out."
)
SUPPORTER = "A supporter is named here, and every letter of this kind would name them. Is that meant?"
REACHED = "Here stands how somebody in the network can be reached. Contact details go out on cards alone."
A_NAME = "“{}” is also part of the name of somebody in the network. Is nobody meant?"
TOPIC = "“{}” says what it is about, and others may see a subject. Put it into the letter, or leave it out."
WHOSE = "This says whose letter it is, and others may see a subject. It is safer without."
_WE = re.compile(r"\bpeer[- ]support", re.IGNORECASE)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a network by what stands in words: whole names, parts of names, addresses, numbers."""

    enquirers: frozenset[Words]
    supporters: frozenset[Words]
    parts: frozenset[str]
    addresses: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, supporters: Iterable[Supporter], enquiries: Iterable[Enquiry]) -> "People":
        """From the records, read once."""
        asked = [each.requester for each in enquiries]
        helping = list(supporters)
        written = {_words(each.name) for each in asked if each.name}
        known = {_words(name) for each in helping for name in _called(each)}
        reached = [(each.email, each.other_emails, each.phone) for each in asked]
        reached += [(each.email, each.other_emails, each.phone) for each in helping]
        addresses = [a for one, more, _ in reached for a in (one, *more) if a]
        numbers = [_last_digits(number) for _, _, number in reached if number]
        return cls(
            frozenset(name for name in written if len(name) > 1),
            frozenset(name for name in known if len(name) > 1),
            frozenset(word for name in written | known for word in name if len(word) >= _SHORTEST),
            frozenset(each.strip().casefold() for each in addresses),
            frozenset(filter(None, numbers)),
        )


def remarks(text: LetterText, people: People, usual: frozenset[str]) -> tuple[Remark, ...]:
    """Who is named on which line; ``usual`` are the words that the letters which ship use themselves."""
    lines = enumerate((text.subject, *text.body.split("\n")))
    return tuple(remark for number, line in lines for remark in _of_line(number, line, people, usual))


def topic_words(vocabulary: Vocabulary) -> Mapping[Words, str]:
    """Every way of naming a topic, as it is compared and as it is written; made once, for subjects are many."""
    said = (
        name
        for term in vocabulary.terms.values()
        for name in (term.label, *term.synonyms, *term.abbreviations)
    )
    return {words: each for each in said if (words := _words(each))}


def subject_remarks(subject: str, topics: Mapping[Words, str], network: str) -> tuple[Remark, ...]:
    """What a subject tells whoever sees the list of messages."""
    words, name = _words(FIELD_SIGN.sub(" ", subject)), _words(network)
    runs = {words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    named = next((topics[run] for run in sorted(runs, key=len, reverse=True) if run in topics), "")
    found = [Remark(SUBJECT, TOPIC.format(named))] if named else []
    if _WE.search(subject) or (name and name in runs):
        found.append(Remark(SUBJECT, WHOSE, grave=False))
    return tuple(found)


def usual_words(texts: Iterable[LetterText]) -> frozenset[str]:
    """Every word of some letters, folded."""
    return frozenset(word for each in texts for word in _words(f"{each.subject}\n{each.body}"))


def _of_line(number: int, line: str, people: People, usual: frozenset[str]) -> Iterator[Remark]:
    line = FIELD_SIGN.sub(lambda found: " " * len(found[0]), line)
    if _reached(line, people):
        yield Remark(number, REACHED)
    words = [(_fold(found[0]), found) for found in _WORD.finditer(line) if len(found[0]) > 1]
    folded, whole = tuple(word for word, _ in words), set[int]()
    for names, said, grave in ((people.enquirers, ENQUIRER, True), (people.supporters, SUPPORTER, False)):
        places = set(_places(folded, names)) - whole
        whole |= places
        if places:
            yield Remark(number, said, grave)
    for place, (word, found) in enumerate(words):
        if place not in whole and word in people.parts and not _everyday(line, found, word in usual):
            yield Remark(number, A_NAME.format(found[0]), grave=False)


def _reached(line: str, people: People) -> bool:
    addresses = (found.casefold() for found in _ADDRESS.findall(line))
    numbers = (_last_digits(found) for found in _NUMBER.findall(line))
    return not people.addresses.isdisjoint(addresses) or not people.numbers.isdisjoint(numbers)


def _everyday(line: str, found: re.Match[str], usual: bool) -> bool:
    """Whether a word that is a name too is none here: it is small, or begins a sentence and is a usual word."""
    begins = bool(_NEW_SENTENCE.search(line[: found.start()]))
    return not found[0][:1].isupper() or (begins and usual)


def _called(person: Supporter) -> tuple[str, ...]:
    """Their name in full, and as people say it: with what they go by, and without what stands between."""
    rest = surname(person.name, person.known_as)
    return (person.name, f"{person.first_name} {rest}", f"{person.first_name} {''.join(rest.split()[-1:])}")


def _places(words: Words, names: frozenset[Words]) -> Iterator[int]:
    """The places of words that are part of a whole name."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + _LONGEST_NAME, len(words)) + 1):
            if words[start:end] in names:
                yield from range(start, end)


def _words(text: str) -> Words:
    """The words of a text or a name as they are compared; titles and single letters do not name anybody."""
    bare = text if text.isascii() else one_line(text)
    found = (_fold(word) for word in _WORD.findall(bare) if len(word) > 1)
    return tuple(word for word in found if not is_title(word))


def _fold(word: str) -> str:
    if word.isascii():
        return word.casefold()
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _last_digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits[-_LAST_DIGITS:] if len(digits) >= _LAST_DIGITS else ""
