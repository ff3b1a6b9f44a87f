"""A network whose every text field holds a word that a search would find, and a day's commands on it."""

import base64
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from peermatch.model.network import Network
from peermatch.store import contents, journal, schema, vault
from peermatch.store.engine import engine_on, open_database
from peermatch.store.kdf import FLOOR
from peermatch.store.network import AUDIT_KEY, Store
from peermatch.store.place import make_network_folder
from peermatch.store.transaction import Transaction
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, JO, NETWORK, PASSPHRASE, TOM, clock

MARKER = "Zqxmarker"
REVISIONS = Path(schema.__file__).parent / "migrations"
OLD_SCHEMA = 1


def marked() -> Network:
    """The network of the other tests, with the marker in all that somebody could have written."""
    amina, tom, jo = (
        replace(
            person,
            name=f"{MARKER} {person.name}",
            known_as=f"{MARKER} {person.name.split()[0]}",
            pronouns=f"she {MARKER}",
            email=f"{MARKER.lower()}.{person.id.lower()}@example.org",
            phone="07700 900123",
            place=f"{MARKER} town",
            notes=f"{MARKER} note " * 12,
        )
        for person in (AMINA, TOM, JO)
    )
    asked = replace(
        ENQUIRY,
        requester=replace(ENQUIRY.requester, name=f"{MARKER} Robin", safe_contact=f"{MARKER} e-mail only"),
        letter=f"{MARKER} I was diagnosed with ADHD in August and failed an exam. " * 6,
        place=f"{MARKER} ville",
    )
    return replace(NETWORK, name=f"{MARKER} peer support", supporters=(amina, tom, jo), enquiries=(asked,))


