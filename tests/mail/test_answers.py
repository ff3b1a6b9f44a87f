"""What a reply seems to say: yes, no, or nothing plain; read from the writer's own words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.mail.answers import answer_in
from peermatch.mail.reading import letter_from_text
from peermatch.model.mail import Says

YES = (
    "Yes, I would be glad to.\n\nJo",
    "Hi,\n\nYes please!",
    "I'm happy to",
    "Happy to help. Best wishes, Jo",
    "No problem, count me in",
    "Sorry for the delay. Yes, happy to.",
    "Sure",
    "Dear team,\nThank you for your message. I'd love to do this.\nKind regards\nJo Poe\nConsultant",
    "Of course, no worries at all.",
    "I would not mind",
    "Yes\n\nOn Monday the team wrote:\n> No is fine, and you do not need to give a reason.",
)
NO = (
    "No, sorry, not this time.",
    "Thanks for asking - no, I can't at the moment.",
    "no",
    "I don't think I'm the right person",
    "Unfortunately I am unable to take anybody on.",
    "Please stop writing to me.",
    "Please remove my name.",
    "No\n\n> Could you? Yes, happy to have you.",
)
UNCLEAR = (
    "Not sure, can I think about it?",
    "Yes, but only by e-mail.",
    "I am not happy to do this",
    "Who is it?",
    "Maybe next month.",
    "Yes or no, I cannot tell yet.",
    "On Monday the team wrote:\n> could you? yes",
    "Received with thanks.",
    "Yes please stop asking me",
    "Yes please, take me off your list.",
    "Sure, but leave me out this year",
)


@pytest.mark.parametrize(
    ("words", "says"),
    [*((each, Says.YES) for each in YES), *((each, Says.NO) for each in NO)]
    + [(each, Says.UNCLEAR) for each in UNCLEAR],
)
def test_an_answer_is_read_carefully(words: str, says: Says) -> None:
    assert answer_in(letter_from_text(words)).says is says


def test_the_words_that_it_rests_on_are_short_and_the_writers_own() -> None:
    answer = answer_in(
        letter_from_text("Hello team,\n\nYes, gladly. " + "And more of it. " * 40 + "\n\n> old")
    )
    assert answer.words.startswith("Yes, gladly.")
    assert len(answer.words) < 170
    assert "old" not in answer.words


@given(st.text(max_size=200), st.sampled_from(["Yes, ", "No, ", ""]))
def test_whatever_is_written_has_one_of_three_readings(words: str, before: str) -> None:
    text = f"{before}{words}x"
    assert answer_in(letter_from_text(text)).says in Says
