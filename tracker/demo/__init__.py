"""The demo body: an invented commission with its resolutions, people, activities and texts."""
