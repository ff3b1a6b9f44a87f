"""Incidents as rows: values in, values out; the moment of awareness is written once."""

from datetime import UTC, datetime
from typing import Any

from peermatch.errors import BadInput
from peermatch.model.incidents import KeptIncident
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.cells import maybe_day, parsed
from peermatch.store.requests import number
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction, assign

PREFIX = "I-"
_ROWS = (
    "SELECT id, noticed, what, exposed, reported, report_reference, not_reported, told, told_what, closed, outcome"
    " FROM incident"
)


def every(tx: Transaction) -> tuple[KeptIncident, ...]:
    """All incidents in the order in which they were noted."""
    return tuple(_value(*row) for row in tx.rows(f"{_ROWS} ORDER BY id"))


def get(tx: Transaction, id: str) -> KeptIncident:
    """One incident; an id that is not held is bad input."""
    row = tx.first(f"{_ROWS} WHERE id = ?", number(id, PREFIX))
    if row is None or _id(row[0]) != id:
        raise _unknown(id)
    return _value(*row)


def add(tx: Transaction, incident: KeptIncident) -> str:
    """A new incident; the id that it is given."""
    row = sql.IncidentRow(noticed=_moment(incident.noticed), **_columns(incident))
    tx.session.add(row)
    tx.session.flush()
    return _id(row.id)


def change(tx: Transaction, incident: KeptIncident) -> None:
    """An incident as it now is; when it was noticed stays as it was written."""
    assign(_row(tx, incident.id), _columns(incident))
    tx.session.flush()


def _row(tx: Transaction, id: str) -> "sql.IncidentRow":
    row = tx.session.get(sql.IncidentRow, number(id, PREFIX))
    if row is None or _id(row.id) != id:
        raise _unknown(id)
    return row


def _unknown(id: str) -> BadInput:
    return BadInput(f"There is no incident {id} in this network.", "Check the id and try again.")


def _id(number: int | None) -> str:
    return f"{PREFIX}{number:04d}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _value(
    number: int, noticed: str, what: str, exposed: str, reported: str | None, *cells: Any
) -> KeptIncident:
    reference, not_reported, told, told_what, closed, outcome = cells
    return KeptIncident(
        id=_id(number),
        noticed=datetime.fromisoformat(noticed),
        what=what,
        exposed=tuple(Subject(SubjectKind(kind), id) for kind, id in parsed(exposed)),
        reported=datetime.fromisoformat(reported) if reported else None,
        report_reference=reference,
        not_reported=not_reported,
        told=maybe_day(told),
        told_what=told_what,
        closed=maybe_day(closed),
        outcome=outcome,
    )


def _columns(incident: KeptIncident) -> dict[str, Any]:
    return {
        "what": incident.what,
        "exposed": [[each.kind.value, each.id] for each in incident.exposed],
        "reported": _moment(incident.reported) if incident.reported else None,
        "report_reference": incident.report_reference,
        "not_reported": incident.not_reported,
        "told": incident.told,
        "told_what": incident.told_what,
        "closed": incident.closed,
        "outcome": incident.outcome,
    }
