"""Enumerations that are made quickly are what Python's own making makes of the same names and numbers."""

import enum
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from peermatch.ui.quick_enums import KNOWN, QuickEnums, make_enums_quickly

KINDS: tuple[Any, ...] = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
MAKER: Any = enum.EnumType
PLAIN = MAKER._create_.quick.plain if hasattr(MAKER._create_, "quick") else MAKER._create_
OWN = ("_member_map_", "_value2member_map_", "_iter_member_", "__doc__")
HOSTILE = (
    (),
    (("One", 1), ("Other", 1), ("Zero", 0), ("Below", -3), ("Many", 2**31)),
    (("Four", 4), ("One", 1), ("Five", 5), ("Two", 2), ("All", 7)),
    (("name", 1), ("value", 2)),
    (("_hidden", 1), ("Seen", 2)),
    (("Word", "text"), ("One", 1)),
    (("True_", True), ("Half", 0.5)),
    (("Twice", 1), ("Twice", 2)),
    (("", 1),),
    (("Of", "three", 1),),
    ["RED", "GREEN", "BLUE"],
    ["ab", "cd"],
    [["One", 1], ["Two", 2]],
    [7],
)


def facts(kind: Any) -> dict[str, object]:
    """Everything that a class of an enumeration knows, apart from its own objects."""
    members = kind.__members__
    held = {key: value for key, value in vars(kind).items() if key not in members and key not in OWN}
    return {
        "held": {key: value for key, value in held.items() if not key.startswith("__")},
        "keys": sorted(vars(kind)),
        "said": [(name, each.name, each._value_, repr(each), str(each)) for name, each in members.items()],
        "order": [each._sort_order_ for each in members.values()],
        "parts": [sorted(vars(each)) for each in members.values()],
        "gone through": [each.name for each in kind],
        "by value": [(value, each.name) for value, each in kind._value2member_map_.items()],
        "by rank": kind.__dict__.get("_iter_member_") is not None,
        "where": (kind.__module__, kind.__qualname__, kind.__name__, kind.__mro__[1:]),
    }


def of_qt() -> Iterator[Any]:
    """Every enumeration of the parts of Qt that are used here."""
    for part in (QtCore, QtGui, QtWidgets):
        for name in dir(part):
            thing = getattr(part, name)
            for each in (thing, *vars(thing).values()) if isinstance(thing, type) else ():
                if isinstance(each, enum.EnumType):
                    yield each


def both(base: Any, members: Any) -> tuple[Any, Any]:
    """The same made in both ways; a fault where one is raised."""
    found = []
    for make in (PLAIN, QuickEnums(PLAIN).make):
        try:
            found.append(facts(make(base, "Made", members, module="somewhere", boundary=None)))
        except (TypeError, ValueError) as error:
            found.append({"fault": type(error)})
    return found[0], found[1]


@pytest.mark.parametrize("base", KINDS)
@pytest.mark.parametrize("members", HOSTILE)
def test_whatever_the_members_are(base: Any, members: Any) -> None:
    plain, quick = both(base, members)
    assert plain == quick


def test_all_that_qt_has() -> None:
    kinds = list(of_qt())
    assert len(kinds) > 400
    for kind in kinds:
        members = [(name, int(each.value)) for name, each in kind.__members__.items()]
        plain, quick = both(kind.__mro__[1], members)
        assert plain == quick, kind


def test_flags_join_and_part_as_ever() -> None:
    made: Any = QuickEnums(PLAIN).make(
        enum.Flag, "Made", [("One", 1), ("Two", 2), ("Both", 3)], module="here", boundary=enum.KEEP
    )
    assert made.One | made.Two is made.Both
    assert ~made.One is made.Two
    assert made(8).value == 8
    assert list(made.Both) == [made.One, made.Two]


def test_what_is_named_in_another_way_is_made_by_python() -> None:
    quick = QuickEnums(PLAIN)
    words: Any = quick.make(enum.Enum, "Words", "ONE TWO", module="here")
    assert [each.value for each in words] == [1, 2]
    kept: Any = quick.make(enum.StrEnum, "Kept", [("ONE", "one")], module="here")
    assert kept.ONE == "one"


def test_it_is_put_in_once_and_only_where_python_is_known() -> None:
    make_enums_quickly()
    first = MAKER._create_
    make_enums_quickly()
    assert MAKER._create_ is first
    assert hasattr(first, "quick") == (sys.version_info[:2] == KNOWN)


def test_who_makes_one_is_where_it_comes_from() -> None:
    assert enum.Enum("Mine", [("ONE", 1)]).__module__ == __name__
