"""Whether an answer is right: the rule of the gold format, and the words it says.

Before matching, both sides are NFKC-normalised, lower-cased, and stripped of white space,
quotation marks, `*` and citation marks such as [1].
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from eval.gold import REFUSALS, Gold
from eval.systems.base import REFUSED

# An answer longer than its kind deserves is wrong (characters).
LIMITS = {
    "number": 400, "unanswerable": 400, "lead_unit": 500, "meta": 500, "lead_unit_none": 700,
    "participants": 700, "measure": 850, "list": 850, "unit_role": 850, "english": 850,
    "followup": 850, "comparison": 2000, "aggregate": 2500,
}  # fmt: skip
# Types whose answer is running text, compared with a person's short answer character by character.
FREE_TEXT = ("unit_role", "measure", "list", "english", "comparison", "aggregate", "followup")
WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?|[^\W\d_a-z]")


def fold(text: str) -> str:
    """The form in which answers and gold are compared."""
    plain = re.sub(r"\[\d+\]", "", unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"[\s\"'“”‘’「」『』*]", "", plain)


REFUSAL = re.compile("|".join(map(fold, REFUSALS)))


def faults(gold: Gold, answer: str, status: str) -> list[str]:
    """What is wrong with an answer, in words; [] if it is right."""
    if gold.type == "unanswerable":
        right = says_no(gold, answer, status)
        return [] if right else ["should say that the plan does not mention it"]
    said = fold(answer)
    found = [f"lacks {m[0]}" for m in gold.must if not any(fold(a) in said for a in m)]
    found += [f"holds {x}" for x in gold.must_not if fold(x) in said]
    if len(answer) > LIMITS[gold.type]:
        found.append(f"too long ({len(answer)} characters)")
    return found


def says_no(gold: Gold, answer: str, status: str) -> bool:
    """Whether the answer refuses: by its status or, to an unanswerable question, by its words.

    Words alone do not tell for an answerable one: "未规定牵头单位，责任单位为…" is an answer.
    """
    if status in REFUSED:
        return True
    return not gold.answerable and REFUSAL.search(fold(answer)) is not None


def claims(answer: str, must: Sequence[Sequence[str]], must_not: Sequence[str]) -> float:
    """Share of the `must` items said, 0 if anything of `must_not` is; 1 where nothing is asked.

    >>> claims("推广科技小院，培训农民", [("科技小院",), ("培训",), ("示范基地", "基地")], [])
    0.6666666666666666
    """
    said = fold(answer)
    if any(fold(x) in said for x in must_not):
        return 0.0
    met = [any(fold(a) in said for a in item) for item in must]
    return sum(met) / len(met) if met else 1.0


def char_f1(answer: str, expected: str) -> float:
    """F1 of the words of two texts, counted with their repeats: 1 equal, 0 nothing in common.

    A Chinese character is a word, a Latin word or a number is one. Of 推广科技小院 (6) and
    科技小院服务 (6) four are shared: precision 4/6, recall 4/6, F1 2/3. It is the token F1 of SQuAD
    (Rajpurkar et al. 2016) with characters for Chinese, as CMRC 2018 does.

    >>> round(char_f1("推广科技小院", "科技小院服务"), 4)
    0.6667
    """
    return f1(_words(answer), _words(expected))


def f1(got: Counter[str], want: Counter[str]) -> float:
    """Harmonic mean of precision and recall of two bags; 1 where both are empty."""
    if not got and not want:
        return 1.0
    shared = (got & want).total()
    return 2 * shared / (got.total() + want.total())


def _words(text: str) -> Counter[str]:
    # fold() would run Latin words together, so only citation marks go and the words are cut here.
    plain = re.sub(r"\[\d+\]", "", unicodedata.normalize("NFKC", text).lower())
    return Counter(WORD.findall(plain))
