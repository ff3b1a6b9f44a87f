"""Turns the bytes of a letter into text, whatever its header says about them."""

import codecs

# Names that stand for no readable alphabet, or that hide text (utf-7), are treated as if nothing had been said.
_NOT_READ = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})
# Mail programs write these names and mean Windows-1252, which holds the curly quotes as well.
_MEANS_CP1252 = frozenset({"iso8859-1", "ascii", "cp1252"})


def decode(data: bytes, declared: str | None) -> tuple[str, bool]:
    """The text and whether it is what the header promised; nothing is refused, odd bytes become a question mark."""
    name = _known(declared)
    as_utf8 = _strict(data, "utf-8")
    if name is None:
        return (as_utf8, not declared) if as_utf8 is not None else (_windows(data), False)
    if name == "utf-8" or as_utf8 is not None:
        return _utf8(data, as_utf8, name)
    if name in _MEANS_CP1252:
        return _windows(data), name != "ascii"
    exact = _strict(data, name)
    return (exact, True) if exact is not None else (_windows(data), False)


def _utf8(data: bytes, as_utf8: str | None, name: str) -> tuple[str, bool]:
    if as_utf8 is None:
        # A letter cut short may end within a character; that alone is no reason to distrust the header.
        cut = next((whole for n in (1, 2, 3) if (whole := _strict(data[:-n], "utf-8")) is not None), None)
        return (cut, True) if cut is not None else (_windows(data), False)
    if name in ("utf-8", "ascii") or data.isascii():
        exact = _strict(data, name)
        return (exact, True) if exact is not None else (as_utf8, False)
    if name in _MEANS_CP1252:
        return as_utf8, False
    exact = _strict(data, name)
    return (exact, True) if exact is not None else (as_utf8, False)


def _known(declared: str | None) -> str | None:
    """The usual name of the alphabet, or nothing when no text can be read with it."""
    if not declared:
        return None
    try:
        info = codecs.lookup(declared.strip("\"' ").strip())
        # Some codecs turn bytes into bytes (base64, zip); `bytes.decode` refuses those without running them.
        b"".decode(info.name)
    except (LookupError, ValueError):
        return None
    return info.name if info.name not in _NOT_READ else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def _windows(data: bytes) -> str:
    return data.decode("cp1252", errors="replace")
