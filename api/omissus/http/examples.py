"""Examples for the description of the interface: what one finding looks like, and its parts."""

from __future__ import annotations

PROBLEM = {
    "type": "https://w3id.org/omissus/problem/invalid-day",
    "title": "Invalid day",
    "status": 400,
    "detail": "'yesterday' is no day of the calendar. Write it as 2023-09-29.",
}
LIMIT = {
    "facet": "medium",
    "anchor": "the use of an information system or other similar means",
    "citation": "PECA 2016 s 22B",
    "reasons": ["Similar keeps to the kind: what is done in person is not done by such means."],
}
PROVISION = {
    "iri": "https://w3id.org/omissus/id/akn/pk/act/2016/40/eng@2023-09-01/sec_22B__offence_a",
    "label": "use of an information system for child prostitution",
    "citation": "PECA 2016 s 22B",
    "anchor": "directly or indirectly involved in the use of an information system",
    "in_force_from": "2023-09-01",
    "in_force_until": None,
    "readings": ["strict", "generous"],
    "express": True,
    "naming": "names the act, by its purpose",
    "in_criminal_code": False,
    "penalty": "14 years to 20 years, and a fine",
    "review_state": "second-read",
}
PROVISION_IN_FULL = PROVISION | {
    "introduced_by": "Act XXXVII of 2023",
    "procedure": "arrest without warrant, not bailable, not compoundable (PECA 2016 s 43)",
    "conditions": [],
    "through": [],
    "widened_by": [],
    "limits": [LIMIT],
    "text_class": "official text",
    "consolidated_to": "2025-02-07",
    "decisions": [],
}
LEFT_OVER = {
    "patterns": ["Procuring a child for prostitution: where the guardian consents."],
    "more": 0,
}
FINDING = {
    "id": "3-1-b-procuring.pk.boy",
    "requirement": "https://w3id.org/omissus/id/requirement/3-1-b-procuring",
    "slug": "3-1-b-procuring",
    "citation": "OPSC art 3(1)(b)",
    "label": "procuring a child for prostitution",
    "modality": "shall",
    "paragraphs": ["9"],
    "territory": "pk",
    "territory_label": "Federal",
    "victim_sex": "boy",
    "verdict": "contested",
    "strict_verdict": "partly covered",
    "generous_verdict": "covered",
    "federal_verdict": "contested",
    "left_over": {"strict": LEFT_OVER, "generous": {"patterns": [], "more": 0}},
    "not_an_offence_at_home": [],
    "offences": [PROVISION],
    "expression": "express",
    "criminal_code": "elsewhere",
    "penalties": ["14 years to 20 years, and a fine"],
    "review_state": "second-read",
    "reported": [],
    "search": "prostitution: searched PPC 1860, PECA 2016, PTPA 2018, consolidated to 2025-02-07.",
    "note": None,
}
BASE = {
    "instrument": "https://w3id.org/omissus/id/akn/pk/act/2016/40",
    "citation": "PECA 2016",
    "base": "offender-national",
    "base_label": "the offender is a national",
    "demanded_by": "OPSC art 4(2)(a)",
    "verdict": "covered",
    "rules": ["PECA 2016 s 1(4)"],
}
REPORT = {
    "at": "2023-09-29",
    "release": "0123456789ab",
    "disclaimer": "Research on the words of the law; not legal advice.",
    "doubts_about_the_day": [],
    "jurisdiction": [BASE],
}
