"""One function per human action: decide, change, record."""
