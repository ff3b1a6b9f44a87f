"""The record of consent as proof: what somebody had agreed to on a day, to be read, printed or saved as a page."""

from datetime import date
from pathlib import Path

from peermatch.errors import BadInput
from peermatch.exchange.consent_proof import proof_page
from peermatch.model.proof import Proof, proof_lines, wordings_of
from peermatch.services.desk import Desk
from peermatch.services.writing import refuse_inside, write_out
from peermatch.store import evidence, supporters
from peermatch.words import tr


class Proofs:
    """Answers the question that a regulator or the person asks: what had they agreed to on that day?"""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, supporter: str, day: date) -> Proof:
        """How everything stood on a day; what was said later is not known then, but for withdrawals of those acts."""
        today = self._desk.today
        if day > today:
            raise BadInput(tr("That day has not come yet."), tr("Choose today or a day before."))
        with self._desk.store.read() as tx:
            person = supporters.get(tx, supporter)
            files = evidence.of(tx, supporter)
        picture = self._desk.snapshot
        lines = proof_lines(person.consents, picture.gate(person, day))
        wordings, missing = wordings_of(lines, picture.wordings)
        return Proof(
            supporter=person.id,
            name=person.name,
            network=picture.name,
            controller=picture.controller or "",
            day=day,
            made=today,
            lines=lines,
            wordings=wordings,
            missing=missing,
            files=tuple(f"{each.id} {each.name}" for each in files if each.added <= today),
        )

    def page(self, proof: Proof) -> str:
        """The proof as one page to read or print; it loads nothing."""
        return proof_page(proof, self._desk.snapshot.reference.vocabulary.label)

    def printed(self, proof: Proof) -> str:
        """The page for the printer; the journal says that it left."""
        self._note(proof)
        return self.page(proof)

    def save(self, proof: Proof, path: Path) -> Path:
        """Write the page to a new file for its owner's account alone; the journal says so."""
        refuse_inside(path, self._desk.store.folder)
        written = write_out(path, self.page(proof).encode())
        self._note(proof)
        return written

    def _note(self, proof: Proof) -> None:
        with self._desk.command("consent-proof", proof.supporter) as tx:
            tx.note(proof.day.isoformat())
