"""The letters: their fields, what they say, and whom they never name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput, Refused
from peermatch.mail.wording import Templates, ask_letter, bullets, offer_letter
from peermatch.model.enquiry import Enquiry, Importance, Need, Requester, Risk, RiskKind
from peermatch.model.letter_kinds import FIELDS
from peermatch.model.people import Supporter
from peermatch.model.reference import FILES, Reference

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TEXTS = {path.stem: path.read_text("utf-8") for path in (RESOURCES / "letters").glob("*.txt")}
REFERENCE = Reference.parse(
    {name: (RESOURCES / "vocabulary" / f"{name}.toml").read_text("utf-8") for name in FILES}
)
TEMPLATES = Templates(TEXTS)
AMINA = Supporter("S-1", "Amina Rahman", characteristics=("family.miscarriage", "neuro.adhd"))
ENQUIRY = Enquiry(
    "E-7",
    date(2026, 11, 19),
    Requester("Dr Tess Quill", "tess.quill@example.org", phone="07700 900456"),
    specialty="general-surgery",
    grade="st4",
    organisation="mft",
    place="Bolton",
    letter="I am Tess.",
    needs=(Need("neuro.adhd", Importance.ESSENTIAL), Need("life.separation", Importance.HELPFUL)),
)


def test_every_letter_ships_and_no_other() -> None:
    assert set(TEXTS) == set(FIELDS)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_letter_uses_its_fields_and_speaks_plainly(name: str) -> None:
    used = {field for field in FIELDS[name] if f"{{{field}}}" in TEXTS[name]}
    assert used == FIELDS[name]
    text = TEXTS[name]
    assert not any(
        word in text.casefold() for word in ("junior", "suffer", "victim", "bame", "!", "utilise", "mr ")
    )
    assert all(len(line) <= 360 for line in text.splitlines())


def test_no_letter_to_a_supporter_has_a_field_for_the_enquirer() -> None:
    assert FIELDS["ask"] | FIELDS["reminder"] | FIELDS["withdraw"] == {
        "name",
        "someone",
        "topics",
        "reference",
        "day",
    }


WRONG: list[tuple[Callable[[dict[str, str]], object], str]] = [
    (lambda texts: texts.pop("offer"), "offer: this letter is missing"),
    (lambda texts: texts.update(ask=texts["ask"] + "\n{enquirer}"), "ask: Line 19: There is no field {enquirer}"),
    (lambda texts: texts.update(ask=texts["ask"] + "\n{}"), "ask: Line 19: There is no field {}"),
    (lambda texts: texts.update(offer="Dear all,\n\nHello"), "offer: a letter begins with one line"),
    (lambda texts: texts.update(offer="Subject: Hello"), "offer: a letter begins with one line"),
    (lambda texts: texts.update(offer="Subject: a\nBcc: b\n\nHello"), "offer: a letter begins with one line"),
    (lambda texts: texts.update(offer="Subject: a\n\nHello } you"), "offer: Line 1: A curly bracket stands alone"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), WRONG, ids=[fault for _, fault in WRONG])
def test_a_wrong_template_is_named(change: Callable[[dict[str, str]], object], fault: str) -> None:
    texts = dict(TEXTS)
    change(texts)
    with pytest.raises(BadInput) as refusal:
        Templates(texts)
    assert [str(each) for each in refusal.value.faults if str(each).startswith(fault)]


def test_all_wrong_templates_are_named_at_once() -> None:
    with pytest.raises(BadInput) as refusal:
        Templates({})
    assert len(refusal.value.faults) == len(FIELDS)


def test_fields_that_a_letter_does_not_have_are_refused() -> None:
    with pytest.raises(BadInput, match="reminder does not have the fields enquirer"):
        TEMPLATES.fill("reminder", {"name": "Amina", "reference": "E-7", "enquirer": "Tess"})
    with pytest.raises(BadInput, match="reminder does not have the fields reference"):
        TEMPLATES.fill("reminder", {"name": "Amina"})


def test_a_value_that_looks_like_a_field_stays_a_value() -> None:
    _, text = TEMPLATES.fill("reminder", {"name": "{reference} {0} \\1", "reference": "E-7"})
    assert text.startswith("Hello {reference} {0} \\1,\n")


def test_a_paragraph_with_nothing_to_say_is_left_out() -> None:
    fields = {"reference": "E-7", "controller": " ", "urgent": "- 999"}
    _, text = TEMPLATES.fill("acknowledgement", fields)
    assert "Responsible" not in text
    assert "- 999\n" in text
    assert (
        "Responsible for what we keep: NHS North."
        in TEMPLATES.fill("acknowledgement", fields | {"controller": "NHS North"})[1]
    )


def test_a_paragraph_that_is_one_field_is_known_by_it() -> None:
    fields = dict.fromkeys(FIELDS["card"], "x")
    assert [field for field, _ in TEMPLATES.paragraphs("card", fields) if field] == ["card"]


def test_a_subject_is_one_line() -> None:
    subject, _ = TEMPLATES.fill("reminder", {"name": "A", "reference": "E\r\nBcc: thief@example.org"})
    assert "\n" not in subject
    assert "\r" not in subject


def test_the_supporter_is_asked_about_a_topic_and_never_told_who() -> None:
    subject, text = ask_letter(TEMPLATES, REFERENCE, AMINA, ENQUIRY)
    assert subject == "A question for you (E-7)"
    assert text.startswith("Hello Amina,\n\nSomeone in a surgical specialty has written to us.\n")
    assert "about:\n- ADHD\n\n" in text
    for secret in (
        "Tess",
        "Quill",
        "example.org",
        "900456",
        "Bolton",
        "Manchester",
        "ST4",
        "Separation",
        "General surgery",
    ):
        assert secret not in f"{subject}{text}"


def test_what_both_know_is_named_once_and_a_group_by_its_words() -> None:
    needs = tuple(Need(id, Importance.HELPFUL) for id in ("neuro", "family.miscarriage", "neuro.autism"))
    _, text = ask_letter(TEMPLATES, REFERENCE, AMINA, replace(ENQUIRY, needs=needs))
    label = REFERENCE.vocabulary.label("family.miscarriage")
    assert f"about:\n- Neurodivergence\n- {label}\n\n" in text
    assert "Autism" not in text


def test_whoever_only_comes_near_is_told_what_of_their_own_comes_near_and_not_what_is_asked_for() -> None:
    (beside,) = list(REFERENCE.vocabulary.related("treatment.bystander"))[:1]
    near = replace(AMINA, characteristics=("neuro.adhd", beside))
    needs = (Need("treatment.bystander", Importance.HELPFUL),)
    _, text = ask_letter(TEMPLATES, REFERENCE, near, replace(ENQUIRY, needs=needs))
    assert f"about:\n- {REFERENCE.vocabulary.label(beside)}, or something close to it\n\n" in text
    for unsaid in ("ADHD", REFERENCE.vocabulary.label("treatment.bystander")):
        assert unsaid not in text


def test_a_broader_topic_of_their_own_comes_near_too() -> None:
    (below, above) = next(
        (id, up[0]) for id in REFERENCE.vocabulary.terms if (up := REFERENCE.vocabulary.broader_terms(id))
    )
    needs = (Need(below, Importance.HELPFUL),)
    _, text = ask_letter(
        TEMPLATES, REFERENCE, replace(AMINA, characteristics=(above,)), replace(ENQUIRY, needs=needs)
    )
    assert f"- {REFERENCE.vocabulary.label(above)}, or something close to it\n" in text


def test_without_topics_the_letter_does_not_list_any() -> None:
    _, text = ask_letter(TEMPLATES, REFERENCE, AMINA, replace(ENQUIRY, needs=()))
    assert "from their own life" not in text


@pytest.mark.parametrize(
    ("specialty", "someone"),
    [
        ("general-psychiatry", "Someone in psychiatry"),
        ("anaesthetics", "Someone in anaesthetics"),
        ("ophthalmology", "Someone in training"),
        (None, "Someone in training"),
    ],
)
def test_a_veil_never_fits_only_a_few(specialty: str | None, someone: str) -> None:
    _, text = ask_letter(TEMPLATES, REFERENCE, AMINA, replace(ENQUIRY, specialty=specialty))
    assert f"{someone} has written to us." in text


@pytest.mark.parametrize(
    "words", ["dr tess  QUILL", "tess.quill@example.org", "07700-900456", "+44 7700 900456"]
)
def test_a_template_that_names_the_enquirer_is_not_used(words: str) -> None:
    texts = TEXTS | {"ask": TEXTS["ask"].replace("Could you be", f"{words} wrote. Could you be")}
    with pytest.raises(Refused, match="would name the person who asked") as refusal:
        ask_letter(Templates(texts), REFERENCE, AMINA, ENQUIRY)
    assert "Tess" not in str(refusal.value)


@pytest.mark.parametrize("reference", ["Tess", "E-7 QUILL"])
def test_a_field_that_names_the_enquirer_is_not_used(reference: str) -> None:
    with pytest.raises(Refused, match="would name the person who asked"):
        ask_letter(TEMPLATES, REFERENCE, AMINA, replace(ENQUIRY, reference=reference))


def test_an_enquirer_with_the_supporters_name_or_an_everyday_name_does_no_harm() -> None:
    for name in ("Amina Quill", "Grace Hope", "May Day", "No One", "Will Thank", "May", "Dr Will"):
        enquiry = replace(ENQUIRY, requester=Requester(name=name))
        assert ask_letter(TEMPLATES, REFERENCE, AMINA, enquiry)[1]


def test_the_enquirer_is_told_what_is_shared_and_not_by_whom() -> None:
    subject, text = offer_letter(TEMPLATES, REFERENCE, ENQUIRY)
    assert subject == "Your message (E-7)"
    assert "in common:\n- ADHD\n\n" in text
    assert "Separation" not in text
    assert "Amina" not in text
    assert "You do not need to give a reason." in text


def test_with_a_risk_cue_the_offer_names_no_topic() -> None:
    enquiry = replace(ENQUIRY, risk=(Risk(RiskKind.DOMESTIC_ABUSE, ("hits me",)),), risk_done="rang")
    _, text = offer_letter(TEMPLATES, REFERENCE, enquiry)
    assert "in common" not in text
    assert "ADHD" not in text


@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
def test_any_name_of_a_supporter_stays_on_its_line(name: str) -> None:
    _, text = ask_letter(TEMPLATES, REFERENCE, replace(AMINA, name=name), ENQUIRY)
    assert text.split("\n\n")[1].startswith("Someone in a surgical specialty")


def test_lists_are_lines() -> None:
    assert bullets(["a\nb", "c"]) == "- a b\n- c"
