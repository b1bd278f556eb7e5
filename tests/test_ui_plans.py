"""The Plans page without a browser: the list, leafing, files looked at, added, and removed."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index import store
from index.build import build
from index.corpus import read_manifest
from index.formats.limits import MAX_FILE_BYTES
from index.plan import Plan
from rag.assistant import Assistant
from rag.understood import ways
from rag.web import leafing, style, style_plans
from rag.web.holding import CORRECTED, MANY, Brought, Holding, plan_name, typed
from rag.web.intake import intake
from rag.web.paper import told_apart
from rag.web.plans import START, Here, Plans
from rag.web.shelf import SHOWN_BY, Shelf, matching, summary
from rag.web.site import Site
from rag.web.words import WORDS
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder, read_plan
from tests.made_files import docx, para, pdf, pdf_of

EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, tiny: TinyEncoder) -> Path:
    """A folder with a corpus of two plans, whose places do not exist, and its index."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "qingshi.txt").write_text(SYNTHETIC, "utf-8")
    (folder / "corpus" / "baisha.txt").write_text(SYNTHETIC_OTHER, "utf-8")
    build(folder / "corpus", folder / "index", tiny, progress=False)
    return folder


@pytest.fixture
def site(held: Path, tmp_path: Path, tiny: TinyEncoder) -> Site:
    """A site of two plans over an index of its own."""
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(held / "corpus", corpus)
    shutil.copytree(held / "index", folder)
    return Site(lambda: Assistant(store.load_for(folder, corpus), tiny), folder, corpus)


@pytest.fixture
def holding(site: Site) -> Holding:
    return Holding(site)


NEW = SYNTHETIC.replace("青石县", "黑水县").replace("智慧助老", "银龄学堂")


def put(folder: Path, content: str | bytes = NEW) -> Path:
    """A file as it arrives: under a name that says nothing."""
    path = folder / f"arrived-{len(list(folder.iterdir()))}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def state_of(site: Site) -> tuple[Any, ...]:
    """All that adding or removing would change."""
    files = {p.name: p.read_bytes() for p in site.corpus.iterdir()}
    return files, sorted(p.name for p in site.folder.iterdir()), sorted(site.plans)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


# -- the list -------------------------------------------------------------------------------


def test_a_row_tells_place_title_state_and_how_much_there_is(site: Site) -> None:
    html = Shelf(site).html("", SHOWN_BY, "zh")
    row = next(r for r in re.findall(r"<tr>.*?</tr>", html) if "青石县" in r)
    said = text_of(row)
    assert "青石县全民科学素质行动实施方案（2021—2025年）" in said
    assert WORDS["zh"]["is_draft"] in said
    assert 'data-plan="qingshi"' in row
    assert re.findall(r'tw-col-(clauses|duties)" data-label="[^"]*">(\d+)<', row) == [
        ("clauses", "11"),
        ("duties", "3"),
    ]
    assert "qingshi.txt" in said


def test_every_word_of_the_search_must_stand_somewhere_on_the_card(site: Site) -> None:
    assert [c.id for c in matching(site.cards, "青石 2021")] == ["qingshi"]
    assert [c.id for c in matching(site.cards, "ＢＡＩＳＨＡ")] == ["baisha"]
    assert matching(site.cards, "青石 白沙") == []
    assert len(matching(site.cards, " ")) == 2
    assert WORDS["zh"]["shelf_none"] in Shelf(site).html("没有这里", SHOWN_BY, "zh")


def test_of_many_plans_some_are_shown_and_more_on_demand(site: Site) -> None:
    some, all_of_them = (Shelf(site).html("", n, "en") for n in (1, 2))
    assert (some.count("data-plan"), all_of_them.count("data-plan")) == (1, 2)
    assert 'data-act="more"' in some
    assert 'data-act="more"' not in all_of_them


def test_the_summary_counts_no_front_matter(tmp_path: Path) -> None:
    plan = read_plan(SYNTHETIC, tmp_path, "a")[0]
    told = summary(plan)
    assert (told.clauses, told.duties, told.status, told.date) == (11, 3, "draft", "")


# -- a plan opened to read --------------------------------------------------------------------


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return read_plan(SYNTHETIC, tmp_path, "qingshi")[0]


