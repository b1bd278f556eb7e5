"""Growing the gold set: coverage counted by hand, drafts that hold, decisions, acceptance."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from eval.commands import growing
from eval.commands.shared import Commands, OneLineParser
from eval.gold import Gold, from_record, to_record
from eval.growing import about, contents, drafts, figures
from eval.growing.coverage import Askable, askables, cells, covered, table
from eval.growing.draft import Draft, draft_of, from_json, to_json
from eval.growing.drafts import DRAFTED, suggest
from eval.growing.feedback import read_feedback
from eval.growing.names import alternatives, asker, differs
from eval.growing.pieces import heading, of_leads, of_others, pieces
from eval.growing.review import append, gold_around, look_at
from eval.growing.sheet import read_drafts, write_drafts
from eval.growing.terminal import review
from eval.growing.wording import Desk, Draw, Matter, parse, wording
from eval.measures.answers import faults
from index import store
from index.dense import DenseIndex
from index.errors import InputError, TiaowenError
from index.passages import make_passages
from index.plan import Plan
from index.sparse import SparseIndex
from index.store import Index
from index.vocabulary import Vocabulary
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder, read_plan

# A plan for the sentences: enumerations, figures that share a clause, a name in quotation marks,
# three items under a heading, a page break inside a note.
RICH = """乌兰县科普工作实施方案（2021—2025年）
一、重点任务
（一）农民科学素质提升行动
1.实施高素质农民培育计划。依托农业广播学校、田间学校、农民夜校等平台开展农民教育培训。到2025年，培育高素质农民1000名、致富带头人50名。
2.推广农业新技术。推广稻渔共养、林下种植、节水灌溉等生态农业模式。实施“田野课堂”行动，鼓励农户试种新品种。
3.办好农民科技节。支持科研院所、农业企业等参加农民科技节。
（牵头单位：县农业农村局、县科协；责任单位：县教育局、

