"""A QR code of version 4, read as a phone reads it (ISO/IEC 18004): shares nothing with what draws it."""

from collections.abc import Sequence

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
SIDE = 33
Grid = Sequence[Sequence[bool]]
FLIPS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _c: r % 2 == 0,
    lambda _r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def is_data(row: int, column: int) -> bool:
    """Whether a module carries data: neither a finder with its format, nor timing, nor the small square."""
    corner = (row < 9 and column < 9) or (row < 9 and column > SIDE - 9) or (row > SIDE - 9 and column < 9)
    small = 24 <= row <= 28 and 24 <= column <= 28
    return not (corner or small or 6 in (row, column))


def read(grid: Grid) -> str:
    """The text of a picture without a fault, read as a phone does."""
    word = "".join("01"[grid[8][column]] for column in range(5))
    mask = (int(word, 2) ^ 0b10101) & 0b111
    bits, up = "", True
    for right in [*range(SIDE - 1, 6, -2), 5, 3, 1]:
        for row in range(SIDE - 1, -1, -1) if up else range(SIDE):
            for column in (right, right - 1):
                if is_data(row, column):
                    bits += "01"[grid[row][column] ^ FLIPS[mask](row, column)]
        up = not up
    words = [int(bits[start : start + 8], 2) for start in range(0, 100 * 8, 8)]
    data = "".join(f"{byte:08b}" for byte in (*words[0:64:2], *words[1:64:2]))
    length, text, place = int(data[4:13], 2), "", 13
    while len(text) < length:
        pair = length - len(text) > 1
        size = 11 if pair else 6
        number = int(data[place : place + size], 2)
        text += SIGNS[number // 45] + SIGNS[number % 45] if pair else SIGNS[number]
        place += size
    return text
