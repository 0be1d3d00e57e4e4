"""特困人员: working ability, means, supporters."""
