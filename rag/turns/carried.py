"""Follow-ups that speak of the matter before and say something of their own of it.

怎么培训他们, 给这些人哪些照顾 and 面积多大 have a matter only together with the one before; 小镇
behind 科普小镇 is the same by a shorter name. What a correction puts right (不是学校，是社区) is
put right in the matter before.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.question import Question, joined
from rag.turns.slots import Own, own, without_people
from rag.turns.talk import FIGURES, NO_MATTER, Now, about

# what was spoken of, taken up as the thing that something is done with or asked of
TAKEN_UP = re.compile(
    r"^那?具体(?=是|要|怎么|咋|靠|用|有)|[他她它]们(?![俩仨两三几])|[这那此]些(?!单位|部门|局|地方|方案|县|市|区)[人物事活机场设队基平项作学孩老农工企]?"
    r"|(?<=[靠用在对把给从到向为与跟])它(?!们)|(?:类似|相似|相近)的?(?=[\u3400-\u9fff])"
    r"|[这那](?:类|种|批|帮|群|支|套)(?![^，。？?]{0,3}[单部])"
    r"|\b(?:these|those) (?:people|things|activities|bases|places|groups)\b"
)
RUN = re.compile(r"[\u3400-\u9fff]{2,}")
TOPIC = re.compile(r"呢[。？?]?$|\bwhat about\b|\bhow about\b")


def beside_the_matter(now: Now, found: Question, said: Own) -> Question | None:
    """The question with the matter before and its own; None where its own stands by itself."""
    source = now.source
    if found.kind in NO_MATTER or not source.concepts:
        return None
    if found.lang == "en":
        goes_on = (IT.search(now.plain) and said.brief) or NO_SUBJECT.search(now.plain)
        return _with_subject(found, source) if goes_on else None
    part = now.question.framed and not now.question.plans and not TOPIC.search(now.plain)
    if _shorter_name(found.matter, source.matter, part):
        return about(found, source)
    if now.denied and now.denied in source.matter and said.matter:
        return now.reader.about(found, source.matter.replace(now.denied, said.matter))
    takes_up = bool(TAKEN_UP.search(without_people(now.plain)))
    bare = now.question.framed and found.kind in FIGURES and not TOPIC.search(now.plain)
    if not takes_up and not (bare and not now.question.plans and _measures(now, said.matter)):
        return None
    bare_plain = TAKEN_UP.sub(" ", now.plain)
    again = own(now.reader.read(bare_plain, found.kind), bare_plain)
    asked = now.reader.about(found, again.matter)
    return _with_subject(asked, source)


# how many are trained each year: those that were spoken of
NO_SUBJECT = re.compile(
    r"\bhow many (?:people |persons |of (?:them|these|those) )?"
    r"(?:are|is|were|will|must|should|do)\b"
)
IT = re.compile(r"\bit\b")  # which platform is it there


def _with_subject(found: Question, source: Question) -> Question:
    concepts = joined(*found.concepts, *source.concepts)
    return replace(found, matter=f"{source.matter} {found.matter}", concepts=concepts)


def _measures(now: Now, matter: str) -> bool:
    """Whether what is said is only what is measured of something (面积, 人数), and no thing that
    the plan speaks of."""
    known = now.reader.stands(matter) or now.reader.prints(matter, now.plans)
    return len(matter) <= SHORT and not known


SHORT = 3  # characters; a longer one is a thing


def _shorter_name(matter: str, before: str, part: bool) -> bool:
    """Whether the matter is the end of what the one before named: 小镇 of 科普小镇; where a `part`
    is enough, any word of it: 怎么培训 of 培训辅导员."""
    runs = RUN.findall(matter)
    named = RUN.findall(before)
    if len(runs) != 1:
        return False
    return any((n != runs[0] and n.endswith(runs[0])) or (part and runs[0] in n) for n in named)
