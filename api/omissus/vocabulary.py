"""The IRIs of the ontology that the core reads by name."""

from __future__ import annotations

from functools import cache

OM = "https://w3id.org/omissus/def#"
ID = "https://w3id.org/omissus/id/"
TESTLAND = "https://testland.invalid/"
"""Names of invented law, which can be no address and never stand beside those of real law."""
ELI = "http://data.europa.eu/eli/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
LABEL = RDFS + "label"
COMMENT = RDFS + "comment"
PREF_LABEL = SKOS + "prefLabel"
DEFINITION = SKOS + "definition"
BROADER = SKOS + "broader"
IN_SCHEME = SKOS + "inScheme"
NOTATION = SKOS + "notation"
CLOSE_MATCH = SKOS + "closeMatch"
PART_OF = ELI + "is_part_of"
REALIZES = ELI + "realizes"
RELEVANT_FOR = ELI + "relevant_for"
MADE_BY = ELI + "jurisdiction"
IN_FORCE_FROM = ELI + "first_date_entry_in_force"
NO_LONGER_IN_FORCE = ELI + "date_no_longer_in_force"
DATE_DOCUMENT = ELI + "date_document"
SOURCE = "http://purl.org/dc/terms/source"
TITLE = "http://purl.org/dc/terms/title"
DESCRIPTION = "http://purl.org/dc/terms/description"
PROV = "http://www.w3.org/ns/prov#"
ENDED_AT = PROV + "endedAtTime"


@cache
def om(name: str) -> str:
    """IRI of the ontology's term `name`."""
    return OM + name
