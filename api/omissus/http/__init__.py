"""The web: front page, API and SPARQL endpoint."""
