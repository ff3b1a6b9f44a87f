"""The reader of letters of one network: it knows the terms and organisations that the network added itself."""

from dataclasses import replace
from typing import TYPE_CHECKING

from peermatch.model.letter import Letter, Proposal
from peermatch.services.shipped import Shipped
from peermatch.services.snapshot import Snapshot

if TYPE_CHECKING:
    from peermatch.model.characteristics import Vocabulary
    from peermatch.model.organisations import Organisations
    from peermatch.services.reader import Reader


class OwnReader:
    """Reads with what ships until the network has something of its own; made anew when that changes."""

    def __init__(self, shipped: Shipped) -> None:
        self._shipped = shipped
        self._made: tuple[Vocabulary, Organisations, Reader] | None = None

    def propose(self, letter: Letter, picture: Snapshot) -> Proposal:
        """What a letter seems to ask for, as this network calls it; a term that was retired is proposed no more."""
        found = self._reader(picture).propose(letter)
        retired = {id for id, standing in picture.standings.items() if standing.retired is not None}
        kept = tuple(each for each in found.topics if each.characteristic not in retired)
        return found if len(kept) == len(found.topics) else replace(found, topics=kept)

    def _reader(self, picture: Snapshot) -> "Reader":
        ships, known = self._shipped.reference, picture.reference
        if known.vocabulary is ships.vocabulary and known.organisations is ships.organisations:
            self._made = None
            return self._shipped.suggester
        made = self._made
        if made is None or made[0] is not known.vocabulary or made[1] is not known.organisations:
            made = (known.vocabulary, known.organisations, self._shipped.suggester.of_network(known))
            self._made = made
        return made[2]

    def forget(self) -> None:
        """The network locks: not a word of any letter stays."""
        if self._made is not None:
            self._made[2].forget()
        self._made = None
        self._shipped.suggester.forget()
