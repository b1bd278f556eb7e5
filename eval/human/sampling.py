"""A sample of questions in which every type has its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

from index.errors import InputError


def stratified(types: Mapping[str, str], sample: int, random: Random) -> set[str]:
    """`sample` of the ids, drawn so that each type has its share, at least one, of them.

    `types` gives the type of each id. Shares are rounded by largest remainder: of 6 a and 3 b,
    4 are 3 a and 1 b (2.67 and 1.33). Raises InputError for a sample smaller than the number of
    types. A sample of at least all ids takes all.
    """
    sizes = Counter(types.values())
    if sample >= len(types):
        return set(types)
    if sample < len(sizes):
        raise InputError(
            f"a sample of {sample} cannot hold all {len(sizes)} types of question; "
            f"draw {len(sizes)} or more"
        )
    share = {t: sample * n / len(types) for t, n in sizes.items()}
    quota = {t: max(1, int(share[t])) for t in sizes}

    def lacks(kind: str) -> float:
        return share[kind] - quota[kind]

    while sum(quota.values()) < sample:
        quota[max((t for t in quota if quota[t] < sizes[t]), key=lacks)] += 1
    while sum(quota.values()) > sample:
        quota[min((t for t in quota if quota[t] > 1), key=lacks)] -= 1
    found: set[str] = set()
    for kind in sorted(quota):
        ids = sorted(i for i, t in types.items() if t == kind)
        found.update(random.sample(ids, quota[kind]))
    return found