县财政局）
（二）银龄行动
1.组建银龄讲师团。每年组织1.2万人次老年人参加科普讲座。居民健康素养水平不低于25%。（责任单位：县民政局、各乡镇）
"""


def build(loaded: list[Any]) -> Index:
    """An index of plans in memory, with the tiny encoder and an empty vocabulary."""
    tiny = TinyEncoder()
    passages = tuple(p for plan, reading in loaded for p in make_passages(plan, reading))
    texts = [p.text for p in passages]
    return Index(
        plans=tuple(plan for plan, _ in loaded),
        passages=passages,
        dense=DenseIndex.build(tiny.encode_document(texts)),
        sparse=SparseIndex.build(texts),
        vocabulary=Vocabulary({}, {}, {}, frozenset()),
        encoder=tiny.name,
        corpus="",
        readings={plan.id: reading for plan, reading in loaded},
    )


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("growing")
    texts = {"qingshi": SYNTHETIC, "baisha": SYNTHETIC_OTHER, "wulan": RICH}
    return build([read_plan(text, folder, name) for name, text in texts.items()])


@pytest.fixture(scope="module")
def saved(three: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("growing-index")
    store.save(three, folder)
    return folder


def desk(index: Index, plan: str) -> Desk:
    return Desk(index, wording(), index.plan(plan), index.readings[plan])


def draw(seed: int = 0, lang: str = "zh") -> Draw:
    return Draw(lang, Random(seed))


def question(**changes: Any) -> Gold:
    """An accepted question about 智慧助老 that stands in the synthetic plan."""
    gold = Gold(
        "n1", ("qingshi",), "zh", "lead_unit", "青石县智慧助老谁牵头", "县民政局",
        (("县民政局", "民政局"),), ("由县公安局牵头",), ("（牵头单位：县民政局",),
    )  # fmt: skip
    return replace(gold, **changes)


def ask_for(index: Index, plan: str, kind: str, key: str) -> Askable:
    found = askables(index, [index.plan(plan)])
    return next(a for a in found if (a.kind, a.key) == (kind, key))


# -- coverage -----------------------------------------------------------------------------


def test_what_can_be_asked_by_hand(three: Index) -> None:
    """Leads: section 2.1, its two items, 2.2.1. No lead: 2.2.2. Figures: 1.1, 2.1.1, 2.1.2.

    Units: 教育局, 团县委, 财政局, 科协, 民政局, 卫健局, 公安局, 老干部局. Metadata: title, status,
    period, basis; issuer, date and number are not in the text.
    """
    found = askables(three, [three.plan("qingshi")])
    keys: dict[str, list[str]] = {}
    for ask in found:
        keys.setdefault(ask.kind, []).append(ask.key.removeprefix("qingshi:"))
    assert keys["lead_unit"] == ["2.1", "2.1.1", "2.1.2", "2.2.1"]
    assert keys["lead_unit_none"] == ["2.2.2"]
    assert keys["participants"] == ["2.1", "2.1.1", "2.1.2", "2.2.1", "2.2.2"]
    assert keys["number"] == ["1.1", "2.1.1", "2.1.2"]
    assert keys["measure"] == ["1.1", "2.1.1"]  # the others have fewer than 20 characters
    assert len(keys["unit_role"]) == 8
    assert keys["meta"] == ["title", "status", "period", "basis"]
    assert "list" not in keys  # no heading has three parts
    assert [a.key for a in askables(three, [three.plan("wulan")]) if a.kind == "list"] == [
        "wulan:1.1"
    ]
    assert "各乡镇" not in [a.key for a in askables(three, [three.plan("wulan")])]


def hit(three: Index, *gold: Gold) -> set[tuple[str, str]]:
    found = askables(three, three.plans)
    return {(a.kind, a.key) for a in covered(found, gold, three)}


def test_a_question_covers_its_type_where_its_evidence_stands(three: Index) -> None:
    assert hit(three, question()) == {("lead_unit", "qingshi:2.2.1")}
    assert hit(three, question(type="participants")) == {("participants", "qingshi:2.2.1")}
    assert hit(three, question(evidence=("（牵头单位：县卫健局",))) == set()  # stands nowhere
    assert hit(three, question(doc=("baisha",))) == set()  # not that plan's text


def test_a_shared_note_covers_the_section_with_its_items(three: Index) -> None:
    """2.1 and both items take their duties from the one note."""
    gold = question(evidence=("（牵头单位：县教育局、团县委",))
    want = {("lead_unit", f"qingshi:{k}") for k in ("2.1", "2.1.1", "2.1.2")}
    assert hit(three, gold) == want
    # the heading of one item covers that item alone
    assert hit(three, question(evidence=("1.开展校园科技节。",))) == {
        ("lead_unit", "qingshi:2.1.1")
    }


def test_a_units_tasks_are_covered_only_for_the_unit_asked_about(three: Index) -> None:
    gold = question(type="unit_role", question="县财政局管哪些事", evidence=("县财政局、县科协等",))
    assert hit(three, gold) == {("unit_role", "县财政局")}
    assert hit(three, replace(gold, question="管哪些事")) == set()


def test_a_metadata_field_is_covered_by_what_is_answered(three: Index) -> None:
    """The period stands inside the title, so the evidence alone does not tell which was asked."""
    title = "青石县全民科学素质行动实施方案（2021—2025年）"
    gold = question(type="meta", question="管哪几年", answer="2021-2025年", evidence=(title,))
    assert hit(three, gold) == {("meta", "period")}
    assert ("meta", "title") in hit(three, replace(gold, answer=title))


def test_a_list_is_not_covered_by_a_question_about_one_part(three: Index) -> None:
    gold = question(type="list", doc=("wulan",), evidence=("2.推广农业新技术。",))
    assert hit(three, gold) == set()
    both = replace(gold, evidence=("2.推广农业新技术。", "3.办好农民科技节。"))
    assert hit(three, both) == {("list", "wulan:1.1")}


def test_counts_and_table(three: Index) -> None:
    found = askables(three, [three.plan("qingshi")])
    counts = cells(found, covered(found, [question()], three))
    assert sum(c.askable for c in counts) == len(found)
    assert [(c.section, c.askable, c.covered) for c in counts if c.kind == "lead_unit"] == [
        (("二、重点任务", "（一）青少年行动"), 3, 0),
        (("二、重点任务", "（二）老年人行动"), 1, 1),
    ]
    lines = "\n".join(table(counts, {"qingshi": "青石县"}))
    assert "lead_unit          1/4     25%" in lines  # one of four
    assert "0/5      0%  一、总体要求" not in lines
    assert "二、重点任务 › （一）青少年行动" in lines.split("least covered")[1]


# -- names, headings, pieces --------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "accepted", "said"),
    [
        ("县教育局", ("县教育局", "教育局"), "青石县教育局"),
        ("团县委", ("团县委", "共青团"), "青石团县委"),
        ("县委老干部局", ("县委老干部局", "老干部局"), "青石县委老干部局"),
        ("市管局", ("市管局", "市场监督管理局"), "青石县市管局"),  # 市 is no level here
        ("各乡镇（街道）人民政府", ("各乡镇（街道）人民政府", "各乡镇人民政府", "各乡镇"), ""),
        ("各镇、街道", ("各镇、街道", "各镇（街道）", "各镇街道", "各镇和街道", "镇、街道"), ""),
        ("县级相关部门（单位）", ("县级相关部门（单位）", "县级相关部门"), ""),
    ],
)
def test_names_of_units(three: Index, unit: str, accepted: tuple[str, ...], said: str) -> None:
    plan = three.plan("qingshi")
    assert alternatives(unit, plan) == accepted
    if said:
        assert asker(unit, plan) == said


def test_a_branch_is_also_the_body_it_belongs_to(three: Index) -> None:
    plan = three.plan("qingshi")
    branch = "市生态环境局青石分局"
    assert alternatives(branch, plan) == (branch, "生态环境局青石分局", "生态环境局")
    assert asker(branch, plan) == branch
    assert "Education Bureau" in alternatives("县教育局", plan, "en")


def test_which_units_differ() -> None:
    assert differs("县财政局", ["县教育局", "县科协"])
    assert not differs("县教育局", ["教育局"])
    assert not differs("县教育局", ["县教体局"])  # the joint body holds it


@pytest.mark.parametrize(
    ("title", "topic", "act", "is_about"),
    [
        ("实施银龄行动", "银龄行动", "实施银龄行动", False),
        ("建立协调联动机制", "", "建立协调联动机制", False),
        ("大力加强队伍建设", "", "加强队伍建设", False),
        ("农民素质提升工程", "农民素质提升工程", "", False),
        ("提升基层能力工程", "提升基层能力工程", "", False),  # begins with a verb, yet a name
        ("组织实施", "组织实施", "", True),
        ("本轮工作的主要目标", "本轮工作的主要目标", "", True),
        ("", "", "", True),
    ],
)
def test_how_a_heading_is_spoken_of(title: str, topic: str, act: str, is_about: bool) -> None:
    said = wording().heading(title)
    assert (said.topic, said.act, said.about) == (topic, act, is_about)


def test_wordings_of_a_title_do_not_fit_another() -> None:
    words = wording()
    title = "实施智慧助老行动"
    assert words.wordings(title, []) == (title, "智慧助老行动", "智慧助老")
    # 智慧助老 alone would also be found in the other title
    assert words.wordings(title, ["智慧助老站点建设"]) == (title, "智慧助老行动")


def test_templates_with_an_unknown_placeholder_are_refused() -> None:
    data = {"zh": {"lead": {"noun": ["{palce}谁牵头"]}}, "answer": {}, "accepted": {}}
    with pytest.raises(InputError, match="unknown placeholder 'palce'"):
        parse({**data, "words": {"what": {}}})


def test_pieces_stand_once_and_within_a_line() -> None:
    source = "（牵头单位：县科协；责任单位：县财政局）\n（牵头单位：县科协；责任单位：县教育局）\n"
    start = source.rindex("（牵头")
    # 县科协 alone stands twice, so the piece grows by a unit until it stands once
    assert pieces(source, start, start + len("（牵头单位：县科协")) == (
        "（牵头单位：县科协；责任单位：县教育局）",
    )
    assert pieces("甲乙丙丁\n戊己庚辛", 0, 9) == ("甲乙丙丁", "戊己庚辛")
    assert pieces("重复的话\n重复的话", 0, 4) == ("重复的话",)  # nothing left to grow into


def test_a_note_over_a_page_break_gives_a_piece_a_line(three: Index) -> None:
    plan = three.plan("wulan")
    clause = plan["wulan:1.1"]
    assert of_leads(plan, clause) == ("（牵头单位：县农业农村局、县科协",)
    assert of_others(plan, clause) == ("责任单位：县教育局", "县财政局")
    assert heading(plan, three.readings["wulan"], plan["wulan:1.1.2"]) == ("2.推广农业新技术。",)


# -- drafting -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything(three: Index) -> tuple[Draft, ...]:
    """All that can be drafted for the three plans."""
    made = suggest(three, [], 500)
    assert made.broken == 0
    return made.drafts


def test_every_draft_could_be_accepted_as_it_is(
    three: Index, everything: tuple[Draft, ...]
) -> None:
    """Evidence verbatim within a line, own answer right, ids and questions unique."""
    sources = {p.id: p.source for p in three.plans}
    decided = [replace(d, decision="accept") for d in everything]
    found = look_at(decided, Path("x.dev.jsonl"), [], sources)
    assert found.faults == ()
    assert len(found.questions) == len(everything) > 60
    for gold in found.questions:
        assert faults(gold, gold.answer, "answered") == []
        for piece in gold.evidence:
            assert any(piece in line for line in sources[gold.doc[0]].split("\n"))
        assert "{" not in gold.question
        assert not gold.answerable or gold.evidence


def test_every_kind_and_plan_is_drafted(everything: tuple[Draft, ...]) -> None:
    kinds = {str(d.record["type"]) for d in everything}
    assert kinds == set(DRAFTED)
    assert {d.record["doc"][0] for d in everything} == {"qingshi", "baisha", "wulan"}
    english = [d for d in everything if d.record["type"] == "english"]
    assert all(d.record["lang"] == "en" and d.text("question").isprintable() for d in english)


def by_key(drafts: tuple[Draft, ...], kind: str, clause: str) -> Draft:
    return next(d for d in drafts if d.record["type"] == kind and d.clause == clause)


def test_a_lead_question_and_what_would_be_wrong(everything: tuple[Draft, ...]) -> None:
    record = by_key(everything, "lead_unit", "qingshi:2.2.1").record
    assert record["answer"] == "县民政局"
    assert record["must"] == [["县民政局", "民政局"]]
    wrong = record["must_not"]
    assert {"由县卫生健康局牵头", "牵头单位：县公安局", "县民政局、县卫生健康局"} <= set(wrong)
    assert not any("县民政局牵头" in w for w in wrong)
    assert record["evidence"] == ["1.实施智慧助老。", "（牵头单位：县民政局"]


def test_leads_of_the_clauses_beside_tempt(everything: tuple[Draft, ...]) -> None:
    """wulan 1.1 is led by 农业农村局 and 科协; nothing beside it has leads, its note has 教育局."""
    wrong = by_key(everything, "lead_unit", "wulan:1.1").record["must_not"]
    assert {"由县教育局牵头", "由县财政局牵头", "县科协、县教育局"} <= set(wrong)


def test_no_lead_is_to_be_said_and_the_units_there_are(everything: tuple[Draft, ...]) -> None:
    gold = by_key(everything, "lead_unit_none", "qingshi:2.2.2").gold("d")
    assert gold.answer == "方案没有单列牵头单位，只列责任单位：县委老干部局、县教育局"
    assert faults(gold, "方案未指明牵头单位，责任单位为：县委老干部局、县教育局", "answered") == []
    assert faults(gold, "由县委老干部局牵头，责任单位：县教育局", "answered") != []


def test_a_prose_lead_is_not_drafted_as_none(tmp_path: Path) -> None:
    text = SYNTHETIC.replace("扩大老年大学招生", "县教育局牵头扩大老年大学招生")
    index = build([read_plan(text, tmp_path, "qingshi")])
    assert suggest(index, [], 50, kinds=["lead_unit_none"]).drafts == ()


def test_participants_list_all_and_no_stranger(everything: tuple[Draft, ...]) -> None:
    record = by_key(everything, "participants", "qingshi:2.1").record
    assert record["answer"] == "县财政局、县科协等"  # the list is open
    assert [m[0] for m in record["must"]] == ["县财政局", "县科协"]
    assert not {"县教育局", "团县委"} & set(record["must_not"])  # the leads are of this clause


def cuts(three: Index, clause: str) -> list[figures.Cut | None]:
    at = desk(three, clause.split(":")[0])
    return [figures._cut(at, at.plan[clause], f) for f in at.plan[clause].figures]


def test_figures_are_taken_out_of_their_sentence(three: Index) -> None:
    asked = [c.ask for c in cuts(three, "wulan:1.1.1") if c]
    # the second item of the enumeration gets its verb back
    assert asked == ["培育高素质农民多少名", "培育致富带头人多少名"]
    asked = [c.ask for c in cuts(three, "wulan:1.2.1") if c]
    assert asked == ["每年组织多少人次老年人参加科普讲座", "居民健康素养水平要达到多少"]


def test_a_figure_with_its_wordings_and_its_neighbours(three: Index) -> None:
    ask = ask_for(three, "qingshi", "number", "qingshi:1.1")
    seen = set()
    for seed in range(20):
        matter = figures.number(desk(three, "qingshi"), ask, draw(seed))
        assert matter is not None
        seen.add((matter.must[0][0], matter.must_not))
    # 2025: 16%, 2035: 24%, each tempting for the other
    assert seen == {("16%", ("24%",)), ("24%", ("16%",))}


@pytest.mark.parametrize(
    ("text", "value", "unit", "expected"),
    [
        ("3000名以上", 3000.0, "名", {"3000名", "3,000名", "3000人", "3000"}),
        ("1.2万人次", 12000.0, "人次", {"1.2万人次", "12000人次", "12,000"}),
        ("2所", 2.0, "所", {"2所", "两所", "2个"}),
        ("超过15%", 15.0, "%", {"15%", "百分之十五"}),
        ("17.5%", 17.5, "%", {"17.5%"}),
    ],
)
def test_wordings_of_a_value(text: str, value: float, unit: str, expected: set[str]) -> None:
    from index.plan import Figure

    found = figures._values(Figure(text, value, unit, "", None, False, 0, 0))
    assert expected <= set(found)
    assert found[0] == next(iter(found))
    assert "2" not in found  # a small number alone would be found anywhere


def test_enumerations_are_asked_for(three: Index) -> None:
    at = desk(three, "wulan")
    found = {e.ask: e.items for c in at.plan.clauses for e in contents.enumerations(at, c)}
    assert found["依托哪些平台开展农民教育培训"] == ("农业广播学校", "田间学校", "农民夜校")
    assert found["推广哪些生态农业模式"] == ("稻渔共养", "林下种植", "节水灌溉")
    assert found["支持谁参加农民科技节"] == ("科研院所", "农业企业")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (("形式和手段",), ["形式", "手段"]),
        (("劳动和技能竞赛",), ["劳动和技能竞赛"]),  # 竞赛 belongs to both
        (("安全体验场馆和科普创意园",), ["安全体验场馆", "科普创意园"]),
        (("院（校和所）共建",), ["院（校和所）共建"]),
    ],
)
def test_joined_items_are_told_apart(items: tuple[str, ...], expected: list[str]) -> None:
    assert contents._apart(items) == expected


def test_parts_below_a_heading(everything: tuple[Draft, ...]) -> None:
    record = by_key(everything, "list", "wulan:1.1").record
    assert record["answer"] == "共3项：实施高素质农民培育计划；推广农业新技术；办好农民科技节"
    assert len(record["must"]) == len(record["evidence"]) == 3


def test_a_name_is_asked_for_with_its_own_sentence(three: Index) -> None:
    from eval.growing import duties

    ask = ask_for(three, "wulan", "lead_unit", "wulan:1.1.2")
    made = [duties.lead(desk(three, "wulan"), ask, draw(seed)) for seed in range(20)]
    named = [m for m in made if m and m.form == "name"]
    assert 0 < len(named) < len(made)
    assert named[0].fields == {"name": "“田野课堂”行动"}
    assert named[0].evidence[0] == "实施“田野课堂”行动"


def test_a_name_that_is_only_leant_on_is_not_asked_for(tmp_path: Path) -> None:
    from eval.growing import duties

    text = RICH.replace("实施“田野课堂”行动", "依托“田野课堂”行动")
    index = build([read_plan(text, tmp_path, "wulan")])
    ask = ask_for(index, "wulan", "lead_unit", "wulan:1.1.2")
    made = [duties.lead(desk(index, "wulan"), ask, draw(seed)) for seed in range(20)]
    assert {m.form for m in made if m} == {"act"}


def test_what_another_plan_has_and_this_one_lacks(three: Index) -> None:
    """Of 白沙区 no pair of 智慧助老's characters stands in the text; 科普小院 does."""
    lacks = {lack.words for lack in about.lacking(desk(three, "baisha"))}
    assert {"实施智慧助老", "“田野课堂”行动"} <= lacks
    assert not {"建设科普小院", "主要目标", "组织实施", "实施高素质农民培育计划"} & lacks
    made = suggest(three, [], 3, ["baisha"], ["unanswerable"]).drafts
    assert all("make sure that this plan says nothing of it" in d.why for d in made)
    assert all(d.record["evidence"] == [] for d in made)


