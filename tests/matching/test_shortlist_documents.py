"""The shortlist as other programs and the summary read it."""

import json
from datetime import date

from peermatch.matching.engine import shortlist_to_dict
from peermatch.model.verdict import Code
from tests.matching.cases import ON, ask, consent, enquiry, supporter

PEOPLE = (
    supporter("S-1", "sea.whale"),
    supporter("S-2", "sea.whale.orca", paused_until=date(2027, 3, 1)),
    supporter("S-3", "land.mouse", capacity=0),
    supporter("S-4", "land.mouse"),
    supporter("S-5", "sea.whale", consents=(consent(None),)),
    supporter("S-6", "sea.whale"),
)
SHORTLIST = ask(enquiry("sea.whale"), *PEOPLE)


def test_the_document_is_that_of_the_formats() -> None:
    document = shortlist_to_dict(SHORTLIST, 1)
    assert json.loads(json.dumps(document)) == {
        "enquiry": "E-1",
        "on": "2026-11-20",
        "policy": "standard 1",
        "ambiguous": True,
        "of": 2,
        "suggested": [
            {
                "supporter": "S-1",
                "score": 1.0,
                "rare": False,
                "reasons": [
                    {"rule": "essential", "points": 1.0, "text": "Shares Whale"},
                    {
                        "rule": "load",
                        "points": 0.0,
                        "text": "0 of 2 introductions in hand, not asked in twelve months",
                    },
                ],
            }
        ],
        "refused": [
            {"supporter": "S-2", "code": "paused", "codes": ["paused"], "text": "Paused until 1 March 2027"},
            {
                "supporter": "S-3",
                "code": "no_room",
                "codes": ["no_room", "essential_not_shared"],
                "text": "Has no room now: 0 of 0 in hand",
            },
            {
                "supporter": "S-4",
                "code": "essential_not_shared",
                "codes": ["essential_not_shared"],
                "text": "Does not share Whale",
            },
            {
                "supporter": "S-5",
                "code": "consent_missing",
                "codes": ["consent_missing"],
                "text": "Consent for what this enquiry needs was never given: ask first",
            },
        ],
    }


def test_top_cuts_those_suggested_and_nought_means_all() -> None:
    for top, shown in ((0, 2), (1, 1), (20, 2)):
        document = shortlist_to_dict(SHORTLIST, top)
        assert isinstance(document["suggested"], list)
        assert isinstance(document["refused"], list)
        assert (len(document["suggested"]), document["of"], len(document["refused"])) == (shown, 2, 4)


def test_why_not_counts_first_reasons_most_first_then_as_in_the_table() -> None:
    more = [supporter(f"S-{n}", "land.mouse") for n in (7, 8)]
    shortlist = ask(enquiry("sea.whale"), *PEOPLE, *more, on=ON)
    assert shortlist.counts == (
        (Code.ESSENTIAL_NOT_SHARED, 3),
        (Code.PAUSED, 1),
        (Code.NO_ROOM, 1),
        (Code.CONSENT_MISSING, 1),
    )
