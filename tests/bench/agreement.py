"""Whether the program and the plain loop agree on everybody: order, scores, points of every reason, all codes."""

from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.model.enquiry import Enquiry
from tests.bench.asking import enquiries, plainly
from tests.bench.loop import Loop, persons
from tests.bench.network import DAY, people
from tests.matching.real_reference import REAL

_NEAR = 1e-9


def agreeing(count: int, asked: int) -> int:
    """On how many of so many enquiries, among so many supporters, both say the same."""
    network = people(REAL, count)
    register, loop = network.register(), Loop(persons(network))
    return sum(agree(register, loop, enquiry) for enquiry in enquiries(REAL, asked))


def agree(register: Register, loop: Loop, enquiry: Enquiry) -> bool:
    """Whether both say the same of one enquiry."""
    shortlist = match(register, enquiry, DAY)
    suggested, refused = loop.whole(plainly(REAL, enquiry))
    if {e.supporter: tuple(code.value for code in e.codes) for e in shortlist.refused} != refused:
        return False
    if [each.supporter for each in shortlist.suggested] != [each.id for each in suggested]:
        return False
    for one, two in zip(shortlist.suggested, suggested, strict=True):
        said = [(each.rule, each.points) for each in one.reasons if each.rule != "unknown"]
        if [rule for rule, _ in said] != [rule for rule, _ in two.points] or abs(
            one.score - two.score
        ) > _NEAR:
            return False
        if any(abs(mine - theirs) > _NEAR for (_, mine), (_, theirs) in zip(said, two.points, strict=True)):
            return False
    return True
