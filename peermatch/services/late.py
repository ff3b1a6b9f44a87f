"""A thing that is made when it is first asked for, so that nothing waits for what it does not need."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Late(Generic[T]):
    """Call it to get the thing; two threads that come first at the same moment are given the same one."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: dict[None, T] = {}

    @property
    def made(self) -> T | None:
        """The thing if there is one already."""
        return self._made.get(None)

    def __call__(self) -> T:
        """The thing; a dict keeps the first of two that were made at once."""
        return self._made[None] if self._made else self._made.setdefault(None, self._make())
