"""Follow-ups that ask for the words of the last answer and where they stand: 原话怎么写的, 在哪条.

What was cited is quoted again, whole sentences with the headings they stand under; nothing is
searched for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.question import Question
from rag.turns.slots import own
from rag.turns.talk import Now, passages_of, passages_said

PART = r"(?:条|章|节|段|款|处|页|句|一?部分|一?块|个?地方|个?(?:标题|小节)|里)"
ASKED = re.compile(
    r"原话|原文|原句|原样|出处|出自哪里?"
    r"|(?:写|列|说|提|讲|放|摆|规定|出现|是)?(?:的)?(?:具体)?(?:在|出自|见(?:于)?)"
    rf"(?:方案|文件)?的?(?:哪|第几)(?:一|个|几)?{PART}"
    r"|(?:是|在)?(?:哪|第几)(?:一|几)?(?:条|章|节|段|页|句)(?:里|中)?(?:这么|那么|这样)?"
    r"(?:写|说|讲|提|规定|定)?(?:着|到|过)?的?(?=$|[，,。？?呢啊])"
    r"|(?:是|属于?|归|放在|列在|写在|在)+哪(?:一|个|项)*(?:工程|行动|任务|部分|章节?|板块|条款?|标题)"
    r"(?:里面|下面|之下|里|下|中)?的?(?=$|[，,。？?呢啊])"
    r"|(?:方案|文件)?(?:里|中|上)?(?:具体|到底|究竟)?(?:是)?(?:怎么|怎样|如何|咋)(?:个)?"
    r"(?:写|表述|措辞|行文)(?:法|着)?的?(?=$|[，,。？?呢啊])"
    r"|\b(?:exact|precise|original|literal) (?:words?|wording|text|sentence|phrase|passage|quote)\b"
    r"|\bverbatim\b|\bword for word\b"
    r"|\bwhat (?:exactly|precisely) does (?:it|the (?:plan|text|document)) say\b"
    r"|\bwhat does (?:it|the (?:plan|text|document)) (?:exactly|literally|actually) say\b"
    r"|\bwhere (?:exactly |precisely )?"
    r"(?:does (?:it|the (?:plan|text|document)) say (?:that|so|this|it)"
    r"|is (?:that|it|this) (?:written|stated|said|found|from))\b"
    r"|\bwhere (?:exactly|precisely)\b(?=\s*[?.!,]|$)"
    r"|\b(?:in |under )?which (?:clause|section|paragraph|page|article|chapter|heading)"
    r"(?: (?:is|was) (?:that|it|this)(?: (?:in|from|under))?| says (?:that|so|it|this)"
    r"|(?=\s*[?.!,]|$))"
    r"|\bwhich (?:action|project|programme|part|measure|task) (?:is|does|was) (?:that|it|this)"
    r" (?:part of|in|under|belong(?:s|ing)? to|come under|fall under)"
    r"|\bquote (?:it|that|this|me|the)\b"
)
# what is said beside it: that the words are wanted, and for what
BESIDE = re.compile(
    r"[这那此该](?:一)?(?:句|段|个|条)?(?:话|说法|表述|内容|数字?)"
    r"|(?<![\d.])\d[\d.]*[万亿]?(?:%|个|家|名|人次|人|次)?(?![\d.年])"
    r"|(?:我)?(?:想|要|得|需要|准备|打算)?(?:直接)?"
    r"(?:引用|引述|摘抄|摘录|照抄|抄|写进?(?:报告|材料)|核对|核实)(?:一下|下)?"
    r"|(?:好|我)?(?:标注?|注明?)(?:一?个|一下)?(?:出处)?(?=\s*(?:$|[，,。？?]))"
    r"|(?:顺便|麻烦|帮我|帮忙|请你?|给我|把(?:它|那句|这句|那段|这段|话)?|完整(?:地|的)?|一字不[差漏改动]的?)"
    r"|(?:告诉|发|贴|复制|念|列|摆|找)(?:一下|给我|我|出来|上来|一遍|过来)*"
    r"|\b(?:please|give me|show me|tell me|i (?:need|want) to (?:quote|cite) (?:it|that|this)"
    r"|and|so|the|it|that|this|from|of|say|says|in)\b"
)


EACH = re.compile(r"分别|各自|都|\b(?:both|each|all)\b")  # of the places asked in a row


def quoted(now: Now) -> Question | None:
    """The words of the last answer where they are asked for; those of another place, if it is
    named, are asked for as before."""
    if not ASKED.search(now.plain):
        return None
    bare = BESIDE.sub(" ", ASKED.sub(" ", now.plain))
    q = now.reader.read(bare)
    if q.units or q.years or not own(q, bare).silent:
        return None
    spans = passages_said(now)
    for recall in now.back[: len(now.past.run) - 1] if EACH.search(now.plain) else ():
        spans = (*passages_of(recall()), *spans)
    named = now.question.plans
    if named and not any(s.plan in named for s in spans):
        return None
    spans = tuple(s for s in spans if not named or s.plan in named)
    if not spans:
        return replace(now.before, text=now.question.text, lang=now.question.lang)
    plans = tuple(dict.fromkeys(s.plan for s in spans))
    found = replace(q, kind="quote", text=now.question.text, lang=now.question.lang, plans=plans)
    return replace(found, matter="", concepts=(), told=spans, across=None)
