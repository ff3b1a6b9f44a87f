"""What is packed of somebody's consent from a day on, at the edges of what fits, and what chunks and words rest on."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from peermatch.model import packed
from peermatch.model.consent import ConsentRecord, ConsentRules, Method, Purpose, Wording
from peermatch.model.packed import (
    FIRST_DAY,
    NEVER_SETTLED,
    NO_END,
    Packer,
    key,
    layout,
    mark,
    origin,
    people_in,
)
from peermatch.model.packed_words import Words
from peermatch.model.people import Supporter
from tests.matching.small_reference import SMALL
from tests.model.test_packed import column
from tests.strategies import WORDINGS

RULES = ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms)
GIVEN = date(1979, 1, 1)
LAST = date.fromordinal(FIRST_DAY + NO_END - 1)
NO_LONGER = date.fromordinal(FIRST_DAY + NO_END)


def said(*consents: ConsentRecord) -> dict[str, tuple[int, ...]]:
    """The columns about the outlook of one person."""
    read = layout(Packer(RULES, Words()).pack((Supporter("S-1", "Jo", consents=consents),)))
    return {name: column(read, name) for name in ("settled", "over", "agreed.until")}


def agreed(until: date | None, *, to: Purpose = Purpose.HOLD, withdrawn: date | None = None) -> ConsentRecord:
    return ConsentRecord(to, None, GIVEN, until, withdrawn, Method.FORM, WORDINGS[0].id)


def test_nobody_who_was_never_asked_has_an_end() -> None:
    assert said() == {"settled": (0,), "over": (0,), "agreed.until": ()}


@pytest.mark.parametrize(
    ("until", "number"), [(date(1990, 1, 2), 1), (LAST, NO_END - 1), (date(2027, 1, 1), 13514)]
)
def test_a_day_that_fits_is_kept(until: date, number: int) -> None:
    assert said(agreed(until)) == {"settled": (0,), "over": (number,), "agreed.until": (number,)}


@pytest.mark.parametrize("until", [date(1980, 1, 1), date(1990, 1, 1), NO_LONGER, date.max])
def test_whoever_has_a_day_that_does_not_fit_is_never_settled(until: date) -> None:
    assert said(agreed(until))["settled"] == (NEVER_SETTLED,)


def test_so_is_whoever_took_everything_back_before_the_first_day_that_fits() -> None:
    found = said(agreed(date(1981, 1, 1), withdrawn=date(1980, 1, 1)))
    assert found == {"settled": (NEVER_SETTLED,), "over": (0,), "agreed.until": ()}


def test_nor_does_anybody_settle_who_says_yes_in_the_far_future() -> None:
    late = replace(agreed(None), given=date(2400, 1, 1))
    assert said(late)["settled"] == (NEVER_SETTLED,)


def test_what_has_no_end_comes_last() -> None:
    records = (
        agreed(None),
        agreed(LAST, to=Purpose.COUNT),
        agreed(date(1990, 1, 2), to=Purpose.CONTACT_EMAIL),
    )
    assert said(*records)["agreed.until"] == (1, NO_END - 1, NO_END)


def test_a_chunk_rests_on_the_version_and_the_letters_that_python_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = origin((), SMALL.vocabulary)
    with monkeypatch.context() as other:
        other.setattr(packed, "VERSION", packed.VERSION + 1)
        assert origin((), SMALL.vocabulary) != now
    with monkeypatch.context() as other:
        other.setattr(unicodedata, "unidata_version", "1.0")
        assert origin((), SMALL.vocabulary) != now
    assert origin((), SMALL.vocabulary) == now


def test_terms_matter_only_where_a_wording_covers_narrower_ones() -> None:
    known = SMALL.vocabulary
    more = known.extended([replace(known.terms["sea.whale"], id="own.new")])
    wide = Wording("b", "And all below.", covers_narrower=True)
    assert origin((), more) == origin((), known)
    assert origin((wide,), more) != origin((wide,), known)


def test_letters_that_no_file_can_hold_are_packed_all_the_same() -> None:
    odd = "S-\udc80"
    chunk = Packer(RULES, Words()).pack((Supporter(odd, odd),))
    assert layout(chunk).ids == (odd,)
    assert len({key(odd), key("S-"), key("S-?")}) == len({mark(odd), mark("S-"), mark("S-?")}) == 3


def test_words_that_are_put_together_are_plain_and_nothing_is_put_together_of_nothing() -> None:
    words = Words()
    assert words.bundle(()) == len(words) == 0
    assert words.text(words.bundle(("é", "\udc80"))).isascii()


@pytest.mark.parametrize("known", [2**15, 2**16 - 2, 2**16 - 1])
def test_a_code_takes_two_bytes_as_long_as_it_fits(known: int) -> None:
    words = Words(str(number) for number in range(known - 1))
    where = words.bundle((None, ""))  # what stands of somebody without any place
    read = layout(Packer(RULES, words).pack((Supporter("S-1", "Jo", place="", programmes=(), languages=()),)))
    assert (where, column(read, "where")) == (known, (known,))
    assert read.code_width == 2


def test_how_many_are_in_a_chunk_is_known_by_its_head() -> None:
    packer = Packer(RULES, Words())
    people = [Supporter(f"S-{number}", "Jo") for number in range(3)]
    assert [people_in(packer.pack(people[:number])) for number in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match=r"^these bytes are no chunk of this version$"):
        people_in(b"")


def test_a_chunk_that_is_no_chunk_is_told_from_one_of_another_length() -> None:
    chunk = Packer(RULES, Words()).pack((Supporter("S-1", "Jo"),))
    for spoilt in (chunk[:20], b"PN" + chunk[2:], b"PM\xff" + chunk[3:]):
        with pytest.raises(ValueError, match=r"^these bytes are no chunk of this version$"):
            layout(spoilt)
    for spoilt in (chunk[:-1], chunk + b"\0"):
        with pytest.raises(ValueError, match=r"^a chunk is longer or shorter than its counts say$"):
            layout(spoilt)


def test_what_is_known_of_everybody_stands_in_bits_of_their_own() -> None:
    """1: something was never asked for; 2: something was taken back; 4: something was said about being counted."""
    kept, back = agreed(None), agreed(None, withdrawn=date(1980, 1, 1))
    counted, no_longer = (
        agreed(None, to=Purpose.COUNT),
        agreed(None, to=Purpose.COUNT, withdrawn=date(1980, 1, 1)),
    )
    expected = {
        (): 1,
        (kept,): 0,
        (back,): 2,
        (kept, counted): 4,
        (counted,): 5,
        (kept, no_longer): 6,
        (no_longer,): 7,
    }
    for consents, bits in expected.items():
        chunk = Packer(RULES, Words()).pack((Supporter("S-1", "Jo", consents=consents),))
        assert column(layout(chunk), "outlook") == (bits,)
