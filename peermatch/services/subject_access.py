"""Everything held on one person: shown first, then written for them with what is about others left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peermatch.errors import BadInput, PeerMatchError, Refused
from peermatch.exchange.subject_access import report_files
from peermatch.model.access import AccessReport
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.access_consent import file_key
from peermatch.services.access_enquirer import enquirer_sections
from peermatch.services.access_parts import Words
from peermatch.services.access_supporter import supporter_sections
from peermatch.services.desk import Desk
from peermatch.services.requests import refuse_unknown
from peermatch.services.writing import Sheets, clear_parts, prepared
from peermatch.store import evidence

STEM = "subject-access-"
"""How the names of the files begin; the person's id follows."""


class SubjectAccess:
    """The answer to somebody who asks what the network knows of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, subject: Subject) -> AccessReport:
        """Everything that would leave, with marks on what a person must read first; nothing is written."""
        sections = supporter_sections if subject.kind is SubjectKind.SUPPORTER else enquirer_sections
        words = Words.of(self._desk.snapshot, subject)  # reads everybody, and there is one connection
        with self._desk.store.read() as tx:
            refuse_unknown(tx, subject)
            found = tuple(section for section in sections(tx, words, subject) if section.fields)
        return AccessReport(subject, self._desk.snapshot.name, self._desk.today, found)

    def write(
        self, report: AccessReport, folder: Path, redacted: frozenset[str] = frozenset()
    ) -> tuple[Path, ...]:
        """Write the report as a page and as JSON, both or neither, for the owner of this account alone."""
        if unknown := sorted(redacted - report.keys):
            raise BadInput(
                f"There is no field {', '.join(unknown)} in this report.", "Check what to leave out."
            )
        self._refuse_inside(folder)
        stem = f"{STEM}{_safe(report.subject.id)}"
        files = (*report_files(report, redacted, stem), *self._proofs(report, redacted, stem))
        clear_parts(folder, STEM)
        with prepared(folder) as sheets:
            with self._desk.command("subject-access", report.subject.id) as tx:
                refuse_unknown(tx, report.subject)
                tx.note(f"{len(report.fields)} fields, {len(redacted)} left out")
                sheets.write(files)
            with _both_or_neither(sheets):
                return sheets.put_in_place()

    def _proofs(
        self, report: AccessReport, redacted: frozenset[str], stem: str
    ) -> tuple[tuple[str, bytes], ...]:
        """The files that prove their consent, as they are, but for those that are left out."""
        if report.subject.kind is not SubjectKind.SUPPORTER:
            return ()
        values = {field.key: field.value for field in report.fields}
        with self._desk.store.read() as tx:
            held = evidence.of(tx, report.subject.id)
            if [values.get(f"{file_key(n)}.sha256") for n in range(len(held))] != [e.sha256 for e in held]:
                raise Refused("The record has changed since it was shown.", "Look at it again, then save it.")
            return tuple(
                (f"{stem}-proof-{n + 1}.{each.kind}", evidence.body(tx, each.number))
                for n, each in enumerate(held)
                if file_key(n) not in redacted
            )

    def _refuse_inside(self, folder: Path) -> None:
        """What is readable must not travel with the encrypted network."""
        if folder.resolve().is_relative_to(self._desk.store.folder.resolve()):
            raise BadInput(f"{folder} lies inside the network itself.", "Choose a place outside its folder.")


def _safe(id: str) -> str:
    """An id as part of a file's name: what a loaded network calls people may be any text."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in id)[:60]


@contextmanager
def _both_or_neither(sheets: Sheets) -> Iterator[None]:
    """Where only some files got their names, those are taken away again."""
    try:
        yield
    except PeerMatchError:
        for part, path in sheets.parts:
            if not part.exists():
                path.unlink(missing_ok=True)
        raise
