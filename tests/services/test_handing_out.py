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

from peermatch.errors import BadInput, PeerMatchError, Refused, SystemRefused
from peermatch.model.changes import Touched
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Exclusions, Requester
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.people import Boundaries, Relation, SupporterStatus
from peermatch.services.handing_out import Preview
from peermatch.services.office import Services
from peermatch.store import enquiries as stored_enquiries
from peermatch.store import introductions as stored
from peermatch.store import supporters as stored_supporters
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, NETWORK, yes
from tests.services.conftest import Make
from tests.services.desks import agreed, introduced, state_of

PAIR = ("E-0199", "S-0099")
TOMORROW = DAY + timedelta(days=1)
AGREED = Introduction("E-0199", "S-0099", State.AGREED, DAY, DAY)


def handed(services: Services, folder: Path, supporter: str = "S-0001", reference: str = "E-0142") -> None:
    services.handing_out.hand_over(services.handing_out.preview(reference, supporter, DAY), DAY, folder)


def records(services: Services, reference: str = "E-0142", supporter: str = "S-0001") -> int:
    with services.desk.store.read() as tx:
        return len(stored.hand_overs(tx, reference, supporter))


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
            said += [part.get_payload(decode=True).decode() for part in parts]  # type: ignore[union-attr]  # bytes of a leaf
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


# ----------------------------------------------------------------------------------------------- what refuses a card


def refused(
    services: Services, what: str, on: date = DAY, pair: tuple[str, str] = ("E-0142", "S-0001")
) -> None:
    """A card is refused before anything of it is made."""
    with pytest.raises(Refused, match=what):
        services.handing_out.preview(*pair, on)
    assert records(services, *pair) == 0


@pytest.mark.parametrize("state", [state for state in State if state not in (State.AGREED, State.INTRODUCED)])
def test_a_card_needs_an_introduction_that_is_agreed(standing: Services, state: State) -> None:
    supporter = f"S-{list(State).index(state):04d}"
    with pytest.raises(Refused, match=f"is {state.value}; card needs one that is agreed or introduced"):
        standing.handing_out.preview("E-0142", supporter, DAY)


def test_a_pair_that_was_never_asked_is_bad_input(services: Services) -> None:
    with pytest.raises(BadInput, match="has not been asked"):
        services.handing_out.preview("E-0142", "S-0001", DAY)


@pytest.mark.parametrize(("reference", "supporter"), [("E-9999", "S-0001"), ("E-0142", "S-9999")])
def test_ids_that_are_not_held_are_bad_input(services: Services, reference: str, supporter: str) -> None:
    with pytest.raises(BadInput, match="9999"):
        services.handing_out.preview(reference, supporter, DAY)


def loaded(
    services: Services, consents: tuple[ConsentRecord, ...] = AMINA.consents, enquiry: Enquiry = ENQUIRY
) -> Services:
    """The network with one more supporter, whose introduction for one more enquiry is agreed already."""
    with services.desk.store.write("test") as tx:
        stored_supporters.add(tx, replace(AMINA, id="S-0099", consents=consents))
        stored_enquiries.add(tx, replace(enquiry, reference="E-0199"))
        stored.add(tx, AGREED)
    services.desk.renew(Touched(network=True))
    return services


@pytest.mark.parametrize("status", [s for s in SupporterStatus if s is not SupporterStatus.ACTIVE])
def test_the_supporter_must_be_active(ready: Services, status: SupporterStatus) -> None:
    ready.supporters.change(replace(AMINA, status=status))
    refused(ready, "not active")


@pytest.mark.parametrize(
    "hold",
    [
        (),
        (replace(yes(Purpose.HOLD), expires=DAY),),
        (replace(yes(Purpose.HOLD), withdrawn=DAY),),
        (replace(yes(Purpose.HOLD), given=TOMORROW),),
    ],
)
def test_the_consent_to_hold_the_record_must_be_valid(
    services: Services, hold: tuple[ConsentRecord, ...]
) -> None:
    rest = (c for c in AMINA.consents if c.purpose is not Purpose.HOLD)
    refused(loaded(services, (*hold, *rest)), "not active with valid consent", pair=PAIR)


def test_one_channel_with_value_and_consent_is_needed(ready: Services, tmp_path: Path) -> None:
    ready.consent.withdraw("S-0001", Purpose.CONTACT_EMAIL, None, DAY)
    refused(ready, "no contact channel")
    ready.consent.give("S-0001", Purpose.CONTACT_PHONE, None, wording="2026-1", method=Method.SPOKEN, on=DAY)
    assert "phone number" in [p.what for p in ready.handing_out.preview("E-0142", "S-0001", DAY).leaves]


def test_a_channel_without_a_value_is_none(ready: Services, tmp_path: Path) -> None:
    ready.supporters.change(replace(AMINA, email=None))
    refused(ready, "no contact channel")


