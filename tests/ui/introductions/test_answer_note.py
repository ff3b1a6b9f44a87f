"""An answer that came by letter stands above the paper of its introduction, and nothing is noted by itself."""

from peermatch.model.introduction import State
from peermatch.ui.screens.answer_note import AnswerNote
from tests.ui.introduction_office import at, state
from tests.ui.sample_office import Bench


def asked(desk: Bench) -> tuple[str, str]:
    """An introduction of the sample that waits for its supporter."""
    steps = desk.services.desk.snapshot.introductions
    return next((each.enquiry, each.supporter) for each in steps if each.state is State.ASKED)


def write(desk: Bench, key: tuple[str, str], subject: str, words: str, sender: str = "") -> None:
    person = desk.services.desk.snapshot.supporters[key[1]]
    raw = f"From: {sender or person.email}\nSubject: {subject} ({key[0]})\n\n{words}\n".encode()
    desk.services.enquiries.receive(desk.services.enquiries.draft(raw), desk.services.desk.today)


def test_what_seems_to_be_a_yes_is_shown_to_be_confirmed(desk: Bench) -> None:
    key = asked(desk)
    write(desk, key, "Re: A question for you", "Yes, gladly.")
    note: AnswerNote = at(desk, key).answer
    desk.rest()
    assert "seems to say yes" in note.answer.sentence()
    assert (note.isHidden(), note.returned.isHidden(), state(desk, key)) == (False, True, State.ASKED)
    assert note.letter.toPlainText().startswith("Yes, gladly.")


def test_a_letter_that_came_back_is_said_until_somebody_has_seen_it(desk: Bench) -> None:
    key = asked(desk)
    person = desk.services.desk.snapshot.supporters[key[1]]
    write(
        desk, key, "Undeliverable: A question", f"Not delivered to {person.email}", "postmaster@relay.example"
    )
    note = at(desk, key).answer
    desk.rest()
    assert (person.email or "?") in note.returned.sentence()
    note.seen.click()
    desk.rest()
    assert note.isHidden()