@pytest.mark.parametrize("size", [10, 80, 200, 5_000])
def test_the_pages_are_the_plan_once(plan: Plan, size: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(leafing, "PAGE_CHARS", size)
    monkeypatch.setattr(leafing, "LEAST_CHARS", 5)
    walked = [c for page in leafing.pages(plan) for c in page]
    assert tuple(walked) == leafing.walk(plan)
    for clause in plan.clauses:
        assert leafing.page_of(plan, clause.id)


def test_a_short_page_goes_with_the_next_and_a_rest_with_the_last(
    plan: Plan, monkeypatch: Any
) -> None:
    monkeypatch.setattr(leafing, "PAGE_CHARS", 60)
    monkeypatch.setattr(leafing, "LEAST_CHARS", 50)
    sizes = [sum(c.own_end - c.start for c in page) for page in leafing.pages(plan)]
    assert len(sizes) > 2
    assert min(sizes) >= 50
    monkeypatch.setattr(leafing, "LEAST_CHARS", 5_000)
    assert len(leafing.pages(plan)) == 1


def test_steps_go_through_every_clause_and_end(plan: Plan) -> None:
    at, seen = leafing.first(plan), []
    while at:
        seen.append(at)
        at = leafing.step(plan, at, 1)
    assert seen == [c.id for c in leafing.walk(plan)]
    assert leafing.step(plan, seen[0], -1) == ""
    assert leafing.step(plan, "nowhere", 1) == seen[0]


def by_title(plan: Plan, title: str) -> str:
    return next(c.id for c in plan.clauses if c.title == title)


def test_duties_and_figures_stand_beside_their_clause(plan: Plan) -> None:
    html = leafing.leaf(plan, by_title(plan, "实施智慧助老"), "zh")
    assert f'data-here="{by_title(plan, "实施智慧助老")}"' in html
    assert html.count('aria-current="true"') == 1
    block = next(b for b in html.split("<section") if "实施智慧助老" in b)
    beside = text_of(block.split("<aside")[1])
    assert "牵头单位" in beside
    assert "县民政局" in beside
    assert re.search(r'<span class="tw-duty">（牵头单位：县民政局；.*?）</span>', block)
    assert '<span class="tw-head">1.实施智慧助老</span>' in block
    goal = next(b for b in html.split("<section") if "超过16%" in b)
    assert '<span class="tw-fig">超过16%</span>' in goal
    assert re.search(r"<li>超过16%<small>2025年</small></li>", goal)


def test_a_note_that_stands_above_is_named_not_repeated(plan: Plan) -> None:
    html = leafing.leaf(plan, by_title(plan, "青少年行动"), "zh")
    second = next(b for b in html.split("<section") if "建设乡村科学教室" in b)
    assert WORDS["zh"]["as_above"].format(clause="（一）青少年行动") in unescape(second)
    first = next(b for b in html.split("<section") if "开展校园科技节" in b)
    assert (
        "（一）青少年行动" in first
    )  # the heading goes with its first clause, the units beside it
    assert "tw-as" not in first
    assert "县教育局、团县委" in first
    apart = next(b for b in html.split("<section") if "老年人行动" in b)
    assert "实施智慧助老" not in apart  # a heading without units of its own stands by itself


def test_spans_over_a_line_end_and_overlapping_ones(tmp_path: Path) -> None:
    plan = read_plan("一、甲<b>\n二、乙项丙项\n", tmp_path, "a")[0]
    at = plan.source.index("乙")
    spans = [(at, at + 4, "x"), (at + 2, at + 5, "y")]
    html = "".join(told_apart(plan, 0, len(plan.source), spans))
    assert html == '<p>一、甲&lt;b&gt;</p><p>二、<span class="x">乙项丙项</span></p>'
    lines = list(told_apart(plan, 2, at + 2, [(2, at + 2, "z")]))
    assert lines == [
        '<p><span class="z">甲&lt;b&gt;</span></p>',
        '<p><span class="z">二、乙项</span></p>',
    ]


def test_a_text_without_clauses_or_without_end_is_shown(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(leafing, "OWN_CHARS", 10)
    plan = read_plan("今天天气很好，适合出门走走看看。\n", tmp_path, "a")[0]
    html = leafing.leaf(plan, leafing.first(plan), "zh")
    assert "今天天气很好" in html
    rest = plan[leafing.first(plan)].own_end - 10
    assert WORDS["zh"]["cut_off"].format(n=rest) in html


# -- looking at files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("方案（2021—2025年）.TXT", "方案（2021—2025年）.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\甲.docx", "甲.docx"),
        ("a<b>:*?.md", "a_b____.md"),
        ("..hidden.txt", "hidden.txt"),
        ("~$甲.docx", "甲.docx"),
        ("con.txt", "_con.txt"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("\ud800.txt", ""),
        ("...txt", ""),
        ("?.txt", ""),
        ("方案", ""),
        ("", ""),
    ],
)
def test_the_name_a_file_is_held_by(raw: str, name: str) -> None:
    assert plan_name(raw) == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = plan_name("方" * 300 + ".txt")
    assert len(name.encode()) <= 160
    assert set(name.removesuffix(".txt")) == {"方"}


def test_looking_shows_what_is_read_and_changes_nothing(
    site: Site, holding: Holding, tmp_path: Path
) -> None:
    before = state_of(site)
    brought = holding.look("黑水.txt", put(tmp_path), 9, "zh")
    assert brought.ready
    assert brought.fact("place") == "黑水县"
    assert brought.known is not None
    assert brought.known.with_duties == 3
    html = intake([brought], "zh")
    said = text_of(html)
    assert "编号 一、 （一） 1." in said
    assert "2处分工只管一条" in said
    assert WORDS["zh"]["fact_number"] in text_of(html.split('class="tw-missing"')[1])
    assert re.search(r'name="place" type="text" lang="zh" value="黑水县"', html)
    assert '<option value="draft" selected>' in html
    assert state_of(site) == before


BAD = {
    "bad_ending": ("甲.doc", b"x"),
    "bad_name": ("README.md", "甲".encode()),
    "bad_empty": ("甲.txt", b""),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", BAD)
def test_a_bad_file_gives_one_line_and_changes_nothing(
    site: Site, holding: Holding, tmp_path: Path, key: str, lang: Any
) -> None:
    before = state_of(site)
    name, content = BAD[key]
    brought = holding.look(name, put(tmp_path, content), len(content), lang)
    expected = WORDS[lang][key].format(name=name, endings=".txt .md .docx .pdf .html .htm")
    assert (brought.state, brought.told) == ("bad", expected)
    html = intake([brought], lang)
    assert expected in unescape(html)
    assert 'data-act="add"' not in html
    assert state_of(site) == before


def test_what_is_too_large_or_did_not_arrive_is_told(holding: Holding) -> None:
    large = holding.look("甲.txt", None, MAX_FILE_BYTES + 1, "zh")
    assert large.told == WORDS["zh"]["bad_large"].format(name="甲.txt", limit=50)
    assert holding.look("甲.txt", None, 7, "zh").told == WORDS["zh"]["bad_lost"].format(
        name="甲.txt"
    )


def scan() -> bytes:
    return pdf(lambda page: page.rect(50, 50, 300, 300, fill=1))


def encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    made: bytes = pdf(
        lambda page: page.drawString(50, 50, "text"), encrypt=StandardEncryption("secret")
    )
    return made


@pytest.mark.parametrize("make", [scan, encrypted, lambda: b"%PDF-1.4 torn", lambda: b"PK\3\4torn"])
def test_a_file_that_cannot_be_read_is_told_in_the_language_of_the_page(
    site: Site, holding: Holding, tmp_path: Path, make: Any
) -> None:
    before = state_of(site)
    brought = holding.look("甲.pdf", put(tmp_path, make()), 9, "zh")
    assert brought.state == "bad"
    assert brought.told.startswith("没有收录“甲.pdf”，什么都没有改动。")
    assert "\n" not in brought.told
    assert state_of(site) == before


def test_word_pdf_and_pages_are_looked_at_too(holding: Holding, tmp_path: Path) -> None:
    body = "".join(para(line) for line in NEW.splitlines())
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in NEW.splitlines())}</body></html>"
    made = {"a.docx": docx(body), "b.pdf": pdf_of(NEW), "c.html": page.encode()}
    for name, content in made.items():
        brought = holding.look(name, put(tmp_path, content), 9, "zh")
        assert brought.ready, brought.told
        assert brought.known is not None
        assert (name, brought.known.with_duties) == (name, 3)


