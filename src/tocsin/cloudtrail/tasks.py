"""Files put together into pieces of work: many small ones, or one big."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tocsin.cloudtrail.files import File

_FILES = 128
_BYTES = 2 << 20  # as stored
_BETWEEN = "\0"  # what no path can hold


class Task(Struct, frozen=True):
    """Files that follow one another; `first` is the index of the first. Tasks stand in the order of the files.

    All paths are one text: a worker that was forked shares this memory until it touches it, and every object that it
    looks at costs it a page.
    """

    number: int
    first: int
    paths: str
    sizes: array[int]

    @property
    def files(self) -> list[tuple[int, File]]:
        """The files with their indexes."""
        return list(enumerate(map(File, self.paths.split(_BETWEEN), self.sizes), self.first))

    @property
    def shareable(self) -> bool:
        """Whether another process can read it: not standard input, nor a pipe."""
        return 0 not in self.sizes


def tasks(files: Sequence[File]) -> Iterator[Task]:
    """All files in order, each in one task."""
    number, first, size = 0, 0, 0
    for index, file in enumerate(files):
        if index > first and (index - first >= _FILES or size + file.size > _BYTES or not (size and file.size)):
            yield _task(number, first, files[first:index])
            number, first, size = number + 1, index, 0
        size += file.size
    if files:
        yield _task(number, first, files[first:])


def some(files: Sequence[File], indexes: Iterable[int]) -> Iterator[Task]:
    """Some of the files, by their indexes, each in a task of its own."""
    for number, index in enumerate(sorted(set(indexes))):
        yield _task(number, index, files[index : index + 1])


def _task(number: int, first: int, files: Sequence[File]) -> Task:
    return Task(number, first, _BETWEEN.join(file.path for file in files), array("q", (file.size for file in files)))
