"""A network that words much itself moves to another store and back again without losing a word."""

from pathlib import Path

from peermatch.exchange.portable import dump_network, parse_network
from peermatch.services.office import Doors
from tests.exchange.example import encoded
from tests.exchange.networks import shipped
from tests.exchange.test_portable_own import STANDING, WHOLE
from tests.networks import PASSPHRASE


def test_what_a_network_words_itself_is_equal_after_loading_and_exporting(
    doors: Doors, tmp_path: Path
) -> None:
    rows = WHOLE["signposts"]
    assert isinstance(rows, list)
    ordered = {**WHOLE, "signposts": sorted(rows, key=lambda row: str(row["id"]))}
    network = parse_network(encoded(ordered), shipped())
    services = doors.create(tmp_path / "n.peermatch", network, PASSPHRASE, with_recovery=False).services
    assert parse_network(services.upkeep.export(), shipped()) == network
    assert services.upkeep.export() == dump_network(network)
    assert str(services.desk.snapshot.standings["own.tinnitus"].retired) == STANDING["retired"]
    assert services.upkeep.check().damage == ()
    services.lock()
