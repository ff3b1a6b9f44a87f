"""A Secret Service of our own that answers as badly as it is told to: ``python hostile_keychain.py MODE``.

Modes: ``hangs`` takes the name of the service and never answers, ``strange`` gives somebody else's secret, ``garbage``
gives what is no secret at all, ``locked`` dismisses the prompt, ``forgets`` takes everything and keeps nothing.
"""

import base64
import sys
from collections.abc import Callable

from jeepney import HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusAddress

SERVICE = "org.freedesktop.secrets"
ROOT = "/org/freedesktop/secrets"
COLLECTION, ITEM, PROMPT = f"{ROOT}/collection/one", f"{ROOT}/collection/one/1", f"{ROOT}/prompt/one"
PLAIN, NO_PROMPT = "plain", "/"
OTHERS = base64.b64encode(b"somebody else's secret, 32 bytes.."[:32])
SECRETS = {"strange": OTHERS, "garbage": "žluťoučký kůň".encode(), "forgets": b"", "locked": b""}
Answer = tuple[str, tuple[object, ...]]


def session(mode: str, body: tuple[object, ...]) -> Answer | None:
    """Only the plain way of handing secrets over is known here."""
    return ("vo", (("s", ""), f"{ROOT}/session/one")) if body[0] == PLAIN else None


def locked(mode: str, body: tuple[object, ...]) -> Answer | None:
    """The properties of the collection and of its items."""
    values = {"Locked": ("b", mode == "locked"), "Label": ("s", "one")}
    return "v", (values[str(body[1])],)


def found(mode: str, body: tuple[object, ...]) -> Answer | None:
    """What is kept."""
    return "ao", ([] if mode == "forgets" else [ITEM],)


def secret(mode: str, body: tuple[object, ...]) -> Answer | None:
    """The secret of the one item."""
    return "(oayays)", ((f"{ROOT}/session/one", b"", SECRETS[mode], "text/plain"),)


ANSWERS: dict[str, Callable[[str, tuple[object, ...]], Answer | None]] = {
    "OpenSession": session,
    "ReadAlias": lambda mode, body: ("o", (COLLECTION,)),
    "Get": locked,
    "Unlock": lambda mode, body: ("aoo", ([], PROMPT)),
    "Prompt": lambda mode, body: ("", ()),
    "SearchItems": found,
    "CreateItem": lambda mode, body: ("oo", (ITEM, NO_PROMPT)),
    "GetSecret": secret,
    "Delete": lambda mode, body: ("o", (NO_PROMPT,)),
}


def answer(bus: DBusConnection, asked: Message, mode: str) -> None:
    """Answer one call; after a prompt say that it was dismissed."""
    member = asked.header.fields[HeaderFields.member]
    said = ANSWERS[member](mode, asked.body) if member in ANSWERS else None
    if said is None:
        bus.send(new_error(asked, "org.freedesktop.DBus.Error.NotSupported"))
        return
    bus.send(new_method_return(asked, *said))
    if member == "Prompt":
        prompt = DBusAddress(PROMPT, interface="org.freedesktop.Secret.Prompt")
        bus.send(new_signal(prompt, "Completed", "bv", (True, ("ao", []))))


def main(mode: str) -> None:
    """Serve until the bus ends."""
    bus = open_dbus_connection(bus="SESSION")
    bus.send_and_get_reply(message_bus.RequestName(SERVICE))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        asked = bus.receive()
        if asked.header.message_type is MessageType.method_call and mode != "hangs":
            answer(bus, asked, mode)


if __name__ == "__main__":
    main(sys.argv[1])
