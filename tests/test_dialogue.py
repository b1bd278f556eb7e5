"""Follow-ups: which slots a new question fills itself, and which it takes from the turns before."""

from __future__ import annotations

from typing import Any

import pytest

from rag.answer import Answer
from rag.assistant import Assistant
from rag.question import Question
from rag.turns.dialogue import resolve

Q, B = ("qingshi",), ("baisha",)
LEAD, RESPONSIBLE, PARTICIPANT = ("lead",), ("responsible",), ("participant",)
FESTIVAL = "青石校园科技节谁牵头"
PHONE = "青石智慧助老谁牵头"


def understood(assistant: Assistant, *asked: str, said: str = "县教育局、团县委。") -> Question:
    """The last question as understood after the others, all answered with the same words."""
    history = [(q, said) for q in asked[:-1]]
    return assistant.examine(asked[-1], history=history).question


# (turns, what must have been understood of the last)
SLOTS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    # a place
    ((FESTIVAL, "那白沙呢？"), {"plans": B, "matter": "校园科技节", "kind": "duty", "roles": LEAD}),
    (("白沙每年培育多少高素质农民", "青石呢"), {"plans": Q, "kind": "figure", "per_year": True}),
    (("青石方案的文号是多少", "换成白沙"), {"plans": B, "kind": "meta", "meta": ("number",)}),
    ((FESTIVAL, "白沙呢", "回到青石，责任单位有哪些"),
     {"plans": Q, "matter": "校园科技节", "roles": RESPONSIBLE}),
    ((FESTIVAL, "其他几个地方呢"), {"plans": B, "matter": "校园科技节", "roles": LEAD}),
    # a role
    ((FESTIVAL, "参加单位有哪些？"), {"plans": Q, "matter": "校园科技节", "roles": PARTICIPANT}),
    (("青石办好老年大学有哪些责任单位", "只要牵头的"), {"roles": LEAD, "only_lead": True}),
    ((FESTIVAL, "还有谁"), {"kind": "duty", "drop_lead": True, "matter": "校园科技节"}),
    (("青石县教育局牵头哪些任务", "光责任的呢"),
     {"kind": "tasks", "roles": RESPONSIBLE, "units": ["县教育局"]}),
    # a year
    (("青石2025年公民科学素质比例是多少", "2035年的呢？"), {"kind": "figure", "years": (2035,)}),
    # a matter
    ((FESTIVAL, "智慧助老那条呢"), {"plans": Q, "matter": "智慧助老", "roles": LEAD}),
    ((FESTIVAL, "智慧助老呢", "办好老年大学呢", "责任单位呢"),
     {"matter": "办好老年大学", "roles": RESPONSIBLE, "plans": Q}),
    # a unit
    ((PHONE, "那县公安局呢"), {"kind": "role_check", "units": ["县公安局"], "matter": "智慧助老"}),
    ((PHONE, "县公安局参加了没有"), {"kind": "role_check", "roles": PARTICIPANT, "yes_no": True}),
    (("青石县教育局牵头哪些任务", "县民政局呢"),
     {"kind": "tasks", "units": ["县民政局"], "roles": LEAD}),
    # units pointed at
    ((FESTIVAL, "智慧助老也是这两家牵头吗"),
     {"kind": "role_check", "units": ["县教育局", "团县委"], "matter": "智慧助老", "yes_no": True}),
    ((FESTIVAL, "智慧助老也是他们？"), {"kind": "role_check", "roles": LEAD}),
    ((FESTIVAL, "这两家还一起牵头别的不"),
     {"kind": "tasks", "units": ["县教育局", "团县委"], "roles": LEAD}),
    # a document
    ((FESTIVAL, "那它的文号呢"), {"kind": "meta", "meta": ("number",), "plans": Q}),
    (("青石方案啥时候印发的", "谁印发的"), {"kind": "meta", "meta": ("issuer",), "plans": Q}),
    (("青石方案啥时候印发的", "白沙那份啥时候出来的"),
     {"kind": "meta", "meta": ("date",), "plans": B}),
    (("When was the Qingshi plan issued?", "and Baisha, when did that one come out?"),
     {"kind": "meta", "meta": ("date",), "plans": B}),
    (("How many science workers does Qingshi train a year?", "and how many skilled ones?"),
     {"kind": "figure", "matter": "and skilled workers"}),
    # two places against each other
    (("青石2025年公民科学素质比例", "白沙呢", "差几个百分点"),
     {"plans": (*Q, *B), "kind": "figure", "years": (2025,)}),
    (("青石公民科学素质目标", "白沙呢", "哪个高"), {"plans": (*Q, *B), "kind": "figure"}),
    ((FESTIVAL, "白沙呢", "一样吗"), {"plans": (*Q, *B), "kind": "duty", "matter": "校园科技节"}),
    ((FESTIVAL, "和白沙一样吗"), {"plans": (*Q, *B), "kind": "duty"}),
    (("青石和白沙的农民培训谁牵头", "那校园科技节呢"), {"plans": (*Q, *B), "roles": LEAD}),
    # the places themselves are asked for: one spoken of before is not the only one meant
    ((FESTIVAL, "哪几个地方写明了牵头单位"), {"plans": (), "kind": "duty"}),
    ((FESTIVAL, "智慧助老，哪几份方案写明了牵头单位"), {"plans": (), "kind": "duty"}),
    # all plans were asked: which of them all
    (("每份方案2025年建多少科普小院", "哪个最多"),
     {"plans": (), "all_plans": True, "kind": "figure"}),
    (("每份方案2025年建多少科普小院", "哪个最多", "比最少的多多少"),
     {"plans": (), "all_plans": True, "kind": "figure", "years": (2025,)}),
    (("青石方案的文号是多少", "白沙的也说一下", "哪个早"),
     {"plans": (*Q, *B), "kind": "meta", "meta": ("date",)}),
    # a time of what was spoken of, not of its verb
    (("青石乡村科学教室建几个", "什么时候建成"),
     {"plans": Q, "kind": "when", "matter": "乡村科学教室建"}),
    # whole in itself
    ((FESTIVAL, "白沙每年培育多少高素质农民"), {"plans": B, "kind": "figure", "roles": ()}),
    # other scripts and languages
    (("青石校園科技節誰牽頭", "參加單位呢"), {"plans": Q, "matter": "校园科技节", "lang": "zh"}),
    ((FESTIVAL, "And in Baisha?"), {"plans": B, "kind": "duty", "roles": LEAD, "lang": "en"}),
    (("Who leads smart assistance in Qingshi?", "责任单位呢"), {"plans": Q, "lang": "zh"}),
    (("Who leads smart assistance in Qingshi?", "And in Baisha?", "which one is higher?"),
     {"plans": (*Q, *B)}),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), SLOTS, ids=lambda v: str(v)[:60])
