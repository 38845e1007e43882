"""Clients of other makers, told nothing but the endpoint's address, give the store's own answer."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pandas
import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TURTLE, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper

from omissus.findings import Findings
from omissus.store import on_disk
from omissus.vocabulary import OM
from tests import comunica
from tests.server import running

PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"
ELI = "http://data.europa.eu/eli/ontology#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
JOIN = f"""
SELECT ?offence ?label ?citation ?day WHERE {{
  ?offence a <{OM}EnactedOffence> ; <{LABEL}> ?label ; <{OM}enactedIn> ?version .
  ?version <{ELI}realizes> ?provision ; <{ELI}first_date_entry_in_force> ?day .
  ?provision <{OM}citation> ?citation .
}}
"""
YES = f"ASK {{ <{PTPA}> a <{OM}Instrument> }}"
NO = f"ASK {{ <{PTPA}> a <{OM}Territory> }}"
CONSTRUCT = f"""
CONSTRUCT {{ ?provision <{LABEL}> ?label ; <{ELI}is_part_of> ?act }}
WHERE {{ ?provision <{ELI}is_part_of> ?act ; <{LABEL}> ?label }}
"""


@pytest.fixture(scope="module")
def address(stores):
    with running(stores) as address:
        yield address


@pytest.fixture(scope="module")
def store(corpus, stores):
    return pyoxigraph.Store.read_only(str(on_disk(Findings(corpus, date.today()), stores)))


def term(found):
    """A term of the store as rdflib has it."""
    if isinstance(found, pyoxigraph.NamedNode):
        return rdflib.URIRef(found.value)
    plain = found.language or found.datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(
        found.value, lang=found.language, datatype=None if plain else found.datatype.value
    )


@pytest.fixture(scope="module")
def rows(store):
    """The rows of the join as the store gives them."""
    found = store.query(JOIN, use_default_graph_as_union=True)
    rows = sorted(tuple(term(value) for value in row) for row in found)
    assert len(rows) > 100
    return rows


@pytest.fixture(scope="module")
def texts_of_rows(rows):
    """The same as CSV has them, without kinds, languages and datatypes."""
    return sorted(tuple(map(str, row)) for row in rows)


@pytest.fixture(scope="module")
def statements(store):
    """The statements of the construction as the store gives them."""
    found = store.query(CONSTRUCT, use_default_graph_as_union=True)
    statements = {tuple(term(value) for value in triple) for triple in found}
    assert len(statements) > 100
    return statements


def from_json(binding):
    kind = binding["type"]
    if kind == "uri":
        return rdflib.URIRef(binding["value"])
    return rdflib.Literal(
        binding["value"], lang=binding.get("xml:lang"), datatype=binding.get("datatype")
    )


def rows_of_json(found, heads=("offence", "label", "citation", "day")):
    """Rows in the order of the query; Comunica tells its variables in another."""
    return sorted(
        tuple(from_json(row[head]) for head in heads) for row in found["results"]["bindings"]
    )


def rows_of_csv(text):
    _, *rows = csv.reader(io.StringIO(text))
    return sorted(map(tuple, rows))


# SPARQLWrapper


@pytest.fixture
def wrapper(address):
    def wrapper(query, form=None, method=GET, body=None):
        wrapper = Wrapper(f"{address}/sparql")
        wrapper.setQuery(query)
        wrapper.setMethod(method)
        if body:
            wrapper.setRequestMethod(body)
        if form:
            wrapper.setReturnFormat(form)
        return wrapper.queryAndConvert()

    return wrapper


@pytest.mark.parametrize(("method", "body"), [(GET, None), (POST, None), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_joins_whichever_way_it_sends_the_query(wrapper, rows, method, body):
    assert rows_of_json(wrapper(JOIN, JSON, method, body)) == rows


def test_sparqlwrapper_reads_rows_as_xml_which_is_its_usual_format(wrapper, texts_of_rows):
    found = wrapper(JOIN)
    told = [
        tuple(
            "".join(node.data for node in binding.getElementsByTagName(kind)[0].childNodes)
            for binding in result.getElementsByTagName("binding")
            for kind in ("uri", "literal")
            if binding.getElementsByTagName(kind)
        )
        for result in found.getElementsByTagName("result")
    ]
    assert sorted(told) == texts_of_rows
    assert wrapper(JOIN, XML).toxml() == found.toxml()


def test_sparqlwrapper_reads_rows_as_csv(wrapper, texts_of_rows):
    assert rows_of_csv(wrapper(JOIN, CSV).decode()) == texts_of_rows


def test_sparqlwrapper_asks(wrapper):
    assert [wrapper(query, JSON)["boolean"] for query in (YES, NO)] == [True, False]
    (truth,) = wrapper(YES).getElementsByTagName("boolean")
    assert truth.firstChild.data == "true"


@pytest.mark.parametrize("form", [None, XML, RDFXML, JSONLD])
def test_sparqlwrapper_constructs_a_graph(wrapper, statements, form):
    assert set(wrapper(CONSTRUCT, form)) == statements


@pytest.mark.parametrize("form", [TURTLE, N3])
def test_sparqlwrapper_constructs_turtle(wrapper, statements, form):
    found = rdflib.Graph().parse(data=wrapper(CONSTRUCT, form), format="turtle")
    assert set(found) == statements


# The SPARQL store of rdflib


@pytest.fixture
def graph(address):
    return rdflib.Graph(store=SPARQLStore(f"{address}/sparql"))


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_joins(address, rows, method):
    graph = rdflib.Graph(store=SPARQLStore(f"{address}/sparql", method=method))
    assert sorted(map(tuple, graph.query(JOIN))) == rows


def test_rdflib_asks(graph):
    assert [graph.query(query).askAnswer for query in (YES, NO)] == [True, False]


def test_rdflib_constructs(graph, statements):
    assert set(graph.query(CONSTRUCT)) == statements


def test_rdflib_goes_through_statements(graph, store):
    instrument = rdflib.URIRef(OM + "Instrument")
    found = store.quads_for_pattern(
        None, pyoxigraph.NamedNode(str(rdflib.RDF.type)), pyoxigraph.NamedNode(OM + "Instrument")
    )
    assert set(graph.subjects(rdflib.RDF.type, instrument)) == {term(q.subject) for q in found}
    assert (rdflib.URIRef(PTPA), rdflib.RDF.type, instrument) in graph


def test_rdflib_reads_one_named_graph(address, store):
    graph = rdflib.Graph(store=SPARQLStore(f"{address}/sparql"), identifier=rdflib.URIRef(PTPA))
    quads = list(store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(PTPA)))
    assert len(graph) == len(quads) < len(store)
    told = {(term(q.subject), term(q.predicate), term(q.object)) for q in quads}
    assert set(graph.triples((None, None, None))) == told


# pandas


def rows_of_frame(frame):
    return sorted(frame.itertuples(index=False, name=None))


def test_pandas_reads_a_table_at_an_address(address, texts_of_rows):
    frame = pandas.read_csv(f"{address}/query.csv?{urlencode({'query': JOIN})}")
    assert list(frame.columns) == ["offence", "label", "citation", "day"]
    assert rows_of_frame(frame) == texts_of_rows


def test_pandas_reads_the_endpoint_where_it_says_that_it_wants_csv(address, texts_of_rows):
    place = f"{address}/sparql?{urlencode({'query': JOIN})}"
    frame = pandas.read_csv(place, storage_options={"Accept": "text/csv"})
    assert rows_of_frame(frame) == texts_of_rows


# Comunica


@pytest.fixture(scope="module")
def program(request):
    return comunica.installed(request.config.cache.mkdir("comunica-" + comunica.VERSION))


def test_comunica_joins(address, program, rows):
    found = comunica.rows(program, JOIN, f"{address}/sparql")
    assert rows_of_json(found) == rows


def test_comunica_asks(address, program):
    told = [comunica.asked(program, q, "simple", f"{address}/sparql").strip() for q in (YES, NO)]
    assert told == ["true", "false"]


def test_comunica_constructs(address, program, statements):
    written = comunica.asked(program, CONSTRUCT, "application/n-triples", f"{address}/sparql")
    assert set(rdflib.Graph().parse(data=written, format="nt")) == statements


def test_comunica_joins_the_endpoint_with_a_graph_it_downloads(address, program, store):
    query = f"""
    SELECT ?provision ?citation ?label WHERE {{
      ?provision <{OM}citation> ?citation ; <{LABEL}> ?label .
      FILTER(STRSTARTS(?citation, "PTPA 2018 s 3"))
    }}
    """
    downloaded = f"{address}/graph-store?{urlencode({'graph': PTPA})}"
    found = comunica.rows(program, query, f"{address}/sparql", downloaded)
    rows = {tuple(map(term, row)) for row in store.query(query, use_default_graph_as_union=True)}
    assert rows
    assert set(rows_of_json(found, ("provision", "citation", "label"))) == rows


def test_comunica_asks_a_graph_that_it_downloads(address, program, rows):
    downloaded = f"{address}/graph-store?{urlencode({'graph': PTPA})}"
    found = rows_of_json(comunica.rows(program, JOIN, downloaded))
    assert found == [row for row in rows if row[0].startswith(f"{PTPA}/")]
