"""The whole chain with the real encoder: the headline question and the scores on the gold sets."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from eval.gold import UNREAD, purpose_of, read_gold, split_of
from eval.measures.answers import faults
from rag.answer import Answer
from rag.assistant import Assistant
from tests.conftest import GOLD, ROOT

# Several plans at once and questions that go on from others are counted by themselves.
OTHER = {"comparison", "aggregate", "followup"}
# A little below what is measured. A third of the questions of one plan are twins made so that
# only a close reading tells what the plan does not say.
ENOUGH, ENOUGH_OTHER = 0.91, 0.80
# Every so manyth question of each file: a fall of two points shows in a thousand questions. All
# are asked where figures are taken (`python -m eval run`).
SAMPLED = 6


# -- the real encoder ---------------------------------------------------------------------


def covers_the_note(assistant: Assistant, answer: Answer) -> bool:
    """Whether a citation of the answer covers the duty note of the clause it cites."""
    for citation in answer.citations:
        clause = assistant.index.plan(citation.plan)[citation.clause]
        note = clause.note
        if note and citation.start <= note.start and note.end <= citation.end:
            return True
    return False


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("who leads the elderly smart-assistance action in Lezhi",
         "Lead units: 县卫健局 (County Health Bureau), 县民政局 (County Civil Affairs Bureau) [1]"),
        ("乐至县的智慧助老行动由谁牵头？", "牵头单位：县卫健局、县民政局 [1]"),
    ],
)  # fmt: skip
def test_headline_question(real_assistant: Assistant, question: str, start: str) -> None:
    answer = real_assistant.ask(question)
    assert answer.status == "answered"
    assert answer.answer.startswith(start)
    assert {c.plan for c in answer.citations} == {"lezhi"}
    assert covers_the_note(real_assistant, answer)
    assert any("牵头单位：县卫健局、县民政局" in c.quote for c in answer.citations)
    assert any("实施智慧助老行动" in label for c in answer.citations for label in c.path)


@pytest.mark.slow
@pytest.mark.model
def test_score_on_the_gold_sets(real_assistant: Assistant) -> None:
    marks: dict[str, list[bool]] = defaultdict(list)
    files: dict[str, list[bool]] = defaultdict(list)
    wrong: list[str] = []
    paths = sorted(GOLD.glob("*.jsonl"))
    unseen = {p for p in paths if split_of(p) == "held" or purpose_of(p) == UNREAD}
    questions = [(path, q) for path in paths for q in list(read_gold([path]))[::SAMPLED]]
    for path, question in questions:
        answer = real_assistant.ask(question.question, history=question.history)
        found = faults(question, answer.answer, answer.status)
        marks[question.type].append(not found)
        if question.type not in OTHER:
            files[path.stem].append(not found)
        # these are counted and not shown: who sees them tunes to them
        if found and question.type not in OTHER and path not in unseen:
            said = re.sub(r"\s+", " ", answer.answer)[:80]
            wrong.append(f"{question.id} {question.question}\n    {'; '.join(found[:2])} | {said}")
    for kind, each in [*sorted(marks.items()), *sorted(files.items())]:
        print(f"{kind:16} {sum(each):3} of {len(each):3}  {sum(each) / len(each):.2f}")
    counted = [m for kind, each in marks.items() if kind not in OTHER for m in each]
    score = sum(counted) / len(counted)
    print(f"{'single plan':16} {sum(counted):3} of {len(counted):3}  {score:.3f}")
    beyond = [m for kind in OTHER for m in marks[kind]]
    print(f"{'beyond one plan':16} {sum(beyond):3} of {len(beyond):3}")
    assert sum(beyond) / len(beyond) >= ENOUGH_OTHER
    assert score >= ENOUGH, "\n".join(wrong)


DOCS = ROOT / "docs" / "officials.md"
INSTANCES = re.compile(r"\| you want \| ask for instance \|\n\|---\|---\|\n((?:\|.*\|\n)+)")


@pytest.mark.slow
@pytest.mark.model
def test_every_question_that_officials_are_shown_is_answered(real_assistant: Assistant) -> None:
    text = DOCS.read_text(encoding="utf-8")
    asked = [
        row.strip("|").split("|")[1].strip()
        for table in INSTANCES.findall(text)
        for row in table.splitlines()
    ]
    assert len(asked) > 10
    silent = [q for q in asked if real_assistant.ask(q).status != "answered"]
    assert not silent
