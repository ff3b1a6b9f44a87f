"""Letters that go on with an enquiry: joined by certain signs, asked about otherwise, or set aside."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.introduction import Step
from peermatch.model.mail import MailKind, MailState, Says
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.incoming import SAFETY, Received
from peermatch.services.office import Services
from peermatch.services.placing import ASKED, CLOSED, NO_SENDER, OTHER_SENDER, SAME_SENDER
from peermatch.services.today_jobs import Matter
from tests.networks import DAY, ENQUIRY

TRAINEE = ENQUIRY.requester.email or ""
AMINA = "amina@example.org"
BODY = "Dear team,\n\nThe exam is next week and I am a bit nervous.\n"


def eml(
    sender: str, subject: str, body: str = BODY, file: tuple[str, bytes] | None = None, **headers: str
) -> bytes:
    """A letter as a mail program saves it; headers by their names with underscores."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = sender, subject
    message["Date"] = "Fri, 20 Nov 2026 09:00:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    if file:
        message.add_attachment(file[1], maintype="application", subtype="pdf", filename=file[0])
    return bytes(message)


def receive(services: Services, raw: bytes) -> Received:
    return services.enquiries.receive(services.enquiries.draft(raw), DAY)


def test_a_letter_with_our_reference_from_the_one_who_asked_is_kept_with_it(services: Services) -> None:
    got = receive(services, eml(TRAINEE, "Re: Your message (E-0142)"))
    assert (got.reference, got.new, got.state) == ("E-0142", False, MailState.JOINED)
    assert "belongs to E-0142" in got.done.notice
    (mail,) = services.mailbag.of("E-0142").letters
    assert (mail.kind, mail.body.startswith("Dear team")) == (MailKind.LETTER, True)
    assert len(services.desk.snapshot.enquiries) == 3
    again = receive(services, eml(TRAINEE, "Re: Your message (E-0142)"))
    assert (again.new, again.state, again.done.notice) == (
        False,
        None,
        "This letter is already here as E-0142.",
    )
    services.upkeep.undo(got.done)
    assert services.mailbag.of("E-0142").letters == ()


def test_a_thread_is_followed_by_its_headers_alone(services: Services) -> None:
    first = receive(services, eml("new@person.example", "Hello", Message_ID="<a1@person.example>"))
    assert first.new
    later = eml(
        "new@person.example", "One more thing", "Could it be by phone?\n", References="<a1@person.example>"
    )
    got = receive(services, later)
    assert (got.reference, got.state) == (first.reference, MailState.JOINED)


@pytest.mark.parametrize(
    ("sender", "subject", "why"),
    [
        ("stranger@other.example", "About E-0142", OTHER_SENDER),
        (TRAINEE, "Something else", SAME_SENDER),
        ("", "About E-0142", NO_SENDER),
    ],
)
def test_what_is_not_certain_is_asked_first(services: Services, sender: str, subject: str, why: str) -> None:
    got = receive(
        services, eml(sender, subject) if sender else b"Subject: About E-0142\n\nHello, it is me.\n"
    )
    assert (got.reference, got.new, got.state) == ("", False, MailState.WAITING)
    bag = services.mailbag.bag()
    assert [(each.enquiry, each.why) for each in bag.waiting] == [("E-0142", why)]
    assert services.mailbag.of("E-0142").letters == ()
    if sender:
        again = receive(services, eml(sender, subject))
        assert (again.reference, "among those that wait" in again.done.notice) == ("", True)
    services.mailbag.join(bag.waiting[0].number, "E-0142")
    assert [each.state for each in services.mailbag.of("E-0142").letters] == [MailState.JOINED]
    assert services.mailbag.bag().waiting == ()
    with pytest.raises(Refused, match="belongs to an enquiry already"):
        services.mailbag.join(bag.waiting[0].number, "E-0143")


def test_what_waits_may_be_a_new_enquiry(services: Services) -> None:
    receive(services, eml(TRAINEE, "Another matter", file=("note.pdf", b"%PDF-1.4 x")))
    (mail,) = services.mailbag.bag().waiting
    done = services.mailbag.begin(mail.number, DAY)
    (reference,) = done.touched.enquiries
    enquiry = services.desk.snapshot.enquiries[reference]
    assert (enquiry.requester.email, enquiry.letter or "") == (TRAINEE, mail.body)
    assert [each.name for each in services.mailbag.of(reference).files] == ["note.pdf"]
    assert services.mailbag.bag().waiting == ()


def test_after_its_end_a_letter_waits(services: Services) -> None:
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    receive(services, eml(TRAINEE, "Re: Your message (E-0142)"))
    assert [each.why for each in services.mailbag.bag().waiting] == [CLOSED]


