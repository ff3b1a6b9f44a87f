"""Who is spoken of, and whether it is denied: small rules of English that keep words from being taken wrongly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from peermatch.matching.suggesting.cues import Cues, strings, words
from peermatch.matching.suggesting.patterns import Language, Phrases
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.words import Word, phrase

_PIECES = re.compile(r"[\s|\-]+")
_BACK = 6
_FAR_BACK = 14
_WRITER = frozenset({"i", "me", "myself", "mine", "we", "us"})
_SELF = frozenset({("i", "am"), ("i", "was"), ("as", "a"), ("as", "an"), ("i", "be")})


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole letter: its wishing sentences, turned-away words, and whether it is about another."""

    wishes: frozenset[int]
    unwanted: frozenset[int]
    of_the_dead: frozenset[int]
    for_somebody_else: bool


class Grammar:
    """Judges one phrase at one place of a letter."""

    def __init__(self, cues: Cues) -> None:
        table = cues.tables["grammar"]
        language = cues.language
        self._wish = _phrases(strings(table, "grammar", "wish"), language)
        self._for_other = _phrases(strings(table, "grammar", "for_somebody_else"), language)
        self._negated = _phrases(strings(table, "grammar", "negated_phrases"), language)
        self._denied_after = _phrases(strings(table, "grammar", "denied_after"), language)
        self._saying_no = frozenset((*words(table, "grammar", "negators"), "cannot"))
        others = strings(cues.tables["risk"], "others", "phrases")
        self._others = _phrases(others, language)
        self._negators = _stems(words(table, "grammar", "negators"), language)
        self._transparent = _stems(words(table, "grammar", "transparent"), language)
        self._modals = frozenset(words(table, "grammar", "modals"))
        self._own = frozenset(words(table, "grammar", "own_words"))
        self._other = frozenset(words(table, "grammar", "other_words"))
        self._living = frozenset(words(table, "grammar", "living"))
        self._past = frozenset(words(table, "grammar", "past"))
        self._trainee = _stems(words(table, "grammar", "trainee_words"), language)
        self._relatives = language.classes["relative"]
        self._spouses = language.classes["spouse"]
        # In a wish these are the ones who are sought: "a GP who failed and then passed".
        self._seekable = language.classes["workmate"] - _stems(("patient", "friend"), language)
        self._people = language.classes["relative"] | language.classes["workmate"]

    def setting(self, reading: Reading, unwanted: frozenset[int]) -> Setting:
        """What holds for a letter; the passages that turn people away are found by `exclusions`."""
        wishes = {reading.words[each.first].sentence for each in self._wish.find(reading.words)}
        return Setting(
            frozenset(wishes),
            unwanted,
            self.of_the_dead(reading.words),
            bool(self._for_other.find(reading.words)),
        )

    def of_the_dead(self, words: Sequence[Word]) -> frozenset[int]:
        """The words that tell of somebody else's death by their own hand; they say nothing about the writer."""
        return frozenset(at for each in self._others.find(words) for at in range(each.first, each.last + 1))

    def still_lives(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words, with those just before, tell of what somebody means to do now, who may yet be helped."""
        near = words[max(0, first - _BACK) : last + 1]
        said = {word.plain for word in near if word.sentence == words[last].sentence}
        return not said.isdisjoint(self._living) and said.isdisjoint(self._past)

    def negates(self, text: str) -> bool:
        """Whether a phrase says no itself: "nothing to live for"."""
        return any(each in self._saying_no or each.endswith("n't") for each in _PIECES.split(text.casefold()))

    def negated(self, words: Sequence[Word], first: int, last: int, *, says_no: bool = False) -> bool:
        """Whether the words say that something is not so: "I don't have ADHD", "it was ruled out"."""
        if says_no:
            return False
        if any(word.stem in self._negators for word in words[first : last + 1]):
            return True
        return self._denied_before(words, first) or self._denied_behind(words, last)

    def _denied_before(self, words: Sequence[Word], first: int) -> bool:
        denials = self._negated.find(words)
        for back in range(first - 1, max(-1, first - 1 - _BACK), -1):
            word = words[back]
            if word.clause != words[first].clause:
                return False
            if word.stem in self._negators:
                modal = back > 0 and words[back - 1].plain in self._modals
                only = back + 1 < len(words) and words[back + 1].plain in ("only", "just")
                return not modal and not only
            if any(back - 1 <= each.first and each.last <= back for each in denials):
                return True
            if word.stem not in self._transparent:
                return False
        return False

    def _denied_behind(self, words: Sequence[Word], last: int) -> bool:
        near = range(last + 1, last + 4)
        behind = [each for each in self._denied_after.find(words) if each.first in near]
        return any(each.last <= last + 6 and words[each.last].clause == words[last].clause for each in behind)

    def somebody_else(
        self, words: Sequence[Word], first: int, last: int, setting: Setting, *, spouse_counts: bool = True
    ) -> bool:
        """Whether the words are about another than the one who asks: a patient, a husband, a colleague."""
        if any(word.stem in self._people for word in words[first : last + 1]):
            return False
        if self._before_person(words, last):
            return True
        if setting.for_somebody_else:
            return False
        wishing = words[first].sentence in setting.wishes
        owner = self._owner(words, first, wishing=wishing)
        return owner is not None and (spouse_counts or owner.stem not in self._spouses)

    def names_writer(self, words: Sequence[Word]) -> bool:
        """Whether the writer stands among these words: I, me, my."""
        return any(word.plain in self._own for word in words)

    def about_another(self, words: Sequence[Word], setting: Setting) -> bool:
        """Whether a sentence tells of another person and not of the writer, who has no word in it but "my"."""
        if setting.for_somebody_else or any(word.plain in _WRITER for word in words):
            return False
        return any(word.stem in self._people or word.plain in self._other for word in words)

    def of_a_patient(self, words: Sequence[Word], first: int) -> bool:
        """Whether a patient was named last before a place, and not the writer."""
        owner = self._owner(words, first, wishing=False)
        return owner is not None and owner.stem == "patient"

    def tells_of_patient(self, words: Sequence[Word], first: int) -> bool:
        """Whether a sentence names a patient and none of the writer's own people."""
        stems = {
            word.stem
            for word in words[max(0, first - 25) : first + 8]
            if word.sentence == words[first].sentence
        }
        return "patient" in stems and stems.isdisjoint(self._relatives | {"friend", "colleague"})

    def _before_person(self, words: Sequence[Word], last: int) -> bool:
        """An adjective before the person it belongs to: "autistic brother", "depressed patients"."""
        for word in words[last + 1 : last + 2]:
            if word.clause == words[last].clause and word.plain not in self._other:
                return word.stem in self._relatives or word.stem in ("patient", "colleague")
        return False

    def _owner(self, words: Sequence[Word], first: int, *, wishing: bool) -> Word | None:
        """The person other than the writer who was named last before a place, if it was not the writer."""
        reach = _BACK if wishing else _FAR_BACK
        for back in range(first - 1, max(-1, first - 1 - reach), -1):
            word = words[back]
            # "my husband is deaf": on the way back the person is met before the writer's own "my".
            if word.sentence != words[first].sentence or word.plain in self._own:
                return None
            if wishing and (word.plain in self._other or word.stem in self._seekable):
                return None
            if word.plain in self._other or word.stem in self._people:
                return None if self._is_writer(words, back) else word
        return None

    def _is_writer(self, words: Sequence[Word], at: int) -> bool:
        """Whether a person named is the writer all the same: "I am an anaesthetic trainee"."""
        if words[at].plain in self._other:
            return False
        before = [word.plain for word in words[max(0, at - 5) : at] if word.clause == words[at].clause]
        return any(pair in _SELF for pair in pairwise(before))


def _phrases(texts: Sequence[str], language: Language) -> Phrases[bool]:
    return Phrases(((text, True) for text in texts), language, loose=True)


def _stems(plain: Sequence[str], language: Language) -> frozenset[str]:
    return frozenset(stem for each in plain for stem in phrase(each, language.stemmer))
