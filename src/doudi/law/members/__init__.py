"""Who counts as living in the household (共同生活家庭成员)."""
