"""A network in which nothing may be written any more: it is damaged, or a backup that is only looked at."""

from peermatch.errors import Damaged, PeerMatchError


class Seal:
    """Open at first; once it is `put on`, everything that writes is refused with one sentence."""

    def __init__(self) -> None:
        self._why: PeerMatchError | None = None

    @property
    def on(self) -> bool:
        """Whether nothing may be written."""
        return self._why is not None

    @property
    def looking(self) -> bool:
        """Whether it is only looked at; what is damaged is none of that, for it may be put right by a backup."""
        return self.on and not isinstance(self._why, Damaged)

    def put_on(self, why: PeerMatchError) -> None:
        """From now on nothing is written; the first reason stays."""
        self._why = self._why or why

    def refuse(self, *, but_damage: bool = False) -> None:
        """Say why nothing may be written, where that is so; ``but_damage`` lets through what puts damage right."""
        if self._why is not None and not (but_damage and not self.looking):
            raise type(self._why)(self._why.what, self._why.hint)
