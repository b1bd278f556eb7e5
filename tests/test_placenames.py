"""Places: found in titles, signatures and reports, their other names, namesakes told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.held import Card, card_of
from index.placenames import Where, aliases_of, chain, level_of, locate, place_of, told_apart
from index.plan import Plan
from tests.conftest import read_plan

CHAINS = [
    ("青石县科普工作方案", ("青石县",)),
    ("东江市白沙区科普工作方案", ("东江市", "白沙区")),
    ("东海省东江市青石县科普工作方案", ("东海省", "东江市", "青石县")),
    ("云岭自治州科普规划", ("云岭自治州",)),
    ("云岭土家族苗族自治州科普规划", ("云岭土家族苗族自治州",)),
    ("双江拉祜族佤族布朗族傣族自治县方案", ("双江拉祜族佤族布朗族傣族自治县",)),
    ("北原市鄂温克族自治旗方案", ("北原市", "鄂温克族自治旗")),
    ("隆林各族自治县方案", ("隆林各族自治县",)),
    ("东江市南湖新区发展规划", ("东江市", "南湖新区")),
    ("东江经济技术开发区方案", ("东江经济技术开发区",)),
    ("青石县石佛镇方案", ("青石县", "石佛镇")),
    ("东江市白沙区桃园街道方案", ("东江市", "白沙区", "桃园街道")),
    ("东江市青石市方案", ("东江市", "青石市")),
    ("景德镇市方案", ("景德镇市",)),
    ("济宁市市中区方案", ("济宁市", "市中区")),
    ("荆州市沙市区方案", ("荆州市", "沙市区")),
    ("平顶山市叶县方案", ("平顶山市", "叶县")),
    ("三明市沙县区方案", ("三明市", "沙县区")),
    # running text that looks like a place
    ("东江市重点区域绿化方案", ("东江市",)),
    ("东江市社区建设示范区方案", ("东江市",)),
    ("东海省推进新型城镇化方案", ("东海省",)),
    ("青石县城镇化规划", ("青石县",)),
    ("东海省市场监管方案", ("东海省",)),
    ("农村地区发展规划", ()),
    ("西部地区科普方案", ()),
    ("农贸市场整治方案", ()),
    ("关于加强青石县工作的意见", ()),
    ("国家职业教育改革方案", ()),
    ("我县科普方案", ()),
    ("市县联动方案", ()),
    ("青石县", ()),  # a name alone is no title
    ("科普工作方案", ()),
    ("", ()),
]


@pytest.mark.parametrize(("title", "parts"), CHAINS)
def test_chain(title: str, parts: tuple[str, ...]) -> None:
    assert chain(title) == parts
    assert place_of(title) == (parts[-1] if parts else "")


ALIASES = [
    ("青石县", ("青石", "Qingshi", "Qingshi County")),
    ("白沙区", ("白沙", "Baisha", "Baisha District")),
    ("东江市", ("东江", "Dongjiang", "Dongjiang City")),
    ("云岭土家族苗族自治州", ("云岭", "云岭州", "Yunling", "Yunling Prefecture")),
    ("巴马瑶族自治县", ("巴马", "巴马县", "Bama", "Bama County")),
    ("东乡族自治县", ("东乡", "东乡县", "Dongxiang", "Dongxiang County")),
    ("伊犁哈萨克自治州", ("伊犁", "伊犁州", "Yili", "Yili Prefecture")),
    ("鄂温克族自治旗", ("鄂温克", "鄂温克旗", "Ewenke", "Ewenke Banner")),
    ("内蒙古自治区", ("内蒙古", "Inner Mongolia")),
    ("广西壮族自治区", ("广西", "Guangxi")),
    ("新疆维吾尔自治区", ("新疆", "Xinjiang")),
    ("陕西省", ("陕西", "Shaanxi", "Shaanxi Province")),
    ("雄安新区", ("雄安", "Xiong'an", "Xiong'an New Area")),
    ("石佛镇", ("石佛", "Shifo", "Shifo Town")),
    ("桃园街道", ("桃园", "Taoyuan", "Taoyuan Subdistrict")),
    ("东江经济技术开发区", ("东江经开区", "Dongjiang Development Zone")),
    ("长白朝鲜族自治县", ("长白", "长白县", "Changbai", "Changbai County")),
    ("叶县", ("Yexian", "Ye County")),  # 叶 alone is never said
    ("左翼中旗", ("Zuoyizhong Banner",)),
    ("", ()),
    ("青石", ()),
]


@pytest.mark.parametrize(("place", "aliases"), ALIASES)
def test_aliases_of(place: str, aliases: tuple[str, ...]) -> None:
    assert aliases_of(place) == aliases


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("云岭自治州", "prefecture"),
        ("东海自治区", "province"),
        ("南湖新区", "district"),
        ("东江经开区", "zone"),
        ("石佛镇", "town"),
        ("青石县", "county"),
    ],
)
def test_level_of(place: str, key: str) -> None:
    level = level_of(place)
    assert level is not None
    assert level.key == key


@pytest.mark.parametrize(
    ("title", "issuer", "lines", "where"),
    [
        ("白沙区方案", "东江市白沙区人民政府办公室", (), Where("白沙区", "", "东江市")),
        ("东海省东江市白沙区方案", "", (), Where("白沙区", "东海省", "东江市")),
        ("青石县石佛镇方案", "", (), Where("石佛镇", "", "青石县")),
        ("关于加快发展的意见", "东江市人民政府", (), Where("东江市")),
        # the issuer is another place: it does not lie there
        ("白沙区方案", "东江市人民政府办公室", (), Where("白沙区")),
        ("政府工作报告", "", ("东江市人民政府市长",), Where("东江市")),
        ("政府工作报告", "", ("——2021年2月2日在东江市第十四届人民代表大会上",), Where("东江市")),
        ("工作方案", "", ("各省、自治区、直辖市人民政府：",), Where()),
        ("", "", (), Where()),
    ],
)
def test_locate(title: str, issuer: str, lines: tuple[str, ...], where: Where) -> None:
    assert locate(title, issuer, lines) == where


# -- namesakes ----------------------------------------------------------------------------


def plan(folder: Path, name: str, title: str) -> tuple[Plan, Card]:
    read = read_plan(f"{title}\n一、任务\n（一）助餐。建食堂。\n", folder, name)
    return read[0], card_of(*read)


def told(plans: list[tuple[Plan, Card]]) -> list[Plan]:
    """The plans as they are called beside each other."""
    cards = told_apart([card for _, card in plans])
    return [
        replace(p, shown=card.shown, _by_id={}) for (p, _), card in zip(plans, cards, strict=True)
    ]


def test_namesakes_show_their_cities(tmp_path: Path) -> None:
    plans = [
        plan(tmp_path, "a", "东江市鼓楼区养老方案"),
        plan(tmp_path, "b", "西河市鼓楼区养老方案"),
        plan(tmp_path, "c", "东江市白沙区养老方案"),
    ]
    assert [p.name for p in told(plans)] == ["东江市鼓楼区", "西河市鼓楼区", "白沙区"]
    assert [p.name for p in told(plans[:1])] == ["鼓楼区"]


def test_several_plans_of_one_place_show_their_titles(tmp_path: Path) -> None:
    plans = [
        plan(tmp_path, "a", "东江市鼓楼区养老方案（2021—2025年）"),
        plan(tmp_path, "b", "东江市鼓楼区科普方案"),
        plan(tmp_path, "c", "东江市鼓楼区科普方案（征求意见稿）"),
        plan(tmp_path, "d", "西河市鼓楼区养老方案"),
    ]
    names = [p.name for p in told(plans)]
    assert names == [
        "东江市鼓楼区《养老方案》",
        "东江市鼓楼区（b）",
        "东江市鼓楼区（c）",
        "西河市鼓楼区",
    ]
    assert len(set(names)) == 4
    assert [p.where for p in told(plans)] == ["东江市鼓楼区"] * 3 + ["西河市鼓楼区"]
    assert [p.where for p, _ in plans] == ["鼓楼区"] * 4


def test_a_place_whose_province_only_one_plan_says_is_one_place(tmp_path: Path) -> None:
    plans = [
        plan(tmp_path, "a", "东海省东江市鼓楼区养老方案"),
        plan(tmp_path, "b", "东江市鼓楼区科普方案"),
        plan(tmp_path, "c", "鼓楼区公园方案"),
    ]
    names = ["鼓楼区《养老方案》", "鼓楼区《科普方案》", "鼓楼区《公园方案》"]
    assert [p.name for p in told(plans)] == names


def test_a_plan_without_place_is_called_by_its_title(tmp_path: Path) -> None:
    (one,) = told([plan(tmp_path, "a", "养老服务方案")])
    assert (one.place, one.name, one.where) == ("", "养老服务方案", "a")
    assert one["a"] is one.clauses[0]
