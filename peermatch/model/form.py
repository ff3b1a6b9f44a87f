"""A volunteer form: its answers as a table, what each column means, and what one row would do to the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from peermatch.errors import Fault
from peermatch.model.consent import ConsentRecord, Purpose
from peermatch.model.people import Supporter


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers as the form program wrote them: one heading for each column, one row for each answer.

    Cells are text as it stands there; a real date of a workbook is written ``2026-11-20T09:30``. ``first`` is the
    number that a spreadsheet shows beside the first answer, so that a problem can be found again.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int = 2

    def column(self, place: int) -> tuple[str, ...]:
        """All answers to one question."""
        return tuple(row[place] for row in self.rows)


class Meaning(StrEnum):
    """What the answers of a column are."""

    NOTHING = "nothing"
    NAME = "name"
    FIRST_NAME = "first-name"
    SURNAME = "surname"
    KNOWN_AS = "known-as"
    PRONOUNS = "pronouns"
    EMAIL = "email"
    PHONE = "phone"
    PREFERS = "prefers"
    GRADE = "grade"
    SPECIALTY = "specialty"
    ORGANISATION = "organisation"
    PLACE = "place"
    LANGUAGES = "languages"
    CAPACITY = "capacity"
    CHARACTERISTICS = "characteristics"
    NOTES = "notes"
    ANSWERED = "answered"
    CONSENT = "consent"


TAKEN_FROM_A_LIST = frozenset(
    {Meaning.GRADE, Meaning.SPECIALTY, Meaning.ORGANISATION, Meaning.CHARACTERISTICS}
)
"""Meanings whose words must be found in the vocabulary."""
SEVERAL = frozenset({Meaning.CHARACTERISTICS, Meaning.LANGUAGES})
"""Meanings of which one cell may hold several."""


class DayOrder(StrEnum):
    """How 3/4/2026 is meant."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means; ``purpose`` and, for one experience alone, ``characteristic`` belong to consent."""

    meaning: Meaning
    purpose: Purpose | None = None
    characteristic: str | None = None


@dataclass(frozen=True, slots=True)
class FormMapping:
    """How a form is read: its columns by heading, its words by what they mean, and the wording that it showed.

    ``words`` gives ids of the vocabulary for answers in a form's own words, under the meaning and the folded answer;
    ``people`` decides about one answer, by its folded address (or name, where it has none): the id that it belongs to,
    ``new``, ``leave-out``, or ``row:3`` for the person of that row. A yes of the form holds for ``months``.
    """

    columns: Mapping[str, Column]
    wording: str = ""
    months: int = 12
    day_order: DayOrder | None = None
    words: Mapping[tuple[Meaning, str], str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def places(self, sheet: Sheet, meaning: Meaning) -> tuple[int, ...]:
        """Where the columns of a meaning stand."""
        return tuple(
            place
            for place, heading in enumerate(sheet.headings)
            if heading in self.columns and self.columns[heading].meaning is meaning
        )

    def places_of_consent(self, purpose: Purpose) -> tuple[str, ...]:
        """The headings under which people agree to a purpose."""
        return tuple(heading for heading, column in self.columns.items() if column.purpose is purpose)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A form whose reading is kept, by the mark of its questions: those that mean something, and its last use."""

    shape: str
    questions: tuple[str, ...]
    used: date


class Standing(StrEnum):
    """What taking a row in would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REPLACED = "replaced"
    LEFT_OUT = "left-out"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class OpenWord:
    """An answer in the form's own words that a person has to give its meaning, with the ids that come near."""

    meaning: Meaning
    said: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Namesake:
    """An answer of somebody whose name is known already: whether it is one of them is for a person to say.

    ``rows`` are those of the same form with that name.
    """

    key: str
    name: str
    supporters: tuple[str, ...]
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FormRow:
    """One answer: what it would do, to which record, in which fields, and everything that is wrong with it.

    ``supporter`` has no id while they are new; ``agreed`` is what the answer says yes to and no record says yet,
    ``refused`` what it says no to. ``key`` is by what the mapping decides about it; there is none where somebody on
    record says no, or perhaps somebody on record: that does not wait.
    """

    number: int
    standing: Standing
    supporter: Supporter
    agreed: tuple[ConsentRecord, ...] = ()
    refused: tuple[ConsentRecord, ...] = ()
    changes: tuple[str, ...] = ()
    remark: str = ""
    faults: tuple[Fault, ...] = ()
    words: tuple[OpenWord, ...] = ()
    namesake: Namesake | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class FormPreview:
    """What taking the whole form in would do; nothing is written while ``faults`` is not empty."""

    rows: tuple[FormRow, ...]
    faults: tuple[Fault, ...]

    @property
    def words(self) -> tuple[OpenWord, ...]:
        """Each word whose meaning is open, once."""
        return tuple(dict.fromkeys(word for row in self.rows for word in row.words))

    @property
    def namesakes(self) -> tuple[Namesake, ...]:
        """Everybody of whom it is open who they are."""
        return tuple(row.namesake for row in self.rows if row.namesake is not None)

    @property
    def can_wait(self) -> tuple[str, ...]:
        """The answers with something wrong that may be left out for now, by what is decided about each."""
        wrong = (row.key for row in self.rows if row.standing is Standing.WRONG and row.key)
        return tuple(dict.fromkeys(wrong))

    def count(self, standing: Standing) -> int:
        """How many rows stand so."""
        return sum(row.standing is standing for row in self.rows)
