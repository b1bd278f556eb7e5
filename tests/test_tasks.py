"""The task table: its rows, which of them are wanted, and what is shown and written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InputError
from index.plan import ROLE_ZH, Plan
from index.reading import Reading
from rag.tasks.choose import choose
from rag.tasks.files import BOM, csv_text, json_text, plain, write_new
from rag.tasks.rows import NAME_CHARS, Row, first_sentence, plan_rows
from rag.tasks.sheet import content_text, subtitle
from rag.tasks.terminal import LEAST, fit, table_lines, text_width, wrap
from tests.conftest import PLAN_IDS, SYNTHETIC, SYNTHETIC_OTHER, golden, read_plan

MIXED = """云溪县养老服务方案
一、重点任务
（一）助餐服务
（牵头单位：县民政局；配合单位：县商务局等）
1.建设社区食堂。到2025年建成社区食堂20个，每年服务老年人3万人次。
①选址。就近选址。
2.发放餐券。面向残疾人发放餐券。（责任单位：县残联、县财政局）
3.送餐上门。
二、保障措施
（一）经费。=1+1不是公式。县财政安排经费，各乡镇分担其余部分。（县财政局负责）
（二）宣传。
"""
Rows = tuple[Row, ...]


def rows_of(text: str, folder: Path, name: str = "yunxi") -> Rows:
    return plan_rows(*read_plan(text, folder, name))


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    return rows_of(SYNTHETIC, tmp_path, "qingshi")


@pytest.fixture
def mixed(tmp_path: Path) -> Rows:
    return rows_of(MIXED, tmp_path)


@pytest.fixture
def both(rows: Rows, tmp_path: Path) -> Rows:
    return rows + rows_of(SYNTHETIC_OTHER, tmp_path, "baisha")


# -- rows ---------------------------------------------------------------------------------


def test_a_note_at_a_section_makes_one_row_with_its_items(rows: Rows) -> None:
    section, smart, college = rows
    assert section.path == ("二、重点任务",)
    assert section.task.name == "（一）青少年行动"
    assert [i.name for i in section.items] == ["1.开展校园科技节", "2.建设乡村科学教室"]
    assert [(s.role, s.label) for s in section.shares] == [
        ("lead", "县教育局、团县委"),
        ("responsible", "县财政局、县科协等"),
    ]
    assert (smart.task.name, smart.items) == ("1.实施智慧助老", ())
    assert smart.path == ("二、重点任务", "（二）老年人行动")
    assert [s.role for s in college.shares] == ["responsible"]


def test_the_words_are_the_plans_without_the_note(rows: Rows) -> None:
    section, smart, _ = rows
    assert smart.task.text == "1.实施智慧助老。教老年人使用智能手机，防范电信诈骗。"
    assert smart.task.body == "教老年人使用智能手机，防范电信诈骗。"
    assert section.text.split("\n") == [
        "（一）青少年行动",
        "1.开展校园科技节。每年举办机器人比赛不少于3场，培训科技辅导员120人次。",
        "2.建设乡村科学教室。建成科学教室40个。",
    ]


def test_figures_come_with_their_phrase_and_year(rows: Rows, mixed: Rows) -> None:
    assert rows[0].targets_label == (
        "每年举办机器人比赛不少于3场；培训科技辅导员120人次；建成科学教室40个"
    )
    assert mixed[0].targets_of(mixed[0].items[0]) == (
        "到2025年建成社区食堂20个",
        "每年服务老年人3万人次",
    )
    assert mixed[0].targets_of(mixed[0].items[1]) == ()


def test_sources_are_numbers_and_offsets(tmp_path: Path) -> None:
    plan, reading = read_plan(SYNTHETIC, tmp_path, "qingshi")
    source = plan_rows(plan, reading)[1].task.source
    assert (source.file, source.page, source.number) == ("qingshi.txt", None, "二、（二）1")
    assert plan.source[source.start : source.end].startswith("1.实施智慧助老")


def test_an_item_with_a_note_of_its_own_is_no_item_of_the_section(mixed: Rows) -> None:
    section, coupons, money = mixed
    assert [i.name for i in section.items] == ["1.建设社区食堂", "3.送餐上门"]
    assert section.items[0].text.endswith("①选址。就近选址。")
    assert coupons.task.name == "2.发放餐券"
    assert [p.name for p in section.pieces] == ["1.建设社区食堂", "3.送餐上门"]
    assert money.task.source.number == "二、（一）"


def test_what_the_name_says_whole_is_not_said_twice(tmp_path: Path) -> None:
    text = """方案
