"""两项政策衔接并轨: what a place sets for making two registers one."""
