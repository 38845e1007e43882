"""Requests that mean harm, each with a name: queries to ask, and bytes to send."""

from __future__ import annotations

PATHS = "(<x:a>|!<x:a>|^<x:a>|^!<x:a>)"
TRIPLES = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(6))
VALUES = " ".join(f"VALUES ?x{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(5))
DOUBLING = "'aaaaaaaaaaaaaaaa'"
for _ in range(11):
    DOUBLING = f"CONCAT({DOUBLING},{DOUBLING})" if len(DOUBLING) < 12_000 else DOUBLING
BACKTRACKING = "(" * 20 + "a*" + ")*" * 20


def _nested(opening: str, inner: str, closing: str, times: int) -> str:
    return opening * times + inner + closing * times


HEAVY = {
    "endless property path": f"SELECT (COUNT(*) AS ?n) {{ ?s {PATHS}* ?o }}",
    "property path of paths": f"SELECT (COUNT(*) AS ?n) {{ ?s ({PATHS}*/{PATHS}+)* ?o }}",
    "cross product counted": f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} }}",
    "cross product told": f"SELECT * {{ {TRIPLES} }}",
    "cross product sorted": f"SELECT * {{ {TRIPLES} }} ORDER BY ?c5 ?c4 LIMIT 5",
    "cross product made distinct": f"SELECT DISTINCT ?c0 ?c5 ?a3 {{ {TRIPLES} }} LIMIT 1000000",
    "cross product grouped": f"SELECT ?a0 ?a5 (COUNT(*) AS ?n) {{ {TRIPLES} }} GROUP BY ?a0 ?a5",
    "cross product in one string": (
        f"SELECT (GROUP_CONCAT(STR(?c5); separator='{'x' * 500}') AS ?s) {{ {TRIPLES} }}"
    ),
    "cross product constructed": f"CONSTRUCT {{ ?a0 ?b1 ?c2 }} {{ {TRIPLES} }}",
    "cross product of values": f"SELECT (COUNT(*) AS ?n) {{ {VALUES} }}",
    "values told": f"SELECT * {{ {VALUES} }}",
    "a negation for each pair": (
        f"ASK {{ {TRIPLES} FILTER NOT EXISTS {{ ?c0 ?x ?y . ?y ?z ?a5 }} "
        'FILTER(CONCAT(STR(?a0), STR(?c5)) = "none") }'
    ),
    "minus of cross products": f"SELECT * {{ {TRIPLES} MINUS {{ ?a0 ?p ?q . ?r ?s ?c5 }} }}",
    "a regular expression for each pair": (
        f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} FILTER REGEX(STR(?c5), '{BACKTRACKING}b') }}"
    ),
    "a giant regular expression": (
        "SELECT * { ?s ?p ?o . ?x ?y ?z FILTER REGEX(STR(?o), '(a|b|.){900}{900}') }"
    ),
    "replacement that swells": (
        "SELECT (STRLEN(REPLACE(REPLACE(REPLACE(REPLACE(STR(?o), '.', '$0$0$0$0$0$0$0$0'), '.', "
        "'$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0')) AS ?n) "
        "{ ?s ?p ?o . ?x ?y ?z }"
    ),
    "strings that double": f"SELECT (SUM(STRLEN({DOUBLING})) AS ?n) {{ {TRIPLES} }}",
    "optional in optional": "ASK { " + _nested("OPTIONAL { ?a ?b ?c ", "?d ?e ?f", " }", 40) + " }",
    "a path of a thousand steps": f"ASK {{ ?s {'/'.join(['<x:a>'] * 1000)} ?o }}",
    "a thousand tables of values": "ASK {" + "VALUES ?x {1 2 3}" * 1000 + TRIPLES + "}",
}
"""Queries that would run for ever or fill the memory."""

DEEP = {
    "groups in groups": "SELECT * " + _nested("{", "?s ?p ?o", "}", 20_000),
    "selections in selections": "ASK " + _nested("{SELECT * ", "{?s ?p ?o}", "}", 4000),
    "conditions in conditions": "ASK {" + _nested("FILTER EXISTS {", "?s ?p ?o", "}", 4000) + "}",
    "calls in calls": "SELECT (" + _nested("CONCAT(", "'a'", ")", 8000) + " AS ?x) {}",
    "lists in lists": "ASK { ?s ?p " + _nested("(", "1", ")", 20_000) + " }",
}
"""Queries that are nested so deeply that a parser may fall over."""

