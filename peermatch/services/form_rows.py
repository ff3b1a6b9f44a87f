"""Turns one answer of a form into a supporter's record, with what they agreed to and everything that is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from peermatch.errors import Fault
from peermatch.model.consent import PER_CHARACTERISTIC, ConsentRecord, Method, Purpose
from peermatch.model.form import Column, DayOrder, FormMapping, Meaning, Namesake, OpenWord, Sheet
from peermatch.model.people import MOST_AT_A_TIME, Channel, Supporter, SupporterStatus
from peermatch.model.reference import Reference
from peermatch.model.requests import months_later
from peermatch.model.text import fold_address, fold_name, one_line, readable
from peermatch.services.form_values import (
    day_of,
    hedged,
    nothing_said,
    options_of,
    second_of,
    unsaid,
    yes_or_no,
)
from peermatch.services.form_words import FormWords
from peermatch.words import tr

LONGEST_LINE = 200
_LINES = {
    Meaning.KNOWN_AS: "known_as",
    Meaning.PRONOUNS: "pronouns",
    Meaning.PHONE: "phone",
    Meaning.PLACE: "place",
}
_NAMES = frozenset({Meaning.NAME, Meaning.FIRST_NAME, Meaning.SURNAME, Meaning.KNOWN_AS})
_IDS = {Meaning.GRADE: "grade", Meaning.SPECIALTY: "specialty", Meaning.ORGANISATION: "organisation"}


@dataclass(slots=True)
class Answer:
    """One row as it is read: ``said`` by field of the record, ``agreed`` and ``refused`` by purpose and experience.

    A no to a purpose without an experience is one to all of it.
    """

    number: int
    day: date | None = None
    second: int = 0
    said: dict[str, object] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    characteristics: list[str] = field(default_factory=list)
    agreed: list[tuple[Purpose, str | None]] = field(default_factory=list)
    refused: list[tuple[Purpose, str | None]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    not_by_all: list[str] = field(default_factory=list)
    words: list[OpenWord] = field(default_factory=list)
    namesake: Namesake | None = None
    takes_back: bool = False
    """Whether it says no to what was agreed to: that is never left out together with others."""
    twins: tuple[int, ...] = ()
    """Other rows of this name, where no address says whether they are of the same person."""

    @property
    def key(self) -> str:
        """By what it is decided about: the first address, else the name, with the row where others have it."""
        name = fold_name(str(self.said.get("name", "")))
        if self.twins:
            return f"{name}#{self.number}"
        return fold_address(self.addresses[0]) if self.addresses else name or f"#{self.number}"

    def wrong(self, heading: str, text: str) -> None:
        """Note what is wrong with one cell."""
        self.faults.append(
            Fault(tr("row {number}, {heading}").format(number=self.number, heading=heading), text)
        )


class RowReader:
    """Reads rows of one sheet by one mapping."""

    def __init__(
        self, sheet: Sheet, mapping: FormMapping, order: DayOrder, lists: Reference, words: FormWords
    ) -> None:
        self._sheet, self._mapping, self._order = sheet, mapping, order
        self._words, self._terms = words, lists.vocabulary.terms
        self._broader = lists.vocabulary.broader_terms

    def read(self, place: int) -> Answer:
        """One row, people and experiences first, since consent may be for all of them."""
        answer = Answer(self._sheet.first + place)
        cells = [
            (heading, self._mapping.columns[heading], cell)
            for heading, cell in zip(self._sheet.headings, self._sheet.rows[place], strict=True)
            if heading in self._mapping.columns
            and cell
            and not _passed_over(self._mapping.columns[heading], cell)
        ]
        names = {column.meaning: one_line(cell) for _, column, cell in cells}
        for heading, column, cell in cells:
            self._take(answer, heading, column, cell)
        for heading, column, cell in cells:
            if column.meaning is Meaning.CONSENT and column.purpose is not None:
                self._take_consent(answer, heading, column, column.purpose, cell)
        self._hold_against_each_no(answer)
        parts = (names.get(Meaning.FIRST_NAME, ""), names.get(Meaning.SURNAME, ""))
        whole = names.get(Meaning.NAME) or " ".join(part for part in parts if part)
        if whole:
            answer.said["name"] = whole[:LONGEST_LINE]
        else:
            answer.wrong("name", tr("there is no name; write it into the file, or leave this row out."))
        return answer

    def _take(self, answer: Answer, heading: str, column: Column, cell: str) -> None:
        meaning = column.meaning
        if meaning in _LINES:
            answer.said[_LINES[meaning]] = one_line(cell)[:LONGEST_LINE]
        elif meaning in _IDS:
            if (id := self._id(answer, heading, meaning, cell)) is not None:
                answer.said[_IDS[meaning]] = id
        elif meaning is Meaning.EMAIL:
            if fold_address(cell) not in map(fold_address, answer.addresses):
                answer.addresses.append(one_line(cell))
        elif meaning is Meaning.CHARACTERISTICS:
            answer.characteristics += self._ids(answer, heading, cell, nothing_said)
        elif meaning is Meaning.LANGUAGES:
            answer.said["languages"] = options_of(cell.replace(",", ";"), meaning, self._words)
        elif meaning is Meaning.NOTES:
            answer.said["notes"] = "\n".join(
                filter(None, (str(answer.said.get("notes", "")), readable(cell)))
            )
        else:
            self._take_figures(answer, heading, meaning, cell)

    def _take_figures(self, answer: Answer, heading: str, meaning: Meaning, cell: str) -> None:
        if meaning is Meaning.CAPACITY:
            if cell.isascii() and cell.isdigit() and len(cell) < 4 and int(cell) <= MOST_AT_A_TIME:
                answer.said["capacity"] = int(cell)
            else:
                answer.wrong(
                    heading,
                    tr("{one_line} is not a number of people from 0 to {most}.").format(
                        one_line=one_line(cell)[:40], most=MOST_AT_A_TIME
                    ),
                )
        elif meaning is Meaning.PREFERS:
            plain = cell.casefold()
            phone, mail = "phone" in plain or "call" in plain, "mail" in plain
            if phone != mail:
                answer.said["prefers"] = Channel.PHONE if phone else Channel.EMAIL
        elif meaning is Meaning.ANSWERED:
            answer.day, answer.second = day_of(cell, self._order), second_of(cell)
            if answer.day is None:
                answer.wrong(heading, tr("{one_line} is not a day.").format(one_line=one_line(cell)[:40]))

    def _take_consent(
        self, answer: Answer, heading: str, column: Column, purpose: Purpose, cell: str
    ) -> None:
        each = purpose in PER_CHARACTERISTIC
        listed = each and not column.characteristic and self._names_one(cell)
        yes = None if listed else yes_or_no(cell, heading)
        if yes is False:
            answer.refused.append((purpose, column.characteristic))
        elif column.characteristic or not each or (yes is None and not listed and hedged(cell)):
            if yes:
                answer.agreed.append((purpose, column.characteristic))
            else:
                answer.wrong(
                    heading, tr("“{one_line}” is neither yes nor no.").format(one_line=one_line(cell)[:40])
                )
        elif yes:
            # A yes to everything is no yes to what is most sensitive: that is asked for by itself (UK GDPR, explicit).
            open_to_all = [id for id in answer.characteristics if not self._terms[id].extra_sensitive]
            answer.agreed += [(purpose, id) for id in open_to_all]
            answer.not_by_all += [id for id in answer.characteristics if id not in open_to_all]
        else:
            answer.agreed += [(purpose, id) for id in self._ids(answer, heading, cell)]

    def _hold_against_each_no(self, answer: Answer) -> None:
        """A no in one column is never passed over by a yes in another, be it to everything or to something wider."""
        for purpose, topic in tuple(answer.agreed):
            above = (None, topic, *self._above(topic))
            if any((purpose, each) in answer.refused for each in above):
                answer.agreed.remove((purpose, topic))
        for purpose, topic in answer.agreed:
            under = (no for kind, no in answer.refused if kind is purpose and topic in self._above(no))
            for no in under:
                words = tr("they say yes to {label} but no to {label_2}, a part of it.").format(
                    label=self._label(topic), label_2=self._label(no)
                )
                answer.wrong(
                    "consent",
                    tr("{words} Leave this row out, and record what they say by hand.").format(words=words),
                )

    def _above(self, topic: str | None) -> tuple[str, ...]:
        return self._broader(topic) if topic and topic in self._terms else ()

    def _label(self, topic: str | None) -> str:
        return self._terms[topic].label if topic and topic in self._terms else ""

    def _names_one(self, cell: str) -> bool:
        """Whether it is a list of experiences, one of which may begin with no."""
        kind = Meaning.CHARACTERISTICS
        return any(self._words.find(kind, each) for each in options_of(cell, kind, self._words))

    def _ids(
        self, answer: Answer, heading: str, cell: str, passed_over: Callable[[str], bool] = unsaid
    ) -> list[str]:
        options = (e for e in options_of(cell, Meaning.CHARACTERISTICS, self._words) if not passed_over(e))
        found = (self._id(answer, heading, Meaning.CHARACTERISTICS, each) for each in options)
        return list(dict.fromkeys(id for id in found if id))

    def _id(self, answer: Answer, heading: str, meaning: Meaning, said: str) -> str | None:
        """The id of an answer; the empty text of a mapping says that the answer means nothing that is kept."""
        chosen = self._mapping.words.get((meaning, fold_name(said)))
        lost = meaning is Meaning.CHARACTERISTICS and chosen and chosen not in self._terms
        if chosen is not None and not lost:
            return chosen or None
        found = self._words.find(meaning, said)
        if found is None:
            ids = self._words.near(meaning, said)
            answer.words.append(OpenWord(meaning, one_line(said), ids))
            near = [self._words.label(meaning, id) for id in ids]
            hint = tr("; perhaps {join}").format(join=" or ".join(near)) if near else ""
            answer.wrong(
                heading,
                tr("“{one_line}” is not in the list{hint}.").format(one_line=one_line(said)[:60], hint=hint),
            )
        return found


def _passed_over(column: Column, cell: str) -> bool:
    """Whether a cell answers nothing; somebody may be called Na."""
    if column.meaning in _NAMES:
        return False
    return unsaid(cell) if column.meaning is Meaning.CONSENT else nothing_said(cell)


def proposed(answer: Answer, before: Supporter | None) -> Supporter:
    """The record as it would be: an empty answer changes nothing, and an experience is never taken away by a form."""
    person = before or Supporter("", "", status=SupporterStatus.APPLIED)
    known = {fold_address(each) for each in (person.email or "", *person.other_emails)}
    fresh = [each for each in answer.addresses if fold_address(each) not in known]
    email = person.email or (fresh.pop(0) if fresh else None)
    said = {name: value for name, value in answer.said.items() if not (before and name == "name")}
    return replace(
        person,
        **said,  # type: ignore[arg-type]  # names and values are those of the fields: see _LINES and _IDS
        email=email,
        other_emails=(*person.other_emails, *fresh),
        characteristics=tuple(dict.fromkeys((*person.characteristics, *answer.characteristics))),
    )


def records(answer: Answer, mapping: FormMapping, evidence: str) -> Iterator[ConsentRecord]:
    """What the answer agrees to, as records of the day on which it was given."""
    for purpose, topic in dict.fromkeys(answer.agreed):
        if answer.day is not None:
            until = months_later(answer.day, mapping.months)
            yield ConsentRecord(
                purpose, topic, answer.day, until, None, Method.FORM, mapping.wording, None, evidence
            )
