"""Which topics come together: what doctors who needed one topic were also glad of, in the letters learned from.

A letter about a new baby is often also about less than full-time work, though no sentence says so. Such a topic is a
second choice: it may be shown below what the letter says. Origin, faith, sexuality and gender are never reckoned from
company, only from what the writer says of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from peermatch.matching.suggesting.arrays import Arrays, Floats, damaged

OF_PERSON = ("race.", "faith.", "sexuality.", "gender.")
"""How the names of topics begin that say who somebody is."""
_DOUBT = 0.05
"""What is taken to be about something else in any letter, so that one faint topic does not bring its whole company."""


@dataclass(frozen=True, slots=True)
class Company:
    """For each topic how often it was needed and useful (logarithms), and useful where another was needed (shares)."""

    terms: tuple[str, ...]
    needed: Floats
    useful: Floats
    beside: Floats

    def __post_init__(self) -> None:
        finite = all(np.isfinite(each).all() for each in (self.needed, self.useful, self.beside))
        if not finite or (self.beside < 0).any():
            raise damaged("its company cannot be meant")

    @classmethod
    def of(cls, arrays: Arrays, terms: tuple[str, ...]) -> "Company":
        """The company of a file."""
        many = len(terms)
        return cls(
            terms,
            arrays.floats("company.needed", many),
            arrays.floats("company.useful", many),
            arrays.floats("company.beside", many, many),
        )

    def clues(self, terms: Sequence[str], likely: Floats) -> Floats:
        """Three numbers for each topic: how common it is, how common as second choice, how much its company says."""
        known = {term: place for place, term in enumerate(self.terms)}
        found = np.zeros((len(terms), 3), dtype=np.float32)
        found[:, 0], found[:, 1] = self.needed.min(), self.useful.min()
        here = [(row, known[term]) for row, term in enumerate(terms) if term in known]
        if not here:
            return found
        rows, places = (list(each) for each in zip(*here, strict=True))
        found[rows, 0], found[rows, 1] = self.needed[places], self.useful[places]
        share = likely[rows].astype(np.float64)
        beside = self.beside[np.ix_(places, places)]
        shared = share @ beside - share * beside.diagonal() + _DOUBT * np.exp(self.useful[places])
        found[rows, 2] = np.log(shared / (share.sum() - share + _DOUBT)) - self.useful[places]
        found[[term.startswith(OF_PERSON) for term in terms], 2] = 0.0
        return found

    def leader(self, term: str, others: Sequence[str], likely: Sequence[float]) -> str | None:
        """The topic whose company another keeps most."""
        known = {each: place for place, each in enumerate(self.terms)}
        if term not in known:
            return None
        shares = {
            other: share * float(self.beside[known[other], known[term]])
            for other, share in zip(others, likely, strict=True)
            if other in known and other != term
        }
        return max(shares, key=lambda other: (shares[other], other), default=None)
