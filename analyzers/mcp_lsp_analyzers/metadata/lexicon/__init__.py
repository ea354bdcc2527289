"""Words by what they mean, for texts that tell what a tool does; loaded with the first text that is judged."""
