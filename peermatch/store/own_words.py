"""What a network words itself, together: into a new store with the network, and out of it again."""

from dataclasses import replace
from datetime import date
from typing import TypedDict

from peermatch.model.letter_text import OwnText
from peermatch.model.listing import Entry, Link
from peermatch.model.network import Network, OwnStanding
from peermatch.model.own_terms import TermStanding
from peermatch.model.signpost_own import NetworkSignpost
from peermatch.store import directory, letter_texts, own_lists, signposts
from peermatch.store.transaction import Transaction


class OwnWords(TypedDict):
    """The members of a network that it words itself."""

    standings: tuple[OwnStanding, ...]
    signposts: tuple[NetworkSignpost, ...]
    letters: tuple[OwnText, ...]
    listing: tuple[Entry, ...]
    links: tuple[Link, ...]


def fill(tx: Transaction, network: Network, since: date) -> None:
    """Put them into a new store; the words of letters count from ``since``."""
    for standing in network.standings:
        own_lists.put_standing(tx, standing.id, TermStanding(standing.placed, standing.retired))
    for said in network.signposts:
        signposts.keep(tx, said)
    for own in network.letters:
        letter_texts.keep(tx, own.letter, own.text, since)
    for entry in network.listing:
        directory.keep_entry(tx, entry)
    for link in network.links:
        directory.keep_link(tx, replace(link, id=0))


def whole(tx: Transaction) -> OwnWords:
    """As they are now; of letters the words in use, and of links no number, for they count anew elsewhere."""
    standings = own_lists.standings(tx)
    return OwnWords(
        standings=tuple(OwnStanding(id, s.placed, s.retired) for id, s in sorted(standings.items())),
        signposts=signposts.every(tx),
        letters=letter_texts.current(tx),
        listing=tuple(each for _, each in sorted(directory.entries(tx).items())),
        links=tuple(replace(each, id=0) for each in directory.links(tx)),
    )
