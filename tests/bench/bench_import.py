"""How long a CSV file of a million people takes by the command line, and how much memory at its peak.

Run `python -m tests.bench.bench_import [--rows N]`. Name, phone and three fields; 5 % of the rows are duplicates and
3 % have no phone number. Validated, without duplicates and durable when the command ends.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.bench.table import Table

ROWS = 1_000_000
AREAS = (11, 19, 21, 27, 31, 41, 47, 48, 51, 61, 62, 71, 81, 85, 91)
CITIES = ("São Paulo", "Rio de Janeiro", "Belo Horizonte", "Recife", "Curitiba")


def write_csv(path: Path, rows: int) -> None:
    """Write a file in the shapes that spreadsheets have: with and without country code, spaces, brackets, dashes."""
    rng = Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Nome;Telefone;Cidade;Plano;Código\r\n")
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
            file.write(f"Pessoa {n} da Silva;{phone};{CITIES[n % 5]};ouro;{n:07d}\r\n")


def _written(area: int, number: int, shape: int) -> str:
    left, right = divmod(number, 10_000)
    return (
        f"+55{area}9{number}", f"({area}) 9{left}-{right:04d}", f"55{area}9{number}", f"{area} 9 {left} {right:04d}"
    )[shape]  # fmt: skip


def measure(rows: int = ROWS) -> Table:
    """Import once into an empty home."""
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder) / "people.csv", Path(folder) / "home"
        write_csv(source, rows)
        command = [sys.executable, "main.py", "--json", "--home", str(home), "contacts", "import", str(source)]
        began = time.perf_counter()
        with subprocess.Popen([*command, "--tag", "all"], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            answer = json.loads(process.stdout.read())
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        size_mb = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6
    table = Table(f"Import of {rows:,} rows of CSV by the command line", ("what", "figure"))
    table.add("seconds, start of the program included", f"{seconds:.1f} s ({rows / seconds:,.0f} rows/s)")
    table.add("of it CPU", f"{usage.ru_utime:.1f} s own, {usage.ru_stime:.1f} s of the system")
    table.add("memory at the peak", f"{usage.ru_maxrss / 1024:.0f} MB")
    table.add("added, duplicates, refused", f"{answer['added']:,}, {answer['duplicates']:,}, {answer['rejected']:,}")
    table.add("size of the database", f"{size_mb:.0f} MB")
    return table


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=ROWS)
    print(measure(options.parse_args().rows).text())


if __name__ == "__main__":
    main()