# -- adding and removing ------------------------------------------------------------------------


def test_what_a_person_corrects_is_recorded_and_the_plan_can_be_asked(
    site: Site, holding: Holding, tmp_path: Path
) -> None:
    brought = holding.look("黑水.txt", put(tmp_path), 9, "zh")
    form = {key: brought.read(key) for key in CORRECTED} | {"number": "黑政发〔2023〕5号"}
    added = holding.add(typed(brought, form), "zh")
    assert (added.state, added.path, added.told) == ("added", None, "")
    assert site.plans["黑水"].meta.number.value == "黑政发〔2023〕5号"
    entry = read_manifest(site.corpus)["黑水"]
    assert (entry.number, entry.place, entry.title) == ("黑政发〔2023〕5号", "", "")
    answer = site.assistant.ask("黑水县银龄学堂由谁牵头？")
    assert "县民政局" in answer.answer
    assert brought.path is not None
    assert not brought.path.exists()
    assert 'data-plan="黑水"' in intake([added], "zh")


def test_a_correction_that_cannot_be_changes_nothing(
    site: Site, holding: Holding, tmp_path: Path
) -> None:
    before = state_of(site)
    brought = typed(holding.look("黑水.txt", put(tmp_path), 9, "zh"), {"date": "去年"})
    after = holding.add(brought, "zh")
    assert after.state == "new"
    assert after.told == WORDS["zh"]["bad_date"].format(name="黑水.txt", date="去年")
    assert 'value="去年"' in intake([after], "zh")
    odd = holding.add(typed(brought, {"status": "maybe"}), "zh")
    assert odd.told.startswith("没有收录“黑水.txt”，什么都没有改动。原因：status 'maybe'")
    assert state_of(site) == before


