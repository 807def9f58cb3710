"""Paired fits of another program and of Cambium: what came of them as an entry of the results and as a line of a table.

Each pair has the same rows, and the two programs take turns, so that a slow minute of the machine hits both. `speedup`
is the median over the pairs of the peer's seconds over Cambium's, `errorRatio` the median of Cambium's test error over
the peer's, and each comes with its least and its largest. An error ratio above 1 means that Cambium did not get to the
peer's error: then the speed-up is printed in parentheses and counts for nothing. Where the peer makes no error at all
the ratio is 1 if Cambium makes none either, and none (null) otherwise.
"""
import math
import os
import statistics
import sys
from dataclasses import dataclass

HEADER = f"{'set':18} {'peer':>9} {'seconds':>9} {'cambium':>9} {'seconds':>9} {'speed-up':>10} {'from … to':>15}" \
         f" {'error ratio':>11} {'from … to':>15}"


def warn_if_busy():
    """Says where something else runs: ratios of fits with unlike numbers of threads then mean little."""
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"the machine is not idle, its load is {load:.1f}: take care with the seconds", file=sys.stderr)


@dataclass
class Fit:
    """What one fit of one program came to: its error on the test rows, and the seconds of training."""
    error: float
    seconds: float


def error_ratio(ours, peers):
    if peers > 0:
        return ours / peers
    return 1.0 if ours == 0 else math.inf


def entry(name, pairs, **more):
    """The entry of a data set; `pairs` holds the peer's fit and Cambium's."""
    speedups = [peer.seconds / ours.seconds for peer, ours in pairs]
    ratios = [error_ratio(ours.error, peer.error) for peer, ours in pairs]
    finite = lambda value: value if math.isfinite(value) else None
    median = lambda values: statistics.median(list(values))
    return {
        "name": name, "value": median(speedups), "unit": "times", "speedup": median(speedups),
        "speedupRange": [min(speedups), max(speedups)], "errorRatio": finite(median(ratios)),
        "errorRatioRange": [finite(min(ratios)), finite(max(ratios))], "pairs": len(pairs),
        "peerError": median(peer.error for peer, _ in pairs), "error": median(ours.error for _, ours in pairs),
        "peerSeconds": median(peer.seconds for peer, _ in pairs), "seconds": median(ours.seconds for _, ours in pairs),
        **more}


def reached(entry):
    """Whether Cambium's error is at or below the peer's."""
    return entry["errorRatio"] is not None and entry["errorRatio"] <= 1


def line(entry):
    """The line of the table under HEADER."""
    number = lambda value: "none" if value is None else f"{value:.3f}"
    least, most = (f"{value:.2g}" for value in entry["speedupRange"])
    speedup = f"{entry['speedup']:.3g}" if reached(entry) else f"({entry['speedup']:.3g})"
    lowest, highest = map(number, entry["errorRatioRange"])
    return (f"{entry['name'].split('.', 2)[2]:18} {entry['peerError']:9.4g} {entry['peerSeconds']:9.3f}"
            f" {entry['error']:9.4g} {entry['seconds']:9.3f} {speedup:>10} {least + ' … ' + most:>15}"
            f" {number(entry['errorRatio']):>11} {lowest + ' … ' + highest:>15}")


def summary(entries):
    """The geometric mean of the speed-ups, over all sets and over those where Cambium got to the peer's error."""
    counted = [entry["speedup"] for entry in entries if reached(entry)]
    mean = statistics.geometric_mean(entry["speedup"] for entry in entries)
    text = f"{len(counted)} of {len(entries)} sets at or below the peer's error; geometric mean of the speed-ups:" \
           f" {mean:.2f} over all sets"
    return text + (f", {statistics.geometric_mean(counted):.2f} over those" if counted else "")
