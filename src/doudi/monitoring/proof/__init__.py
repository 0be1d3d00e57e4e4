"""What the nightly sweep finds of all that is true of a synthetic county: recall, silent households, precision of each indicator.

county.make        a county with its departments' files landed; county.nights: its evidence and prepared nights
watching.watch     night after night swept beside the one before
events             urgent events that a department told of: warned of on that night, later, or open
planted            households that never applied, and payments after a death
precision          warnings of the last night held against what is true
proving.prove      all of it, as plain data
result.read        such data in a file, checked
"""
