"""The vocabulary that we ship: every id unique, every reference resolved, every fact with its source."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "resources" / "vocabulary"
NAMES = ("characteristics", "specialties", "grades", "organisations", "signposts")
FILES: Mapping[str, Mapping[str, Any]] = {
    name: tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in NAMES
}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*")
CITED = ("term", "specialty", "grade", "organisation", "site", "town", "signpost")
WRITTEN = ("synonyms", "abbreviations", "misspellings")
ARTICLE_9 = {"ethnic", "religion", "political", "health", "sex-life", "sexual-orientation"}
PROTECTED = {
    "age",
    "disability",
    "gender-reassignment",
    "marriage-and-civil-partnership",
    "pregnancy-and-maternity",
    "race",
    "religion-or-belief",
    "sex",
    "sexual-orientation",
}

# Words that two terms rightly share, with the reason. A word of a term and of one above it needs no reason.
SHARED_WORDS = {
    "audhd": "it says both ADHD and autism",
    "failed sca": "an exam of consultations, and a failed exam",
    **dict.fromkeys(
        ("lgbt", "lgbt+", "lgbtq", "lgbtq+", "lgbtqia+"),
        "it names several orientations and not which is meant",
    ),
}

# Pairs of groups where a relation would guess one thing about a person from another.
GUESSES = (("race", "faith"), ("race", "img"), ("race", "background"), ("sexuality", "disability"))


def rows(name: str, *keys: str) -> list[Mapping[str, Any]]:
    """The rows of one file under the given headings."""
    return [row for key in keys for row in FILES[name].get(key, [])]


TERMS = rows("characteristics", "term")
BY_ID = {term["id"]: term for term in TERMS}
GROUPS = {group["id"] for group in rows("characteristics", "group")}
PLACES = rows("organisations", "organisation", "site")


def cited() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every row that states a fact, with the name of its file."""
    for name in NAMES:
        for row in rows(name, *CITED):
            yield name, row


def labels() -> Iterator[tuple[str, str]]:
    """Every label of every list, with the id that it belongs to."""
    for name in ("characteristics", "specialties", "grades"):
        for row in rows(name, "group", "term", "specialty", "grade", "band", "similarity_group"):
            yield row["id"], row["label"]


def above(id: str) -> list[str]:
    """The ids above a term, nearest first; it ends where a ring closes."""
    found: list[str] = []
    while id in BY_ID and BY_ID[id]["broader"] not in found:
        id = BY_ID[id]["broader"]
        found.append(id)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_well_formed(name: str) -> None:
    for key, table in FILES[name].items():
        if isinstance(table, list):
            ids = [row["id"] for row in table]
            assert len(ids) == len(set(ids)), f"{name}, {key}: an id stands twice"
            assert [id for id in ids if not ID.fullmatch(id)] == [], f"{name}, {key}"


def test_no_id_means_two_things() -> None:
    assert not GROUPS & BY_ID.keys()
    organisations = {row["id"] for row in rows("organisations", "organisation")}
    assert not organisations & {row["id"] for row in rows("organisations", "site")}


@pytest.mark.parametrize("name", NAMES)
def test_each_file_says_its_schema_and_day(name: str) -> None:
    assert FILES[name]["schema"] == 1
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", FILES[name]["as_of"])


def test_every_source_cited_exists_and_every_source_is_described() -> None:
    for name in NAMES:
        sources = {source["id"] for source in rows(name, "source")}
        assert all(source["title"].strip() == source["title"] != "" for source in rows(name, "source"))
        wrong = [(row["id"], s) for row in rows(name, *CITED) for s in row["source"] if s not in sources]
        assert wrong == [], name


def test_verified_means_that_a_source_was_seen() -> None:
    assert [row["id"] for _, row in cited() if row["verified"] and not row["source"]] == []


