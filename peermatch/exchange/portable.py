"""The portable network file: what ``load`` reads and ``export`` writes, equal both ways."""

from peermatch.exchange.portable_read import parse_network
from peermatch.exchange.portable_write import dump_network

__all__ = ["dump_network", "parse_network"]
