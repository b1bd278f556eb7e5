"""What the evaluators' page shows, as HTML: runs, figures by type, failures, a sheet's row.

Held questions are counted and never shown, nor what failed on one: once looked at they tell
nothing any more. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.human.sheets import Row
from eval.human.words import HEADERS
from eval.runs import Head, Item, read_head, run_folders
from eval.statistics import wilson
from eval.summary import by, refusal
from index.errors import InputError
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

MOST_FAILURES = 40  # shown; `python -m eval report` has all


@dataclass(frozen=True, slots=True)
class Found:
    """A run in the runs' folder; `head` is None where it cannot be read."""

    folder: Path
    head: Head | None

    @property
    def name(self) -> str:
        """Its folder's name, and the one above where several runs lie in that."""
        return f"{self.folder.parent.name}/{self.folder.name}"


def find_runs(folder: Path) -> list[Found]:
    """The runs below the folder, at most two levels down, by name; [] where there is none."""
    found = []
    for below in sorted(p for p in folder.glob("*") if p.is_dir()):
        for run in run_folders(below):
            try:
                found.append(Found(run, read_head(run)))
            except InputError:
                found.append(Found(run, None))
    return found


def runs_table(found: Sequence[Found], folder: Path, lang: Lang) -> str:
    """The runs as a table: system, when, how many questions, whether finished."""
    if not found:
        return f'<p class="tw-foot">{_text(word(lang, "runs_none", folder=_short(folder)))}</p>'
    heads = "".join(
        f'<th scope="col">{_text(word(lang, k))}</th>'
        for k in ("run_name", "run_system", "run_finished", "run_questions")
    )
    rows = "".join(_run_row(run, lang) for run in found)
    return f'<table class="tw-grid"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _short(folder: Path) -> str:
    """The folder as one would type it here, its name alone where it lies elsewhere."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else folder.name


def _run_row(run: Found, lang: Lang) -> str:
    head = run.head
    if head is None:
        cells = (word(lang, "run_torn"), "", "")
    else:
        done = head.finished.replace("T", " ")[:16] or word(lang, "run_cut")
        cells = (head.system, done, str(head.questions))
    told = "".join(f"<td>{_text(c)}</td>" for c in cells)
    return f'<tr><th scope="row">{_text(run.name)}</th>{told}</tr>'


def figures(items: Sequence[Item], lang: Lang) -> str:
    """The share right over all and by type with 95 % intervals, refusal, and what failed."""
    if not items:
        return ""
    rows = _share(word(lang, "score_all"), items)
    rows += "".join(_share(name, part) for name, part in by(items, "type").items())
    heads = "".join(
        f'<th scope="col">{_text(word(lang, k))}</th>'
        for k in ("score_type", "score_right", "score_share", "score_interval")
    )
    table = f'<table class="tw-grid"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return table + _refusal(items, lang) + failures(items, lang)


def _share(name: str, items: Sequence[Item]) -> str:
    right = sum(i.right for i in items)
    low, high = wilson(right, len(items))
    cells = (f"{right} / {len(items)}", f"{right / len(items):.0%}", f"{low:.0%}–{high:.0%}")
    told = "".join(f"<td>{_text(c)}</td>" for c in cells)
    return f'<tr><th scope="row">{_text(name)}</th>{told}</tr>'


def _refusal(items: Sequence[Item], lang: Lang) -> str:
    found = refusal(items)
    if found.precision is None or found.recall is None:
        return ""
    shares = {"precision": f"{found.precision.value:.0%}", "recall": f"{found.recall.value:.0%}"}
    return f'<p class="tw-foot">{_text(word(lang, "score_refusal", **shares))}</p>'


def failures(items: Sequence[Item], lang: Lang) -> str:
    """What went wrong, those of development questions only."""
    wrong = [i for i in items if not i.right and i.split != "held"]
    if not wrong:
        return ""
    rows = "".join(_failure(i) for i in wrong[:MOST_FAILURES])
    head = _text(word(lang, "score_failures", n=len(wrong)))
    return f'<h3 class="tw-label">{head}</h3><div class="tw-remarks">{rows}</div>'


def _failure(item: Item) -> str:
    faults = "；".join(item.faults)
    return (
        f'<article class="tw-card tw-error"><span class="tw-status">{_text(item.gold.id)}</span>'
        f'<p class="tw-asked-of">{_text(item.gold.question)}</p>'
        f'<p class="tw-said">{_text(item.gold.answer)}</p>'
        f'<p class="tw-say">{_text(item.response.answer)}</p>'
        f'<p class="tw-where">{_text(faults)}</p></article>'
    )


def sheet_row(rows: Sequence[Row], at: int, lang: Lang) -> str:
    """One row to be scored, and how far one is."""
    if not rows:
        return f'<p class="tw-foot">{_text(word(lang, "sheet_none"))}</p>'
    scored = sum(r.scored for r in rows)
    told = word(lang, "sheet_done", n=at + 1, of=len(rows), scored=scored)
    row = rows[at]
    parts = {"question": row.question, "answer": row.answer, "citations": row.citations}
    if row.reference is not None:
        parts["reference"] = row.reference
    if row.remark:
        parts["remark"] = row.remark
    body = "".join(
        f'<h3 class="tw-label">{_text(HEADERS[name].of(lang))}</h3>'
        f'<p class="tw-say tw-pre">{_text(text)}</p>'
        for name, text in parts.items()
    )
    return f'<p class="tw-foot">{_text(told)}</p><article class="tw-card">{body}</article>'
