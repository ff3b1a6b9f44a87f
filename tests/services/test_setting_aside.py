"""Several enquiries put away in one step, with one way back; what needs a person is never swept away with them."""

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Touched
from peermatch.model.enquiry import EnquiryStatus
from peermatch.services.enquiries import Aside
from peermatch.services.office import Services
from tests.networks import DAY

LETTER = "From: Kim <k{n}@example.org>\n\nNumber {n}: I failed an exam and would like to talk."


def three(services: Services) -> tuple[str, ...]:
    drafts = tuple(services.enquiries.draft(LETTER.format(n=n).encode()) for n in (1, 2, 3))
    received, _ = services.enquiries.receive_all(drafts, DAY)
    return tuple(each.reference for each in received)


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        (Aside.HOLD, EnquiryStatus.ON_HOLD, "3 enquiries are on hold."),
        (Aside.OUT_OF_SCOPE, EnquiryStatus.CLOSED, "3 enquiries are closed: out of scope."),
        (Aside.SPAM, EnquiryStatus.CLOSED, "3 enquiries are closed: spam."),
    ],
)
def test_several_go_in_one_step_and_come_back_in_one(
    services: Services, how: Aside, status: EnquiryStatus, said: str
) -> None:
    references = three(services)
    before = services.desk.snapshot.enquiries
    done = services.enquiries.set_aside(references, how)
    assert done.notice == said
    assert done.touched == Touched(enquiries=frozenset(references))
    assert {services.desk.snapshot.enquiries[r].status for r in references} == {status}
    entry = services.upkeep.journal(limit=1)[0]
    assert entry.object == " ".join(references)
    assert entry.detail == how.value
    words = services.journal.page().lines[0].words
    assert all(reference in words for reference in references)
    services.upkeep.undo(done)
    assert services.desk.snapshot.enquiries == before


def test_one_that_may_need_help_or_is_under_way_keeps_all_of_them(services: Services) -> None:
    references = three(services)
    risky = services.enquiries.receive(
        services.enquiries.draft(b"From: a@b.example\n\nI want to kill myself."), DAY
    ).reference
    before = services.desk.snapshot.enquiries
    for how in Aside:
        with pytest.raises(Refused, match=f"{risky} may need help today") as refusal:
            services.enquiries.set_aside((*references, risky), how)
        assert "Nothing was changed." in refusal.value.what
    services.enquiries.set_aside(references[:1], Aside.HOLD)
    with pytest.raises(Refused, match=f"{references[0]} is on hold or closed already"):
        services.enquiries.set_aside(references, Aside.SPAM)
    assert services.desk.snapshot.enquiries[references[1]] == before[references[1]]


def test_somebody_who_is_asked_is_not_left_alone(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    with pytest.raises(Refused, match="somebody is asked already"):
        services.enquiries.set_aside(("E-0142",), Aside.SPAM)
    assert services.desk.snapshot.enquiry("E-0142").open


def test_nothing_chosen_is_said(services: Services) -> None:
    with pytest.raises(BadInput, match="No enquiry is chosen"):
        services.enquiries.set_aside((), Aside.SPAM)
