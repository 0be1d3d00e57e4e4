"""Simulation of a reform on the registry of a county (政策仿真): an estimate, which decides nothing.

services.asking.ask       what is to be changed, checked, and the job that works it out
services.running.run      the registry of the county read as a register, and both laws applied to it
selectors.listing         simulations of a county, and the households that would move
"""
