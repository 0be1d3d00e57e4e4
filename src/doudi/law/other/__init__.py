"""其他困难家庭 and the mark of 防止返贫监测."""
