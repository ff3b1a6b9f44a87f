"""Letters under no enquiry in the schedule: due in their own time, kept back with their people, gone for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import Refused
from peermatch.model.mail import MailState
from peermatch.model.retention import Item
from peermatch.model.rights import Case, CaseKind, Subject, SubjectKind
from peermatch.model.searching import TextKind
from peermatch.services.office import Doors, Services
from peermatch.services.placing import SEVERAL
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import LEAST
from tests.networks import DAY, ENQUIRY, NETWORK, PASSPHRASE
from tests.services.erasing import everything
from tests.services.test_mailbag import TRAINEE, eml, receive
from tests.services.test_retention_cases import Watch
from tests.store.pages import found

ROBIN = Subject(SubjectKind.ENQUIRER, "E-0142")
WAITS, AWAY, SPAM, PUT = (Case(CaseKind.MAIL, f"M-000{number}") for number in (1, 2, 3, 4))
MONTH, WEEK = DAY + timedelta(days=30), DAY + timedelta(days=7)
TWICE = replace(NETWORK, enquiries=(*NETWORK.enquiries, replace(ENQUIRY, reference="E-0199")))
WORDS = ("Zqxwaiting", "Zqxaway", "Zqxspam", "Zqxput", "zqxnote")


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def services(shipped: Shipped, watch: Watch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A letter of each kind under no enquiry, and one that belongs to its own."""
    doors, place = Doors(shipped, watch, cost=LEAST), tmp_path_factory.mktemp("bag") / "n.peermatch"
    made = doors.create(place, NETWORK, PASSPHRASE, with_recovery=False).services
    note = ("zqxnote.pdf", b"%PDF-1.4 zqxnote")
    receive(made, eml(TRAINEE, "Another matter", "Zqxwaiting for you.\n", file=note))
    receive(made, eml("a@b.example", "Out of office", "Zqxaway.\n", file=note, Auto_Submitted="auto-replied"))
    receive(made, eml("s@b.example", "Buy", "Zqxspam.\n", X_Spam_Flag="YES"))
    receive(made, eml("stranger@b.example", "About E-0142", "Zqxput away.\n"))
    made.mailbag.put_away(4)
    receive(made, eml(TRAINEE, "Re: Your message (E-0142)", "Zqxjoined gladly.\nRobin Vale\n"))
    yield made
    made.lock()


def listed(services: Services, on: date) -> dict[str, tuple[Item, date]]:
    """The letters that are due, by their ids."""
    due = services.retention.review(on)
    return {each.subject.id: (each.item, each.due) for each in due if each.subject.id.startswith("M-")}


def test_each_is_due_in_its_own_time_and_none_that_belongs_to_an_enquiry(services: Services) -> None:
    assert listed(services, WEEK - timedelta(days=1)) == {}
    assert listed(services, WEEK) == {"M-0003": (Item.MAIL, WEEK)}
    assert listed(services, MONTH) == {
        "M-0003": (Item.MAIL, WEEK),
        **{each.id: (Item.MAIL, MONTH) for each in (WAITS, AWAY, PUT)},
    }
    said = {each.subject: each.sentence for each in services.retention.review(MONTH)}
    assert said[WAITS] == (
        "M-0001 came in on 20 November 2026 and waits for somebody to say where it belongs. "
        "Such letters are kept for 30 days."
    )
    assert "was set aside" in said[AWAY]
    assert "was put away" in said[PUT]
    assert "was marked as spam" in said[SPAM]
    assert "kept for 7 days" in said[SPAM]


def test_the_page_of_letters_says_until_when_and_which_files_came(services: Services) -> None:
    bag = services.mailbag.bag()
    (waits,), (away, spam) = bag.waiting, bag.aside
    assert [bag.last_day(each) for each in (waits, away, spam)] == [MONTH, MONTH, WEEK]
    assert [[file.name for file in bag.files_of(each)] for each in (waits, away, spam)] == [
        ["zqxnote.pdf"],
        ["zqxnote.pdf"],
        [],
    ]


def test_only_what_belongs_to_an_enquiry_is_found_by_its_words(services: Services) -> None:
    (found,) = services.search.texts("zqxjoined").shown
    assert (found.kind, found.enquiry) == (TextKind.MAIL, "E-0142")
    assert "Zqxjoined gladly" in found.piece
    for hidden in ("zqxwaiting", "zqxaway", "zqxput", "vale"):
        assert services.search.texts(hidden).shown == ()


def test_a_letter_stays_with_whoever_is_kept_back(services: Services, watch: Watch) -> None:
    services.retention.keep_back(ROBIN, "a claim is open", None, DAY)
    watch.now += timedelta(days=30)
    services.retention.confirm_clock()
    with pytest.raises(Refused, match="a claim is open"):
        services.retention.apply((WAITS,), MONTH)
    services.retention.release(ROBIN, MONTH)
    watch.now -= timedelta(days=30)


def test_what_the_schedule_takes_is_in_no_byte_any_more(services: Services, watch: Watch) -> None:
    assert found(everything(services), WORDS) == list(WORDS)
    gone, stays = services.erasure.preview(WAITS).gone, services.erasure.preview(WAITS).kept
    assert "files" in gone[0]
    assert "M-0001 came and went" in stays[0]
    watch.now += timedelta(days=30)
    services.retention.confirm_clock()
    services.retention.apply((WAITS, AWAY, SPAM, PUT), MONTH)
    assert found(everything(services), WORDS) == []
    assert listed(services, date(2100, 1, 1)) == {}
    assert [each.state for each in services.mailbag.of("E-0142").letters] == [MailState.JOINED]
    assert services.upkeep.check().damage == ()
    line = services.upkeep.journal(1)[0]
    assert (line.action, line.object) == ("retention", "M-0001 M-0002 M-0003 M-0004")


def test_whom_a_letter_may_concern_sees_it_and_whom_it_names_is_told_of_it(
    shipped: Shipped, tmp_path: Path
) -> None:
    watch = Watch()
    doors = Doors(shipped, watch, cost=LEAST)
    made = doors.create(tmp_path / "n.peermatch", TWICE, PASSPHRASE, with_recovery=False).services
    receive(made, eml(TRAINEE, "Another matter", "Zqxother words.\n", file=("zqxnote.pdf", b"%PDF x")))
    assert [(each.enquiry, each.why) for each in made.mailbag.bag().waiting] == [(None, SEVERAL)]
    told = {each.value.strip() for each in made.subject_access.preview(ROBIN).fields}
    assert {"Zqxother words.", "zqxnote.pdf"} <= told
    receive(made, eml("tom@example.org", "About E-0142", "I know Amina Rahman well.\n"))
    kept = made.erasure.preview(Subject(SubjectKind.SUPPORTER, "S-0001")).kept
    assert any("The later letter M-0002 speaks of this person." in each for each in kept)
    made.mailbag.delete(2)
    watch.now += timedelta(days=20)
    late = DAY + timedelta(days=50)
    receive(made, eml("kim@example.org", "About E-0142", "Something new.\n"))
    assert listed(made, late) == {each.id: (Item.MAIL, day) for each, day in ((WAITS, MONTH), (AWAY, late))}
    made.lock()
