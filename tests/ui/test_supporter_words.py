"""What lists, tables and summaries say of a supporter, made from values alone."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.model.consent import Purpose
from peermatch.model.people import Boundaries, SupporterStatus
from peermatch.services.listing import Listing
from peermatch.ui.screens.consent_lines import history_lines, received, topic_lines, whole_lines
from peermatch.ui.screens.day_field import in_twelve_months, typed_day
from peermatch.ui.screens.supporter_facets import Facets, chosen
from peermatch.ui.screens.supporter_words import about, about_at_length, boundaries, presence
from tests.networks import ADHD, AMINA, DAY, EXAM, yes
from tests.ui.real_networks import picture

TAKEN_BACK = replace(yes(Purpose.MATCH, ADHD), withdrawn=DAY)
REFUSED = replace(yes(Purpose.MATCH, ADHD, DAY), expires=None, withdrawn=DAY)


@pytest.mark.parametrize(
    ("change", "said", "matchable"),
    [
        ({}, "free", True),
        ({"status": SupporterStatus.LEFT}, "left", False),
        ({"status": SupporterStatus.APPLIED}, "applied", False),
        ({"paused_until": date(2027, 3, 1)}, "paused to 1 Mar 2027", False),
        ({"paused_until": DAY}, "free", True),
        ({"available_from": date(2026, 12, 24)}, "from 24 Dec", False),
        ({"available_until": date(2026, 11, 19)}, "away since 19 Nov", False),
        ({"capacity": 0}, "no room", False),
        ({"consents": ()}, "consent missing", False),
        ({"consents": (yes(Purpose.HOLD, given=date(2025, 2, 2)),)}, "consent ended", False),
        ({"consents": (replace(yes(Purpose.HOLD), withdrawn=DAY),)}, "consent withdrawn", False),
        ({"consents": (yes(Purpose.HOLD),)}, "ask for consent", False),
        ({"consents": (yes(Purpose.HOLD), yes(Purpose.MATCH, ADHD))}, "no way to reach", True),
        ({"email": "", "phone": None}, "no way to reach", True),
        (
            {"characteristics": (ADHD,), "consents": (yes(Purpose.HOLD), TAKEN_BACK)},
            "consent withdrawn",
            False,
        ),
        (
            {"characteristics": (ADHD, EXAM), "consents": (yes(Purpose.HOLD), TAKEN_BACK)},
            "ask for consent",
            False,
        ),
        ({"characteristics": ()}, "no topics yet", False),
    ],
)
def test_a_list_says_first_what_keeps_somebody_away(
    change: dict[str, object], said: str, matchable: bool
) -> None:
    found = presence(picture(), replace(AMINA, **change), DAY)  # type: ignore[arg-type]  # fields by name
    assert (found.text, found.matchable) == (said, matchable)


def test_the_quiet_lines_are_short_and_plain() -> None:
    lists = picture().reference
    amina = replace(AMINA, languages=("en", "bn"), available_until=date(2027, 8, 4))
    assert about(lists, amina) == "ST6 anaesthetics · Preston"
    line = about_at_length(lists, amina, DAY)
    assert line.startswith("ST6 anaesthetics · ")
    assert "until 4 Aug 2027 · e-mail first · also speaks " in line
    assert boundaries(lists, replace(amina, boundaries=Boundaries())) == "none"
    strict = Boundaries(False, False, ("lthtr",), ("anaesthetics",), (ADHD,))
    words = boundaries(lists, replace(amina, boundaries=strict))
    assert words.startswith("not own trust, not own specialty, not ")
    assert words.endswith("not anaesthetics, not about ADHD")


def test_facets_narrow_together() -> None:
    held = picture()
    listing = Listing.of(held, DAY)

    def names(facets: Facets) -> set[str]:
        return {listing.roll.id(number) for number in chosen(listing, facets)}

    assert names(Facets()) == set(held.supporters)
    assert names(Facets(matchable=True)) < names(Facets())
    assert names(Facets(name="ÁMINA")) == {"S-0001"}
    assert names(Facets(topic="neuro")) >= {"S-0001"}
    assert names(Facets(specialty="anaesthetics", place="Nowhere")) == set()


def test_the_table_says_yes_no_and_until_when() -> None:
    ended = yes(Purpose.MATCH, EXAM, given=date(2025, 9, 12))
    amina = replace(AMINA, consents=(yes(Purpose.HOLD), yes(Purpose.MATCH, ADHD), ended))
    lines = {line.characteristic: line for line in topic_lines(picture(), amina, DAY)}
    assert [cell.text for cell in lines[ADHD].cells()[1:4]] == ["yes", "no", "no"]
    assert (lines[ADHD].until, lines[ADHD].kind, lines[ADHD].action) == ("11 Sep 2027", "good", "Change")
    assert (lines[EXAM].until, lines[EXAM].kind, lines[EXAM].action) == ("ended 11 Sep 2026", "risk", "Renew")
    whole = {line.purpose: line for line in whole_lines(picture(), amina, DAY)}
    assert (whole[Purpose.CONTACT_PHONE].given, whole[Purpose.CONTACT_PHONE].action) == (
        "not given",
        "Ask first",
    )
    soon = topic_lines(picture(), amina, date(2027, 8, 20))[0]
    assert (soon.kind, soon.action) == ("wait", "Renew")


def test_what_a_trainee_receives_is_made_of_consent_alone() -> None:
    found = received(picture(), AMINA, DAY)
    words = "".join(text for text, _ in found.runs)
    assert words.startswith("Amina (she/her)")
    assert "Knows from their own life about ADHD. Can be reached by e-mail." in words
    assert "Rahman" not in words
    assert "surname, phone, grade and specialty, organisation" in found.held_back
    assert "(matching only)" in found.held_back
    nothing = received(picture(), replace(AMINA, consents=()), DAY)
    assert nothing.runs[0][0].startswith("Nothing")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 Mar 2027", date(2027, 3, 3)),
        (" 3 march 2027 ", date(2027, 3, 3)),
        ("03/03/2027", date(2027, 3, 3)),
        ("2027-03-03", date(2027, 3, 3)),
        ("31 Feb 2027", None),
        ("3 Foo 2027", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert typed_day(text) == day


def test_a_year_from_a_leap_day_exists() -> None:
    assert in_twelve_months(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_no_that_was_never_a_yes_is_told_as_a_no_with_its_day() -> None:
    phone = replace(REFUSED, purpose=Purpose.CONTACT_PHONE, characteristic=None)
    for record, words in ((TAKEN_BACK, "withdrawn"), (REFUSED, "said no")):
        asked = replace(AMINA, characteristics=(ADHD,), consents=(yes(Purpose.HOLD), record, phone))
        (topic,) = topic_lines(picture(), asked, DAY)
        assert topic.until == f"{words} 20 Nov 2026"
    whole = {line.purpose: line.until for line in whole_lines(picture(), asked, DAY)}
    assert whole[Purpose.CONTACT_PHONE] == "said no 20 Nov 2026"
    said = dict(history_lines(picture(), asked))["give their phone number"]
    assert said == "said no 20 Nov 2026 · on a form, wording 2026-1"
