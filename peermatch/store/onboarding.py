"""What is noted of each volunteer's way in and out: values in, values out."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from peermatch.model.onboarding import Noted, Stage, Way
from peermatch.store.tables_onboarding import OnboardingRow
from peermatch.store.transaction import Transaction


def way(tx: Transaction, supporter: str) -> Way:
    """All that is noted of one person, in the order in which it was."""
    rows = select(OnboardingRow).where(col(OnboardingRow.supporter) == supporter)
    return Way(tuple(_noted(row) for row in tx.session.scalars(rows.order_by(col(OnboardingRow.id)))))


def ways(tx: Transaction) -> Mapping[str, Way]:
    """The same for everybody of whom anything is noted."""
    found: defaultdict[str, list[Noted]] = defaultdict(list)
    for row in tx.session.scalars(select(OnboardingRow).order_by(col(OnboardingRow.id))):
        found[row.supporter].append(_noted(row))
    return {supporter: Way(tuple(noted)) for supporter, noted in found.items()}


def days(tx: Transaction, stage: Stage) -> Mapping[str, date]:
    """Of everybody of whom one stage is noted, on which day it was."""
    rows = select(OnboardingRow).where(col(OnboardingRow.stage) == stage.value)
    return {row.supporter: row.day for row in tx.session.scalars(rows)}


def note(tx: Transaction, supporter: str, noted: Noted) -> None:
    """That something was done; said again, the later day and name count."""
    row = _row(tx, supporter, noted.stage)
    if row is None:
        row = OnboardingRow(supporter=supporter, stage=noted.stage.value, day=noted.day, by=noted.by)
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


def _row(tx: Transaction, supporter: str, stage: Stage) -> OnboardingRow | None:
    rows = select(OnboardingRow).where(
        col(OnboardingRow.supporter) == supporter, col(OnboardingRow.stage) == stage.value
    )
    return tx.session.scalars(rows).first()


def _noted(row: OnboardingRow) -> Noted:
    return Noted(Stage(row.stage), row.day, row.by)
