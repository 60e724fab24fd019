"""What is done by the clock: the table of jobs, the jobs themselves, and what rings for them."""
