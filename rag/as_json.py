"""A plan and a clause as JSON data, as `plans --json` and `clauses --json` give them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from index.plan import Clause, Plan


def plan_dict(plan: Plan) -> dict[str, Any]:
    """A plan's metadata as JSON data."""
    meta = plan.meta
    return {
        "id": plan.id,
        "place": plan.place,
        "aliases": list(plan.aliases),
        "level": plan.level,
        "province": plan.province,
        "city": plan.city,
        "file": plan.file,
        **{
            k: getattr(meta, k).value
            for k in ("title", "issuer", "date", "number", "status", "period")
        },
        "basis": [f.value for f in meta.basis],
        "clauses": len(plan.clauses),
    }


def clause_dict(clause: Clause) -> dict[str, Any]:
    """A clause as JSON data, as the design fixes it."""
    return {
        "id": clause.id,
        "level": clause.level,
        "number": clause.number,
        "title": clause.title,
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "parent": clause.parent,
        "duties": [asdict(d) for d in clause.duties],
        "duty_source": clause.duty_source,
        "open": clause.open,
        "figures": [asdict(f) for f in clause.figures],
    }
