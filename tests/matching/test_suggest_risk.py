"""Signs of danger: said plainly or sideways they are flagged, and what belongs to others is not."""

from dataclasses import replace

import pytest

from peermatch.mail.reading import letter_from_text
from peermatch.model.enquiry import RiskKind
from tests.matching.letter_cases import SUGGESTER, Labelled, labelled, propose, proposed


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Some nights I think about ending my life.", RiskKind.SUICIDALITY),
        ("I don't want to be here any more.", RiskKind.SUICIDALITY),
        ("Everyone would be better off without me.", RiskKind.SUICIDALITY),
        ("I have been saving up tablets.", RiskKind.SUICIDALITY),
        ("I tried to kill myself last year.", RiskKind.SUICIDALITY),
        ("I would not mind if I did not wake up tomorrow.", RiskKind.SUICIDALITY),
        ("My trainee told me that he is suicidal.", RiskKind.SUICIDALITY),
        ("If I just didn't take the bend it would be over.", RiskKind.SUICIDALITY),
        ("My husband checks my phone and won't let me see my friends.", RiskKind.DOMESTIC_ABUSE),
        ("She hit me with a pan in October.", RiskKind.DOMESTIC_ABUSE),
        ("I am scared of my partner.", RiskKind.DOMESTIC_ABUSE),
        ("My parents are forcing me to marry.", RiskKind.DOMESTIC_ABUSE),
        ("A consultant put his hand on my thigh in theatre.", RiskKind.SEXUAL_MISCONDUCT),
        ("He tried to kiss me in the office.", RiskKind.SEXUAL_MISCONDUCT),
        ("I was raped by a colleague.", RiskKind.SEXUAL_MISCONDUCT),
        ("My little boy came home with bruises and says that daddy hits him.", RiskKind.CHILD),
        ("I am afraid that I will hurt my baby.", RiskKind.CHILD),
        ("My ex waits for me in the car park and has threatened to kill me.", RiskKind.DANGER),
        ("I have been drinking before work.", RiskKind.DANGER),
        ("I am taking fentanyl from theatre.", RiskKind.DANGER),
        ("I have a plan and a date.", RiskKind.SUICIDALITY),
        ("kms", RiskKind.SUICIDALITY),
        ("I took 32 paracetamol last night.", RiskKind.SUICIDALITY),
        ("I took an od in March and nobody at work knows.", RiskKind.SUICIDALITY),
        ("My colleague has a plan to end her life.", RiskKind.SUICIDALITY),
        ("A friend says he is going to kill himself.", RiskKind.SUICIDALITY),
        ("I was assaulted by my registrar.", RiskKind.SEXUAL_MISCONDUCT),
        ("My consultant assaulted me on nights.", RiskKind.DANGER),
        ("Something happened on nights and I am not ready to write it down.", RiskKind.UNCLEAR_DISCLOSURE),
        ("Before I say anything, do you have to report things?", RiskKind.UNCLEAR_DISCLOSURE),
    ],
)
def test_danger_is_flagged_with_the_words(text: str, kind: RiskKind) -> None:
    risk = {each.kind: each.words for each in propose(text).risk}
    assert kind in risk
    assert all(words in text for words in risk[kind])


@pytest.mark.parametrize(
    "text",
    [
        "A patient of mine took her own life in April and I must go to the inquest.",
        "My brother died by suicide two years ago and I would like to meet somebody bereaved like me.",
        "I am not suicidal. I am tired of nights.",
        "A lad I sent home died two days later. I keep going over the notes.",
        "I check my phone all day for the exam result.",
        "Infection control have asked me to remove my kara.",
        "The wait for clinic is killing the department's figures.",
        "I'm dying to hear how others paid for the course.",
        "Is the network confidential? I have ADHD and want to meet another doctor who has it.",
        "A patient of mine had a plan to end her life and I missed it.",
        "My brother had a plan to end his life, and in 2015 he did.",
        "The patient took 40 paracetamol and died on my shift.",
        "I took two paracetamol this morning and went to work.",
        "I live 30 kms from the hospital.",
        "I have a plan and a date for my wedding.",
        "My baby son was born at 27 weeks and I pushed for more leave.",
    ],
)
def test_what_is_no_danger_raises_no_alarm(text: str) -> None:
    assert propose(text).risk == ()


def test_danger_within_another_topic_is_not_lost() -> None:
    text = (
        "I failed MRCP again. " * 8 + "\n\nI look at the bridge and think how quiet it would be." + "\n\nSam"
    )
    assert [each.kind for each in propose(text).risk] == [RiskKind.SUICIDALITY]


def test_quoted_danger_is_not_the_writers() -> None:
    own = "I have OCD and I would like to talk with a doctor who knows how checking takes over a shift. " * 3
    quoted = "\nOn 3 Nov 2026, at 09:12, A <a@b.example> wrote:\n> I want to die.\n"
    assert propose(own + quoted).risk == ()


def test_a_letter_passed_on_with_one_line_is_read_for_danger() -> None:
    text = "Please see below.\n\n-----Original Message-----\nFrom: T\nSent: today\nSubject: x\n\nI want to die.\n"
    assert [each.kind for each in propose(text).risk] == [RiskKind.SUICIDALITY]


@pytest.mark.parametrize(
    ("subject", "kinds"), [("Re: Your e-mail", []), ("Fw: For you", [RiskKind.SUICIDALITY])]
)
def test_what_stands_below_a_reply_was_read_when_it_came(subject: str, kinds: list[RiskKind]) -> None:
    letter = replace(
        letter_from_text("Thank you, that is kind.\n\n> Last night I wanted to kill myself.\n> Sam"),
        subject=subject,
    )
    assert [each.kind for each in SUGGESTER.propose(letter).risk] == kinds


def test_passages_of_danger_stand_where_they_say() -> None:
    letter = letter_from_text("Hello.\n\nI want to die. Everyone would be better off without me.\n")
    passages = SUGGESTER.propose(letter).risk_passages
    assert passages
    assert all(letter.text[each.start : each.end] == each.words for each in passages)


# "She'll kill me if I am late again" reads like a threat; a false alarm costs a minute, a miss may cost a life.
FALSE_ALARMS = frozenset({"s02.eml"})


@pytest.mark.parametrize("each", labelled("own/risk"), ids=lambda each: each.name)
def test_letters_that_say_it_sideways_are_told_from_those_that_only_sound_alike(each: Labelled) -> None:
    kinds = {risk.kind.value for risk in proposed(each.letter).risk}
    if each.label["risk"] == "yes":
        assert each.label["risk_kind"] in kinds
    else:
        assert (kinds == set()) != (each.name in FALSE_ALARMS)


@pytest.mark.parametrize(
    "threat", ["He said he will kill me if I leave.", "My husband says he will kill me."]
)
def test_a_threat_is_a_threat_with_or_without_an_if(threat: str) -> None:
    assert RiskKind.DANGER in [each.kind for each in propose(threat).risk]


def test_what_is_denied_counts_only_beside_another_sign() -> None:
    denied = "I have no thoughts of harming myself."
    assert propose(denied).risk == ()
    assert [each.kind for each in propose(denied + " I feel hopeless.").risk] == [RiskKind.SUICIDALITY]


def test_playing_it_down_is_itself_a_sign() -> None:
    said = "My husband gives me housekeeping and I get an allowance."
    assert propose(said).risk == ()
    assert [each.kind for each in propose(said + " Probably nothing.").risk] == [RiskKind.DOMESTIC_ABUSE]
