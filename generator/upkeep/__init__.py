"""What the keepers of a site see of its age: a list to work through, and limits for a machine to watch."""
