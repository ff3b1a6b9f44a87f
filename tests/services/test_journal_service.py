"""The journal in words: every action has its sentence, nobody is named, and what can be taken back is said."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

import peermatch
from peermatch.errors import Refused
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.holders import Role
from peermatch.model.introduction import Step
from peermatch.model.people import SupporterStatus
from peermatch.services.journal import GONE, RECOVERY, Told, Wanted
from peermatch.services.journal_fields import NOT_SHOWN
from peermatch.services.journal_words import ACTIONS, Kind, actions_of, happening
from peermatch.services.office import Doors, Services
from peermatch.store.tables import BarredRow
from tests.networks import ADHD, AMINA, DAY, EXAM, PASSPHRASE, clock
from tests.services.desks import agreed, handed, state_of

ROOT = Path(peermatch.__file__).parent
NAMES = ("amina", "rahman", "robin", "vale", "example.org", "tom", "sam orr", "nia", "powell")


ALL = Wanted()


def words(services: Services, wanted: Wanted = ALL) -> list[str]:
    return [line.words for line in services.journal.page(wanted).lines]


def line_of(services: Services, text: str) -> Told:
    return next(line for line in services.journal.page().lines if text in line.words)


# Every action has its sentence.


def _said(node: ast.expr, module: ast.Module) -> tuple[str, bool]:
    """An argument and whether it is a plain word; a name stands for what it is set to in its module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, True
    if isinstance(node, ast.Name):
        for each in module.body:
            if isinstance(each, ast.Assign) and any(ast.unparse(t) == node.id for t in each.targets):
                return _said(each.value, module)
    return ast.unparse(node), False


PLACES = {"command": 0, "write": 0, "_step": 0, "step_to": 1, "Line": 2, "carry_out": 2}


def _place(call: ast.Call) -> int | None:
    """Where a call that writes a line has its action; a file and a terminal are written to as well."""
    if isinstance(call.func, ast.Attribute):
        owner = ast.unparse(call.func.value)
        if call.func.attr == "write" and not owner.endswith("store"):
            return None
        return PLACES.get(call.func.attr)
    return PLACES["carry_out"] if ast.unparse(call.func) == "carry_out" else None


def _actions() -> Iterator[tuple[str, bool]]:
    for folder in ("services", "store"):
        for path in (ROOT / folder).rglob("*.py"):
            module = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(module):
                if isinstance(node, ast.Call) and (place := _place(node)) is not None:
                    named = [each.value for each in node.keywords if each.arg == "action"]
                    asked = node.args[place] if len(node.args) > place else named[0] if named else None
                    if asked is not None:
                        yield _said(asked, module)


# What is no word but a value, and all that it may be.
COMPUTED = {
    "step.value": {step.value for step in Step if step is not Step.HAND_OVER},
    "f'status-{status.value}'": {f"status-{status.value}" for status in EnquiryStatus},
    "'receive' if self._any_new(drafts) else 'receive-mail'": {"receive", "receive-mail"},
    "journal.RESTORED": {"restore"},
    "action": {"undo", "redo"},  # what somebody was given, and what the store calls a way back
}


def test_every_action_that_the_program_writes_has_its_sentence() -> None:
    literal = {said for said, plain in _actions() if plain}
    computed = {said for said, plain in _actions() if not plain}
    assert computed - COMPUTED.keys() == set()
    written = literal.union(*(COMPUTED[each] for each in computed))
    assert written - ACTIONS.keys() == set()
    assert len(written) > 40


def test_every_action_belongs_to_a_kind_and_an_unknown_one_is_told_all_the_same() -> None:
    assert set().union(*(actions_of(kind) for kind in Kind)) == set(ACTIONS)
    assert "newer PeerMatch" in happening("something-else").words


# What is told.


