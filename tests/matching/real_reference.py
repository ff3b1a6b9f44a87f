"""The vocabulary as it is shipped, read once for the tests of matching."""

from pathlib import Path

from peermatch.model.reference import FILES, Reference

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "vocabulary"

REAL = Reference.parse({name: (_FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in FILES})
