"""One topic taken back from under a broader consent; and no yes while nobody is stated who decides about the data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.errors import Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import Method, Purpose, Standing
from peermatch.services.office import Services
from peermatch.services.replies import Reply
from peermatch.store import supporters as stored
from tests.networks import ADHD, AMINA, DAY, EXAM, NETWORK, yes
from tests.services.conftest import Make

ONE = timedelta(days=1)
FAR = date(2100, 1, 1)


def standing(services: Services, topic: str, on: date = DAY, who: str = "S-0001") -> Standing:
    gate = services.desk.snapshot.gate(services.desk.snapshot.supporters[who], on)
    return gate.ruling(Purpose.MATCH, topic).standing


def give_name(services: Services) -> None:
    services.consent.give(
        "S-0001", Purpose.CONTACT_NAME, None, wording="2026-1", method=Method.SPOKEN, on=DAY
    )


def test_what_rests_on_a_broader_consent_can_be_taken_back_by_itself(services: Services) -> None:
    terms = services.desk.shipped.reference.vocabulary.terms
    child, parent = next((id, term.broader) for id, term in terms.items() if term.broader in terms)
    wide = replace(yes(Purpose.MATCH, parent), wording="wide")
    with services.desk.store.write("test") as tx:
        consents = (yes(Purpose.HOLD), wide)
        stored.add(tx, replace(AMINA, id="S-0010", characteristics=(child,), consents=consents))
    services.desk.renew(Touched(supporters=frozenset({"S-0010"})))
    services.enquiries.set_needs("E-0142", (child,), ())
    services.introductions.ask("E-0142", "S-0010", DAY)
    withdrawal = services.consent.withdraw("S-0010", Purpose.MATCH, child, DAY)
    assert [each.supporter for each in withdrawal.stopped] == ["S-0010"]
    assert services.consent.records("S-0010")[1] == wide
    assert standing(services, child, DAY - ONE, "S-0010") is Standing.VALID
    for day in (DAY, DAY + ONE, FAR):
        assert standing(services, child, day, "S-0010") is Standing.WITHDRAWN
    assert standing(services, parent, who="S-0010") is Standing.VALID
    assert "S-0010" not in [each.supporter for each in services.shortlists.of("E-0142", DAY).suggested]
    with pytest.raises(Refused, match="withdrawn on 20 November 2026 already"):
        services.consent.withdraw("S-0010", Purpose.MATCH, child, DAY)
    # Only a yes to the topic itself brings it back: a new one to the broader term does not.
    services.consent.give("S-0010", Purpose.MATCH, parent, wording="wide", method=Method.FORM, on=DAY + ONE)
    assert standing(services, child, DAY + ONE, "S-0010") is Standing.WITHDRAWN
    services.consent.give("S-0010", Purpose.MATCH, child, wording="wide", method=Method.FORM, on=DAY + ONE)
    assert standing(services, child, DAY + ONE, "S-0010") is Standing.VALID


def test_what_was_never_agreed_to_cannot_be_taken_back(services: Services) -> None:
    with pytest.raises(Refused, match="no consent to “match on it” that could be withdrawn"):
        services.consent.withdraw("S-0003", Purpose.MATCH, ADHD, DAY)


def test_no_yes_is_recorded_while_nobody_is_stated_as_controller(make: Make) -> None:
    """A file may come without; what it brings holds, and nothing new is agreed to."""
    services = make(replace(NETWORK, controller=None))
    assert standing(services, ADHD) is Standing.VALID
    lines = len(services.upkeep.journal())
    with pytest.raises(Refused, match="stated as controller") as error:
        give_name(services)
    assert "State it" in error.value.hint
    assert "command controller" in error.value.hint
    with pytest.raises(Refused, match="stated as controller"):
        services.enquiries.record_consent("E-0142", Method.EMAIL, "2026-1", DAY)
    assert len(services.upkeep.journal()) == lines
    no = Reply("S-0001", (), ((Purpose.MATCH, EXAM),), "2026-1", Method.EMAIL, DAY)
    with pytest.raises(Refused, match="stated as controller"):
        services.consent.answer(replace(no, yes=((Purpose.CONTACT_NAME, None),)))
    # A no is never refused.
    services.consent.answer(no)
    services.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    services.upkeep.set_controller("The Example Trust")
    give_name(services)
    services.enquiries.record_consent("E-0142", Method.EMAIL, "2026-1", DAY)
