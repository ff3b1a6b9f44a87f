"""The example of the portable format, as it is written down, and a minimal file."""

import copy
import json
from typing import Any

EXAMPLE = """
{"format":"peermatch","version":1,"network":{"name":"North","controller":null},
 "wordings":[{"id":"2026-1","text":"I agree.","language":"en","covers_narrower":false}],"barred":[],"policy":null,
 "vocabulary":[],
 "supporters":[{"id":"S-0001","name":"Amina Rahman","known_as":"Amina","pronouns":"she/her",
   "email":"amina@example.org","other_emails":[],"phone":null,"prefers":"email",
   "languages":["en"],"grade":"st6","specialty":"anaesthetics","organisation":"lthtr","place":"Preston",
   "programmes":["peer-support"],"status":"active","paused_until":null,"available_from":null,
   "available_until":null,"capacity":2,
   "boundaries":{"same_organisation":false,"same_specialty":true,"organisations":[],"specialties":[],"topics":[]},
   "relations":[{"to":"trainer@example.org","kind":"trainer","from":"2026-08-01","until":null}],
   "characteristics":["neuro.adhd"],
   "consents":[{"purpose":"hold","characteristic":null,"given":"2026-09-12","expires":"2027-09-11",
      "withdrawn":null,"method":"form","wording":"2026-1","recorded_by":null,"evidence":null},
               {"purpose":"match","characteristic":"neuro.adhd","given":"2026-09-12","expires":"2027-09-11",
      "withdrawn":null,"method":"form","wording":"2026-1"}],
   "notes":""}],
 "enquiries":[{"reference":"E-0142","received":"2026-11-19","channel":"email","programme":"peer-support",
   "status":"new",
   "requester":{"name":null,"email":"t@example.org","other_emails":[],"phone":null,"safe_contact":"e-mail only"},
   "consent":null,"letter":"...","grade":"st4","specialty":"general-psychiatry","organisation":"mft","place":null,
   "needs":[{"characteristic":"neuro.adhd","importance":"essential"},
            {"characteristic":"training.progress.exam-failure","importance":"helpful"}],
   "preferences":{"specialty":"any","grade":"any","place":"any","language":null,"contact":null},
   "exclusions":{"organisations":["mft"],"specialties":[],"supporters":[],"people":[]},
   "choice":false,"risk":[{"kind":"unclear-disclosure","words":["..."]}],"risk_done":"2026-11-20 rang, safe"}],
 "introductions":[{"enquiry":"E-0142","supporter":"S-0001","state":"asked","asked":"2026-11-20","answered":null,
   "introduced":null,"ended":null,"outcome":null}]}
"""

MINIMAL = {"format": "peermatch", "version": 1, "network": {"name": "N"}}


def example() -> dict[str, Any]:
    """A fresh copy of the example."""
    copied: dict[str, Any] = copy.deepcopy(json.loads(EXAMPLE))
    return copied


def encoded(tree: object) -> bytes:
    """A file with these values."""
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
