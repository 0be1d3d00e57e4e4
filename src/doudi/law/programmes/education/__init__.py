"""Education aid (教育救助), by stage."""
