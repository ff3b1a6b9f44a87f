"""Volunteer forms: read, understood with a person's help, shown row by row, and taken in as one step."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from peermatch.errors import BadInput, Fault
from peermatch.exchange.form_mapping import mapping_from_dict, mapping_to_dict, read_mapping, reading_of
from peermatch.exchange.sheets import LARGEST as LARGEST_FILE
from peermatch.exchange.sheets import read_sheet
from peermatch.model.campaign import Key
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import ConsentRecord, Purpose
from peermatch.model.consent import Standing as Stands
from peermatch.model.form import (
    DayOrder,
    FormMapping,
    FormPreview,
    FormRow,
    Meaning,
    Namesake,
    Remembered,
    Sheet,
    Standing,
)
from peermatch.model.people import Supporter
from peermatch.model.text import fold_name, one_line
from peermatch.services.consent_rules import NO_WORDING, refuse_without_controller
from peermatch.services.desk import Desk
from peermatch.services.form_guess import guess
from peermatch.services.form_people import LEAVE_OUT, NEW, Known, at_addresses, belongs_to, newest, perhaps
from peermatch.services.form_refusals import (
    held_against,
    nothing_else,
    refusals,
    refused,
    said_no,
    taken_back_since,
)
from peermatch.services.form_rows import Answer, RowReader, proposed, records
from peermatch.services.form_taking import take
from peermatch.services.form_told import told
from peermatch.services.form_twins import ROW, joined, mark_twins
from peermatch.services.form_values import needs_an_order, order_of_days
from peermatch.services.form_words import FormWords
from peermatch.services.purpose_words import PURPOSE_WORDS
from peermatch.services.supporters import Supporters
from peermatch.store import forms
from peermatch.words import in_words, tr

LARGEST = LARGEST_FILE
"""Bytes of a file of answers."""
_LABELS = {
    "known_as": tr("known as"),
    "other_emails": tr("other addresses"),
    "email": "e-mail",
    "prefers": tr("way of contact"),
    "characteristics": "experience",
    "consents": "consent",
    "place": "town",
    "capacity": tr("how many people at once"),
}
"""Fields of a record as they are called where people read of them."""


class Forms:
    """Takes in what volunteers answered: applications, renewals and news after a rotation by the same door."""

    def __init__(self, desk: Desk, people: Supporters) -> None:
        self._desk, self._people = desk, people
        self._looked_up = FormWords(desk.snapshot.reference)

    def read(self, raw: bytes) -> Sheet:
        """The answers in a file."""
        return read_sheet(raw)

    @staticmethod
    def read_mapping(raw: bytes) -> FormMapping:
        """How the form is to be read, from a file."""
        return read_mapping(raw)

    @staticmethod
    def document(mapping: FormMapping) -> dict[str, Any]:
        """The same as a document, to be kept for the next time."""
        return mapping_to_dict(mapping)

    def guess(self, sheet: Sheet) -> FormMapping:
        """What the columns mean: as they were read the last time, else what is most likely; a person confirms it."""
        guessed = guess(sheet, self._words())
        with self._desk.store.read() as tx:
            kept = forms.reading(tx, sheet.headings)
        if kept is None:
            return guessed
        try:
            read = mapping_from_dict(kept)
        except BadInput:  # an older or newer program meant something else by it
            return guessed
        return replace(read, columns={**guessed.columns, **read.columns})

    def told(self, sheet: Sheet, mapping: FormMapping) -> dict[str, object]:
        """How somebody was about to read a form, without any answer, to be put back after a lock."""
        return {"headings": list(sheet.headings), "mapping": mapping_to_dict(mapping)}

    def untold(self, sheet: Sheet, told: Mapping[str, object]) -> FormMapping | None:
        """The same again, where the form has the same questions; None where it is another one."""
        if told.get("headings") != list(sheet.headings):
            return None
        try:
            read = mapping_from_dict(told.get("mapping"))
        except BadInput:  # an older or newer program meant something else by it
            return None
        return replace(read, columns={**guess(sheet, self._words()).columns, **read.columns})

    def choices(self, meaning: Meaning) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Everything of a list that an answer may mean: id, name, and what else it is called."""
        return self._words().choices(meaning)

    def remembered(self) -> tuple[Remembered, ...]:
        """The forms whose reading is kept, the one used last first."""
        with self._desk.store.read() as tx:
            return forms.every(tx)

    def forget(self, shape: str) -> Done:
        """Read that form as a new one the next time."""
        with self._desk.command("form-forget") as tx:
            forms.forget(tx, shape)
        return self._desk.done(
            tx, Touched(), tr("The form is forgotten: it is read as a new one the next time.")
        )

    def label(self, meaning: Meaning, id: str) -> str:
        """What an id that an answer may mean is called."""
        return self._words().label(meaning, id)

    def needs_day_order(self, sheet: Sheet, mapping: FormMapping) -> bool:
        """Whether a person has to say how days like 3/4/2026 are meant."""
        days = _days(sheet, mapping)
        return needs_an_order(days) and order_of_days(days) is None

    def preview(self, sheet: Sheet, mapping: FormMapping, source: str, on: date) -> FormPreview:
        """What taking the answers in would do, row by row, with all that is wrong; nothing is written."""
        faults = tuple(self._form_faults(sheet, mapping))
        order = mapping.day_order or _order(sheet, mapping) or DayOrder.DAY_FIRST
        reader = RowReader(sheet, mapping, order, self._desk.snapshot.reference, self._words())
        answers = [reader.read(place) for place in range(len(sheet.rows)) if any(sheet.rows[place])]
        known = Known(self._desk.snapshot.register)
        mark_twins(answers)
        leaders = joined(answers, mapping)
        counting = newest(answers, leaders, mapping, known)
        rows = tuple(
            self._row(answer, leaders[answer.number], mapping, known, source, on)
            if counting[answer.number] == answer.number
            else _replaced(answer, counting[answer.number])
            for answer in answers
        )
        return FormPreview(rows, (*faults, *(fault for row in rows for fault in row.faults)))

    def take_in(self, sheet: Sheet, mapping: FormMapping, source: str, on: date) -> Done:
        """Write everything that the preview shows, as one step; refused while anything is wrong."""
        preview = self.preview(sheet, mapping, source, on)
        if preview.faults:
            raise BadInput(tr("Nothing was taken in."), tr("Please look at these:"), preview.faults)
        wanted = [row for row in preview.rows if row.standing in (Standing.NEW, Standing.CHANGED)]
        touched: list[Touched] = []
        with self._desk.command("form-import") as tx:
            forms.keep(tx, sheet.headings, reading_of(mapping), on)
            if any(row.agreed for row in wanted):  # a no is always taken
                refuse_without_controller(tx)
            touched += [take(tx, self._desk, row, on) for row in wanted]
        people = frozenset[str]().union(*(each.supporters for each in touched))
        letters = frozenset[str]().union(*(each.enquiries for each in touched))
        return self._desk.done(tx, Touched(people, letters), told(preview))

    def _words(self) -> FormWords:
        """The lists to look answers up in, taken apart once for as long as they stay the same."""
        reference = self._desk.snapshot.reference
        if self._looked_up.reference is not reference:
            self._looked_up = FormWords(reference)
        return self._looked_up

    def _row(
        self, answer: Answer, leader: Answer, mapping: FormMapping, known: Known, source: str, on: date
    ) -> FormRow:
        decided = mapping.people.get(leader.key, "")
        id = belongs_to(leader, decided, known)
        before = self._desk.snapshot.supporters.get(id) if id else None
        after = proposed(answer, before)
        if decided == LEAVE_OUT:
            return FormRow(answer.number, Standing.LEFT_OUT, after, remark=tr("left out as you decided"))
        if self._not_to_be_kept(answer, before, mapping, known, on):
            if before is None or self._took_back(before, on):
                why = tr("they did not agree to be kept on record")
                return FormRow(answer.number, Standing.LEFT_OUT, after, remark=why)
            answer, after = nothing_else(answer), before
        evidence = f"{source}, row {answer.number}"  # it is kept with the record, so it speaks one language
        agreed = _fresh(records(answer, mapping, evidence), before)
        noes = refused(
            answer,
            agreed,
            after,
            self._desk.snapshot.gate(after, on),
            self._desk.snapshot.reference.vocabulary,
        )
        self._look(answer, before, after, (agreed, noes), mapping, known, on)
        changes = (*_changes(before, after), *(("consent",) if agreed or noes else ()))
        standing = Standing.NEW if before is None else Standing.CHANGED if changes else Standing.SAME
        row = FormRow(
            answer.number,
            Standing.WRONG if answer.faults else standing,
            after,
            agreed,
            refusals(noes, answer.day or on, mapping, evidence),
            changes,
            self._remark(answer, before, noes),
        )
        if not answer.faults:
            return row
        key = "" if answer.takes_back or (noes and (before or answer.namesake)) else leader.key
        faults, words = tuple(answer.faults), tuple(answer.words)
        return replace(row, faults=faults, words=words, namesake=answer.namesake, key=key)

    def _not_to_be_kept(
        self, answer: Answer, before: Supporter | None, mapping: FormMapping, known: Known, on: date
    ) -> bool:
        """Whether nothing of an answer may be kept; a no of somebody who may be on record is asked about first."""
        if (Purpose.HOLD, None) in answer.agreed or not mapping.places_of_consent(Purpose.HOLD):
            return False
        if before is None:
            return bool(mapping.people.get(answer.key)) or not perhaps(answer, known)
        held = self._desk.snapshot.gate(before, on).allows(Purpose.HOLD)
        return (Purpose.HOLD, None) in answer.refused and not held

    def _took_back(self, before: Supporter, on: date) -> bool:
        return self._desk.snapshot.gate(before, on).ruling(Purpose.HOLD).standing is Stands.WITHDRAWN

    def _look(
        self,
        answer: Answer,
        before: Supporter | None,
        after: Supporter,
        said: tuple[tuple[ConsentRecord, ...], tuple[Key, ...]],
        mapping: FormMapping,
        known: Known,
        on: date,
    ) -> None:
        """Note what only the whole answer shows to be wrong."""
        agreed, noes = said
        decided = mapping.people.get(answer.key, "")
        if decided not in ("", NEW) and not decided.startswith(ROW) and before is None:
            answer.wrong("name", tr("there is no supporter {decided}.").format(decided=decided))
        maybe = perhaps(answer, known)
        if answer.twins and not decided:
            answer.namesake = Namesake(answer.key, str(answer.said.get("name", "")), maybe, answer.twins)
            rows = ", ".join(map(str, answer.twins))
            same_name = tr(
                "the same name stands in row {rows}, and no address here. Say whether it is one person."
            )
            answer.wrong("name", same_name.format(rows=rows))
        elif before is None and maybe and not decided:
            answer.namesake = Namesake(answer.key, str(answer.said.get("name", "")), maybe)
            same = "address" if at_addresses(answer, known) else "name"
            who = " or ".join(maybe)
            answer.wrong(
                "name",
                tr(
                    "this may be {who}, who has the same {same}. Say whether it is, or is somebody new."
                ).format(who=who, same=same),
            )
        if answer.day is None and (answer.agreed or noes):
            no_day = tr("it is not known on which day they agreed.")
            answer.wrong(
                "consent", no_day if answer.agreed else tr("it is not known on which day they said no.")
            )
        if answer.day is not None and answer.day > on:
            answer.wrong("consent", tr("the day of the answer has not come yet."))
        if before is not None:
            self._look_at_refusals(answer, before, agreed, on)
        every = replace(after, id=after.id or "new", consents=(*after.consents, *agreed))
        place = tr("row {number}, {place}")
        answer.faults += [
            Fault(place.format(number=answer.number, place=_called(fault.place)), fault.text)
            for fault in self._people.faults(every)
            if fault.place != "name"
        ]

    def _look_at_refusals(
        self, answer: Answer, before: Supporter, agreed: tuple[ConsentRecord, ...], on: date
    ) -> None:
        """A no counts whatever its way: neither may a form pass over one, nor an older form over a newer no."""
        gate, vocabulary = self._desk.snapshot.gate(before, on), self._desk.snapshot.reference.vocabulary
        if said := held_against(answer, before, gate, vocabulary):
            what = tr("they say no to what {id} had agreed to ({join}).").format(id=before.id, join=said)
            answer.wrong("consent", tr("{what} Withdraw it on the record first.").format(what=what))
            answer.takes_back = True
        for record in agreed:
            later = taken_back_since(record, before, vocabulary)
            if later is not None:
                what = tr("{id} took back the yes to “{purpose}” on {in_words}").format(
                    id=before.id, purpose=PURPOSE_WORDS[record.purpose], in_words=in_words(later)
                )
                answer.wrong(
                    "consent",
                    tr("{what}, after this answer. Leave this row out, or ask them.").format(what=what),
                )

    def _remark(self, answer: Answer, before: Supporter | None, noes: tuple[Key, ...]) -> str:
        label = self._desk.snapshot.reference.vocabulary.label
        asked = ", ".join(label(id) for id in dict.fromkeys(answer.not_by_all))
        name = str(answer.said.get("name", ""))
        other = before is not None and name and fold_name(name) != fold_name(before.name)
        said = (
            tr("says no to: {said_no}").format(said_no=said_no(noes, label)) if noes else "",
            tr("ask by itself about: {asked}").format(asked=asked) if asked else "",
            tr("the form says {name}").format(name=name) if other else "",
        )
        return "; ".join(filter(None, said))

    def _form_faults(self, sheet: Sheet, mapping: FormMapping) -> Iterator[Fault]:
        """What is wrong with the form as a whole, in sentences that need no place."""
        missing = [heading for heading in mapping.columns if heading not in sheet.headings]
        for heading in missing:
            yield Fault(heading, tr("there is no column of that name in this file."))
        if not mapping.places(sheet, Meaning.NAME) and not mapping.places(sheet, Meaning.SURNAME):
            yield Fault("", tr("Say which column holds the name."))
        if not mapping.places_of_consent(Purpose.HOLD):
            yield Fault("", tr("Say in which column they agree to be kept on record."))
        if not mapping.places(sheet, Meaning.ANSWERED):
            yield Fault("", tr("Say which column holds the day of the answer."))
        kept = self._desk.snapshot.rules.wordings
        if not kept:
            yield Fault("", NO_WORDING)
        elif not mapping.wording:
            yield Fault("", tr("Say which wording of the consent the form showed."))
        elif mapping.wording not in kept:
            yield Fault(
                "",
                tr("There is no wording {one_line} in this network.").format(
                    one_line=one_line(mapping.wording)
                ),
            )
        if not 1 <= mapping.months <= 36:
            yield Fault("", tr("A yes of a form holds for 1 to 36 months."))
        if mapping.day_order is None and self.needs_day_order(sheet, mapping):
            yield Fault(
                "",
                tr("Days like 3/4/2026 can be read in two ways: say whether the day or the month is first."),
            )


def _replaced(answer: Answer, by: int) -> FormRow:
    return FormRow(
        answer.number,
        Standing.REPLACED,
        proposed(answer, None),
        remark=tr("answered again in row {by}").format(by=by),
    )


def _fresh(agreed: Iterable[ConsentRecord], before: Supporter | None) -> tuple[ConsentRecord, ...]:
    """Each yes that the record does not hold already: the same file may be taken in twice."""
    held = {(r.purpose, r.characteristic, r.given) for r in before.consents} if before else set()
    return tuple(each for each in agreed if (each.purpose, each.characteristic, each.given) not in held)


def _changes(before: Supporter | None, after: Supporter) -> tuple[str, ...]:
    if before is None:
        return ()
    fields = type(after).__dataclass_fields__
    return tuple(_called(name) for name in fields if getattr(before, name) != getattr(after, name))


def _called(field: str) -> str:
    return _LABELS.get(field, field)


def _days(sheet: Sheet, mapping: FormMapping) -> tuple[str, ...]:
    return tuple(day for place in mapping.places(sheet, Meaning.ANSWERED) for day in sheet.column(place))


def _order(sheet: Sheet, mapping: FormMapping) -> DayOrder | None:
    return order_of_days(_days(sheet, mapping))
