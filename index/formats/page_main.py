"""Which part of a web page is the plan.

(1) Scripts, forms' fields and what is not shown go, and so does what its class or id calls
navigation, sharing, footer …, unless a good part of the page's running text stands in it. (2) From
the body inwards, as long as one child holds nearly all running text, the child is taken; a
container that is known to hold a site's articles ends this. Running text are paragraphs with
punctuation, and the cells of tables that name duties: neither menus nor link lists nor tables of
metadata have it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.formats.duty_tables import UNIT_COLUMN

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNSHOWN = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "audio", "video", "select", "button", "input",
    "textarea", "head", "nav", "footer", "aside", "map",
}  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
NOISE = {
    "nav", "navi", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
    "position", "location", "dqwz", "wz", "curpos", "share", "bdshare", "bshare", "socialshare",
    "footer", "foot", "copyright", "related", "relate", "recommend", "xgwd", "xgjd", "print",
    "toolbar", "tools", "sidebar", "pagination", "pagebar", "qrcode", "ewm", "erweima", "search",
    "login", "comment", "comments", "hits", "fontsize", "wza", "banner", "logo", "zan", "prev",
    "prenext", "friendlink",
}  # fmt: skip
ARTICLE = re.compile(
    r"^(?:trs_?(?:uew_)?editor\w*|view ?trs\w*|zoom(?:con)?|ucap-?content|vsb_content\w*|"
    r"(?:article|artic|arti|art|news|pages?|detail|xxgk|info|text|txt)"
    r"[-_]?(?:content|cont?|body|txt|nr)"
    r"|easysite-news-text|ewb-article-info)$",
    re.IGNORECASE,
)
BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
WRAPPERS = {
    "html", "body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr",
    "td", "fieldset", "span", "font",
}  # fmt: skip
# Characters that a page may hold but that cannot be set in a tree.
UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
KEPT_SHARE = 0.2  # of the running text in an element called noise, from which on it is none
MAIN_SHARE = 0.97  # of the running text that must be in a child for the rest to be left behind
RUNNING = re.compile("[，。；、：]")
RUNNING_CHARS = 15  # a block with fewer is a label
FURNITURE = re.compile(
    r"ICP备|公网安备|版权所有|网站标识码|技术支持|浏览次数|分享到|打印本页|关闭窗口|"
    r"^(?:主办|承办|发布时间|发布日期|信息来源|来源|索引号|上一篇|下一篇|您?当前位置|您(?:现在)?的位置)"
)


def clean(root: Element) -> None:
    """Takes out of the page what is no text or not shown, and what is furniture by its name."""
    for node in list(root.iter()):
        if node.tag in UNSHOWN or "hidden" in node.attrib or HIDDEN.search(node.get("style", "")):
            drop(node)
    weights = _weights(root)
    total = weights.get(root, 0)
    for node in list(root.iter()) if total else ():
        if _is_noise(node) and weights.get(node, 0) <= KEPT_SHARE * total:
            drop(node)


def main_part(root: Element) -> Element:
    """The element that holds the plan."""
    weights = _weights(root)
    total, node = weights.get(root, 0), root
    while total and not any(ARTICLE.match(name) for name in _names(node)):
        heavy = [c for c in node if weights.get(c, 0) >= MAIN_SHARE * total]
        if not heavy or heavy[0].tag not in WRAPPERS:
            break
        node = heavy[0]
    return node


def drop(node: Element) -> None:
    """Takes an element out; the text after it stays."""
    above = node.getparent()
    if above is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = UNPRINTED.sub("", (before.tail or "") + node.tail)
        else:
            above.text = UNPRINTED.sub("", (above.text or "") + node.tail)
    above.remove(node)


def _names(node: Element) -> list[str]:
    return [*node.get("class", "").split(), *node.get("id", "").split()]


def _is_noise(node: Element) -> bool:
    if node.tag in ("body", "html"):
        return False
    return any(w.lower() in NOISE for name in _names(node) for w in WORDS.findall(name))


def _weights(root: Element) -> dict[Element, int]:
    """Of each element the characters of running text in it, those of links left out."""
    from lxml import etree

    weights: dict[Element, int] = {}
    own: list[list[str]] = [[]]
    duties = [False]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        block = node.tag in BLOCKS
        if event == "start":
            if block:
                own.append([])
            if node.tag == "table":
                duties.append(_names_duties(node))
            if node.tag != "a":
                own[-1].append(node.text or "")
            continue
        if block:
            text = "".join("".join(own.pop()).split())
            in_duties = duties[-1] and node.tag in ("td", "th")
            weights[node] = weights.get(node, 0) + (len(text) if in_duties else _running(text))
        if node.tag == "table":
            duties.pop()
        above = node.getparent()
        if above is not None and node is not root:
            weights[above] = weights.get(above, 0) + weights.get(node, 0)
            own[-1].append(node.tail or "")
    return weights


def _running(text: str) -> int:
    counts = len(text) >= RUNNING_CHARS and RUNNING.search(text) and not FURNITURE.search(text)
    return len(text) if counts else 0


def _names_duties(table: Element) -> bool:
    """Whether a table, itself without tables, has a cell that names a column of units."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    for n, cell in enumerate(table.iterdescendants("td", "th")):
        if n >= CELLS_LOOKED_AT:
            return False
        if UNIT_COLUMN.search("".join(str(t) for t in cell.itertext()).strip()[:30]):
            return True
    return False


CELLS_LOOKED_AT = 40  # of a table's beginning: a header of ten columns may be its fourth row
