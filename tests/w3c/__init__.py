"""A runner of the W3C's SPARQL 1.1 suites against an endpoint of ours, over HTTP."""
