"""Word files: what a reader sees, in its order, and the numbers that Word puts before it."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from index.errors import CorpusError
from index.formats.docx import read_docx
from index.formats.files import read_bytes
from tests.made_files import (
    SPACES,
    cell,
    definition,
    docx,
    item,
    level,
    listing,
    package,
    para,
    relations,
    run,
    table,
)

OFFICIAL = definition(
    [
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "（%4）"),
        level(4, "decimalEnclosedCircle", "%5"),
    ]
)


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return read_docx(docx(body, numbering, styles), "a.docx").rstrip("\n").split("\n")


# -- automatic numbers --------------------------------------------------------------------


def test_official_numbering() -> None:
    wanted = [
        (0, "一、总体"), (1, "（一）思想"), (1, "（二）原则"), (2, "1.党"), (2, "2.民"),
        (3, "（1）甲"), (4, "①子"), (4, "②丑"), (0, "二、任务"), (1, "（一）行动"), (2, "1.做"),
    ]  # fmt: skip
    body = "".join(item(text.lstrip("一二、（）.12①②"), at) for at, text in wanted)
    assert lines(body, OFFICIAL + listing()) == [text for _, text in wanted]


def test_start_and_a_list_that_begins_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition([level(0, "decimal", "%1.", start=5)]) + listing(1) + listing(2)
    body = item("甲") + item("乙") + item("丙", numbered=2)
    assert lines(body, numbering) == ["5.甲", "6.乙", "7.丙"]
    numbering = definition([level(0, "decimal", "%1.")]) + listing(1) + listing(2, more=anew)
    assert lines(body + item("丁", numbered=2), numbering) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_level_of_a_list_may_be_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    numbering = definition([level(0, "decimal", "%1.")]) + listing(1, more=own)
    assert lines(item("甲"), numbering) == ["A)甲"]


@pytest.mark.parametrize(("restart", "last"), [("", "1.丁"), ('<w:lvlRestart w:val="0"/>', "2.丁")])
def test_restart(restart: str, last: str) -> None:
    numbering = definition([level(0, "decimal", "%1、"), level(1, "decimal", "%2.", restart)])
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert lines(body, numbering + listing())[-1] == last


def test_restart_by_an_outer_level_alone() -> None:
    deep = level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>')
    numbering = definition([level(0, "decimal", "%1、"), level(1, "decimal", "%2."), deep])
    body = item("a", 0) + item("b", 1) + item("c", 2) + item("d", 1) + item("e", 2)
    assert lines(body + item("f") + item("g", 2), numbering + listing())[2:] == [
        "1)c", "2.d", "2)e", "2、f", "1)g",
    ]  # fmt: skip


def test_levels_above_and_legal_numbers() -> None:
    levels = [
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%1-%2-%3"),
    ]
    body = item("甲") + item("乙", 1) + item("丙", 2)
    assert lines(body, definition(levels) + listing()) == ["第一章甲", "1.1乙", "一-1-a丙"]


def test_numbers_by_style() -> None:
    linked = '<w:pStyle w:val="{}"/>'
    numbering = definition(
        [
            level(0, "chineseCounting", "%1、", linked.format("H1")),
            level(1, "chineseCounting", "（%2）", linked.format("H2")),
        ]
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>'
    )
    body = (
        para("甲", '<w:pStyle w:val="H1"/>')
        + para("乙", '<w:pStyle w:val="H2"/>')
        + para("丙", '<w:pStyle w:val="Mine"/>')
        + para("丁", '<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + para("戊", '<w:pStyle w:val="H2"/>')
    )
    assert lines(body, numbering + listing(), styles) == [
        "一、甲", "（一）乙", "二、丙", "丁", "（一）戊",
    ]  # fmt: skip


def test_list_style() -> None:
    numbering = (
        definition([], 1, '<w:numStyleLink w:val="List"/>')
        + definition([level(0, "decimal", "（%1）")], 2, '<w:styleLink w:val="List"/>')
        + listing(1, 1)
        + listing(2, 2)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="List"><w:name w:val="l"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(item("甲") + item("乙", numbered=2), numbering, styles) == ["（1）甲", "（2）乙"]


def test_bullets_and_the_gap_after_a_number() -> None:
    numbering = (
        definition([level(0, "bullet", "\uf06c"), level(1, "bullet", "o")])
        + definition(
            ['<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'], 2
        )
        + listing(1)
        + listing(2, 2)
    )
    body = item("甲") + item("乙", 1) + item("2025年", 0, 2)
    assert lines(body, numbering) == ["●甲", "•乙", "1. 2025年"]


def test_an_empty_item_counts_and_says_nothing() -> None:
    body = item("甲") + item("") + item("乙")
    assert lines(body, OFFICIAL + listing()) == ["一、甲", "三、乙"]


def test_numbering_that_leads_nowhere() -> None:
    numbering = definition([level(0, "decimal", "%1.")]) + listing(1) + listing(2, 9)
    body = item("甲", 0, 7) + item("乙", 0, 2) + item("丙", 8) + item("丁", -4) + item("戊")
    assert lines(body, numbering) == ["甲", "乙", "丙", "丁", "1.戊"]


# -- text ---------------------------------------------------------------------------------


def test_breaks_tabs_links_fields_and_controls() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("结果")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        para(inner=run("上") + "<w:r><w:br/></w:r>" + run("下") + "<w:r><w:tab/></w:r>" + run("右"))
        + para(inner=f"<w:hyperlink>{run('链接')}</w:hyperlink>{field}")
        + f"<w:sdt><w:sdtContent>{para('控件')}</w:sdtContent></w:sdt>"
        + para(inner=f"<w:sdt><w:sdtContent>{run('行内')}</w:sdtContent></w:sdt>")
        + para(inner=f'<w:fldSimple w:instr="DATE">{run("日期")}</w:fldSimple>')
    )
    assert lines(body) == ["上", "下\t右", "链接结果", "控件", "行内", "日期"]


def test_circled_numbers_are_fields() -> None:
    code = '<w:r><w:instrText xml:space="preserve"> eq \\o\\ac(○,</w:instrText></w:r>'
    rest = "<w:r><w:instrText>11</w:instrText></w:r><w:r><w:instrText>)</w:instrText></w:r>"
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    assert lines(para(inner=begin + code + rest + end + run("开展培训") + end)) == ["⑪开展培训"]


def test_tracked_changes() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = (
        para(inner=f"{run('县')}<w:ins>{run('教育局')}</w:ins>"
             "<w:del><w:r><w:delText>卫健局</w:delText></w:r></w:del>"
             f"<w:moveFrom>{run('走')}</w:moveFrom><w:moveTo>{run('来')}</w:moveTo>")
        + para("上半", gone)
        + para("下半")
        + para(inner="<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>", properties=gone)
        + item("编号")
    )  # fmt: skip
    numbered = OFFICIAL + listing()
    assert lines(body, numbered) == ["县教育局来", "上半下半", "一、编号"]


def test_hidden_text_notes_and_contents_are_left_out() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="TOC 1"/></w:style>'
        '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        para(inner=run("显") + run("隐", "<w:vanish/>") + run("示", '<w:vanish w:val="0"/>'))
        + para(inner=run("藏", '<w:rStyle w:val="S"/>') + run("露"))
        + para(inner=run("注") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + para("一、总体要求\t1", '<w:pStyle w:val="T"/>')
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{para('目录')}</w:sdtContent></w:sdt>"
    )
    assert lines(body, styles=styles) == ["显示", "露", "注"]


def test_text_boxes_come_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{para('框内')}</w:txbxContent>"
    drawing = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{drawing}</w:drawing>'
        f"</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(para("前", inner=both + run("后"))) == ["前后", "框内"]
    assert lines(para(inner=f"<w:r>{old}</w:r>") + para("后")) == ["框内", "后"]


def test_headers_and_footnotes_are_other_parts() -> None:
    parts = zipfile.ZipFile(io.BytesIO(docx(para("正文"))))
    files: dict[str, str | bytes] = {n: parts.read(n) for n in parts.namelist()}
    files["word/header1.xml"] = f"<w:hdr {SPACES}>{para('页眉')}</w:hdr>"
    files["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    assert read_docx(package(files), "a.docm") == "正文\n"


def test_strict_files_and_main_parts_of_another_name() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    text = "<x:body><x:p><x:r><x:t>严</x:t></x:r></x:p></x:body>"
    document = f'<x:document xmlns:x="{strict}">{text}</x:document>'
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="/word/document2.xml"),
        "word/document2.xml": document,
    }
    assert read_docx(package(files), "a.docx") == "严\n"


def test_a_docx_by_any_ending() -> None:
    assert read_bytes(docx(para("文")), ".txt", "a.txt").text == "文\n"
    assert read_bytes(docx(para("文")), ".pdf", "a.pdf").format == "docx"


# -- tables -------------------------------------------------------------------------------


def test_table_of_duties() -> None:
    body = para("附件") + table(
        [cell("序号"), cell("类别"), cell("工作任务"), cell("牵头单位"), cell("配合单位"),
         cell("完成时限")],
        [cell("1"), cell("老年人", merge="restart"), cell("实施智慧助老。"), cell("县民政局"),
         cell("县教育局", "县科协"), cell("2025年底")],
        [cell("2"), cell(merge=""), cell("办好老年大学"), cell("县委老干部局 县教育局"), cell("—"),
         cell("长期")],
    )  # fmt: skip
    assert lines(body) == [
        "附件",
        "老年人",
        "1. 实施智慧助老。（牵头单位：县民政局；配合单位：县教育局、县科协；完成时限：2025年底）",
        "2. 办好老年大学（牵头单位：县委老干部局、县教育局；完成时限：长期）",
    ]


def test_automatic_numbers_in_a_column() -> None:
    auto = f"<w:tc>{item('')}</w:tc>"
    body = table(
        [cell("序号"), cell("任务"), cell("责任单位")],
        [auto, cell("甲"), cell("县科协")],
        [auto, cell("乙"), cell("县教育局")],
    )
    numbering = definition([level(0, "decimal", "%1")]) + listing()
    assert lines(body, numbering) == ["1. 甲（责任单位：县科协）", "2. 乙（责任单位：县教育局）"]


def test_struck_out_rows_and_nested_tables() -> None:
    inner = table([cell("内"), cell("层")])
    struck = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("删") + "</w:tr>"
    body = f"<w:tbl><w:tr><w:tc>{para('外')}{inner}</w:tc></w:tr>{struck}</w:tbl>"
    assert lines(body) == ["外", "内\t层"]


# -- what is made to hurt -----------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(CorpusError) as caught:
        read_bytes(data, ".docx", "a.docx")
    said = str(caught.value)
    assert said.startswith("a.docx ")
    assert "\n" not in said
    return said


def test_a_bomb_is_not_unpacked() -> None:
    document = f"<w:document {SPACES}><w:body>{para('x')}".encode() + b" " * 60_000_000
    assert "unpacks to more than" in refusal(package({"word/document.xml": document}))


@pytest.mark.parametrize(
    "document",
    [
        "",
        "<w:document",
        "plain",
        f"<w:other {SPACES}/>",
        f'<!DOCTYPE d [<!ENTITY a "aa">]><w:document {SPACES}><w:body/></w:document>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
    ],
)
def test_torn_or_hostile_xml(document: str) -> None:
    refusal(package({"word/document.xml": document}))


def test_every_cut_of_a_file_is_refused_or_read() -> None:
    data = docx(item("甲") + table([cell("a"), cell("b")]), OFFICIAL + listing())
    for end in range(8, len(data), 7):
        with pytest.raises(CorpusError):
            read_bytes(data[:end], ".docx", "a.docx")


def test_flipped_bytes_raise_nothing_else() -> None:
    data = docx(item("甲") + table([cell("a"), cell("b")]), OFFICIAL + listing())
    for at in range(0, len(data), 3):
        broken = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        try:
            read_bytes(broken, ".docx", "a.docx")
        except CorpusError:
            continue


def test_an_encrypted_member() -> None:
    data = bytearray(docx(para("文")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # the flag in each entry of the directory
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert "password" in refusal(bytes(data))


def test_deep_nesting() -> None:
    for depth in (150, 400, 5_000):
        body = "<w:sdt><w:sdtContent>" * depth + para("深") + "</w:sdtContent></w:sdt>" * depth
        refusal(docx(body))
    tables = "深"
    for _ in range(40):
        tables = table([f"<w:tc>{tables if tables != '深' else para('深')}</w:tc>"])
    assert lines(tables) == ["深"]


def test_no_text_at_all() -> None:
    assert "holds no text" in refusal(docx("<w:p/>"))


def test_time_grows_with_the_text() -> None:
    def seconds(paragraphs: int) -> float:
        data = docx(item("关于科普工作的一段话", 2) * paragraphs, OFFICIAL + listing())
        start = time.process_time()
        read_docx(data, "a.docx")
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 40 * max(seconds(1_000), 0.01)


def test_a_file_of_another_maker() -> None:
    """python-docx writes what Word does, with its styles and settings."""
    from docx import Document

    document = Document()
    document.add_heading("青石县方案", 0)
    document.add_paragraph("一、总体要求", style="Heading 1")
    document.add_paragraph("开展培训", style="List Number")
    document.add_paragraph("举办比赛", style="List Number")
    grid = document.add_table(2, 2)
    for place, text in zip(
        [(0, 0), (0, 1), (1, 0), (1, 1)], ["任务", "责任单位", "甲", "县科协"], strict=True
    ):
        grid.cell(*place).text = text
    data = io.BytesIO()
    document.save(data)
    assert read_docx(data.getvalue(), "a.docx").splitlines() == [
        "青石县方案", "一、总体要求", "1. 开展培训", "2. 举办比赛", "甲（责任单位：县科协）",
    ]  # fmt: skip
