"""Trusts, hospitals, towns and regions as writers name them."""

from collections.abc import Iterable, Sequence

from peermatch.matching.suggesting.cues import Cues, strings, table
from peermatch.matching.suggesting.names import Name, Names, is_abbreviation
from peermatch.matching.suggesting.patterns import Found, Phrases
from peermatch.matching.suggesting.words import Word
from peermatch.model.organisations import Organisation, Organisations, Site

_IN = frozenset({"in", "around", "near", "across"})
_SHORTEST = 4
_HOSPITALS = frozenset({"acute", "specialist", "community", "mental-health"})


class Places:
    """Finds workplaces in a letter; a site is given as its trust, a town or region as the trusts in it."""

    def __init__(self, organisations: Organisations, cues: Cues) -> None:
        data = cues.tables["stated"]
        self._all = organisations
        self._capital = frozenset(strings(data, "places", "with_capital"))
        self._never = frozenset(strings(data, "places", "never"))
        self._dropped = frozenset(strings(data, "places", "dropped"))
        self._short = {short: str(long) for short, long in table(data, "places", "short").items()}
        self._names = Names(self._every_name(), cues.language)
        self._regions = Phrases(
            ((text, id) for id in table(data, "regions") for text in strings(data, "regions", id)),
            cues.language,
            loose=True,
        )
        self._towns = _by_town(organisations)

    def find(self, letter: Sequence[Word]) -> list[tuple[int, tuple[str, ...]]]:
        """Each place with the word where it begins and the organisations that it stands for."""
        names = self._names.find(letter)
        long = {at for each in names if each.last > each.first for at in range(each.first, each.last + 1)}
        regions = [each for each in self._regions.find(letter) if each.first not in long]
        covered = {at for each in regions for at in range(each.first, each.last + 1)}
        found = [(each.first, self._region(each.meaning)) for each in regions]
        found += [
            (each.first, self._organisations(letter, each)) for each in names if each.first not in covered
        ]
        return sorted((at, ids) for at, ids in found if ids)

    def _region(self, id: str) -> tuple[str, ...]:
        return tuple(
            o.id for o in self._all.all if o.region == id and o.status != "closed" and o.kind in _HOSPITALS
        )

    def _organisations(self, letter: Sequence[Word], named: Found[Name]) -> tuple[str, ...]:
        said = " ".join(word.plain for word in letter[named.first : named.last + 1])
        before = {word.plain for word in letter[max(0, named.first - 2) : named.first]}
        trust = self._all.trust_of(named.meaning.id) if named.meaning.id else ""
        own = (trust,) if trust else ()
        if said in self._towns and (not own or before & _IN):
            return tuple(dict.fromkeys(own + self._towns[said]))
        return own

    def _every_name(self) -> Iterable[Name]:
        every: tuple[Organisation | Site, ...] = (*self._all.all, *self._all.sites.values())
        for each in every:
            for text in dict.fromkeys((each.name, *each.also_written, *self._shorter(each.name))):
                if text.casefold() not in self._never and len(text) > 1:
                    yield Name(each.id, text, capital=self._needs_capital(text))
            for text in each.weak_cues:
                yield Name(each.id, text, capital=True)
        for town in self._all.known_towns:
            yield Name("", town, capital=town.casefold() in self._capital)

    def _needs_capital(self, text: str) -> bool:
        return text.casefold() in self._capital or is_abbreviation(text)

    def _shorter(self, name: str) -> Iterable[str]:
        """A name without the words that fall away, and with the short forms of its towns and counties."""
        bare = name.partition(",")[0].partition("(")[0].split()
        core = [word for word in bare if word.casefold() not in self._dropped]
        text = " ".join(core)
        if len(core) >= 2 and len(text) > _SHORTEST and core[-1].casefold() not in ("and", "of"):
            yield text
        for short, long in self._short.items():
            if long in text.casefold().split():
                yield text.casefold().replace(long, short)


def _by_town(organisations: Organisations) -> dict[str, tuple[str, ...]]:
    """The open trusts that lie, or have a site, in each town."""
    found: dict[str, list[str]] = {}
    places = [(each.town, each) for each in organisations.all if _treats(each)]
    for site in organisations.sites.values():
        trust = organisations.organisations[site.organisation]
        places += [(site.town, trust)] if _treats(trust) else []
    for town, each in places:
        ids = found.setdefault(town.casefold(), [])
        ids += [] if each.id in ids else [each.id]
    return {" ".join(town.replace("-", " ").split()): tuple(ids) for town, ids in found.items() if town}


def _treats(each: Organisation) -> bool:
    return each.status != "closed" and bool(each.town) and each.kind in _HOSPITALS
