import errno
import io
from pathlib import Path

import pytest

from tocsin.sinks.output import Output, OutputError


class _Refusing(io.StringIO):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise self.error

    def flush(self) -> None:
        raise self.error


def test_a_full_disk_is_one_clear_message() -> None:
    output = Output(_Refusing(OSError(errno.ENOSPC, "No space left on device")), machine=True)
    with pytest.raises(OutputError, match=r"^cannot write the output: No space left on device$"):
        output.write("x")
    with pytest.raises(OutputError, match="No space left"):
        output.flush()


def test_a_reader_who_left_is_not_an_error_of_the_output() -> None:
    with pytest.raises(BrokenPipeError):
        Output(_Refusing(BrokenPipeError()), machine=True).write("x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_real_full_device_is_told_at_the_flush() -> None:
    stream = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closing raises, too
    output = Output(stream, machine=True)
    output.write("x")
    with pytest.raises(OutputError, match="No space left"):
        output.flush()
    with pytest.raises(OSError, match="No space left"):
        stream.close()


def test_a_machine_format_is_utf_8_wherever_it_runs() -> None:
    raw = io.BytesIO()
    output = Output(io.TextIOWrapper(raw, encoding="ascii", newline="\r\n"), machine=True)
    output.write("é\n")
    output.flush()
    assert raw.getvalue() == "é\n".encode()


def test_text_that_a_terminal_cannot_encode_is_escaped() -> None:
    raw = io.BytesIO()
    output = Output(io.TextIOWrapper(raw, encoding="ascii"), machine=False)
    output.write("é日")
    output.flush()
    assert raw.getvalue() == rb"\xe9\u65e5"
