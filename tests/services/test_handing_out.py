"""The hand-over of a card: previewed, checked again, written whole, recorded; each refusal leaves nothing."""

import email
import email.policy
import json
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from peermatch.errors import BadInput, Refused, SystemRefused
from peermatch.model.consent import Method, Purpose
from peermatch.model.introduction import Introduction, State, Step
from peermatch.services.handing_out import Preview
from peermatch.services.office import Services
from peermatch.store import enquiries as stored_enquiries
from peermatch.store import introductions as stored
from tests.networks import ADHD, AMINA, DAY, NETWORK
from tests.services.conftest import Make
from tests.services.desks import agreed, handed, introduced, records, state_of

TOMORROW = DAY + timedelta(days=1)


def permissions(services: Services) -> list[list[str | None]]:
    """What the last hand-over says it was allowed by, as the file holds it."""
    with services.desk.store.read() as tx:
        row = (
            tx.session.connection()
            .exec_driver_sql("SELECT permissions FROM hand_over ORDER BY id DESC")
            .first()
        )
    assert row is not None
    return list(json.loads(row[0]))


def read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def words(files: tuple[Path, ...]) -> str:
    """All that a person could read in the files, also inside the letter."""
    said = []
    for path in files:
        said.append(path.name)
        if path.suffix == ".eml":
            parts = [part for part in read(path).walk() if not part.is_multipart()]
            said += [str(value) for value in read(path).values()]
            bodies = [part.get_payload(decode=True) for part in parts]
            said += [body.decode() for body in bodies if isinstance(body, bytes)]
        else:
            said.append(path.read_text("utf-8").replace("\r\n ", ""))
    return "\n".join(said)


def test_a_card_leaves_for_one_person_and_is_recorded_with_what_and_why(
    ready: Services, tmp_path: Path
) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY)
    handed_over = ready.handing_out.hand_over(preview, DAY, tmp_path / "out")
    assert introduced(ready).state is State.INTRODUCED
    assert introduced(ready).introduced == DAY
    assert [path.suffix for path in handed_over.files] == [".eml", ".vcf", ".html"]
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(handed_over.files)
    assert [path.read_bytes() for path in handed_over.files] == [file.data for file in preview.files]
    letter = read(handed_over.files[0])
    assert (letter["To"], letter["Cc"], letter["Bcc"], letter["X-Unsent"]) == (
        "robin@example.org",
        None,
        None,
        "1",
    )
    with ready.desk.store.read() as tx:
        (record,) = stored.hand_overs(tx, "E-0142", "S-0001")
    assert (record.day, record.recipient, record.code) == (DAY, "robin@example.org", handed_over.code)
    assert record.formats == ("eml", "vcf", "html")
    assert permissions(ready) == [
        ["first name and pronouns", "contact-email", None, "2026-09-12", "2026-1"],
        ["e-mail address", "contact-email", None, "2026-09-12", "2026-1"],
        ["ADHD", "share", ADHD, "2026-09-12", "2026-1"],
    ]


def test_a_card_that_left_cannot_be_undone(ready: Services, tmp_path: Path) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY)
    done = ready.handing_out.hand_over(preview, DAY, tmp_path / "out").done
    assert done.undo is None
    with pytest.raises(Refused, match="cannot be undone"):
        ready.upkeep.undo(done)


def test_nothing_stands_in_the_files_without_consent(ready: Services, tmp_path: Path) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY)
    said = words(ready.handing_out.hand_over(preview, DAY, tmp_path / "out").files)
    assert "amina@example.org" in said
    assert "Amina" in said
    private = ("Rahman", "07700", "900123", "ST6", "naesth", "Preston", "Lancashire", "Failing", "S-0001")
    asker = ("Robin", "Vale", "E-0142", "MFT", "Manchester", "psychiatry")
    assert [secret for secret in (*private, *asker) if secret in said] == []


def test_topics_stand_in_the_words_of_the_letter_alone(ready: Services, tmp_path: Path) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY)
    files = ready.handing_out.hand_over(preview, DAY, tmp_path / "out").files
    body = read(files[0]).get_body(("plain",))
    assert body is not None
    assert "ADHD" in body.get_content()
    assert [path for path in files[1:] if b"ADHD" in path.read_bytes()] == []
    assert [
        each for each in (*(p.name for p in files), str(read(files[0])["Subject"])) if "ADHD" in each
    ] == []


