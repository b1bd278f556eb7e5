"""Pages saved from government sites: the plan is kept, the site around it is not."""

from __future__ import annotations

import time

import pytest

from index.errors import CorpusError
from index.formats.files import read_bytes
from index.formats.webpage import page_text, read_page
from tests.conftest import SYNTHETIC

NAV = (
    '<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a>政务公开</a></li></ul></div>'
    '<div class="position">您当前的位置：<a>首页</a> &gt; <a>政策文件</a></div>'
)
META = (
    "<table><tr><td>索 引 号：</td><td>1133/2021-001</td><td>发文机关：</td><td>县政府</td></tr>"
    "<tr><td>发文字号：</td><td>青政发〔2021〕9号</td><td>发布日期：</td><td>2021-12-30</td></tr></table>"
)
INFO = (
    "<div>发布时间：2021-12-30　来源：县政府办　浏览次数：12</div>"
    '<div class="share">分享到：<a>微信</a></div><p>【字体：<a>大</a> <a>小</a>】 打印本页</p>'
)
FOOT = (
    '<div class="related"><a>相关解读</a></div>'
    "<div>主办单位：青石县人民政府办公室，承办单位：信息中心</div>"
    "<div>网站标识码：5120220001　蜀ICP备05001234号，川公网安备51202202000101号</div>"
)
PLAN = [line for line in SYNTHETIC.splitlines() if line]


def lines(html: str) -> list[str]:
    return read_page(html.encode(), "a.html").splitlines()


def body(*paragraphs: str) -> list[str]:
    return lines(f"<html><body>{''.join(paragraphs)}</body></html>")


def paragraphs(style: str) -> str:
    match style:
        case "p":
            return "".join(f'<p style="text-indent:2em"><span>{t}</span></p>\n' for t in PLAN)
        case "br":
            return "<br/>\n".join(f"&nbsp;&nbsp;　　{t}" for t in PLAN)
    return "".join(f"<div>\n   {t}\n</div>" for t in PLAN)


@pytest.mark.parametrize("style", ["p", "br", "div"])
@pytest.mark.parametrize(
    "place",
    [
        '<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">{}</div></div>',
        '<div id="zoom">{}</div>',
        '<div class="article-content">{}</div>',
        '<div class="x9"><div>{}</div></div>',
        "<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
        "<form>{}</form>",
    ],
)
def test_a_page_gives_the_plan_and_nothing_else(place: str, style: str) -> None:
    title = f"<title>{PLAN[0]}_青石县人民政府</title>"
    main = f"{META}<h1>{PLAN[0]}</h1>{INFO}{place.format(paragraphs(style))}"
    found = lines(f"<html><head>{title}</head><body>{NAV}<div>{main}</div>{FOOT}</body></html>")
    assert found == PLAN


def test_a_title_that_the_text_lacks_comes_first() -> None:
    text = "<p>为做好科普工作，县里制定本方案。</p>"
    for head in (
        '<meta name="ArticleTitle" content="青石县方案"><title>青石县人民政府</title>',
        "<title>青石县方案_政策文件</title>",
        "<title>青石县方案</title>",
        "<title>青石县方案_政策文件_青石县人民政府门户网站</title>",
        "<title>青石县人民政府 | 青石县方案...</title>",
        "<title>青石县方案-青石县人民政府</title>",
    ):
        found = lines(f"<html><head>{head}</head><body>{text}</body></html>")
        assert found == ["青石县方案", "为做好科普工作，县里制定本方案。"]


def test_lists_are_numbered_as_a_browser_shows_them() -> None:
    items = "<ol><li>甲<li>乙<ul><li>子</ul><li value=7>丙<li>丁</ol>"
    assert body("<p>下列工作，县里要做。</p>" + items) == [
        "下列工作，县里要做。", "1. 甲", "2. 乙", "•子", "7. 丙", "8. 丁",
    ]  # fmt: skip
    assert body("<ol type=A start=3><li>甲</ol><ol reversed><li>乙<li>丙</ol>") == [
        "C. 甲", "2. 乙", "1. 丙",
    ]  # fmt: skip
    assert body('<ol style="list-style-type:cjk-ideographic"><li>甲</ol>') == ["一、甲"]
    plain = 'style="list-style:none"'
    assert body(f"<ol {plain}><li>甲</ol><ul {plain}><li>乙</ul>") == ["甲", "乙"]
    assert body("<ol><li>1.甲<li>（二）乙</ol><ul><li>三、丙</ul>") == [
        "1.甲",
        "（二）乙",
        "三、丙",
    ]


def test_breaks_blanks_entities_and_kept_lines() -> None:
    assert body("<p>县\n科协&nbsp;A&amp;B&#12289;<b>粗</b>体<br>下一行</p>尾") == [
        "县 科协 A&B、粗体", "下一行", "尾",
    ]  # fmt: skip
    assert body("<pre>一、甲\n  （一）乙</pre>") == ["一、甲", "（一）乙"]