def test_a_way_to_reach_a_service_comes_from_a_source() -> None:
    reached = ("phone", "text", "email", "url")
    posts = rows("signposts", "signpost")
    assert [p["id"] for p in posts if any(p.get(key) for key in reached) and not p["source"]] == []
    assert [p["id"] for p in posts if p["source"] and not p["source_date"]] == []


def test_a_code_of_an_organisation_comes_from_a_source() -> None:
    assert [p["id"] for p in PLACES if p.get("ods_code") and not p["source"]] == []
    assert [p["id"] for p in PLACES if not re.fullmatch(r"[A-Z0-9]{3,5}", p.get("ods_code", "AAA"))] == []


def test_every_term_stands_under_what_is_broader() -> None:
    assert [t["id"] for t in TERMS if t["broader"] not in BY_ID.keys() | GROUPS] == []
    assert [t["id"] for t in TERMS if not t["id"].startswith(t["broader"] + ".")] == []
    assert [t["id"] for t in TERMS if t["id"] in above(t["id"]) or above(t["id"])[-1] not in GROUPS] == []


def test_the_leaf_mark_tells_whether_something_stands_below() -> None:
    parents = {t["broader"] for t in TERMS}
    assert [t["id"] for t in TERMS if t["leaf"] == (t["id"] in parents)] == []


def test_every_group_has_terms() -> None:
    assert {above(id)[-1] for id in BY_ID} == GROUPS


def test_related_terms_exist_and_the_pairs_are_symmetric() -> None:
    pairs = {(t["id"], r["id"]): r["strength"] for t in TERMS for r in t["related"]}
    assert [p for p in pairs if p[1] not in BY_ID or p[0] == p[1]] == []
    assert [p for p, strength in pairs.items() if pairs.get((p[1], p[0])) != strength] == []
    assert [p for p, strength in pairs.items() if not 0 < strength < 1] == []


def test_no_relation_joins_a_term_with_one_above_it() -> None:
    assert [(t["id"], r["id"]) for t in TERMS for r in t["related"] if r["id"] in above(t["id"])] == []


def test_no_relation_guesses_one_thing_about_a_person_from_another() -> None:
    crossed = {frozenset(pair) for pair in GUESSES}
    tops = [(t["id"], r["id"], {above(t["id"])[-1], above(r["id"])[-1]}) for t in TERMS for r in t["related"]]
    assert [(a, b) for a, b, groups in tops if frozenset(groups) in crossed] == []


def test_sensitivity_is_stated_whole() -> None:
    assert [t["id"] for t in TERMS if t["special_category"] != bool(t.get("art9"))] == []
    assert [t["id"] for t in TERMS if not set(t.get("art9", [])) <= ARTICLE_9] == []
    assert [t["id"] for t in TERMS if not set(t["equality_act"]) <= PROTECTED] == []
    assert {e for t in TERMS for e in t["equality_act"]} == PROTECTED
    health = ("race", "faith", "sexuality", "mind", "neuro", "disability", "sensory")
    ordinary = {t["id"] for t in TERMS if above(t["id"])[-1] in health and not t["special_category"]}
    assert ordinary == {"mind.impostor"}, "confidence is no illness; everything else here is special category"


def test_what_must_be_looked_at_first_points_to_help() -> None:
    first = [t for t in TERMS if t.get("risk_first")]
    assert len(first) >= 6
    assert [t["id"] for t in first if not t["extra_sensitive"] or not t["signposts"]] == []


def test_every_term_says_how_people_write_it() -> None:
    assert [t["id"] for t in TERMS if not t["synonyms"]] == []
    for term in TERMS:
        for key in (*WRITTEN, "weak_cues"):
            words = [word.casefold() for word in term.get(key, [])]
            assert len(words) == len(set(words)), (term["id"], key)
            assert [w for w in words if w != w.strip() or "  " in w or len(w) < 2 or "(" in w] == [], term[
                "id"
            ]


