"""Pairs that must never meet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Barred:
    """A pair that must never meet: an enquirer's address and a supporter's id, held or not."""

    enquirer: str
    supporter: str
