"""The roll says of each what lists need, in order of names, and a change is in it without the others being read."""

from collections.abc import Mapping
from dataclasses import fields, replace
from random import Random

import pytest

from peermatch.model.people import Supporter
from peermatch.model.roll import Columns, Line, Roll, fold, line_of, lines_of, packed
from peermatch.model.texts import Texts
from tests.matching.small_reference import SMALL
from tests.networks import AMINA, TOM
from tests.strategies import Chance


def people(count: int, seed: int = 3) -> dict[str, Supporter]:
    chance = Chance(seed, SMALL)
    names = ("Zoë Ash", "zoe ash", "Bo", "Bo Lind", "Élan", "", "O'Neill", "李 明")
    made = (replace(chance.supporter(f"S-{n}"), name=names[n % len(names)]) for n in range(count))
    return {each.id: each for each in made}


def told(roll: Roll) -> list[Line]:
    return [roll.line(number) for number in roll.order]


def by_name(held: Mapping[str, Supporter]) -> list[Line]:
    return sorted(map(line_of, held.values()), key=lambda line: line.key)


def test_lines_come_back_from_their_bytes() -> None:
    held = people(20)
    parts = (lines_of(list(held.values())[:9]), lines_of(list(held.values())[9:]))
    columns = Columns.of(parts)
    lines = [line_of(each) for each in held.values()]
    assert [columns.line(place) for place in range(len(columns))] == lines
    assert packed(lines[:9]) == parts[0]
    assert len(Columns.of(())) == 0


@pytest.mark.parametrize(
    ("texts", "even"),
    [((), None), (("", ""), None), (("ab", "cd"), b"abcd"), (("ab", "c"), None), (("é", "a"), None)],
)
def test_texts_of_one_length_are_known_to_be(texts: tuple[str, ...], even: bytes | None) -> None:
    found = Texts("".join(texts), map(len, texts))
    assert found.even == even
    assert (tuple(found), len(found)) == (texts, len(texts))


def test_a_line_says_nothing_of_a_topic_or_a_consent() -> None:
    names = {each.name for each in fields(Line)}
    assert names == {
        "id",
        "name",
        "key",
        "status",
        "grade",
        "specialty",
        "organisation",
        "place",
        "also",
        "known",
    }


def test_after_any_changes_it_is_as_one_made_anew() -> None:
    held, chance = people(30), Random(5)
    roll = Roll.of(held.values())
    assert told(roll) == by_name(held)
    fresh = people(60, seed=9)
    for _ in range(12):
        new = {id: fresh[id] for id in chance.sample(sorted(fresh), 3)}
        gone = set(chance.sample(sorted(held), 2)) - new.keys()
        held = {id: each for id, each in held.items() if id not in gone} | new
        before, roll = told(roll), roll.changed({id: line_of(each) for id, each in new.items()}, gone)
        assert told(roll) == by_name(held) != before
        assert len(roll) == len(held) == len(list(roll))
        for id in fresh:
            number = roll.number(id)
            assert (number is None) == (id not in held)
            assert number is None or (roll.id(number), roll.status(number)) == (id, held[id].status)


def test_every_word_that_was_typed_must_be_in_the_name_or_the_id() -> None:
    held = {each.id: each for each in (replace(AMINA, known_as="Mina"), TOM)}
    roll = Roll.of(held.values()).changed({"S-9": line_of(replace(TOM, id="S-9", name="Zoë Ash"))}, ())

    def found(typed: str) -> set[str]:
        return {roll.id(number) for number in roll.called(typed, roll.order)}

    assert found("") == {*held, "S-9"}
    assert found("zoe") == found("ASH z") == {"S-9"}
    assert found("mina") == {AMINA.id}
    assert found(f"{AMINA.name.split()[0]} mina") == {AMINA.id}
    assert found("nobody") == set()
    assert AMINA.id in found(AMINA.id)


def test_folding_keeps_words_alone() -> None:
    assert [fold(each) for each in ("  Zoë  O'Neill-Ash ", "Straße", "ID 4.", "")] == [
        "zoe o neill ash",
        "strasse",
        "id 4",
        "",
    ]
