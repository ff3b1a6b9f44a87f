"""What is made ready before a network is opened: loaded, laid out, and nothing else."""

import subprocess
import sys

ASKED = """
import sys
from peermatch.store.tables import SupporterRow
from peermatch.store.warming import warm_up
from sqlalchemy import inspect
assert "sqlalchemy.dialects.sqlite" not in sys.modules
for _ in range(2):
    warm_up()
assert "sqlalchemy.dialects.sqlite" in sys.modules
assert inspect(SupporterRow).configured
assert "alembic" not in sys.modules
"""


def test_what_opening_needs_is_there_and_can_be_asked_for_twice() -> None:
    subprocess.run([sys.executable, "-c", ASKED], check=True)
