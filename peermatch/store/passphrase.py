"""Rules for a new passphrase, its strength in words, suggestions; an existing one is never judged."""

import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from peermatch.errors import BadInput

SHORTEST = 15
LONGEST = 1024
SUGGESTED_WORDS = 6
# zxcvbn refuses longer texts; what stands beyond them can only make a passphrase stronger.
JUDGED = 72
STRENGTHS = ("very weak", "weak", "fair", "good", "strong")


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess: 0 to 4, the same in words, and what would help."""

    score: int
    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class PassphraseRules:
    """The words that suggestions are made of, and the passphrases that everybody tries first."""

    words: tuple[str, ...]
    blocked: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> "PassphraseRules":
        """The rules with the lists of ``resources/words``."""
        listed = (folder / "eff-large.txt").read_text("utf-8").split("\n")
        blocked = (folder / "blocked-passphrases.txt").read_text("utf-8").split("\n")
        words = tuple(line.partition("\t")[2] for line in listed if "\t" in line)
        return cls(words, frozenset(_bare(line) for line in blocked if line and not line.startswith("#")))

    def check_new(self, passphrase: str) -> None:
        """BadInput unless this may become a passphrase (NIST SP 800-63B-4: length and a list, no more)."""
        check_shape(passphrase)
        if _bare(passphrase) in self.blocked:
            raise BadInput("Many people use this passphrase, so it is easy to guess.", "Choose other words.")

    def suggest(self) -> str:
        """Six words by chance from 7,776: 77 bits, easy to remember and to type."""
        return " ".join(secrets.choice(self.words) for _ in range(SUGGESTED_WORDS))


def check_shape(passphrase: str) -> None:
    """BadInput unless a new passphrase has 15 to 1,024 characters (after NFKC) and can be kept as text."""
    length = len(unicodedata.normalize("NFKC", passphrase))
    if length < SHORTEST:
        raise BadInput(
            f"The passphrase is too short: it needs {SHORTEST} characters.", "Try four or more words."
        )
    if length > LONGEST:
        raise BadInput(
            f"The passphrase is too long: {LONGEST} characters is the most.", "Choose a shorter one."
        )
    if not passphrase.strip():
        raise BadInput("A passphrase of nothing but spaces is easy to guess.", "Try four or more words.")
    if "\0" in passphrase:
        raise BadInput("The passphrase holds a NUL character, which cannot be typed.", "Take it out.")
    if any(unicodedata.category(sign) == "Cs" for sign in passphrase):
        raise BadInput("The passphrase holds a character that is not valid text.", "Type it again.")


def strength(passphrase: str) -> Strength:
    """How strong it looks, for the meter beside the field; it advises and never forbids."""
    if not passphrase:
        return Strength(0, STRENGTHS[0], "")
    from zxcvbn import zxcvbn  # with word lists that nobody who unlocks has a use for

    found = zxcvbn(passphrase[:JUDGED])
    advice = found["feedback"]["warning"] or " ".join(found["feedback"]["suggestions"][:1])
    return Strength(found["score"], STRENGTHS[found["score"]], advice)


def _bare(passphrase: str) -> str:
    """The letters and digits only, so that spaces, hyphens and capitals do not hide a well-known phrase."""
    folded = unicodedata.normalize("NFKC", passphrase).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or folded
