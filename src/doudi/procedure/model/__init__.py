"""What the procedure is made of: roles, inputs, clocks, stages, papers; and how their files are read."""
