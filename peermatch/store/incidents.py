"""Incidents as rows: values in, values out; the moment of awareness is written once."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import BadInput
from peermatch.model.incidents import KeptIncident
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store.requests import number
from peermatch.store.tables_rights import IncidentRow
from peermatch.store.transaction import Transaction, assign

PREFIX = "I-"


def every(tx: Transaction) -> tuple[KeptIncident, ...]:
    """All incidents in the order in which they were noted."""
    return tuple(_value(row) for row in tx.session.scalars(select(IncidentRow).order_by(col(IncidentRow.id))))


def get(tx: Transaction, id: str) -> KeptIncident:
    """One incident; an id that is not held is bad input."""
    return _value(_row(tx, id))


def add(tx: Transaction, incident: KeptIncident) -> str:
    """A new incident; the id that it is given."""
    row = IncidentRow(noticed=_moment(incident.noticed), **_columns(incident))
    tx.session.add(row)
    tx.session.flush()
    return _id(row)


def change(tx: Transaction, incident: KeptIncident) -> None:
    """An incident as it now is; when it was noticed stays as it was written."""
    assign(_row(tx, incident.id), _columns(incident))
    tx.session.flush()


def _row(tx: Transaction, id: str) -> IncidentRow:
    row = tx.session.get(IncidentRow, number(id, PREFIX))
    if row is None or _id(row) != id:
        raise BadInput(f"There is no incident {id} in this network.", "Check the id and try again.")
    return row


def _id(row: IncidentRow) -> str:
    return f"{PREFIX}{row.id:04d}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _value(row: IncidentRow) -> KeptIncident:
    return KeptIncident(
        id=_id(row),
        noticed=datetime.fromisoformat(row.noticed),
        what=row.what,
        exposed=tuple(Subject(SubjectKind(kind), id) for kind, id in row.exposed),
        reported=datetime.fromisoformat(row.reported) if row.reported else None,
        report_reference=row.report_reference,
        not_reported=row.not_reported,
        told=row.told,
        told_what=row.told_what,
        closed=row.closed,
        outcome=row.outcome,
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
