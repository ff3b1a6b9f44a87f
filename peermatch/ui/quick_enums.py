"""Qt's hundreds of enumerations made in a third of the time: a start makes two hundred of them, with 2,500 members.

PySide6 has Python's `enum` make each class anew when something near it is first touched: `Qt` alone brings 1,200 names
along. Python looks at every member as if a person had written it, with aliases, descriptors and mixed types. What comes
from C++ are names and numbers, so that only the class without members is made in Python's way, once a kind, and all
others are copies of it with their members put in. What is made is the same: tests/ui/test_quick_enums.py compares.
"""

import enum
import sys
from collections.abc import Callable, Iterable
from typing import Any

KNOWN = (3, 11)
"""How `enum` keeps its members is its own affair: in another version of Python it makes them itself."""
TAKEN = {
    kind: frozenset(name for each in kind.__mro__ for name in vars(each))
    for kind in (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
}
"""All that Qt has, and the names that each of them has itself."""
FRESH = ("_member_names_", "_member_map_", "_value2member_map_", "_unhashable_values_")
OWN = ("__dict__", "__weakref__")

Kind = type[enum.Enum]
Pairs = Iterable[tuple[str, int]]
Make = Callable[..., Kind]


class QuickEnums:
    """Stands in for the making of enumerations by name and members; what is not Qt's goes the plain way."""

    def __init__(self, plain: Make) -> None:
        self.plain = plain
        self._moulds: dict[tuple[Kind, object], dict[str, Any]] = {}

    def make(self, base: Kind, name: str, members: Any, **said: Any) -> Kind:
        """A class of that kind with these members."""
        if base not in TAKEN or said.get("type") is not None or not _plain_members(TAKEN[base], members):
            return self.plain(base, name, members, **said)
        made: Kind = self._bare(base, name, said)
        _fill(made, members)
        return made

    def _bare(self, base: Kind, name: str, said: dict[str, Any]) -> Any:
        """The class without members, of the module of whoever asks where it was not named: PySide6 names it later."""
        boundary = said.get("boundary")
        if (base, boundary) not in self._moulds:
            mould = dict(vars(self.plain(base, name, (), module=__name__, boundary=boundary)))
            self._moulds[base, boundary] = {key: mould[key] for key in mould if key not in OWN}
        held = dict(self._moulds[base, boundary])
        for each in held.keys() & FRESH:
            held[each] = type(held[each])()
        held["__module__"] = said.get("module") or _who_asks()
        if said.get("qualname") is not None:
            held["__qualname__"] = said["qualname"]
        return type.__new__(type(base), name, (base,), held)


def _plain_members(taken: frozenset[str], members: Any) -> bool:
    """Whether these are names and numbers and nothing more, each name once; whatever else it is goes the plain way."""
    if not isinstance(members, list | tuple) or not all(map(_plain_member, members)):
        return False
    names = {name for name, _ in members}
    return len(names) == len(members) and taken.isdisjoint(names)


def _plain_member(member: Any) -> bool:
    return (
        isinstance(member, list | tuple)
        and len(member) == 2
        and type(member[0]) is str
        and member[0][:1] not in ("", "_")
        and type(member[1]) is int
    )


def _who_asks() -> str:
    """The module of whoever makes one; a thread of Qt's own may have nothing of Python below it."""
    try:
        return str(sys._getframe(5).f_globals.get("__name__", __name__))
    except ValueError:
        return __name__


def _fill(made: Any, members: Pairs) -> None:
    names, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    flag, new, put = issubclass(made, enum.Flag), made._new_member_, type.__setattr__
    number = issubclass(made, int)
    for name, value in members:
        member = by_value.get(value)
        if member is None:
            by_value[value] = member = new(made, value) if number else new(made)
            member._value_, member._name_, member.__objclass__ = value, name, made
            member._sort_order_ = len(names)
            if not flag or _single(value):
                names.append(name)
        by_name[name] = member
        put(made, name, member)
    if flag:
        _measure(made, names, by_name, members)


def _single(value: int) -> bool:
    """Whether it is one bit: of the others a flag is made of several."""
    return value > 0 and value & (value - 1) == 0


def _measure(made: Any, names: list[str], by_name: dict[str, Any], members: Pairs) -> None:
    """What a flag knows of all its bits."""
    mask = single = 0
    for _, value in members:
        mask |= value
        single |= value if _single(value) else 0
    made._flag_mask_, made._singles_mask_, made._all_bits_ = mask, single, 2 ** mask.bit_length() - 1
    values = [by_name[name]._value_ for name in names]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_


def make_enums_quickly() -> None:
    """From now on; once is enough."""
    maker: Any = enum.EnumType
    if sys.version_info[:2] == KNOWN and not hasattr(maker._create_, "quick"):
        quick = QuickEnums(maker._create_)

        def create(base: Kind, name: str, members: Any, **said: Any) -> Kind:
            return quick.make(base, name, members, **said)

        vars(create)["quick"] = quick
        maker._create_ = create
