"""What the window and the command line say in a sentence ends as one: a full stop, a question, or a list to come."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

Sources = Mapping[Path, ast.Module]
ENDS = (".", "?", ":", " …")
EXAMPLE = "For example: "
"""What follows is typed as it stands, and a full stop would be typed with it."""
# Which arguments of a call are a sentence of their own.
SAID: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("Refused", "BadInput", "SystemRefused", "Damaged", "CannotUnlock"), (0, 1)),
    **dict.fromkeys(("HeldElsewhere", "WrongUse", "set_words", "show_error"), (0, 1)),
    **dict.fromkeys(("show_message", "announce"), (1, 2)),
    **dict.fromkeys(("Banner", "EmptyState"), (2, 3)),
    **dict.fromkeys(("bar", "set_error"), (0,)),
    "Done": (1,),
    "done": (2,),
}


class Words:
    """Finds the texts that an expression may say; names are followed to where they are made, also in other modules."""

    def __init__(self, sources: Sources) -> None:
        self._made: dict[tuple[str, str], tuple[str, ast.expr]] = {}
        for path, tree in sources.items():
            self._learn(_module(path), tree)

    def _learn(self, module: str, tree: ast.Module) -> None:
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self._made[module, node.targets[0].id] = (module, node.value)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    self._made[module, each.asname or each.name] = (node.module, ast.Name(each.name))

    def of(self, module: str, said: ast.expr) -> Iterator[str]:
        """All that it may say, as far as the source alone tells."""
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            yield said.value
        elif isinstance(said, ast.IfExp):
            yield from (*self.of(module, said.body), *self.of(module, said.orelse))
        elif isinstance(said, ast.Name) and (module, said.id) in self._made:
            yield from self.of(*self._made[module, said.id])
        elif isinstance(said, ast.Call):
            if isinstance(said.func, ast.Name) and said.func.id == "tr":
                yield from self.of(module, said.args[0])
            elif isinstance(said.func, ast.Attribute) and said.func.attr in ("format", "strip"):
                yield from self.of(module, said.func.value)


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def unended(sources: Sources) -> tuple[int, list[str]]:
    """How many sentences were found, and those that do not end as one."""
    words, count, found = Words(sources), 0, list[str]()
    for path, tree in sources.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            said = [call.args[at] for at in SAID.get(_name(call), ()) if at < len(call.args)]
            for text in (text for each in said for text in words.of(_module(path), each) if text.strip()):
                count += 1
                whole = text.rstrip().endswith((*ENDS, "}")) or text.startswith(EXAMPLE)
                found += [] if whole else [f"{path}:{call.lineno} {text!r}"]
    return count, found


def test_every_notice_ends_as_a_sentence(product: Sources) -> None:
    count, found = unended(product)
    assert found == []
    assert count > 800, "where so few are found, this test no longer sees what is said"


@pytest.mark.parametrize(
    "line",
    [
        'banner.show_message("info", "It is kept")',
        'raise Refused(tr("{id} is not here").format(id=id), "Look again.")',
        'EmptyState(theme, "inbox", NOTHING, "Later.")\nNOTHING = tr("Nothing is due")',
        'announce(self, "Names are hidden" if on else "Names are shown.")',
        'return self._desk.done(tx, touched, tr("It is done"))',
    ],
)
def test_one_without_an_end_is_seen(line: str) -> None:
    source = "\n".join(
        ["def step():", *(f"    {each}" for each in line.splitlines()[:1]), *line.splitlines()[1:]]
    )
    _, found = unended({Path("peermatch/x.py"): ast.parse(source)})
    assert len(found) == 1
