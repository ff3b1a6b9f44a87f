"""What is noted of each volunteer's way in and out: values in, values out."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from peermatch.model.onboarding import Noted, Stage, Way
from peermatch.store.cells import day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction


def way(tx: Transaction, supporter: str) -> Way:
    """All that is noted of one person, in the order in which it was."""
    rows = tx.rows("SELECT stage, day, by FROM onboarding WHERE supporter = ? ORDER BY id", supporter)
    return Way(tuple(_noted(*row) for row in rows))


def ways(tx: Transaction) -> Mapping[str, Way]:
    """The same for everybody of whom anything is noted."""
    found: defaultdict[str, list[Noted]] = defaultdict(list)
    for supporter, *row in tx.rows("SELECT supporter, stage, day, by FROM onboarding ORDER BY id"):
        found[supporter].append(_noted(*row))
    return {supporter: Way(tuple(noted)) for supporter, noted in found.items()}


def days(tx: Transaction, stage: Stage) -> Mapping[str, date]:
    """Of everybody of whom one stage is noted, on which day it was."""
    rows = tx.rows("SELECT supporter, day FROM onboarding WHERE stage = ?", stage.value)
    return {supporter: day(on) for supporter, on in rows}


def note(tx: Transaction, supporter: str, noted: Noted) -> None:
    """That something was done; said again, the later day and name count."""
    row = _row(tx, supporter, noted.stage)
    if row is None:
        row = sql.OnboardingRow(supporter=supporter, stage=noted.stage.value, day=noted.day, by=noted.by)
        tx.session.add(row)
    row.day, row.by = noted.day, noted.by
    tx.session.flush()


def forget(tx: Transaction, supporter: str, stages: Collection[Stage]) -> None:
    """It is not noted any more."""
    for stage in stages:
        row = _row(tx, supporter, stage)
        if row is not None:
            tx.session.delete(row)
    tx.session.flush()


def _row(tx: Transaction, supporter: str, stage: Stage) -> "sql.OnboardingRow | None":
    rows = sql.select(sql.OnboardingRow).where(
        sql.col(sql.OnboardingRow.supporter) == supporter, sql.col(sql.OnboardingRow.stage) == stage.value
    )
    return tx.session.scalars(rows).first()


def _noted(stage: str, on: str, by: str) -> Noted:
    return Noted(Stage(stage), day(on), by)