def test_a_name_that_is_held_is_told_and_replaced_only_when_said_so(
    site: Site, holding: Holding, tmp_path: Path
) -> None:
    new = SYNTHETIC.replace("40个", "41个")
    brought = holding.look("qingshi.md", put(tmp_path, new), 9, "zh")
    assert brought.held == "qingshi.txt"
    assert WORDS["zh"]["held_already"].format(file="qingshi.txt") in intake([brought], "zh")
    before = state_of(site)
    refused = holding.add(typed(brought, {"replace": False}), "zh")
    assert refused.told == WORDS["zh"]["replace_first"].format(name="qingshi.md")
    assert state_of(site) == before
    assert holding.add(typed(refused, {"replace": True}), "zh").state == "added"
    assert "41个" in site.plans["qingshi"].source
    assert sorted(p.name for p in site.corpus.glob("*.*")) == ["baisha.txt", "qingshi.md"]


def test_a_text_that_is_held_under_another_name_is_not_added(
    site: Site, holding: Holding, tmp_path: Path
) -> None:
    before = state_of(site)
    brought = holding.look("副本.txt", put(tmp_path, SYNTHETIC_OTHER), 9, "zh")
    assert brought.twin == "白沙区科普工作行动计划"
    assert 'data-act="add"' not in intake([brought], "zh")
    assert holding.add(brought, "zh") == brought
    # and should it come to be held while it waits
    told = holding.add(replace(brought, twin=""), "zh").told
    assert "same text as the plan 'baisha'" in told
    assert state_of(site) == before


def test_what_is_typed_is_one_line_and_only_what_differs() -> None:
    known = SimpleNamespace(place={"place": "甲县"}, facts=dict.fromkeys(CORRECTED, ""))
    brought = Brought("a.txt", known=known)  # type: ignore[arg-type]
    form = {"place": "甲县", "title": "一\n二\ud800", "issuer": 7, "evil": "x", "replace": True}
    after = typed(brought, form)
    assert after.said == (("title", "一 二"),)
    assert not after.replace  # there is nothing to replace


@pytest.fixture
def page(site: Site) -> Plans:
    return Plans(site)


