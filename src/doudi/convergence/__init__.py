"""Two registers into one (两项政策衔接并轨)."""
