"""Small sentences: what is denied, what is another's, who is turned away, and what only looks like a word."""

import pytest

from peermatch.model.people import Channel
from tests.matching.letter_cases import propose, topics

WISH = " I would like to talk to somebody."


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I have ADHD.", "neuro.adhd"),
        ("I was told that I am dyslexic.", "neuro.dyslexia"),
        ("I am having panic attacks before every shift.", "mind.anxiety"),
        ("I'm looking for another deaf doctor.", "sensory.deaf-bsl"),
        ("Is there a trans doctor on your list?", "gender.trans"),
        ("I have had two miscarriages since August.", "family.miscarriage"),
        ("My mother has dementia and I look after her.", "family.carer"),
        ("I failed MRCP part 1 for the third time.", "training.progress.exam-failure"),
        ("My dad died in March.", "life.bereavement.family"),
        ("I have endometreosis.", "disability.gynae"),
        ("I am a wheelchair user.", "disability.mobility"),
    ],
)
def test_what_is_said_is_found(text: str, topic: str) -> None:
    assert topic in topics(text + WISH)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I don't have ADHD.", "neuro.adhd"),
        ("I do not think that it is depression.", "mind.depression"),
        ("I have never had an eating disorder.", "mind.eating-disorder"),
        ("Epilepsy was ruled out.", "disability.epilepsy"),
        ("I'm not pregnant.", "family.pregnancy"),
        ("There is no bullying here.", "treatment.bullying"),
        ("I was tested for dyslexia, but I do not have dyslexia.", "neuro.dyslexia"),
    ],
)
def test_what_is_denied_is_left_out(text: str, topic: str) -> None:
    assert topic not in topics(text + WISH)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I can't tell anyone about my ADHD.", "neuro.adhd"),
        ("Nobody at work knows that I have epilepsy.", "disability.epilepsy"),
        ("I am not sure how to manage my diabetes on nights.", "disability.diabetes"),
        ("I have never met another doctor with a stammer.", "sensory.speech"),
    ],
)
def test_a_no_to_something_else_denies_nothing(text: str, topic: str) -> None:
    assert topic in topics(text + WISH)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("My husband is deaf.", "sensory.deaf-bsl"),
        ("My patient has bipolar disorder.", "mind.bipolar"),
        ("One of my colleagues is autistic.", "neuro.autism"),
        ("My friend had a miscarriage last year.", "family.miscarriage"),
        ("My brother is dyslexic.", "neuro.dyslexia"),
        ("She has a strong accent and comes from Kerala.", "race.asian.indian"),
        ("Patients with epilepsy come to my clinic.", "disability.epilepsy"),
    ],
)
def test_what_belongs_to_somebody_else_is_left_out(text: str, topic: str) -> None:
    assert topic not in topics(text + WISH)


def test_a_deaf_husband_is_about_caring() -> None:
    found = topics("My husband is deaf and cannot see well; I look after him." + WISH)
    assert "sensory.deaf-bsl" not in found
    assert "family.carer" in found


def test_a_trainee_is_whom_a_supervisors_letter_is_about() -> None:
    proposal = propose(
        "I am educational supervisor to an ST4 in radiology. She has epilepsy and has agreed that I write. "
        "Is there a doctor whom she could meet?"
    )
    assert proposal.for_somebody_else
    assert [topic.characteristic for topic in proposal.topics][:1] == ["disability.epilepsy"]
    assert (proposal.specialty, proposal.grade) == ("clinical-radiology", "st4")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The noise on the ward is deafening.", "sensory.deaf-bsl"),
        ("I used to work in retail.", "treatment.homophobia"),
        ("I am against the new rota template, and I sit behind the pillar.", "gender.trans"),
        ("We saw a seizured asset and a hypothesis.", "disability.diabetes"),
        ("I add the sums up each night.", "neuro.adhd"),
        ("It is ibsen that I read.", "disability.gut"),
    ],
)
def test_a_part_of_a_word_is_no_word(text: str, topic: str) -> None:
    assert topic not in topics(text + WISH)


