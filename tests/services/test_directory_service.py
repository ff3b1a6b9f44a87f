"""The directory page: nobody stands there who did not agree, with nothing they did not agree to, and it is followed."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.consent import Purpose
from peermatch.model.directory import Kind, Listed
from peermatch.model.people import Supporter
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.directory import Saved
from peermatch.services.office import Doors, Services
from peermatch.store import directory as stored
from tests.networks import ADHD, AMINA, DAY, EXAM, PASSPHRASE, TOM, yes
from tests.services.figures_world import ALL, BUSY, HIV

LISTED: Supporter = replace(
    AMINA, consents=(*AMINA.consents, yes(Purpose.LIST, ADHD), yes(Purpose.CONTACT_NAME))
)
SHY: Supporter = replace(TOM, consents=(*TOM.consents, yes(Purpose.LIST, TOM.characteristics[0])))
LATER = DAY + timedelta(days=30)
WEB, INTRANET = "our web site", "the intranet"
PUBLIC_WORDS = "I failed twice,\nand I am still here."


@pytest.fixture(scope="module")
def made(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    place = tmp_path_factory.mktemp("busy") / "busy.peermatch"
    others = tuple(each for each in BUSY.supporters if each.id not in (LISTED.id, SHY.id))
    network = replace(BUSY, supporters=(LISTED, SHY, *others))
    built = doors.create(place, network, PASSPHRASE, with_recovery=True)
    built.services.lock()
    return place, built.recovery or ""


@pytest.fixture
def busy(made: tuple[Path, str], doors: Doors, tmp_path: Path) -> Iterator[Services]:
    """A copy of the network of many supporters, open."""
    shutil.copytree(made[0], tmp_path / "busy.peermatch")
    opened = doors.recover(tmp_path / "busy.peermatch", made[1])
    yield opened
    opened.lock()


def page(services: Services, on: date = DAY, kind: Kind = Kind.MEMBERS) -> dict[str, Listed]:
    return {each.supporter: each for each in services.figures.directory.look(kind, on).draft.people}


def publish(services: Services, folder: Path, on: date = DAY, kind: Kind = Kind.MEMBERS) -> Saved:
    directory = services.figures.directory
    return directory.publish(directory.look(kind, on).draft, on, folder)


def test_only_those_who_agreed_stand_there_and_only_with_what_they_agreed_to(busy: Services) -> None:
    here = page(busy)
    assert here == {
        "S-0001": Listed("S-0001", "Amina Rahman", "", (ADHD,)),
        "S-0002": Listed("S-0002", "Tom", "", (TOM.characteristics[0],)),
    }
    assert page(busy, kind=Kind.PUBLIC) == {}
    assert page(busy, DAY.replace(year=2030)) == {}, "no consent is valid any more"


def test_words_of_their_own_are_kept_as_they_said_them(busy: Services, tmp_path: Path) -> None:
    directory = busy.figures.directory
    directory.keep_entry("S-0001", " Dr Amina  Rahman ", PUBLIC_WORDS, DAY)
    assert page(busy)["S-0001"] == Listed("S-0001", "Dr Amina Rahman", PUBLIC_WORDS, (ADHD,))
    saved = publish(busy, tmp_path / "out")
    html, data = (path.read_text("utf-8") for path in sorted(saved.files))
    assert "Dr Amina Rahman" in html
    assert "still here" in html
    assert "S-0001" not in html + data
    assert json.loads(data)["people"][0]["words"] == PUBLIC_WORDS
    directory.forget_entry("S-0001")
    assert page(busy)["S-0001"].name == "Amina Rahman"
    with pytest.raises(Refused):
        directory.forget_entry("S-0001")


def test_words_that_speak_of_something_sensitive_and_unlisted_are_not_taken(busy: Services) -> None:
    directory = busy.figures.directory
    with pytest.raises(BadInput) as refused:
        directory.keep_entry("S-0001", "Amina", "I have been living with HIV for ten years.", DAY)
    assert [fault.place for fault in refused.value.faults] == ["words"]
    with pytest.raises(BadInput) as empty:
        directory.keep_entry("S-0001", " ", "x" * 601, DAY)
    assert [fault.place for fault in empty.value.faults] == ["name", "words"]
    directory.keep_entry("S-0001", "Amina", "Living with ADHD, and glad to talk.", DAY)
    assert page(busy)["S-0001"].words.startswith("Living with ADHD")


def test_words_that_outlive_a_consent_hold_the_person_back(busy: Services) -> None:
    busy.consent.give("S-0001", Purpose.LIST, EXAM, wording="2026-1", method=yes(Purpose.HOLD).method, on=DAY)
    busy.figures.directory.keep_entry("S-0001", "Amina", "Living with ADHD.", DAY)
    busy.consent.withdraw("S-0001", Purpose.LIST, ADHD, DAY)
    looked = busy.figures.directory.look(Kind.MEMBERS, DAY)
    (amina,) = (each for each in looked.people if each.listed.supporter == "S-0001")
    assert amina.held_back
    assert "S-0001" not in page(busy)
    assert ADHD not in amina.listed.topics


def test_what_is_withdrawn_stands_there_neither_as_a_topic_nor_in_their_words(busy: Services) -> None:
    directory, method = busy.figures.directory, yes(Purpose.HOLD).method
    busy.consent.give("S-0001", Purpose.LIST, EXAM, wording="2026-1", method=method, on=DAY)
    directory.keep_entry("S-0001", "Amina", "I know exam failure.", DAY)
    assert page(busy)["S-0001"].topics == (ADHD, EXAM)
    busy.consent.withdraw("S-0001", Purpose.MATCH, EXAM, DAY)
    (amina,) = (
        each for each in directory.look(Kind.MEMBERS, DAY).people if each.listed.supporter == "S-0001"
    )
    assert (amina.listed.topics, amina.held_back) == ((ADHD,), True)
    with pytest.raises(BadInput):
        directory.keep_entry("S-0001", "Amina", "I know exam failure well.", DAY)
    directory.keep_entry("S-0001", "Amina", "Glad to talk.", DAY)
    assert page(busy)["S-0001"] == Listed("S-0001", "Amina", "Glad to talk.", (ADHD,))


def test_the_file_itself_is_asked_before_a_name_leaves(busy: Services, tmp_path: Path) -> None:
    """A withdrawal that the picture in memory does not know of yet stops the page in its own transaction."""
    draft = busy.figures.directory.look(Kind.MEMBERS, DAY).draft
    with busy.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql(
            "UPDATE consent SET withdrawn = given WHERE supporter = 'S-0001' AND purpose = 'list'"
        )
    with pytest.raises(Refused, match="has changed"):
        busy.figures.directory.publish(draft, DAY, tmp_path / "out")
    assert list(tmp_path.glob("out/*")) == []


def test_numbers_follow_the_rule_and_a_later_report_tells_the_same(busy: Services, tmp_path: Path) -> None:
    looked = busy.figures.directory.look(Kind.PUBLIC, DAY)
    sheet = looked.draft.figures.sheet("topics")
    assert sheet is not None
    assert str(sheet.figure(ADHD, 1)) == "10"
    assert sheet.figure(HIV, 1) is None
    assert looked.draft.fresh
    publish(busy, tmp_path / "out", kind=Kind.PUBLIC)
    gone = [each for each in BUSY.supporters if ADHD in each.characteristics][3:]
    for person in gone:
        busy.consent.withdraw_everything(person.id, DAY)
    report = busy.figures.publishing.prepare(ALL, DAY).report
    told = report.sheet("topics")
    assert told is not None
    assert str(told.figure(ADHD, 1)) == "10", "counted anew it would tell who went"
    again = busy.figures.directory.look(Kind.PUBLIC, LATER).draft
    assert again.figures.counted == DAY
    assert not again.fresh


def test_a_number_is_left_out_beside_names_that_leave_few_of_it(busy: Services) -> None:
    counted = [each for each in busy.desk.snapshot.supporters.values() if ADHD in each.characteristics]
    for person in counted[:6]:
        busy.consent.give(
            person.id, Purpose.LIST, ADHD, wording="2026-1", method=yes(Purpose.HOLD).method, on=DAY
        )
    draft = busy.figures.directory.look(Kind.MEMBERS, DAY).draft
    assert ADHD in draft.hidden
    assert busy.figures.directory.look(Kind.PUBLIC, DAY).draft.hidden == draft.hidden, "both pages can be had"


def test_a_no_makes_the_page_that_stands_too_much_until_it_is_replaced(
    busy: Services, tmp_path: Path
) -> None:
    directory = busy.figures.directory
    assert directory.too_much(DAY) == ()
    first = publish(busy, tmp_path / "one")
    assert directory.too_much(DAY) == ()
    busy.consent.withdraw_listing("S-0001", DAY)
    (must,) = directory.too_much(DAY)
    assert (must.people, must.places) == (("S-0001",), ()), (
        "nobody said where it stands, so it may stand anywhere"
    )
    directory.put_at(WEB, first.page, DAY)
    directory.put_at(INTRANET, first.page, DAY)
    assert [place.name for place in directory.too_much(DAY)[0].places] == [WEB, INTRANET]
    second = publish(busy, tmp_path / "two")
    web, intranet = directory.look(Kind.MEMBERS, DAY).places
    assert len(directory.too_much(DAY)[0].places) == 2
    directory.replaced(web.id, second.page, DAY)
    assert [place.name for place in directory.too_much(DAY)[0].places] == [INTRANET]
    directory.taken_down(intranet.id, DAY)
    assert directory.too_much(DAY) == ()
    with busy.desk.store.read() as tx:
        assert [len(each.people) for each in stored.pages(tx)] == [0, 1], (
            "who stood on a page that is gone is not kept"
        )


def test_what_changed_since_the_last_page_is_told_by_id(busy: Services, tmp_path: Path) -> None:
    assert busy.figures.directory.look(Kind.MEMBERS, DAY).changed is None
    publish(busy, tmp_path / "one")
    changed = busy.figures.directory.look(Kind.MEMBERS, DAY).changed
    assert changed is not None
    assert changed.nothing
    busy.consent.give("S-0004", Purpose.LIST, ADHD, wording="2026-1", method=yes(Purpose.HOLD).method, on=DAY)
    busy.consent.withdraw_listing("S-0002", DAY)
    busy.figures.directory.keep_entry("S-0001", "A. R.", "", DAY)
    changed = busy.figures.directory.look(Kind.MEMBERS, DAY).changed
    assert changed is not None
    assert (changed.came, changed.went, changed.other) == (("S-0004",), ("S-0002",), ("S-0001",))
    with pytest.raises(Refused):
        busy.consent.withdraw_listing("S-0002", DAY)


def test_an_erased_person_stays_on_the_page_as_nobody(busy: Services, tmp_path: Path) -> None:
    directory = busy.figures.directory
    directory.keep_entry("S-0001", "Zqxname Amina", "Zqxwords of mine.", DAY)
    saved = publish(busy, tmp_path / "one")
    directory.put_at(WEB, saved.page, DAY)
    subject = Subject(SubjectKind.SUPPORTER, "S-0001")
    report = busy.subject_access.preview(subject)
    said = {field.key: field.value for section in report.sections for field in section.fields}
    assert said["directory.words"] == "Zqxwords of mine."
    assert said["listed[0].places[0]"] == WEB
    preview = busy.erasure.preview(subject)
    assert any(WEB in line for line in preview.to_tell)
    busy.erasure.erase(subject, DAY)
    (must,) = directory.too_much(DAY)
    assert (must.people, must.erased) == ((), 1)
    source = busy.desk.store.source().connection
    for table in ("directory_entry", "directory_listed", "journal_image"):
        assert "Zqx" not in repr(source.execute(f"SELECT * FROM {table}").fetchall())


def test_what_was_looked_at_is_what_leaves(busy: Services, tmp_path: Path) -> None:
    directory = busy.figures.directory
    draft = directory.look(Kind.MEMBERS, DAY).draft
    busy.consent.withdraw_listing("S-0001", DAY)
    with pytest.raises(Refused):
        directory.publish(draft, DAY, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(BadInput):
        directory.publish(directory.look(Kind.MEMBERS, DAY).draft, DAY, busy.folder / "page")


def test_links_are_well_formed_and_dated(busy: Services) -> None:
    directory = busy.figures.directory
    directory.keep_link("Wellbeing", "https://www.example.org/help", DAY)
    for address in ("javascript:alert(1)", "http://a@b.example.org", "https://x", "", "ftp://example.org"):
        with pytest.raises(BadInput):
            directory.keep_link("Bad", address, DAY)
    (link,) = directory.look(Kind.PUBLIC, DAY).draft.links
    assert not link.due(DAY + timedelta(days=300))
    assert link.due(DAY + timedelta(days=370))
    directory.keep_link(link.title, link.url, LATER, link.id)
    assert directory.look(Kind.PUBLIC, LATER).links[0].checked == LATER
    directory.remove_link(link.id)
    assert directory.look(Kind.PUBLIC, DAY).links == ()


def test_words_can_be_taken_back_and_a_page_that_left_cannot(busy: Services, tmp_path: Path) -> None:
    done = busy.figures.directory.keep_entry("S-0001", "A. R.", "", DAY)
    assert done.undo is not None
    busy.journal.take_back(done.undo)
    assert page(busy)["S-0001"].name == "Amina Rahman"
    assert publish(busy, tmp_path / "out").done.undo is None


def test_a_page_that_left_after_a_backup_is_known_after_the_restore(
    busy: Services, doors: Doors, tmp_path: Path
) -> None:
    path = busy.backups.write(tmp_path / "then.pmbackup").path
    saved = publish(busy, tmp_path / "one")
    busy.figures.directory.put_at(WEB, saved.page, DAY)
    busy.consent.withdraw_listing("S-0001", DAY)
    busy.backups.look(path, PASSPHRASE)
    busy.backups.restore()
    folder = busy.folder
    busy.lock()
    again = doors.open(folder, PASSPHRASE)
    (must,) = again.figures.directory.too_much(DAY)
    assert (must.people, [place.name for place in must.places]) == (("S-0001",), [WEB])
    again.lock()