@pytest.mark.parametrize("on", [date(2027, 9, 11), date(2026, 9, 11)])
def test_consent_is_asked_on_the_day_itself(ready: Services, on: date) -> None:
    refused(ready, "not active with valid consent", on)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "Robin@example.org"}, "same_person"),
        ({"other_emails": ("robin@example.org",)}, "same_person"),
        ({"name": "Mx Robin Vale"}, "same_person"),
        ({"relations": (Relation("ROBIN@example.org", "supervisor", DAY, DAY),)}, "power_relation"),
        ({"boundaries": Boundaries(specialties=("general-psychiatry",))}, "own_boundary"),
        ({"boundaries": Boundaries(topics=("neuro",))}, "own_boundary"),
        ({"boundaries": Boundaries(organisations=("mft",))}, "own_boundary"),
    ],
)
def test_who_must_be_kept_apart_is_kept_apart_on_that_day(
    ready: Services, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    ready.supporters.change(replace(AMINA, **change))  # type: ignore[arg-type]  # fields of a supporter
    refused(ready, f"must not be introduced: {code}")


@pytest.mark.parametrize(
    "exclusions",
    [
        Exclusions(organisations=("lthtr",)),
        Exclusions(specialties=("anaesthetics",)),
        Exclusions(supporters=("S-0001",)),
        Exclusions(people=("Dr Amina Rahman",)),
        Exclusions(people=("AMINA@example.org",)),
    ],
)
def test_whom_the_enquirer_excluded_meanwhile_gets_no_card(
    ready: Services, tmp_path: Path, exclusions: Exclusions
) -> None:
    ready.enquiries.change("E-0142", exclusions=exclusions)
    refused(ready, "must not be introduced: excluded_by_enquirer")


@pytest.mark.parametrize(
    "change",
    [
        {"paused_until": TOMORROW},
        {"available_until": DAY - timedelta(days=1)},
        {"capacity": 0},
        {"programmes": ("x",)},
    ],
)
def test_the_other_gates_do_not_stop_a_card_that_was_agreed(
    ready: Services, change: dict[str, object]
) -> None:
    ready.supporters.change(replace(AMINA, **change))  # type: ignore[arg-type]  # fields of a supporter
    assert ready.handing_out.preview("E-0142", "S-0001", DAY).recipient == "robin@example.org"


def test_a_withdrawn_essential_topic_refuses_the_card(services: Services) -> None:
    consents = [replace(c, withdrawn=DAY) if c.characteristic == ADHD else c for c in AMINA.consents]
    refused(loaded(services, tuple(consents)), "has withdrawn consent", pair=PAIR)


def test_a_withdrawn_helpful_topic_does_not_refuse_the_card_and_is_not_spoken_of(services: Services) -> None:
    consents = [replace(c, withdrawn=DAY) if c.characteristic == EXAM else c for c in AMINA.consents]
    loaded(services, (*consents, yes(Purpose.SHARE, EXAM)))
    preview = services.handing_out.preview(*PAIR, DAY)
    assert "Failing an exam" not in (*preview.stays, *(line.what for line in preview.leaves))


@pytest.mark.parametrize("consents", [(), (replace(yes(Purpose.MATCH, ADHD), expires=DAY),)])
def test_a_match_that_ended_or_was_never_given_does_not_refuse_the_card(
    services: Services, consents: tuple[ConsentRecord, ...]
) -> None:
    kept = tuple(c for c in AMINA.consents if c.purpose is not Purpose.MATCH)
    loaded(services, (*kept, *consents))
    assert services.handing_out.preview(*PAIR, DAY).files


def test_an_enquirer_who_withdrew_gets_no_card(services: Services) -> None:
    loaded(services, enquiry=replace(ENQUIRY, status=EnquiryStatus.WITHDRAWN))
    refused(services, "has withdrawn, so no card leaves", pair=PAIR)


@pytest.mark.parametrize("address", [None, "", "  "])
def test_without_an_address_no_card_leaves(services: Services, address: str | None) -> None:
    loaded(services, enquiry=replace(ENQUIRY, requester=Requester("Robin Vale", address)))
    refused(services, "no e-mail address", pair=PAIR)


@pytest.mark.parametrize(
    "address",
    [
        "robin@example.org, all@example.org",
        "robin@example.org\r\nBcc: all@example.org",
        "Robin <robin@example.org>",
        "everybody: robin@example.org, all@example.org;",
        "robin",
        "robin@",
        "@example.org",
        "ro bin@example.org",
    ],
)
def test_an_address_that_is_not_one_persons_sends_no_card(services: Services, address: str) -> None:
    loaded(services, enquiry=replace(ENQUIRY, requester=Requester("Robin Vale", address)))
    with pytest.raises(PeerMatchError) as error:
        services.handing_out.preview(*PAIR, DAY)
    assert error.value.exit_code in (3, 6)


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
    with pytest.raises(Refused, match="another address before"):
        ready.handing_out.preview("E-0142", "S-0001", DAY)


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
    place.write_text("here before")
    with pytest.raises(SystemRefused, match="could not be written"):
        ready.handing_out.hand_over(preview, DAY, place)
    assert place.read_text() == "here before"
    assert (state_of(ready), records(ready)) == (State.AGREED, 0)


def test_a_name_that_is_taken_leaves_nothing_more(ready: Services, tmp_path: Path) -> None:
    preview = previewed(ready)
    folder = tmp_path / "out"
    folder.mkdir()
    taken = folder / preview.files[-1].name
    taken.write_text("here before")
    with pytest.raises(BadInput, match="already a file"):
        ready.handing_out.hand_over(preview, DAY, folder)
    assert list(folder.iterdir()) == [taken]
    assert taken.read_text() == "here before"
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
    assert list((tmp_path / "out").iterdir()) == []
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