def spellings() -> tuple[bytes, ...]:
    """The marker as it might lie on a disk, and how a plain database begins."""
    texts = {text for word in (MARKER, MARKER.lower(), MARKER.upper()) for text in (word,)}
    coded = [text.encode(code) for text in sorted(texts) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    shifted = [base64.b64encode(b" " * shift + MARKER.encode())[4 * (shift > 0) : 11] for shift in range(3)]
    return (*coded, *shifted, b"SQLite format 3")


def readable_in(*folders: Path) -> tuple[str, ...]:
    """The files below these folders in which something could be read."""
    wanted = spellings()
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return tuple(str(path) for path in files if _found(path.read_bytes(), wanted))


def _found(data: bytes, wanted: Sequence[bytes]) -> bool:
    return any(word in data for word in wanted)


def letters(place: Path, number: int = 3) -> Path:
    """A folder of letters that ask for support."""
    folder = place / "letters"
    folder.mkdir(exist_ok=True)
    for count in range(number):
        text = (
            f"From: {MARKER} Writer <writer{count}@example.org>\r\nTo: support@example.org\r\n"
            f"Subject: {MARKER} support\r\nDate: Thu, 19 Nov 2026 10:0{count}:00 +0000\r\n"
            f"Message-ID: <{count}@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            f"Dear all,\r\n{MARKER} letter {count}: I failed an exam and would like to talk to somebody.\r\n"
        )
        (folder / f"{count}.eml").write_bytes(text.encode())
    return folder


@dataclass(frozen=True)
class Scene:
    """A folder with a network, the paper of its recovery key, letters, and a place for what goes out."""

    place: Path
    recovery: str

    @property
    def network(self) -> Path:
        return self.place / "north west.peermatch"

    @property
    def out(self) -> Path:
        return self.place / "out"

    @property
    def backup(self) -> Path:
        return self.place / "then.pmbackup"

    def copied(self, place: Path) -> "Scene":
        """The same scene elsewhere; what stood there goes."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.place, place)
        return Scene(place, self.recovery)

    def words(self, *words: object) -> list[str]:
        """A command on this network, on a clock that does not move."""
        named = ["--network", self.network, "--recovery-key-file", self.place / "paper"]
        return [str(word) for word in (*words, *named, "--fake-clock", "2026-11-20T09:30")]

    def day(self) -> list[list[str]]:
        """A day's work: each command changes something, and each is one step that can be missed."""
        pair = ("E-0142", "S-0001")
        give = ("S-0002", "share", ADHD, "--wording", "2026-1", "--method", "form")
        return [
            self.words(*words)
            for words in (
                ("import", "enquiries", self.place / "letters"),
                ("needs", "E-0142", "--essential", ADHD, "--helpful", EXAM),
                ("ask", *pair),
                ("accept", *pair),
                ("consent", "give", *give),
                ("backup", self.place / "noon.pmbackup"),
                ("enquirer-agrees", *pair),
                ("card", *pair, "--to", self.out),
                ("keys", "rotate"),
                ("consent", "withdraw", "S-0002", "share", ADHD),
                ("restore", self.backup, "--yes"),
                ("controller", f"The Example Trust {MARKER}"),
            )
        ]

    def acts(self) -> dict[str, list[str]]:
        """One command of each kind, for a fault in the middle of it; `beforehand` makes what some of them need."""
        pair = ("E-0142", "S-0001")
        return {
            "import": self.words("import", "enquiries", self.place / "letters"),
            "edit": self.words("needs", "E-0142", "--essential", EXAM),
            "ask": self.words("ask", *pair),
            "card": self.words("card", *pair, "--to", self.out),
            "backup": self.words("backup", self.place / "new.pmbackup"),
            "restore": self.words("restore", self.backup, "--yes"),
            "rotate": self.words("keys", "rotate"),
            "export": self.words("export", self.place / "all.json", "--yes"),
            "migrate": self.words("info"),
        }

    def beforehand(self, act: str) -> list[list[str]]:
        """The commands that must be done before one act is possible."""
        pair = ("E-0142", "S-0001")
        steps = {"card": ("ask", "accept", "enquirer-agrees"), "restore": ("ask",)}
        return [self.words(step, *pair) for step in steps.get(act, ())]


def made(place: Path) -> Scene:
    """A new scene: the network as it is today."""
    place.mkdir(parents=True)
    target = place / "north west.peermatch"
    created = Store.create(target, marked(), PASSPHRASE, clock, with_recovery=True, cost=FLOOR)
    created.store.lock()
    return _furnished(place, created.recovery or "")


def made_older(place: Path) -> Scene:
    """The same network as a program of the first schema left it."""
    place.mkdir(parents=True)
    keyfile, key, recovery = vault.create_keys(PASSPHRASE, "lead", FLOOR, True)
    folder = place / "north west.peermatch"
    make_network_folder(folder)
    (folder / "backups").mkdir(mode=0o700)
    connection = open_database(folder / keyfile.db, key, create=True)
    engine = engine_on(connection)
    schema.bring_up_to_date(connection, engine, _first_revisions(place), head=OLD_SCHEMA)
    with Session(engine) as session, session.begin():
        audit = b"a" * 32
        contents.fill(Transaction(session), marked(), {AUDIT_KEY: audit}, DAY)
        journal.append(session, audit, (), journal.Line(clock(), keyfile.slots[0].id, "create"))
    engine.dispose()
    connection.close()
    vault.write_keys(folder, keyfile, key)
    return _furnished(place, recovery or "")


def _first_revisions(place: Path) -> Path:
    """The program's revisions as they were at first."""
    scripts = place / "revisions"
    (scripts / "versions").mkdir(parents=True)
    shutil.copy(REVISIONS / "env.py", scripts)
    for path in sorted((REVISIONS / "versions").glob("*.py"))[:OLD_SCHEMA]:
        shutil.copy(path, scripts / "versions")
    return scripts


def _furnished(place: Path, recovery: str) -> Scene:
    scene = Scene(place, recovery)
    (place / "paper").write_text(recovery + "\n", "utf-8")
    letters(place)
    scene.out.mkdir()
    return scene


def spread(number: int, most: int) -> Iterator[int]:
    """At most ``most`` of the points 1 to ``number``, evenly, the first and the last among them."""
    if number <= most:
        yield from range(1, number + 1)
        return
    yield from sorted(
        {1 + round(place * (number - 1) / (most - 1)) for place in range(most)} if most > 1 else {1}
    )
