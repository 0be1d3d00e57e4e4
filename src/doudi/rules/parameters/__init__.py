"""Dated parameters of the law, with the regions that set them.

parameters = Parameters.load(definition_files, region_files, documents, code_sets)
resolved = parameters.resolve("610124", "2026-07-01")
resolved.value("dibao.standard")          # {0: 86400, 1: 56000}: fen by the codes of `area`
resolved.source("dibao.standard", "rural")
"""

from doudi.rules.parameters._changes import Change, Gap, find_changes
from doudi.rules.parameters._days import as_day, iso
from doudi.rules.parameters._levels import LEVELS_ZH
from doudi.rules.parameters.model import (
    NATIONAL,
    SET,
    Cell,
    DatedValue,
    ElasticValue,
    Floor,
    FloorFault,
    ParameterDefinition,
    Region,
    SetBy,
    Source,
    Value,
)
from doudi.rules.parameters.parameters import Day, Parameters
from doudi.rules.parameters.resolved import Resolved

__all__ = [
    "LEVELS_ZH",
    "NATIONAL",
    "SET",
    "Cell",
    "Change",
    "DatedValue",
    "Day",
    "ElasticValue",
    "Floor",
    "FloorFault",
    "Gap",
    "ParameterDefinition",
    "Parameters",
    "Region",
    "Resolved",
    "SetBy",
    "Source",
    "Value",
    "as_day",
    "find_changes",
    "iso",
]
