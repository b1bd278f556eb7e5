"""What is searched and found: clauses and sentences prepared for search, and hits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from index.literal import headings
from index.plan import Clause, Plan
from index.tokens import tokens

# Standard deviations of cosine from which a passage may be meant by words that it does not print:
# of what no plan tells and a county may be asked (饭店, 房价, 高考) the nearest lies at 3.4.
NEAR_ENOUGH = 3.7
TEXTS_KEPT = 50_000  # token sets remembered; more would only hold memory


@lru_cache(maxsize=TEXTS_KEPT)
def token_set(text: str) -> frozenset[str]:
    """The distinct search tokens of a text."""
    return frozenset(tokens(text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a clause: its span in the source and in the reading text, its words.

    `rows` are the passages that it lies in.
    """

    start: int
    end: int
    lo: int
    hi: int
    text: str
    rows: range

    @property
    def pairs(self) -> frozenset[str]:
        """Its distinct search tokens."""
        return token_set(self.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause prepared for search; `rows` are its passages."""

    plan: Plan
    clause: Clause
    sentences: tuple[Sentence, ...]
    rows: tuple[int, ...]

    @property
    def own(self) -> frozenset[str]:
        """The distinct search tokens of its heading."""
        return token_set(self.clause.title)

    @property
    def body(self) -> frozenset[str]:
        """Those of its own words."""
        return frozenset().union(*(s.pairs for s in self.sentences))

    @property
    def title(self) -> frozenset[str]:
        """Those of its heading and the one above."""
        return frozenset().union(*map(token_set, headings(self.plan, self.clause)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found: its score, how much of the matter it covers, and its best sentence.

    `closeness` gives the cosine's z-score of each of its passages by row.
    """

    entry: Entry
    score: float
    coverage: float
    title: float
    dense: float
    sparse: float
    sentence: Sentence | None
    sentence_coverage: float
    closeness: dict[int, float]

    def closest(self, sentence: Sentence) -> float | None:
        """The best cosine of the sentence's passages, as a z-score; None where it has none."""
        return max((self.closeness[r] for r in sentence.rows if r in self.closeness), default=None)

    def near(self, sentence: Sentence) -> bool:
        """Whether the sentence lies so near that words that it does not print may mean it."""
        return (self.closest(sentence) or 0.0) >= NEAR_ENOUGH

    @property
    def clause(self) -> Clause:
        return self.entry.clause

    @property
    def plan(self) -> Plan:
        return self.entry.plan


@dataclass(frozen=True, slots=True)
class Near:
    """A clause of some plan near the question: the share of the matter that it and that its best
    sentence (with the headings) carry, and the z-score of its best passage's cosine."""

    plan: str
    coverage: float
    sentence: float
    dense: float
