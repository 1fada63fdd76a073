"""Judge the points of declarations, time them, and learn their weights.

    python -m benchmarks.risk [--declarations 100000] [--learn]

The rate is set against the same rules as one query of SQLite over the same rows, in
the same run. ``--learn`` fits weights on seeds of the busy country that no figure is
reported on, by a logistic regression whose weights are held at zero or above: no
indicator may speak for goods.
"""

import argparse
import sqlite3
import time
from collections import Counter
from datetime import date

import numpy as np

from armstrace.analysis.risk.backtest import auc, proportion
from armstrace.analysis.risk.history import History
from armstrace.analysis.risk.scoring import CUSTOMS, default_weights, score_in_turn
from armstrace.analysis.synthetic.customs import Customs
from armstrace.analysis.synthetic.kinds import BUSY
from benchmarks.quiet import QUIET

TUNED_ON = (4242, 4243, 4244)
REPORTED_ON = ((BUSY, 1), (QUIET, 2), (BUSY, 11), (QUIET, 12))
ENDS_ON = date(2025, 12, 31)
RIDGE, STEPS = 2.0, 400

# The rules that need no reading of words, and the two of history that one query can
# say, as a window over all rows.
SQL = """
WITH marked AS (
  SELECT number,
    (substr(hs, 1, 4) BETWEEN '9301' AND '9306' AND licence = '') AS cu01,
    (ends < day) AS cu02,
    (consignee <> licensed) AS cu03,
    (hs GLOB '930[0-9]*' AND registered = 0) AS cu17,
    (xray = 1) AS cu13,
    (payment IN ('CRYPTO', 'CASH', 'PREPAID')) AS cu18,
    (SELECT count(DISTINCT o.consignee) FROM goods o
      WHERE o.address = g.address AND o.day BETWEEN g.day - 180 AND g.day) >= 3 AS cu15,
    (lower(description) LIKE '%slide%' OR lower(description) LIKE '%barrel%'
      OR lower(description) LIKE '%frame%'
      OR lower(description) LIKE '%pistol%') AS cu06
  FROM goods g)
SELECT number, 3 * coalesce(cu01, 0) + 2 * coalesce(cu02, 0) + 2 * coalesce(cu03, 0)
  + 2 * coalesce(cu17, 0) + 3 * coalesce(cu13, 0) + coalesce(cu18, 0)
  + 2 * coalesce(cu15, 0) + 3 * coalesce(cu06, 0)
FROM marked
"""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--declarations", type=int, default=100_000)
    words.add_argument("--learn", action="store_true")
    words.add_argument("--rate", action="store_true")
    given = words.parse_args()
    if given.learn:
        learn(given.declarations)
        return
    if given.rate:
        rate(given.declarations)
        return
    for kind, seed in REPORTED_ON:
        print(f"{kind.name}, seed {seed}: {judge(kind, seed, given.declarations)}")


def score_all(kind, seed, count):
    customs = Customs(seed, count, ends_on=ENDS_ON, kind=kind)
    truth = {one.number for one in customs.truth()}
    told = score_in_turn(customs.declarations(), History(), today=ENDS_ON)
    for goods, score in told:
        codes = frozenset(point.code for point in score.points)
        yield score.log_odds, codes, goods.number in truth


def judge(kind, seed, count):
    rows = sorted(score_all(kind, seed, count), key=lambda row: -row[0])
    area = auc([(score, found) for score, _, found in rows])
    told = [f"AUC {area:.3f}", f"base rate {sum(r[2] for r in rows) / count:.4f}"]
    for first in (count // 1000, count // 100):
        share = proportion(sum(row[2] for row in rows[:first]), first)
        told.append(
            f"first {first}: {share.share:.3f} ({share.low:.3f}-{share.high:.3f})"
        )
    return ", ".join(told)


def learn(count):
    codes = list(CUSTOMS)
    counted = Counter()
    for seed in TUNED_ON:
        for _, hits, found in score_all(BUSY, seed, count):
            counted[hits, found] += 1
    hits = np.array([[code in key for code in codes] for key, _ in counted], float)
    found = np.array([found for _, found in counted], float)
    times = np.array(list(counted.values()), float)
    base = times[found == 1].sum() / times.sum()
    prior = np.log(base / (1 - base))
    # Indicators that the country never shows keep the weight that was set by hand.
    before = default_weights().of
    seen = hits.T @ times > 0
    start = np.array([before[code] for code in codes])
    weights = start.copy()
    rate = 1.0
    for _ in range(STEPS):
        odds = prior + hits @ weights
        chance = 1 / (1 + np.exp(-odds))
        slope = hits.T @ (times * (chance - found)) + RIDGE * (weights - start) / 9
        curve = (hits**2).T @ (times * chance * (1 - chance)) + RIDGE / 9
        weights = np.maximum(0.0, weights - rate * np.where(seen, slope / curve, 0))
        prior -= (
            rate
            * (times * (chance - found)).sum()
            / (times * chance * (1 - chance)).sum()
        )
        rate = max(0.05, rate * 0.99)
    print(f"prior = {prior:.2f}\n\n[weights]")
    for code, weight, is_seen in zip(codes, weights, seen, strict=True):
        note = "" if is_seen else "  # set by hand"
        print(f"{code} = {weight:.2f}{note}")


def rate(count):
    rows = list(Customs(1, count, ends_on=ENDS_ON, kind=BUSY).declarations())
    begun = time.process_time()
    for _ in score_in_turn(rows, History(), today=ENDS_ON):
        pass
    own = time.process_time() - begun
    table = sqlite3.connect(":memory:")
    table.execute(
        "CREATE TABLE goods (number, hs, description, consignee, address, licence, "
        "ends, day, licensed, registered, xray, payment)"
    )
    table.executemany(
        "INSERT INTO goods VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                each.number, each.hs_code, each.description, each.consignee,
                each.consignee_address, each.licence,
                each.licence_ends_on and each.licence_ends_on.toordinal(),
                each.declared_on.toordinal(), each.licence_consignee,
                each.consignee_registered, each.xray_flag, each.payment,
            )
            for each in rows
        ),
    )  # fmt: skip
    table.execute("CREATE INDEX places ON goods (address, day)")
    begun = time.process_time()
    table.execute(SQL).fetchall()
    sql = time.process_time() - begun
    print(f"28 indicators: {count / own:,.0f} a second of one core")
    print(f"8 of them as one query of SQLite: {count / sql:,.0f} a second")


if __name__ == "__main__":
    main()
