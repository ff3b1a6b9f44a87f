"""How sentences are put: what asks, quotes, is of another or a figure of speech alarms less, and silences no words."""

import numpy as np
import pytest

from peermatch.mail.reading import letter_from_text
from peermatch.matching.suggesting.arrays import Floats, read_arrays
from peermatch.matching.suggesting.weighing import Alarm, Weights, alarms
from peermatch.model.enquiry import RiskKind
from tests.matching.letter_cases import propose as by_rules
from tests.matching.sense_cases import BOTH, FOLDER, shipped_sense

HEADS = read_arrays((FOLDER / "heads.bin").read_bytes())
WEIGHTS = Weights.of(HEADS, HEADS.lines("terms"))
CALM = "The new rota came out on Monday. I am on nights at Christmas."


def alarm_of(text: str) -> Alarm:
    return BOTH.clues(letter_from_text(text), shipped_sense())[1]


def softer(text: str) -> list[float]:
    found = alarm_of(text).softer
    assert found is not None
    return [float(each) for each in found]


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("I am on nights at Christmas again.", 0.0),
        ("Are there nights at Christmas again?", 1.0),
        ("He is on nights at Christmas again.", 1.0),
        ("My brother is on nights at Christmas again.", 1.0),
        ("I was told “you are on nights again” on Monday.", 2.0),
        ('I was told "you are on nights again" on Monday.', 2.0),
        ("This rota is killing me and I am on nights.", 2.0),
        ("This rota is killing me, or is “nights” a word?", 5.0),
    ],
)
def test_each_sentence_is_softened_by_how_it_is_put(text: str, less: float) -> None:
    assert softer(text) == [less]


def test_a_pair_is_as_soft_as_its_sentences_together() -> None:
    first, second, third = "I slept badly again.", "Does anybody sleep well?", "He said “no” twice."
    assert softer(f"{first} {second} {third}") == [1.0, 4.0]


def test_a_question_within_brackets_or_quotes_is_seen_at_its_end() -> None:
    assert softer("I am on nights (or are they days?)") == [1.0]
    assert softer("It is late. Is it too late for a reply?  Many thanks for all this") == [1.0, 1.0]


def scored(many: int, softer_by: float | None) -> Alarm:
    scores: Floats = np.linspace(-2, 3, many * 7, dtype=np.float32).reshape(many, 7)
    less = None if softer_by is None else np.full(many, softer_by, dtype=np.float32)
    return Alarm(scores, scores[:, 0], softer=less)


def test_what_is_softer_alarms_less_and_what_is_not_as_before() -> None:
    loud, same, soft = (WEIGHTS.of_danger(scored(3, by)) for by in (None, 0.0, 1.5))
    assert loud == same
    assert soft < loud
    assert (alarms([scored(3, None)]) == alarms([scored(3, 0.0)])).all()


def test_signs_in_a_question_are_told_apart() -> None:
    told, asked = (
        alarm_of("I think about suicide every day."),
        alarm_of("Do you think about suicide every day?"),
    )
    assert told.clear.is_plain
    assert (told.kinds, asked.kinds) == (1, 0)
    assert not asked.clear.is_plain
    assert asked.clear.points == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He says “you are useless” and he hits me.", RiskKind.DOMESTIC_ABUSE),
        ("Is it normal that he hits me?", RiskKind.DOMESTIC_ABUSE),
        ("Why do I want to die?", RiskKind.SUICIDALITY),
        ("This rota is killing me and I want to kill myself.", RiskKind.SUICIDALITY),
        (
            "In 2014 I took an overdose. Since then I have been well. Tonight I want to die.",
            RiskKind.SUICIDALITY,
        ),
        ("I tried to kill myself in 2014.", RiskKind.SUICIDALITY),
        ("I tried to kill myself last year. I have been well since.", RiskKind.SUICIDALITY),
    ],
)
@pytest.mark.parametrize("around", ["{}", CALM + " {}", "{} " + CALM])
def test_what_is_plain_stays_plain_however_it_is_put(text: str, kind: RiskKind, around: str) -> None:
    risk = BOTH.propose(letter_from_text(around.format(text))).risk
    assert kind in [each.kind for each in risk]


@pytest.mark.parametrize(
    "text",
    [
        "I was killing myself laughing at the fatigue policy.",
        "They told me that I was shooting myself in the foot.",
    ],
)
def test_a_figure_of_speech_raises_no_flag(text: str) -> None:
    assert by_rules(f"{CALM} {text}").risk == ()
    assert BOTH.propose(letter_from_text(f"{CALM} {text}")).risk == ()


def test_what_is_long_past_and_over_is_left_to_the_model() -> None:
    text = (
        "Dear team,\n\nI failed the exam for the second time and would like to talk to a doctor with dyslexia. "
        "In 2009, as a student, I tried to end my life. I have been well ever since, with a good GP. "
        "The exam is in June and I need to know how others asked for more time."
    )
    assert [each.kind for each in by_rules(text).risk] == [RiskKind.SUICIDALITY]
    assert BOTH.propose(letter_from_text(text)).risk == ()
    for before, after in (
        ("I have been well ever since", "I never told anybody"),
        ("In 2009, as a student,", ""),
    ):
        assert BOTH.propose(letter_from_text(text.replace(before, after))).risk
