"""What administrators do: invite people, give roles, add units."""
