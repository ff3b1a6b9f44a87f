"""Letters read by rules and sentence model together: floors, laws, and what the model must not undo."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.mail.reading import letter_from_text
from peermatch.model.enquiry import RiskKind
from peermatch.model.letter import Letter, Proposal, Scope
from tests.matching.letter_cases import labelled
from tests.matching.real_reference import REAL
from tests.matching.sense_cases import BOTH, proposed_by_both

# Every second letter, so that the suite stays quick; `packaging/dev.py teach --measure` reads them all.
ALL = (labelled("dev") + labelled("own"))[::2]
WISH = " I would like to talk to somebody."
ORDINARY = (
    "I am an ST4 in radiology. The new rota came out on Monday and I am on nights at Christmas. Could you tell me "
    "who else has come back after a year away? I have two exams left. My supervisor is kind. Thank you for reading."
)
WORDS = st.sampled_from(
    ["I", "have", "not", "my husband", "is deaf", "ADHD", "nobody at", "ST4", ".", "\n\n", "> x"]
)
TEXTS = st.lists(WORDS | st.text(max_size=9), min_size=1, max_size=30).map(" ".join)


def propose(text: str) -> Proposal:
    return BOTH.propose(letter_from_text(text))


def topics(text: str) -> list[str]:
    return [each.characteristic for each in propose(text).topics]


def check_shape(letter: Letter, proposal: Proposal) -> None:
    strengths = [topic.strength for topic in proposal.topics]
    assert len(strengths) <= 10
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < strength <= 1 for strength in strengths)
    assert all(REAL.vocabulary.is_term(topic.characteristic) for topic in proposal.topics)
    assert all(topic.passages for topic in proposal.topics)
    assert all(risk.words for risk in proposal.risk)
    assert proposal.scope is Scope.IN_SCOPE or proposal.topics == ()
    for passage in [p for topic in proposal.topics for p in topic.passages] + list(proposal.risk_passages):
        # Words of the subject stand outside the text and mark an empty place.
        assert passage.start == passage.end == 0 or letter.text[passage.start : passage.end] == passage.words


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_whatever_is_written_the_answer_keeps_its_shape_and_is_the_same_again(text: str) -> None:
    letter = letter_from_text("Dear team\n" + text)
    proposal = BOTH.propose(letter)
    check_shape(letter, proposal)
    assert BOTH.propose(letter) == proposal


def test_every_sample_letter_keeps_the_shape() -> None:
    for each in ALL:
        check_shape(each.letter, proposed_by_both(each.letter))


def test_no_danger_that_the_rules_find_is_lost() -> None:
    for each in ALL + labelled("own/risk")[::2]:
        if each.label["risk"] == "yes":
            kinds = {risk.kind.value for risk in proposed_by_both(each.letter).risk}
            assert each.label["risk_kind"] in kinds, each.name


def test_false_alarms_stay_few() -> None:
    # The rules were shaped with these letters in sight and raise none; the model was not, and recall comes first:
    # of a hundred and thirteen new letters about danger six more were found than when the limit was one in nine.
    safe = [each for each in ALL if each.label["risk"] != "yes"]
    assert sum(bool(proposed_by_both(each.letter).risk) for each in safe) <= len(safe) / 8


def test_floors_of_what_is_suggested() -> None:
    needed = first = found = shown = useful = traps = 0
    for each in ALL:
        top = [topic.characteristic for topic in proposed_by_both(each.letter).topics]
        good = each.listed("needed") + each.listed("helpful")
        needed += len(each.listed("needed"))
        first += sum(need in top[:5] for need in each.listed("needed"))
        found += sum(need in top for need in each.listed("needed"))
        shown += len(top)
        useful += sum(topic in good for topic in top)
        traps += sum(topic in each.listed("must_not") for topic in top)
    assert first / needed >= 0.9
    assert found / needed >= 0.95
    # What is needed comes before what is useful: a topic that is missing costs more than one too many.
    assert useful / shown >= 0.7
    assert traps <= 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Some nights I think about ending my life.", RiskKind.SUICIDALITY),
        ("I don't want to be here any more.", RiskKind.SUICIDALITY),
        ("I tried to kill myself last year.", RiskKind.SUICIDALITY),
        ("She hit me with a pan in October.", RiskKind.DOMESTIC_ABUSE),
        ("My parents are forcing me to marry.", RiskKind.DOMESTIC_ABUSE),
        ("I was raped by a colleague.", RiskKind.SEXUAL_MISCONDUCT),
        ("I am afraid that I will hurt my baby.", RiskKind.CHILD),
        ("I am taking fentanyl from theatre.", RiskKind.DANGER),
        ("i wanna die", RiskKind.SUICIDALITY),
        ("I bought a rope.", RiskKind.SUICIDALITY),
        ("I am going to jump off the multi-storey.", RiskKind.SUICIDALITY),
        ("I know how I would do it. Potassium, it would be quick.", RiskKind.SUICIDALITY),
        ("I have tablets at home and I have written notes to my children.", RiskKind.SUICIDALITY),
        ("I don't feel safe in my marriage.", RiskKind.DOMESTIC_ABUSE),
        ("I was sexually assaulted by a colleague at the ward party.", RiskKind.SEXUAL_MISCONDUCT),
        ("Last week I hurt a patient on purpose.", RiskKind.DANGER),
        ("I have been giving less morphine and keeping the rest for me.", RiskKind.DANGER),
    ],
)
@pytest.mark.parametrize("around", ["{}", ORDINARY + " {}", "{} " + ORDINARY])
def test_what_is_said_plainly_raises_the_flag_wherever_it_stands(
    text: str, kind: RiskKind, around: str
) -> None:
    assert kind in [risk.kind for risk in propose(around.format(text)).risk]


def test_an_ordinary_letter_raises_none() -> None:
    assert propose(ORDINARY).risk == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I don't have ADHD.", "neuro.adhd"),
        ("I have never had an eating disorder.", "mind.eating-disorder"),
        ("I'm not pregnant.", "family.pregnancy"),
        ("My husband is deaf.", "sensory.deaf-bsl"),
        ("My patient has bipolar disorder.", "mind.bipolar"),
        ("My brother is dyslexic.", "neuro.dyslexia"),
        ("She has a strong accent and comes from Kerala.", "race.asian.indian"),
    ],
)
def test_what_is_denied_or_anothers_is_not_brought_back(text: str, topic: str) -> None:
    assert topic not in topics(text + WISH)


@pytest.mark.parametrize("name", ["Muhammad Khan", "Priyanka Chatterjee", "Oluwaseun Adeyemi"])
def test_nothing_is_guessed_from_a_name(name: str) -> None:
    for said in ("I am Dr {}.", "My name is {}."):
        letter = f"Dear team,\n\n{said} I am a trainee here.{WISH}\n\n{{}}"
        found = topics(letter.format(name, name))
        assert [each for each in found if each.startswith(("race.", "faith."))] == []
        assert found == topics(letter.format("Jane Smith", "Jane Smith"))


def test_quoted_words_are_not_the_writers() -> None:
    own = "I have OCD and would like to talk to somebody.\n\n"
    text = (
        own + "On 3 Nov 2026, at 09:12, A <a@b.example> wrote:\n\n> I have had a stillbirth and I am blind.\n"
    )
    assert not {"family.stillbirth", "sensory.blind"} & set(topics(text))


def test_what_no_rule_has_words_for_is_found_with_its_sentence() -> None:
    text = "I can read a page four times and the letters still swap places; I always write slowly." + WISH
    (found,) = [each for each in propose(text).topics if each.characteristic == "neuro.dyslexia"]
    assert found.words[0].startswith("I can read a page")


def test_a_very_long_letter_is_read_in_bounded_time() -> None:
    proposal = propose(" ".join(f"Number {each} stood on the list of forms that day." for each in range(600)))
    assert len(proposal.topics) <= 10


@pytest.mark.parametrize(
    "text",
    [
        "Hello, I would like to talk to a peer supporter about failing my exam.",
        "I am an ST5 in paediatrics. I am looking for a peer supporter who has been through the same.",
        "Hi, I am a woman in orthopaedics and feel alone. Could I be matched with a peer supporter?",
        "Hello, I am looking for somebody to talk to about my miscarriage.",
        "Could you put me in touch with another deaf doctor?",
        "Please can I have a peer supporter? I have endometriosis.",
        "I would like peer support after my stillbirth.",
        "I am a carer for my mum and need to talk to another trainee.",
    ],
)
def test_a_few_plain_words_that_ask_for_a_person_are_an_enquiry(text: str) -> None:
    assert propose(text).scope is Scope.IN_SCOPE


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("I would like to volunteer as a peer supporter. How do I sign up?", Scope.VOLUNTEER_OFFER),
        ("I have been through it and would be happy to be a peer supporter.", Scope.VOLUNTEER_OFFER),
        ("Are you looking for more supporters? I am happy to help others.", Scope.VOLUNTEER_OFFER),
        ("Could I book an active bystander session for our department?", Scope.OTHER_WORKSTREAM),
    ],
)
def test_an_offer_and_a_booking_are_still_for_another_desk(text: str, scope: Scope) -> None:
    assert propose(text).scope is scope
