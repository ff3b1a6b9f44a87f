"""Everybody's record by id, kept as bytes and made into a value when somebody asks for it: ranking needs none."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView

from peermatch.model.people import Supporter, first_name, shown_name
from peermatch.model.record_bytes import Body, decode, records_in
from peermatch.model.roll import Columns, Roll, line_of

Read = Callable[[], Mapping[str, Supporter]]
ReadOne = Callable[[str], Supporter | None]
MOST_SINGLY = 64
"""Whoever asks for more than so many one by one is given everybody at once, which then costs less."""
KEPT_WHOLE = 6_000
"""Up to so many people every record that was asked for stays made; of more, the last few alone."""
MOST_MADE = 1_000


class Packed(Mapping[str, Supporter]):
    """Records as the store packs them, band by band; each is made when it is asked for, and few are kept so."""

    __slots__ = ("_bodies", "_made", "_most", "_opened", "_starts", "columns")

    def __init__(self, bodies: Iterable[bytes]) -> None:
        pressed, starts = list[bytes](), array("I", (0,))

        def lines() -> Iterator[bytes]:
            for body in map(Body.of, bodies):
                pressed.append(body.pressed)
                starts.append(starts[-1] + len(body))
                yield body.lines

        self.columns = Columns.of(lines())
        self._bodies, self._starts = tuple(pressed), starts
        self._made: dict[int, Supporter] = {}
        self._opened: tuple[int, Sequence[bytes]] = -1, ()
        self._most = KEPT_WHOLE if len(self) <= KEPT_WHOLE else MOST_MADE

    def __getitem__(self, id: str) -> Supporter:
        place = self.columns.place(id)
        if place is None:
            raise KeyError(id)
        found = self._made.get(place)
        if found is None:
            band = bisect_right(self._starts, place) - 1
            found = decode(self._records(band)[place - self._starts[band]])
            if len(self._made) >= self._most:
                self._made.clear()
            self._made[place] = found
        return found

    def _records(self, band: int) -> Sequence[bytes]:
        """Those of a band; the last that somebody asked for stays at hand, for the next is often of it."""
        opened, records = self._opened  # read at once: two threads may ask
        if opened != band:
            records = records_in(self._bodies[band], self._starts[band + 1] - self._starts[band])
            self._opened = band, records
        return records

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.columns.place(id) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.ids)

    def __len__(self) -> int:
        return self._starts[-1]

    def each(self) -> Iterator[Supporter]:
        """All records in order; those of a great network are not kept."""
        if self._most >= len(self):
            yield from map(self.__getitem__, self.columns.ids)
            return
        for band, pressed in enumerate(self._bodies):
            yield from map(decode, records_in(pressed, self._starts[band + 1] - self._starts[band]))


class People(Mapping[str, Supporter]):
    """The records of all supporters; whoever opens a window reads them at once, where the file may be read.

    ``read_one`` reads a single record, for steps that need no other; without it the first question reads everybody.
    A change makes a new picture of a few and shares all others.
    """

    __slots__ = ("_gone", "_held", "_known", "_read", "_read_one", "_rolls", "_singly")

    def __init__(
        self,
        read: Read,
        known: Mapping[str, Supporter] | None = None,
        read_one: ReadOne | None = None,
        held: Mapping[str, Supporter] | None = None,
        gone: frozenset[str] = frozenset(),
    ) -> None:
        self._read, self._known, self._read_one = read, known, read_one
        self._held, self._gone = held or {}, gone
        self._singly: dict[str, Supporter] = {}
        self._rolls: list[Roll] = []

    def read(self) -> "People":
        """Have all of them at hand, read once."""
        self._all()
        return self

    def changed(self, held: Mapping[str, Supporter], gone: frozenset[str]) -> "People":
        """The same people after a change; those who were not read yet are read as the file then has them."""
        if self._known is None:
            return People(self._read, None, self._read_one)
        stay = {id: each for id, each in self._held.items() if id not in gone} | {**held}
        away = (self._gone | {id for id in gone if id in self._known}) - held.keys()
        after = People(self._read, self._known, self._read_one, stay, frozenset(away))
        if self._rolls:
            lines = {id: line_of(each) for id, each in held.items()}
            after._rolls.append(self._rolls[0].changed(lines, gone))
        return after

    @property
    def roll(self) -> Roll:
        """The line of each in a list."""
        if not self._rolls:
            self._rolls.append(self._roll())
        return self._rolls[0]

    def first_name(self, id: str) -> str | None:
        """What to call somebody; None for whoever is not held."""
        called = self._called(id)
        return None if called is None else first_name(*called)

    def shown_name(self, id: str) -> str | None:
        """Somebody's name for lists beside other people's needs; None for whoever is not held."""
        called = self._called(id)
        return None if called is None else shown_name(*called)

    def _called(self, id: str) -> tuple[str, str | None] | None:
        """By the roll, where there is one: to make a whole record for a name takes fifty times as long."""
        if not self._rolls:
            person = self.get(id)
            return None if person is None else (person.name, person.known_as)
        roll = self._rolls[0]
        number = roll.number(id)
        return None if number is None else (roll.name(number), roll.known(number))

    def _roll(self) -> Roll:
        known = self._all()
        if not isinstance(known, Packed):
            return Roll.of(self.values())
        lines = {id: line_of(each) for id, each in self._held.items()}
        return Roll(known.columns).changed(lines, self._gone)

    def _all(self) -> Mapping[str, Supporter]:
        if self._known is None:
            self._known = self._read()
        return self._known

    def __getitem__(self, id: str) -> Supporter:
        if self._known is None and self._read_one is not None and len(self._singly) < MOST_SINGLY:
            return self._one(id, self._read_one)
        if id in self._held:
            return self._held[id]
        if id in self._gone:
            raise KeyError(id)
        return self._all()[id]

    def _one(self, id: str, read_one: ReadOne) -> Supporter:
        found = self._singly.get(id) or read_one(id)
        if found is None:
            raise KeyError(id)
        self._singly[id] = found
        return found

    def __contains__(self, id: object) -> bool:
        if self._known is None:
            return super().__contains__(id)
        return id in self._held or (id in self._known and id not in self._gone)

    def __iter__(self) -> Iterator[str]:
        known = self._all()
        yield from (id for id in known if id not in self._gone) if self._gone else known
        yield from (id for id in self._held if id not in known)

    def __len__(self) -> int:
        known = self._all()
        return len(known) - len(self._gone) + sum(1 for id in self._held if id not in known)

    def values(self) -> ValuesView[Supporter]:
        """All records, in the order in which people were added."""
        return _Values(self)

    def each(self) -> Iterator[Supporter]:
        """The same, one after the other."""
        known, held, gone = self._all(), self._held, self._gone
        listed = known.each() if isinstance(known, Packed) else known.values()
        if held or gone:
            listed = (held.get(person.id, person) for person in listed if person.id not in gone)
        yield from listed
        yield from (person for id, person in held.items() if id not in known)


class _Values(ValuesView[Supporter]):
    """Records one band after the other, rather than each looked up by its id."""

    def __init__(self, people: People) -> None:
        super().__init__(people)
        self._people = people

    def __iter__(self) -> Iterator[Supporter]:
        return self._people.each()
