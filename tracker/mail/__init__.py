"""Mail as a format and a protocol, without a database."""
