"""Metadata: the five plans against the curated manifest, and small front matters."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from index.clauses import front_end, parse, tail_start
from index.metadata import read_metadata
from index.plan import Metadata, Plan
from index.reading import Reading, quote, read
from tests.conftest import CORPUS, PLAN_IDS, squeezed

Corpus = dict[str, tuple[Plan, Reading]]
MANIFEST: dict[str, dict[str, Any]] = {
    entry["id"]: entry
    for entry in tomllib.loads((CORPUS / "manifest.toml").read_text("utf-8"))["plan"]
}


def metadata_of(source: str) -> Metadata:
    reading, clauses = read(source), parse(read(source), "t")
    front = reading.from_source(0, front_end(clauses))[1]
    return read_metadata(
        reading, front, reading.from_source(0, tail_start(clauses, len(source)))[1]
    )


def iso(date: str) -> str:
    m = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", date)
    return f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}" if m else date


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_plans_against_the_manifest(corpus: Corpus, plan_id: str) -> None:
    plan, entry = corpus[plan_id][0], MANIFEST[plan_id]
    meta = plan.meta
    found = {
        "title": re.sub(r"（征求意见稿）$", "", meta.title.value),
        "issuer": meta.issuer.value,
        "date": iso(meta.date.value),
        "number": meta.number.value,
        "status": meta.status.value,
    }
    assert found == {key: entry[key] for key in found}
    years = re.findall(r"\d{4}", meta.period.value)
    assert years == [y for y in (entry["period_start"], entry["period_end"]) if y]
    for key in ("place", "level", "province", "city"):
        assert getattr(plan, key) == entry[key]
    assert list(plan.aliases) == entry["aliases"]


# Numbers of the documents each plan builds on, read from the prefaces.
BASIS = {
    "huaiyin": ["国发〔2021〕9号", "淮政复〔2022〕54号"],
    "lezhi": ["国发〔2021〕9号", "川府发〔2022〕28号", "资府发〔2023〕1号"],
    "xiangtan": ["国发〔2021〕9号", "湘政办发〔2021〕74号", "潭政发〔2021〕4号"],
    "yanfeng": ["国发〔2021〕9号", "湘政办发〔2021〕74号", "衡政办发〔2021〕30号"],
    "zhongfang": ["国发〔2021〕9号", "湘政办发[2021]74号", "怀政办发〔2022〕29号"],
}


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_basis_documents(corpus: Corpus, plan_id: str) -> None:
    meta = corpus[plan_id][0].meta
    numbers = [re.findall(r"[\u4e00-\u9fff]+[〔\[]\d{4}[〕\]]\d+号", f.value) for f in meta.basis]
    assert [n[-1] for n in numbers if n] == BASIS[plan_id]
    assert all(f.value.startswith("《") for f in meta.basis)
    assert meta.number.value not in BASIS[plan_id]


def test_zhongfangs_last_basis_has_no_number(corpus: Corpus) -> None:
    assert corpus["zhongfang"][0].meta.basis[-1].value.endswith("远景目标纲要》")


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_facts_stand_where_they_say(corpus: Corpus, plan_id: str) -> None:
    plan = corpus[plan_id][0]
    meta = plan.meta
    for fact in (meta.title, meta.issuer, meta.date, meta.number, *meta.basis):
        if fact.value:
            assert squeezed(quote(plan.source, fact.start, fact.end)) == squeezed(fact.value)


def test_notice_with_plan() -> None:
    meta = metadata_of(
        "青石县人民政府办公室\n关于印发《青石县科普工作方案》的通知\n青政办发〔2024〕7号\n"
        "各乡镇人民政府：\n现印发给你们，请遵照执行。\n青石县人民政府办公室\n2024年3月5日\n"
        "青石县科普工作方案\n（2024—2026年）\n根据《科普法》和《东江市科普规划》（东政发〔2023〕2号），制定本方案。\n"
        "一、任务\n"
    )
    assert meta.title.value == "青石县科普工作方案（2024—2026年）"
    assert meta.issuer.value == "青石县人民政府办公室"
    assert (meta.date.value, meta.number.value) == ("2024年3月5日", "青政办发〔2024〕7号")
    assert (meta.status.value, meta.period.value) == ("issued", "2024—2026年")
    assert [f.value for f in meta.basis] == [
        "《科普法》",
        "《东江市科普规划》（东政发〔2023〕2号）",
    ]


def test_number_of_a_basis_document_is_not_the_plans_own() -> None:
    meta = metadata_of(
        "青石县科普工作方案\n根据《国务院通知》（国发〔2021〕9号），制定本方案。\n一、任务\n"
    )
    assert meta.number.value == ""
    assert [f.value for f in meta.basis] == ["《国务院通知》（国发〔2021〕9号）"]


def test_draft() -> None:
    assert metadata_of("青石县科普工作方案\n（征求意见稿）\n一、任务\n").status.value == "draft"


PRINTED = "青石县科普工作方案\n一、任务\n做好，抓实。\n{}人民政府办公室2024年3月6日印发\n"


def test_printing_line_gives_issuer_and_date() -> None:
    meta = metadata_of(PRINTED.format("东江市青石县"))
    assert (meta.issuer.value, meta.date.value) == ("东江市青石县人民政府办公室", "2024年3月6日")


def test_printing_line_of_a_short_place() -> None:
    assert metadata_of(PRINTED.format("青石县")).issuer.value == "青石县人民政府办公室"


def test_what_is_not_there_stays_empty() -> None:
    meta = metadata_of("随便写的一段话。\n一、任务\n做好，抓实。\n")
    assert meta == Metadata()
