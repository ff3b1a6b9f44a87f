"""What somebody answered when they were asked again: every yes and every no of it, with its proof, as one value."""

from dataclasses import dataclass
from datetime import date

from peermatch.errors import BadInput
from peermatch.model.campaign import Key
from peermatch.model.consent import ConsentRecord, Method
from peermatch.services.evidence import Attachment
from peermatch.words import tr


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """One answer of one person, on the day on which it is recorded; it may leave things open."""

    supporter: str
    yes: tuple[Key, ...]
    no: tuple[Key, ...]
    wording: str
    method: Method
    on: date
    expires: date | None = None
    evidence: str | None = None
    attachment: Attachment | None = None

    def records(self, evidence: str | None = None) -> tuple[ConsentRecord, ...]:
        """The new records of every yes."""
        return tuple(self._record(key, self.expires, None, evidence) for key in self.yes)

    def refusals(self, evidence: str | None = None) -> dict[Key, ConsentRecord]:
        """The record of every no, for what was never agreed to: it says no from its first day on."""
        return {key: self._record(key, None, self.on, evidence) for key in self.no}

    def _record(
        self, key: Key, ends: date | None, withdrawn: date | None, proof: str | None
    ) -> ConsentRecord:
        purpose, characteristic = key
        return ConsentRecord(
            purpose, characteristic, self.on, ends, withdrawn, self.method, self.wording, None, proof
        )


def refuse_unclear(reply: Reply) -> None:
    """Refuse an answer that says nothing, or yes and no to one thing."""
    if not reply.yes and not reply.no:
        raise BadInput(tr("No answer was marked."), tr("Mark at least one line with yes, no or change."))
    if len({*reply.yes, *reply.no}) < len(reply.yes) + len(reply.no):
        raise BadInput(tr("One line was answered with yes and with no."), tr("Look at the answers again."))
