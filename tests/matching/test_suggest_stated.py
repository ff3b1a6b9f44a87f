"""What writers state: whom to keep away, how to reach them, what they train in; as people put it in a few words."""

import pytest

from peermatch.model.people import Channel
from tests.matching.letter_cases import propose


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("I have ADHD and want to meet another doctor. Not Stepping Hill please.", ["stockport-ft"]),
        ("I have ADHD and want to meet another doctor. Any trust but Whiston, please.", ["mwl"]),
        ("I work at Stepping Hill and I have ADHD, so please nobody from there.", ["stockport-ft"]),
        ("I am at Stepping Hill and I have ADHD. Not my department please.", ["stockport-ft"]),
        ("I have ADHD. I would like somebody not attached to Whiston.", ["mwl"]),
        ("I have ADHD. Nobody from Pennine Care please, I see them at teaching.", ["pennine-care"]),
    ],
)
def test_a_workplace_is_kept_away_however_shortly_it_is_said(text: str, organisations: list[str]) -> None:
    assert [each for each in propose(text).exclude_organisations if each in organisations] == organisations


@pytest.mark.parametrize(
    ("text", "specialty"),
    [
        ("I have ADHD and want to meet another doctor. No urologists please.", "urology"),
        (
            "I have ADHD and want to meet another doctor. Not of neurosurgery, the circle is small.",
            "neurosurgery",
        ),
    ],
)
def test_a_specialty_is_kept_away_however_shortly_it_is_said(text: str, specialty: str) -> None:
    assert propose(text).exclude_specialties == (specialty,)


@pytest.mark.parametrize(
    "text",
    [
        "I have ADHD. I'd rather not say which year, I'm at Stepping Hill.",
        "I have ADHD. I can't move house, and I rotate to Stepping Hill in August.",
        "I have ADHD. I live in a village just outside Bolton.",
        "I have ADHD. I've had no surgery and plan none.",
        "I have ADHD. I have not told a soul except occupational health.",
    ],
)
def test_nobody_is_kept_away_by_what_only_sounds_like_it(text: str) -> None:
    proposal = propose(text)
    assert (proposal.exclude_organisations, proposal.exclude_specialties) == ((), ())


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("gen surg st6, bolton. I have a stoma and want to hear from another.", "st6"),
        ("I'm a palliative medicine registrar (ST6), and autistic, and would like to meet another.", "st6"),
        (
            "I had glandular fever in F2 and have been tired since. Who else is?\n\nBest wishes\nIdris, IMT2\n",
            "imt2",
        ),
    ],
)
def test_a_grade_is_found_in_small_letters_behind_a_registrar_and_in_a_signature(
    text: str, grade: str
) -> None:
    assert propose(text).grade == grade


def test_the_grade_of_another_registrar_is_not_the_writers() -> None:
    assert propose("I have ADHD. The other registrar, ST6, thinks that I am lazy.").grade is None


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("I have ADHD. Nothing by phone please.", Channel.EMAIL),
        ("I have ADHD. E-mail suits me best.", Channel.EMAIL),
        ("I have ADHD. Please text first.", Channel.PHONE),
        ("I have ADHD. Ring after 4.", Channel.PHONE),
    ],
)
def test_the_way_of_contact_is_found(text: str, way: Channel) -> None:
    assert propose(text).contact is way


@pytest.mark.parametrize(
    "sentence",
    [
        "Email here is fine, I delete as I go along.",
        "And please use this email, he gets copied into things.",
        "No calls to the landline please.",
        "Please text first and only say it's about the audit.",
    ],
)
def test_how_to_reach_somebody_safely_is_given_word_for_word(sentence: str) -> None:
    assert propose(f"I have ADHD and want to meet another. {sentence}").safe_contact == sentence


def test_anonymous_comments_are_no_wish_to_stay_unnamed() -> None:
    assert propose("I have ADHD. My feedback had three anonymous comments.").safe_contact is None
