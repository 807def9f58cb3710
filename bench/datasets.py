"""The data sets that the measurements of this folder share, as tables with a split column, and how to ask Cambium.

CAMBIUM_DATA names a folder with `uci_regression` (the official splits of Hernández-Lobato and Adams 2015), `proben1`
(Prechelt 1994) and `fann` (the sets of the FANN library); CAMBIUM another program than .build/release/cambium. All of
it works from any folder.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent
CAMBIUM = os.environ.get("CAMBIUM", str(ROOT / ".build/release/cambium"))
DATA = pathlib.Path(os.environ.get("CAMBIUM_DATA", ""))
UCI = ("yacht", "energy", "kin8nm", "concrete")
PROBEN1 = ("glass1", "gene1", "thyroid1", "heart1", "soybean1")
FANN = ("two-spiral", "parity8", "parity13", "robot", "pumadyn-32fm", "bank32fm", "kin32fm", "abelone")
FANN_CLASSES = FANN[:3]
FRIEDMAN = ("friedman1", "friedman2", "friedman3")
OWN = ROOT / "experiments/data"
SPLIT = "split"
PARTS = {"train": "0", "validation": "1", "test": "2"}


@dataclass
class SplitTable:
    """A table whose column `split` says of each row: 0 train, 1 validation, 2 test. All cells are text."""
    inputs: list
    targets: list
    rows: list
    task: str

    def part(self, name):
        """Inputs and targets of one part, as numbers."""
        rows = [[float(cell) for cell in row[1:]] for row in self.rows if row[0] == PARTS[name]]
        width = len(self.inputs)
        return [row[:width] for row in rows], [row[width:] for row in rows]

    def joined(self):
        """The same table with the validation rows among the training rows."""
        rows = [[PARTS["train"], *row[1:]] if row[0] == PARTS["validation"] else row for row in self.rows]
        return SplitTable(self.inputs, self.targets, rows, self.task)

    def cambium(self, *words, options=()):
        """What `cambium WORDS TABLE` says of the table as JSON."""
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.writelines(",".join(row) + "\n" for row in [[SPLIT, *self.inputs, *self.targets], *self.rows])
            file.flush()
            targets = [word for target in self.targets for word in ("--target", target)]
            return json.loads(cambium(*words, file.name, "--split-column", SPLIT, *targets, "--task", self.task,
                                      "--json", "--quiet", *options))

    def growth(self, seed, threads):
        """(test error, seconds) at each size of one growth on all training rows: nothing held out, up to its budget.

        The error is the root mean square, or the share of rows put into a wrong class.
        """
        summary = self.cambium(
            "grow", options=["--seed", str(seed), "--threads", str(threads), "--validation", "0"])
        key = "errorRate" if self.task == "classification" else "rmse"
        return [(stage["test"][key], stage["seconds"]) for stage in summary["stages"]]


def cambium(*words):
    """What a cambium command prints; ends the program where the command fails."""
    run = subprocess.run([CAMBIUM, *words], capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return run.stdout


def tables(name):
    """The tables of a data set: one for each of its splits, or for each draw where it is synthetic."""
    if name in FRIEDMAN:
        return friedman(name)
    for sets, folder, make in ((UCI, "uci_regression", uci), (PROBEN1, "proben1", proben1), (FANN, "fann", fann)):
        if name in sets:
            if not DATA.joinpath(folder).is_dir():
                sys.exit(f"{name} needs CAMBIUM_DATA, a folder that holds {folder}")
            return make(name)
    if OWN.joinpath(f"{name}.csv").is_file():
        return own(name)
    known = ", ".join(UCI + PROBEN1 + FANN + FRIEDMAN)
    sys.exit(f"no data set {name}; there are: {known}, and those of experiments/data")


def uci(name):
    """The first five official splits."""
    header, rows = read(DATA / f"uci_regression/{name}.csv")
    for split in range(5):
        index = DATA / f"uci_regression/splits/{name}/index_test_{split}.txt"
        test = {int(float(line)) for line in index.read_text().split()}
        yield split_table(header, rows, test, "regression")


def proben1(name):
    """The one official partition, in which half of the rows train, a quarter validates and a quarter tests."""
    header, rows = read(DATA / f"proben1/{name}.csv")
    targets = [column for column in header if column.startswith("y")]
    return [SplitTable(header[1:-len(targets)], targets, rows, "classification")]


def fann(name):
    """The one partition of FANN's files: training rows and test rows."""
    header, rows = read(DATA / f"fann/{name}.csv")
    inputs = [column for column in header if column.startswith("x")]
    task = "classification" if name in FANN_CLASSES else "regression"
    return [SplitTable(inputs, header[1 + len(inputs):], rows, task)]


def friedman(name):
    """Five draws of 750 training rows and 10 000 test rows; the noise alone has an error of 1, 125 or 0.1."""
    for seed in range(1, 6):
        lines = cambium("generate", name, "--rows", "10750", "--seed", str(seed)).splitlines()
        header, *rows = [line.split(",") for line in lines]
        yield split_table(header, rows, range(750, 10750), "regression")


def own(name):
    """Five random splits of a set in experiments/data, a fifth of the rows to test."""
    header, rows = read(OWN / f"{name}.csv")
    task = "classification" if header[-1] == "class" else "regression"
    for seed in range(5):
        yield split_table(header, rows, set(random.Random(seed).sample(range(len(rows)), len(rows) // 5)), task)


def read(path):
    """The header and the rows of a CSV file without quotes."""
    header, *rows = [line.split(",") for line in path.read_text().splitlines()]
    return header, rows


def split_table(header, rows, test, task):
    """A table, its target last, whose rows in `test` test and whose others train."""
    marked = [[PARTS["test" if i in test else "train"], *row] for i, row in enumerate(rows)]
    return SplitTable(header[:-1], header[-1:], marked, task)
