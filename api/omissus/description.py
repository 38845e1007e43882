"""What a server offers of the data: its graphs, and the addresses at which they are got."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from omissus.graphs import ONTOLOGY_GRAPH, REGISTRY_GRAPH
from omissus.vocabulary import ID, PROV

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
FORMATS = "http://www.w3.org/ns/formats/"
PREFIXES = {
    "sd": SD,
    "void": VOID,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "formats": FORMATS,
    "prov": PROV,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CATALOGUE, DATASET = ID + "catalogue", ID + "dataset"
TITLES = {
    ONTOLOGY_GRAPH: "Omissus ontology: classes, properties, facets, statutory terms, demands",
    REGISTRY_GRAPH: "Registry: searches, territories, decisions, extents, texts of several Acts",
}
WHOLE = {"trig": "application/trig", "nq": "application/n-quads"}
"""Forms in which the whole dataset is downloaded: ending of the name, media type."""


@dataclass(frozen=True)
class HeldGraph:
    """A named graph of a store: its size, its first day of law, the records of its encoding."""

    name: str
    triples: int
    subjects: int
    label: str | None = None
    first: date | None = None
    records: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.label or TITLES.get(self.name, self.name)

    @property
    def dataset(self) -> str:
        """Name of the graph as a dataset, told apart from the Act that the graph is named by."""
        return f"{DATASET}/{self.name.removeprefix(ID).removeprefix('https://')}"


@dataclass(frozen=True)
class Offer:
    """What a server at `base` offers of the data of a release, on the law of a day."""

    base: str
    release: str
    day: date
    union: int
    graphs: tuple[HeldGraph, ...] = field(repr=False)

    @property
    def endpoint(self) -> str:
        return f"{self.base}/sparql"

    def download(self, graph: HeldGraph) -> str:
        """Address of the whole of a graph, as Turtle unless another format is asked for."""
        asked = urlencode({"graph": graph.name, "at": self.day.isoformat()})
        return f"{self.base}/graph-store?{asked}"

    def whole(self, ending: str) -> str:
        """Address of the whole dataset."""
        return f"{self.base}/dataset.{ending}?{urlencode({'at': self.day.isoformat()})}"
