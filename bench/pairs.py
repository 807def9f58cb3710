"""Paired fits of another program and of Cambium: what came of them as an entry of the results and as a line of a table.

Each pair has the same rows, and the two programs take turns, so that a slow minute of the machine hits both.

`errorRatio` is the median over the pairs of Cambium's test error over the peer's, `fitSpeedup` that of the peer's
seconds over Cambium's for a whole fit, the search for a size included. `speedup` is the peer's seconds over those that
Cambium's network needed to come down to the peer's test error while it grew, from the start of a growth on all training
rows: how far to grow is not asked there, as it is not where the peer's error is its best on test rows. Where growth
never came down so far, that of the whole fit counts, if its error did. Each ratio comes with its least and its largest.

A speed-up stands in parentheses, and counts for nothing, where Cambium did not get to the peer's error in most pairs.
Where the peer makes no error at all the ratio of errors is 1 if Cambium makes none either, and none (null) otherwise.
"""
import math
import os
import statistics
import sys
from dataclasses import dataclass

HEADER = f"{'set':14} {'peer':>8} {'seconds':>8} {'cambium':>8} {'seconds':>8} {'whole':>7} {'speed-up':>8}" \
         f" {'from … to':>13} {'error ratio':>11} {'from … to':>13}"


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


@dataclass
class Growth:
    """Cambium's whole fit, and the test error and the seconds at each size of a growth on all training rows."""
    fit: Fit
    stages: list

    def seconds_to(self, error):
        """Seconds until a test error, and whether it was reached."""
        reached = [seconds for stage, seconds in self.stages if stage <= error]
        if reached:
            return min(reached), True
        return self.fit.seconds, self.fit.error <= error


def error_ratio(ours, peers):
    if peers > 0:
        return ours / peers
    return 1.0 if ours == 0 else math.inf


def finite(value):
    return value if math.isfinite(value) else None


def number(value):
    return "none" if value is None else f"{value:.3f}"


def entry(name, pairs, **more):
    """The entry of a data set; `pairs` holds the peer's fit and Cambium's growth."""
    to_error = [ours.seconds_to(peer.error) for peer, ours in pairs]
    speedups = [peer.seconds / seconds for (peer, _), (seconds, _) in zip(pairs, to_error)]
    ratios = [error_ratio(ours.fit.error, peer.error) for peer, ours in pairs]
    median = lambda values: statistics.median(list(values))
    return {
        "name": name, "value": median(speedups), "unit": "times", "speedup": median(speedups),
        "speedupRange": [min(speedups), max(speedups)], "reached": sum(reached for _, reached in to_error),
        "fitSpeedup": median(peer.seconds / ours.fit.seconds for peer, ours in pairs),
        "errorRatio": finite(median(ratios)), "errorRatioRange": [finite(min(ratios)), finite(max(ratios))],
        "pairs": len(pairs), "peerError": median(peer.error for peer, _ in pairs),
        "error": median(ours.fit.error for _, ours in pairs), "peerSeconds": median(peer.seconds for peer, _ in pairs),
        "seconds": median(seconds for seconds, _ in to_error),
        "fitSeconds": median(ours.fit.seconds for _, ours in pairs), **more}


def reached(entry):
    """Whether Cambium got to the peer's error in most pairs."""
    return 2 * entry["reached"] > entry["pairs"]


def line(entry):
    """The line of the table under HEADER."""
    least, most = (f"{value:.2g}" for value in entry["speedupRange"])
    speedup = f"{entry['speedup']:.3g}" if reached(entry) else f"({entry['speedup']:.3g})"
    lowest, highest = map(number, entry["errorRatioRange"])
    return (f"{entry['name'].split('.', 2)[2]:14} {entry['peerError']:8.4g} {entry['peerSeconds']:8.3f}"
            f" {entry['error']:8.4g} {entry['seconds']:8.3f} {entry['fitSeconds']:7.2f} {speedup:>8}"
            f" {least + ' … ' + most:>13} {number(entry['errorRatio']):>11} {lowest + ' … ' + highest:>13}")


def summary(entries):
    """The geometric mean of the speed-ups, over all sets and over those where Cambium got to the peer's error."""
    counted = [entry["speedup"] for entry in entries if reached(entry)]
    lower = sum(entry["errorRatio"] is not None and entry["errorRatio"] <= 1 for entry in entries)
    mean = statistics.geometric_mean(entry["speedup"] for entry in entries)
    whole = statistics.geometric_mean(entry["fitSpeedup"] for entry in entries)
    text = f"peer's error reached on {len(counted)} of {len(entries)} sets, {mean:.2f} times as fast in the geometric mean"
    if counted and len(counted) < len(entries):
        text += f" of all, {statistics.geometric_mean(counted):.2f} of those"
    return f"{text}; the whole fit: error at or below the peer's on {lower}, {whole:.2f} times as fast"
