"""What can be wrong with a request for synthetic people."""

from doudi.rules.errors import DoudiError


class PopulationError(DoudiError):
    """The folder for them holds something else."""
