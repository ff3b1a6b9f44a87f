"""The network's own letters: kept, used, taken back, gone with whom they name, and never what would leak."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.letter_kinds import LETTERS
from peermatch.model.letter_text import LetterText
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.letter_texts import LetterTexts, OnShelf
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped
from peermatch.store import letter_texts as stored
from tests.networks import AMINA, DAY, ENQUIRY
from tests.services.desks import introduced

OURS = "Hello {name},\n\nCould you answer us?"
SUBJECT = "A line, please ({reference})"


def letter(services: Services, id: str) -> OnShelf:
    return next(each for each in services.letter_texts.shelf() if each.letter.id == id)


def test_what_is_kept_counts_wherever_the_letter_is_written(services: Services) -> None:
    services.introductions.ask(ENQUIRY.reference, AMINA.id, DAY)
    before = services.letters.reminder(ENQUIRY.reference, AMINA.id)
    done = services.letter_texts.keep("reminder", f" {SUBJECT}\n", f"\r\n{OURS}  \n", DAY)
    assert done.notice == "“The one reminder” says this from now on."
    now = services.letters.reminder(ENQUIRY.reference, AMINA.id)
    assert now.text == f"Hello {AMINA.first_name},\n\nCould you answer us?\n"
    assert letter(services, "reminder").own
    assert len(letter(services, "reminder").versions) == 1
    assert (
        services.journal.page().lines[0].words.startswith("Kept other words for a letter: The one reminder")
    )
    with pytest.raises(Refused, match="says this already"):
        services.letter_texts.keep("reminder", SUBJECT, OURS, DAY)
    undone = services.upkeep.undo(done)
    assert services.letters.reminder(ENQUIRY.reference, AMINA.id) == before
    services.upkeep.redo(undone)
    assert services.letters.reminder(ENQUIRY.reference, AMINA.id) == now


def test_the_words_that_ship_are_taken_up_again_and_nothing_is_lost(services: Services) -> None:
    texts = services.letter_texts
    with pytest.raises(Refused, match="already"):
        texts.restore("reminder", DAY)
    texts.keep("reminder", SUBJECT, OURS, DAY)
    texts.restore("reminder", DAY + timedelta(days=1))
    found = letter(services, "reminder")
    assert not found.own
    assert [each.text for each in found.versions] == [None, LetterText(SUBJECT, OURS)]
    texts.keep("reminder", SUBJECT, OURS, DAY)
    texts.keep("reminder", found.shipped.subject, found.shipped.body, DAY)
    assert not letter(services, "reminder").own
    assert len(letter(services, "reminder").versions) == 4


def test_a_letter_that_would_leak_is_refused_with_its_line(services: Services) -> None:
    name = ENQUIRY.requester.name or ""
    with pytest.raises(BadInput) as refusal:
        services.letter_texts.keep("ask", "ADHD ({reference})", f"{{enquirer}}\n{{topics}}\nAsk {name}.", DAY)
    assert [each.place for each in refusal.value.faults] == ["The subject", "Line 1", "Line 3"]
    assert name not in str(refusal.value.faults)
    with pytest.raises(BadInput, match="There is no such letter"):
        services.letter_texts.keep("of nobody", "x", "y", DAY)
    assert services.letter_texts.shelf() == services.letter_texts.shelf()
    assert not any(each.versions for each in services.letter_texts.shelf())


def test_two_hundred_kilobytes_are_one_sentence(services: Services) -> None:
    known = services.letter_texts.known()
    said = services.letter_texts.remarks("closing", LetterText("x", "Tess " * 40_000), known)
    assert [each.text[:28] for each in said if each.grave] == ["This is too long to be read:"]


def test_the_subject_of_a_card_stays_as_it_is(services: Services) -> None:
    shipped = letter(services, "introduction").shipped
    services.letter_texts.keep("introduction", "Amina", f"{shipped.body}\n\nGood luck.", DAY)
    assert letter(services, "introduction").text.subject == shipped.subject


def test_a_card_still_leaves_with_own_words(ready: Services, tmp_path: Path) -> None:
    shipped = letter(ready, "introduction").shipped
    ready.letter_texts.keep(
        "introduction", "", shipped.body.replace("Thank you for writing to us.", "👋 Bore da."), DAY
    )
    preview = ready.handing_out.preview(ENQUIRY.reference, AMINA.id, DAY)
    ready.handing_out.hand_over(preview, DAY, tmp_path / "cards")
    assert introduced(ready).introduced == DAY


def test_words_that_a_newer_program_does_not_take_fall_back(services: Services, doors: Doors) -> None:
    with services.desk.command("letter-keep", "closing") as tx:
        stored.keep(tx, "closing", LetterText("Bye ({reference})", "Bye {name}"), DAY)
    services.desk.done(tx, replace(services.letter_texts.keep("reminder", SUBJECT, OURS, DAY).touched), "")
    assert letter(services, "closing").fallen
    assert any(
        each.startswith("1 letter in your own words can no") for each in services.upkeep.check().remarks
    )
    assert not letter(services, "closing").own
    assert letter(services, "reminder").own


@pytest.fixture
def named(services: Services) -> Services:
    """A letter that was signed by a supporter, and one version before that."""
    services.letter_texts.keep("reminder", SUBJECT, OURS, DAY)
    services.letter_texts.keep("reminder", SUBJECT, f"{OURS}\n\n{AMINA.name}", DAY)
    return services


def test_an_erased_person_is_in_no_letter_any_more(named: Services) -> None:
    who = Subject(SubjectKind.SUPPORTER, AMINA.id)
    assert letter(named, "reminder").text.body.endswith(AMINA.name)
    plan = named.erasure.preview(who)
    assert (
        "1 version of a letter in your own words that names them: the letter is then what it was before."
        in plan.gone
    )
    named.erasure.erase(who, DAY)
    assert letter(named, "reminder").text == LetterText(SUBJECT, OURS)
    assert len(letter(named, "reminder").versions) == 1
    assert named.desk.store.damage() == ()


def test_every_letter_can_be_previewed_with_invented_people(still: Services, shipped: Shipped) -> None:
    for each in still.letter_texts.shelf():
        samples = still.letter_texts.samples(each.letter.id)
        subject, text = LetterTexts.preview(each.text, samples)
        assert "{" not in subject + text
        assert each.letter.fields <= samples.keys()
    assert [each.letter.id for each in still.letter_texts.shelf()] == list(LETTERS)
    assert "{" in shipped.templates.text("ask").body
