"""What a first change needs is read beforehand in steps, and nothing else is."""

import subprocess
import sys

ASKED = """
import sys
from peermatch.store.warming import PARTS, STEPS
assert not {"sqlalchemy", "sqlmodel", "pydantic"} & set(sys.modules)
for step in (*STEPS, *STEPS):
    step()
assert set(PARTS) | {"sqlalchemy.dialects.sqlite"} <= set(sys.modules)
from sqlalchemy import inspect
from peermatch.store.statements import ROWS
assert all(inspect(each).configured for each in ROWS.values())
assert "alembic" not in sys.modules
"""


def test_what_a_change_needs_is_there_and_can_be_asked_for_twice() -> None:
    subprocess.run([sys.executable, "-c", ASKED], check=True)
