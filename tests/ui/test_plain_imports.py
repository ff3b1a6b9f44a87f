"""PySide6's import is not what imports the rest of the program."""

import builtins
import linecache
import sys
from pathlib import Path

from peermatch.ui.plain_imports import use_plain_imports


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
