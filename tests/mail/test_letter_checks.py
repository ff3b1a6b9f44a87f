"""What is said about the words of a letter: each fault with its line, and whom or what they name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.errors import BadInput, Refused
from peermatch.mail.letter_checks import LONGEST_BODY, flaws
from peermatch.mail.letter_names import (
    ENQUIRER,
    REACHED,
    SUPPORTER,
    WHOSE,
    People,
    remarks,
    subject_remarks,
    topic_words,
    usual_words,
)
from peermatch.mail.step_letters import STEP_LETTERS, supporter_letter, trainee_letter
from peermatch.mail.wording import Templates, previewed
from peermatch.model.enquiry import Enquiry, Requester, Risk, RiskKind
from peermatch.model.letter_kinds import FIELD, LETTERS, Side
from peermatch.model.letter_text import SUBJECT, WHOLE, LetterText, OwnText, Remark
from peermatch.model.people import Supporter
from peermatch.model.reference import FILES, Reference

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SHIPPED = Templates({path.stem: path.read_text("utf-8") for path in (RESOURCES / "letters").glob("*.txt")})
TOPICS = topic_words(
    Reference.parse(
        {name: (RESOURCES / "vocabulary" / f"{name}.toml").read_text("utf-8") for name in FILES}
    ).vocabulary
)
USUAL = usual_words(SHIPPED.text(each) for each in LETTERS)
AMINA = Supporter(
    "S-1", "Dr Amina Noor Rahman", known_as="Mina", email="amina@example.org", phone="07700 900456"
)
WILL = Supporter("S-2", "Will O’Neill-Hope")
TESS = Enquiry("E-7", date(2026, 11, 19), Requester("Tess Quill", "tess.quill@example.org"))
MAY = Enquiry("E-8", date(2026, 11, 19), Requester("Dr May", phone="+44 7700 900123"))
PEOPLE = People.of((AMINA, WILL), (TESS, MAY))
FOR_TRAINEE = frozenset(
    {"reference", "controller", "urgent", "topics", "near", "day", "code", "details", "team"}
)
OF_A_CARD = frozenset({"code", "name", "card", "topics", "urgent"})
FOR_SUPPORTER = frozenset({"name", "someone", "topics", "reference", "day", "asked", "wording", "controller"})


def body(*lines: str) -> LetterText:
    return LetterText("Your message ({reference})", "\n".join(lines))


def about(letter: str, text: LetterText) -> list[tuple[int, str]]:
    return [(each.line, each.text.split(".")[0].split(":")[0]) for each in flaws(LETTERS[letter], text)]


@pytest.mark.parametrize("letter", LETTERS)
def test_what_ships_is_right_names_nobody_and_has_a_quiet_subject(letter: str) -> None:
    text = SHIPPED.text(letter)
    assert flaws(LETTERS[letter], text) == ()
    assert subject_remarks(text.subject, TOPICS, "North West peer support") == ()
    assert remarks(text, PEOPLE, USUAL) == ()


def test_no_letter_to_a_supporter_can_say_anything_of_who_asked() -> None:
    for letter in LETTERS.values():
        if letter.side is Side.SUPPORTER:
            assert letter.fields <= FOR_SUPPORTER
        else:
            assert letter.fields <= (OF_A_CARD if letter.fixed_subject else FOR_TRAINEE)
        assert letter.needs <= letter.fields <= FIELD.keys()
        assert len({FIELD[each].label for each in FIELD}) == len(FIELD)


def test_both_sides_have_letters_for_every_part_of_the_work() -> None:
    sides = {side: {each.stage for each in LETTERS.values() if each.side is side} for side in Side}
    assert len(sides[Side.TRAINEE] | sides[Side.SUPPORTER]) == 7
    assert {each.id for each in LETTERS.values()} >= {"welcome", "no-match", "not-needed", "closing", "left"}


WRONG = [
    (body("Hello", "", "{nam}"), [(3, "There is no field {nam} in this letter")]),
    (body("Hello {topics}"), [(1, "“Topics” may be several lines, so it needs a line of its own")]),
    (body("Hello {", "there }"), [(1, "A curly bracket stands alone"), (2, "A curly bracket stands alone")]),
    (body(" ", "\t"), [(WHOLE, "There are no words yet")]),
    (LetterText("", "Hello"), [(SUBJECT, "A letter needs a subject")]),
    (LetterText("x" * 101, "Hello"), [(SUBJECT, "This is too long")]),
    (
        LetterText("About {topics}", "Hello"),
        [(SUBJECT, "“Topics” cannot stand here")],
    ),
    (LetterText("Hello", "Good day"), [(WHOLE, "“Reference” is missing")]),
    (
        body("We have {reference} in common:", "{topics}"),
        [(WHOLE, "Nothing would be left where a field is empty, for its paragraph is left out")],
    ),
    (body("{" + "x" * 200_000 + "}"), [(WHOLE, "This is too long to be read")]),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=range(len(WRONG)))
def test_each_fault_is_told_with_its_line(text: LetterText, said: list[tuple[int, str]]) -> None:
    assert about("offer", text) == said


def test_a_card_stands_alone_and_what_may_be_unsigned_is_not_signed() -> None:
    text = SHIPPED.text("card")
    crowded = replace(text, body=text.body.replace("\n\n{card}\n\n", "\n{card}\n"))
    assert about("card", crowded) == [(WHOLE, "“Contact card” needs an empty line above and below it")]
    stop = SHIPPED.text("stop-using")
    signed = replace(stop, body=f"{stop.body}\n\nThe peer support team")
    last = signed.body.count("\n") + 1
    assert about("stop-using", signed) == [(last, "This letter may not say who writes by itself")]


def test_words_that_are_pasted_are_tidied() -> None:
    kept = LetterText.tidy(" Your\r\nmessage\u202e ", "\n\nHello \u200b\r\n\r\nسلام 👩🏽‍⚕️\x00  \n\n")
    assert kept == LetterText("Your message", "Hello\n\nسلام 👩🏽‍⚕️")
    assert LetterText.parse("Subject: Hello\n\nGood day\n") == LetterText("Hello", "Good day")


def test_a_whole_name_an_address_or_a_number_is_pointed_out_with_its_line() -> None:
    text = LetterText(
        "Hello from Mina Rahman",
        "Good day\nTess\u00a0 QUILL wrote\nAsk amina@EXAMPLE.org or +44 (7700) 900-456\nYours, Dr Amina N Noor Rahman",
    )
    found = remarks(text, PEOPLE, USUAL)
    assert [(each.line, each.text, each.grave) for each in found] == [
        (SUBJECT, SUPPORTER, False),
        (2, ENQUIRER, True),
        (3, REACHED, True),
        (4, SUPPORTER, False),
    ]
    assert not any("Tess" in str(each) or "Rahman" in str(each) for each in found)


def test_a_part_of_a_name_is_asked_about_unless_it_is_an_everyday_word() -> None:
    text = LetterText("x", "Will you? You may, in hope.\nWrite to May.\n- Tess knows.\nO'Neill is here.")
    assert [(each.line, each.grave) for each in remarks(text, PEOPLE, USUAL)] == [
        (2, False),
        (3, False),
        (4, False),
    ]


def test_a_subject_names_no_topic_and_had_better_not_say_who_writes() -> None:
    (said,) = subject_remarks("About your ADHD ({reference})", TOPICS, "Ours")
    assert (said.line, said.grave) == (SUBJECT, True)
    assert str(said).startswith("The subject: “ADHD” says what it is about")
    for subject in ("The peer-support team", "News from our network today"):
        assert subject_remarks(subject, TOPICS, "Our Network") == (Remark(SUBJECT, WHOSE, grave=False),)
    assert subject_remarks("Your message", TOPICS, "") == ()


def test_own_words_take_the_place_of_those_that_ship_and_bad_ones_fall_back() -> None:
    own = (
        OwnText("reminder", LetterText("Once more ({reference})", "Dear {name},\n\nyes or no?")),
        OwnText("offer", LetterText("Once more", "Dear {name}")),
        OwnText("of-a-newer-program", LetterText("x", "y")),
    )
    templates = SHIPPED.with_own(own)
    assert templates.fill("reminder", {"name": "Amina", "reference": "E-7"}) == (
        "Once more (E-7)",
        "Dear Amina,\n\nyes or no?\n",
    )
    assert templates.fallen == {"offer", "of-a-newer-program"}
    assert templates.text("offer") == SHIPPED.text("offer")
    assert SHIPPED.fallen == frozenset()
    assert SHIPPED.text("reminder").subject == "A question for you ({reference})"


def test_a_preview_fills_what_it_can() -> None:
    text = LetterText("For {name}", "{nobody} and {name}\n\n{topics}\n\nBye")
    assert previewed(text, {"name": "Amina", "topics": ""}) == ("For Amina", "{nobody} and Amina\n\nBye\n")


@settings(max_examples=60)
@given(subject=st.text(max_size=30), words=st.text(max_size=200))
def test_any_words_are_judged_and_what_passes_can_be_filled(subject: str, words: str) -> None:
    text = LetterText.tidy(subject, words)
    assert LetterText.tidy(text.subject, text.body) == text
    previewed(text, {"name": "Amina"})
    remarks(text, PEOPLE, USUAL)
    if not flaws(LETTERS["welcome"], text):
        templates = SHIPPED.with_own((OwnText("welcome", text),))
        assert templates.fallen == frozenset()
        assert templates.fill("welcome", {"name": "A", "day": "today"})


@pytest.mark.parametrize("which", sorted(STEP_LETTERS))
def test_each_letter_of_a_step_is_written_from_its_record(which: str) -> None:
    day = date(2026, 12, 4)
    if LETTERS[which].side is Side.TRAINEE:
        subject, text = trainee_letter(SHIPPED, which, TESS, day=day, near=("Autism",), urgent=("999",))
        assert "(E-7)" in subject
    else:
        subject, text = supporter_letter(SHIPPED, which, AMINA, enquiry=TESS, day=day)
        assert text.startswith("Hello Mina,\n")
    assert "{" not in subject + text
    assert ("4 December 2026" in text) == ("day" in LETTERS[which].fields)


def test_a_letter_of_a_step_says_what_it_lacks_and_never_who_asked() -> None:
    at_risk = replace(TESS, risk=(Risk(RiskKind.DANGER, ("not safe",)),))
    assert "Autism" not in trainee_letter(SHIPPED, "no-match", at_risk, near=("Autism",))[1]
    with pytest.raises(BadInput, match="belongs to an enquiry"):
        supporter_letter(SHIPPED, "ended", AMINA)
    with pytest.raises(BadInput, match="speaks of a day"):
        trainee_letter(SHIPPED, "on-hold", TESS)
    for wrong in ("welcome", "introduction", "\u202eof nobody"):
        with pytest.raises(BadInput, match="There is no letter"):
            trainee_letter(SHIPPED, wrong, TESS)
    named = LetterText("Thank you ({reference})", "Hello {name},\n\nTess Quill says hello.")
    with pytest.raises(Refused, match="would name the person who asked"):
        supporter_letter(SHIPPED.with_own((OwnText("thank-you", named),)), "thank-you", AMINA, enquiry=TESS)


def test_the_longest_letter_passes() -> None:
    text = LetterText("x ({reference})", "a" * LONGEST_BODY)
    assert flaws(LETTERS["closing"], text) == ()
