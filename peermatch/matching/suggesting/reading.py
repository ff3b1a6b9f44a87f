"""A letter made ready for reading: its own words, its subject, which sentences wish and which passages turn away."""

import re
from dataclasses import dataclass

from peermatch.matching.suggesting.words import Stemmer, Text, Word, read_words
from peermatch.model.letter import Letter, PartKind, Passage

_ANSWER = re.compile(r"(?i)^\s*(?:re|fw|fwd|aw|sv)\s*:")
_REPLY = re.compile(r"(?i)^\s*(?:re|aw|sv)\s*:")
_A_LINE = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a letter by whose they are; `forwarded` are another's, passed on with hardly a word."""

    letter: Letter
    words: Text
    subject: Text
    signature: Text
    forwarded: Text

    def between(self, first: int, last: int) -> Passage:
        """The letter's text from one word to another."""
        start, end = self.words[first].start, self.words[last].end
        return Passage(start, end, self.letter.text[start:end])

    def sentence_text(self, number: int) -> str:
        """A sentence as written, with the marks that end it."""
        inside = [word for word in self.words if word.sentence == number]
        text = self.letter.text
        start, end = inside[0].start, inside[-1].end
        while start > 0 and text[start - 1] in "\"'“‘(":
            start -= 1
        while end < len(text) and text[end] in ".!?…\"'”’)%":
            end += 1
        return text[start:end]


def read(letter: Letter, stemmer: Stemmer) -> Reading:
    """A letter's words by whose they are; the subject of an answer is not the writer's."""
    own: list[Word] = []
    signature: list[Word] = []
    quoted: list[Word] = []
    for part in letter.parts:
        into = {PartKind.OWN: own, PartKind.SIGNATURE: signature, PartKind.QUOTED: quoted}[part.kind]
        first = into[-1].sentence + 1 if into else 0
        into += read_words(letter.text[part.start : part.end], part.start, stemmer, first)
    # Who passes a letter on with a line of their own means what it says; nobody else's words are read. What stands
    # below a reply was read when it came.
    forwarded = quoted if len(own) < _A_LINE and not _REPLY.match(letter.subject) else []
    subject = "" if _ANSWER.match(letter.subject) else letter.subject
    about = read_words(subject, 0, stemmer)
    return Reading(letter, Text(own), Text(about), Text(signature), Text(forwarded))
