"""Article 19: who was given the data of somebody who is erased gets a letter that names nobody, and only for a time."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from peermatch.errors import BadInput
from peermatch.model.changes import Touched
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import Risk, RiskKind
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.erasure_letters import letters_to_come
from peermatch.services.office import Doors, Services
from peermatch.services.withdrawal import StopLetter
from peermatch.store import enquiries
from peermatch.store.erased_letters import TO_SUPPORTER, TO_TRAINEE
from tests.networks import DAY, PASSPHRASE
from tests.services.erasing import OTTO_WORDS, VERA_WORDS, E, S, everything, rows
from tests.store.pages import found


def test_whoever_holds_a_card_is_written_to_without_a_name_before_the_network_forgets(full: Services) -> None:
    code = rows(full, "SELECT code FROM hand_over")[0][0]
    done = full.erasure.erase(S, DAY)
    assert "A letter is ready to send." in done.notice
    ((number, found),) = full.erasure.letters().items()
    letter = found.letter
    assert (letter.kind, letter.enquiry, letter.supporter, letter.written) == (
        TO_TRAINEE,
        "E-0142",
        None,
        DAY,
    )
    assert letter.recipient == "zqxotto@example.org"
    assert found.safely == "zqxsafely in the evening"
    assert letter.subject == f"Your message PM-{code}"
    assert "Please also delete what you have kept of it" in letter.body
    told = f"{letter.subject}\n{letter.body}".casefold()
    assert [
        word for word in (*VERA_WORDS, *OTTO_WORDS, "S-0001", "adhd", "eras") if word.casefold() in told
    ] == []
    assert rows(
        full, "SELECT count(*) FROM journal_image WHERE table_name = 'outbox' AND after LIKE '%PM-%'"
    ) == [(0,)]
    sent = full.erasure.letter_sent(number)
    assert full.erasure.letters() == {}
    assert full.upkeep.journal(1)[0].object == "E-0142"
    full.upkeep.undo(sent)
    assert [each.letter for each in full.erasure.letters().values()] == [letter]
    assert full.upkeep.check().damage == ()
    with pytest.raises(BadInput, match="not in the list any more"):
        full.erasure.letter_sent(number + 1)


def test_such_a_letter_goes_with_its_reader(full: Services) -> None:
    full.erasure.erase(S, DAY)
    full.erasure.erase(E, DAY)
    assert full.erasure.letters() == {}
    assert found(everything(full), (*VERA_WORDS, *OTTO_WORDS)) == []


def test_a_supporter_is_asked_to_delete_what_an_erased_enquirer_wrote_to_them(full: Services) -> None:
    full.erasure.erase(E, DAY)
    (found_letter,) = full.erasure.letters().values()
    letter = found_letter.letter
    assert (letter.kind, letter.enquiry, letter.supporter) == (TO_SUPPORTER, "E-0142", "S-0001")
    assert letter.recipient == "zqxvera@example.org"
    assert "On 20 November 2026 we introduced somebody to you." in letter.body
    told = f"{letter.subject}\n{letter.body}".casefold()
    assert [word for word in (*OTTO_WORDS, "e-0142", "adhd", "eras") if word.casefold() in told] == []
    full.erasure.erase(S, DAY)
    assert full.erasure.letters() == {}


def test_who_goes_in_the_same_step_or_went_before_is_not_written_to(full: Services) -> None:
    with full.desk.store.read() as tx:
        write = partial(letters_to_come, tx, full.desk.shipped.templates, on=DAY)
        assert len(write(people=(S,))) == len(write(people=(E,))) == 1
        assert write(people=(S, E)) == ()
        assert write(people=(Subject(SubjectKind.SUPPORTER, "S-0003"),)) == ()


def test_with_a_risk_nobody_is_written_to_by_address(full: Services) -> None:
    with full.desk.store.write("test") as tx:
        asked = enquiries.get(tx, "E-0142")
        enquiries.change(tx, replace(asked, risk=(Risk(RiskKind.DANGER, ("not safe",)),)))
    full.desk.renew(Touched(enquiries=frozenset({"E-0142"})))
    full.erasure.erase(S, DAY)
    ((_, each),) = full.erasure.letters().items()
    assert each.letter.recipient is None
    assert "support" not in each.letter.body


def test_after_a_restore_the_letters_are_those_of_today(
    full: Services, doors: Doors, lived: tuple[Path, str]
) -> None:
    """A letter that nobody has sent is still owed; one that was sent does not come back."""
    then = full.backups.write(full.folder.parent / "then.pmbackup").path
    full.erasure.erase(S, DAY)
    between = full.backups.write(full.folder.parent / "between.pmbackup").path
    letters = [each.letter for each in full.erasure.letters().values()]
    assert len(letters) == 1
    back = restored(full, then, doors, lived)
    assert [each.letter for each in back.erasure.letters().values()] == letters
    assert back.upkeep.check().damage == ()
    for number in back.erasure.letters():
        back.erasure.letter_sent(number)
    again = restored(back, between, doors, lived)
    assert again.erasure.letters() == {}
    assert again.upkeep.check().damage == ()
    again.lock()


def restored(services: Services, path: Path, doors: Doors, lived: tuple[Path, str]) -> Services:
    """Look at a backup, put it in place, open it again."""
    services.backups.look(path, PASSPHRASE)
    services.backups.restore()
    services.lock()
    return doors.recover(services.folder, lived[1])


def test_who_was_sent_the_same_words_after_everything_was_withdrawn_is_not_written_to_again(
    full: Services,
) -> None:
    full.consent.withdraw_everything("S-0001", DAY)
    card = [each for each in full.erasure.preview(S).to_tell if "E-0142" in each]
    assert len(card) == 1, "a letter that waits has told nobody"
    send_all(full)
    assert [each for each in full.erasure.preview(S).to_tell if "E-0142" in each] == []
    assert "ready to send" not in full.erasure.erase(S, DAY).notice
    assert full.erasure.letters() == {}


def test_after_a_later_yes_or_a_letter_about_a_part_the_erasure_is_told(full: Services) -> None:
    (part,) = full.stop_letters.waiting("S-0001").values()
    assert "what it says about them" in part.letter.body
    send_all(full)
    assert len(to_come(full)) == 1
    full.consent.withdraw_everything("S-0001", DAY)
    send_all(full)
    assert to_come(full) == ()
    later = DAY + timedelta(days=1)
    full.consent.give("S-0001", Purpose.HOLD, None, wording="2026-1", method=Method.EMAIL, on=later)
    assert len(to_come(full)) == 1


def send_all(services: Services) -> None:
    for number in services.stop_letters.waiting("S-0001"):
        services.stop_letters.sent(number, DAY)


def to_come(services: Services) -> tuple[StopLetter, ...]:
    with services.desk.store.read() as tx:
        return letters_to_come(tx, services.desk.templates, (S,), DAY)
