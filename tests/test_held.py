"""Cards and terms: what is known of plans without opening them."""

from __future__ import annotations

import numpy as np

from index.held import Held, build_held, card_of, terms_of
from index.store import Index
from index.tokens import bigrams


def test_terms_are_those_of_the_plans(index: Index) -> None:
    held = index.held_index()
    plans = list(index.plans)
    assert held.words("unit") == {d.unit for p in plans for c in p.clauses for d in c.duties}
    assert held.words("heading") == {b for p in plans for c in p.clauses for b in bigrams(c.title)}
    own = {
        p.id: {d.unit for c in p.clauses if c.duty_source == "own" for d in c.duties} for p in plans
    }
    for unit, ids in held.units.items():
        assert set(ids) == {plan for plan, units in own.items() if unit in units}
    assert set(held.units) == set().union(*own.values())
    assert held.cards == build_held(plans, index.readings).cards
    assert [c.name for c in held.cards] == [p.name for p in plans]


def test_a_dead_plan_has_no_terms(index: Index) -> None:
    plans = list(index.plans)[:2]
    readings = [index.readings[p.id] for p in plans]
    whole = build_held(plans, index.readings)
    (part,) = whole._parts
    first = Held([card_of(plans[0], readings[0])], [(part[0], [plans[0].id, ""])])
    terms = terms_of(plans[0], readings[0])
    for kind in ("unit", "own", "heading", "latin", "quoted", "squeezed"):
        assert first.words(kind) == {word for of, word in terms if of == kind}
    assert len(np.unique(part[0].kinds)) == 6


def test_a_text_has_one_content_whatever_its_file(index: Index) -> None:
    contents = [c.content for c in index.held_index().cards]
    assert len(set(contents)) == len(contents)
