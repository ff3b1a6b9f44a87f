"""Files and functions stay small, say what they are for, hide no failure and leave nothing half done."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path

Sources = Mapping[Path, ast.Module]
Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MOST_EXCEPTIONS_TO_THE_RULES = 2
LEFTOVERS = (
    "TO" + "DO",
    "FIX" + "ME",
    "XX" + "X:",
    "HA" + "CK:",
    "NotImplemented" + "Error",
    "breakpoint" + "(",
)
VAGUE_FILES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
VAGUE_CLASS = re.compile(r".(Manager|Helper|Util|Utils)$|^(Abstract|Base)[A-Z]|.Base$")
SILENCED = re.compile(r"#\s*(type:\s*ignore(\[[\w, -]+\])?|noqa(:\s*[A-Z0-9, ]+)?|pragma:\s*no cover)")


def test_no_file_is_longer_than_one_can_keep_in_mind(root: Path, everything: Sources) -> None:
    lengths = {path: len((root / path).read_bytes().splitlines()) for path in everything}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen(everything: Sources) -> None:
    too_long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_module_begins_with_one_sentence(everything: Sources) -> None:
    silent = [str(path) for path, tree in everything.items() if not begins_with_a_sentence(tree)]
    assert silent == []


def begins_with_a_sentence(tree: ast.Module) -> bool:
    """Whether the first line of the docstring is a whole sentence."""
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    return len(first.split()) >= 3 and first.endswith((".", "?"))


def test_no_failure_is_swallowed(everything: Sources) -> None:
    blind = [
        f"{path}:{node.lineno}"
        for path, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and not passes_on(node)
    ]
    assert blind == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """A bare except, or one of Exception or BaseException, also among others."""
    if handler.type is None:
        return True
    caught = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return not caught.isdisjoint({"Exception", "BaseException"})


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether it only puts things in order and then raises what it caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_nothing_is_left_half_done(root: Path, everything: Sources) -> None:
    papers = [path.relative_to(root) for path in (*root.glob("*.md"), root / "pyproject.toml")]
    found = [
        f"{path}:{number} {word}"
        for path in (*everything, *papers)
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), start=1)
        for word in LEFTOVERS
        if word in line
    ]
    assert found == []


def test_exceptions_to_the_checks_are_few_and_explained(root: Path, everything: Sources) -> None:
    faults = []
    for path in everything:
        silenced = [(line, said) for line, said in comments(root / path) if SILENCED.search(said)]
        if len(silenced) > MOST_EXCEPTIONS_TO_THE_RULES:
            faults.append(f"{path}: {len(silenced)} of them")
        faults += [
            f"{path}:{line} unexplained" for line, said in silenced if not explained(root / path, line, said)
        ]
    assert faults == []


def comments(file: Path) -> Iterator[tuple[int, str]]:
    """Each comment of a file with its line; a string that holds a # is none."""
    for token in tokenize.tokenize(io.BytesIO(file.read_bytes()).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def explained(file: Path, line: int, said: str) -> bool:
    """Whether words stand after the exception or in a comment on the line above."""
    if len(SILENCED.sub("", said).strip(" #-:.")) > 5:
        return True
    above = file.read_text(encoding="utf-8").splitlines()[line - 2].strip() if line > 1 else ""
    return above.startswith("#")


def test_names_say_what_a_thing_is(product: Sources) -> None:
    files = [str(path) for path in product if path.stem in VAGUE_FILES]
    classes = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in product.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and VAGUE_CLASS.search(node.name)
    ]
    assert (files, classes) == ([], [])


def test_nothing_is_shared_behind_the_back(product: Sources) -> None:
    changed_from_afar = [
        f"{path}:{node.lineno}"
        for path, tree in product.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Global)
    ]
    assert changed_from_afar == []


def test_text_files_are_opened_as_utf8_on_every_system(everything: Sources) -> None:
    unsaid = [
        f"{path}:{node.lineno}"
        for path, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and opens_text(node) and not says_encoding(node)
    ]
    assert unsaid == []


def opens_text(call: ast.Call) -> bool:
    """Whether a call reads or writes a text file."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("read_text", "write_text"):
        return True
    if name != "open" or (isinstance(call.func, ast.Attribute) and not is_path_open(call)):
        return False
    modes = [word.value for word in mode_of(call) if isinstance(word, ast.Constant)]
    return not any("b" in str(mode) for mode in modes)


def is_path_open(call: ast.Call) -> bool:
    """``path.open("w")``: other things that open (a window, an archive) take no such mode."""
    return any(isinstance(word, ast.Constant) and str(word.value)[:1] in "rwax" for word in mode_of(call))


def mode_of(call: ast.Call) -> list[ast.expr]:
    """The words in which a mode may stand."""
    place = 0 if isinstance(call.func, ast.Attribute) else 1
    return [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg == "mode")]


def says_encoding(call: ast.Call) -> bool:
    """Whether the encoding is named."""
    named = any(word.arg in ("encoding", None) for word in call.keywords)
    places = {"read_text": 1, "write_text": 2}
    by_place = len(call.args) >= places.get(getattr(call.func, "attr", ""), 99)
    return named or by_place


def test_no_layout_of_qts_is_asked_for_its_items(everything: Sources) -> None:
    """Why is told in `tab_order`: the program would fall long afterwards, somewhere else."""
    asked = [
        f"{path}:{node.lineno}"
        for path, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("itemAt", "itemAtPosition")
    ]
    assert asked == []


def test_what_comes_a_moment_later_goes_with_its_owner(product: Sources) -> None:
    """`soon` tells what Qt's own way would keep in memory."""
    single = [
        f"{path}:{node.lineno}"
        for path, tree in product.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("singleShot", "setSingleShot")
        and path.name != "soon.py"
    ]
    assert single == []
