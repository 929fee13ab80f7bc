"""Files put together into pieces of work: many small ones, or one big."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.cloudtrail.files import File

_FILES = 128
_BYTES = 2 << 20  # as stored


@dataclass(frozen=True, slots=True)
class Task:
    """`files` with their indexes; tasks and the files in them follow one another in the order of the files."""

    number: int
    files: tuple[tuple[int, File], ...]

    @property
    def shareable(self) -> bool:
        """Whether another process can read it: not standard input, nor a pipe."""
        return all(file.size for _, file in self.files)


def tasks(files: Sequence[File]) -> Iterator[Task]:
    """All files in order, each in one task."""
    number, size = 0, 0
    held: list[tuple[int, File]] = []
    for index, file in enumerate(files):
        if held and (len(held) >= _FILES or size + file.size > _BYTES or not (size and file.size)):
            yield Task(number, tuple(held))
            number, held, size = number + 1, [], 0
        held.append((index, file))
        size += file.size
    if held:
        yield Task(number, tuple(held))
