"""What is said of several letters at once, in the singular where it is one."""

import pytest

from peermatch.model.changes import Done, Touched
from peermatch.model.mail import MailState
from peermatch.services.incoming import Received, notices

NEW = Received("E-0001", True, Done(Touched(), ""))
KNOWN = Received("E-0001", False, Done(Touched(), ""))


def placed(state: MailState) -> Received:
    return Received("", False, Done(Touched(), ""), state)


@pytest.mark.parametrize(
    ("state", "one", "two"),
    [
        (MailState.WAITING, "One of them waits for you to say where it belongs.", "2 of them wait for you"),
        (MailState.JOINED, "One of them belongs to an enquiry that is here.", "2 of them belong to"),
        (MailState.ASIDE, "One of them is set aside.", "2 of them are set aside."),
    ],
)
def test_one_letter_is_said_as_one(state: MailState, one: str, two: str) -> None:
    others = [NEW] * 9
    assert one in notices([*others, placed(state)])
    assert two in notices([*others, placed(state), placed(state)])


def test_one_that_is_here_already_is_said_as_one() -> None:
    assert "One of 10 is here already." in notices([*[NEW] * 9, KNOWN])
    assert "2 of 11 are here already." in notices([*[NEW] * 9, KNOWN, KNOWN])
