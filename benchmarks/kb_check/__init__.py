"""What `counterhand kb check` finds of forty planted faults, and what it takes for faults that are none."""
