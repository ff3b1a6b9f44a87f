"""Qt's classes without what PySide6 brings along for its makers: what reads its signatures waits, its import goes.

PySide6 unpacks and compiles the code behind its signatures in every process, a quarter of what starting takes, although
only the words about a wrong call, and ``help()``, ask for it. And it looks for ``from __feature__ import ...`` in what
is imported after it, our database library included, and keeps the lines of each file that it has read: a third of a
second and some tens of megabytes. Nobody here uses either.
"""

import builtins
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from peermatch.ui.quick_enums import make_enums_quickly

SIGNATURES = "shibokensupport/signature/"
PATIENT = frozenset(
    f"{SIGNATURES}{name}.py"
    for name in (
        "errorhandler",
        "layout",
        "mapping",
        "parser",
        "lib/enum_sig",
        "lib/pyi_generator",
        "lib/tool",
    )
)
"""The files of PySide6 that nothing asks for until a call is wrong."""
CALLED, CALLED_IN = "update_mapping", "/mapping.py"
"""What its C++ takes out of a module without asking the module."""


@contextmanager
def signatures_wait() -> Iterator[None]:
    """While PySide6 is imported: its patient files stay unread, and each becomes itself when it is first asked."""
    plain: Callable[..., Any] = builtins.compile
    unread: dict[str, object] = {}

    def left_unread(source: object, file: object, mode: str, *rest: Any, **more: Any) -> Any:
        if not isinstance(file, str) or file not in PATIENT:
            return plain(source, file, mode, *rest, **more)
        unread[file] = source
        return plain("", file, mode)

    vars(builtins)["compile"] = left_unread
    try:
        yield
    finally:
        vars(builtins)["compile"] = plain
    for file, source in unread.items():
        module = sys.modules.get(file.removesuffix(".py").replace("/", "."))
        if module is None:
            continue  # of another PySide6, which says less about a wrong call then
        vars(module)["__getattr__"] = unread_one = _Unread(module, file, source)
        if file.endswith(CALLED_IN):
            vars(module)[CALLED] = unread_one.called


class _Unread:
    """What a module says before it was read: it is read now. To read it twice, on two threads at once, does no harm."""

    def __init__(self, module: ModuleType, file: str, source: Any) -> None:
        self._module, self._file, self._source = module, file, source

    def __call__(self, name: str) -> object:
        """The value of that name."""
        if name.startswith("__"):
            raise AttributeError(name)
        held = vars(self._module)
        if "__getattr__" in held:
            exec(compile(self._source, self._file, "exec"), held)  # noqa: S102 -- what PySide6 does at its import
            held.pop("__getattr__", None)
        return getattr(self._module, name)

    def called(self) -> object:
        """Read the module and do what it was called for."""
        called: Any = self(CALLED)
        return called()


def use_plain_imports() -> None:
    """What PySide6 itself calls from its import is what was there before it came, or its plainest one."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


make_enums_quickly()
with signatures_wait():
    import PySide6.QtCore  # noqa: F401 -- it has put its own import there by now