def test_a_weak_cue_is_not_at_the_same_time_a_strong_one() -> None:
    for term in TERMS:
        strong = {word.casefold() for key in ("synonyms", "misspellings") for word in term.get(key, [])}
        strong |= set(term.get("abbreviations", []))  # these keep their case: CREST is a form, a crest is not
        assert [w for w in term.get("weak_cues", []) if w in strong or w.casefold() in strong] == [], term[
            "id"
        ]


def test_misspellings_are_not_words_that_are_right() -> None:
    right = {word.casefold() for t in TERMS for word in (*t["synonyms"], t["label"])}
    assert [w for t in TERMS for w in t.get("misspellings", []) if w.casefold() in right] == []


def test_no_word_leads_to_two_terms_unless_we_say_why() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for term in TERMS:
        for key in WRITTEN:
            for word in term.get(key, []):
                meant[word.casefold()].add(term["id"])
    shared = {
        word
        for word, ids in meant.items()
        if len(ids) > 1 and not any(all(id == one or one in above(id) for id in ids) for one in ids)
    }
    assert shared == SHARED_WORDS.keys()


def test_clinical_and_everyday_words_do_not_stand_alone() -> None:
    """The writers are doctors: these words are mostly about a patient, a rota or a form."""
    strong = {word.casefold() for t in TERMS for word in t["synonyms"]}
    alone = {"seizure", "stroke", "insulin", "extension", "termination", "expecting", "premature"}
    alone |= {
        "cutting",
        "arrested",
        "controlling",
        "interpreter",
        "fasting",
        "pumping",
        "revert",
        "black",
        "white",
    }
    assert strong & alone == set()


def test_labels_are_plain() -> None:
    for id, label in labels():
        assert 2 <= len(label) <= 60, id
        assert label == label.strip().removesuffix("."), id
        assert not re.search(r"[()\[\]{}<>;]|\b(BAME|BME|suffering|victim|junior doctor)\b", label), id


def test_labels_differ_within_a_list() -> None:
    for name, key in (("characteristics", "term"), ("specialties", "specialty"), ("grades", "grade")):
        found = [row["label"].casefold() for row in rows(name, key)]
        assert len(found) == len(set(found)), name


def test_every_term_points_to_services_that_exist() -> None:
    posts = {post["id"] for post in rows("signposts", "signpost")}
    assert [(t["id"], s) for t in TERMS for s in t["signposts"] if s not in posts] == []


def test_areas_resolve_and_lie_within_each_other() -> None:
    within = {area["id"]: area["within"] for area in rows("signposts", "area")}
    assert [id for id, outer in within.items() if outer and outer not in within] == []
    assert [post["id"] for post in rows("signposts", "signpost") if post["area"] not in within] == []
    for start, outer in within.items():
        seen, area = {start}, outer
        while area:
            assert area not in seen, "areas lie within each other in a ring"
            seen.add(area)
            area = within[area]


def test_help_in_a_crisis_is_marked_urgent_and_comes_first() -> None:
    posts = rows("signposts", "signpost")
    urgent = {post["id"]: post["order"] for post in posts if post.get("urgent")}
    assert {"emergency-999", "nhs-111-mh", "samaritans", "shout"} <= urgent.keys()
    assert max(urgent.values()) < min(post["order"] for post in posts if post["id"] not in urgent)


def test_services_for_abuse_say_how_to_make_contact_safely() -> None:
    named = {s for t in TERMS if t["id"].startswith("life.domestic-abuse") for s in t["signposts"]}
    local = [
        p
        for p in rows("signposts", "signpost")
        if p["id"] in named and p["id"].endswith(("-da", "-helpline"))
    ]
    assert local
    assert [p["id"] for p in local if not p.get("safe_note")] == []


