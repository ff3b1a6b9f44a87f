"""Who could help with an enquiry: the ranking, asked of the picture in memory."""

from dataclasses import dataclass
from datetime import date

from peermatch.errors import Refused
from peermatch.matching.engine import match
from peermatch.matching.whatif import what_if
from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import Explanation
from peermatch.model.verdict import Shortlist, WhatIf
from peermatch.services.desk import Desk
from peermatch.services.grounds import Grounds
from peermatch.services.risk_words import risk_words
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class AllShortlists:
    """The answers for every open enquiry, and the references that wait for a note about risk."""

    shortlists: tuple[Shortlist, ...]
    held: tuple[str, ...]


def refuse_while_held(enquiry: Enquiry) -> None:
    """Risk comes first: no shortlist before a person has noted what was done."""
    if enquiry.held:
        raise Refused(
            tr("Enquiry {reference} may need help today ({kinds}), so nobody is suggested yet.").format(
                reference=enquiry.reference, kinds=risk_words(enquiry)
            ),
            tr("Follow the risk card, then note what was done."),
        )


class Shortlists:
    """Answers who could help, and why, and why not the others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, reference: str, on: date) -> Shortlist:
        """The shortlist of one enquiry as it is kept."""
        return self.of_draft(self._desk.snapshot.enquiry(reference), on)

    def of_draft(self, enquiry: Enquiry, on: date) -> Shortlist:
        """The shortlist of an enquiry as it stands on the screen; quick enough for every keystroke."""
        refuse_while_held(enquiry)
        snapshot = self._desk.snapshot
        return match(snapshot.register, enquiry, on, snapshot.policy)

    def what_if(self, shortlist: Shortlist) -> tuple[WhatIf, ...]:
        """What one change would bring in whom, computed."""
        snapshot = self._desk.snapshot
        enquiry = snapshot.enquiry(shortlist.enquiry)
        return what_if(snapshot.register, enquiry, shortlist.on, snapshot.policy, shortlist)

    def grounds(self, shortlist: Shortlist, enquiry: Enquiry | None = None) -> Grounds:
        """What stands behind a shortlist; ``enquiry`` is the one that it answers, where it is not kept yet."""
        snapshot = self._desk.snapshot
        return Grounds(snapshot, enquiry or snapshot.enquiry(shortlist.enquiry), shortlist)

    def explain(self, shortlist: Shortlist, supporter: str) -> Explanation:
        """Why one person is not suggested, what it rests on, and what would change it; worked out on demand."""
        return self.grounds(shortlist).explain(supporter)

    def described(self, reference: str, on: date) -> int | None:
        """How few the letter to the trainee of an enquiry describes, where they are so few that it must be said."""
        snapshot = self._desk.snapshot
        enquiry = snapshot.enquiry(reference)
        return Grounds(snapshot, enquiry, match(snapshot.register, enquiry, on, snapshot.policy)).described()

    def every(self, on: date) -> AllShortlists:
        """The shortlists of all open enquiries."""
        waiting = self._desk.snapshot.cases.open
        return AllShortlists(
            tuple(self.of_draft(e, on) for e in waiting if not e.held),
            tuple(e.reference for e in waiting if e.held),
        )
