"""How long a file of many people takes by the command line, CSV or spreadsheet, and how much memory at its peak.

Run `python -m tests.bench.bench_import [--rows N] [--kind xlsx]`. Name, phone and three fields; 5 % of
the rows are duplicates and 3 % have no phone number. Validated, without duplicates and durable when the command ends.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random

from tests.bench.table import Table

ROWS = 1_000_000
AREAS = (11, 19, 21, 27, 31, 41, 47, 48, 51, 61, 62, 71, 81, 85, 91)
CITIES = ("São Paulo", "Rio de Janeiro", "Belo Horizonte", "Recife", "Curitiba")


HEAD = ("Nome", "Telefone", "Cidade", "Plano", "Código")


def write_csv(path: Path, rows: int) -> None:
    """Write a file as a Brazilian spreadsheet saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for cells in chain((HEAD,), people(rows)):
            file.write(";".join(cells) + "\r\n")


def write_xlsx(path: Path, rows: int) -> None:
    """Write the same as a spreadsheet."""
    from xlsxwriter import Workbook  # here: only this kind needs it

    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, cells in enumerate(chain((HEAD,), people(rows))):
            sheet.write_row(n, 0, cells)


def people(rows: int) -> Iterator[tuple[str, ...]]:
    """Yield rows in the shapes that spreadsheets have: with and without country code, spaces, brackets, dashes."""
    rng = Random(7)
    earlier: list[str] = []
    for n in range(rows):
        kind = rng.random()
        if kind < 0.03:
            phone = f"sem telefone {n % 7}"
        elif kind < 0.08 and earlier:
            phone = rng.choice(earlier)
        else:
            area, number = rng.choice(AREAS), rng.randrange(60_000_000, 99_999_999)
            phone = _written(area, number, n % 4)
            if n % 50 == 0:
                earlier.append(phone)
        yield f"Pessoa {n} da Silva", phone, CITIES[n % 5], "ouro", f"{n:07d}"


def _written(area: int, number: int, shape: int) -> str:
    left, right = divmod(number, 10_000)
    return (
        f"+55{area}9{number}", f"({area}) 9{left}-{right:04d}", f"55{area}9{number}", f"{area} 9 {left} {right:04d}"
    )[shape]  # fmt: skip


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def measure(rows: int = ROWS, kind: str = "csv") -> Table:
    """Import once into an empty home."""
    table = Table(f"Import of {rows:,} rows of {kind.upper()} by the command line", ("what", "figure"))
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder) / f"people.{kind}", Path(folder) / "home"
        WRITERS[kind](source, rows)
        command = [sys.executable, "main.py", "--json", "--home", str(home), "contacts", "import", str(source)]
        began = time.perf_counter()
        with subprocess.Popen(
            [*command, "--tag", "all"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            answer = json.loads(process.stdout.read())
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        size_mb = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6
    if "error" in answer:
        table.add("skipped", f"the program refuses this kind of file: {answer['message']}")
        return table
    table.add("seconds, start of the program included", f"{seconds:.1f} s ({rows / seconds:,.0f} rows/s)")
    table.add("of it CPU", f"{usage.ru_utime:.1f} s own, {usage.ru_stime:.1f} s of the system")
    table.add("memory at the peak", f"{usage.ru_maxrss / 1024:.0f} MB")
    table.add("added, duplicates, refused", f"{answer['added']:,}, {answer['duplicates']:,}, {answer['rejected']:,}")
    table.add("size of the database", f"{size_mb:.0f} MB")
    return table


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--kind", choices=sorted(WRITERS), default="csv")
    chosen = options.parse_args()
    print(measure(chosen.rows, chosen.kind).text())


if __name__ == "__main__":
    main()
