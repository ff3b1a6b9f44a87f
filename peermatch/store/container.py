"""One backup as one file (format PMBK1): written once, read strictly and within bounds, without any path in it."""

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

from peermatch.errors import BadInput, Damaged
from peermatch.store import keyfile as pmks
from peermatch.store.atomic import patiently, sync_file, sync_folder
from peermatch.store.keyfile import KeyFile, canonical
from peermatch.store.keys import StoreKey
from peermatch.store.narrow import UnsoundError, bytes_of, object_of, text_of, whole
from peermatch.store.place import make_private_file
from peermatch.store.system_refusal import refusal_of_system

MAGIC = b"PMBK1\n"
VERSION = 1
SUFFIX = ".pmbackup"
LENGTH = struct.Struct(">I")
DIGEST = 32
# The keys of the day are at most 64 KiB; the rest of the header is a few hundred bytes.
LARGEST_HEADER = 80 * 1024
PAGE = 4096
LARGEST_BODY = 64 * 1024**3
LONGEST_APP = 64
PIECE = 1024 * 1024
# Why it was made; the last three are kept for 30 days whatever else there is.
REASONS = ("daily", "hand", "before-migration", "before-restore", "before-keys", "before-erase")
_FIELDS = {"v", "keys", "made", "reason", "app", "schema", "audit", "size", "sha256", "seal", "mac"}
_MADE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_PART = re.compile(r"\..+\.pmbackup\.[0-9a-f]{8}\.part")
_DAMAGED = "This backup is damaged or was changed."
_OTHER = "Use another backup."


class NewerBackup(Damaged):
    """A later program made it, in a form that this one does not know."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself in the clear: whose, when and why it was made, and who may open it.

    ``keys`` are the slots of its day with the backup's own random key sealed to each. ``seq`` and ``head`` are the
    journal's last line. ``seal`` is made with a key inside the network: who has it open can tell without a passphrase
    that this program made and verified the file. ``mac`` is made with the backup's own key.
    """

    keys: KeyFile
    made: datetime
    reason: str
    app: str
    schema: int
    seq: int
    head: bytes
    size: int = 0
    sha256: str = ""
    seal: bytes = b""
    mac: bytes = b""

    def signed(self, key: StoreKey, audit: bytes) -> "Header":
        """The header with its seal and its mac."""
        sealed = replace(self, seal=_seal(self, audit))
        return replace(sealed, mac=_mac(sealed, key))

    def is_ours(self, audit: bytes) -> bool:
        """Whether this network itself made it, and made it in this form."""
        return hmac.compare_digest(self.seal, _seal(self, audit))

    def check_mac(self, key: StoreKey) -> None:
        """Damaged unless whoever wrote this header held the backup's key."""
        if not hmac.compare_digest(self.mac, _mac(self, key)):
            raise Damaged(_DAMAGED, _OTHER)


