"""A body of any size, made by chance from a seed: for trials of speed, not for showing round."""
