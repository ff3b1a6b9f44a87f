"""What a person does with the installed program, by a screen reader's means: first run to contact card, and back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from bare_system import RUN, SCREENS, Bare, tell, written
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from system_parts import Stopped

from tests.ui.access.reader import Reader, Ref

SCREEN = ":7"
NETWORK = "Wessex peer support"
PASSPHRASE = "orchard velvet tundra pickle canyon lunar"  # noqa: S105 -- of invented people
SAMPLE = "sixty invented people say hello"
SAMPLE_FILES = "/usr/lib/peermatch/_internal/resources/sample"
LETTER = f"{SAMPLE_FILES}/letters/01-late-diagnosis.eml"
TOPICS = ("ADHD", "Failing an exam", "Less than full-time training")
"""What the letter suggests; the first who fits is Amina."""
ABOUT = "About PeerMatch"
GROUPS = 14
PATIENCE_S, PAUSE_S = 120, 0.3
BUTTON, FIELD, BOX, CHOICE = "push button", "text", "check box", "radio button"


class Hand:
    """Finds by name what shows, presses it, writes into it."""

    def __init__(self, reader: Writer, program: Ref) -> None:
        self._reader, self._program = reader, program

    def press(self, name: str, role: str = BUTTON, *, whole: bool = False) -> None:
        """Press what is called so, or begins so."""
        self._reader.press(self._find(role, name, whole=whole))

    def write(self, name: str, words: str) -> None:
        """Fill a field, as dictation does."""
        self._reader.write(self._find(FIELD, name), words)

    def see(self, start: str, role: str = "label") -> str:
        """Wait until there is something that begins so; all of it."""
        return self._reader.name(self._find(role, start))

    def shown(self) -> list[str]:
        """Everything that has a name now."""
        return [name for _, _, name in self._parts() if name]

    def rows(self, name: str) -> list[str]:
        """What a list holds, also what is scrolled out of sight."""
        return [self._reader.name(row) for row in self._reader.children(self._find("list", name))]

    def _find(self, role: str, start: str, *, whole: bool = False) -> Ref:
        """The first of that kind that begins so, as soon as it has come."""
        end = time.monotonic() + PATIENCE_S
        while True:
            found = [
                ref
                for ref, kind, name in self._parts()
                if kind == role and (name == start if whole else name.startswith(start))
            ]
            if found:
                return found[0]
            if time.monotonic() > end:
                raise Stopped(f"No {role} came that begins with {start!r}. There is: {self.shown()}")
            time.sleep(PAUSE_S)

    def _parts(self) -> list[tuple[Ref, str, str]]:
        """All that shows; a page that goes while it is read is read again."""
        while True:
            with suppress(AssertionError):
                every = self._reader.all(self._program)
                return [(ref, self._reader.role(ref), self._reader.name(ref)) for ref in every]
            time.sleep(PAUSE_S)


class Writer(Reader):
    """A reader that also dictates."""

    def write(self, ref: Ref, words: str) -> None:
        """Put words in the place of what a field holds."""
        self._ask(ref, "EditableText", "SetTextContents", "s", (words,))


class Desktop:
    """The session of one person: bus, keychain, screen, and a reader of what shows."""

    def __init__(self, bare: Bare) -> None:
        self._bare = bare
        self._stack = ExitStack()
        self.environ: dict[str, str] = {}

    def __enter__(self) -> Desktop:
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address", "--nopidfile"]
        daemon = self._stack.enter_context(self._bare.running(*bus, f"--address=unix:path={RUN}/bus"))
        address = written(daemon)
        self.environ = {"DBUS_SESSION_BUS_ADDRESS": address, "DISPLAY": SCREEN, "QT_QPA_PLATFORM": "xcb"}
        screen = ["Xvfb", SCREEN, "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
        self._stack.enter_context(self._bare.running(*screen))
        keys = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"]
        chain = self._stack.enter_context(self._bare.running(*keys, **self.environ))
        tell(chain, "the log-in of this person")
        wait_for((self._bare.root / SCREENS.lstrip("/") / f"X{SCREEN[1:]}").exists)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def window(self, *words: str) -> Iterator[Hand]:
        """The installed program, started from the menu, with a reader on it."""
        with ExitStack() as stack:
            with self._bare.by_user():
                session = open_dbus_connection(self._bare.outside(self.environ["DBUS_SESSION_BUS_ADDRESS"]))
            stack.callback(session.close)
            wanted = new_method_call(
                DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress"
            )
            address = self._bare.outside(session.send_and_get_reply(wanted).body[0])
            with self._bare.by_user():
                reader = Writer(address)
            stack.callback(reader.close)
            heard = {**self.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
            stack.enter_context(self._bare.running("peermatch", *words, **heard))
            yield Hand(reader, reader.program())


def wait_for(found: Callable[[], bool], patience_s: float = 60) -> None:
    """Until a question is answered by yes."""
    end = time.monotonic() + patience_s
    while not found():
        if time.monotonic() > end:
            raise Stopped("What was waited for never came.")
        time.sleep(0.1)


def start_network(hand: Hand) -> None:
    """The first page, the keys, the recovery sheet and its two groups."""
    hand.write("Name of the network", NETWORK)
    hand.write("Who decides about the data", "Wessex Deanery")
    hand.write("Passphrase", PASSPHRASE)
    hand.press("Remember on this computer", BOX)
    hand.press("Create")
    groups = [
        hand.see(f"Group {number}: ").partition(": ")[2].replace(" ", "") for number in range(1, GROUPS + 1)
    ]
    hand.press("I have kept it")
    hand.see("Two groups")
    asked = {name for name in hand.shown() if re.fullmatch(r"Group \d+", name)}
    for name in sorted(asked):
        hand.write(name, groups[int(name.removeprefix("Group ")) - 1])
    hand.press("Continue")


def lock_and_unlock(hand: Hand) -> None:
    """Lock by the button, open again by the passphrase."""
    hand.press("Lock")
    hand.write("Passphrase", PASSPHRASE)
    hand.press("Unlock")
    hand.see("Today", BUTTON)


def unlock_by_keychain(hand: Hand) -> None:
    """Nobody types anything: the network is simply there."""
    hand.see(NETWORK)
    hand.see("Today", BUTTON)


def bring_letter(hand: Hand) -> None:
    """A letter from a file, and what it suggests taken over."""
    hand.write("Passphrase", SAMPLE)
    hand.press("Unlock")
    hand.press("Enquiries")
    hand.press("New enquiry")
    hand.press("Choose files")
    hand.write("File name:", LETTER)
    hand.press("Open", whole=True)
    for topic in TOPICS:
        hand.press(f"+ {topic}")


def ask(hand: Hand) -> None:
    """The letter to the supporter is read before it is put ready."""
    hand.press("Ask Amina")
    hand.see("The letter that asks", FIELD)
    hand.press("Ask Amina")
    hand.press("Open the letter to Amina")


def introduce(hand: Hand) -> None:
    """Both say yes; the whole address is looked at, and the card is opened in the person's mail program."""
    hand.press("Amina said yes")
    hand.press("The trainee said yes")
    hand.press("Reveal the address")
    hand.press("Open in my e-mail program")
    hand.press("Open it now")


def read_about(hand: Hand) -> None:
    """The page of the help that only a package has: what the program is made of."""
    hand.press("Resources")
    hand.press("Help", CHOICE)
    if not any(row.endswith(ABOUT) for row in hand.rows("Pages of the help")):
        raise Stopped(f"The help must have the page {ABOUT}.")