MANY = {
    "fifty patterns without a link": "ASK { " + " . ".join(["?s ?p [] "] * 50) + " }",
    "a thousand alternatives": "ASK { "
    + " UNION ".join(f"{{ ?s <x:{n}> ?o }}" for n in range(1000))
    + " }",
    "a huge list": f"ASK {{ ?s ?p ?o FILTER(?o IN ({','.join(map(str, range(10_000)))})) }}",
}
"""Long queries that may well be answered."""

SERVICES = {
    "plain": "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }",
    "in mixed case": "SELECT * { sErViCe<CANARY>{ ?s ?p ?o } }",
    "by variable": "SELECT * { VALUES ?e { <CANARY> } SERVICE ?e { ?s ?p ?o } }",
    "by prefix": "PREFIX c: <CANARY> SELECT * { SERVICE c: { ?s ?p ?o } }",
    "by base": "BASE <CANARY> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE<CANARY>{ ?a ?b ?c } }",
    "behind a comment": "SELECT * { # \n SERVICE # \r\n <CANARY> { ?s ?p ?o } }",
    "behind an escape": "SELECT * { S\\u0045RVICE <CANARY> { ?s ?p ?o } }",
    "behind a quotation mark": "SELECT * { ?s ?p '\\u0027 . SERVICE <CANARY> { ?a ?b ?c } # ' }",
    "within a condition": "ASK { FILTER NOT EXISTS { SERVICE <CANARY> { ?s ?p ?o } } }",
    "within a subquery": "ASK { { SELECT * { OPTIONAL { SERVICE <CANARY> { ?s ?p ?o } } } } }",
    "in an update": "INSERT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }",
    "loaded": "LOAD <CANARY>",
    "as a dataset": "SELECT * FROM <CANARY> { ?s ?p ?o }",
    "as a named dataset": "SELECT * FROM NAMED <CANARY> { GRAPH ?g { ?s ?p ?o } }",
}
"""Ways to have the server call another one."""

HOST = b"Host: x\r\n"
ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HOST
FORM = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
DIRECT = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"

RAW = {
    "bad UTF-8 in the address": b"GET /sparql?query=%FF%FE HTTP/1.1\r\n" + HOST + b"\r\n",
    "raw bytes in the address": b"GET /sparql?query=\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "bad UTF-8 in a body": DIRECT + b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
    "NUL in a query": b"GET /sparql?query=ASK%7B%00%7D HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in a header": ASK + b"X: a\x00b\r\n\r\n",
    "a broken escape": b"GET /sparql?query=%ZZ HTTP/1.1\r\n" + HOST + b"\r\n",
    "length and chunks": FORM
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "two lengths": FORM + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nquery=",
    "a negative length": FORM + b"Content-Length: -1\r\n\r\n",
    "a length that is no number": FORM + b"Content-Length: 0x10\r\n\r\n",
    "chunked, misspelt": FORM + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a chunk of no length": FORM + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a space before the colon": ASK + b"Accept : text/csv\r\n\r\n",
    "a header without a colon": ASK + b"nonsense\r\n\r\n",
    "a method that is none": b"\x16\x03\x01\x02\x00\x01\x00 / HTTP/1.1\r\n\r\n",
    "a version that is none": b"GET /sparql HTTP/9.9\r\n" + HOST + b"\r\n",
    "a huge address": b"GET /sparql?query=" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a huge header": ASK + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    "ten thousand headers": ASK + b"X: a\r\n" * 10_000 + b"\r\n",
    "a huge body announced": FORM + b"Content-Length: 99999999999\r\n\r\nquery=",
    "a path to elsewhere": b"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "a path to elsewhere, escaped": b"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\n"
    + HOST
    + b"\r\n",
    "an absurd Accept": ASK + b"Accept: " + b";;;,,=q/*" * 1000 + b"\r\n\r\n",
    "a thousand fields": b"GET /sparql?" + b"a=b&" * 1000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
}
"""Requests that break HTTP or are larger than may be."""
