"""The directory page: how people wish to stand on it, links, pages that left and where they stand, as values."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import SQLModel, col

from peermatch.errors import Damaged, Refused
from peermatch.model.consent import Purpose
from peermatch.model.directory import Draft, Kind, Left, Listed, Place
from peermatch.model.insight_report import Report, report_from_dict, report_to_dict
from peermatch.model.listing import Entry, Link
from peermatch.store.tables import ConsentRow, SupporterRow
from peermatch.store.tables_directory import (
    DirectoryEntryRow,
    DirectoryLinkRow,
    DirectoryListedRow,
    DirectoryPageRow,
    DirectoryPlaceRow,
)
from peermatch.store.transaction import Transaction, table_of

NOBODY: Mapping[str, Any] = {}
"""What a page that left still says of somebody who was erased since: that somebody stands there."""


def entries(tx: Transaction) -> dict[str, Entry]:
    """How people wish to stand there, by their ids."""
    return {row.supporter: _entry(row) for row in tx.session.scalars(select(DirectoryEntryRow))}


def entry(tx: Transaction, supporter: str) -> Entry | None:
    """How one person wishes to; None where they did not say so yet."""
    row = tx.session.get(DirectoryEntryRow, supporter)
    return None if row is None else _entry(row)


def asked_to_be_listed(tx: Transaction) -> tuple[str, ...]:
    """Everybody on whose record being listed was ever agreed to; nobody else need be looked at."""
    people, given = table_of(SupporterRow), table_of(ConsentRow)
    those = select(given.c.supporter).where(given.c.purpose == Purpose.LIST.value)
    return tuple(
        tx.session.scalars(select(people.c.id).where(people.c.id.in_(those)).order_by(people.c.position))
    )


def keep_entry(tx: Transaction, kept: Entry) -> None:
    """They wish it so from now on."""
    row = tx.session.get(DirectoryEntryRow, kept.supporter) or DirectoryEntryRow(
        supporter=kept.supporter, name="", words="", said=kept.said
    )
    row.name, row.words, row.said = kept.name, kept.words, kept.said
    _put(tx, row)


def forget_entry(tx: Transaction, supporter: str) -> bool:
    """Let it go; whether there was one."""
    row = tx.session.get(DirectoryEntryRow, supporter)
    if row is None:
        return False
    tx.session.delete(row)
    tx.session.flush()
    return True


def links(tx: Transaction) -> tuple[Link, ...]:
    """All useful links, in the order in which they were added."""
    rows = tx.session.scalars(select(DirectoryLinkRow).order_by(col(DirectoryLinkRow.id)))
    return tuple(Link(row.id or 0, row.title, row.url, row.checked) for row in rows)


def keep_link(tx: Transaction, link: Link) -> None:
    """One more (its id is 0), or other words for one."""
    row = DirectoryLinkRow(title="", url="", checked=link.checked) if not link.id else _link(tx, link.id)
    row.title, row.url, row.checked = link.title, link.url, link.checked
    _put(tx, row)


def remove_link(tx: Transaction, id: int) -> None:
    """Take one away."""
    tx.session.delete(_link(tx, id))
    tx.session.flush()


def pages(tx: Transaction) -> tuple[Left, ...]:
    """Every page that left, oldest first."""
    people: dict[int, list[DirectoryListedRow]] = {}
    for row in tx.session.scalars(select(DirectoryListedRow).order_by(col(DirectoryListedRow.id))):
        people.setdefault(row.page, []).append(row)
    rows = tx.session.scalars(select(DirectoryPageRow).order_by(col(DirectoryPageRow.id)))
    return tuple(_page(row, people.get(row.id or 0, ())) for row in rows)


def counted(tx: Transaction) -> tuple[Report, ...]:
    """The figures of every page for which supporters were counted anew."""
    rows = select(DirectoryPageRow).where(col(DirectoryPageRow.fresh)).order_by(col(DirectoryPageRow.id))
    return tuple(report_from_dict(row.body) for row in tx.session.scalars(rows))


def keep_page(tx: Transaction, page: Draft) -> int:
    """Keep one as it leaves; its number."""
    row = DirectoryPageRow(
        kind=page.kind.value, made=page.made, fresh=page.fresh, body=report_to_dict(page.figures)
    )
    _put(tx, row)
    if page.people:  # in no image: the journal would hold for good what people may take back tomorrow
        rows = [_row(row.id or 0, each) for each in page.people]
        tx.session.execute(insert(table_of(DirectoryListedRow)), rows)
    return row.id or 0


def forget_people(tx: Transaction, but: Collection[int]) -> None:
    """Of a page that stands nowhere any more nobody needs to know who stood on it."""
    kept = list(but)
    tx.session.execute(delete(DirectoryListedRow).where(col(DirectoryListedRow.page).not_in(kept)))


def places(tx: Transaction) -> tuple[Place, ...]:
    """Where the page is put."""
    rows = tx.session.scalars(select(DirectoryPlaceRow).order_by(col(DirectoryPlaceRow.id)))
    return tuple(Place(row.id or 0, row.name, row.page, row.since) for row in rows)


def add_place(tx: Transaction, name: str, page: int | None, on: date) -> None:
    """One more place, and what stands there."""
    _put(tx, DirectoryPlaceRow(name=name, page=page, since=on))


def stands(tx: Transaction, id: int, page: int | None, on: date) -> None:
    """Another page stands there from now on, or none."""
    row = _place(tx, id)
    row.page, row.since = page, on
    _put(tx, row)


def remove_place(tx: Transaction, id: int) -> None:
    """Nothing is put there any more."""
    tx.session.delete(_place(tx, id))
    tx.session.flush()


def listed_on(tx: Transaction, supporter: str) -> tuple[tuple[Left, Listed], ...]:
    """The pages on which one person stands, each with what it says of them."""
    found = ((page, next((p for p in page.people if p.supporter == supporter), None)) for page in pages(tx))
    return tuple((page, person) for page, person in found if person is not None)


def _put(tx: Transaction, row: SQLModel) -> None:
    tx.session.add(row)
    tx.session.flush()


def _row(page: int, person: Listed) -> dict[str, Any]:
    said = {"name": person.name, "words": person.words, "topics": list(person.topics)}
    return {"page": page, "supporter": person.supporter, "entry": said}


def _entry(row: DirectoryEntryRow) -> Entry:
    return Entry(row.supporter, row.name, row.words, row.said)


def _link(tx: Transaction, id: int) -> DirectoryLinkRow:
    row = tx.session.get(DirectoryLinkRow, id)
    if row is None:
        raise Refused("This link is not on the list any more.", "Look at the list again.")
    return row


def _place(tx: Transaction, id: int) -> DirectoryPlaceRow:
    row = tx.session.get(DirectoryPlaceRow, id)
    if row is None:
        raise Refused("This place is not on the list any more.", "Look at the list again.")
    return row


def _page(row: DirectoryPageRow, people: Sequence[DirectoryListedRow]) -> Left:
    known = tuple(_listed(each) for each in people if each.supporter is not None)
    return Left(
        row.id or 0, Kind(row.kind), row.made, report_from_dict(row.body), known, len(people) - len(known)
    )


def _listed(row: DirectoryListedRow) -> Listed:
    try:
        said = row.entry
        return Listed(row.supporter or "", said["name"], said["words"], tuple(said["topics"]))
    except (KeyError, TypeError):
        raise Damaged(
            "A directory page that left is not as it was kept.", "Restore the newest backup."
        ) from None
