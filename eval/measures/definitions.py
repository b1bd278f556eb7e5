"""What is measured: the name, the family, the range and the meaning of every measure.

How each is computed stands in ranking.py, answers.py and citations.py; this page is what reports,
comparisons and the documentation read. A measure that does not apply to a question has no value
there and does not enter its mean.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Family = Literal["answer", "citation", "refusal", "retrieval", "effort"]
Shape = Literal["binary", "share", "amount"]


class Measure(NamedTuple):
    """A measure of one answer. `binary` values are 0 or 1, `share` 0 to 1, `amount` 0 or more."""

    name: str
    family: Family
    shape: Shape
    zh: str
    en: str
    meaning: str

    @property
    def rises(self) -> bool:
        """Whether more is better: not of amounts (length, time), nor of refusing as such."""
        return self.shape != "amount" and self.family != "refusal"


MEASURES: tuple[Measure, ...] = (
    Measure("correct", "answer", "binary", "答对", "right",
            "The verdict: holds all of must, none of must_not, and is not too long; an "
            "unanswerable question is right when it is refused. Applies to every question."),
    Measure("claims", "answer", "share", "要点", "claims",
            "Share of the must items that are neither a unit nor a figure judged elsewhere, 0 if "
            "a must_not item of that sort occurs. Answerable questions that were answered."),
    Measure("units_exact", "answer", "binary", "单位全对", "units exact",
            "Whether the set of units named is exactly the expected set. Questions of the types "
            "lead_unit, lead_unit_none and participants that were answered."),
    Measure("units_f1", "answer", "share", "单位F1", "units F1",
            "F1 of the set of units named against the expected set; the same questions."),
    Measure("figures", "answer", "binary", "数字准确", "figures exact",
            "Whether every expected figure is there with its unit and year and no forbidden one. "
            "Questions of the type number that were answered."),
    Measure("char_f1", "answer", "share", "字F1", "character F1",
            "F1 of characters (Chinese one by one, Latin words and numbers whole) against the "
            "short answer a person gave. Free-text types that were answered."),
    Measure("citation_recall", "citation", "share", "引用召回", "citation recall",
            "Share of the evidence pieces that a citation covers. Questions with evidence that "
            "were answered."),
    Measure("citation_precision", "citation", "share", "引用精度", "citation precision",
            "Share of the citations that cover evidence; 0 without citations. The same questions. "
            "A lower bound: gold names the evidence that must be cited, not all that may be."),
    Measure("verbatim", "citation", "share", "引文逐字", "verbatim",
            "Share of the citations whose quote stands at its offsets letter for letter. Every "
            "answer with citations."),
    Measure("refused", "refusal", "binary", "拒答", "refused",
            "Whether it was said that the plans do not tell. Every question; precision and recall "
            "are computed from it over a set."),
    Measure("success@5", "retrieval", "binary", "前5命中", "evidence within 5",
            "Whether any evidence is among the first five. Questions with evidence, for systems "
            "that tell what they retrieved."),
    Measure("recall@5", "retrieval", "share", "召回@5", "recall@5",
            "Share of the evidence pieces among the first five. The same questions."),
    Measure("recall@10", "retrieval", "share", "召回@10", "recall@10",
            "The same among the first ten."),
    Measure("rr", "retrieval", "share", "MRR", "MRR",
            "Reciprocal rank of the first evidence, 0 where none was retrieved."),
    Measure("ndcg@10", "retrieval", "share", "nDCG@10", "nDCG@10",
            "Discounted gain of the evidence among the first ten, against the best order."),
    Measure("length", "effort", "amount", "字数", "characters",
            "Characters of the answer."),
    Measure("latency_ms", "effort", "amount", "毫秒", "ms",
            "Milliseconds of the answer as the system took them."),
)  # fmt: skip
BY_NAME = {m.name: m for m in MEASURES}
# What an evidence piece may be asked at; the depth plot goes to the last.
DEPTHS = (1, 3, 5, 10, 20)
