"""The recovery key on paper: 32 bytes as Crockford base32 in groups of four, with a check for typos."""

import unicodedata
from typing import NoReturn

from peermatch.errors import CannotUnlock

# https://www.crockford.com/base32.html: no I, L, O, U; I and L are read as 1, O as 0.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
SECRET_BYTES = 32
DATA = 52
LENGTH = DATA + GROUP
# Two sums modulo the largest prime below 32 * 32: one wrong character shows its place and its value.
PRIME = 1021
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def to_text(secret: bytes) -> str:
    """The key as it is printed: fourteen groups of four, the last of them the check."""
    number = int.from_bytes(secret, "big") << (DATA * 5 - SECRET_BYTES * 8)
    digits = [number >> 5 * place & 31 for place in reversed(range(DATA))]
    plain, weighted = _sums(digits)
    digits += [plain >> 5, plain & 31, weighted >> 5, weighted & 31]
    letters = "".join(ALPHABET[digit] for digit in digits)
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def to_secret(text: str) -> bytes:
    """The 32 bytes of a typed key; a typo is named with its group. Case, spaces and hyphens do not matter."""
    letters = _letters(text)
    digits = [_digit(letter, place) for place, letter in enumerate(letters)]
    data, check = digits[:DATA], digits[DATA:]
    plain, weighted = _sums(data)
    off_plain = (check[0] * 32 + check[1] - plain) % PRIME
    off_weighted = (check[2] * 32 + check[3] - weighted) % PRIME
    if off_plain or off_weighted:
        _name_the_typo(letters, digits, off_plain, off_weighted)
    number = 0
    for digit in data:
        number = number << 5 | digit
    spare = DATA * 5 - SECRET_BYTES * 8
    if check[0] * 32 + check[1] >= PRIME or check[2] * 32 + check[3] >= PRIME or number & (1 << spare) - 1:
        _typo("More than one character is wrong.")
    return (number >> spare).to_bytes(SECRET_BYTES, "big")


def _letters(text: str) -> str:
    """The 56 characters, or a sentence that says which group is too long or too short."""
    spaced = "".join(" " if _separates(sign) else sign for sign in unicodedata.normalize("NFKC", text))
    groups = spaced.upper().split()
    letters = "".join(groups)
    if len(letters) != LENGTH:
        odd = next((place for place, group in enumerate(groups, 1) if len(group) != GROUP), None)
        where = f" Group {odd} does not have {GROUP}." if odd is not None and len(groups) > 1 else ""
        _typo(f"It has {len(letters)} characters instead of {LENGTH}.{where}")
    return letters.translate(_ALIKE)


def _separates(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Pd", "Cf"}


def _digit(letter: str, place: int) -> int:
    if letter not in ALPHABET:
        _typo(f"{_where(place)} is a sign that recovery keys do not use.")
    return ALPHABET.index(letter)


def _sums(digits: list[int]) -> tuple[int, int]:
    weighted = sum(place * digit for place, digit in enumerate(digits, 1))
    return sum(digits) % PRIME, weighted % PRIME


def _name_the_typo(letters: str, digits: list[int], off_plain: int, off_weighted: int) -> NoReturn:
    """Where one character explains both sums, name it; the paper tells what it should be."""
    if off_plain and off_weighted:
        place = off_weighted * pow(off_plain, -1, PRIME) % PRIME - 1
        lifted = off_plain if off_plain < 32 else off_plain - PRIME
        if place < DATA and 0 <= digits[place] + lifted < 32:
            _typo(f"{_where(place)} ({letters[place]}) is wrong.")
        _typo("More than one character is wrong.")
    if off_plain:
        _typo(f"Group {LENGTH // GROUP} has a wrong character.")
    _typo(f"Two characters stand in the wrong order, or group {LENGTH // GROUP} has a wrong one.")


def _where(place: int) -> str:
    return f"Character {place % GROUP + 1} of group {place // GROUP + 1}"


def _typo(what: str) -> NoReturn:
    raise CannotUnlock(f"The recovery key has a typing mistake. {what}", "Compare it with the paper.")