def test_scripts_and_hidden_text_are_left_out() -> None:
    hidden = '<p style="display: none">藏</p><p hidden>藏</p><!-- 藏 --><noscript>藏</noscript>'
    assert body(f"<script>document.write('藏')</script>{hidden}<p>显</p>") == ["显"]


def test_table_of_duties_with_merged_cells() -> None:
    html = (
        "<table><tr><th>序号</th><th>类别</th><th>任务</th><th>牵头单位</th><th>责任单位</th></tr>"
        "<tr><td>1</td><td rowspan=2>青少年</td><td>办好科技节</td><td>县教育局</td>"
        "<td rowspan=2>县科协<br>团县委</td></tr>"
        "<tr><td>2</td><td>建科学教室</td><td>县财政局</td></tr></table>"
    )
    assert body(html) == [
        "青少年",
        "1. 办好科技节（牵头单位：县教育局；责任单位：县科协、团县委）",
        "2. 建科学教室（牵头单位：县财政局；责任单位：县科协、团县委）",
    ]


def test_an_annex_beside_the_text_is_kept() -> None:
    annex = (
        "<div class=x><table><tr><td>任务</td><td>责任单位</td></tr>"
        + "<tr><td>甲</td><td>县科协</td></tr>" * 9
        + "</table></div>"
    )
    text = "<div class=y><p>为做好科普工作，县里制定本方案，请遵照执行。</p></div>"
    assert body(f"<div>{text}{annex}</div>")[-1] == "甲（责任单位：县科协）"


def test_text_in_an_element_called_noise_is_kept() -> None:
    assert body("<div class='share location'><p>为做好科普工作，县里制定本方案，执行。</p></div>")


def test_the_name_of_a_site_is_no_title() -> None:
    for title in ("青石县人民政府门户网站", "政策文件", "", "长" * 300):
        text = "<p>为做好科普工作，县里制定本方案。</p>"
        found = lines(f"<html><head><title>{title}</title></head><body>{text}</body></html>")
        assert found == ["为做好科普工作，县里制定本方案。"]


# -- encodings ----------------------------------------------------------------------------

PAGE = "<html><head>{}</head><body><p>方案全文，请执行。</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset='utf-8'>", "utf-8"),
        ("", "utf-8"),
        ("<meta charset=gb2312>", "utf-8"),  # a browser saved it anew and left the old line
        ("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gb18030"),
        ("<meta charset='utf-8'>", "gb18030"),
        ("", "gb18030"),
        ("<meta charset=big5>", "big5hkscs"),
        ("<meta charset=utf-8>", "utf-16"),
        ("", "utf-8-sig"),
        ("<meta charset=rot13>", "gb18030"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    html = PAGE.format(declared).replace("请执行", "請執行")
    if "utf-8" in declared and encoding == "gb18030":
        with pytest.raises(CorpusError, match="in no encoding known"):
            page_text(html.encode(encoding), "a.html")
        return
    assert read_bytes(html.encode(encoding), ".html", "a.html").text == "方案全文，請執行。\n"


def test_a_bad_byte_does_not_cost_the_page() -> None:
    data = PAGE.format("").encode("gb18030").replace(b"</p>", b"\xff</p>")
    assert "方案全文" in read_page(data, "a.html")


# -- what a page is, and pages made to hurt -----------------------------------------------


def test_a_page_by_any_ending() -> None:
    html = f"<!-- saved --><!DOCTYPE html>{PAGE}".format("").encode()
    for suffix in (".txt", ".docx", ".md", ".htm"):
        assert read_bytes(html, suffix, "a" + suffix).format == "html"
    assert read_bytes(b"<p>\xe6\x96\xb9</p>", ".html", "a.html").text == "方\n"
    assert read_bytes(b"<p>\xe6\x96\xb9</p>", ".txt", "a.txt").text == "<p>方</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body><script>x</script></body></html>",
        "<!doctype html>",
        "<html>" + "<div>" * 5_000 + "深",
        "<html>&#xD800;&#0;",
        "<html><p>\x01\x02</p><script></script>\x03&#5;\ufffe尾",
        "<html><table>" * 500,
        "<html><body><table><tr><td rowspan=65534 colspan=1000>x" * 3,
    ],
)
def test_odd_pages_are_read_or_refused(html: str) -> None:
    said = ""
    try:
        said = read_bytes(html.encode(), ".html", "a.html").text
    except CorpusError as error:
        said = str(error)
    assert said.encode()


def test_marks_of_type_that_are_never_closed() -> None:
    found = body("<p><font size=2><b>段落，一段。" * 3_000)
    assert found == ["段落，一段。"] * 3_000


def test_a_table_of_spans_made_to_hurt() -> None:
    rows = "<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 2_000
    assert body(f"<table>{rows}</table>") == ["x"] * 2_000


def test_time_grows_with_the_page() -> None:
    def seconds(count: int) -> float:
        html = "<html><body>" + "<p>关于科普工作的一段话，照此执行。</p>" * count
        start = time.process_time()
        read_page(html.encode(), "a.html")
        return time.process_time() - start

    seconds(100)
    assert seconds(40_000) < 40 * max(seconds(2_000), 0.01)
