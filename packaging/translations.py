"""Makes and renews Qt's translation files from the words in the code: ``dev.py words cy``.

The file ``resources/translations/peermatch_cy.ts`` is for Qt Linguist or any other tool that knows the format; what was
translated before stays, what the program no longer says is marked, and the ``.qm`` beside it is what the program reads.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "peermatch"
COUNTED = " / "
"""Stands between one and many, and between the forms that a language has for them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One text of the program and where it is said first; ``many`` is its plural where it is counted."""

    text: str
    file: str
    line: int
    many: str = ""

    @property
    def key(self) -> str:
        """By what it is known: a noun that is counted is another text than the same word alone."""
        return f"{self.text}{COUNTED}{self.many}" if self.many else self.text


def said_in(source: str, file: str) -> Iterator[Said]:
    """Each text that a module gives to ``tr``, in its order; anything but plain words is refused."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id == "tr":
            word = call.args[0] if len(call.args) == 1 and not call.keywords else None
            if not isinstance(word, ast.Constant) or not isinstance(word.value, str):
                raise SystemExit(
                    f"{file}:{call.lineno}: tr takes one plain text, so that it can be translated."
                )
            yield Said(word.value, file, call.lineno)
        elif isinstance(call.func, ast.Name) and call.func.id == "count_of":
            yield _counted(call, file)


def _counted(call: ast.Call, file: str) -> Said:
    """The noun of a number: one, and many where that is not one with an s."""
    nouns = [
        each.value for each in call.args[1:] if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    if not nouns or len(nouns) != len(call.args) - 1 or call.keywords:
        raise SystemExit(f"{file}:{call.lineno}: count_of takes plain nouns, so that they can be translated.")
    return Said(nouns[0], file, call.lineno, nouns[1] if len(nouns) > 1 else f"{nouns[0]}s")


def said(root: Path = ROOT) -> tuple[Said, ...]:
    """Each text of the program once."""
    found: dict[str, Said] = {}
    for path in sorted((root / "peermatch").rglob("*.py")):
        for each in said_in(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()):
            found.setdefault(each.key, each)
    return tuple(found.values())


def translated(ts: Path) -> dict[str, str]:
    """What a file has translated already."""
    if not ts.is_file():
        return {}
    messages = ElementTree.parse(ts).getroot().iter("message")  # noqa: S314 - it is a file of ours
    found = (_known(each) for each in messages)
    return {source: translation for source, translation in found if translation.strip(COUNTED)}


def _known(message: ElementTree.Element) -> tuple[str, str]:
    """By what a text is known, and its translation; the forms of a noun stand beside each other."""
    source, many = message.findtext("source") or "", message.findtext("comment") or ""
    if not many:
        return source, message.findtext("translation") or ""
    forms = [each.text or "" for each in message.iter("numerusform")]
    return f"{source}{COUNTED}{many}", COUNTED.join(forms)


def document(language: str, texts: Iterable[Said], known: Mapping[str, str]) -> ElementTree.ElementTree:
    """The translation file: every text, and what was translated before."""
    top = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en_GB")
    context = ElementTree.SubElement(top, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    now = tuple(texts)
    for each in now:
        message = _message(context, each.key, known.get(each.key, ""))
        message.insert(0, ElementTree.Element("location", filename=f"../../{each.file}", line=str(each.line)))
    for text in known.keys() - {each.key for each in now}:
        _message(context, text, known[text], "vanished")
    ElementTree.indent(top)
    return ElementTree.ElementTree(top)


def _message(
    context: ElementTree.Element, text: str, translation: str, mark: str = ""
) -> ElementTree.Element:
    message = ElementTree.SubElement(context, "message")
    source, _, many = text.partition(COUNTED)
    ElementTree.SubElement(message, "source").text = source
    if many:
        message.set("numerus", "yes")
        ElementTree.SubElement(message, "comment").text = many
    told = ElementTree.SubElement(message, "translation")
    if many:
        for form in translation.split(COUNTED) if translation else ("", ""):
            ElementTree.SubElement(told, "numerusform").text = form
    else:
        told.text = translation
    if mark or not translation:
        told.set("type", mark or "unfinished")
    return message


def write(ts: Path, language: str, texts: Iterable[Said], known: Mapping[str, str]) -> None:
    """Write a translation file."""
    ts.parent.mkdir(parents=True, exist_ok=True)
    document(language, texts, known).write(ts, encoding="utf-8", xml_declaration=True)


def release(ts: Path) -> Path:
    """Make the file that the program reads."""
    qm = ts.with_suffix(".qm")
    tool = Path(sys.executable).with_name("pyside6-lrelease" + (".exe" if sys.platform == "win32" else ""))
    subprocess.run([tool, "-silent", str(ts), "-qm", str(qm)], check=True)
    return qm


def main(words: list[str]) -> int:
    """Renew the files of the languages that are named, else of all that there are."""
    languages = words or [path.stem.partition("_")[2] for path in sorted(FOLDER.glob("peermatch_*.ts"))]
    texts = said()
    for language in languages:
        ts = FOLDER / f"peermatch_{language}.ts"
        known = translated(ts)
        write(ts, language, texts, known)
        release(ts)
        done = sum(each.key in known for each in texts)
        print(f"{ts.name}: {done} of {len(texts)} texts are translated.")
    if not languages:
        print(f"{len(texts)} texts can be translated. Name a language to begin with: dev.py words cy")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
