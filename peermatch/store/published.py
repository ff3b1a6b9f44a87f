"""What was published: each report as it left, so that a later one cannot be taken from it."""

import json

from peermatch.errors import Refused
from peermatch.model.insight_period import Period
from peermatch.model.insight_report import Report, report_from_dict, report_to_dict
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def every(tx: Transaction) -> tuple[Report, ...]:
    """All reports that left, in the order in which they did."""
    rows = tx.rows("SELECT body FROM published ORDER BY id")
    return tuple(report_from_dict(json.loads(body)) for (body,) in rows)


def keep(tx: Transaction, report: Report) -> None:
    """Keep one as it leaves; of one stretch of time there is one report."""
    if any(each.period == report.period for each in every(tx)):
        raise Refused(f"There is a report of {report.times} already.", "Look at it again.")
    period: Period = report.period
    tx.session.add(
        sql.PublishedRow(day=report.made, start=period.start, until=period.end, body=report_to_dict(report))
    )
    tx.session.flush()
