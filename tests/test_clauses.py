"""The clause tree, against trees made by hand and in small texts that show one thing each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import parse
from index.plan import Clause, Plan
from index.reading import Reading, quote, read
from tests.conftest import PLAN_IDS, clauses_of, golden, squeezed

Corpus = dict[str, tuple[Plan, Reading]]

PIECES = [
    "一、", "二、", "（一）", "（二）", "1.", "2.", "（1）", "①", "——", "第一章", "1.1", "总体要求",
    "县科协", "县教育局", "，", "。", "；", "、", "：", "（", "）", "〔", "]", "〕", "<", ">", "等",
    "牵头单位：", "责任单位：", "负责", "牵头", "配合", "责任分工：", "由", "2025年", "10个", "**",
    "[bookmark:x]", "2025年3月4日印发", "《", "》", "a", "7", "各镇", "街道", "抄送", "\ufeff",
    "— 3",
]  # fmt: skip
PLANLIKE = st.lists(st.sampled_from([*PIECES, "\n", "\n", "\n\n", "\r\n", " "]), max_size=50).map(
    "".join
)


def own(clause: Clause) -> list[list[str]]:
    held = clause.duties if clause.duty_source == "own" else ()
    return [[d.unit, d.role] for d in held]


def outline(text: str) -> list[tuple[str, str, str]]:
    return [(c.level, c.number, c.title) for c in clauses_of(text)]


# -- the real plans -----------------------------------------------------------------------


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_golden_tree(corpus: Corpus, plan_id: str) -> None:
    plan, reading = corpus[plan_id]
    found = [c for c in plan.clauses if c.level not in ("plan", "front", "tail")]
    row = {c.id: n for n, c in enumerate(found)}
    expected = golden(plan_id)
    assert [(c.number, c.title) for c in found] == [(g["number"], g["title"]) for g in expected]
    for clause, gold in zip(found, expected, strict=True):
        got = {
            "level": clause.level,
            "number": clause.number,
            "title": clause.title,
            "parent": row.get(clause.parent or ""),
            "own": own(clause),
            "open": clause.open,
            "duty_source": clause.duty_source,
        }
        assert got == {key: gold[key] for key in got}
        at = reading.from_source(clause.start, clause.start)[0] + len(clause.number)
        assert reading.text[at:].replace("\n", "").startswith(squeezed(gold["starts"])[:6])


def test_all_plans_have_a_golden_tree(corpus: Corpus) -> None:
    assert set(corpus) == set(PLAN_IDS)
    assert len(PLAN_IDS) == 5


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_own_texts_and_closing_notes_tile_the_source(corpus: Corpus, plan_id: str) -> None:
    plan, reading = corpus[plan_id]
    spans = [(c.start, c.own_end) for c in plan.clauses]
    for clause in plan.clauses:
        note = clause.note if clause.duty_source == "own" else None
        if note and note.start >= clause.own_end:  # closes a section, behind its items
            spans.append((note.start, note.end))
    at, left = 0, ""
    for start, end in sorted(spans):
        assert start >= at or start == end, f"overlap at {start}"
        left += plan.source[at:start]
        at = max(at, end)
    left += plan.source[at:]
    assert not squeezed(quote(left, 0, len(left))).strip("(—19)")
    covered = set().union(*(range(a, b) for a, b in spans))
    missing = [c for c, o in zip(reading.text, reading.origin, strict=True) if o not in covered]
    assert not squeezed("".join(missing))


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_clause_text_is_its_slice(corpus: Corpus, plan_id: str) -> None:
    plan, reading = corpus[plan_id]
    for clause in plan.clauses:
        lo, hi = reading.from_source(clause.start, clause.own_end)
        assert clause.text == reading.text[lo:hi].strip("\n")


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_tree_links(corpus: Corpus, plan_id: str) -> None:
    plan, _ = corpus[plan_id]
    root = plan.clauses[0]
    assert root.level == "plan"
    assert [c.id for c in plan.descendants(root)] == [c.id for c in plan.clauses[1:]]
    for clause in plan.clauses[1:]:
        assert clause in plan.children(plan[clause.parent or ""])
        assert list(plan.ancestors(clause))[-1] is root


# -- one thing each -----------------------------------------------------------------------


def test_heading_that_lost_its_number_takes_the_level_of_its_sisters() -> None:
    text = "一、任务\n（一）青少年行动\n1.甲，乙。\n2.丙，丁。\n农民行动\n1.戊，己。\n2.庚，辛。\n"
    assert outline(text) == [
        ("part", "一、", "任务"),
        ("section", "（一）", "青少年行动"),
        ("item", "1.", ""),
        ("item", "2.", ""),
        ("section", "", "农民行动"),
        ("item", "1.", ""),
        ("item", "2.", ""),
    ]
    assert [c.parent for c in clauses_of(text)][5:] == ["t:1.2", "t:1.2"]


def test_short_line_before_running_numbers_is_no_heading() -> None:
    text = "一、任务\n（一）行动\n1.甲，乙。\n做好有关事项\n2.丙，丁。\n"
    assert [c.number for c in clauses_of(text)] == ["一、", "（一）", "1.", "2."]


def test_heading_run_into_its_text() -> None:
    text = "一、总体要求\n（一）指导思想。坚持科学，服务大局。\n1．实施智慧助老行动。甲，乙。\n"
    found = clauses_of(text)
    assert [c.title for c in found] == ["总体要求", "指导思想", "实施智慧助老行动"]
    assert found[2].number == "1．"
    assert found[1].text == "（一）指导思想。坚持科学，服务大局。"


def test_clause_of_full_sentences_has_no_title() -> None:
    found = clauses_of("一、保障\n1.建立机制，定期会商，抓好落实。\n")
    assert found[1].title == ""
    assert found[1].label == "1.建立机制…"


NOTE = "（牵头单位：县科协；责任单位：县教育局等）"


def test_note_on_a_line_of_its_own_closes_the_section_of_items_without_notes() -> None:
    section, *items = clauses_of(
        f"一、任务\n（一）行动\n1.甲，乙。\n2.丙，丁。\n{NOTE}\n（二）其他\n"
    )[1:4]
    assert own(section) == [["县科协", "lead"], ["县教育局", "responsible"]]
    assert section.open
    assert [(c.duty_source, c.units()) for c in items] == [
        ("inherited", ("县科协", "县教育局"))
    ] * 2


def test_note_on_a_line_of_its_own_belongs_to_the_last_item_where_sisters_have_notes() -> None:
    text = f"一、任务\n（一）行动\n1.甲，乙。（责任单位：县妇联）\n2.丙，丁。\n{NOTE}\n"
    section, first, second = clauses_of(text)[1:]
    assert section.duty_source == "none"
    assert own(first) == [["县妇联", "responsible"]]
    assert own(second) == [["县科协", "lead"], ["县教育局", "responsible"]]


def test_note_on_the_line_of_the_last_item_is_that_items() -> None:
    section, first, second = clauses_of(f"一、任务\n（一）行动\n1.甲，乙。\n2.丙，丁。{NOTE}\n")[1:]
    assert (section.duty_source, first.duty_source, second.duty_source) == ("none", "none", "own")


def test_several_notes_split_a_clause_into_paragraphs() -> None:
    text = (
        "一、任务\n（一）融合行动。抓好甲事，做好乙事。（牵头单位：县科协）\n"
        "推进丙事，落实丁事。（牵头单位：县教育局；配合单位：团县委）\n"
    )
    section, first, second = clauses_of(text)[1:]
    assert section.title == "融合行动"
    assert section.duty_source == "none"
    assert [c.level for c in (first, second)] == ["paragraph", "paragraph"]
    assert own(first) == [["县科协", "lead"]]
    assert own(second) == [["县教育局", "lead"], ["团县委", "support"]]
    assert first.text.startswith("抓好甲事")
    assert second.text.startswith("推进丙事")


@pytest.mark.parametrize(
    "note",
    [
        "〔责任单位：县科协、各乡镇（街道）人民政府（办事处）]",
        "（责任单位：县科协、各乡镇（街道）人民政府（办事处）〕",
        "（责任单位：县科协、各乡镇〔街道）人民政府(办事处））",
        "【责任单位：县科协、各乡镇（街道）人民政府（办事处）】",
    ],
)
def test_mismatched_and_nested_brackets(note: str) -> None:
    last, following = clauses_of(f"一、任务\n1.甲，乙。{note}\n2.丙，丁。\n")[1:]
    assert len(last.duties) == 2
    assert last.duties[0].unit == "县科协"
    assert last.duties[1].unit.endswith(("办事处）", "办事处)"))
    assert following.duty_source == "none"


def test_unclosed_bracket_ends_with_its_paragraph() -> None:
    first, second = clauses_of("一、任务\n1.甲，乙。（责任单位：县科协、县妇联\n2.丙，丁。\n")[1:]
    assert first.units() == ("县科协", "县妇联")
    assert second.text == "2.丙，丁。"
    assert second.duty_source == "none"


def test_page_break_inside_a_note() -> None:
    clause = clauses_of("一、任务\n1.甲，乙。〔牵\n\n头单位：县科\n\n协；责任单位：县妇联〕\n")[1]
    assert own(clause) == [["县科协", "lead"], ["县妇联", "responsible"]]


def test_front_matter_and_printing_line_are_no_clauses_of_the_plan() -> None:
    text = (
        "青石县方案\n2023年4月6日\n一、任务\n1.甲，乙。\n\n青石县人民政府办公室 2023年4月6日印发\n"
    )
    found = parse(read(text), "t")
    assert [c.level for c in found] == ["plan", "front", "part", "item", "tail"]
    assert text[found[-1].start :].startswith("青石县人民政府办公室")


def test_text_without_numbers_is_all_front_matter() -> None:
    assert [c.level for c in parse(read("关于科普的一段话，没有编号。"), "t")] == ["plan", "front"]


def test_empty_text_is_a_bare_root() -> None:
    assert [(c.level, c.start, c.end) for c in parse(read(""), "t")] == [("plan", 0, 0)]


@given(st.one_of(PLANLIKE, st.text()))
def test_any_text_gives_a_tree_with_nested_spans(source: str) -> None:
    reading = read(source)
    found = parse(reading, "t")
    by_id = {c.id: c for c in found}
    assert len(by_id) == len(found)
    assert found[0].parent is None
    covered: set[int] = set()
    for clause in found:
        assert 0 <= clause.start <= clause.own_end <= clause.end <= len(source)
        covered.update(range(clause.start, clause.own_end))
        at = clause.start
        for child in (by_id[c] for c in clause.children):
            assert child.parent == clause.id
            assert at <= child.start <= child.end <= clause.end
            at = child.end
        if clause.children:
            assert clause.own_end <= by_id[clause.children[0]].start
        note = clause.note if clause.duty_source == "own" else None
        if note:
            assert clause.start <= note.start < note.end <= clause.end
            covered.update(range(note.start, note.end))
        for figure in clause.figures:
            assert clause.start <= figure.start < figure.end <= clause.own_end
        for duty in clause.duties:
            assert clause.note is not None
            assert clause.note.start <= duty.start < duty.end <= clause.note.end
            lo, hi = reading.from_source(duty.start, duty.end)
            assert reading.text[lo:hi] == duty.unit
    assert all(c == "\n" or o in covered for c, o in zip(reading.text, reading.origin, strict=True))