def test_a_field_is_accepted_in_the_ways_people_write_it(everything: tuple[Draft, ...]) -> None:
    meta = {d.text("answer"): d.gold("d") for d in everything if d.record["type"] == "meta"}
    period = meta["2021—2025年"]
    for said in ("2021-2025年", "2021至2025年", "从2021年到2025年"):
        assert faults(period, said, "answered") == []
    basis = meta["《国务院关于印发全民科学素质行动规划纲要的通知》（国发〔2021〕9号）"]
    assert faults(basis, "国发[2021]9号", "answered") == []


# -- which are drafted --------------------------------------------------------------------


def test_few_drafts_spread_over_kinds_plans_and_sections(three: Index) -> None:
    made = suggest(three, [], len(DRAFTED)).drafts
    assert {d.record["type"] for d in made} == set(DRAFTED)  # one of each kind
    plans = [d.record["doc"][0] for d in suggest(three, [], 3, kinds=["lead_unit"]).drafts]
    assert sorted(plans) == ["baisha", "qingshi", "wulan"]
    of_one = suggest(three, [], 2, ["qingshi"], ["lead_unit"]).drafts
    assert len({d.path.split(" › ")[1] for d in of_one}) == 2


def test_what_is_covered_is_not_drafted(three: Index) -> None:
    before = suggest(three, [], 50, ["qingshi"], ["lead_unit"]).drafts
    after = suggest(three, [question()], 50, ["qingshi"], ["lead_unit"]).drafts
    assert {d.clause for d in before} - {d.clause for d in after} == {"qingshi:2.2.1"}