def test_similarity_groups_and_parents_of_specialties_resolve() -> None:
    specialties = rows("specialties", "specialty")
    ids = {s["id"] for s in specialties}
    similar = {g["id"] for g in rows("specialties", "similarity_group")}
    groups = {g["id"] for g in rows("specialties", "group")}
    assert [s["id"] for s in specialties if not s["similar"] or not set(s["similar"]) <= similar] == []
    assert [s["id"] for s in specialties if s["group"] not in groups] == []
    assert [s["id"] for s in specialties if s.get("parent", s["id"]) not in ids] == []
    assert [s["id"] for s in specialties if (s["kind"] == "subspecialty") != ("parent" in s)] == []
    assert {g for s in specialties for g in s["similar"]} == similar
    assert {s["group"] for s in specialties} == groups


def test_grades_resolve_and_equivalents_are_symmetric() -> None:
    grades = {g["id"]: g for g in rows("grades", "grade")}
    bands = {b["id"] for b in rows("grades", "band")}
    assert [id for id, g in grades.items() if g["band"] not in bands or id in g["equivalent"]] == []
    assert [
        (id, e) for id, g in grades.items() for e in g["equivalent"] if id not in grades[e]["equivalent"]
    ] == []
    assert [id for id, g in grades.items() if not 1 <= len(g["short"]) <= 24] == []


@pytest.mark.parametrize(("name", "key"), [("specialties", "specialty"), ("grades", "grade")])
def test_no_other_way_to_write_it_means_two_things(name: str, key: str) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for row in rows(name, key):
        for word in (*row["also_written"], row["label"]):
            meant[word.casefold()].add(row["id"])
    assert {word: ids for word, ids in meant.items() if len(ids) > 1} == {}


def test_no_other_way_to_write_an_organisation_means_two() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for place in PLACES:
        for word in (*place["also_written"], place["name"]):
            meant[word.casefold()].add(place["id"])
    assert {word: ids for word, ids in meant.items() if len(ids) > 1} == {}


def test_organisations_and_sites_resolve() -> None:
    organisations = {o["id"]: o for o in rows("organisations", "organisation")}
    regions = {r["id"] for r in rows("organisations", "region")}
    for id, organisation in organisations.items():
        successors = organisation.get("successors", [])
        assert set(successors) <= organisations.keys() - {id}, id
        assert organisation["region"] in regions, id
        assert organisation["status"] in {"open", "merging", "closed", "unconfirmed"}, id
        assert bool(successors) == (organisation["status"] in {"closed", "merging"}), id
    assert [s["id"] for s in rows("organisations", "site") if s["organisation"] not in organisations] == []
    codes = [s["ods_code"] for s in rows("organisations", "site") if "ods_code" in s]
    assert len(codes) == len(set(codes))


def test_successors_come_to_an_end() -> None:
    after = {o["id"]: o.get("successors", []) for o in rows("organisations", "organisation")}
    for start, successors in after.items():
        waiting, seen = list(successors), set()
        while waiting:
            each = waiting.pop()
            assert each != start, f"{start} goes into itself"
            if each not in seen:
                seen.add(each)
                waiting.extend(after[each])


def test_coordinates_lie_in_the_north_west() -> None:
    placed = [p for p in rows("organisations", "organisation", "site", "town") if "latitude" in p]
    assert len(placed) > 120
    assert [p["id"] for p in placed if not (52.9 < p["latitude"] < 55 and -3.7 < p["longitude"] < -1.9)] == []
    assert [p["id"] for p in PLACES if ("latitude" in p) != ("longitude" in p)] == []


def test_every_town_named_by_an_organisation_has_a_place() -> None:
    towns = {t["name"] for t in rows("organisations", "town")}
    towns |= {p["town"] for p in PLACES if "latitude" in p}
    assert [p["id"] for p in PLACES if p.get("town") and p["town"] not in towns] == []


def test_no_path_of_a_machine_stands_in_a_file() -> None:
    for name in NAMES:
        text = (FOLDER / f"{name}.toml").read_text("utf-8")
        assert not re.search(r"/(work|home|root|tmp|Users)/", text), name
        assert not {"\ufffd", "\r"} & set(text), name