def test_slots(synthetic: Assistant, turns: tuple[str, ...], expected: dict[str, Any]) -> None:
    question = understood(synthetic, *turns)
    got = {
        k: [u.text for u in question.units] if k == "units" else getattr(question, k)
        for k in expected
    }
    if "matter" in got:
        got["matter"] = got["matter"].strip().removesuffix("那条").strip()
    assert got == expected


def test_an_item_of_the_last_answer_is_named_by_its_number(synthetic: Assistant) -> None:
    history: list[tuple[str, str]] = []
    told = []
    for question in ("青石老年人行动有哪几项", "第二项怎么做", "谁负责", "第九项呢", "最后一项呢"):
        answer = synthetic.ask(question, history=history)
        history.append((question, answer.answer))
        told.append(answer)
    assert "扩大老年大学招生" in told[1].answer
    assert "办好老年大学" in told[1].resolved
    assert "县委老干部局" in told[2].answer
    assert "老年大学" not in told[3].answer  # there is no ninth


def test_inherits_is_told(synthetic: Assistant) -> None:
    assert understood(synthetic, FESTIVAL, "那白沙呢").inherits
    assert not understood(synthetic, FESTIVAL).inherits
    assert not understood(synthetic, FESTIVAL, "白沙培育高素质农民谁牵头").inherits


def test_a_greeting_between_is_no_turn(synthetic: Assistant) -> None:
    assert understood(synthetic, FESTIVAL, "谢谢！", "白沙呢").matter == "校园科技节"
    assert synthetic.ask("谢谢", history=[(FESTIVAL, "县教育局。")]).status == "out_of_scope"


def test_without_any_matter_the_answer_is_honest(synthetic: Assistant) -> None:
    for history in ([], [("你好", "您好。")]):
        answer = synthetic.ask("那白沙呢", history=history)
        assert answer.status in ("not_mentioned", "clarify")


def test_units_come_from_our_own_answer_where_the_text_names_none(synthetic: Assistant) -> None:
    question = understood(synthetic, FESTIVAL, "智慧助老也是这两家牵头吗", said="有两家牵头。")
    assert [u.text for u in question.units] == ["县教育局", "团县委"]


def test_two_units_are_both_leads_or_it_is_no(synthetic: Assistant) -> None:
    history = [(FESTIVAL, "县民政局、县公安局。")]
    answer = synthetic.ask("智慧助老也是这两家牵头吗", history=history)
    assert answer.answer.startswith("不是。")
    assert "县公安局是责任单位" in answer.answer


def test_what_else_there_is(synthetic: Assistant) -> None:
    history = [("青石每年举办机器人比赛多少场", "不少于3场。")]
    answer = synthetic.ask("还有呢", history=history)
    assert "120人次" in answer.answer
    assert "3场" not in answer.answer


def test_looked_for_first_in_the_clause_last_answered(synthetic: Assistant) -> None:
    history = [("青石每年举办机器人比赛多少场", "不少于3场。")]
    question = synthetic.examine("辅导员呢", history=history).question
    assert question.within
    assert "120人次" in synthetic.ask("辅导员呢", history=history).answer


def test_recall_is_only_asked_for_where_pointed_at(synthetic: Assistant) -> None:
    def never() -> Answer:
        raise AssertionError("the last answer is not needed")

    resolve(synthetic._reader, "那白沙呢", [(FESTIVAL, "县教育局。")], never)


def test_long_talks_keep_what_was_said_within_reach(synthetic: Assistant) -> None:
    turns = [FESTIVAL, *["白沙呢", "青石呢"] * 6]
    question = understood(synthetic, *turns, "责任单位呢")
    assert question.plans == Q


def test_resolved_is_shown(synthetic: Assistant) -> None:
    history = [(FESTIVAL, "县教育局、团县委。")]
    assert synthetic.ask("责任单位呢", history=history).resolved == (
        "青石县 · 校园科技节 · 责任单位"
    )
    assert synthetic.ask(FESTIVAL).resolved == ""
    asked = synthetic.ask("智慧助老也是这两家牵头吗", history=history)
    assert asked.resolved == "青石县 · 智慧助老 · 县教育局、团县委 · 牵头单位"
    assert asked.question == "智慧助老也是这两家牵头吗"
