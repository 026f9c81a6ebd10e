"""What is lost or doubled when processes are killed in mid-turn under load: nothing."""
