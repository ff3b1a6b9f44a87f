"""Services that go with a letter stand before its greeting, and nothing of the letter is lost."""

from hypothesis import given
from hypothesis import strategies as st

from peermatch.mail.enclosing import OFFERED, with_services

LETTER = "Hello,\n\nThank you.\n\nWith kind regards,\nthe team\n"
WORDS = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=12)


def test_they_stand_before_the_greeting() -> None:
    written = with_services(LETTER, ("Cruse: 0808 808 1677", "Shout: text SHOUT to 85258"))
    assert written == (
        "Hello,\n\nThank you.\n\nThese services may help as well:\n- Cruse: 0808 808 1677\n"
        "- Shout: text SHOUT to 85258\n\nWith kind regards,\nthe team\n"
    )
    assert with_services(LETTER, ()) == LETTER
    assert with_services("Bye\n", ("A: 1",)) == f"{OFFERED}\n- A: 1\n\nBye\n"


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=3))
def test_every_paragraph_stays(paragraphs: list[str], services: list[str]) -> None:
    written = with_services("\n\n".join(paragraphs) + "\n", services).rstrip("\n").split("\n\n")
    assert [each for each in written if not each.startswith(OFFERED)] == paragraphs
    assert written[-1] == paragraphs[-1]