def test_drafts_depend_on_the_seed_alone(three: Index) -> None:
    one, again, other = (suggest(three, [], 12, seed=s).drafts for s in (5, 5, 6))
    assert one == again != other
    # the same matter keeps its id, whatever the seed
    ids = [{d.text("id") for d in suggest(three, [], 500, seed=s).drafts} for s in (5, 6)]
    assert ids[0] == ids[1]


def test_a_question_that_is_asked_already_is_left_out(three: Index) -> None:
    first = suggest(three, [], 1, ["qingshi"], ["lead_unit"]).drafts[0].gold("d")
    moved = replace(first, id="other", evidence=())  # asked, but nothing is covered by it
    made = suggest(three, [moved], 50, ["qingshi"], ["lead_unit"])
    assert made.repeated == 1
    assert first.question not in [d.text("question") for d in made.drafts]


def test_a_draft_that_breaks_its_own_rule_is_left_out(
    three: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> Matter:
        return Matter("lead", "noun", {"topic": "某行动"}, answer="甲", must=(("乙",),))

    monkeypatch.setitem(drafts.MAKERS, "lead_unit", faulty)  # type: ignore[arg-type]
    made = suggest(three, [], 50, ["qingshi"], ["lead_unit"])
    assert (made.drafts, made.broken) == ((), 4)


def test_what_a_right_answer_holds_is_not_forbidden(
    three: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crossed(*_: object) -> Matter:
        must, wrong = (("甲局", "甲委员会"),), ("乙局", "甲委", "甲局")
        return Matter("lead", "noun", {"topic": "某行动"}, "甲局", must, wrong)

    monkeypatch.setitem(drafts.MAKERS, "lead_unit", crossed)  # type: ignore[arg-type]
    made = suggest(three, [], 1, ["qingshi"], ["lead_unit"])
    assert made.drafts[0].record["must_not"] == ["乙局"]


def test_an_unknown_plan_is_refused(three: Index) -> None:
    with pytest.raises(InputError, match="unknown plan 'nowhere'"):
        suggest(three, [], 1, ["nowhere"])


# -- feedback -----------------------------------------------------------------------------


def feedback(folder: Path, *records: Any) -> Path:
    path = folder / "feedback.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def test_feedback_becomes_drafts_with_what_is_known(three: Index, tmp_path: Path) -> None:
    source = three.plan("qingshi").source
    start = source.index("（牵头单位：县民政局")
    end = source.index("县公安局）") + len("县公安局）")  # over a line end
    cited = {"n": 1, "plan": "qingshi", "start": start, "end": end, "quote": "…"}
    right = {"question": "智慧助老谁牵头", "answer": "县民政局 [1]", "citations": [cited]}
    path = feedback(
        tmp_path,
        {**right, "verdict": "right"},
        {"question": "那招生呢", "answer": "不知道", "verdict": "wrong", "remark": "问的是老年大学",
         "history": [{"q": "智慧助老谁牵头", "a": "县民政局"}], "plan": "qingshi"},
        {**right, "question": "谁教老人用手机", "verdict": "wrong_source"},
    )  # fmt: skip
    first, second, third = read_feedback(path, three)
    assert first.record["answer"] == "县民政局"  # without the citation mark
    assert first.record["evidence"] == [
        "（牵头单位：县民政局；责任单位：县卫生健康局、",
        "县公安局）",
    ]
    assert (first.record["doc"], first.record["must"], first.clause) == (
        ["qingshi"], [], "qingshi:2.2.1",
    )  # fmt: skip
    assert (second.record["type"], second.record["answer"]) == ("followup", "")
    assert "问的是老年大学" in second.why
    assert "was answered: 不知道" in second.why
    assert (third.record["answer"], third.record["evidence"]) == ("县民政局", [])


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"question": "q", "verdict": "good"}, "field 'verdict'"),
        ({"question": " ", "verdict": "right"}, "field 'question'"),
        ({"question": "q", "verdict": "right", "citations": [{"plan": "a"}]}, "citations.0.start"),
    ],
)
def test_faulty_feedback_is_refused(
    three: Index, tmp_path: Path, record: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_feedback(feedback(tmp_path, record), three)
    assert ":1: " in str(caught.value)


# -- files of drafts ----------------------------------------------------------------------

NASTY = [
    "=1+1", "+A1", "@x", "-2", "a / b", "a/ b", "/", "\\", "\\n", "a\\/", "two\nlines", "_x0041_",
    " blank ", "\u0007bell", "\r", "2023/10/10", "…",
]  # fmt: skip
TEXT = st.text(min_size=1, max_size=12).filter(str.strip) | st.sampled_from(NASTY).filter(str.strip)


def test_a_sheet_holds_drafts_exactly(everything: tuple[Draft, ...], tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    decided = [replace(d, decision="采用") for d in everything[:20]]
    write_drafts(path, decided)
    assert read_drafts(path) == decided
    assert [p.name for p in tmp_path.iterdir()] == ["d.xlsx"]  # nothing half written is left


@settings(max_examples=15, deadline=None)
@given(answer=TEXT, items=st.lists(st.lists(TEXT, min_size=2, max_size=3), max_size=3), q=TEXT)
def test_a_sheet_holds_any_text(
    tmp_path_factory: pytest.TempPathFactory, answer: str, items: list[list[str]], q: str
) -> None:
    gold = question(
        answer=answer,
        question=q,
        must=tuple(tuple(m) for m in items),
        must_not=tuple(a for m in items for a in m),
        history=((q, answer),),
        note=answer,
    )
    path = tmp_path_factory.mktemp("sheet") / "d.xlsx"
    drafts = [draft_of(gold, "c", answer, q)]
    write_drafts(path, drafts)
    assert read_drafts(path) == drafts


def test_a_sheet_helps_to_decide(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_drafts(path, [draft_of(question())])
    sheet = load_workbook(path)["drafts"]
    assert sheet.freeze_panes == "E2"
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["B2"] == '"accept,drop,采用,弃"'
    assert lists["C2"].startswith('"lead_unit,')


def test_a_sheet_that_was_changed_or_cannot_be_made_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_drafts(path, [draft_of(question())])
    book = load_workbook(path)
    for value in ("=1+1", 15):
        book["drafts"]["E2"] = value
        book.save(path)
        with pytest.raises(InputError, match=r"cell E2 holds .* which is no text"):
            read_drafts(path)
    book["drafts"]["E2"], book["drafts"]["M2"] = "15", "A: 没有问"
    book.save(path)
    with pytest.raises(InputError, match="row 2: 'history' is lines Q"):
        read_drafts(path)
    book["drafts"].delete_cols(6)
    book.save(path)
    with pytest.raises(InputError, match="lacks the column 'must'"):
        read_drafts(path)
    faulty = Draft({"id": "a", "history": [{"q": "谁"}]})
    with pytest.raises(InputError, match="draft 1: 'history' is not of the form that gold has"):
        write_drafts(tmp_path / "e.xlsx", [faulty])
    assert not (tmp_path / "e.xlsx").exists()


def test_json_lines_hold_drafts_and_refuse_other_files(tmp_path: Path) -> None:
    draft = replace(draft_of(question(), "c", "p", "w"), decision="drop")
    assert from_json(to_json(draft), "x") == draft
    assert from_json(to_record(question()), "x") == draft_of(question())
    with pytest.raises(InputError, match=r"x: unknown field 'draft\.who'"):
        from_json({"draft": {"who": "me"}}, "x")
    with pytest.raises(InputError, match=r"\.jsonl or \.xlsx"):
        read_drafts(tmp_path / "d.csv")


# -- accepting ----------------------------------------------------------------------------


class Done(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command of `python -m eval` in this process on the three plans."""
    for name in ("TIAOWEN_INDEX", "TIAOWEN_CORPUS"):
        monkeypatch.delenv(name, raising=False)
    parser = OneLineParser(prog="python -m eval")
    growing.register(Commands(parser))

    def go(command: str, *argv: object) -> Done:
        places = ["--index", str(saved)] if command != "review" else []
        capsys.readouterr()
        code = 0
        try:
            arguments = parser.parse_args([command, *map(str, argv), *places])
            arguments.run(arguments)
        except TiaowenError as error:
            print(f"eval: {error}")
            code = error.exit_code
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Done(code, *capsys.readouterr())

    return go


def decided(path: Path, *drafts: tuple[Gold | dict[str, Any], str]) -> Path:
    records = [to_record(g) if isinstance(g, Gold) else g for g, _ in drafts]
    write_drafts(path, [Draft(r, decision=d) for r, (_, d) in zip(records, drafts, strict=True)])
    return path


def test_only_what_was_accepted_enters(run: Run, tmp_path: Path) -> None:
    into = tmp_path / "new.dev.jsonl"
    into.write_text('\ufeff{"id": "old", "doc": ["qingshi"], "lang": "zh", "type": "meta", '
                    '"question": "旧", "answer": "a", "must": ["a"], "must_not": [], '
                    '"evidence": []}', "utf-8")  # fmt: skip
    before = into.read_text("utf-8")
    path = decided(
        tmp_path / "d.jsonl",
        (question(), "采用"),
        (question(id="n2", question="另一问"), " Accept "),
        (question(id="n3", question="不要的"), "弃"),
        ({"id": "n4", "broken": True}, ""),  # undecided: not looked at
    )
    done = run("accept", path, "--into", into)
    assert done.code == 0
    assert "2 questions entered" in done.out
    assert "1 dropped, 1 undecided" in done.out
    text = into.read_text("utf-8")
    assert text.startswith(before + "\n")  # what was there stays letter for letter
    added = [from_record(json.loads(line), "x") for line in text.split("\n")[1:-1]]
    assert added == [question(), question(id="n2", question="另一问")]


FAULTY: list[tuple[dict[str, Any], str]] = [
    ({"must": ()}, "must is empty"),
    ({"answer": "县公安局"}, "its own answer breaks its rule: lacks 县民政局"),
    ({"answer": ""}, "answer is empty"),
    ({"evidence": ("没有的话",)}, "evidence stands in no plan"),
    ({"evidence": ("县卫生健康局、\n县公安局",)}, "evidence goes over a line end"),
    ({"doc": ("nowhere",)}, "plan 'nowhere' is not in the corpus"),
    ({"doc": ("baisha",)}, "evidence stands in no plan"),
    ({"lang": "de"}, "field 'lang'"),
    ({"type": "riddle"}, "unknown type 'riddle'"),
    ({"id": "there"}, "id 'there' is already in x.dev.jsonl"),
    ({"question": "  已经 问过？"}, "the question is already in x.dev.jsonl (there)"),
    ({"question": "留出的问题"}, "the question is already in y.held.jsonl"),
    (
        {"type": "unanswerable", "answer": "由县民政局牵头", "must": (), "evidence": ()},
        "its own answer breaks its rule: should say",
    ),
]


@pytest.mark.parametrize(("change", "said"), FAULTY)
def test_what_is_faulty_keeps_everything_out(
    run: Run, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    there = question(id="there", question="已经问过", must=(("a",),), answer="a", evidence=())
    append(tmp_path / "x.dev.jsonl", [there])
    append(tmp_path / "y.held.jsonl", [replace(there, id="secret", question="留出的问题")])
    path = decided(
        tmp_path / "d.jsonl", (question(id="good", question="好的"), "accept"),
        (question(**change), "accept"),
    )  # fmt: skip
    into = tmp_path / "new.dev.jsonl"
    done = run("accept", path, "--into", into)
    assert done.code == 2
    assert f"record 2: {said}" in done.out
    assert "nothing was written" in done.out
    assert "secret" not in done.out  # of a held question only that it is there
    assert not into.exists()


def test_all_faults_are_told_at_once(run: Run, tmp_path: Path) -> None:
    path = decided(
        tmp_path / "d.jsonl",
        (question(must=()), "accept"),
        (question(id="n2", question="二"), "perhaps"),
        (question(id="n3", question="三"), "accept"),
        (question(id="n3", question="三 ！"), "accept"),
    )
    done = run("accept", path, "--into", tmp_path / "new.dev.jsonl")
    assert done.code == 2
    for said in (
        "record 1: must is empty",
        "record 2: unknown decision 'perhaps'",
        "record 4: id 'n3' is already in record 3",
        "record 4: the question is already in record 3",
        "4 faults in",
    ):
        assert said in done.out


def test_drafts_do_not_enter_held_files(tmp_path: Path) -> None:
    for name in ("new.held.jsonl", "new.jsonl"):
        with pytest.raises(InputError, match=r"NAME\.dev\.jsonl"):
            gold_around(tmp_path / name, [])


def test_the_whole_way_through_a_sheet(run: Run, tmp_path: Path) -> None:
    """suggest, decide in the sheet, accept; then the same is not suggested again."""
    sheet, into = tmp_path / "d.xlsx", tmp_path / "new.dev.jsonl"
    empty = tmp_path / "none.dev.jsonl"
    empty.touch()
    done = run("suggest", "--gold", empty, "-n", 8, "--plan", "wulan", "--out", sheet)
    assert done.code == 0
    assert f"8 drafts in {sheet}" in done.out
    write_drafts(sheet, [replace(d, decision="accept") for d in read_drafts(sheet)])
    assert "8 questions entered" in run("accept", sheet, "--into", into).out
    left = run(
        "suggest", "--gold", into, "-n", 99, "--plan", "wulan", "--out", tmp_path / "e.jsonl"
    )
    assert left.code == 0
    again = {d.text("id") for d in read_drafts(tmp_path / "e.jsonl")}
    assert not again & {d.text("id") for d in read_drafts(sheet)}
    # a second time the ids are taken, and nothing is written
    before = into.read_bytes()
    assert run("accept", sheet, "--into", into).code == 2
    assert into.read_bytes() == before


def test_coverage_command(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "x.dev.jsonl"
    append(gold, [question()])
    done = run("coverage", "--gold", gold)
    assert "青石县 (qingshi):" in done.out
    assert "lead_unit          1/4     25%" in done.out
    counts = json.loads(run("coverage", "--gold", gold, "--json").out)
    assert sum(c["covered"] for c in counts) == 1
    assert set(counts[0]) == {"plan", "section", "kind", "askable", "covered"}


def test_suggest_refuses_what_it_cannot_do(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "d.jsonl"
    gold = tmp_path / "none.dev.jsonl"
    gold.touch()
    assert "unknown kind 'riddle'" in run("suggest", "--kind", "riddle", "--out", out).out
    assert "unknown plan" in run("suggest", "--gold", gold, "--plan", "x", "--out", out).out
    assert "written as" in run("suggest", "--gold", gold, "--out", tmp_path / "d.csv").out
    out.write_text("decisions", "utf-8")
    assert "may hold decisions" in run("suggest", "--gold", gold, "--out", out).out
    assert out.read_text("utf-8") == "decisions"


def test_feedback_alone(run: Run, tmp_path: Path) -> None:
    path = feedback(tmp_path, {"question": "青石智慧助老谁牵头", "answer": "a", "verdict": "wrong"})
    out, gold = tmp_path / "d.jsonl", tmp_path / "none.dev.jsonl"
    gold.touch()
    done = run("suggest", "--gold", gold, "-n", 0, "--feedback", path, "--out", out)
    assert "1 drafts" in done.out
    assert [d.text("question") for d in read_drafts(out)] == ["青石智慧助老谁牵头"]


# -- in the terminal ----------------------------------------------------------------------


def session(path: Path, typed: str) -> tuple[dict[str, int], str]:
    screen = io.StringIO()
    return review(path, io.StringIO(typed), screen), screen.getvalue()


@pytest.fixture
def four(tmp_path: Path) -> Path:
    asked = [question(id=f"n{n}", question=f"第{n}问") for n in range(1, 5)]
    return decided(tmp_path / "d.jsonl", *((g, "") for g in asked))


def decisions(path: Path) -> list[str]:
    return [d.decision for d in read_drafts(path)]


def test_keys_decide_and_are_saved(four: Path) -> None:
    counts, screen = session(four, "a\nd\ns\nq\n")
    assert decisions(four) == ["accept", "drop", "", ""]
    assert counts == {"accept": 1, "drop": 1, "": 2}
    assert "1/4  lead_unit  qingshi" in screen
    assert "must      县民政局 / 民政局" in screen


def test_the_end_of_the_input_saves_and_the_next_sitting_goes_on(four: Path) -> None:
    session(four, "a\nd")  # the last line has no line end
    assert decisions(four) == ["accept", "drop", "", ""]
    _, screen = session(four, "a\n")
    assert screen.index("3/4") < screen.index("4/4")
    assert "1/4" not in screen
    assert decisions(four) == ["accept", "drop", "accept", ""]
    session(four, "a\n")
    assert "every draft is decided" in session(four, "")[1]


def test_back_changes_a_decision(four: Path) -> None:
    session(four, "b\na\nb\nd\nq\n")  # back from the first stays there
    assert decisions(four) == ["drop", "", "", ""]


def test_editing_keeps_what_is_left_empty_and_looks_at_the_answer(four: Path) -> None:
    _, screen = session(four, "e\n改过的问题\n\nz\nq\n")
    record = read_drafts(four)[0].record
    assert (record["question"], record["answer"]) == ("改过的问题", "县民政局")
    assert "unknown key 'z'" in screen
    _, screen = session(four, "e\n\n由县公安局牵头\nq\n")
    assert "! its own answer: lacks 县民政局" in screen
    assert session(four, "e\n只有问题")[0][""] == 4  # the input ended inside an edit
    assert read_drafts(four)[0].text("question") == "改过的问题"


def test_review_refuses_what_it_cannot_go_through(four: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"review takes \.jsonl"):
        session(tmp_path / "d.xlsx", "")
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(InputError, match="holds no drafts"):
        session(tmp_path / "empty.jsonl", "")
    write_drafts(four, [replace(d, decision="?") for d in read_drafts(four)])
    with pytest.raises(InputError, match="record 1: unknown decision"):
        session(four, "")


def test_review_command(run: Run, four: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nd\n"))
    done = run("review", four)
    assert done.out.endswith("1 accepted, 1 dropped, 2 undecided\n")


def test_plans_are_not_changed_by_any_of_it(three: Index) -> None:
    plan: Plan = three.plan("qingshi")
    assert plan.source == SYNTHETIC