def test_abbreviations_keep_their_capitals() -> None:
    assert "disability.gut" in topics("I have IBD." + WISH)
    assert "disability.gut" not in topics("the ibd was here." + WISH)


def test_nothing_is_guessed_from_a_name() -> None:
    assert topics("Dear team,\n\nI am Dr Muhammad Khan." + WISH + "\n\nMuhammad Khan") == []


def test_quoted_words_and_signatures_are_not_the_writers() -> None:
    text = (
        "I have OCD and would like to talk to somebody.\n\nKind regards\nSam\nMenopause Advocate\n\n"
        "On 3 Nov 2026, at 09:12, Team <team@network.example> wrote:\n\n> We help with stillbirth and autism.\n"
    )
    assert topics(text) == ["mind.ocd"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please nobody from Whiston.", ("mwl",)),
        ("Not somebody at the Royal Liverpool, please.", ("luhft",)),
        ("I would rather it wasn't anyone who works at Royal Oldham.", ("nca",)),
        ("It should not be anybody from MFT or Royal Preston.", ("mft", "lthtr")),
        ("I work at Leighton. Please not at my own trust.", ("mid-cheshire",)),
        ("I work at Leighton and nobody at work knows.", ()),
        ("Nobody in Preston knows that I wrote.", ()),
        ("I am not at Whiston any more.", ()),
        ("I know nobody in Barrow.", ()),
    ],
)
def test_workplaces_that_are_turned_away(text: str, expected: tuple[str, ...]) -> None:
    assert propose(text + WISH).exclude_organisations == expected


def test_a_region_is_given_as_its_trusts_and_a_heading_as_its_specialties() -> None:
    proposal = propose("Nobody from Cheshire or Merseyside, and no psychiatrist of any kind." + WISH)
    assert {"alder-hey", "coch", "mwl", "cwp"} <= set(proposal.exclude_organisations)
    assert "mft" not in proposal.exclude_organisations
    assert {"general-psychiatry", "old-age-psychiatry", "core-psychiatry"} <= set(
        proposal.exclude_specialties
    )


def test_people_are_turned_away_by_name() -> None:
    assert propose("Please not Dr Helena Marsh." + WISH).exclude_people == ("Dr Helena Marsh",)
    assert propose("Dr Helena Marsh is kind." + WISH).exclude_people == ()


@pytest.mark.parametrize(
    ("text", "specialty", "grade"),
    [
        ("I'm an F2 on a respiratory block.", "foundation", "f2"),
        ("CT2 psych at Prestwich.", "core-psychiatry", "ct2"),
        ("I am a GP trainee, ST3.", "gp", "gpst3"),
        ("I'm CT1 in core surgery.", "cst", "ct1"),
        ("I am a public health registrar, second year.", "public-health-medicine", "ph-st2"),
        ("ST5 in T&O here.", "trauma-orthopaedics", "st5"),
        ("I'm in my third year of anaesthetics.", "anaesthetics", "st3"),
        ("My husband is an ST6 in urology.", None, None),
        ("I'm an ST4 in neurology, though I'd rather you didn't write that down.", None, None),
        ("Is there a cardiology registrar, ideally ST7, who would talk?", None, None),
    ],
)
def test_specialty_and_grade(text: str, specialty: str | None, grade: str | None) -> None:
    proposal = propose(text + WISH)
    assert (proposal.specialty, proposal.grade) == (specialty, grade)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Please e-mail me, I hate the phone.", Channel.EMAIL),
        ("Phone is easier for me.", Channel.PHONE),
        ("I prefer a call, on my mobile.", Channel.PHONE),
        ("By e-mail only please.", Channel.EMAIL),
        ("Any time.", None),
    ],
)
def test_the_way_of_contact(text: str, way: Channel | None) -> None:
    assert propose(text + WISH).contact is way
