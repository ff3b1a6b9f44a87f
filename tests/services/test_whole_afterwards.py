"""After an erasure and after a restore each record is as the journal knows it: what was put there is no damage."""

from pathlib import Path

from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.services.office import Doors, Services
from tests.networks import DAY
from tests.services.desks import agreed, handed
from tests.services.test_erasure_letters import restored


def someone(id: str) -> Subject:
    return Subject(SubjectKind.SUPPORTER, id)


def test_a_letter_of_a_second_erasure_is_not_taken_for_one_that_was_sent(
    services: Services, tmp_path: Path
) -> None:
    agreed(services)
    handed(services, tmp_path / "first")
    agreed(services, "E-0143", "S-0004")
    handed(services, tmp_path / "second", "S-0004", "E-0143")
    services.introductions.ask("E-0143", "S-0002", DAY)
    services.erasure.erase(someone("S-0001"), DAY)
    (first,) = services.erasure.letters()
    services.erasure.letter_sent(first)
    services.erasure.erase(someone("S-0004"), DAY)
    assert first not in services.erasure.letters()
    assert len(services.erasure.letters()) == 1
    assert services.upkeep.check().damage == ()


def test_nor_for_one_that_was_taken_back(services: Services, tmp_path: Path) -> None:
    agreed(services)
    handed(services, tmp_path / "cards")
    services.upkeep.undo(services.introductions.ask("E-0143", "S-0002", DAY))
    services.erasure.erase(someone("S-0001"), DAY)
    assert services.upkeep.check().damage == ()
    assert len(services.erasure.letters()) == 1


def test_a_restore_brings_letters_of_an_erasure_past_what_was_taken_back(
    services: Services, doors: Doors, template: tuple[Path, str], tmp_path: Path
) -> None:
    agreed(services)
    handed(services, tmp_path / "cards")
    services.introductions.ask("E-0143", "S-0002", DAY)
    services.upkeep.undo(services.introductions.ask("E-0143", "S-0004", DAY))
    then = services.backups.write(services.folder.parent / "then.pmbackup").path
    services.erasure.erase(someone("S-0001"), DAY)
    back = restored(services, then, doors, template)
    assert back.upkeep.check().damage == ()
    assert len(back.erasure.letters()) == 1
    back.lock()


def test_a_restore_keeps_what_was_done_about_a_request_and_calls_it_no_damage(
    services: Services, doors: Doors, template: tuple[Path, str]
) -> None:
    services.requests.open(RequestKind.ACCESS, DAY, "asked", someone("S-0001"))
    then = services.backups.write(services.folder.parent / "then.pmbackup").path
    services.requests.close("R-0001", "done", DAY)
    back = restored(services, then, doors, template)
    assert back.upkeep.check().damage == ()
    assert [each.closed for each in back.requests.every(DAY)] == [DAY]
    back.lock()
