"""Two registers made one, reviewed in three levels (两项政策并轨、三级联审): what ``doudi converge`` proposed becomes rows, people decide.

services.taking.take_in      the folder of ``doudi converge`` becomes placements, marks and the merged survey
services.reviewing.give      the opinion of one level on one person; that of the county decides
"""
