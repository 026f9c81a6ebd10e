"""What customers still get while parts of the system are dead or slow."""