def test_the_preview_says_what_leaves_and_what_stays(ready: Services) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY)
    assert [line.what for line in preview.leaves] == ["first name and pronouns", "e-mail address", "ADHD"]
    assert preview.stays == (
        "surname",
        "grade, specialty and county",
        "organisation and town",
        "phone number",
        "Failing an exam",
    )


def test_a_preview_changes_nothing(ready: Services) -> None:
    lines, picture = ready.upkeep.journal(), ready.desk.snapshot
    ready.handing_out.preview("E-0142", "S-0001", DAY)
    assert ready.upkeep.journal() == lines
    assert ready.desk.snapshot is picture


@pytest.mark.parametrize("formats", [("eml",), ("vcf",), ("html",), ("vcf", "eml")])
def test_only_the_formats_that_are_asked_for_are_written(
    ready: Services, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    preview = ready.handing_out.preview("E-0142", "S-0001", DAY, formats)
    files = ready.handing_out.hand_over(preview, DAY, tmp_path / "out").files
    assert [path.suffix[1:] for path in files] == list(formats)


@pytest.mark.parametrize("formats", [(), ("docx",), ("eml", "exe")])
def test_an_unknown_format_is_bad_input(ready: Services, formats: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="There is no card format"):
        ready.handing_out.preview("E-0142", "S-0001", DAY, formats)


# -------------------------------------------------------------------------------------------- one card in flight


def test_one_card_is_in_flight(services: Services, tmp_path: Path) -> None:
    agreed(services, supporter="S-0001")
    agreed(services, supporter="S-0002")
    handed(services, tmp_path / "one", "S-0001")
    with pytest.raises(Refused, match="introduced to somebody already"):
        services.handing_out.preview("E-0142", "S-0002", DAY)
    services.introductions.take(Step.END, "E-0142", "S-0001", DAY)
    handed(services, tmp_path / "two", "S-0002")
    assert state_of(services, "S-0002") is State.INTRODUCED


def test_who_asked_for_a_choice_may_have_more_than_one(services: Services, tmp_path: Path) -> None:
    for supporter in ("S-0001", "S-0002"):
        agreed(services, "E-0143", supporter)
        handed(services, tmp_path / supporter, supporter, "E-0143")
    states = [i.state for i in services.desk.snapshot.introductions_of("E-0143")]
    assert states == [State.INTRODUCED, State.INTRODUCED]


def test_a_card_prepared_while_none_was_in_flight_is_refused_at_the_hand_over(
    services: Services, tmp_path: Path
) -> None:
    agreed(services, supporter="S-0001")
    agreed(services, supporter="S-0002")
    early = services.handing_out.preview("E-0142", "S-0002", DAY)
    handed(services, tmp_path / "one", "S-0001")
    with pytest.raises(Refused, match="introduced to somebody already"):
        services.handing_out.hand_over(early, DAY, tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_the_same_card_may_go_again_to_the_same_address(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "first")
    preview = ready.handing_out.preview("E-0142", "S-0001", TOMORROW)
    ready.handing_out.hand_over(preview, TOMORROW, tmp_path / "second")
    assert introduced(ready).introduced == DAY
    assert records(ready) == 2


def test_a_card_that_goes_again_goes_to_no_other_address(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "first")
    with ready.desk.store.write("test") as tx:
        enquiry = stored_enquiries.get(tx, "E-0142")
        person = replace(enquiry.requester, email="other@example.org")
        stored_enquiries.change(tx, replace(enquiry, requester=person))
    with pytest.raises(Refused, match="another address before") as refused:
        ready.handing_out.preview("E-0142", "S-0001", DAY)
    assert (
        refused.value.hint
        == "Add a new enquiry with the new address. S-0001 may be asked again for that one."
    )


def test_what_is_advised_about_another_address_can_be_done(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "first")
    letter = ready.enquiries.draft(
        b"From: Robin Vale <other@example.org>\nSubject: Again\n\nI have ADHD. Could I talk to somebody?"
    )
    again = ready.enquiries.receive(letter, DAY).reference
    ready.enquiries.set_needs(again, (ADHD,), ())
    agreed(ready, again)
    assert ready.handing_out.preview(again, "S-0001", DAY).recipient == "other@example.org"


# ------------------------------------------------------------------------- what changed between preview and press


def previewed(services: Services) -> Preview:
    return services.handing_out.preview("E-0142", "S-0001", DAY)


def held_back(services: Services, preview: Preview, folder: Path, what: str, on: date = DAY) -> None:
    with pytest.raises(Refused, match=what):
        services.handing_out.hand_over(preview, on, folder)
    assert not folder.exists()
    assert records(services) == 0
    assert state_of(services) in (State.AGREED, State.STOPPED)


def test_a_consent_withdrawn_meanwhile_holds_the_card_back(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    ready.consent.withdraw("S-0001", Purpose.SHARE, ADHD, DAY)
    held_back(ready, preview, tmp_path / "out", "has changed since")


def test_a_consent_given_meanwhile_is_looked_at_first(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    ready.consent.give("S-0001", Purpose.CONTACT_NAME, None, wording="2026-1", method=Method.FORM, on=DAY)
    held_back(ready, preview, tmp_path / "out", "has changed since")


def test_a_changed_record_holds_the_card_back(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    ready.supporters.change(replace(AMINA, known_as="Mina"))
    held_back(ready, preview, tmp_path / "out", "has changed since")


def test_the_record_withdrawn_meanwhile_holds_the_card_back(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    ready.consent.withdraw("S-0001", Purpose.HOLD, None, DAY)
    held_back(ready, preview, tmp_path / "out", "is stopped; card needs")


def test_consent_that_ends_between_preview_and_press_holds_the_card_back(
    ready: Services, tmp_path: Path
) -> None:
    preview = previewed(ready)
    held_back(ready, preview, tmp_path / "out", "not active with valid consent", date(2027, 9, 11))


def test_a_forged_preview_is_held_back(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    first, *rest = preview.files
    forged = replace(first, data=first.data + b"one more line\r\n")
    held_back(ready, replace(preview, files=(forged, *rest)), tmp_path / "out", "has changed since")
    held_back(ready, replace(preview, recipient="x@example.org"), tmp_path / "out", "has changed since")
    renamed = replace(first, name="../escaped.eml")
    held_back(ready, replace(preview, files=(renamed, *rest)), tmp_path / "out", "has changed since")


# ------------------------------------------------------------------------------------------------- files on disk


def test_a_file_in_place_of_the_folder_leaves_nothing(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    place = tmp_path / "file"
    place.write_bytes(b"here before")
    with pytest.raises(SystemRefused, match="could not be written"):
        ready.handing_out.hand_over(preview, DAY, place)
    assert place.read_bytes() == b"here before"
    assert (state_of(ready), records(ready)) == (State.AGREED, 0)


def test_a_name_that_is_taken_leaves_nothing_more(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    folder = tmp_path / "out"
    folder.mkdir()
    taken = folder / preview.files[-1].name
    taken.write_bytes(b"here before")
    with pytest.raises(BadInput, match="already a file"):
        ready.handing_out.hand_over(preview, DAY, folder)
    assert list(folder.iterdir()) == [taken]
    assert taken.read_bytes() == b"here before"
    assert (state_of(ready), records(ready)) == (State.AGREED, 0)


def test_files_are_taken_back_when_the_record_cannot_be_kept(ready: Services, tmp_path: Path) -> None:
    """The files are written before the transaction ends; a trigger stands for whatever may stop it then."""
    preview = previewed(ready)
    with ready.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON journal WHEN NEW.action = 'card'"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    with pytest.raises(IntegrityError, match="no room"):
        ready.handing_out.hand_over(preview, DAY, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert records(ready) == 0
    with ready.desk.store.read() as tx:
        assert stored.get(tx, "E-0142", "S-0001").state is State.AGREED


def test_the_network_is_whole_after_all_of_it(ready: Services, tmp_path: Path) -> None:
    handed(ready, tmp_path / "out")
    assert ready.upkeep.check().damage == ()


def test_a_network_without_wordings_hands_over_by_its_records(make: Make, tmp_path: Path) -> None:
    agreed_already = Introduction("E-0142", "S-0001", State.AGREED, DAY, DAY)
    handed(make(replace(NETWORK, wordings=None, introductions=(agreed_already,))), tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 3
