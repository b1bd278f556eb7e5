"""Ways of writing that went wrong once, each with what should come of it."""

from __future__ import annotations

import time

import pytest

from index.clauses import parse
from index.duties import read_cells
from index.reading import read
from index.wording import Span
from rag.titles import Titles
from tests.conftest import clauses_of
from tests.test_breaks import FILL
from tests.test_metadata import metadata_of


def duties(note: str) -> list[str]:
    found = clauses_of(f"一、任务\n1.甲，乙。{note}\n2.丙，丁。\n")[1]
    return [f"{d.role}:{d.unit}" for d in found.duties]


# -- clauses ------------------------------------------------------------------------------


def test_what_follows_a_closing_note_is_not_lost() -> None:
    text = (
        "一、任务\n（一）行动\n1.甲，乙。\n2.丙，丁。\n（牵头单位：县科协）\n"
        "各级要抓好落实，长期坚持，久久为功。\n（二）其他\n3.戊，己。\n"
    )
    assert any("久久为功" in c.text for c in parse(read(text), "t"))


def test_a_closing_note_beside_one_in_the_sections_text() -> None:
    text = (
        "一、任务\n（一）行动。甲，乙。（县科协负责）\n1.丙，丁。\n2.戊，己。\n"
        "牵头单位：县教育局\n（二）其他\n"
    )
    assert any("县教育局" in c.units() for c in clauses_of(text))


def test_a_header_repeated_in_a_table_is_no_row() -> None:
    text = (
        "一、任务\n序号\t任务\t牵头单位\n1\t开展科普\t县科协\n2\t建馆\t县住建局\n"
        "序号\t任务\t牵头单位\n3\t办展\t县文旅局\n"
    )
    assert [c.number for c in clauses_of(text)] == ["一、", "1", "2", "3"]


def test_a_duty_table_without_a_clause_before_it_is_read() -> None:
    text = "青石县科普任务分解表\n任务\t牵头单位\n开展科普\t县科协\n建馆\t县住建局\n"
    assert [c.units() for c in clauses_of(text)] == [("县科协",), ("县住建局",)]


def test_all_who_sign_at_the_end_are_tail() -> None:
    text = "一、任务\n做好，抓实。\n青石县科学技术局\n青石县财政局\n2024年3月5日\n"
    assert clauses_of(text)[-1].text == "一、任务\n做好，抓实。"
    assert metadata_of(text).issuer.value == "青石县科学技术局、青石县财政局"


def test_a_line_of_copies_is_tail() -> None:
    text = (
        "一、任务\n做好，抓实。\n"
        "抄送：县委各部门，县人大常委会办公室，县政协办公室，县法院，县检察院，县人武部，各人民团体。\n"
        "青石县人民政府办公室2024年3月6日印发\n"
    )
    assert clauses_of(text)[-1].text == "一、任务\n做好，抓实。"


def test_an_annex_titled_on_its_line() -> None:
    found = clauses_of("一、任务\n做好，抓实。\n附件：名词解释\n1.科普：指科学技术普及。\n")
    assert (found[1].number, found[1].title) == ("附件", "名词解释")


def test_articles_of_one_line() -> None:
    text = f"青石县办法。第一条 为了科普。{FILL}第二条 县科协主管。第三条 本办法自印发起施行。"
    assert [c.number for c in clauses_of(text)] == ["第一条", "第二条", "第三条"]


def test_one_line_that_begins_with_a_number() -> None:
    text = f"一、总体要求。{FILL}二、任务。甲。三、保障。乙。"
    assert [c.number for c in clauses_of(text)] == ["一、", "二、", "三、"]


# -- duties -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        # a time or 持续推进 behind the verb, as State Council documents have it
        ("（县教育局、县科协负责，2025年6月底前完成）",
         ["responsible:县教育局", "responsible:县科协"]),
        ("（县科协牵头，2025年底前完成）", ["lead:县科协"]),
        ("（县科协牵头，持续推进）", ["lead:县科协"]),
        ("（牵头单位：县科协，2025年6月底前完成）", ["lead:县科协"]),  # no unit 2025年6月底前完成
        # labels without 单位
        ("（牵头：县科协；配合：县教育局）", ["lead:县科协", "support:县教育局"]),
        ("（责任：县教育局）", ["responsible:县教育局"]),
        # other verbs
        ("（县科协负责牵头，县教育局配合）", ["lead:县科协", "support:县教育局"]),
        ("（县科协负责组织实施）", ["responsible:县科协"]),
        ("（县科协；县教育局按分工负责）", ["responsible:县科协", "responsible:县教育局"]),
        # 会同 parts two bodies
        ("（县科协会同县教育局负责）", ["responsible:县科协", "responsible:县教育局"]),
    ],
)  # fmt: skip
def test_duty_notes(note: str, expected: list[str]) -> None:
    assert duties(note) == expected


def test_units_of_a_cell_keep_their_order() -> None:
    reading = read("科普\t县科协、县教育局、县科协\n")
    note = read_cells(reading, [("responsible", Span(2, len(reading.text)))])
    assert [d.unit for d in note.duties] == ["县科协", "县教育局"]


# -- metadata -----------------------------------------------------------------------------


def test_joint_signature_on_one_line() -> None:
    text = (
        "关于印发《青石县科普方案》的通知\n各乡镇：\n现印发给你们。\n"
        "青石县科技局 青石县财政局\n2024年3月5日\n青石县科普方案\n一、任务\n甲，乙。\n"
    )
    assert metadata_of(text).issuer.value == "青石县科技局、青石县财政局"


def test_own_number_in_brackets_behind_an_inline_title() -> None:
    text = (
        "青石县人民政府办公室关于推进科普的实施意见（青政办发〔2024〕7号）各乡镇："
        "根据《科普法》，提出以下意见。\n一、任务\n甲，乙。\n"
    )
    assert metadata_of(text).number.value == "青政办发〔2024〕7号"


def test_a_sites_record_above_the_text() -> None:
    text = (
        "索引号：123\n发文机关：青石县人民政府办公室\n成文日期：2024年3月5日\n"
        "发文字号：青政办发〔2024〕7号\n青石县科普方案\n一、任务\n甲，乙。\n"
    )
    meta = metadata_of(text)
    assert (meta.number.value, meta.date.value) == ("青政办发〔2024〕7号", "2024年3月5日")
    assert meta.issuer.value == "青石县人民政府办公室"


# -- titles -------------------------------------------------------------------------------


def test_a_latin_word_of_a_title_counts_whole() -> None:
    titles = Titles({"opc": "支持OPC发展措施"})
    assert titles.find("opc措施", ["opc"]) is not None
    assert titles.find("pc措施", ["opc"]) is None


# -- time ---------------------------------------------------------------------------------


def growth(char: str) -> float:
    """How many times as long a clause of 1500 such characters takes as one of 300; 5 is linear."""
    taken = []
    for count in (300, 1500):
        reading = read("一、任务\n" + char * count)
        began = time.process_time()
        parse(reading, "t")
        taken.append(time.process_time() - began)
    return taken[1] / taken[0]


def test_time_in_digits() -> None:
    assert growth("1") < 12


def test_time_in_brackets_that_are_never_closed() -> None:
    assert growth("（") < 12
