"""A letter as words: each with its plain form, its stem, and where it stands."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*'?|&")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*\s|\n\s*\n|\n\s*(?:[-*•·]|\d+[.)])\s|[:;]\s*\n")
_CLITICS = {
    "n't": ("not",),
    "'m": ("am",),
    "'re": ("are",),
    "'ve": ("have",),
    "'ll": ("will",),
    "'d": ("would",),
}
_IRREGULAR_NOT = {
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "cant": ("can", "not"),
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "shan't": ("shall", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "wasnt": ("was", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "let's": ("let", "us"),
}
# After these, 's is short for "is" or "has"; after a noun it shows whose something is.
_IS_AFTER = frozenset({"he", "she", "it", "that", "there", "who", "what", "where", "here", "how", "this"})
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "st", "e.g", "i.e", "etc", "vs"})
_MARKS = frozenset(',;:()–—[]"“”')
_VOWELS = frozenset("aeiouy")


class Word(NamedTuple):
    """One word: as written, folded, its stem, where it stands, its sentence, and what stands before it."""

    written: str
    plain: str
    stem: str
    start: int
    end: int
    sentence: int
    clause: int


class Text(tuple[Word, ...]):
    """The words of a text, with where each stands, and what was found in it, worked out once for all who ask."""

    @cached_property
    def found(self) -> dict[object, Any]:
        """What was found here, by what looked for it; it goes when the letter goes."""
        return {}

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word."""
        return tuple(word.stem for word in self)

    @cached_property
    def sentences(self) -> Sequence[tuple[int, int]]:
        """Of each sentence the first word, and the one behind its last."""
        ends = [number for number, (one, two) in enumerate(pairwise(self), 1) if one.sentence != two.sentence]
        return list(pairwise((0, *ends, len(self)))) if self else []


class Stemmer:
    """Brings the forms of a word together: ``pumps`` and ``pump``, ``failed`` and ``failing``; never shorter words."""

    __slots__ = ("_irregular", "forms", "phrase", "stem")

    def __init__(self, irregular: Mapping[str, Sequence[str]]) -> None:
        self._irregular = {form: base for base, forms in irregular.items() for form in forms}
        self.stem = cache(self._stem)
        self.phrase = cache(self._phrase)
        self.forms = cache(self._forms)

    def _phrase(self, text: str) -> tuple[str, ...]:
        if text.isalpha() and text.islower() and text not in _IRREGULAR_NOT:
            return (self.stem(text),)
        return tuple(stem for found in _WORD.finditer(text) for _, stem in self.forms(found.group()))

    def _forms(self, written: str) -> tuple[tuple[str, str], ...]:
        return tuple((plain, self.stem(plain)) for plain in plain_forms(written))

    def forget(self) -> None:
        """Let go of every word that was read: the cache would keep a letter's for as long as the program runs."""
        for kept in (self.stem, self.phrase, self.forms):
            kept.cache_clear()

    def is_irregular(self, plain: str) -> bool:
        """Whether this is a form that no rule makes: broke, found."""
        return plain in self._irregular

    def _stem(self, plain: str) -> str:
        word = self._irregular.get(plain, plain)
        if len(word) <= 3 or not word.isalpha():
            return word
        return _without_e(_without_ending(word))


def _without_ending(word: str) -> str:
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and not _VOWELS.isdisjoint(root):
            return _with_e(_undoubled(root), doubled=len(_undoubled(root)) < len(root))
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undoubled(root: str) -> str:
    return root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root


def _with_e(root: str, *, doubled: bool) -> str:
    """A short root takes its e again, so that caring is care and not car, and noted is note and not not."""
    first, vowel, last = (root[0], root[1], root[2]) if len(root) == 3 and not doubled else ("a", "a", "a")
    closed = first not in _VOWELS and vowel in _VOWELS and last not in _VOWELS and last not in "wxy"
    return root + "e" if closed else root


def _without_e(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def plain_forms(written: str) -> tuple[str, ...]:
    """A word folded and taken apart: ``don't`` is do and not, ``I've`` is I and have, ``husband's`` is husband."""
    if written.isalpha():
        low = written.casefold()
        return _IRREGULAR_NOT.get(low) or (low,)
    low = written.replace("’", "'").casefold().rstrip("'")
    if low in _IRREGULAR_NOT:
        return _IRREGULAR_NOT[low]
    head, mark, tail = low.rpartition("'")
    if low.endswith("n't") and len(low) > 3:
        return (low[:-3], "not")
    if mark and "'" + tail in _CLITICS:
        return (head, *_CLITICS["'" + tail])
    if mark and tail == "s":
        return (head, "is") if head in _IS_AFTER else (head,)
    return (low.replace("'", ""),)


def phrase(text: str, stemmer: Stemmer) -> tuple[str, ...]:
    """The stems of a phrase as it would stand in a letter."""
    return stemmer.phrase(text)


def read_words(text: str, offset: int, stemmer: Stemmer, first_sentence: int = 0) -> list[Word]:
    """All words of a text, numbered by sentence and clause; positions are moved by an offset."""
    words: list[Word] = []
    ends = [m.start() for m in _SENTENCE_END.finditer(text) if not _after_title(text, m.start(), m.group())]
    ends.append(len(text))
    sentence, clause, last, number, forms = first_sentence, 0, 0, 0, stemmer.forms
    for found in _WORD.finditer(text):
        start, end = found.span()
        while ends[number] < start:
            number, sentence, clause = number + 1, sentence + 1, clause + 1
        if words and (between := text[last:start]) != " " and _breaks(between):
            clause += 1
        written = found.group()
        for plain, stem in forms(written):
            words.append(Word(written, plain, stem, offset + start, offset + end, sentence, clause))
        last = end
    return words


def _after_title(text: str, position: int, mark: str) -> bool:
    if not mark.startswith("."):
        return False
    before = text[max(0, position - 5) : position].split()
    return bool(before) and before[-1].casefold() in _TITLES


def _breaks(between: str) -> bool:
    """Whether what stands between two words ends a clause: a comma, a dash, a bracket."""
    return not _MARKS.isdisjoint(between) or " - " in between
