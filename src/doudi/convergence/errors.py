"""What can be wrong with two registers that are to become one."""

from doudi.rules.errors import DoudiError


class ConvergenceError(DoudiError):
    """Registers, evidence or opinions that cannot be used."""
