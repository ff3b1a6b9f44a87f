"""Signposts: found and read without a trace, checked, put right, added and set aside in steps that can be undone."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import text

from peermatch.errors import BadInput, Refused
from peermatch.model.rights import Subject, SubjectKind
from peermatch.model.signpost_own import ServiceWords
from peermatch.model.signposts import Signpost
from peermatch.services.office import Doors, Services
from peermatch.services.signposts import Listed, Narrowed
from tests.networks import ADHD, AMINA, DAY
from tests.services.desks import AT_RISK

ROOM = ServiceWords(
    "Canal Street listening room",
    "Somebody to talk to, without an appointment.",
    phone="0161 496 0000",
    area="gm",
    topics=(ADHD,),
)


def one(services: Services, id: str) -> Listed:
    """A service as the list shows it."""
    found = services.signposts.book(DAY).get(id)
    assert found is not None
    return found


def shown(services: Services) -> dict[str, Signpost]:
    """What every other screen and letter reads."""
    return dict(services.desk.snapshot.reference.signposts.signposts)


def found(services: Services, **chosen: str | bool) -> list[str]:
    """The ids that fit."""
    narrowed = replace(Narrowed(), **chosen)  # type: ignore[arg-type]  # fields and values go together
    return [each.signpost.id for each in services.signposts.book(DAY).find(narrowed)]


def test_they_are_found_by_name_town_topic_and_with_slips_of_the_keyboard(still: Services) -> None:
    assert found(still, typed="samaritans") == ["samaritans"]
    assert found(still, typed="samaritns") == ["samaritans"]
    assert "rochdale-da-victim-support" in found(still, typed="rochdale")
    assert "psw-nw" in found(still, topic=ADHD)
    assert "gm-da-helpline" not in found(still, area="merseyside")
    assert {"gm-da-helpline", "samaritans"} <= set(found(still, area="gm-bolton"))
    assert found(still, urgent=True) == found(still)[:6]
    assert found(still, typed="zzqqzz") == []


def test_looking_leaves_no_trace(still: Services) -> None:
    before = still.upkeep.journal()
    file = [path.read_bytes() for path in sorted(still.folder.glob("*.db*"))]
    still.signposts.book(DAY).find(Narrowed("abuse", "gm", "life.domestic-abuse.current", True, True))
    still.letters.acknowledgement("E-0142", ("samaritans",))
    assert still.upkeep.journal() == before
    assert [path.read_bytes() for path in sorted(still.folder.glob("*.db*"))] == file


def test_a_check_counts_for_a_year_and_can_be_taken_back(services: Services) -> None:
    due = len(services.signposts.book(DAY).due)
    done = services.signposts.confirm("papyrus", DAY)
    assert done.notice == "Papyrus HOPELINE247: checked today."
    assert one(services, "papyrus").check.words == "checked on 20 November 2026"
    assert len(services.signposts.book(DAY).due) == due - 1
    with pytest.raises(Refused, match="was checked today already"):
        services.signposts.confirm("papyrus", DAY)
    later = services.signposts.book(DAY + timedelta(days=365)).get("papyrus")
    assert later is not None
    assert later.check.words == "not checked since 20 November 2026"
    services.upkeep.undo(done)
    assert one(services, "papyrus").check.due
    assert len(services.signposts.book(DAY).due) == due


def test_the_networks_words_are_shown_everywhere(services: Services) -> None:
    words = services.signposts.words_of(one(services, "samaritans"))
    done = services.signposts.correct("samaritans", replace(words, phone="116 000", hours=""), DAY)
    assert "Samaritans: 116 000\n" in services.letters.acknowledgement("E-0142").text
    assert "116 123" not in services.letters.acknowledgement("E-0142").text
    assert shown(services)["samaritans"].corrected
    assert one(services, "samaritans").check.words == "checked on 20 November 2026"
    back = services.signposts.take_shipped("samaritans")
    assert shown(services)["samaritans"].phone == "116 123"
    with pytest.raises(Refused, match="has no other words"):
        services.signposts.take_shipped("samaritans")
    services.upkeep.undo(back)
    services.upkeep.undo(done)
    assert "116 123" in services.letters.acknowledgement("E-0142").text


def test_a_card_that_leaves_says_it_in_the_networks_words(ready: Services) -> None:
    words = ready.signposts.words_of(one(ready, "samaritans"))
    ready.signposts.correct("samaritans", replace(words, phone="116 000"), DAY)
    card = next(f for f in ready.handing_out.preview("E-0142", AMINA.id, DAY).files if f.format == "eml")
    letter = message_from_bytes(card.data, policy=default).get_body(("plain",))
    assert letter is not None
    said = letter.get_content()
    assert "116 000" in said
    assert "116 123" not in said


def test_they_stay_after_locking(services: Services, doors: Doors, template: tuple[object, str]) -> None:
    services.signposts.add(ROOM, DAY)
    services.signposts.stop_offering("calm")
    services.lock()
    again = doors.recover(services.folder, template[1])
    assert shown(again)["own-1"].name == ROOM.name
    assert "calm" not in shown(again)
    assert again.upkeep.check().damage == ()
    again.lock()


def test_a_service_is_added_found_and_taken_back(services: Services) -> None:
    done = services.signposts.add(ROOM, DAY)
    assert services.signposts.words_of(one(services, "own-1")) == ROOM
    assert found(services, topic=ADHD)[0] == "own-1"
    assert found(services, typed="listening")[0] == "own-1"
    services.signposts.correct("own-1", replace(ROOM, area="nw"), DAY)
    assert shown(services)["own-1"].area == "nw"
    assert [entry.object for entry in services.upkeep.journal()[:2]] == ["own-1", "own-1"]
    with pytest.raises(Refused):
        services.upkeep.undo(done)
    with pytest.raises(Refused, match="no other words"):
        services.signposts.take_shipped("own-1")


def test_what_is_wrong_is_said_by_field_and_nothing_is_written(services: Services) -> None:
    before = services.upkeep.journal()
    for wrong, place in ((replace(ROOM, phone=""), "phone"), (replace(ROOM, email="a@-.example"), "email")):
        with pytest.raises(BadInput) as caught:
            services.signposts.add(wrong, DAY)
        assert [fault.place for fault in caught.value.faults] == [place]
    with pytest.raises(BadInput, match="not on the list any more"):
        services.signposts.confirm("nobody", DAY)
    with pytest.raises(Refused, match="Nothing was changed"):
        services.signposts.correct("cruse", services.signposts.words_of(one(services, "cruse")), DAY)
    assert services.upkeep.journal() == before


def test_two_who_correct_the_same_do_not_write_over_each_other(services: Services) -> None:
    seen = services.signposts.words_of(one(services, "cruse"))
    services.signposts.correct("cruse", replace(seen, phone="0808 000 0000"), DAY, seen)
    with pytest.raises(Refused, match="was changed meanwhile"):
        services.signposts.correct("cruse", replace(seen, hours="mornings"), DAY, seen)
    assert shown(services)["cruse"].phone == "0808 000 0000"


def test_what_is_not_offered_stands_in_the_list_alone(services: Services) -> None:
    done = services.signposts.stop_offering("samaritans")
    assert "116 123" not in services.letters.acknowledgement("E-0142").text
    assert not one(services, "samaritans").offered
    assert services.signposts.book(DAY).every[-1].signpost.id == "samaritans"
    for refused in (lambda: services.signposts.stop_offering("samaritans"), lambda: confirm(services)):
        with pytest.raises(Refused):
            refused()
    services.signposts.offer_again("samaritans")
    with pytest.raises(Refused, match="offered already"):
        services.signposts.offer_again("samaritans")
    assert done.undo is not None
    assert "116 123" in services.letters.acknowledgement("E-0142").text


def confirm(services: Services) -> None:
    services.signposts.confirm("samaritans", DAY)


def test_the_last_help_in_a_crisis_stays(services: Services) -> None:
    *others, last = [each.id for each in services.desk.snapshot.reference.signposts.urgent]
    for id in others:
        services.signposts.stop_offering(id)
    with pytest.raises(Refused, match="Somebody in a crisis would be offered nothing"):
        services.signposts.stop_offering(last)


def test_chosen_services_go_with_the_first_reply_and_are_kept_as_they_were(services: Services) -> None:
    draft = services.letters.acknowledgement("E-0142", ("cruse", "nobody"))
    assert "These services may help as well:\n- Cruse Bereavement Support: 0808 808 1677" in draft.text
    assert draft.text.endswith("\n\nWith kind regards,\nthe peer support team\n")
    assert draft.text.replace("These services", "").count("Cruse") == 1
    services.letters.acknowledged("E-0142", DAY, ("cruse",))
    with services.desk.store.read() as tx:
        (body,) = tx.session.execute(text("SELECT body FROM outbox WHERE kind = 'acknowledgement'")).scalars()
    assert body == draft.text


def test_what_could_be_offered_to_somebody_begins_with_their_topics(still: Services) -> None:
    enquiry = still.desk.snapshot.enquiry("E-0142")
    offered = [each.id for each in still.signposts.offered_for(enquiry)]
    fitting = still.desk.snapshot.reference.signposts.for_topics(enquiry.wanted)
    assert offered[: len(fitting)] == [each.id for each in fitting]
    assert {"psw-nw", "access-to-work"} <= set(offered[: len(fitting)])
    assert sorted(offered) == sorted(shown(still))
    assert still.signposts.offered_for(AT_RISK)


def test_whoever_is_erased_is_pointed_out_where_a_signpost_names_them(services: Services) -> None:
    services.signposts.add(replace(ROOM, hours="Ask for Amina Rahman"), DAY)
    said = services.erasure.preview(Subject(SubjectKind.SUPPORTER, AMINA.id))
    assert any("The signpost own-1 speaks of this person" in line for line in said.kept)


def test_words_that_are_damaged_are_passed_over(services: Services) -> None:
    services.signposts.confirm("papyrus", DAY)
    with services.desk.store.write_aside() as tx:
        tx.session.execute(text("UPDATE signpost SET words = json('{\"name\": 3}')"))
    assert one(services, "papyrus").signpost.name == "Papyrus HOPELINE247"
    with services.desk.store.write_aside() as tx:
        words = '{"name": "P", "summary": "S", "phone": 3, "topics": [1, "neuro.adhd"], "urgent": "x"}'
        tx.session.execute(text("UPDATE signpost SET words = json(:words)"), {"words": words})
    services.desk.read_anew()
    post = one(services, "papyrus")
    assert (post.signpost.name, post.signpost.phone, post.signpost.urgent) == ("P", "", True)
    assert services.upkeep.check().damage, "and the check of the file tells of it"
