"""A portable network file into a `Network`: all of it or nothing, with every fault named at its place."""

from collections.abc import Iterable
from dataclasses import asdict, replace

from peermatch.errors import BadInput, Fault
from peermatch.exchange.json_fields import Fields, read_object
from peermatch.exchange.json_tree import JsonObject, Tree, read_tree, shown
from peermatch.exchange.portable_enquiries import read_enquiry, read_introduction
from peermatch.exchange.portable_known import KnownIds, gather, repeated
from peermatch.exchange.portable_mail import mail_repeats, read_mail
from peermatch.exchange.portable_own import own_repeats, read_own
from peermatch.exchange.portable_people import read_supporter
from peermatch.exchange.portable_places import read_own_places
from peermatch.exchange.portable_terms import read_own_terms
from peermatch.model.barred import Barred
from peermatch.model.consent import Wording
from peermatch.model.network import Network
from peermatch.model.policy import Policy, parse_policy, policy_faults
from peermatch.model.reference import Reference

FORMAT = "peermatch"
VERSION = 1
_NO_OTHER = f"this must be {VERSION}: this program reads no other version"


def parse_network(raw: bytes, reference: Reference, *, bounded: bool = True) -> Network:
    """The network that a portable file describes; history is accepted as it is (formats, portable file)."""
    tree = read_tree(raw, bounded=bounded)
    faults = list(tree.faults)
    root = tree.value if isinstance(tree.value, JsonObject) else JsonObject()
    if _is_newer(root):
        raise BadInput(
            "The file was written by a newer PeerMatch, so nothing was loaded.",
            "Update PeerMatch and load it again.",
            (Fault("version", _NO_OTHER),),
        )
    known = gather(root, reference)
    network = read_object(tree.value, "", faults, lambda fields: _network(fields, known))
    faults += _repeats(network)
    terms, wrong_terms = read_own_terms(root.get("vocabulary", []), known)
    places, wrong_places = read_own_places(root.get("organisations", []), reference.organisations)
    faults += [*wrong_terms, *wrong_places]
    if faults:
        raise _refusal(_in_file_order(faults, tree))
    return replace(network, vocabulary=terms, organisations=places)


def _is_newer(root: JsonObject) -> bool:
    """Whether a later program wrote it: whatever else is new in it is no fault of the file."""
    version = root.get("version")
    return root.get("format") == FORMAT and type(version) is int and version > VERSION


def _network(fields: Fields, known: KnownIds) -> Network:
    fields.exactly("format", FORMAT, f'this must be "{FORMAT}": the file is of another kind')
    fields.exactly("version", VERSION, _NO_OTHER)
    name, controller = fields.required_child("network", _head) or ("", None)
    fields.has("vocabulary")
    fields.has("organisations")
    own = read_own(fields, known)
    return Network(
        name=name,
        controller=controller,
        wordings=fields.rows("wordings", _wording) if fields.has("wordings") else None,
        barred=fields.rows("barred", _barred),
        policy=fields.optional_child("policy", _policy),
        supporters=fields.rows("supporters", lambda each: read_supporter(each, known)),
        enquiries=fields.rows("enquiries", lambda each: read_enquiry(each, known)),
        introductions=fields.rows("introductions", lambda each: read_introduction(each, known)),
        standings=own.standings,
        signposts=own.signposts,
        letters=own.letters,
        listing=own.listing,
        links=own.links,
        mail=read_mail(fields, known),
    )


def _head(fields: Fields) -> tuple[str, str | None]:
    return fields.required("name"), fields.text("controller")


def _wording(fields: Fields) -> Wording:
    return Wording(
        id=fields.required("id"),
        text=fields.words("text"),
        language=fields.words("language", "en"),
        covers_narrower=fields.flag("covers_narrower"),
    )


def _barred(fields: Fields) -> Barred:
    return Barred(enquirer=fields.required("enquirer"), supporter=fields.required("supporter"))


def _policy(fields: Fields) -> Policy:
    """The policy, checked as everywhere; what is left out is as the standard has it."""
    usual = asdict(Policy())
    values = usual | {key: fields.raw(key) for key in usual if fields.has(key)}
    faults = policy_faults(values)
    for fault in faults:
        fields.fault(fault.place, fault.text)
    return Policy() if faults else parse_policy(values)


def _repeats(network: Network) -> list[Fault]:
    """Ids, references and pairs that stand in the file more than once."""
    pairs = [
        f"{each.enquiry} with {each.supporter}" if each.enquiry and each.supporter else None
        for each in network.introductions
    ]
    return [
        *_twice("wordings[{}].id", (each.id for each in network.wordings or ())),
        *_twice("supporters[{}].id", (each.id for each in network.supporters)),
        *_twice("enquiries[{}].reference", (each.reference for each in network.enquiries)),
        *_twice("introductions[{}]", pairs),
        *own_repeats(network),
        *mail_repeats(network.mail),
    ]


def _twice(place: str, keys: Iterable[str | None]) -> list[Fault]:
    return [
        Fault(place.format(number), f"{shown(key)} stands in the file already")
        for number, key in repeated(keys)
    ]


def _in_file_order(faults: Iterable[Fault], tree: Tree) -> tuple[Fault, ...]:
    """The faults as a reader meets them; what is missing stands where its object begins."""
    order = tree.order()
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: _position(fault.place, order)))


def _position(place: str, order: dict[str, int]) -> int:
    while place not in order:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return order[place]


def _refusal(faults: tuple[Fault, ...]) -> BadInput:
    many = "one problem" if len(faults) == 1 else f"{len(faults)} problems"
    return BadInput(f"The file has {many}, so nothing was loaded.", "Put right what is listed.", faults)
