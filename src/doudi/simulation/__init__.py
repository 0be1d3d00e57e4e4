"""Simulation (政策仿真): what a change of the law would do to a population, by the same rules that decide cases.

side         a register under one law, and what it yields for each household
figures      coverage, cost by level of government, poverty, errors, and aid around the line: of one side
comparison   two sides: who comes in, who leaves, who gains or loses, and a row for every household that changes
reach        the value of a parameter at which a given share of people is covered
asking       what is asked for, checked: the share to be covered, the line of poverty
places       the same by place: whose households come in, leave, get more or less
charts       what is drawn of it
telling      all of it as plain data that can be kept
tables       all of it in words, for the screen and for ``page``, one file that needs nothing else
"""
