"""What is only looked at needs no objects of rows: none of the half second that they take to load is waited for."""

import subprocess
import sys
from pathlib import Path

LOOKED_AT = """
import sys
from pathlib import Path
from peermatch.services.journal import Wanted
from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped
from peermatch.store import enquiries, supporters
from tests.networks import clock
services = Doors(load_shipped(), clock).recover(Path(sys.argv[1]), sys.argv[2])
assert "sqlalchemy" not in sys.modules
with services.desk.store.read() as tx:
    assert enquiries.get(tx, "E-0142").reference == "E-0142"
    assert supporters.get(tx, "S-0001").consents
assert list(services.introductions.agreed()) == [("E-0142", "S-0001")]
assert services.evidence.of("S-0001") == ()
newest, *_, oldest = services.journal.page().lines
assert services.journal.page(Wanted("E-0142")).lines and services.journal.people()
assert not services.journal.page(Wanted("0142")).lines
assert not services.journal.details(oldest.seq).changed
assert "sqlalchemy" not in sys.modules
services.lock()
"""


def test_records_answers_files_and_the_journal_are_read_without_them(
    agreed_template: tuple[Path, str],
) -> None:
    subprocess.run([sys.executable, "-c", LOOKED_AT, *map(str, agreed_template)], check=True)
