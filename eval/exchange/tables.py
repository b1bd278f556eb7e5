"""A run as an Excel sheet: one row a question, wrong ones coloured, for reading and sorting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from eval.cells import clean
from eval.measures.definitions import BY_NAME
from eval.report.terms import TYPE_NAMES
from eval.runs import Item, Run
from eval.systems.base import Quote
from eval.workbook import LONGEST, Cell, Column, Sheet, instructions, write_workbook

Lang = Literal["zh", "en"]
# What says most of an answer; a sheet with all measures is too wide to read.
MAIN = (
    "claims", "units_exact", "figures", "char_f1", "citation_recall", "citation_precision",
    "verbatim", "recall@5", "rr", "latency_ms",
)  # fmt: skip
WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "sheet": "逐题", "item": "项目", "value": "内容",
        "id": "题号", "type": "题型", "plan": "方案", "question": "问题", "expected": "应答",
        "answer": "回答", "verdict": "判定", "faults": "错处", "citations": "引用",
        "right": "对", "wrong": "错", "several": "多个方案",
        "system": "系统", "started": "开始", "commit": "提交", "questions": "题数",
        "rights": "答对", "shown": "本表列出", "held": "未列出的保留题",
        "measures": "各项指标 0 到 1，越大越好；空格表示不适用。毫秒为作答用时。",
        "note": "注",
    },
    "en": {
        "sheet": "questions", "item": "item", "value": "value",
        "id": "id", "type": "type", "plan": "plan", "question": "question",
        "expected": "expected", "answer": "answer", "verdict": "verdict", "faults": "faults",
        "citations": "citations", "right": "right", "wrong": "wrong", "several": "several",
        "system": "system", "started": "started", "commit": "commit", "questions": "questions",
        "rights": "right answers", "shown": "listed here", "held": "held questions left out",
        "measures": "Measures are 0 to 1, more is better; an empty cell means it does not apply. "
        "ms is the time of the answer.",
        "note": "note",
    },
}  # fmt: skip
TEXT_COLUMNS = (
    ("id", 13), ("type", 12), ("plan", 12), ("question", 40), ("expected", 36), ("answer", 60),
    ("verdict", 8), ("faults", 30), ("citations", 60),
)  # fmt: skip


class Written(NamedTuple):
    """Rows written, and held questions that were left out."""

    rows: int
    held: int


def write_run_sheet(run: Run, path: Path, held: bool = False, lang: Lang = "zh") -> Written:
    """Writes a run for reading: the questions with their answers, and a sheet about the run.

    Held questions are left out and counted unless `held`: read, they tell no more about unseen
    ones.
    """
    items = [i for i in run.items if held or i.split != "held"]
    measures = [m for m in MAIN if any(m in i.scores for i in items)]
    left_out = len(run.items) - len(items)
    about = _about(run, len(items), left_out, lang)
    write_workbook(path, [_questions(items, measures, lang), about])
    return Written(len(items), left_out)


def _questions(items: Sequence[Item], measures: Sequence[str], lang: Lang) -> Sheet:
    words = WORDS[lang]
    columns = [Column(name, words[name], width) for name, width in TEXT_COLUMNS]
    for name in measures:
        measure = BY_NAME[name]
        form = "0" if measure.shape == "amount" else "0.00"
        columns.append(Column(name, getattr(measure, lang), 10, form))
    rows = [_row(item, measures, lang) for item in items]
    wrong = frozenset(n for n, item in enumerate(items) if not item.right)
    return Sheet(words["sheet"], columns, rows, wrong)


def _row(item: Item, measures: Sequence[str], lang: Lang) -> list[Cell]:
    words = WORDS[lang]
    turns = [line for q, a in item.gold.history for line in (q, a)]
    texts = (
        item.gold.id,
        TYPE_NAMES[lang][item.gold.type],
        "\n".join(item.gold.doc) if item.plan == "several" else item.plan,
        "\n".join([*turns, item.gold.question]),
        item.gold.answer,
        item.response.answer,
        words["right" if item.right else "wrong"],
        "\n".join(item.faults),
        "\n".join(map(_citation, item.response.citations)),
    )
    return [*map(_shown, texts), *(item.scores.get(m) for m in measures)]


def _shown(text: str) -> str:
    """A text for reading, cut where a cell ends."""
    plain = clean(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _citation(quote: Quote) -> str:
    """[1] path › to › clause “quote”, or the offsets where no path is known."""
    path = " › ".join(quote.path) or f"{quote.plan}:{quote.start}-{quote.end}"
    return f"[{quote.n}] {path} “{quote.quote}”"


def _about(run: Run, listed: int, left_out: int, lang: Lang) -> Sheet:
    words = WORDS[lang]
    right = sum(i.right for i in run.items)
    rows = [
        (words["system"], run.name),
        (words["started"], run.head.started),
        (words["commit"], run.head.commit),
        (words["questions"], str(len(run.items))),
        (words["rights"], str(right)),
        (words["shown"], str(listed)),
        (words["held"], str(left_out)),
        (words["note"], words["measures"]),
    ]
    head = ((words["item"], 24), (words["value"], 70))
    return instructions(head, [(a, _shown(b)) for a, b in rows])
