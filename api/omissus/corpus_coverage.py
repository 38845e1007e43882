"""What of each instrument is encoded and what was left out, from which text, and who checked it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from omissus.corpus import Corpus
from omissus.exhibits import REVIEW_ORDER
from omissus.sections_read import SectionsRead, sections_read
from omissus.vocabulary import MADE_BY, PREF_LABEL, om


@dataclass(frozen=True)
class Encoded:
    """How far an instrument is encoded, by the least reviewed of the records on it."""

    instrument: str
    citation: str
    label: str
    made_by: str
    provisions: int
    left_out: tuple[str, ...]
    text_classes: tuple[str, ...]
    consolidated_to: date | None
    review: str
    corrections: int | None
    sections: SectionsRead | None


def corpus_coverage(corpus: Corpus, texts: Path | None = None) -> tuple[Encoded, ...]:
    """Every instrument that was encoded or searched, by maker and citation.

    Given the folder of the texts that were read, what became of each section that they print.
    """
    graph = corpus.graph
    encoded = {(v.provision, v.instrument) for v in corpus.versions.values()}
    provisions = Counter(instrument for _, instrument in encoded)
    searches = graph.instances(om("SearchRecord"))
    searched = {iri for search in searches for iri in graph.iris(search, om("searched"))}
    known = dict.fromkeys(
        iri
        for iri in graph.instances(om("Instrument"))
        if provisions[iri] or iri in searched or graph.subjects(om("encodes"), iri)
    )
    rows = (_encoded(corpus, iri, provisions[iri], texts) for iri in known)
    order = {corpus.slug(place): number for number, place in enumerate(corpus.territories)}
    last = len(order)
    return tuple(sorted(rows, key=lambda row: (order.get(row.made_by, last), row.citation)))


def _encoded(corpus: Corpus, iri: str, provisions: int, folder: Path | None) -> Encoded:
    graph = corpus.graph
    records = graph.subjects(om("encodes"), iri)
    texts = dict.fromkeys(t for record in records for t in graph.iris(record, om("readFrom")))
    classes = dict.fromkeys(c for t in texts for c in graph.iris(t, om("textClass")))
    days = [day for t in texts if (day := graph.day(t, om("consolidatedTo")))]
    corrections = [n for r in records if (n := graph.number(r, om("corrections"))) is not None]
    states = [
        (graph.iri(record, om("reviewState")) or REVIEW_ORDER[0]).rsplit("/", 1)[-1]
        for record in records
    ]
    maker = graph.iri(iri, MADE_BY)
    return Encoded(
        instrument=iri,
        citation=corpus.citation(iri),
        label=corpus.label(iri),
        made_by=corpus.slug(maker) if maker else "",
        provisions=provisions,
        left_out=tuple(str(v) for r in records for v in graph.values(r, om("leftOut"))),
        text_classes=tuple(graph.text(c, PREF_LABEL) or c for c in classes),
        consolidated_to=max(days, default=None),
        review=min(states, key=REVIEW_ORDER.index, default="searched only"),
        corrections=sum(corrections) if corrections else None,
        sections=sections_read(corpus, iri, folder) if folder else None,
    )


def as_data(row: Encoded) -> dict[str, Any]:
    """One instrument as plain data."""
    return {
        "instrument": row.instrument,
        "citation": row.citation,
        "label": row.label,
        "made_by": row.made_by,
        "provisions": row.provisions,
        "left_out": list(row.left_out),
        "text_classes": list(row.text_classes),
        "consolidated_to": row.consolidated_to.isoformat() if row.consolidated_to else None,
        "review_state": row.review,
        "corrections": row.corrections,
        "sections": asdict(row.sections) if row.sections else None,
    }
