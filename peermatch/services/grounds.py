"""What stands behind one shortlist: asked of the same picture that the list was made from, so that the two agree."""

from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from peermatch.errors import BadInput
from peermatch.mail.wording import offered_topics
from peermatch.matching.alternatives import FEW, alternatives, first_refused, fits, meets_everything, scarce
from peermatch.matching.explaining import Case, explain
from peermatch.matching.scarcity import best_pair
from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import Alternative, Explanation, Scarce, Together
from peermatch.model.verdict import Code, Refusal, Shortlist
from peermatch.services.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Grounds:
    """One shortlist, the enquiry as it was put, and the picture; each answer is worked out when it is asked for."""

    snapshot: Snapshot
    enquiry: Enquiry
    shortlist: Shortlist

    def explain(self, supporter: str) -> Explanation:
        """Why one person is not suggested, what it rests on, and what would change it."""
        refusal = self._refusal(supporter)
        case = Case(
            register=self.snapshot.register,
            enquiry=self.enquiry,
            on=self.shortlist.on,
            policy=self.shortlist.policy,
            person=self.snapshot.supporter(supporter),
            introductions=self.snapshot.introductions_with(supporter),
        )
        return explain(case, refusal)

    def refused(self, code: Code | None, limit: int) -> tuple[Refusal, ...]:
        """The first of those who are not suggested, most frequent reason first, or those of one reason alone."""
        codes = (code,) if code else tuple(each for each, _ in self.shortlist.counts)
        return first_refused(self.snapshot.register, self.enquiry, self.shortlist, codes, limit)

    def scarce(self, supporter: str) -> tuple[Scarce, ...]:
        """What somebody is the only one, or one of two, able to help with."""
        on, policy = self.shortlist.on, self.shortlist.policy
        return scarce(self.snapshot.register, self.enquiry, on, policy, supporter)

    def others(self, supporter: str) -> tuple[Alternative, ...]:
        """Who else stands highest, and which needs each would leave unmet."""
        return alternatives(self.snapshot.register, self.enquiry, self.shortlist, supporter)

    def together(self) -> Together:
        """Whether somebody meets everything, and if not, which two do together."""
        register = self.snapshot.register
        if not self.enquiry.needs or meets_everything(register, self.enquiry, self.shortlist):
            return Together(whole=True)
        return Together(False, best_pair(register, self.enquiry, self.shortlist.on, self.shortlist))

    def described(self) -> int | None:
        """How few active supporters the letter to the trainee describes; none where it describes enough, or nobody."""
        topics = offered_topics(self.enquiry)
        if not topics:
            return None
        on, policy = self.shortlist.on, self.shortlist.policy
        number = fits(self.snapshot.register, self.enquiry, on, policy, topics)
        return number if 0 < number <= FEW else None

    def _refusal(self, supporter: str) -> Refusal:
        # They stand in the order of their ids, and only those that are looked at are put into words.
        refused = self.shortlist.refused
        place = bisect_left(refused, supporter, key=attrgetter("supporter"))
        if place < len(refused) and (found := refused[place]).supporter == supporter:
            return found
        raise BadInput(
            f"{supporter} is not among those who are not suggested for {self.shortlist.enquiry}.",
            "Check the number.",
        )
