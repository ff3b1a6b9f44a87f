"""A withdrawal counts also for ids that no vocabulary knows any more."""

from dataclasses import replace

import pytest

from peermatch.errors import Refused
from peermatch.model.characteristics import parse_terms
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import Importance, Need
from peermatch.model.introduction import Introduction, State
from peermatch.services.office import Services
from tests.networks import AMINA, DAY, ENQUIRY, NETWORK, yes
from tests.services.conftest import Make

OWN = "neuro.own"


def gone(services: Services) -> None:
    """The vocabulary is another one: the network's own term is no longer in it."""
    with services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql("DELETE FROM own_term")
    services.desk.snapshot = services.desk._taken()
    assert not services.desk.snapshot.reference.vocabulary.knows(OWN)


@pytest.mark.parametrize("withdrawn_first", [True, False])
def test_a_withdrawal_counts_for_an_id_that_no_vocabulary_knows_any_more(
    make: Make, withdrawn_first: bool
) -> None:
    term = parse_terms([{"id": OWN, "label": "Own", "broader": "neuro"}])
    who = replace(AMINA, characteristics=(OWN,), consents=(*AMINA.consents, yes(Purpose.MATCH, OWN)))
    asked = replace(ENQUIRY, needs=(Need(OWN, Importance.ESSENTIAL),))
    agreed = Introduction("E-0142", who.id, State.AGREED, DAY)
    services = make(
        replace(NETWORK, vocabulary=term, supporters=(who,), enquiries=(asked,), introductions=(agreed,))
    )
    services.handing_out.preview("E-0142", who.id, DAY)
    if withdrawn_first:
        with services.desk.store.write("test") as tx:
            tx.session.connection().exec_driver_sql(
                f"UPDATE consent SET withdrawn = '{DAY}' WHERE characteristic = '{OWN}'"
            )
        gone(services)
        with pytest.raises(Refused, match="withdrawn consent that this introduction rests on"):
            services.handing_out.preview("E-0142", who.id, DAY)
    else:
        gone(services)
        stopped = services.consent.withdraw(who.id, Purpose.MATCH, OWN, DAY).stopped
        assert [each.enquiry for each in stopped] == ["E-0142"]
