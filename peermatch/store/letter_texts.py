"""The network's own letters: values in, values out; a version is added and never changed."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from peermatch.model.letter_text import KeptText, LetterText, OwnText
from peermatch.model.traces import Traces
from peermatch.store.tables_letters import LetterTextRow
from peermatch.store.transaction import Transaction


def current(tx: Transaction) -> tuple[OwnText, ...]:
    """The letters that a network words itself, by their names."""
    newest = select(func.max(col(LetterTextRow.id))).group_by(col(LetterTextRow.letter))
    rows = select(LetterTextRow).where(col(LetterTextRow.id).in_(newest)).order_by(col(LetterTextRow.letter))
    found = ((row.letter, _text(row)) for row in tx.session.scalars(rows))
    return tuple(OwnText(letter, text) for letter, text in found if text is not None)


def versions(tx: Transaction, letter: str) -> tuple[KeptText, ...]:
    """All that was ever kept of one letter, the newest first."""
    rows = select(LetterTextRow).where(col(LetterTextRow.letter) == letter)
    return tuple(_kept(row) for row in tx.session.scalars(rows.order_by(col(LetterTextRow.id).desc())))


def every(tx: Transaction) -> tuple[KeptText, ...]:
    """All versions of all letters, oldest first."""
    return tuple(map(_kept, tx.session.scalars(select(LetterTextRow).order_by(col(LetterTextRow.id)))))


def keep(tx: Transaction, letter: str, text: LetterText | None, on: date) -> None:
    """These words from now on; None takes up the letter that ships."""
    words = (None, None) if text is None else (text.subject, text.body)
    tx.session.add(LetterTextRow(letter=letter, kept=on, subject=words[0], body=words[1]))
    tx.session.flush()


def speaking(tx: Transaction, traces: Traces) -> tuple[int, ...]:
    """The versions that speak of erased people: they go, so that a letter is what it was without them."""
    texts = ((each.number, each.text) for each in every(tx))
    return tuple(
        number
        for number, text in texts
        if text is not None and (traces.in_text(text.subject) or traces.in_text(text.body))
    )


def _kept(row: LetterTextRow) -> KeptText:
    return KeptText(row.id or 0, row.letter, row.kept, _text(row))


def _text(row: LetterTextRow) -> LetterText | None:
    return None if row.subject is None or row.body is None else LetterText(row.subject, row.body)