def test_removing_is_asked_twice(site: Site, page: Plans) -> None:
    here = page.opened(START, {"plan": "baisha"})
    for act in ("leave_now", "leave_yes", "leave_now"):  # neither question was asked yet
        here, trouble = page.done(here, act, "zh", True)
        assert (here.leaving, trouble) == (0, "")
    for act, asked in (("leave", "remove_ask"), ("leave_yes", "remove_ask_again")):
        here, _ = page.done(here, act, "zh", True)
        said = WORDS["zh"][asked].format(file="baisha.txt")
        assert said in unescape(page.head(here, "zh", True))
    kept, _ = page.done(here, "stay", "zh", True)
    assert kept.leaving == 0
    assert "baisha" in site.plans
    gone, trouble = page.done(here, "leave_now", "zh", True)
    assert (gone.mode, trouble) == ("shelf", "")
    assert set(site.plans) == {"qingshi"}
    assert not (site.corpus / "baisha.txt").exists()
    assert "白沙区科普工作行动计划" in page.shelf(gone, "", "zh").split("<table")[0]


def test_the_last_plan_stays_and_the_reason_is_told(site: Site, page: Plans) -> None:
    assert page._holding.remove("baisha", "zh") == ""
    told = page._holding.remove("qingshi", "zh")
    assert told.startswith("没有移出“qingshi”：")
    assert set(site.plans) == {"qingshi"}


def test_who_may_not_sees_no_buttons_and_changes_nothing(site: Site, tmp_path: Path) -> None:
    before = state_of(site)
    page = Plans(site, readonly=True)
    assert not page.may(None)
    here = page.opened(START, {"plan": "baisha"})
    assert 'data-act="leave"' not in page.head(here, "zh", page.may(None))
    assert page.done(here._replace(leaving=2), "leave_now", "zh", False)[0].leaving == 0
    sent = {"files": [{"name": "黑水.txt", "size": 9, "at": str(put(tmp_path))}]}
    assert page.brought((), sent, tmp_path, "zh", False) == ((), "")
    cards, _ = Plans(site).brought((), sent, tmp_path, "zh", True)
    assert [c for c, _ in page.acted(cards, {"act": "add", "card": 0}, "zh", False)] == [cards]
    assert state_of(site) == before


def test_only_the_keeper_may(site: Site) -> None:
    kept = Site(lambda: site.assistant, site.folder, site.corpus, "chen")
    assert [Plans(kept).may(user) for user in ("chen", "li", None)] == [True, False, False]


# -- what the browser sends -----------------------------------------------------------------------


def test_a_plan_or_a_clause_that_is_not_there_is_not_opened(page: Plans) -> None:
    assert page.opened(START, {"plan": "nowhere"}) == START
    assert page.opened(START, {}) == START
    here = page.opened(START, {"plan": "baisha", "clause": EVIL})
    assert (here.mode, here.clause) == ("book", leafing.first(page._site.plans["baisha"]))
    gone = Here("book", "nowhere", "x")
    assert WORDS["en"]["plan_left"] in page.head(gone, "en", True)
    assert page.outline(gone, "en") == page.leaf(gone, "en") == ""


