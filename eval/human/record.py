"""The outcome of a scoring as data: human.json, with which a figure can be defended.

It holds no question's or answer's text: blind and question ids lead to them in the run.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from eval.human.agreement import Agreement, Kappa
from eval.human.outcome import Final, Outcome, Score, Versus

FORMAT = 1


def to_dict(found: Outcome) -> dict[str, Any]:
    """The outcome as JSON data. Shares are 0 to 1, kappas -1 to 1; null is not defined."""
    key = found.key
    return {
        "format": FORMAT,
        "seed": key.seed,
        "runs": [asdict(s) for s in key.sources],
        "strata": [asdict(s) for s in key.strata],
        "scorers": list(found.returned.marks),
        "not_returned": [s for s in key.scorers if s not in found.returned.marks],
        "shown_reference": list(key.reference),
        "answers": len(key.entries),
        "verdict": _agreement(found.verdict),
        "citation": _agreement(found.citation),
        "differing": list(found.differing),
        "rows": [_row(f, found) for f in found.finals],
        "scores": [_score(s) for s in found.scores],
        "versus_automatic": [_versus(v) for v in found.versus],
        "against_rule": [f.entry.id for f in found.against_rule],
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    group = found.group
    return {
        "given": {name: dict(counts) for name, counts in found.given.items()},
        "pairs": [
            {
                "scorers": [p.a, p.b],
                "n": p.n,
                "agreed": p.agreed,
                "cohen": _kappa(p.kappa),
                "cohen_linear": _kappa(p.weighted) if p.weighted else None,
            }
            for p in found.pairs
        ],
        "all": None
        if group is None
        else {
            "n": group.n,
            "agreed": group.agreed,
            "fleiss": _kappa(group.fleiss),
            "randolph": _kappa(group.randolph),
        },
    }


def _kappa(kappa: Kappa) -> dict[str, Any]:
    return {
        "value": kappa.value,
        "interval": list(kappa.interval) if kappa.interval else None,
        "n": kappa.n,
        "landis_koch": kappa.word or None,
    }


def _row(final: Final, found: Outcome) -> dict[str, Any]:
    entry = final.entry
    marks = {n: m[entry.id]._asdict() for n, m in found.returned.marks.items() if entry.id in m}
    return {
        **{f: getattr(entry, f) for f in ("id", "system", "question", "type", "split")},
        "automatic_right": entry.right,
        "marks": marks,
        "final": final.verdict._asdict(),
        "final_citation": final.citation._asdict(),
    }


def _score(score: Score) -> dict[str, Any]:
    intervals = {f: list(getattr(score, f)) for f in ("right_interval", "lenient_interval")}
    return score._asdict() | intervals


def _versus(versus: Versus) -> dict[str, Any]:
    told = {"interval": list(versus.interval), "kappa": _kappa(versus.kappa)}
    return versus._asdict() | told
