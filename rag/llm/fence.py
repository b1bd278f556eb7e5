"""Data in a prompt: texts and questions are fenced in, and cannot close their fence.

What a reader cannot see (zero-width and direction marks, controls, comments, tags) is taken out;
angle and square brackets are replaced by full-width ones, so that neither a fence, nor a chat
template's marks, nor a citation number can be forged from within.
"""

from __future__ import annotations

import re
import unicodedata

from index.tokens import normalise
from rag.llm.wordlists import orders

COMMENT = re.compile(
    r"<!--.*?(?:-->|$)|<(?:script|style)\b.*?(?:</(?:script|style)>|$)", re.S | re.I
)
TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,200}>")
BRACKETS = str.maketrans(
    {"<": "＜", ">": "＞", "[": "［", "]": "］", "{": "｛", "}": "｝", "`": "'"}
)
OPEN, CLOSE = "<<<", ">>>"
TAGS = range(0xE0000, 0xE0080)  # characters that spell ASCII and are never shown


def harmless(text: str) -> str:
    """The text as one line, without what cannot be seen and without brackets of ours."""
    text = TAG.sub(" ", COMMENT.sub(" ", text))
    seen = (c for c in text if c.isspace() or (unicodedata.category(c)[0] != "C"))
    return " ".join("".join(seen).translate(BRACKETS).split())


def fenced(text: str) -> str:
    """The text between fences; what is inside must be `harmless` already."""
    return f"{OPEN}\n{text}\n{CLOSE}"


def gives_orders(text: str) -> bool:
    """Whether the text, or what is hidden in it, tells a machine what to do, as no plan does."""
    folded = normalise(text)
    visible = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    spelled = "".join(chr(ord(c) - TAGS.start) for c in text if ord(c) in TAGS)
    if spelled or any(_hidden(c.group(0)) for c in COMMENT.finditer(text)):
        return True
    joined = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", visible)
    letters = re.sub(
        r"\b(?:[a-z][ ._-]){3,}[a-z]\b", lambda m: re.sub(r"[ ._-]", "", m.group(0)), visible
    )
    return any(orders().search(t) for t in (visible, joined, letters))


def _hidden(comment: str) -> bool:
    """Whether a comment or script says anything at all."""
    return bool(re.search(r"[\w\u3400-\u9fff]", comment.strip("<!->")))
