"""Letters that a person noted as sent to a supporter: those that belong to no enquiry, and all that they had."""

import json
from collections.abc import Collection

from peermatch.model.posted import Letters, Posted
from peermatch.store.cells import day
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.transaction import Transaction

RENEWAL = "renewal"
"""The letter of a campaign, which keeps its letters itself."""
_ALONE = """SELECT kind, max(written) FROM outbox
    WHERE supporter = ? AND enquiry IS NULL AND kind IN (SELECT value FROM json_each(?)) GROUP BY kind"""
_TO = """SELECT kind, enquiry, written, recipient, subject, body FROM outbox
    WHERE supporter = ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY id"""
_ASKED = """SELECT sent, recipient, subject, body FROM consent_letter
    WHERE supporter = ? AND sent IS NOT NULL ORDER BY id"""
_KINDS = json.dumps(list(Posted))


def alone(tx: Transaction, supporter: str) -> Letters:
    """Those that belong to somebody alone, each with the day on which it was last noted."""
    return {Posted(kind): day(last) for kind, last in tx.rows(_ALONE, supporter, _KINDS)}


def every_to(tx: Transaction, supporter: str, kinds: Collection[str]) -> tuple[OutgoingLetter, ...]:
    """All of some kinds that somebody was sent, with or without an enquiry, oldest first."""
    return tuple(
        OutgoingLetter(kind, enquiry or "", supporter, day(written), *said)
        for kind, enquiry, written, *said in tx.rows(_TO, supporter, json.dumps(list(kinds)))
    )


def renewals_to(tx: Transaction, supporter: str) -> tuple[OutgoingLetter, ...]:
    """Those that asked somebody again for consent, oldest first; one that waits was not sent."""
    return tuple(
        OutgoingLetter(RENEWAL, "", supporter, day(sent), *said) for sent, *said in tx.rows(_ASKED, supporter)
    )
