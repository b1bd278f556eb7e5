"""Follow-ups that correct what was asked: what is said not to be meant is no part of the question.

不是问学校，问社区 and 不对，我要的是社区那条 leave 社区; "not the schools but the communities"
leaves the communities.
"""

from __future__ import annotations

import re

# 不对， at the beginning, and the words that only say that something is asked
OPENING = re.compile(
    r"^(?:(?:不对|不是|错了|[你我]?(?:搞|弄|说|问|看|打)错了|哦不|不不|噢|哦)[，,。！!；; ]+)+"
    r"|^(?:no|sorry|wrong|wait|oops)\b[,.;! ]+(?:no[, ]+)?"
)
NOT_ASKED = re.compile(
    r"(?:我)?(?:不(?:是)?(?:要|想|在)?(?:问|说|指|查)(?:的)?(?:是)?|(?:问|说|要|指|查)的不是|^不是)"
    r"(?P<denied>[^，,。；;？?]{1,14})[，,。；; ]+(?:而|我)*"
    r"(?=(?:是|要|想|问|说|指|查)[^，,。；;]{2})"
)
# ，不是学校 behind what is meant; not a question whether it is so
NOT_BEHIND = re.compile(
    r"(?<=[^，,。；;]{2})[，,；; ]+(?:而)?(?:不是|不要|不问)(?:问|说|指|要)?(?:的)?"
    r"(?P<denied>[^，,。；;？?吗吧么]{1,14})(?=$|[。？?])"
)
WANTED = re.compile(
    r"(?:^|(?<=[，,。；; ]))(?:而|其实|就)*(?:我)?(?:是)?(?:想|要)?"
    r"(?:(?:问|要|说|指|查)的(?:其实|就)?是|(?:问|查)(?:一下)?(?=[^，,。；;谁了过到])|是(?=$))"
)
EN_NOT_ASKED = re.compile(
    r"\bnot (?!only)(?:about |in |for |the )*[a-z' -]{2,40}?"
    r"(?:,? but (?:rather )?|, (?:i (?:meant|mean|asked(?: about)?) |(?=(?:the|in|for|about) )))"
)
EN_BUT = re.compile(r"^(?:and )?not (?!only)[a-z' -]{2,40}? but ")
EN_NOT_BEHIND = re.compile(r",? not (?:about |in |for |the )*[a-z' -]{2,40}(?=[?.!]*$)")
EN_WANTED = re.compile(
    r"\bi (?:meant|mean|was asking|am asking|asked|wanted)(?: about| to ask)?\b ?"
)


def corrected(plain: str) -> str:
    """The question without what it says it does not mean and without the words that say so."""
    rest = OPENING.sub("", plain)
    opened = rest != plain
    denied = NOT_BEHIND.sub("", NOT_ASKED.sub("", rest))
    if denied != rest or opened:
        rest = WANTED.sub("", denied)
        rest = re.sub(r"^是(?=[^，。]{2})(?!不是|否)", "", rest)
    if opened or EN_WANTED.search(rest) or EN_BUT.search(rest):
        rest = EN_NOT_BEHIND.sub("", EN_NOT_ASKED.sub("", rest))
        rest = EN_WANTED.sub("", rest)
    return rest.strip() or plain


def denied(plain: str) -> str:
    """What the question says it does not mean, "" where it says nothing of the sort."""
    found = NOT_ASKED.search(plain) or NOT_BEHIND.search(plain)
    return found["denied"].rstrip("的呢了") if found else ""
