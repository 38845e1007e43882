"""Invented States, drawn from the distribution of the real corpus: law of nobody, to try sizes.

Every name stands under https://testland.invalid/, which can be no address, and no graph may hold
such names beside those of real law.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from omissus.graph import DataError, Iri
from omissus.pattern_book import PatternBook
from omissus.synth_act import (
    AGENT,
    NOTICE,
    PROV,
    READ_ON,
    Act,
    ActFile,
    Pairs,
    territory,
)
from omissus.turtle_form import TurtleForm
from omissus.vocabulary import ENDED_AT, LABEL, RDF_TYPE, SOURCE, TESTLAND, TITLE, om

ACTS = 60
OFFENCES = 240
NOT_SEARCHED = 0.05
"""Share of the States of which no law was searched, so that nothing of them is assessed."""

UNITS = "abcdefg"


def write_world(
    book: PatternBook, ontology: Path, folder: Path, states: int, seed: int
) -> Iterator[str]:
    """Write a world of invented States to a new folder, and tell each State when it is written.

    `ontology` is the folder whose ontology/ and shapes/ the world uses. The same seed gives the
    same bytes, and a State is the same however many others there are. Raises DataError where the
    folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise DataError(str(folder), "not an empty folder", "Name a folder that is not there yet.")
    for name in ("ontology", "shapes"):
        shutil.copytree(ontology / name, folder / name)
    for number in range(1, states + 1):
        state = StateLaw(book, number, seed)
        for path, text in state.files():
            target = folder / "statutes" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        yield state.name


class StateLaw:
    """The law of one invented State, file by file."""

    def __init__(
        self, book: PatternBook, number: int, seed: int, offences: int = OFFENCES, acts: int = ACTS
    ) -> None:
        self.book = book
        self.draw = Random(f"{seed} {number}")
        self.slug, self.name = f"t{number:03}", f"Testland {number:03}"
        units = UNITS[: self.draw.randint(3, len(UNITS))]
        self.places = (self.slug, *(f"{self.slug}-{letter}" for letter in units))
        self.acts = [self._act(number) for number in range(1, acts + 1)]
        self._share_out(offences)

    def files(self) -> Iterator[tuple[str, str]]:
        """Path below statutes/ and Turtle of each file."""
        yield f"{self.slug}/territories.ttl", self._territories()
        yield f"{self.slug}/registry.ttl", self._registry()
        for act in self.acts:
            text = ActFile(act, self.book, self.draw, self.places).turtle()
            yield f"{act.made_by}/{act.slug}.ttl", text

    def _act(self, number: int) -> Act:
        """The first Act is the Criminal Code; of the others two thirds are federal."""
        draw, code = self.draw, number == 1
        made_by = self.slug if code or draw.random() < 2 / 3 else draw.choice(self.places)
        year = draw.randint(1950, 2020)
        act = Act(
            iri=f"{TESTLAND}akn/{made_by}/act/{year}/{number}",
            slug=f"{made_by}-act-{number}",
            citation=f"{self.name} {'Criminal Code' if code else f'Act {number}'} of {year}",
            made_by=made_by,
            relevant_for=[made_by],
            arguably=[],
            year=year,
            code=code,
        )
        if made_by == self.slug:
            units, (surely, arguably) = self.places[1:], draw.choice(self.book.extents)
            whole = len(units) if code else round(surely * len(units))
            act.relevant_for.extend(units[:whole])
            act.arguably.extend(units[whole : whole + round(arguably * len(units))])
        return act

    def _share_out(self, offences: int) -> None:
        """Two fifths of the offences to the Code, the rest to half of the other Acts.

        Rules stand in the Code as often as not, answers in any Act.
        """
        draw, (code, *others) = self.draw, self.acts
        code.offences = offences * 2 // 5
        special = draw.sample(others, len(others) // 2)
        weights = [draw.expovariate(1) for _ in special]
        for act in draw.choices(special, weights, k=offences - code.offences):
            act.offences += 1
        for rule in self.book.rules:
            draw.choice([code, draw.choice(others)]).rules.append(rule)
        for requirement, held in self.book.answers.items():
            for told in held[: draw.randint(0, len(held))]:
                draw.choice(self.acts).answers.append((requirement, told))

    def _form(self, comment: str) -> TurtleForm:
        return TurtleForm(f"{comment} {NOTICE}")

    def _territories(self) -> str:
        form = self._form(f"{self.name} and its units.")
        form.block(AGENT, [(RDF_TYPE, Iri(PROV + "Agent")), (LABEL, "Omissus synth")])
        for slug in self.places:
            told: Pairs = [(RDF_TYPE, Iri(om("Territory"))), (om("slug"), slug), (SOURCE, "none")]
            if slug == self.slug:
                told += [(LABEL, f"{self.name}, federal"), (TITLE, self.name)]
            else:
                told.append((LABEL, f"{self.name}, unit {slug[-1].upper()}"))
                told.append((om("takenUpBy"), territory(self.slug)))
            form.block(territory(slug), told)
        return form.text()

    def _registry(self) -> str:
        form = self._form(f"What was searched of the law of {self.name}.")
        searched = self.draw.random() >= NOT_SEARCHED
        for slug in self.places if searched else ():
            share = self.book.searched[slug != self.slug]
            whole = [s for s in self.book.subjects if self.draw.random() < share]
            parts = [s for s in self.book.subjects if s not in whole]
            for complete, subjects in ((True, whole), (False, parts)):
                if not subjects:
                    continue
                told: Pairs = [
                    (RDF_TYPE, Iri(om("SearchRecord"))),
                    (LABEL, f"{'whole' if complete else 'unfinished'} search of {slug}"),
                    (om("searchedIn"), territory(slug)),
                    *((om("searchedFor"), Iri(subject)) for subject in subjects),
                    (om("notHeld"), "nothing that was invented" if complete else "some of it"),
                    (om("complete"), complete),
                    *([(om("consolidatedTo"), READ_ON)] if complete else []),
                    (PROV + "wasAssociatedWith", AGENT),
                    (ENDED_AT, READ_ON),
                ]
                form.block(f"{TESTLAND}search/{slug}-{'whole' if complete else 'part'}", told)
        return form.text()
