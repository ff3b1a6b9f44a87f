"""A table of supporters that leaves the network in the clear: only what they agreed to, and the journal says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch.errors import BadInput, Refused
from peermatch.exchange.people_table import people_csv, people_xlsx
from peermatch.model.changes import Done, Touched
from peermatch.model.consent import ConsentGate, ConsentRules
from peermatch.model.people_table import TableRow, table_row
from peermatch.services.desk import Desk
from peermatch.services.writing import clear_parts, prepared
from peermatch.store import settings, supporters
from peermatch.store.transaction import Transaction
from peermatch.words import tr

ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """What would leave: a row for each person, and how many are left out, for they did not agree to be kept."""

    rows: tuple[TableRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class SavedTable:
    """What was done, and where the file is."""

    done: Done
    file: Path


class PeopleTables:
    """Writes such tables."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, on: date) -> PeopleTable:
        """Everybody, as far as they agree to it on a day."""
        picture = self._desk.snapshot
        found = [table_row(p, picture.gate(p, on), picture.reference) for p in picture.supporters.values()]
        rows = tuple(row for row in found if row is not None)
        return PeopleTable(rows, len(found) - len(rows))

    def _refuse_changed(self, tx: Transaction, shown: Collection[str], table: PeopleTable, on: date) -> None:
        """What people agreed to is read again from the file itself, in the transaction that records the table."""
        lists = self._desk.snapshot.reference
        wordings = {each.id: each for each in settings.wordings(tx) or ()}
        rules = ConsentRules(wordings, lists.vocabulary.broader_terms)
        people = (each for each in supporters.every(tx) if each.id in shown)
        now = (table_row(each, ConsentGate(each.consents, rules, on), lists) for each in people)
        if {row[0]: row for row in now if row is not None} != {row[0]: row for row in table.rows}:
            raise Refused(tr("The records have changed since the table was made."), tr("Save it again."))

    def save(self, file: Path, on: date) -> SavedTable:
        """Write one new file for its owner alone; its ending says which kind."""
        ending = file.suffix.lower()
        if ending not in ENDINGS:
            raise BadInput(tr("A table is saved as .csv or .xlsx."), tr("Give the file a name that ends so."))
        if file.resolve().is_relative_to(self._desk.store.folder.resolve()):
            raise BadInput(tr("The table would lie inside the network itself."), tr("Choose another folder."))
        if file.exists() or file.is_symlink():
            raise BadInput(
                tr("There is already a file {name}.").format(name=file.name), tr("Choose another name.")
            )
        table = self.of(on)
        name = self._desk.snapshot.name
        raw = people_csv(table.rows) if ending == ".csv" else people_xlsx(table.rows, name, on)
        shown = frozenset(str(row[0]) for row in table.rows)
        place = file.absolute()
        clear_parts(place.parent, place.name)
        with prepared(place.parent) as sheets:
            with self._desk.command("people-table") as tx:
                self._refuse_changed(tx, shown, table, on)
                tx.note(f"{len(table.rows)} people, as {ending[1:]}")
                sheets.write(((place.name, raw),))
            # Only now does it get its name: a process that is killed leaves no table that is not in the journal.
            (written,) = sheets.put_in_place()
        said = tr("{count} people are in the table. It is not encrypted: delete it when it has served.")
        return SavedTable(self._desk.done(tx, Touched(), said.format(count=len(table.rows))), written)
