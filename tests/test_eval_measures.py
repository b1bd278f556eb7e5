"""The measures by hand, against ir_measures, and with planted faults."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.evidence import Piece, covers, judged, locate, ranks
from eval.gold import Gold
from eval.measures import citations, figures, ranking, units
from eval.measures.answers import LIMITS, char_f1, claims, faults
from eval.measures.definitions import BY_NAME, MEASURES
from eval.measures.scoring import judge
from eval.runs import Item
from eval.summary import refusal
from eval.systems.base import Quote, Response, Slice
from index.units import unit_names
from tests.runs import question


@pytest.mark.parametrize(
    "name", ["eval.evidence", "eval.measures.ranking", "eval.measures.answers"]
)
def test_the_worked_examples_of_the_docstrings_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed


def test_every_measure_has_one_name_both_languages_and_a_meaning() -> None:
    assert len(BY_NAME) == len(MEASURES)
    assert all(m.zh and m.en and m.meaning.endswith(".") for m in MEASURES)


# -- the rule -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年超过 １５％ [1]", []),
        ("超过*15%*", []),
        ("没有", ["lacks 15%"]),
        ("15%，2035年25%", ["holds 25%"]),
        ("15%" + "。" * LIMITS["number"], [f"too long ({LIMITS['number'] + 3} characters)"]),
    ],
)
def test_an_answer_is_right_by_must_must_not_and_length(text: str, expected: list[str]) -> None:
    assert faults(question(), text, "answered") == expected


@pytest.mark.parametrize(
    ("text", "status", "right"),
    [
        ("", "not_mentioned", True),
        ("", "out_of_scope", True),
        ("方案未提及。", "answered", True),
        ("请问是哪个县？", "clarify", False),
        ("It is not stated.", "answered", True),
        ("15%", "answered", False),
    ],
)
def test_an_unanswerable_question_wants_a_refusal(text: str, status: str, right: bool) -> None:
    assert (faults(question(type="unanswerable"), text, status) == []) is right


def test_what_the_plans_do_not_tell_may_be_asked_in_english_or_after_a_turn() -> None:
    """Refusing it is right for the refusal measures; the rule of its type still judges words."""
    asked = question(type="english", must=(("未提及", "not stated"),), must_not=())
    assert not asked.answerable
    assert refusal([judge(asked, "", Response("Not stated.", "answered"), {})]).recall
    wordless = judge(asked, "", Response("", "not_mentioned"), {})
    assert (wordless.scores["refused"], wordless.right) == (1, False)
    told = judge(asked, "", Response("15%", "answered"), {})
    assert (told.scores["refused"], told.right, "claims" in told.scores) == (0, False, False)
    assert replace(asked, must=(*asked.must, ("15%",))).answerable
    assert replace(asked, type="lead_unit_none").answerable


def test_claims_are_the_share_said_and_nothing_where_something_wrong_is() -> None:
    must = [("科技小院",), ("讲座", "培训"), ("示范",)]
    assert claims("推广科技小院，开展培训", must, []) == pytest.approx(2 / 3)
    assert claims("推广科技小院，开展培训", must, ["推广"]) == 0
    assert claims("什么也没有", [], ["推广"]) == 1


def test_character_f1_counts_chinese_by_character_and_latin_by_word() -> None:
    # 科普 shared, of 4 and of 3 characters: 2*2/(4+3)
    assert char_f1("科普活动", "大科普") == pytest.approx(4 / 7)
    # smart, elderly shared of 3 and of 2 words: 2*2/(3+2)
    assert char_f1("Smart elderly care [1]", "smart, elderly") == pytest.approx(4 / 5)
    # 15% is one word: nothing shared with 5%
    assert char_f1("15%", "5%") == 0
    assert char_f1("", "") == 1


@given(st.text("科普教育abc 12%。", max_size=30), st.text("科普教育abc 12%。", max_size=30))
def test_character_f1_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0 <= char_f1(a, b) <= 1
    assert char_f1(a, b) == char_f1(b, a)
    assert char_f1(a, a) == 1


# -- units --------------------------------------------------------------------------------

LEADS = question(
    type="lead_unit",
    answer="县教育局、县科协",
    must=(("县教育局", "教育局"), ("县科协", "科协")),
    must_not=("由团县委牵头",),
)


def unit_set(answer: str, gold: Gold = LEADS) -> units.Overlap:
    names = unit_names()
    return units.overlap(answer, units.expected(gold, names), names)


@pytest.mark.parametrize(
    ("answer", "shared", "named"),
    [
        ("牵头单位：县教育局、县科协 [1][2]", 2, 2),
        ("由教育部门和科学技术协会牵头", 2, 2),
        ("县教育局、教育局、县教育局", 1, 1),
        ("县教育局", 1, 1),
        ("县教育局、县科协、县财政局", 2, 3),
        ("县教育局、县科协，会同有关部门和责任单位", 2, 2),
        ("牵头单位：县教育局、县科协\n责任单位：县财政局、团县委", 2, 2),
        ("责任单位：县教育局、县科协\n牵头单位：县财政局", 0, 1),
        ("县民政局", 0, 1),
        ("没有", 0, 0),
    ],
)
def test_units_named_are_held_against_those_expected(answer: str, shared: int, named: int) -> None:
    found = unit_set(answer)
    assert (found.shared, found.named) == (shared, named)
    assert found.exact == (shared == named == 2)
    assert found.f1 == 2 * shared / (named + 2)


def test_a_wrong_wording_spoils_an_exact_set() -> None:
    found = unit_set("县教育局、县科协。由团县委牵头是误传")
    assert found.wrong
    assert not found.exact


def test_a_bracket_after_a_name_explains_it() -> None:
    gold = replace(LEADS, type="participants", must=(("县委党校",),), must_not=())
    assert unit_set("县委党校（行政学院）", gold).exact


def test_only_questions_for_units_are_judged_by_units() -> None:
    assert units.expected(replace(LEADS, type="measure"), unit_names()).items == ()


# -- figures ------------------------------------------------------------------------------


def figure(said: str, **changes: object) -> float:
    given = {
        "question": "到2025年培训多少人次",
        "answer": "到2025年每年3000人次以上",
        "must": (("3000", "三千"),),
        "must_not": ("3万",),
        **changes,
    }
    return figures.exact(said, figures.expected(question(**given)))


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("每年培训3000人次以上 [1]", True),
        ("每年培训3,000次", False),  # the wording does not occur
        ("到2025年，培训3000人次", True),
        ("到2035年，培训3000人次", False),  # another year
        ("培训3000名", False),  # another unit
        ("培训三千人次", True),  # in words: as it stands
        ("培训13000人次", False),  # part of a longer number
        ("培训3000人次，原为3万人次", False),  # forbidden
        ("到2035年5000人次；到2025年3000人次", True),
        ("没有", False),
    ],
)
def test_a_figure_is_right_with_its_unit_and_year(answer: str, right: bool) -> None:
    assert figure(answer) == right


def test_measure_words_that_count_the_same_change_places() -> None:
    assert figure("建成2家", answer="2个以上", must=(("2个", "2家"),), question="几个")
    assert not figure("2024年15%", answer="2025年15%", must=(("15%",),), question="多少")


def test_percent_in_words_is_a_figure() -> None:
    assert figure("比例为百分之二十五", answer="25%", must=(("25%", "百分之二十五"),))


# -- evidence -----------------------------------------------------------------------------


def piece(start: int, end: int, plan: str = "p") -> Piece:
    return Piece(f"{plan}{start}", (Slice(plan, start, end),))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 100, True),  # the whole clause around it
        (12, 14, True),  # a short citation inside it
        (15, 25, True),  # half of it
        (16, 26, False),  # 4 of its 10 characters
        (20, 30, False),  # the neighbour
        (15, 15, False),  # nothing
    ],
)
def test_a_slice_covers_a_piece_by_half_of_the_shorter(
    start: int, end: int, expected: bool
) -> None:
    assert covers(piece(10, 20), Slice("p", start, end)) is expected
    assert not covers(piece(10, 20), Slice("q", start, end))


def test_evidence_is_located_in_the_plans_of_its_question_alone() -> None:
    gold = question(doc=("a", "b"), evidence=("丁", "甲乙", "甲乙"))
    found = locate(gold, {"a": "甲乙丙甲乙", "b": "甲乙", "c": "丁"})
    assert found == (
        Piece("丁", ()),
        Piece("甲乙", (Slice("a", 0, 2), Slice("a", 3, 5), Slice("b", 0, 2))),
    )


def test_a_ranking_is_rewritten_as_one_of_evidence() -> None:
    pieces = [piece(0, 10), piece(20, 30), piece(40, 50)]
    retrieved = [Slice("p", 60, 70), Slice("p", 0, 30), Slice("p", 0, 10), Slice("p", 40, 50)]
    # nothing, two pieces at once, one of them again, the last
    assert [j.piece for j in judged(retrieved, pieces)] == [None, 0, 1, None, 2]
    assert ranks(retrieved, [*pieces, piece(90, 99)]) == (2, 3, 5, None)


# -- ranking against ir_measures ----------------------------------------------------------

spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda x: (x[0], x[0] + x[1]))


@settings(deadline=None)  # the first example imports what it is held against
@given(
    st.lists(
        st.tuples(st.lists(spans, min_size=1, max_size=4), st.lists(spans, max_size=25)),
        min_size=1,
        max_size=4,
    )
)
def test_ranking_measures_are_those_of_ir_measures(
    questions: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]],
) -> None:
    import ir_measures as ir

    qrels, scored, own = [], [], {}
    for n, (pieces, retrieved) in enumerate(questions):
        evidence = [piece(*p) for p in dict.fromkeys(pieces)]
        slices = [Slice("p", *s) for s in retrieved]
        own[f"q{n}"] = ranks(slices, evidence)
        qrels += [ir.Qrel(f"q{n}", f"e{k}", 1) for k in range(len(evidence))]
        entries = judged(slices, evidence) or judged([Slice("none", 0, 1)], evidence)
        for r, entry in enumerate(entries, 1):
            doc = f"x{r}" if entry.piece is None else f"e{entry.piece}"
            scored.append(ir.ScoredDoc(f"q{n}", doc, -r))
    mine: dict[object, Callable[[ranking.Ranks], float]] = {
        ir.Success @ 5: lambda at: ranking.success(at, 5),
        ir.R @ 5: lambda at: ranking.recall(at, 5),
        ir.R @ 10: lambda at: ranking.recall(at, 10),
        ir.RR: ranking.reciprocal_rank,
        ir.nDCG @ 10: lambda at: ranking.ndcg(at, 10),
    }
    for metric in ir.iter_calc(list(mine), qrels, scored):
        assert mine[metric.measure](own[metric.query_id]) == pytest.approx(metric.value, abs=1e-9)


def test_ranking_measures_by_hand() -> None:
    at = (2, None, 5)
    assert ranking.recall(at, 5) == pytest.approx(2 / 3)
    assert ranking.reciprocal_rank(at) == 0.5
    # gains 1/log2(3) + 1/log2(6); the best order 1 + 1/log2(3) + 1/2
    assert ranking.ndcg(at, 10) == pytest.approx((0.63093 + 0.38685) / (1 + 0.63093 + 0.5), 1e-4)
    assert (ranking.recall((), 5), ranking.ndcg((), 5), ranking.reciprocal_rank(())) == (0, 0, 0)


# -- quotes -------------------------------------------------------------------------------

PAGED = "前言。到2025年，\n\n— 3 —\n\n比例**超过** 15%。"


def quoted(quote: str, start: int, end: int) -> bool:
    return citations.verbatim(Quote(1, "a", start, end, quote), {"a": PAGED})


def test_a_quote_is_its_slice_but_for_layout() -> None:
    start, end = PAGED.index("到"), len(PAGED)
    assert quoted("到2025年，比例超过 15%。", start, end)
    assert quoted("前言。", 0, 3)


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [
        ("到2025年，比例超过 25%。", 3, len(PAGED)),
        ("到2025年，比例超过 15%", 3, len(PAGED)),
        ("前言", 0, 3),
        ("前言。", 1, 4),
        ("", 0, 0),
        ("前言。", 0, 900),
        ("前言。", -3, 3),
    ],
)
def test_any_other_quote_is_torn(quote: str, start: int, end: int) -> None:
    assert not quoted(quote, start, end)


# -- planted faults -----------------------------------------------------------------------

SOURCES = {
    "a": "一、目标\n到2025年，比例超过15%。\n（牵头单位：县教育局、县科协）\n加强领导。\n",
    "b": "一、目标\n到2025年，比例超过25%。\n",
}


def cite(plan: str, text: str, n: int = 1) -> Quote:
    start = SOURCES[plan].index(text)
    return Quote(n, plan, start, start + len(text), text)


def whole(plan: str, text: str) -> Slice:
    return cite(plan, text).slice


NOTE, GOAL, OTHER = "（牵头单位：县教育局、县科协）", "到2025年，比例超过15%。", "加强领导。"
LEAD = replace(LEADS, id="lead", evidence=(NOTE,))
NUMBER = question(id="number", evidence=("比例超过15%",), answer="到2025年超过15%")
NO = question(id="no", type="unanswerable", must=(), must_not=(), evidence=())
FOUND = (whole("a", NOTE), whole("a", GOAL), whole("a", OTHER))
SOUND = {
    "lead": Response("牵头单位：县教育局、县科协 [1]", "answered", (cite("a", NOTE),), FOUND),
    "number": Response("到2025年，比例超过15%。[1]", "answered", (cite("a", GOAL),), FOUND[1:]),
    "no": Response("方案未提及。", "not_mentioned", (), FOUND),
    "no more": Response("方案未提及。", "not_mentioned", (), FOUND),
}
GOLDS = {g.id: g for g in (LEAD, NUMBER, NO, replace(NO, id="no more"))}


def run_of(responses: dict[str, Response]) -> dict[str, Item]:
    return {i: judge(GOLDS[i], "dev", r, SOURCES) for i, r in responses.items()}


def test_the_sound_run_is_perfect_in_every_measure() -> None:
    items = run_of(SOUND)
    assert set(items["lead"].scores) >= {"units_exact", "units_f1", "citation_recall", "verbatim"}
    assert "claims" not in items["lead"].scores
    assert "figures" in items["number"].scores
    assert {k: v for k, v in means(items).items() if v != 1} == {}


def means(items: dict[str, Item]) -> dict[str, float]:
    """Means of every measure that rises, with precision and recall of refusing."""
    found: dict[str, float] = {}
    for name in (m.name for m in MEASURES if m.rises):
        values = [i.scores[name] for i in items.values() if name in i.scores]
        if values:
            found[name] = sum(values) / len(values)
    refused = refusal(list(items.values()))
    for name, share in (("precision", refused.precision), ("recall", refused.recall)):
        found[f"refusal {name}"] = share.value if share else 0.0
    return found


@pytest.mark.parametrize(
    ("planted", "lowered"),
    [
        pytest.param(
            {"lead": replace(SOUND["lead"], answer="牵头单位：县教育局 [1]")},
            {"correct", "units_exact", "units_f1"},
            id="one unit missing",
        ),
        pytest.param(
            {"number": replace(SOUND["number"], answer="到2025年，比例超过25%。[1]")},
            {"correct", "figures"},
            id="a figure of another plan",
        ),
        pytest.param(
            {"number": replace(SOUND["number"], answer="到2035年，比例超过15%。[1]")},
            {"figures"},
            id="a figure of another year",
        ),
        pytest.param(
            {"lead": replace(SOUND["lead"], citations=(cite("a", OTHER),))},
            {"citation_recall", "citation_precision"},
            id="a citation moved by one clause",
        ),
        pytest.param(
            {"lead": replace(SOUND["lead"], citations=(cite("a", NOTE), cite("a", OTHER, 2)))},
            {"citation_precision"},
            id="a citation too many",
        ),
        pytest.param(
            {"lead": replace(SOUND["lead"], citations=(replace(cite("a", NOTE), quote="编的"),))},
            {"verbatim"},
            id="an invented quote",
        ),
        pytest.param(
            {"lead": Response("方案未提及。", "not_mentioned", (), FOUND)},
            {"correct", "refusal precision"},
            id="an answer turned into a refusal",
        ),
        pytest.param(
            {"lead": Response("请问是哪个县？", "clarify", (), FOUND)},
            {"correct"},
            id="an answer turned into a question",
        ),
        pytest.param(
            {"no": Response("请问是哪个县？", "clarify", (), FOUND)},
            {"correct", "refusal recall"},
            id="a refusal turned into a question",
        ),
        pytest.param(
            {"no": Response("由县科协牵头", "answered", (), FOUND)},
            {"correct", "refusal recall"},
            id="a refusal turned into an answer",
        ),
        pytest.param(
            {"lead": replace(SOUND["lead"], retrieved=(*FOUND[1:], FOUND[0]))},
            {"rr", "ndcg@10"},
            id="the evidence ranked third",
        ),
        pytest.param(
            {"lead": replace(SOUND["lead"], retrieved=FOUND[1:])},
            {"success@5", "recall@5", "recall@10", "rr", "ndcg@10"},
            id="the evidence not retrieved",
        ),
    ],
)
def test_a_planted_fault_lowers_the_right_measures_and_no_other(
    planted: dict[str, Response], lowered: set[str]
) -> None:
    before, after = means(run_of(SOUND)), means(run_of({**SOUND, **planted}))
    assert {k for k in before if after.get(k, 1.0) < before[k]} == lowered


def test_a_system_that_fails_scores_zero_in_everything_that_applies() -> None:
    failed = Response("", "error", error="RuntimeError: out of order")
    items = run_of(dict.fromkeys(SOUND, failed))
    for i, sound in run_of(SOUND).items():
        applied = {k for k in sound.scores if BY_NAME[k].shape != "amount" and k != "verbatim"}
        assert {k: v for k, v in items[i].scores.items() if v} == {}
        assert set(items[i].scores) == applied
        assert items[i].faults == ("the system failed: RuntimeError: out of order",)


def test_an_answer_without_citations_has_no_precision_to_be_proud_of() -> None:
    bare = judge(LEAD, "", replace(SOUND["lead"], citations=()), SOURCES)
    assert (bare.scores["citation_recall"], bare.scores["citation_precision"]) == (0, 0)
    assert "verbatim" not in bare.scores


def test_retrieval_is_not_judged_where_the_system_does_not_tell() -> None:
    silent = judge(LEAD, "", replace(SOUND["lead"], retrieved=None), SOURCES)
    assert silent.ranks == ()
    assert "rr" not in silent.scores


def test_must_items_are_judged_once() -> None:
    mixed = replace(LEAD, must=(*LEAD.must, ("15%",)))
    item = judge(mixed, "", SOUND["lead"], SOURCES)
    assert (item.scores["claims"], item.scores["units_exact"], item.right) == (0, 1, False)
