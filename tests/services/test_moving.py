"""A network that words much itself moves to another store and back again without losing a word."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from peermatch.exchange.portable import dump_network, parse_network
from peermatch.services.office import Doors
from peermatch.services.upkeep import Upkeep
from tests.exchange import test_portable_mail as mail
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


def test_later_letters_and_files_are_equal_after_loading_and_exporting(doors: Doors, tmp_path: Path) -> None:
    network = parse_network(encoded(mail.WHOLE), shipped())
    services = doors.create(tmp_path / "n.peermatch", network, PASSPHRASE, with_recovery=False).services
    assert parse_network(services.upkeep.export(), shipped()) == network
    assert services.upkeep.portable().left_behind == ""
    held = services.mailbag.of("E-0142")
    assert [each.id for each in held.letters] == ["M-0007"]
    out = services.mailbag.save_file(held.files[0].number, tmp_path / "plan.pdf")
    assert out.read_bytes() == mail.BODY
    assert services.handing_out.marks.free() == ("nhs.net",)
    assert [each.enquiry for each in services.search.texts("gladly").shown] == ["E-0142"]
    assert services.upkeep.check().damage == ()
    small = Upkeep(services.desk, most=len(services.upkeep.export()) - 1)
    assert "move them by a backup" in small.portable().left_behind
    left = parse_network(small.export(), shipped())
    assert left == replace(network, mail=replace(network.mail, files=()))
    huge = Upkeep(services.desk, most=100)
    assert (
        huge.portable().left_behind
        == "This file is larger than PeerMatch reads: move the network by a backup."
    )
    with services.desk.store.write("change") as tx:
        tx.session.execute(text("UPDATE mail_file SET size = 30000000"))
    assert "move them by a backup" in services.upkeep.portable().left_behind
    assert parse_network(services.upkeep.export(), shipped()).mail.files == ()
    services.lock()