def test_the_answers_of_both_are_proposed_and_nothing_happens_by_itself(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    yes = eml(
        AMINA, "Re: A question for you (E-0142)", "Yes, I would be glad to.\n\n> Could you? No is fine.\n"
    )
    got = receive(services, yes)
    assert (got.state, "seems to say yes" in got.done.notice) == (MailState.JOINED, True)
    (step,) = services.desk.snapshot.introductions_of("E-0142")
    found = services.mailbag.of("E-0142").answer_to(step)
    assert step.state.value == "asked"
    assert found is not None
    assert found.answer is not None
    assert (found.answer.says, found.answer.words) == (Says.YES, "Yes, I would be glad to.")
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    (accepted,) = services.desk.snapshot.introductions_of("E-0142")
    assert services.mailbag.of("E-0142").answer_to(accepted) is None
    receive(services, eml(TRAINEE, "Re: Your message (E-0142)", "I am not sure yet. Who is it?\n"))
    theirs = services.mailbag.of("E-0142").answer_to(accepted)
    assert theirs is not None
    assert theirs.answer is not None
    assert theirs.answer.says is Says.UNCLEAR
    assert len(services.mailbag.replies()) == 2


def test_an_answer_without_its_reference_is_asked_about(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    receive(services, eml(AMINA, "your question", "No, sorry, not this time."))
    (mail,) = services.mailbag.bag().waiting
    assert (mail.enquiry, mail.supporter, mail.why) == ("E-0142", "S-0001", ASKED)
    services.mailbag.join(mail.number, "E-0142")
    (step,) = services.desk.snapshot.introductions_of("E-0142")
    found = services.mailbag.of("E-0142").answer_to(step)
    assert found is not None
    assert found.answer is not None
    assert found.answer.says is Says.NO


def test_what_no_person_wrote_is_set_aside_with_its_reason(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    away = eml(AMINA, "Automatic reply: A question for you (E-0142)", "I am away until Monday.")
    spam = eml("win@prize.example", "You have won", "Click here.", X_Spam_Flag="YES")
    back = b"".join(
        (
            b"From: postmaster@relay.example\nSubject: Undeliverable: A question for you (E-0142)\n",
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\nNot delivered.\n',
            b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example\n\n",
            b"Final-Recipient: rfc822; " + AMINA.encode() + b"\nAction: failed\n--b--\n",
        )
    )
    received, done = services.enquiries.receive_all(
        tuple(services.enquiries.draft(each) for each in (away, spam, back)), DAY
    )
    assert {each.state for each in received} == {MailState.ASIDE}
    assert "3 of them are set aside" in done.notice
    bag = services.mailbag.bag()
    assert [(each.kind, each.enquiry) for each in bag.aside] == [
        (MailKind.AUTOMATIC, "E-0142"),
        (MailKind.SPAM, None),
        (MailKind.RETURNED, "E-0142"),
    ]
    (step,) = services.desk.snapshot.introductions_of("E-0142")
    not_reached = services.mailbag.of("E-0142").not_reached(step)
    assert not_reached is not None
    assert not_reached.failed == (AMINA,)
    assert services.mailbag.of("E-0142").answer_to(step) is None
    services.mailbag.put_away(not_reached.number)
    assert services.mailbag.of("E-0142").not_reached(step) is None


def test_danger_in_a_later_letter_closes_the_shortlist_again(services: Services) -> None:
    services.enquiries.note_risk("E-0142", "rang, safe")
    assert not services.desk.snapshot.enquiries["E-0142"].held
    got = receive(services, eml(TRAINEE, "Re: (E-0142)", "I cannot go on. I want to kill myself tonight.\n"))
    assert SAFETY in got.done.notice
    enquiry = services.desk.snapshot.enquiries["E-0142"]
    assert enquiry.held
    with pytest.raises(Refused, match="nobody is suggested yet"):
        services.shortlists.of("E-0142", DAY)
    receive(services, eml("stranger@other.example", "E-0143", "I want to kill myself tonight.\n"))
    assert services.mailbag.bag().risky


@pytest.mark.parametrize("begin", [True, False])
def test_danger_seen_in_words_that_are_not_kept_is_not_forgotten(services: Services, *, begin: bool) -> None:
    services.enquiries.note_risk("E-0142", "rang, safe")
    body = "Dear team,\n\nI am writing for my friend. She said she wants to kill herself tonight.\n"
    receive(services, eml("stranger@other.example", "About E-0142", body))
    (mail,) = services.mailbag.bag().waiting
    assert (mail.risk, mail.body) == (True, "")
    if begin:
        (reference,) = services.mailbag.begin(mail.number, DAY).touched.enquiries
    else:
        (reference,) = services.mailbag.join(mail.number, "E-0142").touched.enquiries
    assert services.desk.snapshot.enquiries[reference].held


def test_a_letter_of_a_stranger_that_is_put_away_belongs_to_no_enquiry(services: Services) -> None:
    receive(services, eml("stranger@other.example", "About E-0142", file=("note.pdf", b"%PDF-1.4 x")))
    (mail,) = services.mailbag.bag().waiting
    services.mailbag.put_away(mail.number)
    found = services.mailbag.of("E-0142")
    assert (found.letters, found.files) == ((), ())


def test_files_are_asked_about_and_never_opened(services: Services, tmp_path: Path) -> None:
    body = b"%PDF-1.4 an invented file " * 50
    reference = receive(
        services, eml("new@person.example", "Hello", file=("../../my plan.pdf", body))
    ).reference
    (file,) = services.mailbag.of(reference).files
    assert (file.name, file.kept, file.size) == ("my plan.pdf", False, len(body))
    services.mailbag.keep_files(reference, (file.number,))
    (kept,) = services.mailbag.of(reference).files
    assert kept.kept
    out = services.mailbag.save_file(kept.number, tmp_path / "copy.pdf")
    assert (out.read_bytes(), out.stat().st_mode & 0o777) == (body, 0o600)
    with pytest.raises(BadInput, match="inside the network"):
        services.mailbag.save_file(kept.number, services.folder / "x.pdf")
    services.mailbag.drop_files(reference, (kept.number,))
    assert services.mailbag.of(reference).files == ()
    with pytest.raises(Refused, match="not kept any more"):
        services.mailbag.save_file(kept.number, tmp_path / "again.pdf")


def held(services: Services) -> bytes:
    """All that the open file holds, in the clear."""
    with services.desk.store.read() as tx:
        open_file = tx.session.connection()
        listed = open_file.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return b"\n".join(
            repr(tuple(row)).encode()
            for table in listed.scalars().all()
            for row in open_file.exec_driver_sql(f'SELECT * FROM "{table}"')
        )


def test_a_letter_that_is_deleted_leaves_nothing(services: Services) -> None:
    receive(services, eml("win@prize.example", "zebrafish prize", "Click zebrafish.", X_Spam_Flag="YES"))
    assert b"zebrafish" in held(services)
    services.mailbag.delete(services.mailbag.bag().aside[0].number)
    assert b"zebrafish" not in held(services)
    assert services.checking.whole().damage == ""


@pytest.mark.parametrize("subject", [("S-0001", SubjectKind.SUPPORTER), ("E-0142", SubjectKind.ENQUIRER)])
def test_an_erasure_takes_their_letters_and_files_with_it(
    services: Services, subject: tuple[str, SubjectKind]
) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    sender = AMINA if subject[0] == "S-0001" else TRAINEE
    raw = eml(sender, "Re: A question (E-0142)", "Yes, a zebrafish.", ("zebrafish.pdf", b"zebrafish" * 9))
    receive(services, raw)
    receive(services, eml(sender, "news", "No zebrafish any more", Auto_Submitted="auto-replied"))
    assert held(services).count(b"zebrafish") >= 3
    who = Subject(subject[1], subject[0])
    services.erasure.erase(who, DAY + timedelta(days=1))
    assert b"zebrafish" not in held(services)


def test_an_erasure_finds_who_was_not_reached_and_what_began_their_enquiry(services: Services) -> None:
    back = eml("postmaster@relay.example", "Undeliverable: hello", f"to {AMINA}", X_Failed_Recipients=AMINA)
    receive(services, back)
    receive(services, b"Subject: About E-0142\n\nHello, it is me, the zebrafish.\n")
    (mail,) = services.mailbag.bag().waiting
    (reference,) = services.mailbag.begin(mail.number, DAY).touched.enquiries
    services.erasure.erase(Subject(SubjectKind.SUPPORTER, "S-0001"), DAY + timedelta(days=1))
    services.erasure.erase(Subject(SubjectKind.ENQUIRER, reference), DAY + timedelta(days=1))
    left = held(services)
    assert (AMINA.encode() in left, b"zebrafish" in left) == (False, False)
    assert services.checking.whole().damage == ""


def test_a_copy_of_what_is_held_has_the_letters(services: Services) -> None:
    receive(services, eml(TRAINEE, "Re: (E-0142)", "a zebrafish", ("z.pdf", b"x")))
    report = services.subject_access.preview(Subject(SubjectKind.ENQUIRER, "E-0142"))
    fields = {each.key: each.value for section in report.sections for each in section.fields}
    assert (fields["mail[0].body"], fields["files[0].name"]) == ("a zebrafish", "z.pdf")


def test_today_says_what_letters_ask_for(services: Services) -> None:
    services.introductions.ask("E-0142", "S-0001", DAY)
    receive(services, eml(AMINA, "Re: A question for you (E-0142)", "Yes, gladly."))
    receive(services, eml("stranger@other.example", "About E-0143", "I want to kill myself tonight.\n"))
    receive(services, eml("postmaster@relay.example", "Undeliverable: (E-0143)", "to gone@person.example"))
    jobs = [(each.matter, each.enquiry, each.next) for each in services.days.of(DAY).jobs]
    assert (Matter.ANSWER, "E-0142", "yes") in jobs
    matters = [matter for matter, _, _ in jobs]
    assert matters.index(Matter.SAFETY) < matters.index(Matter.MAIL_RISK) < matters.index(Matter.ANSWER)
    assert Matter.RETURNED in matters
    assert Matter.REMIND not in matters
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    assert Matter.ANSWER not in [each.matter for each in services.days.of(DAY).jobs]
