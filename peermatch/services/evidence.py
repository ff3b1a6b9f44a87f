"""Files that prove consent: attached to a record, kept encrypted, given out again as they came, and taken away."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PureWindowsPath

from peermatch.errors import BadInput, SystemRefused
from peermatch.model.changes import Done, Touched
from peermatch.model.evidence import KINDS, LARGEST, LONGEST_NAME, MOST, Evidence, kind_of, size_words
from peermatch.model.text import one_line
from peermatch.services.desk import Desk
from peermatch.services.writing import clear_parts, prepared, refuse_inside
from peermatch.store import evidence, supporters
from peermatch.store.transaction import Transaction
from peermatch.words import tr


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file that was read and may be attached; it never shows itself."""

    name: str
    body: bytes


def read_attachment(path: Path) -> Attachment:
    """A file that somebody chose, once it is small enough and of a kind that proves something."""
    try:
        if not path.is_file():
            raise BadInput(tr("{name} is not a file.").format(name=path.name), tr("Choose one file."))
        if path.stat().st_size > LARGEST:
            raise _too_large(path.name)
        body = path.read_bytes()
    except OSError as error:
        raise SystemRefused(
            tr("{name} could not be read: {value}.").format(
                name=path.name, value=error.strerror or tr("the computer refused")
            ),
            tr("Choose another file."),
        ) from error
    return checked(path.name, body)


def checked(name: str, body: bytes) -> Attachment:
    """The same of bytes that are at hand."""
    kept = one_line(PureWindowsPath(name).name)
    if not body:
        raise BadInput(tr("{kept} is empty.").format(kept=kept), tr("Choose another file."))
    if len(body) > LARGEST:
        raise _too_large(kept)
    if kind_of(kept) not in KINDS:
        raise BadInput(
            tr("A file like {kept} cannot be attached.").format(kept=kept),
            tr("Attach a letter, a scan, a picture or a recording: {join}.").format(
                join=", ".join(sorted(KINDS))
            ),
        )
    return Attachment(_short(kept), body)


def _short(name: str) -> str:
    stem, _, end = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(end) - 1]}.{end}"


def _too_large(name: str) -> BadInput:
    return BadInput(
        tr("{name} is larger than {size_words}.").format(name=name, size_words=size_words(LARGEST)),
        tr("Attach only the page that shows what they agreed to."),
    )


class EvidenceFiles:
    """Proof beside the record; it goes with the record, and is in what somebody is given who asks what is held."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, supporter: str) -> tuple[Evidence, ...]:
        """What is attached to one person, oldest first."""
        with self._desk.store.read() as tx:
            return evidence.of(tx, supporter)

    def attach(self, supporter: str, attachment: Attachment, on: date) -> Done:
        """Attach one file."""
        with self._desk.command("evidence-attach", supporter) as tx:
            kept = attached(tx, supporter, attachment, on)
        return self._done(
            tx, supporter, tr("{id} is attached and encrypted with the record.").format(id=kept.id)
        )

    def save_copy(self, number: int, path: Path) -> Path:
        """Write a file out again for its owner's account alone; the journal says so."""
        refuse_inside(path, self._desk.store.folder)
        with self._desk.store.read() as tx:
            held = evidence.get(tx, number)
        clear_parts(path.parent, path.name)
        with prepared(path.parent) as sheets:
            with self._desk.command("evidence-copy", held.supporter) as tx:
                body = evidence.body(tx, number)
                tx.note(held.id)
                sheets.write(((path.name, body),))
            return sheets.put_in_place()[0]

    def remove(self, number: int) -> Done:
        """Take one away for good, such as a file that was attached to the wrong record."""
        with self._desk.store.read() as tx:
            held = evidence.get(tx, number)
        with self._desk.command("evidence-remove", held.supporter) as tx:
            gone = evidence.remove(tx, number)
            tx.note(gone.id)
        return self._done(tx, gone.supporter, tr("{id} is taken away.").format(id=gone.id))

    def _done(self, tx: Transaction, supporter: str, notice: str) -> Done:
        return self._desk.done(tx, Touched(supporters=frozenset({supporter})), notice)


def attached(tx: Transaction, supporter: str, attachment: Attachment, on: date) -> Evidence:
    """Attach a file within the step that it belongs to; the same file is not kept twice."""
    supporters.get(tx, supporter)
    held = evidence.of(tx, supporter)
    wanted = Evidence(
        0, supporter, on, attachment.name, len(attachment.body), hashlib.sha256(attachment.body).hexdigest()
    )
    same = next((each for each in held if each.sha256 == wanted.sha256), None)
    if same is not None:
        return same
    if len(held) >= MOST:
        raise BadInput(
            tr("There are {most} files on this record already.").format(most=MOST),
            tr("Take away what proves nothing any more."),
        )
    kept = evidence.add(tx, wanted, attachment.body)
    tx.note(kept.id)
    return kept
