"""Campaigns and the letters that ask again for consent: values in, values out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from peermatch.errors import Refused
from peermatch.model.campaign import Campaign, ConsentLetter, Key
from peermatch.model.consent import Purpose
from peermatch.store.cells import day, maybe_day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

_CAMPAIGNS = "SELECT id, begun, until, answer_by, wording, closed FROM campaign"


def current(tx: Transaction) -> Campaign | None:
    """The campaign that is not closed; there is never more than one."""
    row = tx.first(f"{_CAMPAIGNS} WHERE closed IS NULL ORDER BY id DESC LIMIT 1")
    return None if row is None else _campaign(*row)


def past(tx: Transaction) -> tuple[Campaign, ...]:
    """Those that are over, the newest first."""
    rows = tx.rows(f"{_CAMPAIGNS} WHERE closed IS NOT NULL ORDER BY id DESC")
    return tuple(_campaign(*row) for row in rows)


def begin(tx: Transaction, campaign: Campaign) -> Campaign:
    """A new one; with the number that it is given."""
    row = sql.CampaignRow(
        begun=campaign.begun, until=campaign.until, answer_by=campaign.answer_by, wording=campaign.wording
    )
    tx.session.add(row)
    tx.session.flush()
    return replace(campaign, number=row.id or 0)


def close(tx: Transaction, campaign: Campaign, on: date) -> None:
    """It is over; what was sent and answered stays."""
    row = tx.session.get(sql.CampaignRow, campaign.number)
    if row is not None:
        row.closed = on
        tx.session.flush()


def letters(tx: Transaction, campaign: Campaign) -> tuple[ConsentLetter, ...]:
    """Its letters, in the order in which they were written."""
    rows = sql.select(sql.ConsentLetterRow).where(sql.col(sql.ConsentLetterRow.campaign) == campaign.number)
    return _values(tx.session.scalars(rows.order_by(sql.col(sql.ConsentLetterRow.id))))


def letters_to(tx: Transaction, supporter: str) -> tuple[ConsentLetter, ...]:
    """All letters to one person that ever asked again, oldest first."""
    rows = sql.select(sql.ConsentLetterRow).where(sql.col(sql.ConsentLetterRow.supporter) == supporter)
    return _values(tx.session.scalars(rows.order_by(sql.col(sql.ConsentLetterRow.id))))


def write(tx: Transaction, campaign: Campaign, wanted: Iterable[tuple[str, tuple[Key, ...]]]) -> None:
    """A letter each, which asks for these."""
    tx.session.add_all(
        sql.ConsentLetterRow(
            campaign=campaign.number,
            supporter=supporter,
            asked=[[purpose.value, characteristic] for purpose, characteristic in asked],
        )
        for supporter, asked in wanted
    )
    tx.session.flush()


def get(tx: Transaction, campaign: Campaign, supporter: str) -> ConsentLetter:
    """The letter to one person; refused where the campaign has none for them."""
    return _value(_row(tx, campaign, supporter))


def mark_sent(tx: Transaction, campaign: Campaign, letter: ConsentLetter) -> None:
    """That it was sent: when, to where, and exactly what it said."""
    row = _row(tx, campaign, letter.supporter)
    row.sent, row.recipient, row.subject, row.body = (
        letter.sent,
        letter.recipient,
        letter.subject,
        letter.body,
    )
    tx.session.flush()


def _row(tx: Transaction, campaign: Campaign, supporter: str) -> "sql.ConsentLetterRow":
    rows = sql.select(sql.ConsentLetterRow).where(
        sql.col(sql.ConsentLetterRow.campaign) == campaign.number,
        sql.col(sql.ConsentLetterRow.supporter) == supporter,
    )
    row = tx.session.scalars(rows).first()
    if row is None:
        raise Refused(f"There is no letter to {supporter} in this campaign.", "Look at the list again.")
    return row


def _values(rows: "Iterable[sql.ConsentLetterRow]") -> tuple[ConsentLetter, ...]:
    return tuple(_value(row) for row in rows)


def _value(row: "sql.ConsentLetterRow") -> ConsentLetter:
    asked = tuple((Purpose(purpose), characteristic) for purpose, characteristic in row.asked)
    return ConsentLetter(row.supporter, asked, row.sent, row.recipient, row.subject, row.body)


def _campaign(number: int, begun: str, until: str, by: str, wording: str, closed: str | None) -> Campaign:
    return Campaign(number, day(begun), day(until), day(by), wording, maybe_day(closed))
