"""Says how well the letters of a folder are read, by the labels beside them: the figures of tests/letters/README.md."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from peermatch.mail.reading import read_letter
from peermatch.matching.suggest import Suggester
from peermatch.model.letter import Proposal, Scope
from peermatch.services.shipped import load_cues, load_shipped

LETTERS = Path(__file__).resolve().parent.parent / "tests" / "letters"
FOLDERS = ("dev", "own", "own/risk", "later")


def listed(label: Mapping[str, str], column: str) -> list[str]:
    """The entries of a column that holds a list."""
    return [each.strip() for each in label[column].split(";") if each.strip()]


def counted(label: Mapping[str, str], proposal: Proposal) -> Counter[str]:
    """What one letter adds to each figure."""
    danger = label["risk"] == "yes"
    kinds = {each.kind.value for each in proposal.risk}
    adds = Counter(
        letters=1, scope_right=proposal.scope.value == label["scope"], danger=danger, safe=not danger,
        danger_found=danger and bool(kinds), kind_right=danger and label["risk_kind"] in kinds,
        false_alarms=not danger and bool(kinds),
    )  # fmt: skip
    if label["scope"] != Scope.IN_SCOPE:
        return adds + Counter(elsewhere=1, elsewhere_suggested=bool(proposal.topics))
    shown = [each.characteristic for each in proposal.topics]
    needed, useful = listed(label, "needed"), {*listed(label, "needed"), *listed(label, "helpful")}
    return adds + Counter(
        needed=len(needed), in_five=sum(each in shown[:5] for each in needed),
        in_ten=sum(each in shown for each in needed), shown=len(shown),
        useful=sum(each in useful for each in shown), traps=sum(each in listed(label, "must_not") for each in shown),
    )  # fmt: skip


def figures(suggester: Suggester, folder: Path) -> Counter[str]:
    """All figures of a folder of letters."""
    total: Counter[str] = Counter()
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as rows:
        for label in csv.DictReader(rows):
            letter = read_letter((folder / Path(label["file"]).name).read_bytes())
            total += counted(label, suggester.propose(letter))
    return total


def told(total: Counter[str]) -> str:
    """The figures in one line."""
    needed, shown = max(1, total["needed"]), max(1, total["shown"])
    return (
        f"{total['letters']} letters: danger {total['danger_found']} of {total['danger']} "
        f"(kind {total['kind_right']}), false alarms {total['false_alarms']} of {total['safe']}; "
        f"needed {total['in_five'] / needed:.0%} in the first five, {total['in_ten'] / needed:.0%} in all; "
        f"useful {total['useful'] / shown:.0%} of {total['shown']} shown; traps {total['traps']}; "
        f"right desk {total['scope_right']}, suggestions for other desks {total['elsewhere_suggested']}"
    )


def measure() -> None:
    """Print the figures of all letters, read by the rules alone and with the model."""
    shipped = load_shipped()
    rules = Suggester(shipped.reference, load_cues())
    for name in FOLDERS:
        print(f"{name}, rules alone   {told(figures(rules, LETTERS / name))}")
        print(f"{name}, with the model {told(figures(shipped.suggester, LETTERS / name))}", flush=True)
