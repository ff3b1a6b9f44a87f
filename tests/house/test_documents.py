"""What the papers say is there: links, files, commands, options, settings, periods and wordings; in plain words."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path

import dev
import pytest

from peermatch import managed
from peermatch.cli import parser
from peermatch.cli.manual import EXITS
from peermatch.cli.outline import Command, outline
from peermatch.exchange.form_mapping import mapping_to_dict
from peermatch.model.consent import Purpose
from peermatch.model.form import DayOrder, FormMapping
from peermatch.model.pages import FENCE, Kind, page_of
from peermatch.model.retention import PERIODS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "resources" / "documents").glob("*.md"))
PAPERS = [*DOCUMENTS, *(ROOT / name for name in ("README.md", "SECURITY.md"))]
EVERY = [*PAPERS, *sorted((ROOT / "resources" / "help").glob("*.md"))]
PROGRAM = {command.name: command for command in outline(parser.grammar()).every()}
LONGEST_SENTENCE, USUAL_SENTENCE = 34, 15
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
PLACES = re.compile(
    r"(?<![\w/.~])(?:peermatch|tests|packaging|resources)/[\w./-]+|[A-Z]+\.md|pyproject\.toml"
)
FIGURES = re.compile(r"<!-- figures of .*? begin -->.*?<!-- figures of .*? end -->", re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    """Without the tables that a measuring command writes."""
    return FIGURES.sub("", path.read_text(encoding="utf-8"))


def fenced(text: str) -> list[str]:
    """The lines between fences, without what is said beside them."""
    parts = text.split(FENCE)[1::2]
    return [line.split(" # ")[0].strip() for part in parts for line in part.splitlines() if line.strip()]


def typed(path: Path) -> Iterator[str]:
    """What somebody could type or look for: lines between fences, and words in code marks."""
    text = text_of(path)
    yield from fenced(text)
    yield from CODE.findall("".join(text.split(FENCE)[0::2]))


def anchors(path: Path) -> set[str]:
    """The places within a page, as the page of a source gives them names."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    faults = []
    for target in LINK.findall(text_of(path)):
        file, _, anchor = target.partition("#")
        if "://" in target:
            faults += [] if re.fullmatch(r"https://[\w.-]+\.[a-z]{2,}(/[\w./~-]*)?", target) else [target]
            continue
        there = (path.parent / file).resolve() if file else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            faults.append(target)
    assert faults == []


def test_pictures_are_there_and_say_what_they_show() -> None:
    shown = [(path, *found) for path in PAPERS for found in PICTURE.findall(text_of(path))]
    assert shown
    assert [
        (name(path), file) for path, said, file in shown if not (path.parent / file).is_file() or not said
    ] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_each_document_says_when_somebody_looked_at_it_last(path: Path) -> None:
    (said,) = re.findall(r"^Last looked at on (.+)\.$", text_of(path), re.MULTILINE)
    assert datetime.strptime(said, "%d %B %Y").year >= 2026  # noqa: DTZ007 -- a day alone


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = {
        found.rstrip("./") for said in typed(path) for found in PLACES.findall(said) if not found[0].isupper()
    }
    assert {each for each in named if not (ROOT / each).exists() and not list(ROOT.glob(f"{each}*"))} == set()


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_every_command_and_option_that_is_named_exists(path: Path) -> None:
    assert [said for said in typed(path) if not known(said)] == []


def known(said: str) -> bool:
    """Whether the program, or what looks after it, understands these words."""
    words = re.sub(r'^eval "\$\((.*)\)"$', r"\1", said).split()
    if "packaging/dev.py" in said or words[0] == "dev.py":
        after = words[next(n for n, word in enumerate(words) if word.endswith("dev.py")) + 1 :]
        return not after or f"dev.py {after[0].rstrip('|')}" in (dev.__doc__ or "")
    if words[0] == "peermatch":
        return command_of(words[1:]) is not None
    options = [word for word in words if re.fullmatch(r"--[a-z][a-z-]+", word)]
    return set(options) <= {
        *flags(PROGRAM.values()),
        *re.findall(r"--[a-z-]+", dev.__doc__ or ""),
        "--upgrade",
    }


def command_of(words: list[str]) -> Command | None:
    """The command that begins so, if it has all the options that are named; capital letters stand for any command."""
    found = PROGRAM[""]
    for word in words:
        if word.startswith("-") or word.isupper():
            break
        found = next((each for each in found.below if each.words[-1] == word), found)
    options = {word for word in words if re.fullmatch(r"--[a-z][a-z-]+", word)}
    alone = not words or words[0].startswith("-") or words[0].isupper()
    return found if (alone or found.words) and options <= {*flags([found, PROGRAM[""]]), "--help"} else None


def flags(commands: Iterable[Command]) -> set[str]:
    return {flag for command in commands for option in command.options for flag in option.flags}


def test_every_setting_that_is_named_exists() -> None:
    folders = (ROOT / name for name in ("peermatch", "packaging", "tests"))
    source = "".join(file.read_text("utf-8") for folder in folders for file in folder.rglob("*.py"))
    named = {said for path in PAPERS for said in typed(path) if re.fullmatch(r"PEERMATCH_[A-Z]+", said)}
    files = {
        "settings.json",
        "last-opened",
        "last-used",
        "backup-places",
        "failed-unlocks.json",
        "store.keys",
    }
    administrator = text_of(ROOT / "resources" / "documents" / "administrator.md")
    assert named
    assert all(f"`{file}`" in administrator for file in files)
    assert {each for each in named | files if each not in source} == set()


