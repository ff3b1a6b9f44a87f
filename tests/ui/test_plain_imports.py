"""PySide6's import is not what imports the rest of the program, and what tells of wrong calls waits for one."""

import builtins
import linecache
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from peermatch.ui.plain_imports import PATIENT, signatures_wait, use_plain_imports


def test_the_import_of_pyside_that_reads_every_source_is_put_away() -> None:
    use_plain_imports()  # a second time does nothing
    assert builtins.__import__.__name__ != "__feature_import__"


def test_what_is_imported_now_is_not_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "quite_another_module.py").write_text("WORD = 'here'\n", "utf-8")
    sys.path.insert(0, str(tmp_path))
    try:
        module = __import__("quite_another_module")
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("quite_another_module", None)
    assert module.WORD == "here"
    assert not [name for name in linecache.cache if "quite_another_module" in name]


WRONG = """
import sys
for name in sys.argv[1:]:
    __import__(name)
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from shibokensupport.signature import get_signature
parts = [module for name, module in sys.modules.items() if name.startswith("shibokensupport")]
print(len([part for part in parts if "__getattr__" in vars(part)]), file=sys.stderr)
for call in (lambda: QPoint("x"), lambda: QWidget.show(1, 2, 3), lambda: QWidget.setGeometry(None)):
    try:
        call()
    except TypeError as error:
        print(error)
print(get_signature(QWidget.setGeometry))
"""


def said(*first: str) -> tuple[str, int]:
    """What a process says that calls Qt wrongly, having imported something first; how much was left unread."""
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", WRONG, *first], env=where, capture_output=True, text=True, check=True
    )
    return done.stdout, int(done.stderr)


def test_a_wrong_call_is_told_as_ever_though_nothing_was_read_for_it_before() -> None:
    plain, ours = said(), said("peermatch.ui")
    assert plain[0] == ours[0]
    assert (plain[1], ours[1]) == (0, len(PATIENT))


def test_what_was_put_in_the_way_is_out_of_the_way_again() -> None:
    before, within = builtins.compile, list[object]()
    with suppress(ZeroDivisionError), signatures_wait():
        within.append(builtins.compile)
        within.append(1 // 0)
    assert builtins.compile is before
    assert before not in within
    assert len(within) == 1
