"""Words of the policy library for templates."""
