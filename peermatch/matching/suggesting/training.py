"""The specialty and grade that a writer states of themselves; never those of a husband, a boss or a wished-for peer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peermatch.matching.suggesting.cues import Cues, strings, table
from peermatch.matching.suggesting.grammar import Grammar, Setting
from peermatch.matching.suggesting.names import Name, Names, is_abbreviation
from peermatch.matching.suggesting.patterns import Found, Phrases
from peermatch.matching.suggesting.reading import Reading
from peermatch.matching.suggesting.words import Word
from peermatch.model.training import Grades, Specialties

_EARLY = 40
_ENOUGH = 3
_FIRST = 12
_SURE, _NEAR, _CLOSE = 4, 4, 3
_OTHERS = frozenset({"my", "our", "the", "his", "her", "their", "one", "another", "other", "every", "each"})
_AMBIGUOUS_KINDS = frozenset({"consultant", "gp-qualified", "oop", "dentist-practice", "specialist"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A specialty or grade at a place, and how likely it is the writer's own."""

    id: str
    first: int
    last: int
    score: float


class Training:
    """Finds what a writer trains in and how far they are."""

    def __init__(self, specialties: Specialties, grades: Grades, cues: Cues, grammar: Grammar) -> None:
        data = cues.tables["stated"]
        language = cues.language
        self._specialties, self._grades, self._grammar = specialties, grades, grammar
        self._faint = frozenset(strings(data, "specialties", "faint"))
        people = table(data, "specialties", "people")
        self._said = {id: str(value).replace("-", " ").split() for id, value in people.items()}
        self._people = {id: str(value).split() for id, value in people.items()}
        self._headings = {id: str(v).split() for id, v in table(data, "specialties", "headings").items()}
        self._also = {id: strings(data, "grades", "also", id) for id in table(data, "grades", "also")}
        self._specialty_names = Names(self._every_specialty(), language)
        self._grade_names = Names(self._every_grade(), language)
        self._second = frozenset(strings(data, "specialties", "second"))
        self._trainee = frozenset(
            language.stemmer.stem(each) for each in strings(data, "specialties", "trainee")
        )
        self._roles = self._trainee & language.classes["workmate"]
        self._passing = _phrases(strings(data, "specialties", "passing"), cues)
        self._withheld = _phrases(strings(data, "specialties", "withheld"), cues)
        self._ordinals = {each: int(str(n)) for each, n in table(data, "grades", "ordinals").items()}
        self._programmes = {id: str(start) for id, start in table(data, "grades", "programmes").items()}

    def specialties_in(self, words: Sequence[Word]) -> list[tuple[int, tuple[str, ...]]]:
        """Every specialty named, by place; a psychiatrist of no kind stands for all of psychiatry."""
        found: list[tuple[int, tuple[str, ...]]] = []
        for each in self._specialty_names.find(words):
            heading = each.meaning.id.removeprefix("*")
            if heading != each.meaning.id:
                found.append((each.first, tuple(s.id for s in self._specialties.all if s.group == heading)))
            elif not each.meaning.faint or each.meaning.text in self._people.get(each.meaning.id, ()):
                found.append((each.first, (each.meaning.id,)))
        return found

    def read(self, reading: Reading, setting: Setting) -> tuple[str | None, str | None]:
        """Specialty and grade, each nothing when it was not stated or was asked to be left out."""
        words = reading.words
        held = self._withheld_sentences(words)
        grades = [
            each for each in self._grade_mentions(words, setting) if words[each.first].sentence not in held
        ]
        specialties = [
            each
            for each in self._specialty_mentions(words, setting, grades)
            if words[each.first].sentence not in held
        ]
        grade = _best(grades, 1)
        specialty = _best(specialties, _ENOUGH)
        if not setting.for_somebody_else and not held:
            signed_grade, signed_specialty = self._signed(reading.signature)
            # Who signs as an IMT2 is one, unless they say "I am" something else.
            grade = signed_grade if signed_grade and not _best(grades, _SURE) else grade
            specialty = specialty or signed_specialty
        grade = grade or self._by_year(words, specialties, setting)
        return self._settled(specialty, grade)

    def _signed(self, signature: Sequence[Word]) -> tuple[str | None, str | None]:
        """Grade and specialty below a letter; a specialty only beside a grade, since addresses name hospitals."""
        grades = [
            each for each in self._grade_names.find(signature) if each.meaning.id not in _AMBIGUOUS_KINDS
        ]
        if not grades:
            return None, None
        near = range(grades[0].first - _NEAR, grades[0].last + _NEAR + 1)
        beside = [each.meaning.id for each in self._specialty_names.find(signature) if each.first in near]
        return grades[0].meaning.id, beside[0] if beside else None

    def _every_specialty(self) -> Iterable[Name]:
        for each in self._specialties.all:
            said = [person.replace("-", " ") for person in self._people.get(each.id, ())]
            for text in dict.fromkeys((each.label, *each.also_written, *said)):
                yield Name(each.id, text, is_abbreviation(text), text.casefold() in self._faint)
            for text in each.weak_cues:
                yield Name(each.id, text, is_abbreviation(text), faint=True)
        for heading, said in self._headings.items():
            for text in said:
                yield Name(f"*{heading}", text, faint=True)

    def _every_grade(self) -> Iterable[Name]:
        counted: dict[str, set[str]] = {}
        for id, also in self._also.items():
            yield from (Name(id, text, faint=True) for text in also)
        for each in self._grades.all:
            for text in (each.label, each.short, *each.also_written):
                counted.setdefault(text, set()).add(each.id)
        for text, ids in counted.items():
            if len(ids) == 1:
                (id,) = ids
                # "ST4" needs no capitals: there is no such word.
                yield Name(id, text, is_abbreviation(text) and not text[-1].isdigit())
                head, tail = text[:-1], text[-1:]
                if tail.isdigit() and head.isalpha():
                    yield Name(id, f"{head} {tail}")

    def _withheld_sentences(self, words: Sequence[Word]) -> frozenset[int]:
        """Sentences whose specialty the writer asks not to write down: that one and the one before."""
        at = [words[each.first].sentence for each in self._withheld.find(words)]
        return frozenset(at) | frozenset(sentence - 1 for sentence in at)

    def _grade_mentions(self, words: Sequence[Word], setting: Setting) -> list[Mention]:
        return [
            Mention(each.meaning.id, each.first, each.last, self._own_score(words, each, setting))
            for each in self._grade_names.find(words)
            if each.meaning.id not in _AMBIGUOUS_KINDS
        ]

    def _own_score(self, words: Sequence[Word], found: Found[Name], setting: Setting) -> float:
        """How likely a mention is the writer's own: "I'm an F2", at the start of a letter, not "my husband is"."""
        first = found.first
        score = 1.0
        before = [w.plain for w in words[max(0, first - 6) : first] if w.sentence == words[first].sentence]
        score += 3 if "i" in before[-6:] and ("am" in before or "as" in before or len(before) < 4) else 0
        score += 1 if first < _EARLY else 0
        score += 1 if not before else 0
        score -= (
            6 if self._grammar.somebody_else(words, self._begin(words, first), found.last, setting) else 0
        )
        score -= 3 if words[first].sentence in setting.wishes and "i" not in before else 0
        # "clinical fellow" is a grade only when somebody says that they are one.
        score -= 4 if found.meaning.faint and self._grades.knows(found.meaning.id) else 0
        score -= 1.5 if {"was", "before", "former", "until"} & set(before[-3:]) else 0
        return score - (10 if first in setting.unwanted else 0)

    def _begin(self, words: Sequence[Word], first: int) -> int:
        """Where the person begins whose grade or specialty is added: "an O&G registrar, ST5" is one person."""
        for back in range(first - 1, max(-1, first - _CLOSE - 1), -1):
            if words[back].sentence != words[first].sentence:
                break
            if words[back].stem in self._roles:
                before = {word.plain for word in words[max(0, back - _NEAR) : back]}
                return first if before & _OTHERS else back
        return first

    def _specialty_mentions(
        self, words: Sequence[Word], setting: Setting, grades: Sequence[Mention]
    ) -> list[Mention]:
        passing = {each.last: True for each in self._passing.find(words)}
        mentions = []
        for each in self._specialty_names.find(words):
            score = self._own_score(words, each, setting) - (1.5 if each.meaning.faint else 0)
            score += 4 if any(_beside(words, each, grade) for grade in grades if grade.score > 0) else 0
            after = {w.stem for w in words[each.last + 1 : each.last + 3]}
            before = {w.stem for w in words[max(0, each.first - 3) : each.first]}
            score += 2.5 if after & self._trainee or before & self._trainee else 0
            told_in_years = any(
                word.plain in self._ordinals for word in words[max(0, each.first - 4) : each.first]
            )
            score += 3 if told_in_years and "year" in before else 0
            score -= 1 if each.meaning.id in self._second else 0
            score -= 3 if any(at in passing for at in range(each.first - 3, each.first)) else 0
            mentions.append(Mention(each.meaning.id, each.first, each.last, score))
        return mentions

    def _by_year(self, words: Sequence[Word], specialties: Sequence[Mention], setting: Setting) -> str | None:
        """A grade told in years ("public health registrar, third year"), or by a post that is about to start."""
        near = [each for each in specialties if each.score > 0][:_FIRST]
        for number, word in enumerate(words[:-1]):
            year = self._ordinals.get(word.plain)
            if year is None or words[number + 1].stem != "year":
                continue
            for each in near:
                if abs(each.first - number) <= 6 and words[each.first].sentence == word.sentence:
                    return self._in_programme(each.id, year)
        starting = {"start", "accept", "begin"}
        for each in near:
            sentence = words[each.first].sentence
            stems = {word.stem for word in words if word.sentence == sentence}
            programme = each.id in ("gp", "public-health-medicine", "imt")
            if (
                programme
                and stems & starting
                and stems & {"train", "post", "training"}
                and not setting.for_somebody_else
            ):
                return self._in_programme(each.id, 1)
        return None

    def _in_programme(self, specialty: str, year: int) -> str | None:
        grade = f"{self._programmes.get(specialty, 'st')}{year}"
        return grade if self._grades.knows(grade) else None

    def _settled(self, specialty: str | None, grade: str | None) -> tuple[str | None, str | None]:
        """Specialty and grade as the programme calls them: a CT2 in psychiatry is in core psychiatry."""
        heading = specialty[1:] if specialty and specialty.startswith("*") else None
        if heading:
            specialty = None
        group = heading or (self._specialties.specialties[specialty].group if specialty else None)
        kind = "".join(c for c in (grade or "") if not c.isdigit())
        if kind in ("st", "") and specialty in ("gp", "public-health-medicine") and grade:
            grade = self._in_programme(specialty, int(grade[-1])) or grade
        by_kind = {"f": "foundation", "gpst": "gp", "imt": "imt", "accs": "accs"}
        if kind in by_kind:
            return by_kind[kind], grade
        core = {"surgery": "cst", "psychiatry": "core-psychiatry", "anaesthetics": "core-anaesthetics"}
        if kind == "ct" and group in core:
            return core[group], grade
        if specialty is None and heading == "psychiatry":
            return "general-psychiatry", grade
        if specialty is None and kind in ("dct", "dft"):
            return {"dct": "dental-core", "dft": "dental-foundation"}[kind], grade
        if kind == "st" and group == "dental" and grade:
            grade = f"d{grade}" if self._grades.knows(f"d{grade}") else grade
        return specialty, grade


def _phrases(texts: Sequence[str], cues: Cues) -> Phrases[bool]:
    return Phrases(((text, True) for text in texts), cues.language, loose=True)


def _beside(words: Sequence[Word], found: Found[Name], grade: Mention) -> bool:
    gap = max(found.first - grade.last, grade.first - found.last)
    return gap <= 5 and words[found.first].sentence == words[grade.first].sentence


def _best(mentions: Sequence[Mention], enough: float) -> str | None:
    likely = [each for each in mentions if each.score >= enough]
    return max(likely, key=lambda each: (each.score, -each.first)).id if likely else None