def test_what_happened_is_told_newest_first_with_who_and_when(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.supporters.change(replace(AMINA, name="Amina Rahman-Bell"))
    page = services.journal.page()
    assert [line.words for line in page.lines] == [
        "Changed the record of S-0001",
        "Asked S-0001 for E-0142",
        "Made this network",
    ]
    newest = page.lines[0]
    assert newest.at == clock().replace(microsecond=0)
    assert newest.utc.tzinfo is UTC
    assert newest.records == ("S-0001",)
    assert newest.who == RECOVERY
    assert page.lines[-1].who == "The coordinator"
    assert not page.more


def test_nobody_is_named_in_any_line(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path)
    ready.consent.withdraw("S-0002", Purpose.MATCH, ADHD, DAY)
    ready.enquiries.reveal("E-0144")
    said = " ".join(words(ready)).casefold()
    assert [name for name in NAMES if name in said] == []
    assert "Handed over the card of S-0001 for E-0142" in words(ready)


def test_who_holds_a_key_is_named_and_the_key_that_was_made(services: Services) -> None:
    changed = services.keys.add("Priya Nair", Role.LEAD, "a passphrase of somebody else")
    assert words(services)[0] == "Made a key for Priya Nair"
    services.keys.remove(changed.key)
    assert words(services)[0] == "Took away the key of Priya Nair"
    assert set(services.journal.people()) == {RECOVERY, "The coordinator"}


def test_a_line_by_a_key_that_is_gone_says_so(services: Services, doors: Doors) -> None:
    own = services.keys.add("Priya Nair", Role.LEAD, "a passphrase of somebody else")
    services.lock()
    other = doors.open(services.folder, "a passphrase of somebody else")
    other.enquiries.set_safe_contact("E-0142", "by text")
    assert other.journal.page().lines[0].who == "Priya Nair"
    coordinator = next(key for key in other.keys.every() if not key.own and not key.holder)
    other.keys.remove(coordinator.id)
    assert other.journal.page().lines[-1].who in (GONE, RECOVERY)
    assert own.key
    other.lock()


def test_lines_are_found_by_record_person_kind_and_day(services: Services) -> None:
    agreed(services)
    services.introductions.ask("E-0143", "S-0002", DAY)
    assert words(services, Wanted(record="S-0002")) == ["Asked S-0002 for E-0143"]
    assert words(services, Wanted(record="S-000")) == []
    assert words(services, Wanted(person="The coordinator")) == ["Made this network"]
    assert words(services, Wanted(person="Nobody")) == []
    assert len(words(services, Wanted(kind=Kind.ASKING))) == 4
    assert words(services, Wanted(kind=Kind.RIGHTS)) == []
    today = clock().date()
    assert len(words(services, Wanted(day=today))) == 5
    assert words(services, Wanted(day=today - timedelta(days=1))) == []
    assert words(services, Wanted(day=date.max)) == words(services, Wanted(day=date.min)) == []


def test_many_lines_come_a_page_at_a_time(services: Services) -> None:
    for number in range(7):
        services.enquiries.set_safe_contact("E-0142", f"by text {number}")
    first = services.journal.page(most=5)
    assert first.more
    assert len(first.lines) == 5
    rest = services.journal.page(below=first.lines[-1].seq, most=5)
    assert not rest.more
    assert [line.seq for line in (*first.lines, *rest.lines)] == list(range(8, 0, -1))


# What a line changed.


def test_what_a_line_changed_is_told_field_by_field(services: Services) -> None:
    services.supporters.change(replace(AMINA, name="Amina Bell", phone=None))
    changes = services.journal.changes(line_of(services, "Changed").seq)
    said = {(each.field, each.before, each.after) for each in changes.fields}
    assert ("name", AMINA.name, "Amina Bell") in said
    assert ("phone", AMINA.phone, "") in said
    assert {each.record for each in changes.fields} == {"Supporter S-0001"}
    assert not changes.wiped


def test_a_topic_without_a_yes_today_is_not_shown_anywhere(services: Services) -> None:
    services.supporters.change(replace(AMINA, characteristics=(ADHD,)))
    before = services.journal.changes(line_of(services, "Changed").seq)
    assert "ADHD" in str(before)
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    for line in services.journal.page().lines:
        said = str(services.journal.changes(line.seq))
        assert "ADHD" not in said
        assert ADHD not in said
    assert NOT_SHOWN in str(services.journal.changes(line_of(services, "Changed").seq))


def test_what_was_erased_says_so_and_cannot_be_taken_back(services: Services) -> None:
    services.enquiries.set_safe_contact("E-0142", "by text")
    seq = line_of(services, "safely").seq
    with services.desk.store.write_aside() as tx:
        tx.session.connection().exec_driver_sql(
            f"UPDATE journal_image SET before = NULL, after = NULL WHERE seq = {seq}"
        )
    assert services.journal.changes(seq).wiped
    assert "erased" in services.journal.details(seq).back.why_not
    assert services.upkeep.check().damage == ()


# Back and again.


def test_a_step_is_undone_and_done_again_and_undone(services: Services) -> None:
    done = services.introductions.ask("E-0142", "S-0001", DAY)
    assert done.undo is not None
    back = services.journal.take_back(done.undo)
    assert state_of(services) is None
    assert back.notice == "Undone."
    assert back.redo
    assert words(services)[0] == "Took back: asked S-0001 for E-0142"
    asked = line_of(services, "Asked")
    assert asked.taken_back
    assert services.journal.details(asked.seq).back.again
    again = services.journal.take_back(done.undo)
    assert again.notice == "Done again."
    assert again.undo
    assert not again.redo
    assert state_of(services) is not None
    assert words(services)[0] == "Did again: asked S-0001 for E-0142"
    assert not line_of(services, "Asked").taken_back
    undone = services.upkeep.undo(again)
    assert state_of(services) is None
    services.upkeep.redo(undone)
    assert state_of(services) is not None
    assert services.upkeep.check().damage == ()


def test_the_picture_follows_a_line_that_is_taken_back(services: Services) -> None:
    applied = SupporterStatus.APPLIED
    new = replace(AMINA, id="", name="Ada New", email="ada@example.org", consents=(), status=applied)
    (id,) = services.supporters.add(new).touched.supporters
    undone = services.journal.take_back(line_of(services, f"Added {id}").seq)
    assert undone.touched.supporters == {id}
    assert id not in services.desk.snapshot.supporters
    services.upkeep.redo(undone)
    assert services.desk.snapshot.supporters[id].name == "Ada New"
    assert len(services.desk.snapshot.register) == 5


def test_what_the_network_itself_is_follows_too(services: Services) -> None:
    services.upkeep.set_controller("Another Trust")
    undone = services.journal.take_back(line_of(services, "Stated").seq)
    assert undone.touched.network
    assert services.desk.snapshot.controller == "The Example Trust"


def test_consent_cards_and_keys_stand(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path)
    why = ready.journal.details(line_of(ready, "card").seq).back
    assert why.seq is None
    assert "contact card" in why.why_not
    ready.consent.withdraw("S-0002", Purpose.MATCH, ADHD, DAY)
    why = ready.journal.details(line_of(ready, "withdrew").seq).back
    assert why.seq is None
    assert "stands" in why.why_not
    ready.keys.rotate()
    assert "no record" in ready.journal.details(line_of(ready, "new key").seq).back.why_not
    for line in ready.journal.page().lines:
        back = ready.journal.details(line.seq).back
        if back.seq is None:
            with pytest.raises(Refused):
                ready.journal.take_back(line.seq)


def test_a_look_at_what_can_be_taken_back_leaves_nothing_behind(ready: Services) -> None:
    before = ready.upkeep.export()
    lines = [line.seq for line in ready.journal.page().lines]
    possible = [seq for seq in lines if ready.journal.details(seq).back.seq]
    assert len(possible) == 1  # the last step alone: those before it were built upon
    assert ready.upkeep.export() == before
    assert [line.seq for line in ready.journal.page().lines] == lines
    assert ready.upkeep.check().damage == ()


def test_an_asking_is_not_done_again_after_the_consent_was_withdrawn(services: Services) -> None:
    done = services.introductions.ask("E-0142", "S-0001", DAY)
    undone = services.upkeep.undo(done)
    services.consent.withdraw_everything("S-0001", DAY)
    with pytest.raises(Refused, match="cannot be done again, because S-0001 could not be asked"):
        services.upkeep.redo(undone)
    assert state_of(services) is None
    assert "could not be asked" in services.journal.details(done.undo or 0).back.why_not


def test_a_no_is_not_undone_into_an_asking_of_somebody_who_has_withdrawn(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    declined = services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    services.consent.withdraw_everything("S-0001", DAY)
    with pytest.raises(Refused, match="cannot be undone, because S-0001 could not be asked"):
        services.upkeep.undo(declined)


@pytest.mark.parametrize("step", [Step.DECLINE, Step.LAPSE, Step.STOP])
def test_what_ended_is_not_in_hand_again_after_its_topic_was_withdrawn(
    services: Services, step: Step
) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    ended = services.introductions.take(step, "E-0142", "S-0001", DAY)
    services.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY)
    before = state_of(services)
    assert "withdrawn consent" in services.journal.details(ended.undo or 0).back.why_not
    with pytest.raises(Refused, match=r"cannot be undone, because .* withdrawn consent that this rests on"):
        services.upkeep.undo(ended)
    assert state_of(services) == before


def test_what_ended_is_not_in_hand_again_after_the_two_were_kept_apart(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    declined = services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    assert services.journal.details(declined.undo or 0).back.seq
    with services.desk.store.write("test") as tx:
        tx.session.add(BarredRow(enquirer=" Robin@Example.org ", supporter="S-0001"))
    with pytest.raises(Refused, match=r"cannot be undone, because .* kept apart for good"):
        services.upkeep.undo(declined)


def test_what_ended_is_in_hand_again_where_something_else_was_withdrawn(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    declined = services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    services.consent.withdraw("S-0001", Purpose.MATCH, EXAM, DAY)
    services.upkeep.undo(declined)
    assert str(state_of(services)) == "asked"


def test_a_no_that_was_a_slip_is_undone_also_where_there_is_no_room_for_more(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    declined = services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    services.upkeep.undo(declined)
    assert str(state_of(services)) == "asked"


def test_nothing_comes_back_into_hand_for_a_closed_enquiry(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    declined = services.introductions.take(Step.DECLINE, "E-0142", "S-0001", DAY)
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED)
    with pytest.raises(Refused, match="E-0142 is closed"):
        services.upkeep.undo(declined)


def test_a_letter_that_was_built_upon_stays(services: Services) -> None:
    seq = line_of(services, "Made").seq
    assert "no record" in services.journal.details(seq).back.why_not
    with pytest.raises(Refused, match="nothing to undo"):
        services.journal.take_back(4711)


# What failed before.


def test_attempts_in_vain_are_told_once_after_unlocking(services: Services, doors: Doors) -> None:
    services.lock()
    for _ in range(2):
        with pytest.raises(Exception, match="does not open"):
            doors.open(services.folder, "not the passphrase at all")
    again = doors.open(services.folder, PASSPHRASE)
    failures = again.journal.failures()
    assert failures is not None
    assert failures.count == 2
    assert again.journal.failures() is None
    assert words(again)[0].startswith("Somebody tried to open the network in vain: 2 attempts since ")
    again.lock()
    third = doors.open(services.folder, PASSPHRASE)
    assert third.journal.failures() is None
    third.lock()
