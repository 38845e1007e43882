"""Reading pages as a browser without JavaScript would: the rows of a table, and every address."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Cell:
    """A cell of a table: its text and the addresses in it."""

    text: str = ""
    links: list[str] = field(default_factory=list)


@dataclass
class Row:
    """A row of a table: its id, its heads and its cells."""

    id: str | None
    heads: list[Cell] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


class Page(HTMLParser):
    """What a page holds, in the order in which it is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[Row] = []
        self.text = ""
        self._cell: Cell | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "tr":
            self.rows.append(Row(attributes.get("id")))
        elif tag in ("th", "td") and self.rows:
            self._cell = Cell()
            row = self.rows[-1]
            (row.heads if tag == "th" else row.cells).append(self._cell)
        elif tag == "a" and self._cell is not None:
            self._cell.links.append(attributes["href"] or "")

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self._cell = None

    def handle_data(self, data):
        self.text += data
        if self._cell is not None:
            self._cell.text += data

    def attributes(self, name):
        """Every value of an attribute on the page."""
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]
