"""The letter to whoever holds a card that may not be used any more, and the one to whom took their consent back."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.mail.wording import Templates, stop_using_letter, withdrawn_letter
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.services.shipped import load_shipped
from tests.networks import AMINA, ENQUIRY


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_shipped().templates


def test_it_says_which_message_and_what_not_to_use(templates: Templates) -> None:
    subject, body = stop_using_letter(templates, ENQUIRY, ("7KQD",), "the phone number in it")
    assert subject == "Your message PM-7KQD"
    assert "We told you how to reach somebody (PM-7KQD)." in body
    assert "please do not use the phone number in it any more." in body
    assert body.endswith("With kind regards,\nthe peer support team\n")


def test_it_gives_no_reason_and_asks_for_nothing(templates: Templates) -> None:
    _, body = stop_using_letter(templates, ENQUIRY, ("7KQD",), "those contact details")
    assert "we ask you not to look for a reason" in body
    assert "You have done nothing wrong" in body
    assert "!" not in body
    for word in ("withdr", "consent", "adhd", "exam", "because", "robin", "vale"):
        assert word not in body.casefold()


def test_without_a_code_it_names_the_enquiry_and_with_two_both(templates: Templates) -> None:
    assert stop_using_letter(templates, ENQUIRY, (), "x")[0] == "Your message E-0142"
    subject, body = stop_using_letter(templates, ENQUIRY, ("7KQD", "3XPT"), "x")
    assert subject == "Your message PM-7KQD and PM-3XPT"
    assert "We told you how to reach somebody (PM-7KQD and PM-3XPT)." in body


def test_with_a_risk_it_does_not_say_who_writes(templates: Templates) -> None:
    asked = replace(ENQUIRY, risk=(Risk(RiskKind.DANGER, ("not safe",)),))
    subject, body = stop_using_letter(templates, asked, ("7KQD",), "x")
    assert "support" not in f"{subject}{body}".casefold()
    assert "kind regards" not in body


def test_whoever_took_their_consent_back_is_told_the_day(templates: Templates) -> None:
    subject, body = withdrawn_letter(templates, AMINA, date(2026, 11, 20))
    assert subject == "Your wish is carried out"
    assert body.startswith("Hello Amina,")
    assert "We did so on 20 November 2026." in body
    assert withdrawn_letter(templates, replace(AMINA, name="\u202e", known_as=None), date(2026, 1, 1))[
        1
    ].startswith("Hello there,")