def test_the_policies_are_those_of_the_program() -> None:
    administrator = text_of(ROOT / "resources" / "documents" / "administrator.md")
    assert [row[0] for row in table("administrator", "Value")] == list(managed.VALUES)
    places = {row[0]: row[1] for row in table("administrator", "System")}
    for system, platform in (("Windows", "win32"), ("macOS", "darwin"), ("Linux", "linux")):
        files = managed.policy_files(platform, {"PROGRAMDATA": "%PROGRAMDATA%"})
        assert [
            str(file)
            for file in files
            if str(file).replace("/", "\\") not in places[system].replace("/", "\\")
        ] == []
    assert managed.REGISTRY in places["Windows"]
    (example,) = (part for part in administrator.split(FENCE)[1::2] if "lock_after" in part)
    assert managed.parse(tomllib.loads(example), "example").fault == ""
    assert f"after {managed.STRICT_MINUTES} minutes" in administrator
    assert str(managed.LONGEST_MINUTES) in administrator


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_documents_are_in_plain_words(path: Path) -> None:
    page = page_of(path.stem, path.read_text(encoding="utf-8"))
    said = [block.words for block in page.blocks if block.kind not in (Kind.ROW, Kind.CODE, Kind.QUOTE)]
    assert page.title
    assert page.also
    assert not re.search(
        r"!|please note|simply|utili[sz]e|leverage|in order to|click", " ".join(said), re.IGNORECASE
    )
    sentences = [each.split() for words in said for each in re.split(r"(?<=[.:?;])\s+", words) if each]
    assert max(map(len, sentences)) <= LONGEST_SENTENCE
    assert sum(map(len, sentences)) / len(sentences) <= USUAL_SENTENCE


def table(document: str, heading: str) -> list[list[str]]:
    """The rows below the head that begins so, of the first such table."""
    page = page_of(document, text_of(ROOT / "resources" / "documents" / f"{document}.md"))
    for kind, blocks in groupby(page.blocks, key=lambda block: block.kind):
        if kind is Kind.ROW:
            head, *rows = (["".join(run.text for run in cell) for cell in each.cells] for each in blocks)
            if head[0] == heading:
                return rows
    raise AssertionError(f"{document} has no table of {heading}")


SCHEDULE: Mapping[str, str] = {
    "A letter of an enquiry": "enquiry_days",
    "Spam": "spam_days",
    "A letter that waits": "mail_days",
    "A record that was added": "taken_back_days",
    "A supporter who has withdrawn": "withdrawn_days",
    "A supporter whose consent": "lapsed_days",
    "Introductions": "introductions_years",
    "Proof of consent": "consent_years",
    "A request": "requests_years",
    "A complaint": "complaints_years",
    "A record of something": "incidents_years",
    "A letter that tells others": "letters_days",
    "A backup made before": "protected_backups_days",
    "A backup": "backups_days",
}


def test_the_retention_table_is_that_of_the_program() -> None:
    said = {row[0]: row[1] for row in table("retention", "What")}
    left = set(PERIODS.__slots__) - {"clock_days"}
    for beginning, period in SCHEDULE.items():
        row = next(what for what in said if what.startswith(beginning))
        assert said.pop(row).split()[:2] == [str(getattr(PERIODS, period)), period.rpartition("_")[2]]
        left.remove(period)
    assert (left, said) == (set(), {})
    assert f"not used for {PERIODS.clock_days} days" in text_of(
        ROOT / "resources" / "documents" / "retention.md"
    )


def test_letters_that_are_nobodys_case_count_from_the_day_on_which_they_were_taken_in() -> None:
    """As `retention_review` and `lying` do: the letter's own date may be weeks back when somebody looks."""
    since = {row[0]: row[2] for row in table("retention", "What")}
    said = {day for what, day in since.items() if what.startswith(("Spam", "A letter that waits"))}
    assert said == {"the day it was taken in"}


def test_the_wordings_are_those_that_are_shipped() -> None:
    sample = json.loads((ROOT / "resources" / "sample" / "network.json").read_text(encoding="utf-8"))
    page = page_of("consent-wordings", text_of(ROOT / "resources" / "documents" / "consent-wordings.md"))
    ids = [b.words.partition(":")[0] for b in page.blocks if b.kind is Kind.SMALL_HEADING]
    said = [block.words for block in page.blocks if block.kind is Kind.QUOTE]
    assert dict(zip(ids, said, strict=True)) == {each["id"]: each["text"] for each in sample["wordings"]}
    assert {row[0] for row in table("consent-wordings", "Purpose")} == {each.value for each in Purpose}


def test_the_formats_are_those_of_the_program() -> None:
    schema = json.loads((ROOT / "resources" / "portable.schema.json").read_text(encoding="utf-8"))
    members = [
        each for row in table("formats", "Member") for each in re.findall(r"[a-z_]+", row[0].split(" (")[0])
    ]
    assert sorted(members) == sorted(schema["properties"])
    assert {row[0] for row in table("formats", "Code")} >= {code for code, _ in EXITS}
    mapping = {row[0] for row in table("formats", "Member of the mapping")}
    assert mapping == set(mapping_to_dict(FormMapping({}, "", 12, None, {}, {})))
    text = text_of(ROOT / "resources" / "documents" / "formats.md")
    assert all(f"`{each.value}`" in text for each in DayOrder)


def test_the_papers_are_linked_from_the_first_page() -> None:
    readme = text_of(ROOT / "README.md")
    assert [name(path) for path in DOCUMENTS if name(path) not in readme] == []
