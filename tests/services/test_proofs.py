"""The record as proof, and the words that it rests on: what somebody had agreed to on a day, safe to print."""

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from peermatch.errors import BadInput, SystemRefused
from peermatch.model.consent import ConsentRecord, Method, Purpose, Standing, Wording
from peermatch.services.evidence import Attachment
from peermatch.services.office import Services
from peermatch.services.replies import Reply
from tests.networks import ADHD, AMINA, DAY, NETWORK, yes
from tests.services.conftest import Make

MARCH = date(2026, 3, 3)
OLD = Wording("2025-1", "The words of 2025: <b>you</b> may take it back at any time.", "en")


class Reader(HTMLParser):
    """What stands on the page, and by which tags."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def history() -> tuple[ConsentRecord, ...]:
    """A yes in January for a year, the rest of it taken back in June, and an evil proof."""
    january = date(2026, 1, 10)
    hold = replace(yes(Purpose.HOLD), given=january, expires=date(2027, 1, 9), wording="2025-1")
    match = replace(
        hold, purpose=Purpose.MATCH, characteristic=ADHD, withdrawn=date(2026, 6, 1), recorded_by="the lead"
    )
    share = replace(
        match,
        purpose=Purpose.SHARE,
        withdrawn=january,
        evidence="<script>alert(1)</script>\u202e",
        wording="lost",
    )
    early = replace(hold, given=date(2025, 1, 1), expires=date(2026, 1, 1))
    return (early, hold, match, share)


@pytest.fixture
def told(make: Make) -> Services:
    person = replace(AMINA, name="Amina <Rahman>", consents=history())
    return make(replace(NETWORK, wordings=(OLD, *(NETWORK.wordings or ())), supporters=(person,)))


def test_what_they_had_agreed_to_on_the_third_of_march(told: Services) -> None:
    proof = told.proofs.of("S-0001", MARCH)
    assert [(each.purpose, each.characteristic) for each in proof.agreed] == [
        (Purpose.HOLD, None),
        (Purpose.MATCH, ADHD),
    ]
    assert [(each.purpose, each.refused) for each in proof.no_more] == [(Purpose.SHARE, True)]
    assert ([each.id for each in proof.wordings], proof.missing) == (["2025-1"], ("lost",))
    page = Reader(told.proofs.page(proof))
    for words in (
        "What S-0001 had agreed to on 3 March 2026",
        "Amina <Rahman>, S-0001",
        "Who decides about the data today: The Example Trust.",
        "yes, until 9 January 2027; taken back later, on 1 June 2026",
        "yes, until 9 January 2027",
        "said no on 10 January 2026",
        "on a form; noted by the lead",
        OLD.text,
        "The words of lost are not held by this network.",
        "Made on 20 November 2026",
    ):
        assert words in page.text, words
    assert {"script", "b", "img"}.isdisjoint(page.tags)
    assert "\u202e" not in page.text


def test_other_days_tell_another_story(told: Services) -> None:
    before = told.proofs.of("S-0001", date(2025, 6, 1))
    assert [(e.purpose, e.record.given) for e in before.agreed] == [(Purpose.HOLD, date(2025, 1, 1))]
    gap = told.proofs.of("S-0001", date(2026, 1, 5))
    assert gap.agreed == ()
    assert "ended on 1 January 2026" in Reader(told.proofs.page(gap)).text
    assert "Nothing was agreed to on that day." in Reader(told.proofs.page(gap)).text
    now = told.proofs.of("S-0001", DAY)
    assert {e.purpose: e.standing for e in now.lines}[Purpose.MATCH] is Standing.WITHDRAWN
    assert "taken back on 1 June 2026" in Reader(told.proofs.page(now)).text
    assert told.proofs.of("S-0001", date(2020, 1, 1)).lines == ()
    with pytest.raises(BadInput, match="has not come yet"):
        told.proofs.of("S-0001", DAY + timedelta(days=1))
    with pytest.raises(BadInput, match="no supporter S-9"):
        told.proofs.of("S-9", DAY)


def test_it_is_saved_for_its_owner_alone_and_the_journal_says_so(told: Services, tmp_path: Path) -> None:
    told.evidence.attach("S-0001", Attachment("form.pdf", b"x"), DAY)
    proof = told.proofs.of("S-0001", MARCH)
    path = told.proofs.save(proof, tmp_path / "proof.html")
    assert "form.pdf" in path.read_text("utf-8")
    assert (path.stat().st_mode & 0o777) == 0o600
    entry = told.upkeep.journal()[0]
    assert (entry.action, entry.object, entry.detail) == ("consent-proof", "S-0001", "2026-03-03")
    with pytest.raises(SystemRefused, match="could not be written"):
        told.proofs.save(proof, path)
    with pytest.raises(BadInput, match="inside the network"):
        told.proofs.save(proof, told.folder / "proof.html")
    assert len(told.upkeep.journal(about="S-0001")) == 2
    assert told.proofs.printed(proof) == told.proofs.page(proof)
    assert len(told.upkeep.journal(about="S-0001")) == 3


def test_wordings_are_kept_in_full_counted_and_never_changed(told: Services) -> None:
    words = told.wordings
    assert [(each.wording.id, each.people) for each in words.every(DAY)] == [("2026-1", 0), ("2025-1", 1)]
    assert (words.usual(words.every(DAY)), words.offered_id(DAY)) == ("2025-1", "2026-2")
    new = Wording(" 2026-2 ", "You may take it back.\r\nThe Example Trust decides.\u202e", "en", True)
    done = words.add(new)
    assert done.undo is None
    kept = told.desk.snapshot.wordings[-1]
    assert kept == Wording("2026-2", "You may take it back.\nThe Example Trust decides.", "en", True)
    hold = (Purpose.HOLD, None)
    told.consent.answer(Reply("S-0001", (hold,), (), "2026-2", Method.PAPER, DAY))
    assert next((each.wording.id, each.people) for each in words.every(DAY)) == ("2026-2", 1)
    for bad, field in (
        (replace(new, id="2025-1"), "id"),
        (replace(new, id="no spaces"), "id"),
        (replace(new, id="n" * 41), "id"),
        (replace(new, id="new", text=" \u202e "), "text"),
        (replace(new, id="new", text="x" * 20_001), "text"),
    ):
        with pytest.raises(BadInput, match="not kept") as error:
            words.add(bad)
        assert [fault.place for fault in error.value.faults] == [field]
    assert len(told.desk.snapshot.wordings) == 3
    assert told.upkeep.check().damage == ("supporters[0].consents[3].wording: there is no wording lost",)


def test_what_a_wording_does_not_say_is_told(still: Services) -> None:
    assert len(still.wordings.missing("I agree.")) == 2
    assert still.wordings.missing("The Example Trust keeps it. I can take all or part of it back.") == ()
    assert still.wordings.missing("The example trust keeps it until I withdraw.") == ()
