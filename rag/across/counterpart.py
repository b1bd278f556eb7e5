"""What another plan has in the place of a thing that only one of them names.

甲县的“某某品牌”，乙县对应的叫什么: what stands around the name in the one plan is asked of the
other; what comes nearest is told as such, never as the thing itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answer import Draft, Statement
from rag.check import squeeze
from rag.composers.related import best_sentence
from rag.context import Context
from rag.question import QUOTED

ASKED = re.compile(
    r"对应|相当于|类似|相近|(?:说|写|叫|提|用|打造|搞|建)的?(?:又|则|却)?(?:是|叫)(?:什么|啥|几|哪)"
    r"|叫(?:什么|啥)|怎么(?:叫|称呼|说)|counterpart|equivalent|similar|instead"
)
ENOUGH = 0.7  # share of the words around the name that the other's sentence must carry
PART = re.compile(r"[，；。、,;]")


def with_counterparts(
    contexts: Sequence[Context],
    drafts: Sequence[Draft],
    ask: Callable[[Context, str], Context],
) -> list[Draft]:
    """The drafts, those that lack what is named with the sentence that stands in its place.

    `ask` gives the plan asked about other words.
    """
    terms = QUOTED.findall(contexts[0].question.text) if contexts else []
    if not terms or not ASKED.search(contexts[0].question.text.lower()):
        return list(drafts)
    said = [s.text for d in drafts if d.status == "answered" for s in d.statements]
    named = next(((t, s) for t in terms for s in said if t in squeeze(s)), None)
    if named is None:
        return list(drafts)
    term, sentence = named
    part = next(p for p in PART.split(squeeze(sentence)) if term in p)
    words = part.replace(f"“{term}”", "").replace(term, "")
    return [
        d if term in squeeze(c.reading.text) else _beside(ask(c, words), d, term)
        for c, d in zip(contexts, drafts, strict=True)
    ]


def _beside(context: Context, draft: Draft, term: str) -> Draft:
    found = best_sentence(context)
    if found is None or found[2] < ENOUGH:
        return draft
    hit, sentence, _ = found
    text = context.say("absent", term=term) + context.say("nearest", said=sentence.text.strip())
    said = Statement(text, (context.sentence_span(hit, sentence),))
    return Draft("not_mentioned", (said,), clauses=(hit.clause.id,), confidence=draft.confidence)
