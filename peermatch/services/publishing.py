"""Sharing figures: shown first exactly as they leave, written as files, and kept so that no later report undoes it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch import paths
from peermatch.errors import BadInput, Refused
from peermatch.exchange.report_files import REPORT_FORMATS, refuse_formats, report_files
from peermatch.matching.roster import countable
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import ConsentGate, Purpose, Standing
from peermatch.model.insight import Facts, waits
from peermatch.model.insight_period import Period
from peermatch.model.insight_report import Line, Report, Sheet
from peermatch.model.insight_sharing import HEADINGS, TOPICS, Counting, Supply, counted_then, made_report
from peermatch.services.clocks import working_days
from peermatch.services.desk import Desk
from peermatch.services.insight import load_of, refuse_period
from peermatch.services.insight_facts import facts_of
from peermatch.services.writing import clear_parts, prepared
from peermatch.store import directory, published
from peermatch.words import tr

ALL_FORMATS = REPORT_FORMATS
"""What a report can be saved as, by the ending of the files."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Exactly what would leave, and whether it did before."""

    report: Report
    again: bool = False


@dataclass(frozen=True, slots=True)
class Kinds:
    """Who agreed to be counted, by heading and topic, as it may be told; ``fresh`` where it was counted for this."""

    figures: Report
    supply: Supply
    fresh: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A report that left: what was done, and where its files are."""

    done: Done
    files: tuple[Path, ...]


class Publishing:
    """The only way by which figures leave the network."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def past(self) -> tuple[Report, ...]:
        """What left before, the newest first."""
        with self._desk.store.read() as tx:
            return tuple(reversed(published.every(tx)))

    def prepare(self, period: Period, on: date) -> Prepared:
        """What would leave for a stretch of time; of one that was shared before, what left then."""
        refuse_period(period, on)
        before = self.past()
        told = next((each for each in before if each.period == period), None)
        return Prepared(told, again=True) if told else Prepared(self._made(period, on, before))

    def kinds(self, on: date) -> Kinds:
        """The supporters alone, for a page without enquiries; told again where they were counted a short time ago."""
        period, nothing = Period(on, on), Facts()
        picture = self._desk.snapshot
        counting = Counting(
            network=picture.name,
            facts=nothing,
            period=period,
            on=on,
            waits=(),
            supply=self._supply(nothing, period, on),
            vocabulary=picture.reference.vocabulary,
            before=(*self.past(), *self._counted_elsewhere()),
        )
        whole = made_report(counting)
        sheets = tuple(_supply_alone(each) for each in whole.sheets if each.key in (HEADINGS, TOPICS))
        figures = Report(whole.network, period, on, whole.counted, sheets, {})
        return Kinds(figures, counting.supply, counted_then(counting) is None)

    def _counted_elsewhere(self) -> tuple[Report, ...]:
        """The figures of supporters that left on a directory page: no report is taken from them either."""
        with self._desk.store.read() as tx:
            return directory.counted(tx)

    def _made(self, period: Period, on: date, before: Sequence[Report]) -> Report:
        picture, facts = self._desk.snapshot, facts_of(self._desk)
        before = (*before, *self._counted_elsewhere())
        counting = Counting(
            network=picture.name,
            facts=facts,
            period=period,
            on=on,
            waits=waits(facts.within(period), on, working_days),
            supply=self._supply(facts, period, on),
            vocabulary=picture.reference.vocabulary,
            before=tuple(before),
        )
        return made_report(counting)

    def _supply(self, facts: Facts, period: Period, on: date) -> Supply:
        """Active supporters under each topic for which both to be found and to be counted is agreed to."""
        picture = self._desk.snapshot
        vocabulary = picture.reference.vocabulary
        topics: defaultdict[str, set[int]] = defaultdict(set)
        headings: defaultdict[str, set[int]] = defaultdict(set)
        number_of = {id: number for number, id in enumerate(picture.supporters)}
        for id in countable(picture.register, on):
            person, number = picture.supporters[id], number_of[id]
            gate = picture.gate(person, on)
            for topic in filter(vocabulary.is_term, person.characteristics):
                if gate.allows(Purpose.MATCH, topic) and gate.allows(Purpose.COUNT, topic):
                    headings[vocabulary.group_of(topic)].add(number)
                    for each in (topic, *vocabulary.broader_terms(topic)):
                        if not _taken_back(gate, each):
                            topics[each].add(number)
        return Supply(
            {topic: frozenset(members) for topic, members in topics.items()},
            {heading: frozenset(members) for heading, members in headings.items()},
            load_of(self._desk, facts, period, on),
        )

    def publish(
        self,
        report: Report,
        on: date,
        folder: Path,
        formats: Sequence[str],
    ) -> Published:
        """Write the report that was looked at to new files, and keep it; refused if anything changed since."""
        self._refuse(report, on, folder, formats)
        files = report_files(
            report, formats, paths.resources() / "report" / "report.typ", paths.resources() / "fonts"
        )
        clear_parts(folder, report.stem)
        with prepared(folder) as sheets:
            with self._desk.command("publish") as tx:
                if all(each.period != report.period for each in published.every(tx)):
                    published.keep(tx, report)
                tx.note(f"{report.times}, as {', '.join(dict.fromkeys(formats))}")
                sheets.write(files)
            done = self._desk.done(
                tx,
                Touched(),
                tr("The report of {times} is saved, and what left is kept.").format(times=report.times),
            )
            return Published(done, sheets.put_in_place())

    def told(self, report: Report, on: date) -> Done:
        """Keep a report that leaves as text, such as on a terminal."""
        self._refuse_changed(report, on)
        with self._desk.command("publish") as tx:
            if all(each.period != report.period for each in published.every(tx)):
                published.keep(tx, report)
            tx.note(f"{report.times}, as text")
        return self._desk.done(
            tx, Touched(), tr("The report of {times} is kept as it left.").format(times=report.times)
        )

    def _refuse(self, report: Report, on: date, folder: Path, formats: Sequence[str]) -> None:
        refuse_formats(formats)
        if folder.resolve().is_relative_to(self._desk.store.folder.resolve()):
            raise BadInput(
                tr("The report would lie inside the network itself."), tr("Choose another folder.")
            )
        self._refuse_changed(report, on)

    def _refuse_changed(self, report: Report, on: date) -> None:
        if self.prepare(report.period, on).report != report:
            raise Refused(
                tr("The figures have changed since you looked at them."), tr("Please look at them again.")
            )


def _supply_alone(sheet: Sheet) -> Sheet:
    """A sheet without what was asked for: the figures of supporters stay in their own column."""
    lines = (Line(each.key, each.label, ("", each.cells[1])) for each in sheet.lines)
    return Sheet(sheet.key, sheet.title, "", ("", sheet.columns[1]), tuple(lines))


def _taken_back(gate: ConsentGate, topic: str) -> bool:
    """Whether somebody took back being found by a topic, or counted under it, whatever they agreed to beneath it."""
    rulings = (gate.ruling(Purpose.MATCH, topic), gate.ruling(Purpose.COUNT, topic))
    return any(each.standing is Standing.WITHDRAWN for each in rulings)