@dataclass(frozen=True, slots=True)
class Container:
    """A backup that is open for reading: its header was read and agrees with the file's size."""

    header: Header
    _file: BinaryIO
    _start: int

    def unpack(self, target: Path) -> None:
        """Put the encrypted database at a new path; Damaged, and nothing stays there, if a byte is not as written."""
        make_private_file(target)
        try:
            with target.open("wb") as out:
                self._refuse_change(out)
                out.flush()
                sync_file(out.fileno())
        except OSError as error:
            target.unlink(missing_ok=True)
            raise refusal_of_system(error, "The backup could not be unpacked") from None
        except Damaged:
            target.unlink(missing_ok=True)
            raise

    def check(self) -> None:
        """Damaged if a byte of the encrypted database is not as it was written."""
        try:
            self._refuse_change(None)
        except OSError as error:
            raise refusal_of_system(error, "The backup could not be read") from None

    def _refuse_change(self, out: BinaryIO | None) -> None:
        self._file.seek(self._start)
        digest, left = hashlib.sha256(), self.header.size
        while left and (piece := self._file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
            if out is not None:
                out.write(piece)
        if left or digest.hexdigest() != self.header.sha256:
            raise Damaged(_DAMAGED, _OTHER)


def write_container(target: Path, header: Header, key: StoreKey, audit: bytes, body: Path) -> Header:
    """Put a finished encrypted database and its header at a new path; whole and on the disk, or not there at all."""
    with body.open("rb") as source, _new_file(target) as out:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        full = replace(header, size=body.stat().st_size, sha256=digest).signed(key, audit)
        source.seek(0)
        out.write(_head(full))
        shutil.copyfileobj(source, out, PIECE)
    return full


@contextmanager
def _new_file(target: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone: written beside its place, on the disk before it gets its name."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if target.exists() or target.is_symlink():
            raise BadInput(f"There is already something at {target}.", "Choose another name.")
        if not target.parent.is_dir():
            raise BadInput(f"There is no folder {target.parent}.", "Choose a folder that exists.")
        make_private_file(part)
        with part.open("wb") as out:
            yield out
            out.flush()
            sync_file(out.fileno())
        patiently(lambda: part.rename(target))
        sync_folder(target.parent)
    except OSError as error:
        raise refusal_of_system(error, "The backup could not be written") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def clear_parts(folder: Path) -> None:
    """Remove what a run that was killed left beside the backups of a folder."""
    for left in folder.glob(f".*{SUFFIX}.*.part"):
        if _PART.fullmatch(left.name) and left.is_file() and not left.is_symlink():
            with contextlib.suppress(OSError):
                left.unlink()


def copy_container(path: Path, target: Path) -> None:
    """The same backup at a second place; whole and on the disk, or not there at all."""
    with _new_file(target) as out, path.open("rb") as source:
        shutil.copyfileobj(source, out, PIECE)


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """A backup for reading: a plain file, no link, with a sound header; BadInput or Damaged in one sentence if not."""
    try:
        handle = os.open(path, os.O_RDONLY | _flags("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    except (OSError, ValueError):
        raise BadInput(f"{path} is not a backup that can be read.", "Check its name.") from None
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise BadInput(f"{path} is not a backup that can be read.", "Check its name.")
    with os.fdopen(handle, "rb") as file:
        try:
            header, start = _read(file, found.st_size)
        except OSError as error:
            raise refusal_of_system(error, "The backup could not be read") from None
        yield Container(header, file, start)


def read_header(path: Path) -> Header:
    """What a backup says of itself."""
    with open_container(path) as container:
        return container.header


def _flags(*names: str) -> int:
    return sum(getattr(os, name, 0) for name in names)


def _read(file: BinaryIO, size: int) -> tuple[Header, int]:
    try:
        if file.read(len(MAGIC)) != MAGIC:
            raise BadInput("This file is not a PeerMatch backup.", f"Backups end in {SUFFIX}.")
        (length,) = LENGTH.unpack(_exactly(file, LENGTH.size))
        if length > LARGEST_HEADER:
            raise UnsoundError("header")
        body = _exactly(file, length)
        if hashlib.sha256(MAGIC + LENGTH.pack(length) + body).digest() != _exactly(file, DIGEST):
            raise UnsoundError("checksum")
        header = parse(body)
        start = len(MAGIC) + LENGTH.size + length + DIGEST
        if size != start + header.size:
            raise UnsoundError("size")
    except (UnsoundError, RecursionError):
        raise Damaged(_DAMAGED, _OTHER) from None
    return header, start


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise UnsoundError("cut off")
    return data


def parse(body: bytes) -> Header:
    """The header of that JSON; nothing unknown, doubled, out of bounds or reordered passes."""
    try:
        fields = json.loads(body.decode("ascii"))
        if isinstance(fields, dict) and type(fields.get("v")) is int and fields["v"] > VERSION:
            _newer()
        header = _header(fields)
    except pmks.NewerThanProgram:
        _newer()
    except (ValueError, Damaged) as error:
        if isinstance(error, NewerBackup):
            raise
        raise UnsoundError("header") from None
    if dump(header) != body:
        raise UnsoundError("not canonical")
    return header


def dump(header: Header) -> bytes:
    """The one way to write a header."""
    return canonical(_unsigned(header) | {"seal": text_of(header.seal), "mac": text_of(header.mac)})


def _newer() -> NoReturn:
    raise NewerBackup(
        "This backup was made by a newer PeerMatch than this one.", "Install the newest PeerMatch to use it."
    )


def _head(header: Header) -> bytes:
    body = dump(header)
    start = MAGIC + LENGTH.pack(len(body)) + body
    return start + hashlib.sha256(start).digest()


def _unsigned(header: Header) -> dict[str, object]:
    keys = pmks.unsealed(header.keys) | {"mac": text_of(header.keys.mac)}
    return {
        "v": VERSION,
        "keys": keys,
        "made": header.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reason": header.reason,
        "app": header.app,
        "schema": header.schema,
        "audit": {"seq": header.seq, "h": text_of(header.head)},
        "size": header.size,
        "sha256": header.sha256,
    }


def _seal(header: Header, audit: bytes) -> bytes:
    return hmac.digest(audit, b"peermatch/backup/v1\n" + canonical(_unsigned(header)), "sha256")


def _mac(header: Header, key: StoreKey) -> bytes:
    sealed = canonical(_unsigned(header) | {"seal": text_of(header.seal)})
    return hmac.digest(key.mac_key(), MAGIC + sealed, "sha256")


def _header(value: object) -> Header:
    fields = object_of(value, _FIELDS)
    audit = object_of(fields["audit"], {"seq", "h"})
    made, reason, app, sha256 = (str(fields[name]) for name in ("made", "reason", "app", "sha256"))
    size = whole(fields["size"], PAGE, LARGEST_BODY)
    sound = (
        _MADE.fullmatch(made)
        and reason in REASONS
        and app.isprintable()
        and 1 <= len(app) <= LONGEST_APP
        and re.fullmatch("[0-9a-f]{64}", sha256)
        and size % PAGE == 0
    )
    if not sound:
        raise UnsoundError("fields")
    return Header(
        keys=_keys(fields["keys"]),
        made=datetime.strptime(made, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        reason=reason,
        app=app,
        schema=whole(fields["schema"], 1, 2**31 - 1),
        seq=whole(audit["seq"], 0, 2**53),
        head=bytes_of(audit["h"], DIGEST),
        size=size,
        sha256=sha256,
        seal=bytes_of(fields["seal"], DIGEST),
        mac=bytes_of(fields["mac"], DIGEST),
    )


def _keys(value: object) -> KeyFile:
    """The slots, through the same narrow door as ``store.keys``."""
    body = canonical(value)
    return pmks.parse(pmks.MAGIC + body + b"\n" + hashlib.sha256(body).hexdigest().encode("ascii") + b"\n")