def test_a_file_elsewhere_on_the_machine_is_not_looked_at(page: Plans, tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(NEW, "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    for at in (tmp_path / "secret.txt", folder / ".." / "secret.txt", folder / "link.txt", "a\0b"):
        sent = {"files": [{"name": "甲.txt", "size": 9, "at": str(at)}]}
        (card,), _ = page.brought((), sent, folder, "zh", True)
        assert card.told == WORDS["zh"]["bad_lost"].format(name="甲.txt")


@pytest.mark.parametrize(
    "sent", [{}, {"files": 7}, {"files": [7, None]}, {"files": [], "more": "x"}]
)
def test_odd_uploads_bring_nothing(page: Plans, tmp_path: Path, sent: dict[str, Any]) -> None:
    assert page.brought((), sent, tmp_path, "zh", True) == ((), "")


def test_of_too_many_files_the_rest_is_told(page: Plans, tmp_path: Path) -> None:
    files = [{"name": f"{n}.doc", "size": 1, "at": ""} for n in range(MANY + 2)]
    cards, told = page.brought((), {"files": files, "more": 3}, tmp_path, "zh", True)
    assert len(cards) == MANY
    assert told == WORDS["zh"]["bad_many"].format(many=MANY, n=5)


@pytest.mark.parametrize(
    "data", [{}, {"act": "add"}, {"act": "add", "card": -1}, {"act": "add", "card": "９"},
             {"act": "drop", "card": 99, "forms": "x"}, {"act": 7, "forms": {"0": 7}}]
)  # fmt: skip
def test_odd_clicks_change_nothing(
    site: Site, page: Plans, tmp_path: Path, data: dict[str, Any]
) -> None:
    before = state_of(site)
    cards = (page._holding.look("黑水.txt", put(tmp_path), 9, "zh"),)
    assert list(page.acted(cards, data, "zh", True)) == [(cards, -1)]
    assert state_of(site) == before


def test_all_are_added_one_after_the_other_and_dropped_files_are_deleted(
    site: Site, page: Plans, tmp_path: Path
) -> None:
    other = NEW.replace("黑水县", "赤水县").replace("科技节", "读书节")
    files = [("黑水.txt", NEW), ("赤水.txt", other), ("坏.txt", b"")]
    cards = tuple(page._holding.look(n, put(tmp_path, c), len(c), "zh") for n, c in files)
    steps = list(page.acted(cards, {"act": "add_all"}, "zh", True))
    assert [working for _, working in steps] == [0, 1, -1]
    assert [c.state for c in steps[-1][0]] == ["added", "added", "bad"]
    assert {"黑水", "赤水"} <= set(site.plans)
    waits = page._holding.look("紫水.txt", put(tmp_path, NEW.replace("黑", "紫")), 9, "zh")
    assert waits.path is not None
    assert list(page.acted((waits,), {"act": "drop_all"}, "zh", True)) == [((), -1)]
    assert not waits.path.exists()


@pytest.fixture
def evil(site: Site, page: Plans, tmp_path: Path) -> str:
    """Everything that the page shows of a plan and a file full of markup."""
    text = NEW.replace("青少年行动", EVIL).replace("县民政局", f"县{EVIL}局")
    brought = page._holding.look(f"{EVIL}.txt", put(tmp_path, text), 9, "zh")
    form = dict.fromkeys(("title", "place", "issuer", "number"), EVIL)
    waiting = typed(brought, form)
    added = page._holding.add(waiting, "zh")
    assert added.known is not None
    here = page.opened(START, {"plan": added.known.id})
    clauses = site.plans[added.known.id].clauses
    views = [page.leaf(here._replace(clause=c.id), "zh") for c in clauses]
    asked = [page.head(here._replace(leaving=n), "zh", True) for n in (1, 2)]
    cards = intake([brought, waiting, added, Brought(EVIL, state="bad", told=EVIL)], "zh")
    news = page.shelf(here._replace(news=EVIL), EVIL, "zh")
    return "".join(
        [*views, *asked, cards, news, page.shelf(here, "", "zh"), page.outline(here, "zh")]
    )


def test_nothing_that_is_shown_is_read_as_html(evil: str) -> None:
    assert "<img" not in evil
    assert "&lt;img" in evil
    assert 'onerror="' not in evil


def test_ways_of_writing_are_data(plan: Plan) -> None:
    how = ways(plan)
    assert (how.numbers, how.shared, how.single, how.ended, how.no_lead) == (
        ("一、", "（一）", "1."),
        1,
        2,
        1,
        False,
    )


def test_the_style_of_the_page_fetches_nothing_and_is_served() -> None:
    scripts = style_plans.CLICKS + style_plans.HERE + style_plans.BRING + style_plans.KEEP_FOCUS
    assert not re.search(r"url\(|@import|https?:", style_plans.CSS + scripts)
    assert style_plans.CSS in style.CSS


def test_waiting_files_lie_outside_the_corpus(site: Site, holding: Holding, tmp_path: Path) -> None:
    brought = holding.look("黑水.txt", put(tmp_path), 9, "zh")
    assert brought.path is not None
    assert brought.path.is_relative_to(tempfile.gettempdir())
    assert not brought.path.is_relative_to(site.corpus)
