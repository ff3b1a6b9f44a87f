"""The network's own letters: values in, values out; a version is added and never changed."""

from datetime import date

from peermatch.model.letter_text import KeptText, LetterText, OwnText
from peermatch.model.traces import Traces
from peermatch.store.cells import day
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

_ROWS = "SELECT id, letter, kept, subject, body FROM letter_text"
_CURRENT = (
    "SELECT letter, subject, body FROM letter_text"
    " WHERE id IN (SELECT max(id) FROM letter_text GROUP BY letter) ORDER BY letter"
)


def current(tx: Transaction) -> tuple[OwnText, ...]:
    """The letters that a network words itself, by their names."""
    found = ((letter, _text(subject, body)) for letter, subject, body in tx.rows(_CURRENT))
    return tuple(OwnText(letter, text) for letter, text in found if text is not None)


def versions(tx: Transaction, letter: str) -> tuple[KeptText, ...]:
    """All that was ever kept of one letter, the newest first."""
    return tuple(_kept(*row) for row in tx.rows(f"{_ROWS} WHERE letter = ? ORDER BY id DESC", letter))


def every(tx: Transaction) -> tuple[KeptText, ...]:
    """All versions of all letters, oldest first."""
    return tuple(_kept(*row) for row in tx.rows(f"{_ROWS} ORDER BY id"))


def keep(tx: Transaction, letter: str, text: LetterText | None, on: date) -> None:
    """These words from now on; None takes up the letter that ships."""
    words = (None, None) if text is None else (text.subject, text.body)
    tx.session.add(sql.LetterTextRow(letter=letter, kept=on, subject=words[0], body=words[1]))
    tx.session.flush()


def speaking(tx: Transaction, traces: Traces) -> tuple[int, ...]:
    """The versions that speak of erased people: they go, so that a letter is what it was without them."""
    texts = ((each.number, each.text) for each in every(tx))
    return tuple(
        number
        for number, text in texts
        if text is not None and (traces.in_text(text.subject) or traces.in_text(text.body))
    )


def _kept(number: int, letter: str, on: str, subject: str | None, body: str | None) -> KeptText:
    return KeptText(number, letter, day(on), _text(subject, body))


def _text(subject: str | None, body: str | None) -> LetterText | None:
    return None if subject is None or body is None else LetterText(subject, body)
