"""What can be wrong with one place of a portable file, each with the faults that it must bring."""

from collections.abc import Callable
from typing import Any

from peermatch.model.policy import FAR_WORDS, NAME_WORDS

Change = Callable[[dict[str, Any]], object]


def put(path: str, value: object) -> Change:
    """A change that sets one field; numbers in the path are places in lists."""

    def change(tree: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        at: Any = tree
        for step in way:
            at = at[step]
        at[last] = value

    return change


def drop(path: str) -> Change:
    """A change that takes one field away."""

    def change(tree: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        at: Any = tree
        for step in way:
            at = at[step]
        del at[last]

    return change


NO_DAY = "there is no such day; write it as 2026-11-20"
S, E, INTRO = "supporters/0", "enquiries/0", "introductions/0"

SHAPE: list[tuple[Change, str]] = [
    (put("format", "peer"), 'format: this must be "peermatch": the file is of another kind'),
    (drop("format"), "format: this field is missing"),
    (put("version", 2), "version: this must be 1: this program reads no other version"),
    (put("version", True), "version: this must be 1: this program reads no other version"),
    (put("version", "1"), "version: this must be 1: this program reads no other version"),
    (drop("version"), "version: this field is missing"),
    (put("colour", "red"), "colour: this field is not known"),
    (drop("network"), "network: this field is missing"),
    (put("network", []), "network: this must be an object with fields"),
    (put("network/name", " "), "network.name: this must not be empty"),
    (put("network/name", None), "network.name: this must be text"),
    (put("network/controller", 7), "network.controller: this must be text"),
    (put("wordings", None), "wordings: this must be a list"),
    (put("wordings/0/covers_narrower", "no"), "wordings[0].covers_narrower: this must be true or false"),
    (put("wordings/0/text", None), "wordings[0].text: this must be text"),
    (put("barred", [{"enquirer": "a@example.org"}]), "barred[0].supporter: this field is missing"),
    (put("barred", ["x"]), "barred[0]: this must be an object with fields"),
    (put("policy", {"essential": True}), "policy.essential: this must be a number"),
    (put("policy", {"essential": -1}), "policy.essential: this must lie between 0.01 and 100"),
    (put("policy", {"helpful": 0}), "policy.helpful: this must lie between 0.01 and 100"),
    (put("policy", {"preference": 100.5}), "policy.preference: this must lie between 0 and 100"),
    (put("policy", {"load_in_hand": 1.5}), "policy.load_in_hand: this must lie between 0 and 1"),
    (put("policy", {"asked_limit": 0}), "policy.asked_limit: this must lie between 1 and 1000"),
    (put("policy", {"version": 1.5}), "policy.version: this must be a whole number"),
    (put("policy", {"version": 0}), "policy.version: this must lie between 1 and 2147483647"),
    (put("policy", {"far_km": 2001}), "policy.far_km: this must lie between 0 and 2000"),
    (put("policy", {"ambiguous": "0.02"}), "policy.ambiguous: this must be a number"),
    (put("policy", {"name": None}), "policy.name: this must be text"),
    (put("policy", {"name": ""}), f"policy.name: {NAME_WORDS}"),
    (put("policy", {"name": "x" * 61}), f"policy.name: {NAME_WORDS}"),
    (put("policy", {"weights": [3, 1]}), "policy.weights: this field is not known"),
    (put("vocabulary", {}), "vocabulary: this must be a list"),
    (
        put("vocabulary", [{"id": "own.x", "broader": "neuro"}]),
        "vocabulary[0].label: this field is missing or empty",
    ),
    (put("supporters", {}), "supporters: this must be a list"),
    (put(S, 5), "supporters[0]: this must be an object with fields"),
    (drop(f"{S}/id"), "supporters[0].id: this field is missing"),
    (put(f"{S}/name", ""), "supporters[0].name: this must not be empty"),
    (put(f"{S}/email", 5), "supporters[0].email: this must be text"),
    (put(f"{S}/other_emails", "a@example.org"), "supporters[0].other_emails: this must be a list"),
    (put(f"{S}/other_emails", ["a", None]), "supporters[0].other_emails[1]: this must be text"),
    (put(f"{S}/prefers", "fax"), "supporters[0].prefers: this must be one of email, phone"),
    (
        put(f"{S}/status", "Active"),
        "supporters[0].status: this must be one of applied, checked, active, left",
    ),
    (put(f"{S}/status", None), "supporters[0].status: this must be one of applied, checked, active, left"),
    (put(f"{S}/capacity", -1), "supporters[0].capacity: this must lie between 0 and 2147483647"),
    (put(f"{S}/capacity", True), "supporters[0].capacity: this must be a whole number"),
    (put(f"{S}/capacity", 10**30), "supporters[0].capacity: this must lie between 0 and 2147483647"),
    (
        put(f"{S}/programmes", ["Peer Support"]),
        "supporters[0].programmes[0]: this must be 1 to 40 of the characters a-z, 0-9 and hyphen",
    ),
    (
        put(f"{S}/boundaries/same_specialty", 1),
        "supporters[0].boundaries.same_specialty: this must be true or false",
    ),
    (put(f"{S}/boundaries/colour", 1), "supporters[0].boundaries.colour: this field is not known"),
    (drop(f"{S}/relations/0/to"), "supporters[0].relations[0].to: this field is missing"),
    (
        put(f"{S}/relations/0/kind", "friend"),
        "supporters[0].relations[0].kind: this must be one of trainer, supervisor, assessor, partner, same-team, "
        "same team",
    ),
    (drop(f"{S}/relations/0/from"), "supporters[0].relations[0].from: this field is missing"),
    (drop(f"{S}/consents/0/purpose"), "supporters[0].consents[0].purpose: this field is missing"),
    (put(f"{S}/consents/0/given", None), f"supporters[0].consents[0].given: {NO_DAY}"),
    (put(f"{S}/consents/0/withdrawn", "12.9.2026"), f"supporters[0].consents[0].withdrawn: {NO_DAY}"),
    (
        put(f"{S}/consents/0/method", "web"),
        "supporters[0].consents[0].method: this must be one of form, email, spoken, paper",
    ),
    (drop(f"{S}/consents/0/wording"), "supporters[0].consents[0].wording: this field is missing"),
    (drop(f"{E}/requester"), "enquiries[0].requester: this field is missing"),
    (put(f"{E}/requester/agent", "x"), "enquiries[0].requester.agent: this field is not known"),
    (put(f"{E}/received", 20261119), f"enquiries[0].received: {NO_DAY}"),
    (
        put(f"{E}/programme", "x" * 41),
        "enquiries[0].programme: this must be 1 to 40 of the characters a-z, 0-9 and hyphen",
    ),
    (
        put(f"{E}/consent", {"given": "2026-11-19", "method": "form"}),
        "enquiries[0].consent.wording: this field is missing",
    ),
    (drop(f"{E}/needs/0/importance"), "enquiries[0].needs[0].importance: this field is missing"),
    (
        put(f"{E}/preferences/grade", "junior"),
        "enquiries[0].preferences.grade: this must be one of any, same, senior",
    ),
    (put(f"{E}/choice", "yes"), "enquiries[0].choice: this must be true or false"),
    (put(f"{E}/risk/0/words", [1]), "enquiries[0].risk[0].words[0]: this must be text"),
    (drop(f"{INTRO}/asked"), "introductions[0].asked: this field is missing"),
    (drop(f"{INTRO}/enquiry"), "introductions[0].enquiry: this field is missing"),
]


MEANING: list[tuple[Change, list[str]]] = [
    (
        put("wordings/0/id", "2026-9"),
        [
            "supporters[0].consents[0].wording: there is no wording 2026-1",
            "supporters[0].consents[1].wording: there is no wording 2026-1",
        ],
    ),
    (put("policy", {"far_km": 15}), [f"policy.far_km: {FAR_WORDS}"]),
    (
        put("policy", {"load_in_hand": 0.96}),
        ["policy.load_asked: together with load_in_hand this must stay below 1"],
    ),
    (put("policy", {"name": " autumn"}), [f"policy.name: {NAME_WORDS}"]),
    (put("policy", {"name": "two\nlines"}), [f"policy.name: {NAME_WORDS}"]),
    (put(f"{S}/paused_until", "2026-02-30"), [f"supporters[0].paused_until: {NO_DAY}"]),
    (put(f"{S}/grade", "st99"), ["supporters[0].grade: there is no grade st99"]),
    (put(f"{S}/specialty", "surgery"), ["supporters[0].specialty: there is no specialty surgery"]),
    (put(f"{S}/organisation", ""), ["supporters[0].organisation: there is no organisation or site (empty)"]),
    (
        put(f"{S}/characteristics", ["neuro"]),
        ["supporters[0].characteristics[0]: there is no characteristic neuro"],
    ),
    (
        put(f"{S}/consents/1/characteristic", "neuro"),
        ["supporters[0].consents[1].characteristic: there is no characteristic neuro"],
    ),
    (
        put(f"{S}/boundaries/topics", ["neuro", "sleep"]),
        ["supporters[0].boundaries.topics[1]: there is no characteristic sleep"],
    ),
    (
        put(f"{S}/boundaries/specialties", ["x"]),
        ["supporters[0].boundaries.specialties[0]: there is no specialty x"],
    ),
    (put(f"{E}/organisation", "Mars"), ["enquiries[0].organisation: there is no organisation or site Mars"]),
    (
        put(f"{E}/needs/0/characteristic", "x"),
        ["enquiries[0].needs[0].characteristic: there is no characteristic x"],
    ),
    (
        put(f"{E}/exclusions/supporters", ["S-9"]),
        ["enquiries[0].exclusions.supporters[0]: there is no supporter S-9"],
    ),
    (put(f"{INTRO}/enquiry", "E-9"), ["introductions[0].enquiry: there is no enquiry E-9"]),
    (put(f"{INTRO}/supporter", "S-9"), ["introductions[0].supporter: there is no supporter S-9"]),
    (
        lambda tree: tree["supporters"].append({"id": "S-0001", "name": "x"}),
        ["supporters[1].id: S-0001 stands in the file already"],
    ),
    (
        lambda tree: tree["wordings"].append({"id": "2026-1"}),
        ["wordings[1].id: 2026-1 stands in the file already"],
    ),
    (
        lambda tree: tree["enquiries"].append(tree["enquiries"][0]),
        ["enquiries[1].reference: E-0142 stands in the file already"],
    ),
    (
        lambda tree: tree["introductions"].append(tree["introductions"][0]),
        ["introductions[1]: E-0142 with S-0001 stands in the file already"],
    ),
    (
        put("vocabulary", [{"id": "neuro.adhd", "label": "x", "broader": "neuro"}]),
        ["vocabulary[0].id: neuro.adhd is in use in the shipped vocabulary"],
    ),
    (
        put("vocabulary", [{"id": "own.a", "label": "x", "broader": "nothing"}]),
        ["vocabulary[0].broader: there is no characteristic nothing"],
    ),
    (
        put(
            "vocabulary",
            [
                {"id": "own.a", "label": "x", "broader": "own.b"},
                {"id": "own.b", "label": "x", "broader": "own.a"},
            ],
        ),
        [
            "vocabulary[0].broader: the term stands above itself",
            "vocabulary[1].broader: the term stands above itself",
        ],
    ),
    (
        put(
            "vocabulary",
            [{"id": "own.a", "label": "x", "broader": "neuro", "related": [{"id": "y", "strength": 0.5}]}],
        ),
        ["vocabulary[0].related[0].id: there is no characteristic y"],
    ),
    (
        put(
            "vocabulary",
            [{"id": "own.a", "label": "x", "broader": "neuro", "related": [{"id": "mind", "strength": 0.5}]}],
        ),
        ["vocabulary[0].related[0].id: there is no characteristic mind"],
    ),
    (
        put(
            "vocabulary",
            [
                {"id": "own.a", "label": "x", "broader": "neuro"},
                {"id": "own.c", "wrong": 1},
                {"id": "own.a", "label": "x", "broader": "own.c"},
            ],
        ),
        [
            "vocabulary[1].label: this field is missing or empty",
            "vocabulary[1].broader: this field is missing or empty",
            "vocabulary[1].wrong: this field is not known",
            "vocabulary[2].id: own.a stands in the file already",
        ],
    ),
    (put("vocabulary", ["own.a"]), ["vocabulary[0]: this must be a table of fields"]),
    (
        put(f"{S}/notes", "x\ud800"),
        ["supporters[0].notes: this text holds half a character, which cannot be kept"],
    ),
]
