"""Who shares a name or an address with a hidden trainee is told as any pair that is kept apart, and so names nobody."""

from collections import Counter

from peermatch.model.verdict import Code, Refusal, Shortlist
from peermatch.services.grounds import Grounds
from peermatch.words import tr

KEPT_APART = tr("Must not be introduced to this person")
LOOK_FIRST = tr("Reveal who wrote to see why.")
_ALIKE = (Code.SAME_PERSON, Code.ALREADY_ASKED)
_ORDER = tuple(Code)


def told_as(code: Code, *, revealed: bool) -> Code:
    """The code that may be shown: of a hidden trainee nobody is said to have the name or the address."""
    return Code.ALREADY_ASKED if code is Code.SAME_PERSON and not revealed else code


def codes_behind(code: Code, *, revealed: bool) -> tuple[Code, ...]:
    """All that are shown as this code."""
    return _ALIKE if code is Code.ALREADY_ASKED and not revealed else (code,)


def counts_told(shortlist: Shortlist, *, revealed: bool) -> tuple[tuple[Code, int], ...]:
    """How many each code is shown to refuse, most first."""
    told: Counter[Code] = Counter()
    for code, number in shortlist.counts:
        told[told_as(code, revealed=revealed)] += number
    return tuple(sorted(told.items(), key=lambda each: (-each[1], _ORDER.index(each[0]))))


def refused_told(grounds: Grounds, code: Code | None, limit: int, *, revealed: bool) -> tuple[Refusal, ...]:
    """The first of those who are not suggested, in the order of the counts, or those who are told as one code."""
    behind = codes_behind(code, revealed=revealed) if code else (None,)
    found = [refusal for each in behind for refusal in grounds.refused(each, limit)]
    order = [each for each, _ in counts_told(grounds.shortlist, revealed=revealed)]
    found.sort(key=lambda each: (order.index(told_as(each.code, revealed=revealed)), each.supporter))
    return tuple(found[:limit])


def is_veiled(refusal: Refusal, grounds: Grounds, *, revealed: bool) -> bool:
    """Whether only that they are kept apart may be said: noted by hand, or the name of a trainee who is hidden."""
    if revealed or told_as(refusal.code, revealed=False) is not Code.ALREADY_ASKED:
        return False
    asked = grounds.snapshot.introductions_of(grounds.enquiry.reference)
    return all(each.supporter != refusal.supporter for each in asked)
