"""`python -m tests.bench [name …]`: every benchmark, or those named. JSON lines on stdout, progress on stderr.

    {"name": …, "value": …, "unit": …, "peer": …, "peer_value": …, "ratio": …}

Values are medians of at least three runs, or of one where that takes minutes, as its module says; a ratio above 1 is
ahead of the peer. Peers run in between ours, against the same fake Telegram, with as many connections and as many
messages; those on Matrix against the same Synapse.

A thousand rooms on Matrix take minutes to open, so their lines are measured only when they are asked for by name.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.bench import (
    answers,
    growth,
    killed,
    matrix_rooms,
    matrix_turns,
    memory,
    pace,
    paid,
    receipts,
    sends,
    start,
    turns,
)
from tests.bench.lines import Line
from tests.bench.room import Room, open_room


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    lines: tuple[str, ...]
    """the names that may be asked for: all of them come from the same runs"""
    runs: int
    """steps of the progress bar: our runs and the peers'"""
    measure: Callable[[Room], Awaitable[list[Line]]]
    unasked: bool = True
    """whether it runs when nothing is named"""


BENCHMARKS = (
    Benchmark(
        lines=("turns", "turns_vs_aiogram", "turn_p99", "turn_p99_vs_aiogram"),
        runs=3 * turns.RUNS,
        measure=turns.on_sqlite,
    ),
    Benchmark(lines=("turns_postgres",), runs=2 * turns.RUNS, measure=turns.on_postgresql),
    Benchmark(lines=("sends",), runs=2 * sends.RUNS, measure=sends.sends),
    *(
        Benchmark(lines=pace.names(workers), runs=1, measure=partial(pace.pace, workers=workers))
        for workers in pace.WORKERS
    ),
    Benchmark(lines=paid.NAMES, runs=4 * paid.RUNS, measure=paid.paid),
    Benchmark(lines=("growth_cpu", "growth_memory", "shards_1m"), runs=1 + 2 * growth.RUNS, measure=growth.growth),
    Benchmark(lines=("restart_first_send", "restart_whole"), runs=killed.RUNS, measure=killed.restart),
    Benchmark(lines=("takeover",), runs=killed.RUNS, measure=killed.takeover),
    Benchmark(
        lines=("reply_p99_during_broadcast", "broadcast_during_replies"), runs=1, measure=answers.during_broadcast
    ),
    Benchmark(lines=("receipt_flood", "receipt_flood_right"), runs=2 * receipts.RUNS, measure=receipts.flood),
    Benchmark(lines=("receipt_wrong", "receipt_time_gap"), runs=1, measure=receipts.timing),
    Benchmark(lines=("start",), runs=1 + 2 * start.RUNS, measure=start.start),
    Benchmark(
        lines=("memory_idle", "memory_idle_pss", "memory_crowd"), runs=2 * memory.RUNS, measure=memory.memory_lines
    ),
    Benchmark(lines=("memory_load", "memory_load_children"), runs=memory.RUNS, measure=memory.load_lines),
    Benchmark(lines=("matrix_turns", "matrix_first_reply"), runs=4 * matrix_turns.RUNS, measure=matrix_turns.turns),
    *(
        Benchmark(
            lines=matrix_rooms.names(rooms),
            runs=1 + matrix_rooms.RUNS,
            measure=partial(matrix_rooms.cost, rooms=rooms),
            unasked=rooms == matrix_rooms.USUAL,
        )
        for rooms in (matrix_rooms.USUAL, matrix_rooms.MANY)
    ),
)


async def run(wanted: frozenset[str]) -> None:
    """Raises RuntimeError when a process of a benchmark fails."""
    chosen = [one for one in BENCHMARKS if (wanted & set(one.lines) if wanted else one.unasked)]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        for one in chosen:
            bar = progress.add_task(one.lines[0], total=one.runs)
            async with open_room(partial(progress.advance, bar)) as room:
                for line in await one.measure(room):
                    if not wanted or line.name in wanted:
                        print(msgspec.json.encode(line).decode(), flush=True)


def main() -> None:
    wanted = frozenset(sys.argv[1:])
    known = [name for one in BENCHMARKS for name in one.lines]
    if unknown := wanted - set(known):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    try:
        asyncio.run(run(wanted))
    except RuntimeError as error:
        sys.exit(f"The benchmark ended: {error}")


if __name__ == "__main__":
    main()
