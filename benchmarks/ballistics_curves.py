"""What spoils a comparison: noise, holes, partial marks, turns, regions, bullets.

Called by ``python -m benchmarks.ballistics``; marks and lands are invented.
"""

import time

import numpy as np
from scipy import ndimage

from armstrace.analysis.ballistics import comparison, orientation, preparation
from armstrace.analysis.ballistics.comparison import Settings
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from benchmarks import bullets, synthetic_lands
from benchmarks.synthetic_lands import Bullet

TOOLS = 10
MIDDLE_M = 1.8e-3
BARRELS = 20
LEAST_LEAD = 0.1


def spoil(scans):
    """Count congruent cells as marks are spoilt: same tool, then other tools."""
    rng = np.random.default_rng(4)
    sd_m = preparation.prepare(scans[0, 1]).sd_m
    spoils = {
        "as they are": lambda h: h,
        "noise of 1 sd": lambda h: h + rng.normal(0, sd_m, h.shape),
        "noise of 2 sd": lambda h: h + rng.normal(0, 2 * sd_m, h.shape),
        "noise of 3 sd": lambda h: h + rng.normal(0, 3 * sd_m, h.shape),
        "dropouts 20 %": lambda h: np.where(rng.random(h.shape) < 0.2, np.nan, h),
        "dropouts 40 %": lambda h: np.where(rng.random(h.shape) < 0.4, np.nan, h),
        "dropouts 60 %": lambda h: np.where(rng.random(h.shape) < 0.6, np.nan, h),
        "half of the mark": lambda h: cropped(h, half=True),
        "quarter of the mark": lambda h: cropped(h, half=False),
        "turned by 20 degrees": lambda h: turned(h, 20.0),
        "turned by 45 degrees (outside the sweep)": lambda h: turned(h, 45.0),
    }
    for words, change in spoils.items():
        step = scans[0, 2].spacing_x_m
        marks = [
            preparation.prepare(Surface(change(scans[t, 2].heights_m), step, step))
            for t in range(TOOLS)
        ]
        told(words, scans, marks)


def draw_regions(scans):
    """Count congruent cells as the second region is drawn wrong."""
    rings = {
        f"region {off:g} mm off": Ring(MIDDLE_M + off * 1e-3, MIDDLE_M, 3e-3)
        for off in (0.2, 0.4, 0.6, 1.0)
    }
    rings |= {
        f"ring of {outer:g} mm for 1.7 mm": Ring(
            MIDDLE_M, MIDDLE_M, outer * 1e-3, 0.85e-3
        )
        for outer in (1.5, 1.3)
    }
    rings["firing-pin circle of 1.2 mm for 0.85 mm"] = Ring(
        MIDDLE_M, MIDDLE_M, 1.7e-3, 1.2e-3
    )
    for words, ring in rings.items():
        marks = [preparation.prepare(scans[t, 2], ring=ring) for t in range(TOOLS)]
        told(words, scans, marks)
        if "off" in words:
            told(f"{words}, sought elsewhere too", scans, marks, elsewhere=True)


def told(words, scans, marks, *, elsewhere=False):
    """Print the counts of ten tools with themselves and with another."""
    same, other = [], []
    for tool, mark in enumerate(marks):
        for listed, partner in ((same, tool), (other, (tool + 1) % TOOLS)):
            first = preparation.prepare(scans[partner, 1])
            found = (
                orientation.compare_and_tell(first, mark, Settings())[0]
                if elsewhere
                else comparison.compare(first, mark)
            )
            listed.append(found.congruent_cells)
    share = np.mean([count > max(other) for count in same])
    print(
        f"{words}: same tool {min(same)} to {max(same)}, other tools up to "
        f"{max(other)}; {share:.0%} of the same stand above all others"
    )


def compare_bullets():
    """Measure the phase of bullets: twenty barrels, two bullets each."""
    for noise, new in ((1.0, 0.3), (2.0, 0.4), (2.0, 0.5)):
        rng = np.random.default_rng(1)
        made = {
            (barrel, number): synthetic_lands.lands(
                Bullet(barrel, number, int(rng.integers(6)), noise=noise, new=new)
            )
            for barrel in range(BARRELS)
            for number in (1, 2)
        }
        start = time.process_time()
        signed = {
            key: [bullets.signature(land) for land in lands]
            for key, lands in made.items()
        }
        per_land = (time.process_time() - start) / (len(made) * synthetic_lands.LANDS)
        pairs = [
            (a, b)
            for a in range(BARRELS)
            for b in range(BARRELS)
            if a == b or (b - a) % BARRELS < 6
        ]
        start = time.process_time()
        found = {p: bullets.compare(signed[p[0], 1], signed[p[1], 2]) for p in pairs}
        per_pair = (time.process_time() - start) / len(pairs)
        same = [t.lead for (a, b), t in found.items() if a == b]
        other = [t.lead for (a, b), t in found.items() if a != b]
        missed = np.mean([lead < LEAST_LEAD for lead in same])
        false = np.mean([lead >= LEAST_LEAD for lead in other])
        print(
            f"bullets, noise {noise:g} sd a row, {new:.0%} new: lead of one barrel "
            f"{min(same):.2f} to {max(same):.2f}, of two up to {max(other):.2f}; at a "
            f"lead of {LEAST_LEAD} {missed:.0%} of {len(same)} missed, {false:.0%} of "
            f"{len(other)} false; {per_land * 1e3:.0f} ms a land, "
            f"{per_pair * 1e3:.0f} ms a pair of bullets"
        )


def cropped(heights, *, half):
    kept = heights.copy()
    middle = kept.shape[0] // 2
    kept[:middle] = np.nan
    if not half:
        kept[:, :middle] = np.nan
    return kept


def turned(heights, angle_deg):
    holes = np.isnan(heights).astype(float)
    filled = ndimage.rotate(np.nan_to_num(heights), angle_deg, reshape=False, order=1)
    spread = ndimage.rotate(holes, angle_deg, reshape=False, order=1, cval=1)
    return np.where(spread > 0.01, np.nan, filled)
