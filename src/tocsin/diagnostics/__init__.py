"""Problems as values: what is wrong, where, how bad, and what to try next. Rendering is `render` alone."""

from tocsin.diagnostics.diagnostic import Diagnostic, Severity, worst
from tocsin.diagnostics.errors import CompileError, ContentError, TocsinError, UsageError

__all__ = ["CompileError", "ContentError", "Diagnostic", "Severity", "TocsinError", "UsageError", "worst"]
