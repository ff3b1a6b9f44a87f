"""The register of the forty attacks, as it stands in attacks.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

PLACE = Path(__file__).with_name("attacks.toml")


@dataclass(frozen=True)
class Attack:
    """One of the forty: what is done, what must be seen, the tests that show it, and why a part is not tried here."""

    number: int
    done: str
    seen: str
    tests: tuple[str, ...] = ()
    why: str = ""


def attacks() -> tuple[Attack, ...]:
    """All of them, in the order in which they stand."""
    rows = tomllib.loads(PLACE.read_text("utf-8"))["attack"]
    return tuple(Attack(**{**row, "tests": tuple(row["tests"])}) for row in rows)
