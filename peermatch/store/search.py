"""The words of letters and notes, found inside the encrypted file: an index that it keeps true by itself.

Triggers take each text in with the very transaction that writes its row (revisions 0006 and 0017), whoever writes
it: a step, an undo, an erasure, a restore. What `found` gives back are whole texts for the services to judge; nothing
of what somebody looks for is written or logged anywhere.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from peermatch.model.searching import TextKind
from peermatch.store.engine import Connection
from peermatch.store.transaction import Transaction

MOST_WORDS = 12
"""So many words of what somebody typed are looked for, and so many characters of each."""
LONGEST_WORD = 60
_IS_INDEX = re.compile(r"search_(place|word(_\w+)?)")
_REBUILD = "INSERT INTO search_word (search_word) VALUES ('rebuild')"
_COMPARE = "INSERT INTO search_word (search_word, rank) VALUES ('integrity-check', 1)"
_FOUND = """
SELECT place.kind,
    CASE place.kind WHEN 'letter' THEN place.record WHEN 'sent' THEN outbox.enquiry
        WHEN 'mail' THEN mail.enquiry ELSE introduction.enquiry END,
    CASE place.kind WHEN 'notes' THEN place.record WHEN 'sent' THEN outbox.supporter
        WHEN 'mail' THEN mail.supporter ELSE introduction.supporter END,
    mail.sender_name,
    search_word.body
FROM search_word JOIN search_place AS place ON place.id = search_word.rowid
LEFT JOIN outbox ON place.kind = 'sent' AND outbox.id = place.record
LEFT JOIN introduction ON place.kind = 'outcome' AND introduction.id = place.record
LEFT JOIN mail ON place.kind = 'mail' AND mail.id = place.record
WHERE search_word MATCH ? AND (place.kind <> 'mail' OR mail.enquiry IS NOT NULL
    AND (mail.state = 'joined' OR mail.state <> 'waiting' AND mail.kind NOT IN ('letter', 'reply')))
ORDER BY search_word.rank, place.id DESC LIMIT ?
"""
DIFFERS = "What the search reads differed from the records. It was written again."


@dataclass(frozen=True, slots=True)
class Text:
    """One text in which all the words stand, whole, and the records that it belongs to (empty for none).

    ``sender`` is who says that they wrote a later letter. One that nobody has placed is no text yet: it stands under
    no record, and who wrote it is hidden.
    """

    kind: TextKind
    enquiry: str
    supporter: str
    body: str
    sender: str = ""


def found(tx: Transaction, words: Sequence[str], most: int) -> tuple[Text, ...]:
    """The texts that hold all the words, the last of them as a beginning; the best first."""
    wanted = [each[:LONGEST_WORD] for each in words if re.search(r"\w", each)][:MOST_WORDS]
    if not wanted:
        return ()
    rows = tx.session.connection().exec_driver_sql(_FOUND, (_phrases(wanted), most))
    return tuple(
        Text(TextKind(kind), asked or "", who or "", body, sender or "")
        for kind, asked, who, sender, body in rows
    )


def _phrases(words: Sequence[str]) -> str:
    """Each word in quotes, so that nothing that somebody types is taken for an instruction."""
    clean = (each.replace("\0", "").encode("utf-8", "ignore").decode() for each in words)
    quoted = ('"{}"'.format(each.replace('"', '""')) for each in clean)
    return f"{' '.join(quoted)}*"


def is_index(table: str) -> bool:
    """Whether a table holds what the search reads: it follows from the rows of others."""
    return _IS_INDEX.fullmatch(table) is not None


def rebuild(tx: Transaction) -> None:
    """Make the index anew from the texts, so that no trace is left in it of any that went."""
    tx.session.connection().exec_driver_sql(_REBUILD)


def mended(
    connection: Connection, writing: Callable[[], AbstractContextManager[Transaction]]
) -> tuple[str, ...]:
    """What is wrong with the index, if anything is: it is made anew then, for it says nothing of its own."""
    if not differs(connection):
        return ()
    with writing() as tx:
        rebuild(tx)
    return (DIFFERS,)


def differs(connection: Connection) -> bool:
    """Whether the index is anything else than the words of the texts; the file itself may be whole all the same."""
    try:
        connection.execute(_COMPARE)
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            return True
        raise
    return False
