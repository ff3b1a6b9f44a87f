"""Invented letters with the labels of an expert, from folders of e-mails and from TOML files: one value for both."""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from peermatch.mail.reading import read_letter
from peermatch.model.letter import Letter

ROOT = Path(__file__).resolve().parent.parent
HANDS = ROOT / "resources" / "suggest" / "examples" / "letters"
KNOWN = ROOT / "tests" / "letters"
KNOWN_FOLDERS = ("dev", "own", "own/risk", "later")
LEARNED_FOLDERS = ("eighth", "tenth", "eleventh", "fourteenth", "fifteenth")
NEW_FOLDERS = ("fresh", "ninth", "twelfth")
UNLEARNED = ("thirteenth", "seventeenth")
OF_DANGER = ("ninth",)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter and what an expert says of it; ``has_topics`` is false where only danger was labelled.

    ``has_ways`` is true where it was labelled how the writer may safely be reached (``safe_contact``) or wants to be
    (``contact``).
    """

    name: str
    hand: str
    letter: Letter
    scope: str
    needed: tuple[str, ...]
    helpful: tuple[str, ...]
    must_not: tuple[str, ...]
    danger: str | None
    specialty: str
    grade: str
    has_topics: bool
    organisations: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    has_ways: bool = False
    safe_contact: str = ""
    contact: str = ""


def of_folder(folder: Path, hand: str) -> Iterator[Labelled]:
    """The letters of a folder with ``labels.csv``."""
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            letter = read_letter((folder / Path(row["file"]).name).read_bytes())
            danger = (row.get("risk_kind") or "unclear-disclosure") if row["risk"] == "yes" else None
            yield Labelled(
                row["file"], hand, letter, row.get("scope") or "in-scope", _listed(row, "needed"),
                _listed(row, "helpful"), _listed(row, "must_not"), danger, row.get("specialty") or "",
                row.get("grade") or "", "needed" in row, _listed(row, "exclude_organisations"),
                _listed(row, "exclude_specialties"), "safe_contact" in row or "contact" in row,
                row.get("safe_contact") or "", row.get("contact") or "",
            )  # fmt: skip


def of_file(path: Path, hand: str) -> Iterator[Labelled]:
    """The letters of a TOML file; those of `OF_DANGER` were labelled with danger alone."""
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["letter"]:
        danger = (each["risk_kind"] or "unclear-disclosure") if each["risk"] else None
        yield Labelled(
            each["id"], hand, read_letter(_mail(each)), each["scope"], tuple(each["needed"]),
            tuple(each["helpful"]), tuple(each["must_not"]), danger, each["specialty"], each["grade"],
            hand not in OF_DANGER, tuple(each.get("exclude_organisations", ())),
            tuple(each.get("exclude_specialties", ())),
        )  # fmt: skip


def to_learn_from() -> list[Labelled]:
    """All letters that the model may know: those by the seven hands, and those of the tests that are known."""
    found = [each for path in sorted(HANDS.glob("*.toml")) for each in of_file(path, path.stem)]
    found += [each for name in KNOWN_FOLDERS for each in of_folder(KNOWN / name, name)]
    return found + _by(LEARNED_FOLDERS)


def fresh() -> list[Labelled]:
    """The letters that the shipped model was not trained on; the weights that bring it and the rules together were."""
    return _by(NEW_FOLDERS)


def unlearned() -> list[Labelled]:
    """The letters that neither the model nor any weight was learned on."""
    return _by(UNLEARNED)


def _by(hands: Iterable[str]) -> list[Labelled]:
    return [each for name in hands for each in of_file(KNOWN / name / "letters.toml", name)]


def _listed(row: dict[str, str], column: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in (row.get(column) or "").split(";") if each.strip())


def _mail(each: dict[str, Any]) -> bytes:
    """The letter as the e-mail that it would have been."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{each.get("sender_name") or "A B"}" <a.b@mail.example>'
    mail["To"] = "network@peer.example"
    if each["subject"]:
        mail["Subject"] = each["subject"].replace("\n", " ")
    mail["Date"] = "Mon, 02 Nov 2026 20:00:00 +0000"
    mail["Message-ID"] = f"<{each['id']}@mail.example>"
    mail.set_content(each["body"].strip("\n") + "\n", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()
