"""A register: the households of a county as tables, in Parquet, CSV or XLSX."""

from doudi.facts.register.gathering import Gathering
from doudi.facts.register.reading import read_register
from doudi.facts.register.register import Register
from doudi.facts.register.set_aside import SAME_HOUSEHOLD
from doudi.facts.register.writing import write_table

__all__ = ["SAME_HOUSEHOLD", "Gathering", "Register", "read_register", "write_table"]
