"""Every code has its words once, and they read on after a number and by themselves."""

import re

import pytest

from peermatch.model.explanation import CODE_WORDS
from peermatch.model.verdict import Code


def test_every_code_has_words_in_the_order_of_the_gates() -> None:
    assert tuple(CODE_WORDS) == tuple(Code)


@pytest.mark.parametrize("code", list(Code))
def test_they_stand_within_a_sentence_and_speak_of_no_withdrawal(code: Code) -> None:
    for words in (CODE_WORDS[code].many, CODE_WORDS[code].reason):
        assert re.fullmatch(r"[a-z][a-z ,:]+[a-z]", words)
        assert "withdr" not in words
        assert code.value not in words or "_" not in code.value


def test_never_given_says_ask_first() -> None:
    words = CODE_WORDS[Code.CONSENT_MISSING]
    assert words.many.endswith("ask first")
    assert words.reason.endswith("ask first")
