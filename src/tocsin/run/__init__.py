"""The spine: compile, find, scan, execute, score. Everything else hangs off it.

`scan` runs detections and gives findings; `search` runs one search and gives its rows. Both read every file
once, whatever the number of detections, and leave an account that adds up.
"""

from tocsin.run.compiled import Compiled, compile_detection, compile_text, without_records
from tocsin.run.executed import Execution
from tocsin.run.execution import execute

__all__ = ["Compiled", "Execution", "compile_detection", "compile_text", "execute", "without_records"]
