"""A network that is backed up and worked on, and ways to make a hostile file of one of its backups."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from peermatch.model.consent import Purpose
from peermatch.model.network import Network
from peermatch.model.people import SupporterStatus
from peermatch.store import backup, contents, enquiries, supporters
from peermatch.store.container import DIGEST, LENGTH, MAGIC
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.tables import BarredRow
from peermatch.store.vault import RecoverySecret
from tests.networks import ADHD, AMINA, ENQUIRY, JO, NETWORK, PASSPHRASE, clock, yes

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NIA = replace(AMINA, id="S-0004", name="Nia Powell", known_as=None, email="nia@example.org", consents=())


@dataclass(frozen=True)
class Saved:
    """A locked network and the key on its paper."""

    folder: Path
    recovery: str

    @property
    def secret(self) -> RecoverySecret:
        return RecoverySecret(self.recovery)

    def open(self) -> Store:
        return Store.open(self.folder, self.secret, clock)

    def copied(self, place: Path) -> "Saved":
        target = place / self.folder.name
        shutil.copytree(self.folder, target)
        return Saved(target, self.recovery)


def make(place: Path, network: Network = NETWORK) -> Saved:
    """A new locked network."""
    created = Store.create(place, network, PASSPHRASE, clock, with_recovery=True, cost=LEAST)
    created.store.lock()
    return Saved(place, created.recovery or "")


def whole(store: Store) -> Network:
    """Everything that it holds."""
    with store.read() as tx:
        return contents.whole(tx)


def work_on(store: Store) -> None:
    """A day's work: somebody new, a letter, a no, a goodbye, a pair that must never meet."""
    with store.write("add", NIA.id) as tx:
        supporters.add(tx, NIA)
    with store.write("receive", "E-0150") as tx:
        enquiries.add(tx, replace(ENQUIRY, reference="E-0150"))
    with store.write("consent-withdraw", AMINA.id) as tx:
        supporters.withdraw(tx, AMINA.id, yes(Purpose.MATCH, ADHD), date(2026, 11, 20))
    with store.write("leave", JO.id) as tx:
        supporters.change(tx, replace(JO, status=SupporterStatus.LEFT))
    with store.write("bar", AMINA.id) as tx:
        tx.session.add(BarredRow(enquirer="robin@example.org", supporter=AMINA.id))


def backed_up(place: Path) -> tuple[Saved, Path]:
    """A locked network with a day's work after its backup, and the backup."""
    saved = make(place / "north west.peermatch")
    store = saved.open()
    path = backup.write_backup(store.source(), place / "then.pmbackup", NOW).path
    work_on(store)
    store.lock()
    return saved, path


def days_later(days: float) -> datetime:
    """A moment after the clock's."""
    return NOW + timedelta(days=days)


def parts(path: Path) -> tuple[bytes, bytes]:
    """The header's JSON of a backup, and its body."""
    data = path.read_bytes()
    start = len(MAGIC) + LENGTH.size
    (length,) = LENGTH.unpack(data[len(MAGIC) : start])
    return data[start : start + length], data[start + length + DIGEST :]


def built(header: bytes, body: bytes) -> bytes:
    """A backup of any header, its checksum made right."""
    head = MAGIC + LENGTH.pack(len(header)) + header
    return head + hashlib.sha256(head).digest() + body


def forged(path: Path, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A backup with some fields changed, canonical and with the right checksum, as an attacker would write it."""
    header, body = parts(path)
    fields = json.loads(header)
    change(fields)
    return built(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii"), body)
