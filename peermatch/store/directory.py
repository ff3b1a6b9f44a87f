"""The directory page: how people wish to stand on it, links, pages that left and where they stand, as values."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from peermatch.errors import Damaged, Refused
from peermatch.model.consent import Purpose
from peermatch.model.directory import Draft, Kind, Left, Listed, Place
from peermatch.model.insight_report import Report, report_from_dict, report_to_dict
from peermatch.model.listing import Entry, Link
from peermatch.store.cells import day, parsed
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, table_of

NOBODY: Mapping[str, Any] = {}
"""What a page that left still says of somebody who was erased since: that somebody stands there."""

_ENTRIES = "SELECT supporter, name, words, said FROM directory_entry"
_ASKED = (
    "SELECT id FROM supporter WHERE id IN (SELECT supporter FROM consent WHERE purpose = ?) ORDER BY position"
)


def entries(tx: Transaction) -> dict[str, Entry]:
    """How people wish to stand there, by their ids."""
    return {row[0]: _entry(*row) for row in tx.rows(_ENTRIES)}


def entry(tx: Transaction, supporter: str) -> Entry | None:
    """How one person wishes to; None where they did not say so yet."""
    row = tx.first(f"{_ENTRIES} WHERE supporter = ?", supporter)
    return None if row is None else _entry(*row)


def asked_to_be_listed(tx: Transaction) -> tuple[str, ...]:
    """Everybody on whose record being listed was ever agreed to; nobody else need be looked at."""
    return tuple(id for (id,) in tx.rows(_ASKED, Purpose.LIST.value))


def keep_entry(tx: Transaction, kept: Entry) -> None:
    """They wish it so from now on."""
    row = tx.session.get(sql.DirectoryEntryRow, kept.supporter) or sql.DirectoryEntryRow(
        supporter=kept.supporter, name="", words="", said=kept.said
    )
    row.name, row.words, row.said = kept.name, kept.words, kept.said
    _put(tx, row)


def forget_entry(tx: Transaction, supporter: str) -> bool:
    """Let it go; whether there was one."""
    row = tx.session.get(sql.DirectoryEntryRow, supporter)
    if row is None:
        return False
    tx.session.delete(row)
    tx.session.flush()
    return True


def links(tx: Transaction) -> tuple[Link, ...]:
    """All useful links, in the order in which they were added."""
    rows = tx.rows("SELECT id, title, url, checked FROM directory_link ORDER BY id")
    return tuple(Link(id, title, url, day(checked)) for id, title, url, checked in rows)


def keep_link(tx: Transaction, link: Link) -> None:
    """One more (its id is 0), or other words for one."""
    row = sql.DirectoryLinkRow(title="", url="", checked=link.checked) if not link.id else _link(tx, link.id)
    row.title, row.url, row.checked = link.title, link.url, link.checked
    _put(tx, row)


def remove_link(tx: Transaction, id: int) -> None:
    """Take one away."""
    tx.session.delete(_link(tx, id))
    tx.session.flush()


def pages(tx: Transaction) -> tuple[Left, ...]:
    """Every page that left, oldest first."""
    people: dict[int, list[tuple[str | None, str]]] = {}
    for page, *person in tx.rows("SELECT page, supporter, entry FROM directory_listed ORDER BY id"):
        people.setdefault(page, []).append(tuple(person))
    rows = tx.rows("SELECT id, kind, made, body FROM directory_page ORDER BY id")
    return tuple(_page(id, kind, made, body, people.get(id, ())) for id, kind, made, body in rows)


def counted(tx: Transaction) -> tuple[Report, ...]:
    """The figures of every page for which supporters were counted anew."""
    rows = tx.rows("SELECT body FROM directory_page WHERE fresh ORDER BY id")
    return tuple(report_from_dict(parsed(body)) for (body,) in rows)


def keep_page(tx: Transaction, page: Draft) -> int:
    """Keep one as it leaves; its number."""
    row = sql.DirectoryPageRow(
        kind=page.kind.value, made=page.made, fresh=page.fresh, body=report_to_dict(page.figures)
    )
    _put(tx, row)
    if page.people:  # in no image: the journal would hold for good what people may take back tomorrow
        rows = [_row(row.id or 0, each) for each in page.people]
        tx.session.execute(sql.insert(table_of(sql.DirectoryListedRow)), rows)
    return row.id or 0


def forget_people(tx: Transaction, but: Collection[int]) -> None:
    """Of a page that stands nowhere any more nobody needs to know who stood on it."""
    kept = list(but)
    tx.session.execute(
        sql.delete(sql.DirectoryListedRow).where(sql.col(sql.DirectoryListedRow.page).not_in(kept))
    )


def places(tx: Transaction) -> tuple[Place, ...]:
    """Where the page is put."""
    rows = tx.rows("SELECT id, name, page, since FROM directory_place ORDER BY id")
    return tuple(Place(id, name, page, day(since)) for id, name, page, since in rows)


def add_place(tx: Transaction, name: str, page: int | None, on: date) -> None:
    """One more place, and what stands there."""
    _put(tx, sql.DirectoryPlaceRow(name=name, page=page, since=on))


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


def _put(tx: Transaction, row: "sql.SQLModel") -> None:
    tx.session.add(row)
    tx.session.flush()


def _row(page: int, person: Listed) -> dict[str, Any]:
    said = {"name": person.name, "words": person.words, "topics": list(person.topics)}
    return {"page": page, "supporter": person.supporter, "entry": said}


def _entry(supporter: str, name: str, words: str, said: str) -> Entry:
    return Entry(supporter, name, words, day(said))


def _link(tx: Transaction, id: int) -> "sql.DirectoryLinkRow":
    row = tx.session.get(sql.DirectoryLinkRow, id)
    if row is None:
        raise Refused("This link is not on the list any more.", "Look at the list again.")
    return row


def _place(tx: Transaction, id: int) -> "sql.DirectoryPlaceRow":
    row = tx.session.get(sql.DirectoryPlaceRow, id)
    if row is None:
        raise Refused("This place is not on the list any more.", "Look at the list again.")
    return row


def _page(id: int, kind: str, made: str, body: str, people: Sequence[tuple[str | None, str]]) -> Left:
    known = tuple(_listed(who, parsed(entry)) for who, entry in people if who is not None)
    return Left(id, Kind(kind), day(made), report_from_dict(parsed(body)), known, len(people) - len(known))


def _listed(supporter: str, said: Any) -> Listed:
    try:
        return Listed(supporter, said["name"], said["words"], tuple(said["topics"]))
    except (KeyError, TypeError):
        raise Damaged(
            "A directory page that left is not as it was kept.", "Restore the newest backup."
        ) from None