一、任务
1.新建充电桩，6万个。（县住建局负责）
2.新建停车场30个。（县住建局负责）
3.开办食堂，方便老人。明年再办一个。（县民政局负责）
"""
    whole, titled, longer = rows_of(text, tmp_path)
    assert (whole.task.name, content_text(whole)) == ("1.新建充电桩，6万个", "")
    assert whole.text == "1.新建充电桩，6万个。"
    assert (titled.task.name, content_text(titled)) == ("2.新建停车场30个", "")
    assert longer.task.name == "3.开办食堂，方便老人"
    assert content_text(longer) == "开办食堂，方便老人。明年再办一个。"


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_every_note_of_the_real_plans_is_one_row(
    plan_id: str, corpus: dict[str, tuple[Plan, Reading]]
) -> None:
    """Each clause with a note is a task, each it holds for an item of it, all units are there."""
    plan, reading = corpus[plan_id]
    made = plan_rows(plan, reading)
    expected = [c for c in golden(plan_id) if c["own"]]
    assert len(made) == len(expected)
    for row, clause in zip(made, expected, strict=True):
        assert row.task.name.startswith(clause["number"] + clause["title"])
        units = [[u, s.role] for s in row.shares for u in s.units]
        assert sorted(units) == sorted(clause["own"])
        assert "牵头单位：" not in row.text
    items = [i.clause for row in made for i in row.items]
    below = [c for c in plan.clauses if c.duty_source == "inherited"]
    assert items == [c.id for c in below if plan[c.parent or ""].duty_source == "own"]


@given(st.text("长短，、。；\n", max_size=200))
def test_a_first_sentence_is_short_and_how_the_text_begins(text: str) -> None:
    name = first_sentence(text)
    assert len(name) <= NAME_CHARS + 1
    assert text.startswith(name.removesuffix("…"))
    assert "\n" not in name


# -- which are wanted ---------------------------------------------------------------------


def names(rows: Rows) -> list[str]:
    return [r.task.name for r in rows]


@pytest.mark.parametrize(
    "unit",
    [
        "县教育局",
        "教育局",
        "青石县教育局",
        "教育部门",
        "Education Bureau",
        "County Education Bureau",
    ],
)
def test_a_unit_by_any_of_its_names(rows: Rows, unit: str) -> None:
    assert names(choose(rows, unit)) == ["（一）青少年行动", "2.办好老年大学"]


def test_a_unit_in_one_role(rows: Rows) -> None:
    assert names(choose(rows, "教育局", ["lead"])) == ["（一）青少年行动"]
    assert names(choose(rows, "教育局", ["牵头"])) == ["（一）青少年行动"]
    assert names(choose(rows, "教育局", ["lead", "responsible"])) == names(choose(rows, "教育局"))


def test_a_joint_bureau_answers_where_the_body_itself_is_not_named(both: Rows) -> None:
    """One plan has 教育局, the other 教体局 alone."""
    chosen = choose(both, "教育局")
    assert [(r.plan, r.task.name) for r in chosen][-1] == ("baisha", "1.培育高素质农民")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"unit": "县教育科"}, ("no unit '县教育科'", "县教育局")),
        ({"unit": "Ministry of Magic"}, ("Ministry of Magic", "there are")),
        ({"unit": "县科协", "roles": ["lead"]}, ("never lead", "responsible (1)")),
        ({"roles": ["support"]}, ("support", "lead, responsible")),
        ({"roles": ["boss"]}, ("'boss'", "lead", "support")),
        ({"group": "火星人"}, ("'火星人'", "老年人")),
        ({"group": "残疾人"}, ("残疾人",)),
    ],
)
def test_what_is_not_there_says_what_is(
    rows: Rows, arguments: dict[str, object], words: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as caught:
        choose(rows, **arguments)  # type: ignore[arg-type]
    assert [w for w in words if w not in str(caught.value)] == []
    assert "\n" not in str(caught.value)


def test_a_role_alone(rows: Rows) -> None:
    assert names(choose(rows, roles=["lead"])) == ["（一）青少年行动", "1.实施智慧助老"]


@pytest.mark.parametrize("group", ["老年人", "老人", "elderly"])
def test_a_group_by_any_of_its_names(rows: Rows, group: str) -> None:
    assert names(choose(rows, group=group)) == ["1.实施智慧助老", "2.办好老年大学"]


def test_of_a_section_the_items_that_speak_of_the_group(mixed: Rows) -> None:
    (row,) = choose(mixed, group="老年人")
    assert [i.name for i in row.items] == ["1.建设社区食堂"]
    assert len(row.targets) == 2
    (coupons,) = choose(mixed, group="残疾人")
    assert coupons.task.name == "2.发放餐券"


# -- terminal -----------------------------------------------------------------------------


def test_the_table_fits_the_terminal(both: Rows) -> None:
    for width in (90, 120, 200):
        lines = list(table_lines(both, width))
        assert max(map(text_width, lines[3:-2])) <= width
    text = "\n".join(lines)
    for head in ("序号", "地区", "任务", "牵头单位", "责任单位", "配合单位", "指标", "出处"):
        assert head in text
    assert "参加单位" not in text  # no note has that role


def test_nothing_is_lost_in_a_narrow_table(rows: Rows) -> None:
    lines = list(table_lines(rows, 60))
    for unit in ("县教育局", "县公安局", "县委老干部局"):
        assert set(unit) <= set("".join(lines))
    assert lines[-1].startswith("青石县")


@given(st.text("中文（），、。ab\n", max_size=80), st.integers(4, 30))
def test_wrap_keeps_every_character_within_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text.replace("\n", "")
    assert all(text_width(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("县教育局、县民政局", 8, ["县教育", "局、县民", "政局"]),
        ("县科协（牵头）", 8, ["县科协", "（牵头）"]),
        ("", 8, [""]),
        ("e\u0301e\u0301", 2, ["e\u0301e\u0301"]),  # a combining accent takes no column
    ],
)
def test_wrap_by_the_width_of_characters(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_a_line_of_many_places_stays_short(rows: Rows) -> None:
    many = [replace(rows[0], plan=str(n), place=f"县{n}") for n in range(20)]
    assert subtitle(many, "老年人").startswith("县0、县1")
    assert "县7等20处　老年人　共20项" in subtitle(many, "老年人")


def test_widths_add_up() -> None:
    assert fit([4, 10, 30], 44) == [4, 10, 30]
    assert fit([4, 10, 30], 68) == [4, 12, 52]  # the room beyond 8 each goes 2 : 22
    assert sum(fit([4, 10, 30, 17], 101)) == 101
    assert fit([4, 10, 30], 10) == [4, LEAST, LEAST]  # narrower cannot be read


# -- json and csv -------------------------------------------------------------------------


def test_json_has_all(mixed: Rows) -> None:
    first, coupons, _ = json.loads(json_text(mixed))
    assert first["units"] == {
        "lead": {"units": ["县民政局"], "open": False},
        "support": {"units": ["县商务局"], "open": True},
    }
    assert [i["clause"] for i in first["items"]] == ["yunxi:1.1.1", "yunxi:1.1.3"]
    assert {(f["value"], f["year"]) for f in first["figures"]} == {(20, 2025), (30_000, 2025)}
    assert coupons["source"]["number"] == "一、（一）2"
    assert coupons["text"] == "2.发放餐券。面向残疾人发放餐券。"


def test_csv_is_for_excel_and_has_all(both: Rows) -> None:
    text = csv_text(both)
    assert text.startswith(BOM)
    head, *lines = csv.reader(io.StringIO(text.removeprefix(BOM)))
    assert set(ROLE_ZH.values()) < set(head)
    assert len(lines) == len(both)
    found = dict(zip(head, lines[0], strict=True))
    assert found["责任单位"] == "县财政局、县科协等"
    assert found["包含事项"] == "1.开展校园科技节\n2.建设乡村科学教室"
    assert found["任务全文"] == both[0].text


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_that_look_like_formulas_are_text(cell: str) -> None:
    assert plain(cell) == "'" + cell
    assert plain("县" + cell) == "县" + cell


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_new(path, b"one", force=False)
    with pytest.raises(InputError, match="--force"):
        write_new(path, b"two", force=False)
    assert path.read_bytes() == b"one"
    write_new(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    for wrong in (tmp_path / "no" / "a.csv", tmp_path):
        with pytest.raises(InputError, match="cannot write"):
            write_new(wrong, b"", force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
