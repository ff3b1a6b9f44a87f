"""People with consent of every kind, on days near and beyond all sense, for questions about everybody at once."""

from dataclasses import replace
from datetime import date

from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.people import Supporter
from tests.strategies import NEAR_DAYS, Chance

FAR = (
    date.min,
    date(1989, 12, 31),
    date(1990, 1, 1),
    date(2169, 6, 4),
    date(2169, 6, 5),
    date(2169, 6, 6),
    date.max,
)


def person(chance: Chance, number: int) -> Supporter:
    """Somebody with consent of every kind; of a few, on days beyond all sense."""
    dice = chance.random
    some = replace(chance.supporter(f"S-{number:04d}"), consents=())
    days = (*NEAR_DAYS, *FAR) if dice.random() < 0.2 else NEAR_DAYS
    topics = (None, *some.characteristics, dice.choice(chance.terms))

    def record() -> ConsentRecord:
        return ConsentRecord(
            dice.choice((Purpose.HOLD, Purpose.HOLD, *Purpose)),
            dice.choice(topics),
            dice.choice(days),
            dice.choice((None, *days)),
            dice.choice((None, None, None, *days[:2])),
            Method.FORM,
            dice.choice(("narrow", "wide")),
        )

    return replace(some, consents=tuple(record() for _ in range(dice.choice((0, 2, 4, 8)))))
