"""Campaigns and the letters that ask again for consent: values in, values out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from peermatch.errors import Refused
from peermatch.model.campaign import Campaign, ConsentLetter, Key
from peermatch.model.consent import Purpose
from peermatch.store.tables_consent import CampaignRow, ConsentLetterRow
from peermatch.store.transaction import Transaction


def current(tx: Transaction) -> Campaign | None:
    """The campaign that is not closed; there is never more than one."""
    rows = select(CampaignRow).where(col(CampaignRow.closed).is_(None)).order_by(col(CampaignRow.id).desc())
    row = tx.session.scalars(rows.limit(1)).first()
    return None if row is None else _campaign(row)


def past(tx: Transaction) -> tuple[Campaign, ...]:
    """Those that are over, the newest first."""
    rows = (
        select(CampaignRow).where(col(CampaignRow.closed).is_not(None)).order_by(col(CampaignRow.id).desc())
    )
    return tuple(_campaign(row) for row in tx.session.scalars(rows))


def begin(tx: Transaction, campaign: Campaign) -> Campaign:
    """A new one; with the number that it is given."""
    row = CampaignRow(
        begun=campaign.begun, until=campaign.until, answer_by=campaign.answer_by, wording=campaign.wording
    )
    tx.session.add(row)
    tx.session.flush()
    return replace(campaign, number=row.id or 0)


def close(tx: Transaction, campaign: Campaign, on: date) -> None:
    """It is over; what was sent and answered stays."""
    row = tx.session.get(CampaignRow, campaign.number)
    if row is not None:
        row.closed = on
        tx.session.flush()


def letters(tx: Transaction, campaign: Campaign) -> tuple[ConsentLetter, ...]:
    """Its letters, in the order in which they were written."""
    rows = select(ConsentLetterRow).where(col(ConsentLetterRow.campaign) == campaign.number)
    return _values(tx.session.scalars(rows.order_by(col(ConsentLetterRow.id))))


def letters_to(tx: Transaction, supporter: str) -> tuple[ConsentLetter, ...]:
    """All letters to one person that ever asked again, oldest first."""
    rows = select(ConsentLetterRow).where(col(ConsentLetterRow.supporter) == supporter)
    return _values(tx.session.scalars(rows.order_by(col(ConsentLetterRow.id))))


def write(tx: Transaction, campaign: Campaign, wanted: Iterable[tuple[str, tuple[Key, ...]]]) -> None:
    """A letter each, which asks for these."""
    tx.session.add_all(
        ConsentLetterRow(
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


def _row(tx: Transaction, campaign: Campaign, supporter: str) -> ConsentLetterRow:
    rows = select(ConsentLetterRow).where(
        col(ConsentLetterRow.campaign) == campaign.number, col(ConsentLetterRow.supporter) == supporter
    )
    row = tx.session.scalars(rows).first()
    if row is None:
        raise Refused(f"There is no letter to {supporter} in this campaign.", "Look at the list again.")
    return row


def _values(rows: Iterable[ConsentLetterRow]) -> tuple[ConsentLetter, ...]:
    return tuple(_value(row) for row in rows)


def _value(row: ConsentLetterRow) -> ConsentLetter:
    asked = tuple((Purpose(purpose), characteristic) for purpose, characteristic in row.asked)
    return ConsentLetter(row.supporter, asked, row.sent, row.recipient, row.subject, row.body)


def _campaign(row: CampaignRow) -> Campaign:
    return Campaign(row.id or 0, row.begun, row.until, row.answer_by, row.wording, row.closed)
